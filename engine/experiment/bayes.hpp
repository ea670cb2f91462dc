// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Bayesian reading of two arms: how likely is the treatment better, and how much is lost on
// average if it is shipped although it is not (expected loss; Stucchio 2015)? Ship where that loss
// is below a price that was named before the start.
//
//   rates   Beta(a, b) prior, posterior Beta(a + successes, b + failures) for each arm
//           P(t > c) = ∫ f_t(x) F_c(x) dx, by Gauss-Legendre in the angle x = sin² φ
//           E[max(c - t, 0)] = E[c] P(c⁺ > t) - E[t] P(c > t⁺), ⁺ one success more
//   effects N(m, s²) prior of the effect, a normal estimate with its standard error
//
// It is no licence to look every day: a posterior does not change its meaning when it is looked at,
// but shipping at the first 95% ships more nothing than 5% of the time unless the prior was right.
#pragma once

#include "engine/experiment/contrast.hpp"

namespace rehearse::experiment {

struct BetaPrior {
  double a = 1, b = 1;  // at least 0.5 each
};

struct ArmsPosterior {
  double control = 0, treatment = 0;              // posterior means
  double mean_difference = 0, low = 0, high = 0;  // equal-tailed interval of the difference
  double probability_better = 0;                  // P(treatment > control)
  double loss_if_shipped = 0, loss_if_kept = 0;   // expected, in units of the outcome
};

// P(X > Y) for independent X ~ Beta(a1, b1), Y ~ Beta(a2, b2); parameters ≥ 0.5 (asserted). 1e-9.
double probability_greater(double a1, double b1, double a2, double b2);

// Errors: counts as in two_proportions (empty arms are allowed: the prior answers), prior below 0.5
// or not finite, level outside (0, 1).
Result<ArmsPosterior> posterior_of_rates(Successes control, Successes treatment,
                                         BetaPrior prior = {}, double level = 0.95);

// Prior of the effect N(mean, sd²); an infinite sd is flat. `better` is an effect above 0.
// Errors: standard error or sd not above 0, level outside (0, 1).
struct NormalPrior {
  double mean = 0, sd = std::numeric_limits<double>::infinity();
};
Result<ArmsPosterior> posterior_of_effect(const Contrast& contrast, NormalPrior prior = {},
                                          double level = 0.95);

}  // namespace rehearse::experiment
