// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics of order: do positives score above negatives? They do not change under any increasing map
// of the scores, hence say nothing about calibration. All sort once: O(n log n).
#pragma once

#include <vector>

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

// Probability that a positive scores above a negative, ties counting half (Mann, Whitney 1947).
// Undefined with one class.
Measure roc_auc(const Scored& data);
// Σ (R_k - R_{k-1}) P_k over distinct score thresholds, descending, not interpolated. Undefined
// without positives.
Measure average_precision(const Scored& data);
// Greatest distance of true and false positive rate over distinct thresholds. Undefined with one
// class.
Measure kolmogorov_smirnov(const Scored& data);

// One point for each distinct threshold, descending scores, starting at the empty selection.
struct OperatingPoint {
  double threshold = 0, true_positive_rate = 0, false_positive_rate = 0, precision = 1;
};
std::vector<OperatingPoint> operating_points(const Scored& data);

}  // namespace rehearse::metrics
