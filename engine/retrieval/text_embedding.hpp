// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text embedding: a model that puts any text at a point, fitted once on the texts that there were,
// latent semantic analysis with its vocabulary (lsa.hpp). A new text is folded in (Deerwester et
// al. 1990): its words that the model knows are weighted and added up, and those that it does not
// know have no part. So a model ages as words come up that it never saw, and two models fitted on
// different texts have nothing to say to each other: their axes are their own.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"
#include "engine/retrieval/lsa.hpp"

namespace rehearse::retrieval {

struct EmbeddedText {
  std::vector<float> point;  // of dims() numbers and length 1; all 0 where no word is known
  std::size_t words = 0;     // different ones
  std::size_t unknown = 0;   // of them not in the vocabulary
};

// Not thread-safe, because of its tokenizer.
class TextEmbedding {
 public:
  // Where the texts have fewer dimensions the last numbers of each point are 0. Errors: those of
  // InvertedIndex::build and Lsa::fit.
  static Result<TextEmbedding> fit(std::span<const std::string> texts,
                                   const TokenizerOptions& tokenizer, const LsaOptions& options,
                                   const Progress& progress = {});

  std::size_t dims() const { return dims_; }
  std::size_t vocabulary() const { return index_->terms(); }
  // Errors: not UTF-8.
  Result<EmbeddedText> embed(std::string_view text) const;

 private:
  TextEmbedding(std::shared_ptr<const InvertedIndex> index, Lsa lsa, std::size_t dims)
      : index_(std::move(index)),
        tokenizer_(index_->tokenizer()),
        lsa_(std::move(lsa)),
        dims_(dims) {}

  std::shared_ptr<const InvertedIndex> index_;
  Tokenizer tokenizer_;
  Lsa lsa_;
  std::size_t dims_;
};

}  // namespace rehearse::retrieval
