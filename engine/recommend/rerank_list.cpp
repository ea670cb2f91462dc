// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/rerank_list.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/recommend/rerank.hpp"

namespace rehearse::recommend {
namespace {

constexpr double kDppStrength = 8, kLikest = 0.9;

Result<void> check_rules(const RerankRules& rules) {
  if (!(rules.lambda >= 0 && rules.lambda <= 1))
    return fail(Code::invalid_argument, "lambda is {:g}; it is from 0 to 1", rules.lambda);
  if (rules.k < 1) return fail(Code::invalid_argument, "k is 0; a list has at least 1 place");
  if (!(rules.half_life_hours >= 0) || std::isinf(rules.half_life_hours))
    return fail(Code::invalid_argument, "the half life is {:g} hours; it is 0 (none) or more",
                rules.half_life_hours);
  if (!(rules.most_risk >= 0 && rules.most_risk <= 1))
    return fail(Code::invalid_argument, "the most risk is {:g}; it is from 0 to 1",
                rules.most_risk);
  return {};
}

Result<void> check_rerank_candidates(const RerankCandidates& c) {
  const std::size_t n = c.relevance.size();
  for (const std::size_t size :
       {c.age_hours.size(), c.risk.size(), c.topic.size(), c.community.size(), c.author.size()})
    if (size != n)
      return fail(Code::invalid_argument, "{} candidates, and {} values of one of their columns", n,
                  size);
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(c.relevance[i]) || !std::isfinite(c.risk[i]))
      return fail(Code::bad_data, "candidate {}: relevance {:g} and risk {:g} must be finite",
                  i + 1, c.relevance[i], c.risk[i]);
    if (!(c.age_hours[i] >= 0) || std::isinf(c.age_hours[i]))
      return fail(Code::bad_data, "candidate {}: its age is {:g} hours; it is 0 or more", i + 1,
                  c.age_hours[i]);
  }
  return {};
}

RerankCandidates those_of(const RerankCandidates& c, const std::vector<std::size_t>& kept) {
  RerankCandidates some;
  for (const std::size_t i : kept) {
    some.relevance.push_back(c.relevance[i]), some.age_hours.push_back(c.age_hours[i]);
    some.risk.push_back(c.risk[i]), some.topic.push_back(c.topic[i]);
    some.community.push_back(c.community[i]), some.author.push_back(c.author[i]);
  }
  return some;
}

// Relevance in [0, 1] within the list, halved with age.
std::vector<double> fresh_relevance(const RerankCandidates& c, double half_life) {
  const auto [low, high] = std::minmax_element(c.relevance.begin(), c.relevance.end());
  std::vector<double> relevance;
  for (std::size_t i = 0; i < c.relevance.size(); ++i) {
    const double in_list = *high > *low ? (c.relevance[i] - *low) / (*high - *low) : 1;
    relevance.push_back(half_life > 0 ? in_list * std::exp2(-c.age_hours[i] / half_life) : in_list);
  }
  return relevance;
}

std::vector<std::size_t> by_relevance(const std::vector<double>& relevance) {
  std::vector<std::size_t> order(relevance.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return relevance[a] > relevance[b]; });
  return order;
}

// All candidates in order. What a DPP no longer tells apart follows by relevance.
Result<std::vector<std::size_t>> whole_order(const RerankCandidates& c,
                                             const std::vector<double>& relevance,
                                             const RerankRules& rules) {
  const std::size_t n = relevance.size();
  if (rules.method == RerankMethod::score) return by_relevance(relevance);
  if (rules.method == RerankMethod::mmr) return mmr(relevance, likeness(c), n, rules.lambda);
  auto kernel = dpp_kernel(relevance, likeness(c), kDppStrength * rules.lambda);
  if (!kernel) return fail(kernel.error());
  auto order = greedy_dpp(*kernel, n, n);
  if (!order) return order;
  for (const std::size_t i : by_relevance(relevance))
    if (std::find(order->begin(), order->end(), i) == order->end()) order->push_back(i);
  return order;
}

}  // namespace

Result<RerankMethod> parse_rerank_method(std::string_view name) {
  if (name == "score") return RerankMethod::score;
  if (name == "mmr") return RerankMethod::mmr;
  if (name == "dpp") return RerankMethod::dpp;
  return fail(Code::invalid_argument, "there is no re-ranking `{}`; there are score, mmr and dpp",
              name);
}

std::vector<double> likeness(const RerankCandidates& c) {
  const std::size_t n = c.topic.size();
  std::vector<double> all(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      all[i * n + j] = i == j ? 1
                              : kLikest * (0.5 * (c.topic[i] == c.topic[j]) +
                                           0.3 * (c.community[i] == c.community[j]) +
                                           0.2 * (c.author[i] == c.author[j]));
  return all;
}

Result<std::vector<std::size_t>> reranked(const RerankCandidates& candidates,
                                          const RerankRules& rules) {
  if (auto fine = check_rules(rules); !fine) return fail(fine.error());
  if (auto fine = check_rerank_candidates(candidates); !fine) return fail(fine.error());
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < candidates.risk.size(); ++i)
    if (candidates.risk[i] <= rules.most_risk) kept.push_back(i);
  if (kept.empty()) return kept;
  const RerankCandidates safe = those_of(candidates, kept);
  auto order = whole_order(safe, fresh_relevance(safe, rules.half_life_hours), rules);
  if (!order) return order;
  std::map<std::uint32_t, std::size_t> of_community, of_author;
  std::vector<std::size_t> shown;
  for (const std::size_t i : *order) {
    if (shown.size() == rules.k) break;
    std::size_t &communities = of_community[safe.community[i]],
                &authors = of_author[safe.author[i]];
    if ((rules.cap_community && communities == rules.cap_community) ||
        (rules.cap_author && authors == rules.cap_author))
      continue;
    ++communities, ++authors;
    shown.push_back(kept[i]);
  }
  return shown;
}

double clicks_with_fatigue(const RerankCandidates& candidates, std::span<const double> click,
                           std::span<const std::size_t> shown, double fatigue) {
  std::map<std::uint32_t, double> left;  // φ^(times shown), by topic
  double clicks = 0;
  for (std::size_t place = 0; place < shown.size(); ++place) {
    double& liking = left.try_emplace(candidates.topic[shown[place]], 1.0).first->second;
    clicks += click[shown[place]] * liking / std::log2(static_cast<double>(place) + 2);
    liking *= fatigue;
  }
  return clicks;
}

std::vector<std::size_t> greedy_by_truth(const RerankCandidates& candidates,
                                         std::span<const double> click, std::size_t k,
                                         double fatigue) {
  std::map<std::uint32_t, double> left;
  for (const std::uint32_t topic : candidates.topic) left[topic] = 1;
  std::vector<std::uint8_t> used(click.size());
  std::vector<std::size_t> shown;
  while (shown.size() < std::min(k, click.size())) {
    std::size_t best = click.size();
    double most = -1;
    for (std::size_t i = 0; i < click.size(); ++i) {
      const double gain = click[i] * left[candidates.topic[i]];
      if (!used[i] && gain > most) best = i, most = gain;
    }
    used[best] = 1, left[candidates.topic[best]] *= fatigue;
    shown.push_back(best);
  }
  return shown;
}

}  // namespace rehearse::recommend
