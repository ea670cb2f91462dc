// SPDX-License-Identifier: GPL-3.0-or-later
//
// Valued: predicted values beside the values that came, checked once; the counterpart of Scored for
// labels that are numbers (seconds of dwell, counts of comments).
#pragma once

#include <span>

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

// Views; the caller keeps the data. Weights may be empty: every row weighs 1.
class Valued {
 public:
  // Errors, each with its data row from 1: a prediction or a label is NaN or infinite; a weight is
  // negative, NaN or infinite; sizes differ; no rows; all weights are 0. O(n).
  static Result<Valued> of(std::span<const double> predictions, std::span<const double> labels,
                           std::span<const double> weights = {});

  std::size_t size() const { return predictions_.size(); }
  std::span<const double> predictions() const { return predictions_; }
  std::span<const double> labels() const { return labels_; }
  std::span<const double> weights() const { return weights_; }
  double weight(std::size_t row) const { return weights_.empty() ? 1.0 : weights_[row]; }
  double total_weight() const { return total_; }
  // The same labels and weights beside other predictions, one a row (asserted).
  Valued with_predictions(std::span<const double> predictions) const;

 private:
  std::span<const double> predictions_, labels_, weights_;
  double total_ = 0;
};

}  // namespace rehearse::metrics
