// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/psi.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/metrics/distance.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kLeastExpected = 5;
// A reshuffling costs O(rows). Of larger pools the counts are drawn from the law that reshuffling
// has, the multivariate hypergeometric, in O(deviation) a bin.
constexpr double kMostShuffled = 50000;

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

double log_choose(double n, double k) {
  return boost::math::lgamma(n + 1) - boost::math::lgamma(k + 1) - boost::math::lgamma(n - k + 1);
}

// How many of `marked` are among `drawn` of `all`, by inversion outwards from the mode.
double hypergeometric(Stream& stream, double all, double marked, double drawn) {
  const double low = std::max(0.0, marked + drawn - all), high = std::min(marked, drawn);
  if (low >= high) return low;
  const double mode = std::clamp(std::floor((drawn + 1) * (marked + 1) / (all + 2)), low, high);
  const double at_mode = std::exp(log_choose(marked, mode) +
                                  log_choose(all - marked, drawn - mode) - log_choose(all, drawn));
  double left = stream.uniform() - at_mode;
  double up = mode, down = mode, p_up = at_mode, p_down = at_mode;
  while (left > 0 && (up < high || down > low)) {
    if (up < high) {
      p_up *= (marked - up) * (drawn - up) / ((up + 1) * (all - marked - drawn + up + 1));
      up += 1, left -= p_up;
      if (left <= 0) return up;
    }
    if (down > low) {
      p_down *= down * (all - marked - drawn + down) / ((marked - down + 1) * (drawn - down + 1));
      down -= 1, left -= p_down;
      if (left <= 0) return down;
    }
    if (p_up < 1e-300 && p_down < 1e-300) break;  // only rounding is left
  }
  return mode;
}

// The counts of the reference and of the rest after one reshuffling of the pool.
struct Reshuffled {
  std::vector<double> reference, current;
};

Reshuffled drawn_counts(Stream& stream, std::span<const double> reference,
                        std::span<const double> current) {
  Reshuffled counts;
  double all = sum(reference) + sum(current), drawn = sum(reference);
  for (std::size_t b = 0; b < reference.size(); ++b) {
    const double marked = reference[b] + current[b];
    counts.reference.push_back(hypergeometric(stream, all, marked, drawn));
    counts.current.push_back(marked - counts.reference.back());
    all -= marked, drawn -= counts.reference.back();
  }
  return counts;
}

NoiseFloor permuted_floor(std::span<const double> reference, std::span<const double> current,
                          std::uint64_t seed, int permutations) {
  const double rows = sum(reference) + sum(current);
  const bool shuffled = rows <= kMostShuffled;
  std::vector<std::uint32_t> pool;
  for (std::size_t b = 0; shuffled && b < reference.size(); ++b)
    pool.insert(pool.end(), static_cast<std::size_t>(reference[b] + current[b]),
                static_cast<std::uint32_t>(b));
  const auto n = static_cast<std::size_t>(sum(reference));
  std::vector<double> drawn;
  for (int turn = 0; turn < permutations; ++turn) {
    Stream stream(seed, "monitor.psi_permutation", static_cast<std::uint64_t>(turn));
    if (!shuffled) {
      const Reshuffled counts = drawn_counts(stream, reference, current);
      drawn.push_back(psi(counts.reference, counts.current));
      continue;
    }
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
