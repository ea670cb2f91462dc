// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recommender: a fitted method that gives every item a score for a user it was trained with, and
// the list that follows from the scores.
//
// Scores are comparable within one user only: popularity counts users, ALS predicts a preference
// near 0 to 1, BPR has no unit at all. To compare methods, compare lists (evaluate.hpp). A user
// without any interaction in training is known to popularity alone; the others score every item
// alike.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/recommend/interactions.hpp"

namespace rehearse::recommend {

// Immutable once fitted, hence safe to share between threads.
class Recommender {
 public:
  virtual ~Recommender() = default;
  // The method with its parameters, in words.
  virtual std::string describe() const = 0;
  // What the model holds, without the interactions it was trained on.
  virtual std::size_t bytes() const = 0;
  // The interactions it was trained on.
  virtual const Interactions& training() const = 0;
  // Finite scores of all items in order of their codes. `user` and the size of `scores` must be
  // those of training (asserted).
  virtual void score(std::uint32_t user, std::span<double> scores) const = 0;
};

using RecommenderPtr = std::shared_ptr<const Recommender>;

struct Recommended {
  std::uint32_t item = 0;
  double score = 0;
  bool operator==(const Recommended&) const = default;
};

// The k best items that are not in `masked` (ascending codes), best first; among equal scores the
// lowest code first. Shorter where fewer items are left. O(items + k log k).
std::vector<Recommended> top_k(std::span<const double> scores,
                               std::span<const std::uint32_t> masked, std::size_t k);

// What `user` has not had in training.
std::vector<Recommended> recommend_to(const Recommender& model, std::uint32_t user, std::size_t k);

}  // namespace rehearse::recommend
