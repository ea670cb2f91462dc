// SPDX-License-Identifier: GPL-3.0-or-later
//
// A whole list re-ranked by the rules of a product, and what the list is worth. rerank.hpp has the
// methods by themselves; here they are put in order:
//
//   1 safety      candidates whose risk is above `most_risk` are dropped
//   2 freshness   relevance, brought to [0, 1] in its list, is halved every `half_life_hours`
//   3 order       by relevance, MMR or a DPP over the similarity below
//   4 caps        in that order, at most so many of a community and of an author, k places
//
//   similarity    s_ij = 0.9 (0.5 [same topic] + 0.3 [same community] + 0.2 [same author]),
//                 s_ii = 1
//
// A filter comes first because nothing after it may bring back what it dropped; caps last because
// they must hold whatever the order was. A list is shorter than k where the rules leave fewer.
//
// What a list is worth, where the truth is known: people tire of a topic, so with `fatigue` φ
//
//   clicks = Σ_place examination(place) p_i φ^(times the topic was shown above),
//   examination(place) = 1 / log2(1 + place)
//
// φ = 1 is a reader who never tires, for whom the order of p is best and diversity a pure cost.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::recommend {

enum class RerankMethod { score, mmr, dpp };
// "score", "mmr", "dpp".
Result<RerankMethod> parse_rerank_method(std::string_view name);

struct RerankRules {
  RerankMethod method = RerankMethod::mmr;
  double lambda = 0.7;  // [0, 1]; 1: relevance alone. Of a DPP: strength 8 λ, all alike at 0
  std::size_t k = 10;   // >= 1
  std::size_t cap_community = 0, cap_author = 0;  // 0: no cap
  double half_life_hours = 0;                     // 0: age does not matter
  double most_risk = 1;                           // [0, 1]
};

// The candidates of one request, a number each. Codes are of any size.
struct RerankCandidates {
  std::vector<double> relevance, age_hours, risk;
  std::vector<std::uint32_t> topic, community, author;
};

// Places of the candidates, best first. Errors: sizes differ, a number is not finite or an age is
// negative, a rule out of its range. O(n²).
Result<std::vector<std::size_t>> reranked(const RerankCandidates& candidates,
                                          const RerankRules& rules);

// s of the formula above, row by row.
std::vector<double> likeness(const RerankCandidates& candidates);

// Expected clicks of a list with fatigue: `shown` are candidates in order, `click` their true
// probabilities. Sizes are not checked.
double clicks_with_fatigue(const RerankCandidates& candidates, std::span<const double> click,
                           std::span<const std::size_t> shown, double fatigue);

// Each place is given to the candidate that adds most clicks: what is reached by who knows all
// probabilities and picks greedily. Near the best list, and not proven to be it.
std::vector<std::size_t> greedy_by_truth(const RerankCandidates& candidates,
                                         std::span<const double> click, std::size_t k,
                                         double fatigue);

}  // namespace rehearse::recommend
