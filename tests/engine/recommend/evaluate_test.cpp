// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/evaluate.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/metrics/ranking.hpp"
#include "engine/recommend/item_knn.hpp"
#include "engine/recommend/popularity.hpp"
#include "tests/engine/recommend/small_world.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

// A fifth of the pairs apart, users and items numbered alike.
struct Apart {
  Interactions training, test;
};
Apart apart(const Interactions& all) {
  std::vector<std::uint32_t> user[2], item[2];
  for (std::uint32_t u = 0; u < all.users(); ++u)
    for (const std::uint32_t i : all.items_of(u)) {
      const bool test = Stream(1, "test.apart", u, i).bernoulli(0.2);
      user[test].push_back(u), item[test].push_back(i);
    }
  return {Interactions::of(user[0], item[0], all.users(), all.items()).value(),
          Interactions::of(user[1], item[1], all.users(), all.items()).value()};
}

// The same lists through the ranked lists of engine/metrics.
metrics::RankingReport through_metrics(const Recommender& model, const Interactions& test,
                                       std::size_t k) {
  std::vector<std::uint32_t> query;
  std::vector<double> relevance, score;
  for (std::uint32_t u = 0; u < test.users(); ++u) {
    if (test.items_of(u).empty() || model.training().items_of(u).empty()) continue;
    const auto scores = scores_of(model, u);
    for (std::uint32_t i = 0; i < test.items(); ++i) {
      if (model.training().has(u, i)) continue;
      query.push_back(u), score.push_back(scores[i]), relevance.push_back(test.has(u, i));
    }
  }
  return metrics::ranking_report(query, relevance, score, {k}).value();
}

}  // namespace

TEST_CASE("evaluate: the metrics are those of ranked lists, ties and all") {
  const Apart split = apart(small_world(60, 25, 12, 0.3));
  const auto popularity = fit_popularity(split.training);
  const RecommenderPtr knn = fit_item_knn(split.training, {3, 0}).value();
  for (const RecommenderPtr& model : {popularity, knn})
    for (const std::size_t k : {1, 3, 10, 100}) {
      const auto own = evaluate(*model, split.test, k).value();
      const auto due = through_metrics(*model, split.test, k);
      CHECK(own.users.size() == due.queries);
      CHECK(own.ndcg.value == Approx(due.ndcg.value).epsilon(1e-12));
      CHECK(own.recall.value == Approx(due.recall.value).epsilon(1e-12));
      CHECK(own.map.value == Approx(due.map.value).epsilon(1e-12));
      CHECK(own.mrr.value == Approx(due.mrr.value).epsilon(1e-12));
    }
}

TEST_CASE("evaluate: a case that can be done by hand") {
  // Popularity: item 0 has 3 users, 1 has 2, 2 and 3 have 1, 4 has none.
  const std::vector<std::uint32_t> user = {0, 1, 2, 0, 1, 2, 0}, item = {0, 0, 0, 1, 1, 2, 3};
  const auto training = Interactions::of(user, item, 4, 5).value();
  const std::vector<std::uint32_t> test_user = {0, 0, 2, 3}, test_item = {2, 4, 3, 0};
  const auto test = Interactions::of(test_user, test_item, 4, 5).value();
  const auto result = evaluate(*fit_popularity(training), test, 2).value();
  CHECK(result.unknown_users == 1);  // user 3
  REQUIRE(result.users.size() == 2);
  // User 0 is shown 2 and 4: both relevant. User 2 is shown 1 and 3: the second is.
  CHECK(result.users[0].ndcg == 1);
  CHECK(result.users[0].hits == 2);
  CHECK(result.users[1].ndcg == Approx(1 / std::log2(3.0)));
  CHECK(result.users[1].reciprocal_rank == 0.5);
  CHECK(result.users[1].average_precision == 0.5);
  CHECK(result.recall.value == 1);
  CHECK(result.map.value == 0.75);
  CHECK(result.listed == std::vector<std::uint32_t>{0, 1, 1, 1, 1});
  CHECK(result.hit == std::vector<std::uint32_t>{0, 0, 1, 1, 1});
  CHECK(result.relevant == std::vector<std::uint32_t>{0, 0, 1, 1, 1});
}

TEST_CASE("evaluate: without a user to measure the means are undefined, not 0") {
  const std::vector<std::uint32_t> zero = {0}, one = {1};
  const auto training = Interactions::of(zero, zero, 2, 2).value();
  const auto test = Interactions::of(one, one, 2, 2).value();
  const auto result = evaluate(*fit_popularity(training), test, 10).value();
  CHECK(result.unknown_users == 1);
  CHECK_FALSE(result.ndcg.defined());
  CHECK(std::isnan(result.map.value));
  CHECK_FALSE(ndcg_difference(result, result));
}

TEST_CASE("evaluate: the difference of two methods is paired by user") {
  const Apart split = apart(small_world(60, 25, 12, 0.3));
  const auto one = evaluate(**fit_item_knn(split.training), split.test, 5).value();
  const auto other = evaluate(*fit_popularity(split.training), split.test, 5).value();
  const auto difference = ndcg_difference(one, other).value();
  CHECK(difference.mean == Approx(one.ndcg.value - other.ndcg.value));
  double squares = 0;
  const auto n = static_cast<double>(one.users.size());
  for (std::size_t i = 0; i < one.users.size(); ++i)
    squares += std::pow(one.users[i].ndcg - other.users[i].ndcg - difference.mean, 2);
  CHECK(difference.standard_error.value == Approx(std::sqrt(squares / (n - 1) / n)));
  CHECK(ndcg_difference(one, one)->standard_error.value == 0);
}

TEST_CASE("evaluate: what cannot be measured is refused") {
  const Apart split = apart(small_world(10, 10, 12));
  const auto model = fit_popularity(split.training);
  CHECK_FALSE(evaluate(*model, split.test, 0));
  CHECK_FALSE(evaluate(*model, small_world(10, 11, 12), 5));
  CHECK(evaluate(*model, split.training, 5).error().message.find("in training") !=
        std::string::npos);
  std::stop_source source;
  source.request_stop();
  CHECK(evaluate(*model, split.test, 5, Progress(source.get_token(), {})).error().code ==
        Code::cancelled);
}
