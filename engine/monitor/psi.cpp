// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/psi.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kFloor = 1e-4, kLeastExpected = 5;

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> proportions(std::span<const double> counts, double floor, bool renormalise) {
  const double total = sum(counts);
  assert(total > 0);
  std::vector<double> shares;
  for (const double count : counts) shares.push_back(std::max(count / total, floor));
  const double all = sum(shares);
  if (renormalise)
    for (double& share : shares) share /= all;
  return shares;
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

std::vector<double> decile_edges(std::span<const double> reference, int bins) {
  assert(!reference.empty());
  std::vector<double> edges;
  for (int b = 1; b < bins; ++b)
    edges.push_back(metrics::quantile_sorted(reference, static_cast<double>(b) / bins));
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

std::vector<double> bin_counts(std::span<const double> values, std::span<const double> edges) {
  std::vector<double> counts(edges.size() + 1, 0);
  for (const double v : values)
    if (!std::isnan(v))
      ++counts[static_cast<std::size_t>(std::lower_bound(edges.begin(), edges.end(), v) -
                                        edges.begin())];
  return counts;
}

double psi(std::span<const double> reference_counts, std::span<const double> current_counts) {
  assert(reference_counts.size() == current_counts.size());
  const auto p = proportions(reference_counts, kFloor, false),
             q = proportions(current_counts, kFloor, false);
  double total = 0;
  for (std::size_t i = 0; i < p.size(); ++i) total += (q[i] - p[i]) * std::log(q[i] / p[i]);
  return total;
}

double kl_divergence(std::span<const double> reference_counts,
                     std::span<const double> current_counts) {
  const auto p = proportions(reference_counts, kFloor, true),
             q = proportions(current_counts, kFloor, true);
  double total = 0;
  for (std::size_t i = 0; i < p.size(); ++i) total += q[i] * std::log(q[i] / p[i]);
  return total;
}

double js_divergence(std::span<const double> reference_counts,
                     std::span<const double> current_counts) {
  const auto p = proportions(reference_counts, 0, false), q = proportions(current_counts, 0, false);
  double total = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double middle = (p[i] + q[i]) / 2;
    if (p[i] > 0) total += p[i] / 2 * std::log2(p[i] / middle);
    if (q[i] > 0) total += q[i] / 2 * std::log2(q[i] / middle);
  }
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

double wasserstein(std::span<const double> reference, std::span<const double> current) {
  assert(!reference.empty() && !current.empty());
  double total = 0, last = std::min(reference[0], current[0]);
  std::size_t i = 0, j = 0;
  while (i < reference.size() || j < current.size()) {
    const double x = j == current.size() || (i < reference.size() && reference[i] <= current[j])
                         ? reference[i]
                         : current[j];
    const double gap = static_cast<double>(i) / static_cast<double>(reference.size()) -
                       static_cast<double>(j) / static_cast<double>(current.size());
    total += std::abs(gap) * (x - last);
    last = x;
    while (i < reference.size() && reference[i] == x) ++i;
    while (j < current.size() && current[j] == x) ++j;
  }
  return total;
}

ChiSquare chi_square(std::span<const double> reference_counts,
                     std::span<const double> current_counts) {
  assert(reference_counts.size() == current_counts.size());
  const double n = sum(reference_counts), m = sum(current_counts), all = n + m;
  ChiSquare result;
  int levels = 0;
  for (std::size_t i = 0; i < reference_counts.size(); ++i) {
    const double column = reference_counts[i] + current_counts[i];
    if (column <= 0) continue;
    ++levels;
    for (const auto& [seen, row] :
         {std::pair{reference_counts[i], n}, std::pair{current_counts[i], m}}) {
      const double due = column * row / all;
      if (due > 0) result.statistic += (seen - due) * (seen - due) / due;
    }
  }
  result.degrees = std::max(0, levels - 1);
  if (result.degrees == 0 || all <= 0) return result;
  result.p = boost::math::cdf(
      boost::math::complement(boost::math::chi_squared(result.degrees), result.statistic));
  result.cramers_v = std::sqrt(result.statistic / all);
  return result;
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i)
    if (!std::isnan(p[i])) order.push_back(i);
  std::sort(order.begin(), order.end(), [p](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.begin(), p.end());
  double least = 1;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    least = std::min(
        least, p[order[rank - 1]] * static_cast<double>(order.size()) / static_cast<double>(rank));
    adjusted[order[rank - 1]] = least;
  }
  return adjusted;
}

}  // namespace rehearse::monitor
