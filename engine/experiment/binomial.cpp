// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/binomial.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <cassert>
#include <cmath>

namespace rehearse::experiment {
namespace {

std::int64_t by_inversion(Stream& stream, std::int64_t n, double p) {
  const double odds = p / (1 - p), u = stream.uniform();
  double mass = std::exp(static_cast<double>(n) * std::log1p(-p)), sum = mass;
  std::int64_t k = 0;
  while (u > sum && k < n) {
    mass *= odds * static_cast<double>(n - k) / static_cast<double>(k + 1);
    sum += mass, ++k;
  }
  return k;
}

// ln of n! / (k! (n-k)!) without n!.
double minus_log_factorials(double n, double k) {
  return -boost::math::lgamma(k + 1) - boost::math::lgamma(n - k + 1);
}

std::int64_t by_rejection(Stream& stream, std::int64_t trials, double p) {
  const double n = static_cast<double>(trials), spread = std::sqrt(n * p * (1 - p));
  const double b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * p, c = n * p + 0.5;
  const double inside = 0.92 - 4.2 / b, scale = (2.83 + 5.1 / b) * spread;
  const double mode = std::floor((n + 1) * p), log_odds = std::log(p / (1 - p));
  const double at_mode = minus_log_factorials(n, mode);
  for (;;) {
    const double u = stream.uniform_open() - 0.5, v = stream.uniform_open();
    const double us = 0.5 - std::abs(u), k = std::floor((2 * a / us + b) * u + c);
    if (us >= 0.07 && v <= inside) return static_cast<std::int64_t>(k);
    if (k < 0 || k > n) continue;
    const double bound = minus_log_factorials(n, k) - at_mode + (k - mode) * log_odds;
    if (std::log(v * scale / (a / (us * us) + b)) <= bound) return static_cast<std::int64_t>(k);
  }
}

}  // namespace

std::int64_t draw_binomial(Stream& stream, std::int64_t n, double p) {
  assert(n >= 0 && p >= 0 && p <= 1);
  if (n == 0 || p == 0) return 0;
  if (p > 0.5) return n - draw_binomial(stream, n, 1 - p);
  return static_cast<double>(n) * p < 10 ? by_inversion(stream, n, p) : by_rejection(stream, n, p);
}

}  // namespace rehearse::experiment
