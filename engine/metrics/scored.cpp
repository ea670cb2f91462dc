// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/scored.hpp"

#include <cmath>
#include <limits>

namespace rehearse::metrics {

Measure undefined(std::string why) {
  return {std::numeric_limits<double>::quiet_NaN(), std::move(why)};
}

Result<Scored> Scored::of(std::span<const double> scores, std::span<const double> labels,
                          std::span<const double> weights) {
  if (scores.size() != labels.size() || (!weights.empty() && weights.size() != scores.size()))
    return fail(Code::invalid_argument,
                "scores, labels and weights must have one value a row: {}, {} and {} were given",
                scores.size(), labels.size(), weights.size());
  if (scores.empty()) return fail(Code::bad_data, "there are no rows to measure");
  Scored scored;
  scored.scores_ = scores;
  scored.labels_ = labels;
  scored.weights_ = weights;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i]))
      return fail(Code::bad_data, "row {}: the score is {}; every score must be a finite number",
                  i + 1, scores[i]);
    if (scores[i] < 0 || scores[i] > 1)
      return fail(Code::bad_data,
                  "row {}: the score {} is not a probability; scores lie in [0, 1] (logits need "
                  "--scores-are-logits)",
                  i + 1, scores[i]);
    if (labels[i] != 0 && labels[i] != 1)
      return fail(Code::bad_data, "row {}: the label is {}; a label is 0 or 1", i + 1, labels[i]);
    const double w = scored.weight(i);
    if (!(w >= 0) || !std::isfinite(w))
      return fail(Code::bad_data, "row {}: the weight is {}; a weight is a finite number from 0",
                  i + 1, w);
    scored.total_ += w;
    scored.positive_ += w * labels[i];
  }
  if (scored.total_ <= 0)
    return fail(Code::bad_data, "all weights are 0, so there is nothing to measure");
  return scored;
}

}  // namespace rehearse::metrics
