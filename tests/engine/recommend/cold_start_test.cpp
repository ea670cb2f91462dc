// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/cold_start.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

struct Counted {
  std::vector<double> successes, trials, truth;
  std::vector<std::uint32_t> group;
};

// Items of groups of mean 0.1, 0.3, 0.5 …, each worth `k` trials.
Counted beta_world(double k, std::size_t items, std::uint64_t seed) {
  Counted world;
  for (std::size_t i = 0; i < items; ++i) {
    Stream stream(seed, "test.rates", 0, i);
    const auto g = static_cast<std::uint32_t>(i % 4);
    const double m = 0.1 + 0.2 * g;
    world.group.push_back(g), world.truth.push_back(stream.beta(k * m, k * (1 - m)));
    world.trials.push_back(static_cast<double>(1 + stream.below(30)));
    double successes = 0;
    for (int t = 0; t < world.trials.back(); ++t) successes += stream.bernoulli(world.truth.back());
    world.successes.push_back(successes);
  }
  return world;
}

double mean_squared_error(const std::vector<double>& rates, const std::vector<double>& truth) {
  double sum = 0;
  for (std::size_t i = 0; i < rates.size(); ++i)
    sum += (rates[i] - truth[i]) * (rates[i] - truth[i]) / static_cast<double>(rates.size());
  return sum;
}

}  // namespace

TEST_CASE("cold start: how many trials a group's mean is worth is found again") {
  for (const double k : {3.0, 12.0, 40.0}) {
    const Counted world = beta_world(k, 8000, 3);
    const auto rates = shrink_rates(world.successes, world.trials, world.group, 4);
    REQUIRE(rates);
    CHECK(rates->worth == Approx(k).epsilon(0.12));
    for (std::uint32_t g = 0; g < 4; ++g)
      CHECK(rates->group_mean[g] == Approx(0.1 + 0.2 * g).margin(0.01));
  }
}

TEST_CASE("cold start: the closed form, given its own k and means") {
  const Counted world = beta_world(8, 400, 4);
  const auto rates = shrink_rates(world.successes, world.trials, world.group, 4);
  REQUIRE(rates);
  for (std::size_t i = 0; i < 400; ++i) {
    const double m = rates->group_mean[world.group[i]];
    REQUIRE(rates->rate[i] ==
            Approx((world.successes[i] + rates->worth * m) / (world.trials[i] + rates->worth)));
    REQUIRE(rates->trust[i] == Approx(world.trials[i] / (world.trials[i] + rates->worth)));
  }
}

TEST_CASE("cold start: moments of two items by hand") {
  // 8 of 10 and 2 of 10: m = .5, S = 10 · .09 · 2 = 1.8; 1.8 = .25 [ρ (20 - 10) + (1 - ρ)], so
  // ρ = (7.2 - 1) / 9 and k = (1 - ρ) / ρ = 2.8 / 6.2.
  const std::vector<double> successes = {8, 2}, trials = {10, 10};
  const std::vector<std::uint32_t> group = {0, 0};
  const auto rates = shrink_rates(successes, trials, group, 1);
  REQUIRE(rates);
  CHECK(rates->worth == Approx(2.8 / 6.2));
  CHECK(rates->rate[0] == Approx((8 + 0.5 * 2.8 / 6.2) / (10 + 2.8 / 6.2)));
}

TEST_CASE("cold start: shrunken rates are nearer to the truth than own or pooled ones") {
  const Counted world = beta_world(12, 4000, 5);
  const auto rates = shrink_rates(world.successes, world.trials, world.group, 4);
  REQUIRE(rates);
  std::vector<double> own, pooled;
  for (std::size_t i = 0; i < 4000; ++i) {
    own.push_back(world.successes[i] / world.trials[i]);
    pooled.push_back(rates->group_mean[world.group[i]]);
  }
  const double shrunk = mean_squared_error(rates->rate, world.truth);
  CHECK(shrunk < 0.8 * mean_squared_error(own, world.truth));
  CHECK(shrunk < 0.8 * mean_squared_error(pooled, world.truth));
}

TEST_CASE("cold start: a new post has its community's mean, a new community the site's") {
  Counted world = beta_world(8, 400, 6);
  world.successes.insert(world.successes.end(), {0, 0}),
      world.trials.insert(world.trials.end(), {0, 0});
  world.group.insert(world.group.end(), {2, 4});
  const auto rates = shrink_rates(world.successes, world.trials, world.group, 5);
  REQUIRE(rates);
  CHECK(rates->rate[400] == rates->group_mean[2]);
  CHECK(rates->rate[401] == rates->overall);
  CHECK(rates->trust[400] == 0);
}

TEST_CASE("cold start: items that differ by no more than chance are all given their group's mean") {
  const std::vector<double> successes = {5, 5, 5}, trials = {10, 10, 10};
  const std::vector<std::uint32_t> group = {0, 0, 0};
  const auto rates = shrink_rates(successes, trials, group, 1);
  REQUIRE(rates);
  CHECK(std::isinf(rates->worth));
  for (const double rate : rates->rate) CHECK(rate == 0.5);
}

TEST_CASE("cold start: counts that cannot be are told") {
  const std::vector<std::uint32_t> group = {0, 0}, far = {0, 7};
  const auto wrong = [&](std::vector<double> successes, std::vector<double> trials,
                         const std::vector<std::uint32_t>& of) {
    const auto rates = shrink_rates(successes, trials, of, 1);
    REQUIRE_FALSE(rates);
    return rates.error().message;
  };
  CHECK(wrong({1, 3}, {2, 2}, group).find("item 2: 3 successes of 2 trials") == 0);
  CHECK(wrong({1, std::nan("")}, {2, 2}, group).find("item 2") == 0);
  CHECK(wrong({1, 1}, {2, INFINITY}, group).find("item 2") == 0);
  CHECK(wrong({1}, {2, 2}, group).find("1 successes, 2 trials") == 0);
  CHECK(wrong({1, 1}, {2, 2}, far).find("no group 7") != std::string::npos);
  CHECK(wrong({0, 0}, {0, 0}, group).find("nothing was tried") == 0);
}

TEST_CASE("newcomers: each kind is measured on its own, by hand") {
  // User 0 has item 0 and will take 1 and the new item 3; user 1 is new and will take 2.
  // Items 1 and 2 are known from user 2.
  const std::vector<std::uint32_t> had_user = {0, 2, 2}, had_item = {0, 1, 2};
  const Interactions training = *Interactions::of(had_user, had_item, 3, 4);
  const std::vector<std::uint32_t> next_user = {0, 0, 1}, next_item = {1, 3, 2};
  const Interactions test = *Interactions::of(next_user, next_item, 3, 4);
  const auto source = std::make_shared<const GivenScores>(
      training, std::vector<double>{9, 5, 7, 6, 4, 3, 2, 1, 0, 0, 0, 0});
  const auto report = newcomer_report({{"given", source}}, test, 2);
  REQUIRE(report);
  REQUIRE(report->rows() == 3);
  const auto at = [&](std::size_t row, const char* name) {
    return report->find(name)->number(row);
  };
  CHECK(report->find("who")->text(0) == "known users");
  CHECK(at(0, "recall") == 0);  // 2, 3, 1: item 1 stands third
  CHECK(report->find("who")->text(1) == "new users");
  CHECK(at(1, "recall") == 0);  // 0, 1, 2, 3
  CHECK(report->find("who")->text(2) == "new communities");
  CHECK(at(2, "recall") == 1);  // item 3 stands second
  CHECK(at(2, "ndcg") == Approx(1 / std::log2(3)));
  CHECK_FALSE(newcomer_report({}, test, 2));
  CHECK_FALSE(newcomer_report({{"given", source}}, test, 0));
}
