// SPDX-License-Identifier: GPL-3.0-or-later
//
// The continuous laws and Poisson. Sources stand beside each declaration in random.hpp.
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

#include "engine/base/random.hpp"

namespace rehearse {
namespace {

template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
  double sum = 0;
  for (std::size_t i = N; i-- > 0;) sum = sum * x + coefficients[i];
  return sum;
}

// AS241, PPND16: numerator and denominator in the centre (a, b), the shoulder (c, d), the tail (e,
// f).
constexpr std::array<double, 8> kA = {3.3871328727963666080e0, 1.3314166789178437745e2,
                                      1.9715909503065514427e3, 1.3731693765509461125e4,
                                      4.5921953931549871457e4, 6.7265770927008700853e4,
                                      3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr std::array<double, 8> kB = {1.0,
                                      4.2313330701600911252e1,
                                      6.8718700749205790830e2,
                                      5.3941960214247511077e3,
                                      2.1213794301586595867e4,
                                      3.9307895800092710610e4,
                                      2.8729085735721942674e4,
                                      5.2264952788528545610e3};
constexpr std::array<double, 8> kC = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                      5.76949722146069140550e0,  3.64784832476320460504e0,
                                      1.27045825245236838258e0,  2.41780725177450611770e-1,
                                      2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array<double, 8> kD = {1.0,
                                      2.05319162663775882187e0,
                                      1.67638483018380384940e0,
                                      6.89767334985100004550e-1,
                                      1.48103976427480074590e-1,
                                      1.51986665636164571966e-2,
                                      5.47593808499534494600e-4,
                                      1.05075007164441684324e-9};
constexpr std::array<double, 8> kE = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                      1.78482653991729133580e0,  2.96560571828504891230e-1,
                                      2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                      2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array<double, 8> kF = {1.0,
                                      5.99832206555887937690e-1,
                                      1.36929880922735805310e-1,
                                      1.48753612908506148525e-2,
                                      7.86869131145613259100e-4,
                                      1.84631831751005468180e-5,
                                      1.42151175831644588870e-7,
                                      2.04426310338993978564e-15};

// ln k! less Stirling's formula without its series: ln k! - (k ln k - k + ln(2πk)/2), for k ≥ 16.
// (std::lgamma would do for ln k!, but it writes a global, signgam, so threads may not share it.)
double stirling_error(double k) {
  const double r = 1 / (k * k);
  return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r / 1680))) / k;
}

// k ln(k/m) + m - k without the cancellation where k is near m (Loader 2000).
double deviance(double k, double m) {
  if (std::abs(k - m) > 0.1 * (k + m)) return k * std::log(k / m) + m - k;
  const double v = (k - m) / (k + m);
  double sum = (k - m) * v, term = 2 * k * v;
  for (int j = 3;; j += 2) {
    term *= v * v;
    const double next = sum + term / j;
    if (next == sum) return sum;
    sum = next;
  }
}

// ln P(X = k) of a Poisson variable with this mean.
double log_poisson(double k, double mean) {
  if (k >= 16)
    return -stirling_error(k) - deviance(k, mean) - 0.5 * std::log(2 * std::numbers::pi * k);
  double log_k_factorial = 0;
  for (int i = 2; i <= k; ++i) log_k_factorial += std::log(i);
  return k * std::log(mean) - mean - log_k_factorial;
}

std::int64_t poisson_by_inversion(Stream& stream, double mean) {
  double left = stream.uniform(), p = std::exp(-mean);
  std::int64_t k = 0;
  // Past 200 the probability (mean < 10) is below 1e-150: only rounding can lead there.
  while (left >= p && k < 200) {
    left -= p;
    p *= mean / static_cast<double>(++k);
  }
  return k;
}

// Transformed rejection with squeeze.
std::int64_t poisson_ptrs(Stream& stream, double mean) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const double u = stream.uniform_open() - 0.5, v = stream.uniform_open();
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return static_cast<std::int64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (std::log(v * inverse_alpha / (a / (us * us) + b)) <= log_poisson(k, mean))
      return static_cast<std::int64_t>(k);
  }
}

// Marsaglia and Tsang for shape ≥ 1, scale 1.
double gamma_from_one(Stream& stream, double shape) {
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = stream.normal(), root = 1 + c * x;
    const double u = stream.uniform_open();
    if (root <= 0) continue;
    const double v = root * root * root;
    if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

// The logarithm of a gamma variate of scale 1: finite where the variate itself underflows.
double log_gamma_variate(Stream& stream, double shape) {
  if (shape >= 1) return std::log(gamma_from_one(stream, shape));
  const double boosted = std::log(gamma_from_one(stream, shape + 1));
  return boosted + std::log(stream.uniform_open()) / shape;
}

}  // namespace

double normal_quantile(double p) {
  assert(p > 0 && p < 1);
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kA, r) / polynomial(kB, r);
  }
  double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
  double z;
  if (r <= 5) {
    r -= 1.6;
    z = polynomial(kC, r) / polynomial(kD, r);
  } else {
    r -= 5;
    z = polynomial(kE, r) / polynomial(kF, r);
  }
  return q < 0 ? -z : z;
}

double Stream::normal() { return normal_quantile(uniform_open()); }

double Stream::exponential(double rate) {
  assert(rate > 0);
  return -std::log(uniform_open()) / rate;
}

double Stream::gamma(double shape, double scale) {
  assert(shape > 0 && scale > 0);
  if (shape >= 1) return scale * gamma_from_one(*this, shape);
  return scale * std::exp(log_gamma_variate(*this, shape));
}

double Stream::beta(double a, double b) {
  assert(a > 0 && b > 0);
  if (a >= 1 && b >= 1) {
    const double x = gamma_from_one(*this, a);
    return x / (x + gamma_from_one(*this, b));
  }
  const double log_x = log_gamma_variate(*this, a);
  return 1 / (1 + std::exp(log_gamma_variate(*this, b) - log_x));
}

std::int64_t Stream::poisson(double mean) {
  assert(mean >= 0 && mean <= 1e15);
  return mean < 10 ? poisson_by_inversion(*this, mean) : poisson_ptrs(*this, mean);
}

double Stream::weibull(double shape, double scale) {
  assert(shape > 0 && scale > 0);
  return scale * std::pow(-std::log(uniform_open()), 1 / shape);
}

}  // namespace rehearse
