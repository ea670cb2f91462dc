// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/always_valid.hpp"

#include <algorithm>
#include <boost/math/special_functions/lambert_w.hpp>
#include <cassert>
#include <cmath>

namespace rehearse::experiment {

double mixture_log_ratio(double estimate, double variance, double mixture) {
  assert(variance > 0 && mixture > 0);
  const double prior = mixture * mixture;
  return -0.5 * std::log1p(prior / variance) +
         prior * estimate * estimate / (2 * variance * (variance + prior));
}

double mixture_bound(double variance, double mixture, double alpha) {
  assert(variance > 0 && mixture > 0 && alpha > 0 && alpha < 1);
  const double ratio = mixture * mixture / variance;
  return std::sqrt(2 * (1 + 1 / ratio) * (-std::log(alpha) + 0.5 * std::log1p(ratio)));
}

double mixture_half_width(double variance, double mixture, double alpha) {
  return mixture_bound(variance, mixture, alpha) * std::sqrt(variance);
}

double tuned_mixture(double variance, double alpha) {
  assert(variance > 0 && alpha > 0 && alpha < 1);
  const double ratio = -boost::math::lambert_wm1(-alpha * alpha * std::exp(-1.0)) - 1;
  return std::sqrt(variance * ratio);
}

Result<AlwaysValid> always_valid(const std::vector<double>& estimate,
                                 const std::vector<double>& variance, double mixture,
                                 double alpha) {
  if (estimate.size() != variance.size())
    return fail(Code::invalid_argument, "{} estimates with {} variances", estimate.size(),
                variance.size());
  if (!(mixture > 0) || !std::isfinite(mixture))
    return fail(Code::invalid_argument, "the mixture's width is {}; give a number above 0",
                mixture);
  if (!(alpha > 0 && alpha < 1))
    return fail(Code::invalid_argument, "alpha is {}; give a number between 0 and 1", alpha);
  AlwaysValid result;
  double p = 1, low = -INFINITY, high = INFINITY;
  for (std::size_t k = 0; k < estimate.size(); ++k) {
    if (!std::isfinite(estimate[k]) || !(variance[k] > 0) || !std::isfinite(variance[k]))
      return fail(Code::bad_data,
                  "look {}: the estimate is {} and its variance {}; an estimate must be finite and "
                  "its variance above 0",
                  k + 1, estimate[k], variance[k]);
    p = std::min(p, std::exp(-mixture_log_ratio(estimate[k], variance[k], mixture)));
    const double half = mixture_half_width(variance[k], mixture, alpha);
    low = std::max(low, estimate[k] - half), high = std::min(high, estimate[k] + half);
    result.p.push_back(p), result.low.push_back(low), result.high.push_back(high);
  }
  return result;
}

}  // namespace rehearse::experiment
