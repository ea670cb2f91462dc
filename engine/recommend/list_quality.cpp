// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/list_quality.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>

#include "engine/base/normal.hpp"
#include "engine/base/random.hpp"
#include "engine/metrics/ranking.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::recommend {
namespace {}  // namespace

std::vector<double> ndcg_by_list(std::span<const std::uint32_t> list, std::size_t lists,
                                 std::span<const double> relevance, std::span<const double> scores,
                                 std::size_t k) {
  assert(list.size() == relevance.size() && list.size() == scores.size());
  std::vector<std::vector<std::uint32_t>> rows(lists);
  for (std::size_t row = 0; row < list.size(); ++row) {
    assert(list[row] < lists);
    rows[list[row]].push_back(static_cast<std::uint32_t>(row));
  }
  std::vector<double> ndcg;
  for (auto& of : rows) {
    std::stable_sort(of.begin(), of.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return scores[a] > scores[b]; });
    std::vector<double> shown;
    for (const std::uint32_t row : of) shown.push_back(relevance[row]);
    const double dcg = metrics::dcg(shown, k);
    std::sort(shown.begin(), shown.end(), std::greater<>());
    const double best = metrics::dcg(shown, k);
    ndcg.push_back(best > 0 ? dcg / best : std::nan(""));
  }
  return ndcg;
}

Result<MeanWithInterval> mean_with_interval(std::span<const double> values, int resamples,
                                            std::uint64_t seed) {
  if (resamples < 1) return fail(Code::invalid_argument, "an interval needs at least 1 resample");
  std::vector<double> there;
  for (const double value : values)
    if (!std::isnan(value)) there.push_back(value);
  if (there.size() < 2)
    return fail(Code::bad_data, "{} lists have a relevant candidate; an interval needs at least 2",
                there.size());
  MeanWithInterval made;
  const auto n = static_cast<double>(there.size());
  made.lists = there.size();
  made.mean = std::accumulate(there.begin(), there.end(), 0.0) / n;
  double squares = 0;
  for (const double value : there) squares += (value - made.mean) * (value - made.mean);
  made.standard_deviation = std::sqrt(squares / (n - 1));
  const StreamKey key = stream_key(seed, "lists.resample");
  std::vector<double> means;
  for (int r = 0; r < resamples; ++r) {
    Stream stream(key, 0, static_cast<std::uint64_t>(r));
    double sum = 0;
    for (std::size_t i = 0; i < there.size(); ++i) sum += there[stream.below(there.size())];
    means.push_back(sum / n);
  }
  std::sort(means.begin(), means.end());
  made.low = metrics::quantile_sorted(means, 0.025);
  made.high = metrics::quantile_sorted(means, 0.975);
  return made;
}

double lists_needed(double difference, double standard_deviation) {
  const double z = kNormal975 + normal_quantile(0.8);
  return z * z * standard_deviation * standard_deviation / (difference * difference);
}

}  // namespace rehearse::recommend
