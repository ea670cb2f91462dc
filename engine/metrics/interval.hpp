// SPDX-License-Identifier: GPL-3.0-or-later
//
// Intervals with a closed form: of a rate (Wilson 1927), of a mean (normal) and of ROC AUC and its
// differences (DeLong, DeLong, Clarke-Pearson 1988, by midranks as Sun, Xu 2014). They take rows as
// independent. Impressions of one user are not; there the bootstrap by user is right and these are
// too narrow.
#pragma once

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

struct Interval {
  double low = 0, high = 1;
};

// Rate of `successes` in `trials` (both may be weights). trials > 0, level in (0, 1) (asserted).
Interval wilson_interval(double successes, double trials, double level = 0.95);

struct Estimate {
  double value = 0, standard_error = 0;
  Interval interval = {};
};
// Mean of values. Undefined standard error (NaN) with one value.
// Not empty (asserted).
Estimate mean_estimate(std::span<const double> values, double level = 0.95);

// AUC with DeLong's standard error; the interval is clipped to [0, 1]. O(n log n).
// Errors: one class, fewer than two rows of a class; weights (the variance is for plain rows).
Result<Estimate> auc_estimate(const Scored& data, double level = 0.95);

struct AucDifference {
  Estimate difference;  // first minus second
  double p = 1;         // two-sided
};
// Two models on the same rows and labels: their errors are correlated, which the interval uses.
// p is 1 where both always agree. Errors: as auc_estimate; labels differ (the row is named).
Result<AucDifference> auc_difference(const Scored& first, const Scored& second,
                                     double level = 0.95);

}  // namespace rehearse::metrics
