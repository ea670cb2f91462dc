// SPDX-License-Identifier: GPL-3.0-or-later
//
// The best possible: what a metric would be if the model knew the true probability of every row,
// and what a model's own metric is worth without the luck of the draw. Only a simulated world knows
// it. All are expectations over labels drawn independently from `truth`, in closed form:
//
//   Brier      mean p(1-p) is the least; a score s costs (s-p)² more
//   ROC AUC    Σ_{i≠j} p_i (1-p_j) [s_i > s_j] / Σ_{i≠j} p_i (1-p_j), ties half; a ratio of
//              expectations, exact in the limit of many rows; the truth's own order is the best
//   average    Σ_k p_k (1 + Σ_{j above k} p_j) / k over Σ p, also a ratio of expectations
//   precision
//
// (log loss: probability.hpp). `truth` lies in [0, 1], sizes are equal (asserted); weights may be
// empty. O(n) or, for orders, O(n log n).
#pragma once

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

double best_brier(std::span<const double> truth, std::span<const double> weights = {});
// Mean (s-p)²: what the scores add to the best possible.
double brier_above_best(std::span<const double> scores, std::span<const double> truth,
                        std::span<const double> weights = {});
// Undefined where the truth is 0 everywhere or 1 everywhere.
Measure expected_roc_auc(std::span<const double> scores, std::span<const double> truth,
                         std::span<const double> weights = {});
// Undefined where the truth is 0 everywhere.
Measure expected_average_precision(std::span<const double> scores, std::span<const double> truth,
                                   std::span<const double> weights = {});

}  // namespace rehearse::metrics
