// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/choices.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

namespace {

using namespace rehearse;
using namespace rehearse::sim;

ChoiceOptions few_choices() {
  ChoiceOptions options;
  options.days = 5, options.visits_a_day = 4000, options.segments = 3, options.posts = 4;
  options.seed = 11;
  return options;
}

}  // namespace

TEST_CASE("choices: propensities of a segment sum to one, and rates to the base rate") {
  const auto world = choice_world(few_choices());
  REQUIRE(world);
  double mean = 0;
  for (std::size_t s = 0; s < 3; ++s) {
    double sum = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      sum += world->propensity[s * 4 + k];
      mean += world->share[s] / 4 * world->click_probability[s * 4 + k];
    }
    CHECK(sum == Approx(1));
  }
  CHECK(mean == Approx(0.08));
  const std::vector<double> uniform(12, 0.25);
  CHECK(world->value(uniform) == Approx(0.08));
}

TEST_CASE("choices: the log shows and clicks as often as its probabilities say") {
  const ChoiceOptions options = few_choices();
  const auto made = simulate_choices(options);
  REQUIRE(made);
  const auto world = choice_world(options);
  REQUIRE(made->log.rows() == 20000);
  std::map<std::string, double> shown;
  double clicks = 0, expected = 0, visits = 0;
  for (std::size_t row = 0; row < made->log.rows(); ++row) {
    clicks += made->log.find("click")->number(row);
    expected += made->log.find("click_probability")->number(row);
    if (made->log.find("segment")->text(row) != "segment 2") continue;
    visits += 1, shown[std::string(made->log.find("post")->text(row))] += 1;
  }
  CHECK(clicks == Approx(expected).margin(4 * std::sqrt(expected)));
  CHECK(visits / 20000 == Approx(world->share[1]).margin(0.015));
  for (std::size_t k = 0; k < 4; ++k) {
    const double p = world->propensity[4 + k];
    CHECK(shown[world->post[k]] / visits == Approx(p).margin(4 * std::sqrt(p * (1 - p) / visits)));
  }
  CHECK(made->pairs.rows() == 12);
}

TEST_CASE("choices: a hurry that is not logged moves who is shown what, and the propensity knows") {
  ChoiceOptions options = few_choices();
  options.hidden = 1.5;
  const auto made = simulate_choices(options);
  REQUIRE(made);
  // 1/propensity of a pair's rounds averages to 1/share shown: Σ over rounds of [k]/π = visits.
  std::map<std::string, double> weight;
  for (std::size_t row = 0; row < made->log.rows(); ++row)
    weight[std::string(made->log.find("post")->text(row))] +=
        1 / made->log.find("propensity")->number(row);
  for (const auto& [post, sum] : weight) {
    CAPTURE(post);
    CHECK(sum / static_cast<double>(made->log.rows()) == Approx(1).margin(0.15));
  }
}

TEST_CASE("choices: more exploration leaves visitors as they are; another replicate does not") {
  ChoiceOptions options = few_choices();
  const auto first = simulate_choices(options);
  options.explore = 0.5;
  const auto second = simulate_choices(options);
  options.replicate = 1;
  const auto third = simulate_choices(options);
  REQUIRE((first && second && third));
  CHECK(first->log.find("segment")->hash() == second->log.find("segment")->hash());
  CHECK(second->log.find("segment")->hash() != third->log.find("segment")->hash());
  CHECK(second->pairs.hash() == third->pairs.hash());  // the site is the same
}

TEST_CASE("choices: an option out of its range is named") {
  ChoiceOptions options = few_choices();
  options.temperature = 0;
  CHECK(simulate_choices(options).error().message.find("temperature is 0") == 0);
  options = few_choices();
  options.knows = std::nan("");
  CHECK(simulate_choices(options).error().message.find("knows is nan") == 0);
  options = few_choices();
  options.days = 366, options.visits_a_day = 1000000;
  CHECK(simulate_choices(options).error().code == Code::limit);
}
