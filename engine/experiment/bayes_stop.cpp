// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/bayes_stop.hpp"

#include <cassert>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {

double Posterior::above_zero() const { return normal_cdf(mean / deviation); }

double Posterior::loss_of_shipping() const {
  const double z = mean / deviation;
  return deviation * normal_density(z) - mean * normal_cdf(-z);
}

double Posterior::loss_of_staying() const {
  const double z = mean / deviation;
  return deviation * normal_density(z) + mean * normal_cdf(z);
}

Posterior posterior(double estimate, double variance, double prior) {
  assert(variance > 0 && prior > 0);
  const double shrink = 1 / (1 + variance / (prior * prior));
  return {estimate * shrink, std::sqrt(variance * shrink)};
}

double posterior_bound(double variance, double prior, double alpha) {
  assert(variance > 0 && prior > 0 && alpha > 0 && alpha < 1);
  return -normal_quantile(alpha / 2) * std::sqrt(1 + variance / (prior * prior));
}

}  // namespace rehearse::experiment
