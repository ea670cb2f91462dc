// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/list_quality.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/ranking.hpp"

using namespace rehearse;
using namespace rehearse::recommend;

TEST_CASE("list quality: the mean over lists is the nDCG of the ranking report") {
  std::vector<std::uint32_t> list;
  std::vector<double> relevance, scores;
  Stream stream(3, "test.lists");
  for (std::uint32_t l = 0; l < 40; ++l)
    for (int c = 0; c < 7; ++c) {
      list.push_back((l * 7) % 40);
      relevance.push_back(l == 11 ? 0 : static_cast<double>(stream.below(3)));
      scores.push_back(static_cast<double>(stream.below(4)));  // with ties
    }
  for (const std::size_t k : {1, 3, 20}) {
    const std::vector<double> each = ndcg_by_list(list, 40, relevance, scores, k);
    const auto mean = mean_with_interval(each, 50, 1);
    const auto report = metrics::ranking_report(list, relevance, scores, {.k = k});
    REQUIRE(mean);
    REQUIRE(report);
    CHECK(mean->mean == Approx(report->ndcg.value).epsilon(1e-12));
    CHECK(mean->lists == report->queries - report->undefined_queries);
  }
}

TEST_CASE("list quality: intervals of means hold the truth about as often as they say") {
  int held = 0;
  for (std::uint64_t world = 0; world < 300; ++world) {
    Stream stream(7, "test.values", 0, world);
    std::vector<double> values;
    for (int i = 0; i < 60; ++i) values.push_back(stream.uniform());
    const auto mean = mean_with_interval(values, 200, world);
    REQUIRE(mean);
    held += mean->low <= 0.5 && 0.5 <= mean->high;
  }
  CHECK(held > 0.9 * 300);
  CHECK(held < 0.99 * 300);
}

TEST_CASE("list quality: how many lists are needed follows the closed form") {
  // (1.96 + 0.8416)² = 7.8489
  CHECK(lists_needed(0.01, 0.1) == Approx(784.89).epsilon(1e-4));
  CHECK(std::isinf(lists_needed(0, 0.1)));
}

TEST_CASE("list quality: too few lists are told") {
  const double none = std::nan("");
  CHECK(mean_with_interval(std::vector<double>{none, 0.5, none}, 100, 1)
            .error()
            .message.find("1 lists have a relevant candidate") == 0);
  CHECK_FALSE(mean_with_interval(std::vector<double>{0.1, 0.5}, 0, 1));
}
