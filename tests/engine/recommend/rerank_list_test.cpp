// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/rerank_list.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

RerankCandidates drawn_candidates(std::size_t n, std::uint64_t seed) {
  RerankCandidates c;
  Stream stream(seed, "test.rerank");
  for (std::size_t i = 0; i < n; ++i) {
    c.relevance.push_back(stream.normal()), c.age_hours.push_back(stream.exponential(0.05));
    c.risk.push_back(stream.uniform());
    c.topic.push_back(static_cast<std::uint32_t>(stream.below(3)));
    c.community.push_back(c.topic.back() * 2 + static_cast<std::uint32_t>(stream.below(2)));
    c.author.push_back(static_cast<std::uint32_t>(stream.below(6)));
  }
  return c;
}

std::vector<std::size_t> list_of(const RerankCandidates& candidates, const RerankRules& rules) {
  const auto list = reranked(candidates, rules);
  INFO((list ? "" : list.error().message));
  REQUIRE(list);
  return *list;
}

}  // namespace

TEST_CASE("reranked: without rules it is the order of relevance, by score, MMR at 1") {
  const RerankCandidates c = drawn_candidates(12, 1);
  RerankRules rules;
  rules.method = RerankMethod::score, rules.k = 12;
  const auto list = list_of(c, rules);
  for (std::size_t i = 1; i < 12; ++i) CHECK(c.relevance[list[i - 1]] >= c.relevance[list[i]]);
  rules.method = RerankMethod::mmr, rules.lambda = 1;
  CHECK(list_of(c, rules) == list);
}

TEST_CASE("reranked: whatever the order, rules hold and nothing stands twice") {
  rc::check("rules", [] {
    const RerankCandidates c = drawn_candidates(*rc::gen::inRange<std::size_t>(1, 30),
                                                *rc::gen::arbitrary<std::uint64_t>());
    RerankRules rules;
    rules.method = *rc::gen::element(RerankMethod::score, RerankMethod::mmr, RerankMethod::dpp);
    rules.lambda = *rc::gen::inRange(0, 11) / 10.0;
    rules.k = *rc::gen::inRange<std::size_t>(1, 12);
    rules.cap_community = *rc::gen::inRange<std::size_t>(0, 4);
    rules.cap_author = *rc::gen::inRange<std::size_t>(0, 4);
    rules.half_life_hours = *rc::gen::inRange(0, 40);
    rules.most_risk = *rc::gen::inRange(0, 11) / 10.0;
    const auto list = reranked(c, rules);
    RC_ASSERT(static_cast<bool>(list));
    RC_ASSERT(list->size() <= rules.k);
    std::map<std::size_t, int> times;
    std::map<std::uint32_t, std::size_t> communities, authors;
    for (const std::size_t i : *list) {
      RC_ASSERT(++times[i] == 1);
      RC_ASSERT(c.risk[i] <= rules.most_risk);
      RC_ASSERT(rules.cap_community == 0 || ++communities[c.community[i]] <= rules.cap_community);
      RC_ASSERT(rules.cap_author == 0 || ++authors[c.author[i]] <= rules.cap_author);
    }
    // Without caps only the filter makes a list shorter.
    if (rules.cap_community == 0 && rules.cap_author == 0) {
      const auto safe = static_cast<std::size_t>(std::count_if(
          c.risk.begin(), c.risk.end(), [&](double risk) { return risk <= rules.most_risk; }));
      RC_ASSERT(list->size() == std::min(rules.k, safe));
    }
  });
}

TEST_CASE("reranked: a half life turns an old favourite into a later place, by hand") {
  RerankCandidates c;
  c.relevance = {3, 2, 1}, c.age_hours = {12, 0, 0}, c.risk = {0, 0, 0};
  c.topic = c.community = c.author = {0, 1, 2};
  RerankRules rules;
  rules.method = RerankMethod::score;
  CHECK(list_of(c, rules) == std::vector<std::size_t>{0, 1, 2});
  rules.half_life_hours = 12;  // 1 · ½ = .5 · 1: equal, so the first stays first
  CHECK(list_of(c, rules) == std::vector<std::size_t>{0, 1, 2});
  rules.half_life_hours = 6;  // ¼ against ½ and 0
  CHECK(list_of(c, rules) == std::vector<std::size_t>{1, 0, 2});
}

TEST_CASE("reranked: MMR with weight on diversity takes another topic second") {
  RerankCandidates c;
  c.relevance = {3, 2.9, 1}, c.age_hours = c.risk = {0, 0, 0};
  c.topic = c.community = {0, 0, 1}, c.author = {0, 1, 2};
  RerankRules rules;
  rules.lambda = 0.5;  // .475 - .36 against 0 - 0
  CHECK(list_of(c, rules) == std::vector<std::size_t>{0, 1, 2});
  rules.lambda = 0.4;  // .38 - .432 against 0
  CHECK(list_of(c, rules) == std::vector<std::size_t>{0, 2, 1});
}

TEST_CASE("likeness: a sum of three equivalences") {
  RerankCandidates c;
  c.topic = {0, 0, 1}, c.community = {0, 0, 1}, c.author = {5, 6, 5};
  const std::vector<double> expected = {1, 0.72, 0.18, 0.72, 1, 0, 0.18, 0, 1};
  const std::vector<double> s = likeness(c);
  REQUIRE(s.size() == 9);
  for (std::size_t i = 0; i < 9; ++i) CHECK(s[i] == Approx(expected[i]));
}

TEST_CASE("fatigue: clicks by hand, and greedy picks are near the best of all lists") {
  RerankCandidates c = drawn_candidates(7, 3);
  Stream stream(4, "test.clicks");
  std::vector<double> click;
  for (int i = 0; i < 7; ++i) click.push_back(stream.uniform());
  c.topic = {0, 0, 1, 1, 2, 2, 0};
  const std::vector<std::size_t> two = {0, 1};
  CHECK(clicks_with_fatigue(c, click, two, 0.5) ==
        Approx(click[0] + 0.5 * click[1] / std::log2(3)));
  for (const double fatigue : {0.2, 0.6, 1.0}) {
    std::vector<std::size_t> order = {0, 1, 2, 3, 4, 5, 6};
    double best = 0;
    do best = std::max(best, clicks_with_fatigue(c, click, std::span(order).first(4), fatigue));
    while (std::next_permutation(order.begin(), order.end()));
    const double greedy =
        clicks_with_fatigue(c, click, greedy_by_truth(c, click, 4, fatigue), fatigue);
    CHECK(greedy <= best + 1e-12);
    CHECK(greedy > 0.97 * best);
    if (fatigue == 1) CHECK(greedy == Approx(best));
  }
}

TEST_CASE("reranked: rules and candidates that cannot be are told") {
  const RerankCandidates c = drawn_candidates(5, 1);
  const auto message = [](const RerankCandidates& candidates, const RerankRules& rules) {
    const auto list = reranked(candidates, rules);
    REQUIRE_FALSE(list);
    return list.error().message;
  };
  RerankRules rules;
  rules.lambda = 1.5;
  CHECK(message(c, rules).find("lambda is 1.5") == 0);
  rules = {}, rules.k = 0;
  CHECK(message(c, rules).find("k is 0") == 0);
  rules = {}, rules.half_life_hours = -1;
  CHECK(message(c, rules).find("half life is -1") != std::string::npos);
  rules = {}, rules.most_risk = std::nan("");
  CHECK(message(c, rules).find("most risk") != std::string::npos);
  RerankCandidates wrong = c;
  wrong.age_hours[2] = -3;
  CHECK(message(wrong, {}).find("candidate 3: its age is -3 hours") == 0);
  wrong = c, wrong.relevance[0] = std::nan("");
  CHECK(message(wrong, {}).find("candidate 1") == 0);
  wrong = c, wrong.author.pop_back();
  CHECK(message(wrong, {}).find("5 candidates, and 4 values") == 0);
  rules = {}, rules.most_risk = 0;
  wrong = c, wrong.risk.assign(5, 1);
  CHECK(list_of(wrong, rules).empty());
  CHECK_FALSE(parse_rerank_method("xquad"));
}
