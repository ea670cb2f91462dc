// SPDX-License-Identifier: GPL-3.0-or-later
//
// Passage terms: a corpus as a cross-encoder reads it, term after term, with how rare each term is.
// An inverted index (inverted_index.hpp) answers which passages hold a term; this answers what a
// passage holds and in which order.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/retrieval/bm25.hpp"

namespace rehearse::retrieval {

// Immutable.
class PassageTerms {
 public:
  // Stop words dropped and words stemmed. Errors: no passage, one that is not UTF-8 (which).
  static Result<PassageTerms> of(std::span<const std::string> texts);

  using Term = std::uint32_t;
  static constexpr Term kUnknownTerm = 0xFFFFFFFF;
  std::size_t size() const { return passages_.size(); }
  std::span<const Term> passage(DocumentId id) const { return passages_[id]; }
  bool has_number(DocumentId id) const { return numbers_[id] != 0; }
  double idf(Term term) const { return term == kUnknownTerm ? greatest_idf_ : idf_[term]; }
  // The share of passages that hold the term.
  double share(Term term) const { return term == kUnknownTerm ? 0 : shares_[term]; }
  // The same for the same word in every corpus.
  std::uint64_t word_hash(Term term) const { return hashes_[term]; }
  // Errors: not UTF-8.
  struct Question {
    std::vector<Term> terms;            // kUnknownTerm for words that no passage holds
    std::vector<std::uint64_t> hashes;  // of the same words, as word_hash
    std::size_t size() const { return terms.size(); }
  };
  Result<Question> question(std::string_view text) const;

 private:
  std::unordered_map<std::string, Term> ids_;
  std::vector<std::vector<Term>> passages_;
  std::vector<std::uint8_t> numbers_;
  std::vector<double> idf_, shares_;
  std::vector<std::uint64_t> hashes_;
  double greatest_idf_ = 0;
};

}  // namespace rehearse::retrieval
