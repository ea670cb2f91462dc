// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics of order: do positives score above negatives? They do not change under any increasing map
// of the scores, hence say nothing about calibration. Each takes scores that are in order already,
// or sorts once itself: O(n).
#pragma once

#include <vector>

#include "engine/metrics/order.hpp"
#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

// Probability that a positive scores above a negative, ties counting half (Mann, Whitney 1947).
// Undefined with one class.
Measure roc_auc(const OrderedScores& data);
Measure roc_auc(const Scored& data);
// Σ (R_k - R_{k-1}) P_k over distinct score thresholds, descending, not interpolated. Undefined
// without positives.
Measure average_precision(const OrderedScores& data);
Measure average_precision(const Scored& data);
// Greatest distance of true and false positive rate over distinct thresholds. Undefined with one
// class.
Measure kolmogorov_smirnov(const OrderedScores& data);
Measure kolmogorov_smirnov(const Scored& data);

// What one gets by taking the rows of highest score first, `share` of the weight; rows that tie at
// the cut are taken in part. share in (0, 1] (asserted). Undefined without positives.
Measure gain(const OrderedScores& data, double share);  // share of all positives among them
Measure lift(const OrderedScores& data, double share);  // their rate over the base rate

// One point for each distinct threshold, descending scores, starting at the empty selection.
struct OperatingPoint {
  double threshold = 0, true_positive_rate = 0, false_positive_rate = 0, precision = 1;
};
std::vector<OperatingPoint> operating_points(const OrderedScores& data);
std::vector<OperatingPoint> operating_points(const Scored& data);

}  // namespace rehearse::metrics
