// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/valued.hpp"

#include <cassert>
#include <cmath>

namespace rehearse::metrics {

Result<Valued> Valued::of(std::span<const double> predictions, std::span<const double> labels,
                          std::span<const double> weights) {
  if (predictions.size() != labels.size() ||
      (!weights.empty() && weights.size() != predictions.size()))
    return fail(Code::invalid_argument,
                "predictions, labels and weights must have one value a row: {}, {} and {} were "
                "given",
                predictions.size(), labels.size(), weights.size());
  if (predictions.empty()) return fail(Code::bad_data, "there are no rows to measure");
  Valued valued;
  valued.predictions_ = predictions;
  valued.labels_ = labels;
  valued.weights_ = weights;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    if (!std::isfinite(predictions[i]))
      return fail(Code::bad_data,
                  "row {}: the prediction is {}; every prediction must be a finite number", i + 1,
                  predictions[i]);
    if (!std::isfinite(labels[i]))
      return fail(Code::bad_data,
                  "row {}: the label is {}; every label must be a finite number (leave out rows "
                  "whose outcome is not known)",
                  i + 1, labels[i]);
    const double w = valued.weight(i);
    if (!(w >= 0) || !std::isfinite(w))
      return fail(Code::bad_data, "row {}: the weight is {}; a weight is a finite number from 0",
                  i + 1, w);
    valued.total_ += w;
  }
  if (valued.total_ <= 0)
    return fail(Code::bad_data, "all weights are 0, so there is nothing to measure");
  return valued;
}

Valued Valued::with_predictions(std::span<const double> predictions) const {
  assert(predictions.size() == size());
  Valued other = *this;
  other.predictions_ = predictions;
  return other;
}

}  // namespace rehearse::metrics
