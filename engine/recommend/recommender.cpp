// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/recommender.hpp"

#include <algorithm>
#include <cassert>

namespace rehearse::recommend {

std::vector<Recommended> top_k(std::span<const double> scores,
                               std::span<const std::uint32_t> masked, std::size_t k) {
  assert(std::is_sorted(masked.begin(), masked.end()));
  std::vector<Recommended> left;
  left.reserve(scores.size());
  std::size_t at = 0;
  for (std::uint32_t item = 0; item < scores.size(); ++item) {
    while (at < masked.size() && masked[at] < item) ++at;
    if (at < masked.size() && masked[at] == item) continue;
    left.push_back({item, scores[item]});
  }
  const auto better = [](const Recommended& a, const Recommended& b) {
    return a.score != b.score ? a.score > b.score : a.item < b.item;
  };
  const auto end = left.begin() + static_cast<std::ptrdiff_t>(std::min(k, left.size()));
  std::nth_element(left.begin(), end, left.end(), better);
  std::sort(left.begin(), end, better);
  left.erase(end, left.end());
  return left;
}

std::vector<Recommended> recommend_to(const Recommender& model, std::uint32_t user, std::size_t k) {
  std::vector<double> scores(model.training().items());
  model.score(user, scores);
  return top_k(scores, model.training().items_of(user), k);
}

}  // namespace rehearse::recommend
