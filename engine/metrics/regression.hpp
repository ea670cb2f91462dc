// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics of predicted values. What a metric rewards decides what a model should predict: squared
// errors the mean, absolute errors the median, the pinball loss at q the q-quantile (Gneiting
// 2011). Deviances are squared errors in the units of a count's own variance (McCullagh, Nelder
// 1989). Use MAE or a quantile where a few huge labels would decide the RMSE; use a deviance for
// counts.
//
// All take weights and are O(n), medians O(n log n).
#pragma once

#include "engine/metrics/valued.hpp"

namespace rehearse::metrics {

double mean_squared_error(const Valued& data);
double root_mean_squared_error(const Valued& data);
double mean_absolute_error(const Valued& data);
double mean_error(const Valued& data);  // prediction minus label; above 0 promises too much
double max_error(const Valued& data);   // rows of weight 0 do not count
// Median of |error|: the value that half of the weight does not exceed; with equal weights the mean
// of the two middle values.
double median_absolute_error(const Valued& data);
// 1 - Σ(y-f)² / Σ(y-ȳ)². It compares with the mean of these same rows, so a slice whose labels
// hardly vary has a terrible R² with small errors. Undefined where all labels are alike.
Measure r_squared(const Valued& data);
// Mean of |y-f| / |y|. It punishes predictions above the label without bound and those below by at
// most 1, so that it prefers models that predict too little. Undefined when a label is 0.
Measure mean_absolute_percentage_error(const Valued& data);
// Root of the mean of (ln(1+f) - ln(1+y))²: errors as ratios, for log-normal labels. Undefined when
// a label or a prediction is -1 or less.
Measure root_mean_squared_log_error(const Valued& data);
// Mean of max(q (y-f), (q-1)(y-f)) (Koenker, Bassett 1978). q in [0, 1] (asserted).
double pinball_loss(const Valued& data, double q);
// Weighted share of labels at or below their prediction: for a q-quantile it should be q.
double share_at_or_below(const Valued& data);
// Mean of 2 (y ln(y/f) - y + f), with y ln y = 0 at 0. Undefined when a label is negative or a
// prediction is not above 0.
Measure poisson_deviance(const Valued& data);
// Mean of 2 (y ln(y/f) - (y + 1/α) ln((1+αy)/(1+αf))), variance f + αf² (Hilbe 2011); α = 0 is
// Poisson. α >= 0 (asserted). Undefined as poisson_deviance.
Measure negative_binomial_deviance(const Valued& data, double dispersion);
// Sum of predictions over sum of labels. Undefined where the labels sum to 0 or less.
Measure value_ratio(const Valued& data);

// A predicted interval [low, high] a row.
struct IntervalQuality {
  double coverage = 0;    // share of labels inside, both ends included
  double mean_width = 0;  // in units of the label
  // Mean of width + 2/α · what the label lies outside (Gneiting, Raftery 2007), α = 1 - level: the
  // proper score by which two intervals of the same level compare.
  double interval_score = 0;
};
// `level` in (0, 1) (asserted). Errors: sizes differ, no rows, a number is not finite, low above
// high (with the row).
Result<IntervalQuality> interval_quality(std::span<const double> low, std::span<const double> high,
                                         std::span<const double> labels, double level);

}  // namespace rehearse::metrics
