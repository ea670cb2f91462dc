// SPDX-License-Identifier: GPL-3.0-or-later
//
// Adjustment by covariates: the same effect with less noise. What was known of a user before the
// assignment (last month's sessions, platform) explains part of the outcome; taken out, the rest
// varies less, and an experiment of the same size sees smaller effects. A covariate measured after
// the assignment may itself be an effect: adjusting for it removes part of what is looked for.
//
//   CUPED           y - θ (x - x̄), θ = cov(x, y) / var(x) over all users (Deng, Xu, Kohavi,
//                   Walker 2013), then Welch. The variance falls by the share R² explained.
//   regression      a line in each arm on x - x̄, and the difference of the intercepts, with the
//                   sandwich variance HC2 (Lin 2013): never worse than no adjustment in large
//                   samples, also with unequal arms. Without covariates it is Welch's variance.
//   stratification  Σ_s (N_s / N) (ȳ_ts - ȳ_cs), variance Σ (N_s / N)² (s²_ts/n_ts + s²_cs/n_cs):
//                   for blocked assignment, and as post-stratification after any other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/experiment/contrast.hpp"

namespace rehearse::experiment {

// One entry a unit. `treated` is 0 or 1; a covariate is a column of as many numbers.
struct Units {
  std::span<const std::uint8_t> treated;
  std::span<const double> outcome;
  std::vector<std::span<const double>> covariates = {};
};

struct Adjusted {
  Contrast contrast;
  std::vector<double> coefficients;  // θ for each covariate (regression: of the treated arm)
  double variance_reduction = 0;     // R² of the outcome on the covariates over all units
};

// Errors: sizes differ, an arm is empty, a value not finite (which unit); no covariate; covariates
// that do not vary or are multiples of each other. O(n k²).
Result<Adjusted> cuped(const Units& units, double level = 0.95);
// As cuped; an arm needs more than k + 1 units. variance_reduction is 1 minus the ratio of the
// squared standard errors, adjusted to plain. No covariate is allowed.
Result<Adjusted> regression_adjusted(const Units& units, double level = 0.95);

struct Stratified {
  Contrast contrast;
  std::size_t strata = 0;  // used
  std::size_t merged = 0;  // strata with fewer than two units in an arm, taken together
};
// Strata are any codes, one a unit. Errors: sizes differ, fewer than two units in an arm.
Result<Stratified> stratified(const Units& units, std::span<const std::int32_t> strata,
                              double level = 0.95);

}  // namespace rehearse::experiment
