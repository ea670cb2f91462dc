// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/ranking.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::metrics;

struct OneQuery {
  std::vector<double> relevance, scores;
};
OneQuery random_query() {
  OneQuery q;
  const auto size = *rc::gen::inRange<std::size_t>(1, 6);
  for (std::size_t i = 0; i < size; ++i) {
    q.relevance.push_back(*rc::gen::inRange(0, 3));
    q.scores.push_back(*rc::gen::inRange(0, 3));
  }
  q.relevance[0] = 1;
  return q;
}

RankingReport report_of(const OneQuery& q, const RankingOptions& options) {
  const std::vector<std::uint32_t> query(q.scores.size(), 0);
  return *ranking_report(query, q.relevance, q.scores, options);
}

}  // namespace

TEST_CASE("ranking: scikit-learn gives the same nDCG with linear gain, ties averaged or none") {
  const Json oracle = oracle::read("metrics/decisions.json");
  for (const Json& one : oracle["queries"]) {
    INFO(one["name"].get<std::string>());
    const auto relevance = oracle::numbers(one["relevance"]), score = oracle::numbers(one["score"]);
    const auto query = one["query"].get<std::vector<std::uint32_t>>();
    const auto report =
        ranking_report(query, relevance, score,
                       {one["k"].get<std::size_t>(), Gain::linear,
                        one["ties"] == "mean" ? RankTies::mean : RankTies::row_order});
    REQUIRE(report);
    CHECK(report->ndcg.value == Approx(one["ndcg"].get<double>()).epsilon(1e-9));
    CHECK(report->undefined_queries == one["undefined"].get<std::size_t>());
  }
}

TEST_CASE("ranking: a list worked by hand") {
  // Relevance by rank: 0, 2, 1, 0, 1.
  const OneQuery q{{1, 0, 2, 0, 1}, {1, 5, 4, 2, 3}};
  const RankingReport r = report_of(q, {3, Gain::exponential, RankTies::row_order});
  const double dcg = 3 / std::log2(3.0) + 1 / std::log2(4.0),
               best = 3 + 1 / std::log2(3.0) + 1 / std::log2(4.0);
  CHECK(r.ndcg.value == Approx(dcg / best));
  CHECK(r.mrr.value == Approx(0.5));
  CHECK(r.map.value == Approx((1.0 / 2 + 2.0 / 3 + 3.0 / 5) / 3));
  CHECK(r.recall.value == Approx(2.0 / 3));
  CHECK(r.precision.value == Approx(2.0 / 3));
  // Stops with 0, 3/4, 1/4 at ranks 1, 2, 3.
  CHECK(r.err.value == Approx(0.75 / 2 + 0.25 * 0.25 / 3));
}

TEST_CASE("ranking: the mean over ties is the mean over all orders of the rows") {
  rc::check([] {
    const OneQuery q = random_query();
    for (const std::size_t k : {1U, 2U, 10U}) {
      const RankingReport mean = report_of(q, {k, Gain::exponential, RankTies::mean});
      std::vector<std::size_t> order(q.scores.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      double count = 0, ndcg = 0, mrr = 0, map = 0, recall = 0, precision = 0;
      do {
        OneQuery shuffled;
        for (const std::size_t i : order)
          shuffled.relevance.push_back(q.relevance[i]), shuffled.scores.push_back(q.scores[i]);
        const RankingReport r = report_of(shuffled, {k, Gain::exponential, RankTies::row_order});
        count += 1, ndcg += r.ndcg.value, mrr += r.mrr.value, map += r.map.value;
        recall += r.recall.value, precision += r.precision.value;
      } while (std::next_permutation(order.begin(), order.end()));
      RC_ASSERT(std::abs(mean.ndcg.value - ndcg / count) < 1e-9);
      RC_ASSERT(std::abs(mean.mrr.value - mrr / count) < 1e-9);
      RC_ASSERT(std::abs(mean.map.value - map / count) < 1e-9);
      RC_ASSERT(std::abs(mean.recall.value - recall / count) < 1e-9);
      RC_ASSERT(std::abs(mean.precision.value - precision / count) < 1e-9);
    }
  });
}

TEST_CASE("ranking: queries may lie in any order; one without a relevant document is counted") {
  const std::vector<std::uint32_t> query = {0, 1, 0, 1, 2};
  const std::vector<double> relevance = {1, 0, 0, 1, 0}, scores = {2, 2, 1, 1, 1};
  const auto r = ranking_report(query, relevance, scores);
  REQUIRE(r);
  CHECK(r->queries == 3);
  CHECK(r->undefined_queries == 1);
  CHECK(r->mrr.value == Approx((1 + 0.5) / 2));
  const std::vector<double> none(5, 0);
  const auto empty = ranking_report(query, none, scores);
  REQUIRE(empty);
  CHECK(empty->undefined_queries == 3);
  CHECK_FALSE(empty->ndcg.defined());
  CHECK_FALSE(
      ranking_report(query, relevance, scores, {10, Gain::linear, RankTies::mean})->err.defined());
}

TEST_CASE("ranking: what cannot be ranked is an error with its row") {
  const std::vector<std::uint32_t> query = {0, 0};
  const std::vector<double> fine = {1, 0}, nan = {1, std::numeric_limits<double>::quiet_NaN()},
                            minus = {1, -1}, huge = {1, 1e9};
  CHECK(ranking_report(query, fine, nan).error().message.find("row 2") != std::string::npos);
  CHECK(ranking_report(query, minus, fine).error().message.find("row 2") != std::string::npos);
  CHECK_FALSE(ranking_report(query, nan, fine));
  CHECK_FALSE(ranking_report(query, huge, fine));
  CHECK_FALSE(ranking_report(query, fine, fine, {0}));
  CHECK_FALSE(ranking_report({}, {}, {}));
}
