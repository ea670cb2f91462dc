// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small cross-encoder: a scorer that looks at a question and a passage together, and so sees what
// two separate encodings cannot: which words meet, whether in order, whether near each other. A
// large one is a transformer over both texts (Nogueira, Cho 2019); this one is a linear model over
//
//   overlap      idf of the question's terms that the passage holds, over that of all of them
//   covered      share of the question's terms that it holds
//   phrase       longest run of the question's terms that stands in the passage in order, over all
//   nearness     terms held over the words of the shortest stretch that holds them all
//   rare         the question's rarest term is there (0 or 1); a word the corpus never saw is not
//   number       the passage holds a number
//   length       ln(1 + words of the passage) / 5
//   first stage  the score of the first stage between the least and the greatest of its list
//   rank         1 / (1 + ln rank) of the first stage
//   pairs        Σ over pairs of different words (one of the question, one of the passage) of a
//                weight learned for the pair, hashed into 2^bits places, over √(number of pairs)
//
// and is trained pairwise on candidates of a first stage: for each relevant one and each other one
// of the same question, loss ln(1 + exp(-(s₊ - s₋))) (RankNet: Burges, Shaked, Renshaw, Lazier,
// Deeds, Hamilton, Hullender 2005), by AdaGrad (Duchi, Hazan, Singer 2011) with weight decay. Only
// words that stand in at least `least_share` of the passages are paired, and words of questions
// that stand in none: names would be learned by heart and say nothing of other things.
//
// Use it on the first ten or hundred of a cheap search. It costs the product of both lengths for
// every pair, and nothing of it can be computed before the question is known: as a first stage it
// reads the whole corpus for every question.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"
#include "engine/retrieval/passage_terms.hpp"

namespace rehearse::retrieval {

struct CrossEncoderOptions {
  std::size_t epochs = 8;      // [1, 1000]
  double learning_rate = 0.1;  // (0, 10]
  double weight_decay = 1e-4;  // [0, 1]
  std::size_t negatives = 8;   // candidates held against each relevant one, the best first
  std::size_t bits = 14;       // [4, 22]
  double least_share = 0.005;  // [0, 1]
};

// A question, and what a first stage found for it, best first.
struct RankedQuestion {
  std::string text;
  std::vector<Hit> candidates;
  std::vector<std::uint8_t> relevant;  // of each candidate
};

// Immutable once trained, hence safe to share between threads.
class CrossEncoder {
 public:
  static constexpr std::size_t kFeatures = 9;
  static const char* feature_name(std::size_t feature);

  // What a question and a passage have in common.
  struct Features {
    double values[kFeatures] = {};
    std::vector<std::uint32_t> pairs;  // places of word pairs
    double pair_value = 0;             // of each
    std::size_t operations = 0;        // comparisons and look-ups
  };

  // Errors: an option out of its range, a list of marks of another length, a candidate that is no
  // passage, no question with both a relevant candidate and another, cancelled.
  // O(epochs · pairs of candidates · words of the question · words of a passage).
  static Result<CrossEncoder> train(const PassageTerms& passages,
                                    std::span<const RankedQuestion> questions,
                                    const CrossEncoderOptions& options = {},
                                    const Progress& progress = {});

  // Mean loss over the pairs of each epoch, as they were met.
  const std::vector<double>& losses() const { return losses_; }
  double weight(std::size_t feature) const { return weights_[feature]; }
  std::size_t weights() const { return weights_.size(); }

  double score(const Features& features) const;
  // `place` of the candidate in its list; the list is not empty (asserted).
  Features features(const PassageTerms& passages, const PassageTerms::Question& question,
                    std::span<const Hit> candidates, std::size_t place) const;

  struct Reranked {
    std::vector<Hit> hits;  // the first n in their new order, then the others as they were
    double operations = 0;  // of all pairs that were scored
  };
  // Scores of those not looked at continue below the last one. Errors: not UTF-8, no such passage.
  Result<Reranked> rerank(const PassageTerms& passages, std::string_view question,
                          std::span<const Hit> candidates, std::size_t first) const;

 private:
  CrossEncoderOptions options_;
  std::vector<double> weights_;  // kFeatures, then 2^bits
  std::vector<double> losses_;
};

// The loss of one pair of candidates and its slope by the difference of their scores.
struct PairLoss {
  double loss = 0, slope = 0;
};
PairLoss pair_loss(double difference);

}  // namespace rehearse::retrieval
