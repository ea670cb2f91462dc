// SPDX-License-Identifier: GPL-3.0-or-later
//
// Loss: what a linear model pays for predicting η where y happened, its slope in η, and what η
// means for y. Which loss is minimized decides which number of the distribution of y is learned:
//
//   logistic    ln(1 + e^η) - yη                   the probability of y = 1
//   focal       -(1 - p_t)^γ ln p_t                the same with easy rows played down (Lin et al.
//                                                  2017): ranks, but is no longer a probability
//   squared     (y - η)² / 2                       the mean
//   huber       r²/2 within δ, δ|r| - δ²/2 beyond  near the mean, and bounded in an outlier's pull
//                                                  (Huber 1964)
//   pinball     τ(y - η)⁺ + (1 - τ)(η - y)⁺        the τ quantile (Koenker, Bassett 1978)
//   poisson     e^η - yη + ln y!                   the mean of a count, whose log is η
//   negative_binomial  -ln NB2(y; e^η, α)          the same; the variance is μ + αμ²
//   positive_poisson   the Poisson loss given y ≥ 1, for the second part of a hurdle
//
// `shape` is γ, δ, τ or α; others ignore it.
#pragma once

namespace rehearse::models {

enum class LossKind {
  logistic,
  focal,
  squared,
  huber,
  pinball,
  poisson,
  negative_binomial,
  positive_poisson
};

struct Loss {
  LossKind kind = LossKind::squared;
  double shape = 0;

  const char* name() const;
  // ≥ 0 up to what y alone decides; finite for |η| ≤ 700.
  double value(double y, double eta) const;
  double slope(double y, double eta) const;  // d value / dη
  // Both at once: for log loss and Poisson at the price of one exponential.
  struct Both {
    double value, slope;
  };
  Both both(double y, double eta) const;
  // What η predicts: a probability, a value, or a mean count.
  double predicted(double eta) const;
  bool probabilistic() const { return kind == LossKind::logistic || kind == LossKind::focal; }
  bool counts() const { return kind >= LossKind::poisson; }
};

}  // namespace rehearse::models
