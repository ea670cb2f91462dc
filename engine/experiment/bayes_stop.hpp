// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stopping by a posterior: with a normal prior N(0, s²) on the effect and an estimate d of variance
// V, the posterior is normal with mean m = d s² / (s² + V) and variance v = s² V / (s² + V).
//
//   stop when P(effect > 0 | data) ≥ 1 - α/2 or ≤ α/2      <=>  |Z| ≥ z_{1-α/2} √(1 + V / s²)
//   stop when the loss of acting now is small:  E[max(0, -effect)] = √v φ(m/√v) - m Φ(-m/√v) ≤ ε
//
// (Rouder 2014; Deng, Lu, Chen 2016.) "Bayesian, so peeking does not matter" holds as far as the
// prior does: among experiments whose effects really come from the prior, the posterior means what
// it says at any time of stopping. It says nothing of the false positives under an effect of
// exactly 0, which grow with looks as in any other peeking; a flat prior (s large) is naive peeking
// itself.
#pragma once

namespace rehearse::experiment {

struct Posterior {
  double mean = 0, deviation = 0;

  double above_zero() const;
  // Expected loss of shipping (when the effect is below 0) and of not shipping.
  double loss_of_shipping() const;
  double loss_of_staying() const;
};
// variance > 0, prior > 0 (asserted).
Posterior posterior(double estimate, double variance, double prior);

// The bound of |Z| that the first rule sets at this variance. alpha in (0, 1) (asserted).
double posterior_bound(double variance, double prior, double alpha);

}  // namespace rehearse::experiment
