// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tail probabilities and quantiles of the distributions that tests refer to, as plain functions:
// the normal, Student's t and χ². The normal quantile is `normal_quantile` of engine/base/random.
// Accurate in the far tail (1e-300), where 1 - cdf would be 0.
#pragma once

namespace rehearse::experiment {

double normal_density(double z);
double normal_cdf(double z);
// P(|Z| ≥ |z|). NaN gives NaN.
double normal_two_sided(double z);
// P(|T| ≥ |t|) and the quantile of Student's t; degrees > 0 and not whole in general (Welch); an
// infinite number of them is the normal.
double student_two_sided(double t, double degrees);
double student_quantile(double p, double degrees);
// P(X ≥ x), degrees ≥ 1.
double chi_square_tail(double x, double degrees);

}  // namespace rehearse::experiment
