// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tail probabilities and quantiles of the distributions that tests refer to, as plain functions:
// Student's t and χ²; those of the normal are engine/base/normal.hpp.
#pragma once

#include "engine/base/normal.hpp"

namespace rehearse::experiment {

// P(|T| ≥ |t|) and the quantile of Student's t; degrees > 0 and not whole in general (Welch); an
// infinite number of them is the normal.
double student_two_sided(double t, double degrees);
double student_quantile(double p, double degrees);
// P(X ≥ x), degrees ≥ 1.
double chi_square_tail(double x, double degrees);

}  // namespace rehearse::experiment
