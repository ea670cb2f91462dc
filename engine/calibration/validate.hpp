// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks that every fit of a calibration map makes on its input.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/base/error.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::calibration {

// Errors: sizes differ, no rows, a score is not finite, a label is not 0 or 1 (with the row).
inline Result<void> validate_fit(std::span<const double> scores, std::span<const double> labels,
                                 std::span<const double> weights = {}) {
  if (scores.size() != labels.size() || (!weights.empty() && weights.size() != scores.size()))
    return fail(Code::invalid_argument,
                "scores and labels must have one value a row: {} and {} were given", scores.size(),
                labels.size());
  if (scores.empty()) return fail(Code::bad_data, "there are no rows to fit a calibration map on");
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i]))
      return fail(Code::bad_data, "row {}: the score is {}; every score must be a finite number",
                  i + 1, scores[i]);
    if (labels[i] != 0 && labels[i] != 1)
      return fail(Code::bad_data, "row {}: the label is {}; a label is 0 or 1", i + 1, labels[i]);
    if (!weights.empty() && !(weights[i] >= 0 && std::isfinite(weights[i])))
      return fail(Code::bad_data, "row {}: the weight is {}; a weight is a finite number from 0",
                  i + 1, weights[i]);
  }
  return {};
}

// As validate_fit, and scores are probabilities.
inline Result<void> validate_probabilities(std::span<const double> scores,
                                           std::span<const double> labels) {
  if (auto valid = validate_fit(scores, labels); !valid) return valid;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (scores[i] < 0 || scores[i] > 1)
      return fail(Code::bad_data,
                  "row {}: the score {} is not a probability, so it has no logit; fit on the score "
                  "instead (platt, isotonic)",
                  i + 1, scores[i]);
  return {};
}

// `what` is in words for the message: "a temperature".
inline Result<void> validate_both_classes(std::span<const double> labels, const char* what) {
  for (const double label : labels)
    if (label != labels.front()) return {};
  return fail(Code::bad_data, "all labels are alike: {} has no finite answer; take a longer window",
              what);
}

// Scores are clipped here before a logit is taken of them.
inline constexpr double kLogitClip = 1e-12;
inline double clipped_logit(double score) {
  return metrics::logit(std::clamp(score, kLogitClip, 1 - kLogitClip));
}

}  // namespace rehearse::calibration
