// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reliability: scores sorted into bins, mean score beside mean label (Murphy, Winkler 1977), and
// the calibration errors made from them (Naeini, Cooper, Hauskrecht 2015).
//
// ECE depends on the binning. `width` is the common default; on rare events nearly all rows fall
// into its first bin, and `quantile` says more. `mass` depends on the order of rows where scores
// tie.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

enum class Binning {
  width,     // b = min(floor(p M), M - 1)
  mass,      // equal counts by stable sort; the first N mod M bins hold one more
  quantile,  // inner edges are type-7 quantiles; bin = number of inner edges <= p, ties stay
             // together
};
std::optional<Binning> binning_named(std::string_view name);

struct Bin {
  double lower = 0, upper = 0;  // edges; for mass the least and greatest score
  double weight = 0;            // rows, or their weight
  std::size_t count = 0;
  double mean_score = 0, mean_label = 0;
  double low = 0, high = 1;  // Wilson 95% interval of the mean label (Wilson 1927)
};

// Non-empty bins in ascending order. 1 <= bins <= 10,000 (asserted). O(n log n), width O(n).
// With weights, counts and edges use weight sums.
std::vector<Bin> reliability_curve(const Scored& data, int bins = 10,
                                   Binning binning = Binning::width);

double expected_calibration_error(std::span<const Bin> bins);  // Σ n_b/N |label - score|
double maximum_calibration_error(std::span<const Bin> bins);
double average_calibration_error(std::span<const Bin> bins);  // unweighted mean over the bins

// Type-7 quantile (linear interpolation at (n - 1) q) of ascending values. Not empty (asserted).
double quantile_sorted(std::span<const double> ascending, double q);

}  // namespace rehearse::metrics
