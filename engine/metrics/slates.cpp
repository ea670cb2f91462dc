// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/slates.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace rehearse::metrics {

Result<std::vector<double>> reranked_clicks(std::span<const std::uint32_t> slate,
                                            std::span<const double> attraction,
                                            std::span<const double> scores,
                                            std::span<const double> examination) {
  if (slate.size() != attraction.size() || slate.size() != scores.size())
    return fail(Code::invalid_argument,
                "a slate, an attraction and a score are due a row: {}, {} and {} were given",
                slate.size(), attraction.size(), scores.size());
  if (slate.empty()) return fail(Code::bad_data, "there are no rows to measure");
  for (const double e : examination)
    if (!(e >= 0 && e <= 1))
      return fail(Code::invalid_argument, "an examination probability is {}; it lies in [0, 1]", e);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i]))
      return fail(Code::bad_data, "row {}: the score is {}; every score must be a finite number",
                  i + 1, scores[i]);
    if (!(attraction[i] >= 0 && attraction[i] <= 1 + 1e-9))
      return fail(Code::bad_data, "row {}: the attraction is {}; it lies in [0, 1]", i + 1,
                  attraction[i]);
  }
  std::vector<std::uint32_t> order(slate.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return slate[a] != slate[b] ? slate[a] < slate[b] : scores[a] > scores[b];
  });
  std::vector<double> clicks(slate.size(), 0);
  std::size_t rank = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    rank = i > 0 && slate[order[i]] == slate[order[i - 1]] ? rank + 1 : 0;
    if (rank < examination.size()) clicks[order[i]] = examination[rank] * attraction[order[i]];
  }
  return clicks;
}

}  // namespace rehearse::metrics
