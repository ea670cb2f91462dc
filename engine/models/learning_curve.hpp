// SPDX-License-Identifier: GPL-3.0-or-later
//
// LearningCurve: the loss of a model while it was being trained, on the rows it learned from and on
// rows it never saw. The gap between the two is what it has learned by heart; training should end
// where the second is lowest (Prechelt 1998, "Early stopping - but when?").
//
// Log losses are told at the true base rate: where negatives were dropped or positives weighted,
// the closed form is undone first, so that stopping looks at what will be served.
#pragma once

#include <string>
#include <vector>

#include "engine/models/training.hpp"

namespace rehearse::models {

struct LearningCurve {
  std::vector<double> train, valid;  // after each unit; valid is empty without validation rows
  std::string unit;                  // "trees", "epochs"
  std::size_t best = 0;              // units kept, from 1
};

// A model that remembers how it was learned.
class LearnedScorer : public Stepped {
 public:
  virtual const LearningCurve& curve() const = 0;
};

}  // namespace rehearse::models
