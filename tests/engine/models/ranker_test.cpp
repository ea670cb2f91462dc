// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ranker.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/ranking.hpp"
#include "engine/models/multi_task.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;

// Lists whose best candidate is one of greatest x · y: a product, hence beyond a linear scorer.
// With `straight` it is one of greatest 2x - y.
Frame lists_to_rank(std::size_t lists, bool straight, std::uint64_t seed = 1) {
  std::vector<std::int32_t> request;
  std::vector<double> x, y, z, relevance;
  for (std::size_t l = 0; l < lists; ++l) {
    Stream stream(seed, "test.rank", 0, l);
    for (int c = 0; c < 10; ++c) {
      request.push_back(static_cast<std::int32_t>(l));
      x.push_back(stream.normal()), y.push_back(stream.normal()), z.push_back(stream.normal());
      const double worth =
          (straight ? 2 * x.back() - y.back() : x.back() * y.back()) + 0.3 * stream.normal();
      relevance.push_back(worth > 2 ? 2 : worth > 0.8 ? 1 : 0);
    }
  }
  Frame::Builder b;
  b.add("request", std::move(request), {.role = Role::id});
  for (auto* column : {&x, &y, &z})
    b.add(column == &x   ? "x"
          : column == &y ? "y"
                         : "z",
          std::move(*column), {.role = Role::feature});
  b.add("relevance", std::move(relevance), {.role = Role::label});
  return *std::move(b).build();
}

double ndcg_on(const Frame& rows, const std::vector<double>& scores) {
  std::vector<std::uint32_t> query;
  for (const double q : rows.find("request")->numbers())
    query.push_back(static_cast<std::uint32_t>(q));
  return metrics::ranking_report(query, rows.find("relevance")->numbers(), scores)->ndcg.value;
}

double held_out(const RankerOptions& options, bool straight) {
  const auto model = train_ranker(lists_to_rank(300, straight), options);
  INFO((model ? "" : model.error().message));
  REQUIRE(model);
  const Frame later = lists_to_rank(300, straight, 2);
  return ndcg_on(later, *(*model)->score(later));
}

}  // namespace

TEST_CASE("ranker: every loss teaches a linear scorer a linear order") {
  for (const RankLoss loss : {RankLoss::pointwise, RankLoss::pairwise, RankLoss::lambda}) {
    RankerOptions options;
    options.loss = loss;
    const auto model = train_ranker(lists_to_rank(300, true), options);
    REQUIRE(model);
    const ShallowNet& net = (*model)->net();
    REQUIRE(net.parameters() == 4);  // three weights and a constant
    // Weights in units of the standardized columns: 2 to -1, and nothing of the third.
    CHECK(net.at[1] / net.at[0] == Approx(-0.5).margin(0.1));
    CHECK(std::abs(net.at[2] / net.at[0]) < 0.1);
    CHECK(held_out(options, true) > 0.93);
  }
}

TEST_CASE("ranker: a product needs a network or trees") {
  RankerOptions options;
  const double linear = held_out(options, false);
  options.scorer = RankScorer::network;
  CHECK(held_out(options, false) > linear + 0.2);
  options.scorer = RankScorer::trees;
  for (const RankLoss loss : {RankLoss::pointwise, RankLoss::pairwise, RankLoss::lambda}) {
    options.loss = loss;
    CHECK(held_out(options, false) > linear + 0.2);
  }
}

TEST_CASE("ranker: the loss falls, the same seed gives the same scores, and work is counted") {
  const Frame rows = lists_to_rank(100, false);
  for (const RankScorer scorer : {RankScorer::linear, RankScorer::network, RankScorer::trees}) {
    RankerOptions options;
    options.scorer = scorer, options.loss = RankLoss::pairwise, options.hidden = 5;
    const auto one = train_ranker(rows, options), two = train_ranker(rows, options);
    REQUIRE(one);
    REQUIRE(two);
    CHECK(*(*one)->score(rows) == *(*two)->score(rows));
    CHECK((*one)->losses().back() <= (*one)->losses().front());
    for (const auto& [name, value] : (*one)->facts()) {
      if (name == "multiply_adds")
        CHECK(value == (scorer == RankScorer::linear    ? 3
                        : scorer == RankScorer::network ? 3 * 5 + 3 + 5
                                                        : 0));
      if (name == "tree_nodes") CHECK((value > 0) == (scorer == RankScorer::trees));
      if (name == "lists_trained") CHECK(value == 100);
    }
  }
}

TEST_CASE("ranker: rows of a list may stand anywhere; lists may be named by texts") {
  const Frame rows = lists_to_rank(60, true);
  std::vector<std::uint32_t> turned;  // first candidates of all lists, then the second ones
  for (std::uint32_t c = 0; c < 10; ++c)
    for (std::uint32_t l = 0; l < 60; ++l) turned.push_back(l * 10 + c);
  std::vector<std::string> names;
  for (const std::uint32_t row : turned) names.push_back(fmt::format("list {}", row / 10));
  Frame::Builder b;
  b.add("request", names);
  const Frame texts = *std::move(b).build();
  const Frame scattered = *rows.take(turned).with(*texts.find("request"));
  const auto one = train_ranker(rows), two = train_ranker(scattered);
  REQUIRE(one);
  REQUIRE(two);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK((*one)->net().at[i] == Approx((*two)->net().at[i]).epsilon(1e-9).margin(1e-8));
}

TEST_CASE("ranker: what cannot be learned from is told") {
  const Frame rows = lists_to_rank(20, true);
  RankerOptions options;
  options.query = "reqest";
  CHECK(train_ranker(rows, options).error().message.find("reqest") != std::string::npos);
  options = {}, options.learning_rate = 0;
  CHECK(train_ranker(rows, options).error().message.find("learning_rate") != std::string::npos);
  const auto with_relevance = [&](double value) {
    std::vector<double> relevance(rows.rows(), value);
    Frame::Builder b;
    b.add("relevance", std::move(relevance), {.role = Role::label});
    const Frame column = *std::move(b).build();
    return *rows.with(column.column(0));
  };
  CHECK(train_ranker(with_relevance(1)).error().message.find("there is no order to learn") !=
        std::string::npos);
  CHECK(train_ranker(with_relevance(-1)).error().message.find("relevance is -1") !=
        std::string::npos);
  CHECK_FALSE(train_ranker(with_relevance(std::nan(""))));
  CHECK_FALSE(train_ranker(rows.slice(0, 0)));
  std::stop_source stop;
  stop.request_stop();
  for (const RankScorer scorer : {RankScorer::linear, RankScorer::trees}) {
    options = {}, options.scorer = scorer;
    CHECK(train_ranker(rows, options, Progress(stop.get_token(), {})).error().code ==
          Code::cancelled);
  }
  CHECK(parse_rank_scorer("svm").error().message.find("no scorer `svm`") != std::string::npos);
}
