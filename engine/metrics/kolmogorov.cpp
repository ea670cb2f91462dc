// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/kolmogorov.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

namespace rehearse::metrics {
namespace {

constexpr long kExactUpTo = 500, kOneSidedExactUpTo = 100000;
// Above this n d², twice the one-sided tail is right to many digits.
constexpr double kFarTail = 4;

// P(D+ >= d), the one-sided statistic (Smirnov 1944).
double one_sided_tail(double d, long n) {
  const double count = static_cast<double>(n);
  if (n > kOneSidedExactUpTo) return std::exp(-std::pow(6 * count * d + 1, 2) / (18 * count));
  double sum = 0;
  const auto last = static_cast<long>(std::floor(count * (1 - d)));
  for (long j = 0; j <= last; ++j) {
    const double share = static_cast<double>(j) / count, rest = 1 - d - share;
    if (rest <= 0) continue;
    const double log_binomial = std::lgamma(count + 1) - std::lgamma(static_cast<double>(j) + 1) -
                                std::lgamma(count - static_cast<double>(j) + 1);
    sum += std::exp(log_binomial + (static_cast<double>(j) - 1) * std::log(d + share) +
                    (count - static_cast<double>(j)) * std::log(rest));
  }
  return std::min(1.0, d * sum);
}

// A square matrix with its entries scaled by 10^exponent, so that powers neither over- nor
// underflow.
struct Scaled {
  std::size_t size = 0;
  std::vector<double> cell;
  int exponent = 0;
  double& at(std::size_t i, std::size_t j) { return cell[i * size + j]; }
  double at(std::size_t i, std::size_t j) const { return cell[i * size + j]; }
};

Scaled product(const Scaled& a, const Scaled& b) {
  Scaled c{a.size, std::vector<double>(a.size * a.size, 0), a.exponent + b.exponent};
  for (std::size_t i = 0; i < a.size; ++i)
    for (std::size_t k = 0; k < a.size; ++k) {
      const double factor = a.at(i, k);
      if (factor == 0) continue;
      for (std::size_t j = 0; j < a.size; ++j) c.at(i, j) += factor * b.at(k, j);
    }
  if (c.at(a.size / 2, a.size / 2) > 1e140) {
    for (double& x : c.cell) x *= 1e-140;
    c.exponent += 140;
  }
  return c;
}

Scaled power(const Scaled& base, long n) {
  if (n == 1) return base;
  const Scaled half = power(base, n / 2);
  const Scaled square = product(half, half);
  return n % 2 ? product(square, base) : square;
}

// The transition matrix of Marsaglia, Tsang, Wang: k - 1 < n d <= k, h = k - n d.
Scaled transition(std::size_t m, double h) {
  Scaled matrix{m, std::vector<double>(m * m, 0), 0};
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < m; ++j) matrix.at(i, j) = i + 1 >= j ? 1 : 0;
  for (std::size_t i = 0; i < m; ++i) {
    matrix.at(i, 0) -= std::pow(h, static_cast<double>(i + 1));
    matrix.at(m - 1, i) -= std::pow(h, static_cast<double>(m - i));
  }
  matrix.at(m - 1, 0) += 2 * h - 1 > 0 ? std::pow(2 * h - 1, static_cast<double>(m)) : 0;
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j <= std::min(i + 1, m - 1); ++j)
      for (std::size_t g = 1; g + j <= i + 1; ++g) matrix.at(i, j) /= static_cast<double>(g);
  return matrix;
}

double exact_cdf(double d, long n) {
  const auto k = static_cast<std::size_t>(std::floor(static_cast<double>(n) * d)) + 1;
  const std::size_t m = 2 * k - 1;
  const Scaled result =
      power(transition(m, static_cast<double>(k) - static_cast<double>(n) * d), n);
  double s = result.at(k - 1, k - 1);
  int exponent = result.exponent;
  for (long i = 1; i <= n; ++i) {
    s = s * static_cast<double>(i) / static_cast<double>(n);
    if (s < 1e-140) s *= 1e140, exponent -= 140;
  }
  return s * std::pow(10.0, exponent);
}

// Sum of term(ti) exp(-ti² w) over ti = first, first + 1, … until terms no longer count.
template <class Term>
double series(double first, double w, Term term) {
  double sum = 0;
  for (int j = 0; j <= 20; ++j) {
    const double t2 = (first + j) * (first + j), add = term(t2) * std::exp(-t2 * w);
    sum += add;
    if (j > 0 && std::abs(add) <= 1e-14 * std::abs(sum)) break;
  }
  return sum;
}

double pelz_good_cdf(double d, long n) {
  const double pi2 = std::numbers::pi * std::numbers::pi, pi4 = pi2 * pi2, pi6 = pi4 * pi2,
               half_root = std::sqrt(std::numbers::pi / 2);
  const double count = static_cast<double>(n), root = std::sqrt(count), z = root * d, z2 = z * z,
               z4 = z2 * z2, z6 = z4 * z2, w = pi2 / (2 * z2);
  double cdf = 2 * half_root / z * series(0.5, w, [](double) { return 1.0; });
  cdf += half_root / (root * 3 * z4) * series(0.5, w, [&](double t2) { return pi2 * t2 - z2; });
  cdf += half_root / (count * 36 * z * z6) * series(0.5, w, [&](double t2) {
           return 6 * z6 + 2 * z4 + pi2 * (2 * z4 - 5 * z2) * t2 + pi4 * (1 - 2 * z2) * t2 * t2;
         });
  cdf -= half_root / (count * 18 * z * z2) * series(1, w, [&](double t2) { return pi2 * t2; });
  cdf += half_root / (root * count * 3240 * z4 * z6) * series(0.5, w, [&](double t2) {
           return -30 * z6 - 90 * z6 * z2 + pi2 * (135 * z4 - 96 * z6) * t2 +
                  pi4 * (212 * z4 - 60 * z2) * t2 * t2 + pi6 * t2 * t2 * t2 * (5 - 30 * z2);
         });
  cdf += half_root / (root * count * 108 * z6) *
         series(1, w, [&](double t2) { return 3 * pi2 * t2 * z2 - pi4 * t2 * t2; });
  return cdf;
}

}  // namespace

double ks_distance(std::span<const double> reference, std::span<const double> current) {
  assert(!reference.empty() && !current.empty());
  double greatest = 0;
  std::size_t i = 0, j = 0;
  while (i < reference.size() && j < current.size()) {
    const double x = std::min(reference[i], current[j]);
    while (i < reference.size() && reference[i] == x) ++i;
    while (j < current.size() && current[j] == x) ++j;
    greatest =
        std::max(greatest, std::abs(static_cast<double>(i) / static_cast<double>(reference.size()) -
                                    static_cast<double>(j) / static_cast<double>(current.size())));
  }
  return greatest;
}

double ks_survival(double d, long n) {
  assert(n >= 1);
  const double count = static_cast<double>(n);
  if (d >= 1) return 0;
  if (d <= 0.5 / count) return 1;
  if (count * d * d > kFarTail) return std::min(1.0, 2 * one_sided_tail(d, n));
  return std::clamp(1 - (n <= kExactUpTo ? exact_cdf(d, n) : pelz_good_cdf(d, n)), 0.0, 1.0);
}

double ks_p_value(double distance, std::size_t n, std::size_t m) {
  const double effective =
      static_cast<double>(n) * static_cast<double>(m) / static_cast<double>(n + m);
  return ks_survival(distance, std::max(1L, std::lrint(effective)));
}

}  // namespace rehearse::metrics
