// SPDX-License-Identifier: GPL-3.0-or-later
//
// Contrast: treatment minus control, its interval and its p-value, for two rates and two means.
// Every analysis of this room ends in one, so that they can stand side by side.
//
//   two proportions  z = (p_t - p_c) / sqrt(p q (1/n_t + 1/n_c)), p pooled: exact in size when the
//                    arms are equal. The interval is unpooled (Wald): it does not assume that.
//   Welch (1947)     t = (m_t - m_c) / sqrt(s_t²/n_t + s_c²/n_c), degrees by Satterthwaite.
//   relative lift    L = t/c - 1, variance by the delta method:
//                    (v_t + (t/c)² v_c) / c²; it needs a control that is clearly not 0.
//
// Rows are independent units of assignment. Several rows a user: ratio.hpp. Units that were
// assigned together: clusters.hpp.
#pragma once

#include <limits>
#include <span>
#include <string>

#include "engine/base/error.hpp"

namespace rehearse::experiment {

struct Contrast {
  static constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
  double control = kUndefined, treatment = kUndefined;  // the two rates, means or ratios
  double absolute = kUndefined, standard_error = kUndefined;
  double ci_low = kUndefined, ci_high = kUndefined;
  double statistic = kUndefined, p = kUndefined;             // two-sided
  double degrees = std::numeric_limits<double>::infinity();  // infinite: normal
  double relative = kUndefined, relative_low = kUndefined, relative_high = kUndefined;
  std::string why;           // why p is undefined; empty where it is not
  std::string relative_why;  // why the relative lift or its interval is undefined
};

// Size, mean and variance (divisor n - 1; NaN with one value) of a sample.
struct Sample {
  double n = 0, mean = 0, variance = 0;
};
// Two passes. Errors: empty; a value is NaN or infinite (its place from 1).
Result<Sample> sample_of(std::span<const double> values);

struct Successes {
  double successes = 0, trials = 0;
};

// Errors: an arm is empty, counts negative or not finite, more successes than trials, level outside
// (0, 1). All of one kind in both arms: p undefined, interval of width 0.
Result<Contrast> two_proportions(Successes control, Successes treatment, double level = 0.95);

// Errors: an arm is empty, level outside (0, 1). An arm of one value, or no spread in either arm:
// p undefined.
Result<Contrast> welch(const Sample& control, const Sample& treatment, double level = 0.95);
Result<Contrast> welch(std::span<const double> control, std::span<const double> treatment,
                       double level = 0.95);

// An estimate with its standard error as a contrast: interval and p by the normal, or by Student's
// t where degrees are finite. `control_variance`, `treatment_variance` are variances of the two
// estimates and make the relative interval. Error: level outside (0, 1).
struct Estimated {
  double control = 0, treatment = 0, absolute = 0, standard_error = 0;
  double control_variance = Contrast::kUndefined, treatment_variance = Contrast::kUndefined;
  double degrees = std::numeric_limits<double>::infinity();
};
Result<Contrast> contrast_of(const Estimated& estimated, double level = 0.95);

// Error: level outside (0, 1).
Result<double> two_sided_quantile(double level,
                                  double degrees = std::numeric_limits<double>::infinity());

}  // namespace rehearse::experiment
