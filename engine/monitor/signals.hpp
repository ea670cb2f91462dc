// SPDX-License-Identifier: GPL-3.0-or-later
//
// A log turned into signals: for each bucket of time and each segment, what a dashboard plots of
// inputs (rows, mean, standard deviation, missing rate, levels), of a model (mean and quantiles of
// the score) and of outcomes (rate, calibration ratio with its interval). These are the raw
// signals; whether they moved is asked by alerts.hpp, psi.hpp and the detectors.
//
// The interval of the calibration ratio takes outcomes as Poisson: expected / (exact interval of
// the count, label_maturity.hpp).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::monitor {

struct SignalOptions {
  std::string bucket = "day";  // a numeric column: rows of one value are one bucket
  std::string segment = {};    // a text column; empty: all rows together
  std::string column = {};     // the input to describe; empty: none
  double reference_until = 7;  // levels seen in buckets before that are known, later ones new
};

// Rows in order of bucket, then of segment: bucket (named as asked), series (the segment, or
// "all"), rows; with a numeric column: mean, sd, missing_rate; with one of text: missing_rate,
// cardinality, new_levels (share of rows with a level that the reference did not have); with
// scores: score_mean, score_p10, score_p50, score_p90; with outcomes: rate; with both:
// calibration_ratio, calibration_low, calibration_high. Undefined values are missing (NaN).
// `scores` and `outcomes` may be empty. O(n log n).
// Errors: no such column, a bucket that is missing, sizes differ, no rows.
Result<Frame> signals_of(const Frame& log, std::span<const double> scores,
                         std::span<const double> outcomes, const SignalOptions& options);

}  // namespace rehearse::monitor
