// SPDX-License-Identifier: GPL-3.0-or-later
//
// The standard normal's density and tails; its quantile is in random.hpp. By erfc, so that a far
// tail (1e-300) keeps its digits where 1 - cdf would be 0. NaN gives NaN.
#pragma once

#include <cmath>
#include <numbers>

namespace rehearse {

// The 97.5% quantile: half the width of a 95% interval, in standard errors.
inline constexpr double kNormal975 = 1.959963984540054;

inline double normal_density(double z) {
  return std::exp(-0.5 * z * z) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}
inline double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }
// P(|Z| ≥ |z|).
inline double normal_two_sided(double z) { return std::erfc(std::abs(z) / std::numbers::sqrt2); }

}  // namespace rehearse
