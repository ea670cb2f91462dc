// SPDX-License-Identifier: GPL-3.0-or-later
//
// Histogram binning: each bin of scores gets the mean label of its rows (Zadrozny, Elkan 2001).
//
// Use it as the plainest of learned maps, or where a staircase with few steps must be explained.
// It may fall where isotonic regression would not, and its error is that of the bin's rows: with M
// bins and n positives a step is uncertain by about √(M/n) of itself.
#pragma once

#include <span>

#include "engine/calibration/map.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::calibration {

class HistogramMap : public CalibrationMap {
 public:
  // values.size() == inner_edges.size() + 1; inner edges ascending (asserted). A NaN value marks a
  // bin without rows: its scores stay as they are.
  HistogramMap(std::vector<double> inner_edges, std::vector<double> values);
  double operator()(double score) const override;
  std::string name() const override { return "histogram"; }
  std::vector<std::pair<std::string, double>> parameters() const override {
    return {{"bins", static_cast<double>(values_.size())}};
  }
  std::span<const double> values() const { return values_; }

 private:
  std::vector<double> inner_edges_, values_;
};

// Scores are probabilities. Bins of equal width, or between quantiles of the scores (mass cuts
// between rows and has no edges, so it is refused). 1 <= bins <= 10,000.
// Errors: those of validate_fit, a score outside [0, 1], bins out of range, mass.
Result<std::shared_ptr<const HistogramMap>> fit_histogram(
    std::span<const double> scores, std::span<const double> labels, int bins = 10,
    metrics::Binning binning = metrics::Binning::quantile);

}  // namespace rehearse::calibration
