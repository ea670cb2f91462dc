// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/bandit_weeks.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace {

using namespace rehearse;
using namespace rehearse::scenarios;
using recommend::BanditKind;

BanditWeeksOptions short_weeks() {
  BanditWeeksOptions options;
  options.site.days = 10, options.site.visits_a_day = 500, options.site.segments = 3;
  options.site.posts = 6, options.site.base_ctr = 0.2, options.site.seed = 5;
  options.bandits = {BanditKind::epsilon_greedy, BanditKind::thompson, BanditKind::lin_ucb};
  options.repeats = 4;
  return options;
}

double cell(const Frame& table, std::size_t row, const char* column) {
  return table.find(column)->number(row);
}

}  // namespace

TEST_CASE("bandit weeks: showing anything earns what anything earns, and loses the rest") {
  BanditWeeksOptions options = short_weeks();
  options.bandits = {BanditKind::epsilon_greedy}, options.explore = 1, options.repeats = 8;
  const auto made = bandit_weeks(options);
  REQUIRE(made);
  const double random = cell(made->summary, 0, "random_click_rate"),
               best = cell(made->summary, 0, "best_click_rate");
  CHECK(random == Approx(0.2));  // the base rate is that of any post
  CHECK(cell(made->summary, 0, "click_rate") == Approx(random).margin(0.004));
  CHECK(cell(made->summary, 0, "regret") == Approx(1000 * (best - random)).margin(4));
  CHECK(cell(made->summary, 0, "last_best_share") == Approx(1.0 / 6).margin(0.03));
}

TEST_CASE("bandit weeks: whoever learns at the end of the day knows nothing on the first") {
  BanditWeeksOptions options = short_weeks();
  options.bandits = {BanditKind::thompson}, options.at_once = false, options.repeats = 8;
  const auto late = bandit_weeks(options);
  options.at_once = true;
  const auto soon = bandit_weeks(options);
  REQUIRE((late && soon));
  CHECK(cell(late->daily, 0, "click_rate") ==
        Approx(cell(late->summary, 0, "random_click_rate")).margin(0.012));
  CHECK(cell(soon->daily, 0, "regret") < cell(late->daily, 0, "regret"));
  CHECK(cell(late->daily, 9, "click_rate") > cell(late->daily, 0, "click_rate"));
}

TEST_CASE("bandit weeks: learning pays, and nobody beats the best possible") {
  const auto made = bandit_weeks(short_weeks());
  REQUIRE(made);
  for (std::size_t row = 0; row < made->daily.rows(); ++row) {
    CHECK(cell(made->daily, row, "regret") >= 0);
    CHECK(cell(made->daily, row, "click_rate") <=
          cell(made->summary, 0, "best_click_rate") + 1e-12);
  }
  for (std::size_t row = 0; row < made->summary.rows(); ++row)
    CHECK(cell(made->summary, row, "last_click_rate") >
          cell(made->summary, row, "random_click_rate"));
}

TEST_CASE("bandit weeks: the same bytes on any number of threads") {
  BanditWeeksOptions options = short_weeks();
  const auto one = bandit_weeks(options);
  options.threads = 3;
  const auto three = bandit_weeks(options);
  REQUIRE((one && three));
  CHECK(one->daily.hash() == three->daily.hash());
  CHECK(one->summary.hash() == three->summary.hash());
}

TEST_CASE("bandit weeks: what cannot be is refused, and a stop is obeyed") {
  BanditWeeksOptions options = short_weeks();
  options.bandits.clear();
  CHECK_FALSE(bandit_weeks(options));
  options = short_weeks(), options.repeats = 0;
  CHECK_FALSE(bandit_weeks(options));
  options = short_weeks(), options.explore = 2;
  CHECK_FALSE(bandit_weeks(options));
  std::stop_source stop;
  stop.request_stop();
  CHECK(bandit_weeks(short_weeks(), Progress(stop.get_token(), {})).error().code ==
        Code::cancelled);
}
