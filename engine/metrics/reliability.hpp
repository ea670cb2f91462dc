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

#include "engine/metrics/order.hpp"
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

// Non-empty bins in ascending order. 1 <= bins <= 10,000 (asserted). O(n) once the scores are in
// order, which width does not need. With weights, counts and edges use weight sums.
std::vector<Bin> reliability_curve(const OrderedScores& data, int bins = 10,
                                   Binning binning = Binning::width);
std::vector<Bin> reliability_curve(const Scored& data, int bins = 10,
                                   Binning binning = Binning::width);

double expected_calibration_error(std::span<const Bin> bins);  // Σ n_b/N |label - score|
double maximum_calibration_error(std::span<const Bin> bins);
double average_calibration_error(std::span<const Bin> bins);  // unweighted mean over the bins

// What the calibration error of a perfectly calibrated model would be on as many rows, from the
// noise of the labels alone: Σ_b n_b/N √(2/π) σ_b, σ_b² = mean p (1-p) / n_b, normal approximation
// of the mean absolute deviation. An ECE near it says nothing against the model. Scores are taken
// for the truth; labels are not looked at. With weights, σ_b is that of the weighted mean.
double calibration_error_floor(const Scored& data, int bins = 10, Binning binning = Binning::width);

// Σ_b n_b/N |mean truth - mean score|: ECE without the noise of the labels. Sizes equal (asserted).
double true_calibration_error(const Scored& data, std::span<const double> truth, int bins = 10,
                              Binning binning = Binning::width);

// Type-7 quantile (linear interpolation at (n - 1) q) of ascending values. Not empty (asserted).
double quantile_sorted(std::span<const double> ascending, double q);

}  // namespace rehearse::metrics
