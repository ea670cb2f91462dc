// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/reliability.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "engine/metrics/interval.hpp"

namespace rehearse::metrics {
namespace {

using Order = std::span<const std::uint32_t>;

// Inner edges for weighted values: value i sits at the weight before it over the weight before the
// last, which for equal weights is type 7. One sweep for all edges.
std::vector<double> weighted_edges(const Scored& data, Order order, int bins) {
  const auto scores = data.scores();
  const double reach = data.total_weight() - data.weight(order.back());
  std::vector<double> edges;
  double before = 0;
  std::size_t i = 0;
  for (int b = 1; b < bins; ++b) {
    const double target = reach * static_cast<double>(b) / bins;
    while (i + 1 < order.size() &&
           !(before + data.weight(order[i]) >= target && data.weight(order[i]) > 0))
      before += data.weight(order[i++]);
    if (i + 1 >= order.size() || reach <= 0) {
      edges.push_back(scores[order.back()]);
      continue;
    }
    const double f = (target - before) / data.weight(order[i]);
    edges.push_back(scores[order[i]] + f * (scores[order[i + 1]] - scores[order[i]]));
  }
  return edges;
}

std::vector<double> plain_edges(const Scored& data, Order order, int bins) {
  std::vector<double> edges;
  for (int b = 1; b < bins; ++b) {
    const double at = static_cast<double>(order.size() - 1) * (static_cast<double>(b) / bins);
    const auto below = static_cast<std::size_t>(std::floor(at));
    const double low = data.scores()[order[below]],
                 high = data.scores()[order[std::min(below + 1, order.size() - 1)]];
    edges.push_back(low + (at - static_cast<double>(below)) * (high - low));
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
  a.bin.reserve(data.size());
  for (const double p : data.scores())
    a.bin.push_back(
        static_cast<std::uint32_t>(std::min(static_cast<int>(std::floor(p * bins)), bins - 1)));
  return a;
}

Assignment by_mass(const Scored& data, Order order, int bins) {
  Assignment a;
  a.bin.resize(data.size());
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

Assignment by_quantile(const Scored& data, Order order, int bins) {
  Assignment a;
  const std::vector<double> inner =
      data.weights().empty() ? plain_edges(data, order, bins) : weighted_edges(data, order, bins);
  a.bin.resize(data.size());
  std::size_t bin = 0;
  for (const std::uint32_t row : order) {
    while (bin < inner.size() && inner[bin] <= data.scores()[row]) ++bin;
    a.bin[row] = static_cast<std::uint32_t>(bin);
  }
  a.edges.push_back(data.scores()[order.front()]);
  a.edges.insert(a.edges.end(), inner.begin(), inner.end());
  a.edges.push_back(data.scores()[order.back()]);
  return a;
}

Assignment assign(const Scored& data, Order order, int bins, Binning binning) {
  assert(bins >= 1 && bins <= 10000);
  if (binning == Binning::width) return by_width(data, bins);
  return binning == Binning::mass ? by_mass(data, order, bins) : by_quantile(data, order, bins);
}

Assignment assign(const Scored& data, int bins, Binning binning) {
  if (binning == Binning::width) return assign(data, {}, bins, binning);
  const auto order = ascending_order(data.scores());
  return assign(data, order, bins, binning);
}

std::vector<Bin> bins_of(const Scored& data, const Assignment& assigned, int bins) {
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
    // A sum of a thousand labels of 1 may leave the mean above 1 by a rounding.
    bin.mean_label = std::min(1.0, bin.mean_label / bin.weight);
    const Interval interval = wilson_interval(bin.mean_label * bin.weight, bin.weight);
    bin.low = interval.low, bin.high = interval.high;
    filled.push_back(bin);
  }
  return filled;
}

// Σ over bins of a function of the rows' sums.
struct BinSums {
  double weight = 0, score = 0, truth = 0, variance = 0;
};

std::vector<BinSums> sums_of(const Scored& data, const Assignment& assigned, int bins,
                             std::span<const double> truth) {
  std::vector<BinSums> sums(static_cast<std::size_t>(bins));
  for (std::size_t i = 0; i < data.size(); ++i) {
    BinSums& sum = sums[assigned.bin[i]];
    const double w = data.weight(i), p = data.scores()[i];
    sum.weight += w, sum.score += w * p, sum.variance += w * w * p * (1 - p);
    if (!truth.empty()) sum.truth += w * truth[i];
  }
  return sums;
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

std::vector<Bin> reliability_curve(const OrderedScores& ordered, int bins, Binning binning) {
  return bins_of(ordered.data(), assign(ordered.data(), ordered.ascending(), bins, binning), bins);
}

std::vector<Bin> reliability_curve(const Scored& data, int bins, Binning binning) {
  return bins_of(data, assign(data, bins, binning), bins);
}

double calibration_error_floor(const Scored& data, int bins, Binning binning) {
  double floor = 0;
  for (const BinSums& sum : sums_of(data, assign(data, bins, binning), bins, {}))
    floor += std::sqrt(2 * sum.variance / std::numbers::pi);
  return floor / data.total_weight();
}

double true_calibration_error(const Scored& data, std::span<const double> truth, int bins,
                              Binning binning) {
  assert(truth.size() == data.size());
  double error = 0;
  for (const BinSums& sum : sums_of(data, assign(data, bins, binning), bins, truth))
    error += std::abs(sum.truth - sum.score);
  return error / data.total_weight();
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
