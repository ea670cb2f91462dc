// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/reliability.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace rehearse::metrics {
namespace {

constexpr double kZ95 = 1.959963984540054;

std::vector<std::uint32_t> ascending_order(std::span<const double> scores) {
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [scores](std::uint32_t a, std::uint32_t b) { return scores[a] < scores[b]; });
  return order;
}

// Quantiles of weighted values: value i sits at the weight before it over the weight before the
// last, which for equal weights is type 7.
double weighted_quantile(const Scored& data, std::span<const std::uint32_t> order, double q) {
  const double reach = data.total_weight() - data.weight(order.back());
  const auto scores = data.scores();
  if (reach <= 0) return scores[order.back()];
  double before = 0;
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    const double after = before + data.weight(order[i]);
    const double target = q * reach;
    if (target <= after && after > before) {
      const double f = (target - before) / (after - before);
      return scores[order[i]] + f * (scores[order[i + 1]] - scores[order[i]]);
    }
    before = after;
  }
  return scores[order.back()];
}

std::vector<double> quantile_edges(const Scored& data, int bins) {
  const auto order = ascending_order(data.scores());
  std::vector<double> ascending, edges;
  if (data.weights().empty())
    for (const std::uint32_t row : order) ascending.push_back(data.scores()[row]);
  for (int b = 1; b < bins; ++b) {
    const double q = static_cast<double>(b) / bins;
    edges.push_back(ascending.empty() ? weighted_quantile(data, order, q)
                                      : quantile_sorted(ascending, q));
  }
  return edges;
}

// The bin of each row, and the edges where they are fixed before looking at a bin's rows.
struct Assignment {
  std::vector<std::uint32_t> bin;
  std::vector<double> edges;  // bins + 1, or empty: the bin's own least and greatest score
};

Assignment by_width(const Scored& data, int bins) {
  Assignment a;
  for (int b = 0; b <= bins; ++b) a.edges.push_back(static_cast<double>(b) / bins);
  for (const double p : data.scores())
    a.bin.push_back(
        static_cast<std::uint32_t>(std::min(static_cast<int>(std::floor(p * bins)), bins - 1)));
  return a;
}

Assignment by_mass(const Scored& data, int bins) {
  Assignment a;
  a.bin.resize(data.size());
  const auto order = ascending_order(data.scores());
  if (!data.weights().empty()) {
    double before = 0;
    for (const std::uint32_t row : order) {
      a.bin[row] = static_cast<std::uint32_t>(
          std::min<double>(bins - 1, std::floor(before / data.total_weight() * bins)));
      before += data.weight(row);
    }
    return a;
  }
  const std::size_t n = data.size(), m = static_cast<std::size_t>(bins), longer = n % m,
                    size = n / m;
  std::size_t place = 0;
  for (std::size_t b = 0; b < m; ++b)
    for (std::size_t i = 0; i < size + (b < longer ? 1 : 0); ++i)
      a.bin[order[place++]] = static_cast<std::uint32_t>(b);
  return a;
}

Assignment by_quantile(const Scored& data, int bins) {
  Assignment a;
  const std::vector<double> inner = quantile_edges(data, bins);
  for (const double p : data.scores())
    a.bin.push_back(static_cast<std::uint32_t>(std::upper_bound(inner.begin(), inner.end(), p) -
                                               inner.begin()));
  const auto [least, greatest] = std::minmax_element(data.scores().begin(), data.scores().end());
  a.edges.push_back(*least);
  a.edges.insert(a.edges.end(), inner.begin(), inner.end());
  a.edges.push_back(*greatest);
  return a;
}

void set_interval(Bin& bin) {
  const double n = bin.weight, p = bin.mean_label, z2 = kZ95 * kZ95;
  if (n <= 0) return;
  const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  bin.low = std::max(0.0, centre - half);
  bin.high = std::min(1.0, centre + half);
}

}  // namespace

std::optional<Binning> binning_named(std::string_view name) {
  if (name == "width") return Binning::width;
  if (name == "mass") return Binning::mass;
  if (name == "quantile") return Binning::quantile;
  return std::nullopt;
}

double quantile_sorted(std::span<const double> ascending, double q) {
  assert(!ascending.empty());
  const double at = static_cast<double>(ascending.size() - 1) * q;
  const auto below = static_cast<std::size_t>(std::floor(at));
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  return ascending[below] +
         (at - static_cast<double>(below)) * (ascending[above] - ascending[below]);
}

std::vector<Bin> reliability_curve(const Scored& data, int bins, Binning binning) {
  assert(bins >= 1 && bins <= 10000);
  const Assignment assigned = binning == Binning::width  ? by_width(data, bins)
                              : binning == Binning::mass ? by_mass(data, bins)
                                                         : by_quantile(data, bins);
  std::vector<Bin> all(static_cast<std::size_t>(bins));
  for (std::size_t i = 0; i < data.size(); ++i) {
    Bin& bin = all[assigned.bin[i]];
    const double w = data.weight(i), p = data.scores()[i];
    bin.lower = bin.count ? std::min(bin.lower, p) : p;
    bin.upper = bin.count ? std::max(bin.upper, p) : p;
    bin.weight += w;
    ++bin.count;
    bin.mean_score += w * p;
    bin.mean_label += w * data.labels()[i];
  }
  std::vector<Bin> filled;
  for (std::size_t b = 0; b < all.size(); ++b) {
    Bin bin = all[b];
    if (bin.count == 0 || bin.weight <= 0) continue;
    if (!assigned.edges.empty()) bin.lower = assigned.edges[b], bin.upper = assigned.edges[b + 1];
    bin.mean_score /= bin.weight;
    bin.mean_label /= bin.weight;
    set_interval(bin);
    filled.push_back(bin);
  }
  return filled;
}

double expected_calibration_error(std::span<const Bin> bins) {
  double sum = 0, total = 0;
  for (const Bin& bin : bins) {
    sum += bin.weight * std::abs(bin.mean_label - bin.mean_score);
    total += bin.weight;
  }
  return total > 0 ? sum / total : 0;
}

double maximum_calibration_error(std::span<const Bin> bins) {
  double greatest = 0;
  for (const Bin& bin : bins)
    greatest = std::max(greatest, std::abs(bin.mean_label - bin.mean_score));
  return greatest;
}

double average_calibration_error(std::span<const Bin> bins) {
  if (bins.empty()) return 0;
  double sum = 0;
  for (const Bin& bin : bins) sum += std::abs(bin.mean_label - bin.mean_score);
  return sum / static_cast<double>(bins.size());
}

}  // namespace rehearse::metrics
