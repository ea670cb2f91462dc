// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/shadow.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace rehearse::serving {
namespace {

std::vector<double> mid_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&values](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double rank = 0.5 * static_cast<double>(begin + end - 1);
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = rank;
    begin = end;
  }
  return ranks;
}

double sorted_quantile(const std::vector<double>& sorted, double q) {
  const double at = q * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

Result<void> check_scores(std::span<const double> live, std::span<const double> candidate) {
  if (live.size() != candidate.size())
    return fail(Code::invalid_argument, "{} live scores with {} of the candidate", live.size(),
                candidate.size());
  if (live.empty()) return fail(Code::bad_data, "there are no rows to compare");
  for (std::size_t row = 0; row < live.size(); ++row)
    if (!std::isfinite(live[row]) || !std::isfinite(candidate[row]))
      return fail(Code::bad_data, "row {}: the scores are {} and {}; both must be finite", row + 1,
                  live[row], candidate[row]);
  return {};
}

}  // namespace

double rank_correlation(std::span<const double> a, std::span<const double> b) {
  assert(a.size() == b.size());
  const auto ra = mid_ranks(a), rb = mid_ranks(b);
  const double mean = 0.5 * (static_cast<double>(a.size()) - 1);
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < ra.size(); ++i) {
    ab += (ra[i] - mean) * (rb[i] - mean);
    aa += (ra[i] - mean) * (ra[i] - mean), bb += (rb[i] - mean) * (rb[i] - mean);
  }
  if (!(aa > 0) || !(bb > 0)) return std::numeric_limits<double>::quiet_NaN();
  return ab / std::sqrt(aa * bb);
}

Result<Agreement> agreement(std::span<const double> live, std::span<const double> candidate,
                            double threshold) {
  if (auto sound = check_scores(live, candidate); !sound) return fail(sound.error());
  Agreement result;
  result.rows = live.size();
  std::vector<double> difference(live.size());
  double same = 0, sum = 0;
  for (std::size_t i = 0; i < live.size(); ++i) {
    same += (live[i] >= threshold) == (candidate[i] >= threshold);
    difference[i] = candidate[i] - live[i], sum += difference[i];
    result.greatest = std::max(result.greatest, std::abs(difference[i]));
  }
  const double n = static_cast<double>(live.size());
  result.same_decision = same / n, result.mean_difference = sum / n;
  result.rank_correlation = rank_correlation(live, candidate);
  std::sort(difference.begin(), difference.end());
  result.p01 = sorted_quantile(difference, 0.01), result.p05 = sorted_quantile(difference, 0.05);
  result.p50 = sorted_quantile(difference, 0.50), result.p95 = sorted_quantile(difference, 0.95);
  result.p99 = sorted_quantile(difference, 0.99);
  return result;
}

}  // namespace rehearse::serving
