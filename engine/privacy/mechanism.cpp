// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privacy/mechanism.hpp"

#include <cassert>
#include <cmath>

#include "engine/base/normal.hpp"

namespace rehearse::privacy {
namespace {

constexpr int kHalvings = 200;
constexpr double kClose = 1e-12;

Result<void> check_budget(double sensitivity, double epsilon) {
  if (!(sensitivity > 0) || std::isinf(sensitivity))
    return fail(Code::invalid_argument, "the sensitivity is {:g}; it is above 0 and finite",
                sensitivity);
  if (!(epsilon > 0) || std::isinf(epsilon))
    return fail(Code::invalid_argument, "epsilon is {:g}; it is above 0 and finite", epsilon);
  return {};
}

Result<void> check_delta(double delta) {
  if (!(delta > 0 && delta < 1))
    return fail(Code::invalid_argument, "delta is {:g}; it lies between 0 and 1", delta);
  return {};
}

// P(Z > x) over the density at x, for x ≥ 0 (Mills 1926): where both are 0 in floating point, by
// its expansion in 1/x², of which the next term is below 1e-9 of it.
double mills_ratio(double x) {
  if (x < 30) return normal_cdf(-x) / normal_density(x);
  const double square = x * x;
  return (1 - (1 - (3 - 15 / square) / square) / square) / x;
}

// The least x in (0, ∞) of a property that holds from there on.
template <class Holds>
double least_that(const Holds& holds) {
  double high = 1;
  while (!holds(high) && high < 1e300) high *= 2;
  double low = 0;
  if (high == 1) {
    low = 0.5;
    while (holds(low) && low > 1e-300) high = low, low /= 2;
  } else {
    low = high / 2;
  }
  for (int i = 0; i < kHalvings && high - low > kClose * high; ++i) {
    const double middle = low + (high - low) / 2;
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace

Result<double> laplace_scale(double sensitivity, double epsilon) {
  if (auto fine = check_budget(sensitivity, epsilon); !fine) return fail(fine.error());
  return sensitivity / epsilon;
}

Result<double> gaussian_sigma_classic(double sensitivity, double epsilon, double delta) {
  if (auto fine = check_budget(sensitivity, epsilon); !fine) return fail(fine.error());
  if (auto fine = check_delta(delta); !fine) return fail(fine.error());
  if (epsilon > 1)
    return fail(Code::invalid_argument,
                "epsilon is {:g}; the classic bound holds up to 1, the analytic one for all",
                epsilon);
  return std::sqrt(2 * std::log(1.25 / delta)) * sensitivity / epsilon;
}

double gaussian_delta(double sensitivity, double sigma, double epsilon) {
  assert(sensitivity > 0 && sigma > 0 && epsilon >= 0);
  const double half = sensitivity / (2 * sigma), shift = epsilon * sigma / sensitivity;
  // e^ε Φ(-half - shift) without e^ε: the densities at half + shift and half - shift are e^ε apart.
  return normal_cdf(half - shift) - normal_density(half - shift) * mills_ratio(half + shift);
}

Result<double> gaussian_sigma(double sensitivity, double epsilon, double delta) {
  if (auto fine = check_budget(sensitivity, epsilon); !fine) return fail(fine.error());
  if (auto fine = check_delta(delta); !fine) return fail(fine.error());
  // In units of the sensitivity, since only their ratio matters.
  return sensitivity *
         least_that([&](double sigma) { return gaussian_delta(1, sigma, epsilon) <= delta; });
}

double gaussian_epsilon(double sensitivity, double sigma, double delta) {
  assert(delta > 0 && delta < 1);
  if (gaussian_delta(sensitivity, sigma, 0) <= delta) return 0;
  return least_that(
      [&](double epsilon) { return gaussian_delta(sensitivity, sigma, epsilon) <= delta; });
}

double truth_probability(double epsilon) {
  assert(epsilon >= 0);
  return 1 / (1 + std::exp(-epsilon));
}

double draw_laplace(Stream& stream, double scale) {
  const double u = stream.uniform_open();
  return u < 0.5 ? scale * std::log(2 * u) : -scale * std::log(2 * (1 - u));
}

}  // namespace rehearse::privacy
