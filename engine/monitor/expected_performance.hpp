// SPDX-License-Identifier: GPL-3.0-or-later
//
// Performance without labels: what calibrated scores say about themselves. If p is the probability
// of a click given the score, then accuracy, log loss and the area under the ROC curve have
// expectations that need no click (confidence-based performance estimation; Nannyml 2022, Garg et
// al. 2022). Use it while labels are on their way. It sees an audience that has become harder; it
// is blind to a rule that has changed, since then p is no longer the probability of anything.
//
//   log loss   mean of -p ln p - (1 - p) ln(1 - p)          Brier  mean of p (1 - p)
//   accuracy   mean of p where p ≥ threshold, else 1 - p
//   ROC AUC    Σ_{i≠j} p_i (1 - p_j) ([s_i > s_j] + ½ [s_i = s_j]) / Σ_{i≠j} p_i (1 - p_j)
//              the ratio of the expected numbers of pairs, right to O(1/n)
//   base rate  mean of p
//
// The interval is that of the realised value on as many rows: what a day of labels would scatter
// even if every p were right.
#pragma once

#include <span>
#include <string>

#include "engine/base/error.hpp"
#include "engine/metrics/interval.hpp"

namespace rehearse::monitor {

enum class Performance { log_loss, brier, accuracy, roc_auc, base_rate };
const char* performance_name(Performance performance);
// Errors: another name; those there are are listed.
Result<Performance> parse_performance(std::string_view name);

struct ExpectedPerformance {
  double value = 0;
  metrics::Interval interval;  // 95% of realised values
};
// `threshold` is of accuracy alone. The interval: normal with the exact variance, for AUC from 200
// draws of labels (Stream monitor.expected_auc, seeded). O(n log n).
// Errors: no scores, a score that is not a probability (the row is named), AUC where no pair can
// differ (all p 0, or all 1).
Result<ExpectedPerformance> expected_performance(std::span<const double> p, Performance what,
                                                 double threshold = 0.5, std::uint64_t seed = 1,
                                                 std::uint64_t replicate = 0);

}  // namespace rehearse::monitor
