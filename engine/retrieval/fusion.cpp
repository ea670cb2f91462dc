// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/fusion.hpp"

#include <cmath>
#include <map>

#include "engine/retrieval/top_hits.hpp"

namespace rehearse::retrieval {
namespace {

using Sums = std::map<DocumentId, double>;

std::vector<Hit> best_of(const Sums& sums, std::size_t k) {
  TopHits best(k);
  for (const auto& [document, score] : sums) best.offer({document, score});
  return std::move(best).take();
}

}  // namespace

std::vector<Hit> reciprocal_rank_fusion(std::span<const std::vector<Hit>> lists, std::size_t k,
                                        double rank_offset) {
  Sums sums;
  for (const std::vector<Hit>& list : lists)
    for (std::size_t i = 0; i < list.size(); ++i)
      sums[list[i].document] += 1 / (rank_offset + static_cast<double>(i + 1));
  return best_of(sums, k);
}

Result<std::vector<Hit>> weighted_sum(std::span<const std::vector<Hit>> lists,
                                      std::span<const double> weights, std::size_t k) {
  if (weights.size() != lists.size())
    return fail(Code::invalid_argument, "{} weights were given for {} rankings; one each is due",
                weights.size(), lists.size());
  Sums sums;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (!(std::isfinite(weights[i]) && weights[i] >= 0))
      return fail(Code::invalid_argument, "the weight {} is not a number from 0", weights[i]);
    if (lists[i].empty()) continue;
    const double greatest = lists[i].front().score, least = lists[i].back().score;
    for (const Hit& hit : lists[i])
      sums[hit.document] +=
          weights[i] * (greatest > least ? (hit.score - least) / (greatest - least) : 1);
  }
  return best_of(sums, k);
}

}  // namespace rehearse::retrieval
