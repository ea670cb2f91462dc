// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics of decisions: a score at or above the threshold is called positive. They describe one
// operating point and say nothing of the others; choose the point by utility.hpp, never by habit at
// 0.5. Accuracy on rare events is the base rate's own: calling everything negative scores 97% at a
// click rate of 3%.
//
// All take weights and are O(n).
#pragma once

#include <optional>
#include <string_view>

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

// Weights of the four outcomes of a decision.
struct Confusion {
  double true_positive = 0, false_positive = 0, false_negative = 0, true_negative = 0;

  double total() const { return true_positive + false_positive + false_negative + true_negative; }
  double called() const { return true_positive + false_positive; }  // called positive
  double positives() const { return true_positive + false_negative; }
  double negatives() const { return false_positive + true_negative; }
};
Confusion confusion_at(const Scored& data, double threshold);

double accuracy(const Confusion& c);
double selected_share(const Confusion& c);      // of the weight, called positive
Measure precision(const Confusion& c);          // undefined when nothing is called positive
Measure recall(const Confusion& c);             // undefined without positives
Measure specificity(const Confusion& c);        // undefined without negatives
Measure balanced_accuracy(const Confusion& c);  // mean of the two; undefined with one class
// (1 + β²) TP / ((1 + β²) TP + β² FN + FP) (van Rijsbergen 1979): recall counts β times as much as
// precision. β > 0 (asserted). Undefined when there is neither a positive nor a call.
Measure f_beta(const Confusion& c, double beta);
// Correlation of decision and label (Matthews 1975), -1 … 1. Undefined when a row or a column of
// the table is empty.
Measure matthews_correlation(const Confusion& c);

// By name: accuracy, balanced_accuracy, precision, recall, specificity, selected_share, mcc, and
// f<β> as f1, f2, f0.5. Nothing where the name is none of them.
std::optional<Measure> decision_metric(std::string_view name, const Confusion& c);
bool is_decision_metric(std::string_view name);

}  // namespace rehearse::metrics
