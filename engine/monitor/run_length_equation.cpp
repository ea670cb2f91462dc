// SPDX-License-Identifier: GPL-3.0-or-later
//
// The integral equations of CUSUM and EWMA, by Gauss-Legendre quadrature.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/base/normal.hpp"
#include "engine/monitor/run_length.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kLongestRun = 1e12;  // beyond it the equation is singular to rounding
constexpr double kWidestChart = 100;  // of h in deviations; above it the closed form
constexpr double kStandStill = 1e-7;  // share of the limits of EWMA still missing

struct LegendreNodes {
  std::vector<double> x, weight;
};

// Of [-1, 1], by Newton's method on the Legendre polynomial (Abramowitz, Stegun 25.4.29).
LegendreNodes legendre(std::size_t n) {
  LegendreNodes nodes{std::vector<double>(n), std::vector<double>(n)};
  for (std::size_t i = 0; i < n; ++i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) /
                        (static_cast<double>(n) + 0.5));
    double slope = 1;
    for (int turn = 0; turn < 100; ++turn) {
      double before = 1, now = x;
      for (std::size_t j = 2; j <= n; ++j) {
        const double degree = static_cast<double>(j);
        const double next = ((2 * degree - 1) * x * now - (degree - 1) * before) / degree;
        before = now, now = next;
      }
      slope = static_cast<double>(n) * (x * now - before) / (x * x - 1);
      const double step = now / slope;
      x -= step;
      if (std::abs(step) < 1e-15) break;
    }
    nodes.x[i] = x, nodes.weight[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return nodes;
}

// A square system by elimination with row exchanges; `a` row by row.
std::vector<double> solved_system(std::vector<double> a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < n; ++row)
      if (std::abs(a[row * n + column]) > std::abs(a[pivot * n + column])) pivot = row;
    for (std::size_t j = column; j < n; ++j) std::swap(a[column * n + j], a[pivot * n + j]);
    std::swap(b[column], b[pivot]);
    for (std::size_t row = column + 1; row < n; ++row) {
      const double factor = a[row * n + column] / a[column * n + column];
      if (factor == 0) continue;
      for (std::size_t j = column; j < n; ++j) a[row * n + j] -= factor * a[column * n + j];
      b[row] -= factor * b[column];
    }
  }
  for (std::size_t row = n; row-- > 0;) {
    for (std::size_t j = row + 1; j < n; ++j) b[row] -= a[row * n + j] * b[j];
    b[row] /= a[row * n + row];
  }
  return b;
}

std::size_t nodes_for(double width_in_deviations) {
  return static_cast<std::size_t>(std::clamp(24 + 2 * width_in_deviations, 24.0, 400.0));
}

double bounded_run(double run_length) {
  return run_length >= 1 && run_length < kLongestRun ? run_length : kLongestRun;
}

// Siegmund 1985, with the correction of 1.166 deviations for the overshoot of both ends.
double siegmund(double drift, double h) {
  const double wide = h + 1.166;
  if (std::abs(drift) < 1e-8) return bounded_run(wide * wide);
  const double power = -2 * drift * wide;
  if (power > 600) return kLongestRun;
  return bounded_run((std::exp(power) - power - 1) / (2 * drift * drift));
}

// EWMA in units of the chart's deviation.
struct Smoothing {
  double lambda, mean, deviation;
  double kernel(double to, double from) const {
    const double spread = lambda * deviation;
    return normal_density((to - (1 - lambda) * from - lambda * mean) / spread) / spread;
  }
};

// Mean steps to leave [-limit, limit] from each node.
std::vector<double> steady_run_lengths(const Smoothing& chart, const LegendreNodes& nodes,
                                       double limit) {
  const std::size_t n = nodes.x.size();
  std::vector<double> a(n * n), ones(n, 1);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      a[i * n + j] =
          (i == j) - nodes.weight[j] * limit * chart.kernel(limit * nodes.x[j], limit * nodes.x[i]);
  return solved_system(std::move(a), std::move(ones));
}

}  // namespace

double cusum_one_sided_run_length(double k, double h, double mean, double deviation) {
  if (h / deviation > kWidestChart) return siegmund((mean - k) / deviation, h / deviation);
  const LegendreNodes nodes = legendre(nodes_for(h / deviation));
  const std::size_t n = nodes.x.size();
  // The last unknown is the run length from 0, where the chart starts.
  std::vector<double> at(n + 1, 0);
  for (std::size_t i = 0; i < n; ++i) at[i] = h / 2 * (nodes.x[i] + 1);
  std::vector<double> a((n + 1) * (n + 1)), ones(n + 1, 1);
  for (std::size_t i = 0; i <= n; ++i) {
    for (std::size_t j = 0; j < n; ++j)
      a[i * (n + 1) + j] = (i == j) - nodes.weight[j] * h / 2 *
                                          normal_density((at[j] + k - at[i] - mean) / deviation) /
                                          deviation;
    a[i * (n + 1) + n] = (i == n) - normal_cdf((k - at[i] - mean) / deviation);
  }
  return bounded_run(solved_system(std::move(a), std::move(ones)).back());
}

double cusum_run_length(double k, double h, double mean, double deviation) {
  const double up = cusum_one_sided_run_length(k, h, mean, deviation),
               down = cusum_one_sided_run_length(k, h, -mean, deviation);
  if (std::min(up, down) == kLongestRun) return kLongestRun;
  return bounded_run(1 / (1 / up + 1 / down));
}

double ewma_run_length(double lambda, double limit, double mean, double deviation) {
  if (limit <= 0) return 1;
  const Smoothing chart{lambda, mean, deviation};
  const double variance = lambda / (2 - lambda), last = limit * std::sqrt(variance);
  const LegendreNodes nodes = legendre(nodes_for(2 * last / (lambda * deviation)));
  const std::size_t n = nodes.x.size();
  double remembered = (1 - lambda) * (1 - lambda);
  double bound = limit * std::sqrt(variance * (1 - remembered));
  std::vector<double> density(n), next(n);
  for (std::size_t i = 0; i < n; ++i) density[i] = chart.kernel(bound * nodes.x[i], 0);
  double sum = 1;  // of the chances to be still quiet after t observations, t = 0, 1, …
  while (remembered > kStandStill) {
    for (std::size_t i = 0; i < n; ++i) sum += nodes.weight[i] * bound * density[i];
    remembered *= (1 - lambda) * (1 - lambda);
    const double wider = limit * std::sqrt(variance * (1 - remembered));
    for (std::size_t i = 0; i < n; ++i) {
      next[i] = 0;
      for (std::size_t j = 0; j < n; ++j)
        next[i] += nodes.weight[j] * bound * density[j] *
                   chart.kernel(wider * nodes.x[i], bound * nodes.x[j]);
    }
    density.swap(next);
    bound = wider;
  }
  const auto rest = steady_run_lengths(chart, nodes, bound);
  for (std::size_t i = 0; i < n; ++i) sum += nodes.weight[i] * bound * density[i] * rest[i];
  return bounded_run(sum);
}

}  // namespace rehearse::monitor
