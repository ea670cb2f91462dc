// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small world for predicting a number: y from x with a law that is known, so that the mean, the
// median and any quantile that a model should have said stand beside what it says.
//
//   η = Σ_j β_j x_j + group + day + trend,   β = 1, -0.6, 0.4, -0.3, 0.24, …
//
//   linear           y = 10 + 3 η + 2 s z                              z standard normal, s the
//   noise curved           y = 10 + 3 η + 2 (x_1² - 1) + 2 sin(2 x_2) + 2 s z heteroscedastic  y =
//   10 + 3 η + 2 s e^(0.7 x_1) z                  the spread grows with x_1 heavy_tailed     ln y
//   = 1.5 + 0.6 η + s z                          mean above median by e^(s²/2) zero_inflated    0
//   with probability 1 - σ(0.3 + 0.8 η), else as heavy_tailed counts           negative binomial of
//   mean m = e^(0.7 + 0.5 η) and variance m + s² m²
//                    (m is at most e^6)
//
// Groups share an effect and differ in size (the first has the most rows, the last few). Days may
// share one too, that remembers the day before (an autoregression of first order): rows of one day
// then know each other, and a random fold is no test of next week. A share of the rows may be
// recorded wrongly (outliers): the truth is that of the law without them.
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

enum class ValueLaw { linear, curved, heteroscedastic, heavy_tailed, zero_inflated, counts };
const char* value_law_name(ValueLaw law);
Result<ValueLaw> parse_value_law(std::string_view name);

// y given x: what a forecast of it should say.
struct Conditional {
  ValueLaw law = ValueLaw::linear;
  double eta = 0, x1 = 0, x2 = 0, noise = 1;
  double mean() const;
  // The least y with P(Y ≤ y) ≥ q; q in (0, 1).
  double quantile(double q) const;
  double positive() const;  // P(y > 0)
};

struct ValueOptions {
  int rows = 5000;   // [10, 2000000]
  int features = 3;  // [1, 50]
  int groups = 12;   // [1, 5000]
  int days = 28;     // [1, 3660]
  ValueLaw law = ValueLaw::linear;
  double noise = 1;                         // [0, 5]
  double group_spread = 0.5;                // standard deviation of η between groups, [0, 5]
  double day_spread = 0, day_memory = 0.8;  // of η between days, [0, 5]; correlation with the day
                                            // before, [0, 0.999]
  double trend = 0;                         // added to η from the first day to the last, [-10, 10]
  double outlier_share = 0;                 // [0, 0.5]
  double outlier_size = 10;                 // times the spread of y among all rows, [0, 1000]
  std::vector<double> quantiles = {0.1, 0.9};    // each in (0, 1): columns y_q10, y_q90
  std::int64_t start_micros = 1780272000000000;  // 2026-06-01, a Monday
  std::uint64_t seed = 1, replicate = 0;         // replicate < 2^32
};

// One row each, in time order:
//   time, day int32, group text feature, x1 … xk double feature, y double label (int32 for counts),
//   and as truth y_mean, y_median, y_q…, y_positive (probability of y > 0; zero_inflated and counts
//   only), outlier (boolean, where there are any).
// O(rows · features). Errors: an option out of its range (its name), cancelled.
Result<Frame> simulate_values(const ValueOptions& options, const Progress& progress = {});

}  // namespace rehearse::sim
