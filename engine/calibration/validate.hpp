// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks that every fit of a calibration map makes on its input.
#pragma once

#include <cmath>
#include <span>

#include "engine/base/error.hpp"

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

}  // namespace rehearse::calibration
