// SPDX-License-Identifier: GPL-3.0-or-later
//
// Utility of decisions: what each of the four outcomes is worth, and the threshold that earns most
// (Elkan 2001). With probabilities that mean what they say the threshold needs no data:
//
//   act when p ≥ p* = (TN - FP) / ((TN - FP) + (TP - FN))
//
// where TN - FP is what a needless act costs and TP - FN what a right one earns. With scores that
// do not, the threshold of highest utility on held-out rows is the best that can be done with them,
// and it moves whenever the scores do. Use metrics of decisions (threshold.hpp) to describe the
// point.
#pragma once

#include <vector>

#include "engine/metrics/order.hpp"
#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

// Worth of one row, in any unit of money.
struct UtilityMatrix {
  double true_positive = 1, false_positive = -0.05, false_negative = 0, true_negative = 0;
};

// p* in (0, 1). Errors: acting on a positive earns no more than not acting, or not acting on a
// negative no more than acting: then one decision is always right and no score is needed; a worth
// that is not finite.
Result<double> utility_threshold(const UtilityMatrix& worth);

// Mean utility of a row when rows at or above `threshold` are acted on.
double mean_utility(const Scored& data, double threshold, const UtilityMatrix& worth);
// Its expectation when labels are drawn from `truth`: without the noise of the draw. Sizes equal
// (asserted); weights may be empty.
double expected_utility(std::span<const double> scores, std::span<const double> truth,
                        double threshold, const UtilityMatrix& worth,
                        std::span<const double> weights = {});
// The most that anybody can expect: acting exactly where the true probability is p* or more.
// Errors: those of utility_threshold.
Result<double> best_utility(std::span<const double> truth, const UtilityMatrix& worth,
                            std::span<const double> weights = {});

struct UtilityPoint {
  double threshold = 0;  // infinity: nobody is acted on
  double selected_share = 0, utility = 0;
};
// One point for each distinct threshold, descending, from acting on nobody. O(ties).
std::vector<UtilityPoint> utility_curve(const OrderedScores& data, const UtilityMatrix& worth);
// The point of highest utility; of equal ones the highest threshold.
UtilityPoint best_empirical_point(const OrderedScores& data, const UtilityMatrix& worth);

}  // namespace rehearse::metrics
