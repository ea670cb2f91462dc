// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics of probabilities: how far predictions are from outcomes as numbers. Log loss and Brier
// are proper scoring rules: in expectation only the true probability minimizes them. Use them
// wherever a score is multiplied by something (a bid, a cost); for the order alone see
// discrimination.hpp.
//
// All take weights, are O(n), and follow the project's definitions to the digit.
#pragma once

#include <algorithm>
#include <cmath>

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

inline constexpr double kLogLossClip = 1e-15;

// Mean of -ln of the probability given to what happened; p clipped to [1e-15, 1 - 1e-15]. Nats.
double log_loss(const Scored& data);
// Mean squared error of the probability (Brier 1950).
double brier(const Scored& data);
// Log loss over the entropy of the base rate (He et al. 2014): below 1 beats the constant
// prediction. Undefined with one class.
Measure normalized_entropy(const Scored& data);
// Sum of predictions over sum of clicks; 1 is calibrated on the whole. Undefined without positives.
Measure calibration_ratio(const Scored& data);
double mean_score(const Scored& data);

// Entropy of a Bernoulli variable in nats; 0 at 0 and 1.
double bernoulli_entropy(double p);

// The log loss that nobody can beat when the true probabilities are known: their mean entropy.
// Sizes equal, probabilities in [0, 1] (asserted).
double best_log_loss(std::span<const double> truth, std::span<const double> weights = {});

// Expected log loss of `scores` when outcomes are drawn from `truth`: the same without the noise
// of the draw. Sizes equal (asserted).
double expected_log_loss(std::span<const double> scores, std::span<const double> truth,
                         std::span<const double> weights = {});

// The probability before negatives were kept at rate w: q = p / (p + (1 - p) / w). w in (0, 1].
double undo_downsampling(double p, double keep_rate);

double logit(double p);
double sigmoid(double z);
// ln(1 + e^z) without overflow.
template <class Real>
Real softplus(Real z) {
  return std::max(z, Real(0)) + std::log1p(std::exp(-std::abs(z)));
}
// -[y ln p + (1 - y) ln(1 - p)] with p = sigmoid(z), without overflow.
template <class Real>
Real log_loss_of_logit(Real z, Real y) {
  return softplus(z) - y * z;
}

}  // namespace rehearse::metrics
