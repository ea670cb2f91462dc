// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/psi.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/metrics/distance.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kLeastExpected = 5;

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double least_expected(std::span<const double> a, std::span<const double> b) {
  const double n = sum(a), m = sum(b);
  double least = INFINITY;
  for (std::size_t i = 0; i < a.size(); ++i)
    least = std::min(least, (a[i] + b[i]) / (n + m) * std::min(n, m));
  return least;
}

NoiseFloor permuted_floor(std::span<const double> reference, std::span<const double> current,
                          std::uint64_t seed, int permutations) {
  std::vector<std::uint32_t> pool;
  for (std::size_t b = 0; b < reference.size(); ++b)
    pool.insert(pool.end(), static_cast<std::size_t>(reference[b] + current[b]),
                static_cast<std::uint32_t>(b));
  const auto n = static_cast<std::size_t>(sum(reference));
  std::vector<double> drawn;
  for (int turn = 0; turn < permutations; ++turn) {
    Stream stream(seed, "monitor.psi_permutation", static_cast<std::uint64_t>(turn));
    stream.shuffle(std::span<std::uint32_t>(pool));
    std::vector<double> a(reference.size(), 0), b(reference.size(), 0);
    for (std::size_t i = 0; i < pool.size(); ++i) ++(i < n ? a : b)[pool[i]];
    drawn.push_back(psi(a, b));
  }
  std::sort(drawn.begin(), drawn.end());
  return {sum(drawn) / static_cast<double>(drawn.size()), metrics::quantile_sorted(drawn, 0.95),
          true};
}

}  // namespace

double psi(std::span<const double> reference_counts, std::span<const double> current_counts) {
  assert(reference_counts.size() == current_counts.size());
  const auto p = metrics::proportions(reference_counts, metrics::kShareFloor, false),
             q = metrics::proportions(current_counts, metrics::kShareFloor, false);
  double total = 0;
  for (std::size_t i = 0; i < p.size(); ++i) total += (q[i] - p[i]) * std::log(q[i] / p[i]);
  return total;
}

NoiseFloor psi_noise_floor(double n, double m, int bins) {
  if (bins < 2) return {};
  const double scale = 1 / n + 1 / m;
  const boost::math::chi_squared law(bins - 1);
  return {scale * (bins - 1), scale * boost::math::quantile(law, 0.95), false};
}

NoiseFloor psi_noise_floor(std::span<const double> reference_counts,
                           std::span<const double> current_counts, std::uint64_t seed,
                           int permutations) {
  if (least_expected(reference_counts, current_counts) < kLeastExpected)
    return permuted_floor(reference_counts, current_counts, seed, permutations);
  return psi_noise_floor(sum(reference_counts), sum(current_counts),
                         static_cast<int>(reference_counts.size()));
}

}  // namespace rehearse::monitor
