// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scored: predictions beside outcomes, checked once. Every metric of this room takes one, so that a
// NaN score, a label of 2 or lengths that differ are refused in one place, with the row.
#pragma once

#include <span>
#include <string>

#include "engine/base/error.hpp"

namespace rehearse::metrics {

// A number, or why there is none. `value` is NaN exactly when `why` is not empty.
struct Measure {
  double value = 0;
  std::string why;
  bool defined() const { return why.empty(); }
};
Measure undefined(std::string why);

// Views; the caller keeps the data. Weights may be empty: every row weighs 1.
class Scored {
 public:
  // Scores are probabilities. Errors, each with its data row from 1: a score is NaN, infinite or
  // outside [0, 1]; a label is not 0 or 1; a weight is negative, NaN or infinite; sizes differ; no
  // rows; all weights are 0. O(n).
  static Result<Scored> of(std::span<const double> scores, std::span<const double> labels,
                           std::span<const double> weights = {});

  std::size_t size() const { return scores_.size(); }
  std::span<const double> scores() const { return scores_; }
  std::span<const double> labels() const { return labels_; }
  std::span<const double> weights() const { return weights_; }
  double weight(std::size_t row) const { return weights_.empty() ? 1.0 : weights_[row]; }
  double total_weight() const { return total_; }
  double positive_weight() const { return positive_; }
  double base_rate() const { return positive_ / total_; }

 private:
  std::span<const double> scores_, labels_, weights_;
  double total_ = 0, positive_ = 0;
};

}  // namespace rehearse::metrics
