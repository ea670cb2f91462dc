// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/distance.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/metrics/reliability.hpp"

namespace rehearse::metrics {
namespace {

double total_count(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

std::vector<double> decile_edges(std::span<const double> reference, int bins) {
  assert(!reference.empty());
  std::vector<double> edges;
  for (int b = 1; b < bins; ++b)
    edges.push_back(quantile_sorted(reference, static_cast<double>(b) / bins));
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

std::vector<double> proportions(std::span<const double> counts, double floor, bool renormalise) {
  const double total = total_count(counts);
  assert(total > 0);
  std::vector<double> shares;
  for (const double count : counts) shares.push_back(std::max(count / total, floor));
  const double all = total_count(shares);
  if (renormalise)
    for (double& share : shares) share /= all;
  return shares;
}

double kl_divergence(std::span<const double> reference_counts,
                     std::span<const double> current_counts) {
  const auto p = proportions(reference_counts, kShareFloor, true),
             q = proportions(current_counts, kShareFloor, true);
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
  const double n = total_count(reference_counts), m = total_count(current_counts), all = n + m;
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

}  // namespace rehearse::metrics
