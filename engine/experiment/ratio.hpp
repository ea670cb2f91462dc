// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ratio metrics by the delta method (Deng, Knoblich, Lu 2018). Clicks per impression, messages per
// session: the user was assigned, the impression was not, and impressions of one user resemble each
// other. Treating them as independent gives a standard error that is too small, often by half.
// With user totals x (numerator) and y (denominator) of n users
//
//   R = Σx / Σy,  Var(R) ≈ (s_xx - 2 R s_xy + R² s_yy) / (n ȳ²)
//
// Use it for every metric whose denominator is not the number of assigned units. The same formula
// with a cluster's total outcome and its size is the cluster-robust variance of a mean
// (clusters.hpp).
#pragma once

#include <span>

#include "engine/experiment/contrast.hpp"

namespace rehearse::experiment {

struct RatioEstimate {
  double ratio = 0, variance = 0;  // variance of the ratio; NaN with one user
  double users = 0;
};
// One entry a user. Errors: sizes differ, empty, a value not finite, denominators sum to 0.
Result<RatioEstimate> ratio_of(std::span<const double> numerators,
                               std::span<const double> denominators);

struct UserTotals {
  std::span<const double> numerators, denominators;
};
// Errors: those of ratio_of in either arm; level outside (0, 1).
Result<Contrast> ratio_contrast(const UserTotals& control, const UserTotals& treatment,
                                double level = 0.95);

}  // namespace rehearse::experiment
