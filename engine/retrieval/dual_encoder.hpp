// SPDX-License-Identifier: GPL-3.0-or-later
//
// A dual encoder: one small tower for questions and one for passages, trained so that a question
// lies near the passages that answer it (Huang et al. 2013; Karpukhin et al. 2020). A tower is a
// bag of embeddings: each word and each piece of three letters of a word ("<pr", "pra" … of
// "<prasuwen>") is hashed into 2^bits rows of `dims` numbers (Weinberger et al. 2009), and a text
// is the sum of its rows, weighted by idf, scaled to length 1. Pieces let a word with a typo share
// most of its rows with the right one. Both towers begin with the same rows, drawn at random, so
// before any training the score is that of shared words.
//
// Negatives decide what it learns (contrastive.hpp has the loss):
//   in batch     the other questions' passages: easy, and they cost nothing
//   bm25         also the best passages of a search by words that do not answer
//   mined        also the nearest passages by the encoder's own first round that do not answer
//                (Xiong et al. 2021, ANCE, with one refresh)
//
// Use it where there are questions with known answers, a few hundred at least, and wordings differ.
// Passages are embedded once; a question costs passages × dims products, or an index over them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"
#include "engine/retrieval/exact.hpp"

namespace rehearse::retrieval {

enum class Negatives { in_batch, bm25, mined };

struct DualEncoderOptions {
  std::size_t dims = 64;        // [2, 1024]
  std::size_t bits = 14;        // [4, 22]
  std::size_t epochs = 10;      // of all rounds together, [1, 1000]
  std::size_t batch = 32;       // questions of a batch, [2, 4096]
  double learning_rate = 0.02;  // of Adam, (0, 1]
  double temperature = 0.07;    // [0.001, 10]
  Negatives negatives = Negatives::in_batch;
  std::size_t hard = 1;    // mined or BM25 negatives of a question in a batch, [1, 64]
  std::size_t depth = 20;  // ranks that these are drawn from, [1, 1000]
  std::uint64_t seed = 1;
};

struct TrainingQuestion {
  std::string text;
  std::vector<DocumentId> relevant;  // passages that answer it
};

// Immutable once trained, hence safe to share between threads.
class DualEncoder {
 public:
  // Questions without a relevant passage are left out. Errors: an option out of its range, no
  // passages, a text that is not UTF-8 (which), a relevant passage that is not there, fewer than
  // two questions with one, cancelled. O(epochs · (questions · words + questions · batch) · dims).
  static Result<DualEncoder> train(std::span<const std::string> passages,
                                   std::span<const TrainingQuestion> questions,
                                   const DualEncoderOptions& options = {},
                                   const Progress& progress = {});

  std::size_t dims() const { return options_.dims; }
  const std::vector<double>& losses() const { return losses_; }  // mean of each epoch
  std::size_t bytes() const { return (questions_.size() + passages_.size()) * sizeof(float); }

  // Of length 1; all 0 for a text without words. Errors: not UTF-8.
  Result<std::vector<float>> embed_question(std::string_view text) const;
  Result<std::vector<float>> embed_passage(std::string_view text) const;
  // Errors: those of embed_passage (which passage), no passage, cancelled.
  Result<ExactIndex> index(std::span<const std::string> passages,
                           const Progress& progress = {}) const;

 private:
  friend class DualTraining;
  explicit DualEncoder(const DualEncoderOptions& options) : options_(options) {}

  DualEncoderOptions options_;
  std::vector<float> questions_, passages_;  // rows of each tower
  std::vector<float> idf_;                   // by row
  std::vector<double> losses_;
};

}  // namespace rehearse::retrieval
