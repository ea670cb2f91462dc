// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/onboarding_activity.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/sim/site_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

Frame panel_of(const ActivityOptions& o, unsigned threads = 1) {
  auto panel = simulate_activity(o, {}, threads);
  INFO((panel ? "" : panel.error().message));
  REQUIRE(panel);
  return std::move(*panel);
}

}  // namespace

TEST_CASE("activity: the true effect halves in its half-life, down to what lasts") {
  ActivityOptions o;
  o.effect = 0.1, o.lasting = 0.25, o.half_life_days = 3;
  CHECK(o.effect_on(0) == Approx(0.1));
  CHECK(o.effect_on(3) == Approx(0.025 + 0.075 / 2));
  CHECK(o.effect_on(300) == Approx(0.025));
  o.effect = 0.04;
  const Frame panel = panel_of(o);
  double sum = 0, rows = 0;
  for (std::size_t row = 0; row < panel.rows(); ++row)
    if (panel.find("day_since")->number(row) == 3)
      sum += panel.find("active_effect")->number(row), rows += 1;
  CHECK(rows == 2000);
  CHECK(sum / rows == Approx(o.effect_on(3)).epsilon(0.02));
}

TEST_CASE("activity: the arms differ by the truth, and the first day has the level asked for") {
  ActivityOptions o;
  o.users = 20000, o.followed_days = 2, o.effect = 0.06, o.activity = 0.3;
  const Frame panel = panel_of(o, 2);
  double arm[2] = {0, 0}, count[2] = {0, 0}, level = 0;
  for (std::size_t row = 0; row < panel.rows(); ++row) {
    if (panel.find("day_since")->number(row) != 0) continue;
    const bool treated = panel.find("arm")->text(row) == "treatment";
    arm[treated] += panel.find("active")->number(row), count[treated] += 1;
    level += panel.find("active_probability")->number(row) -
             (treated ? panel.find("active_effect")->number(row) : 0);
  }
  CHECK(level / 20000 == Approx(0.3).margin(0.01));
  CHECK(arm[1] / count[1] - arm[0] / count[0] == Approx(0.06).margin(0.026));
}

TEST_CASE("activity: the people are those of the funnel") {
  ActivityOptions o;
  o.users = 300, o.followed_days = 1, o.seed = 9;
  OnboardingOptions funnel;
  funnel.users = 300, funnel.seed = 9;
  const Frame panel = panel_of(o), log = *simulate_onboarding(funnel);
  for (std::size_t row = 0; row < 300; ++row) {
    REQUIRE(panel.find("user_id")->number(row) == log.find("user_id")->number(row));
    REQUIRE(panel.find("arm")->text(row) == log.find("arm")->text(row));
    REQUIRE(panel.find("prior_activity")->number(row) == log.find("prior_activity")->number(row));
  }
}

TEST_CASE("activity: the same bytes on 1, 2 and 4 threads") {
  ActivityOptions o;
  o.users = 500;
  const std::uint64_t one = panel_of(o).hash();
  CHECK(panel_of(o, 2).hash() == one);
  CHECK(panel_of(o, 4).hash() == one);
}

TEST_CASE("activity: what is out of range is an error that names it") {
  const auto refused = [](auto change) {
    ActivityOptions o;
    change(o);
    auto panel = simulate_activity(o);
    return panel ? std::string() : panel.error().message;
  };
  using O = ActivityOptions;
  double O::*const numbers[] = {&O::activity,       &O::effect, &O::lasting,
                                &O::half_life_days, &O::share,  &O::prior_correlation};
  for (double O::*const number : numbers)
    for (const double bad : {std::nan(""), 1e9, -1e9})
      CHECK(refused([&](O& o) { o.*number = bad; }).find("it lies from") != std::string::npos);
  CHECK(refused([](O& o) { o.users = 1; }).find("`users`") != std::string::npos);
  CHECK(refused([](O& o) { o.followed_days = 0; }).find("followed_days") != std::string::npos);
  CHECK(refused([](O& o) { o.users = 1000000, o.followed_days = 366; }).find("100 million") !=
        std::string::npos);
  CHECK(refused([](O& o) { o.salt.clear(); }).find("salt") != std::string::npos);
}
