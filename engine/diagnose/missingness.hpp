// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why is a value missing? Rubin (1976) tells three mechanisms apart:
//
//   MCAR  by chance alone: dropping rows costs rows and biases nothing
//   MAR   depends on what is observed: fill it in given those columns, or weigh the rows
//   MNAR  depends on the missing value itself: no fill from the observed values mends it
//
// Data can refute MCAR (Little's test; missingness explained by other columns). It can never show
// MAR and never exclude MNAR, since what would decide is exactly what is missing. In a simulated
// world the true value is known, and the third test can be made; no real log allows it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/diagnose/regression.hpp"

namespace rehearse::diagnose {

// Little's test of MCAR (1988): d² = Σ_j n_j (ȳ_j - μ̂_j)' Σ̂_jj⁻¹ (ȳ_j - μ̂_j) over the patterns j
// of what is observed, against χ² with Σ_j k_j - k degrees; μ̂ and Σ̂ by maximum likelihood under a
// normal law (EM; Dempster, Laird, Rubin 1977). Rows without any value are left out.
struct LittleTest {
  double statistic = 0, p = 1;
  int degrees = 0, patterns = 0, iterations = 0;
};
// A column each; NaN is missing. Errors: no column, lengths differ, a column without a value or
// constant, no value missing anywhere, a singular covariance; cancelled.
// O(rows · k² + iterations · patterns · k³).
Result<LittleTest> little_test(const std::vector<std::vector<double>>& columns,
                               const Progress& progress = {});

struct MissingnessOptions {
  std::string column;           // whose missing values are asked about
  std::vector<std::string> by;  // what may explain them
  std::string truth;            // the column of true values, in a simulated world; empty: none
  double level = 0.05;
};

struct MissingnessReport {
  std::size_t rows = 0, missing = 0;
  std::optional<LittleTest> little;
  std::string little_why;    // where there is none
  LikelihoodRatio observed;  // does anything observed explain it?
  struct Single {
    std::string column;
    LikelihoodRatio ratio;  // that column alone
    bool separated = false;
  };
  std::vector<Single> singles;           // in order of strength
  std::optional<LikelihoodRatio> value;  // beyond the observed, does the value itself? needs truth
  std::string verdict;
};
// Errors: no such column, nothing missing or nothing present, those of logistic().
Result<MissingnessReport> missingness(const Frame& rows, const MissingnessOptions& options,
                                      const Progress& progress = {});
// test, subject, statistic, degrees, p, reading.
Frame to_frame(const MissingnessReport& report, double level = 0.05);
// One row: missing_rate, little_p, observed_p, value_p (missing where there is none).
Frame mechanism_facts(const MissingnessReport& report);

// 1 where the column has no value or NaN, by row.
std::vector<double> absence(const Column& column);

// What each way to fill the gaps does to the column and to what is learned from it.
//
// method, mean, deviation, slope, slope_low, slope_high, bias_sd (of the filled values, in true
// deviations), rmse: slope is what one deviation of the column (as observed) adds to the label's
// log-odds (label 0 or 1) or to its mean (any other), with its 95% interval; the methods are
// complete rows, zero, mean, median, regression on `by`, mean with indicator, and, where the truth
// is known, `truth`. Errors: those above; the label is missing in a row.
struct ImputationOptions {
  std::string column, label, truth;
  std::vector<std::string> by;
};
Result<Frame> imputation_effects(const Frame& rows, const ImputationOptions& options);

}  // namespace rehearse::diagnose
