// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/retraining.hpp"

#include <catch2/catch.hpp>

#include "engine/sim/impressions.hpp"

namespace {

using namespace rehearse;

Frame shifted_log() {
  sim::SiteOptions o;
  o.users = 800, o.days = 28, o.sessions_per_day = 1, o.seed = 4, o.base_ctr = 0.08;
  o.drift.kind = sim::DriftKind::concept_shift, o.drift.day = 12, o.drift.strength = 1;
  return *sim::simulate_impressions(o);
}

double mean_of(const Frame& days, const char* series, const char* column, double from) {
  double sum = 0, count = 0;
  for (std::size_t row = 0; row < days.rows(); ++row)
    if (days.find("series")->text(row) == series && days.find("day")->number(row) >= from)
      sum += days.find(column)->number(row), count += 1;
  return sum / count;
}

}  // namespace

TEST_CASE(
    "retraining: after a concept shift the retrained model beats the frozen one, and nothing beats "
    "the truth") {
  const auto result = scenarios::retraining_loop(shifted_log(), {}, scenarios::ftrl_body());
  REQUIRE(result);
  const double frozen = mean_of(result->days, "frozen", "excess_log_loss", 21),
               retrained = mean_of(result->days, "retrained", "excess_log_loss", 21);
  CHECK(retrained < frozen);
  CHECK(retrained > 0);
  CHECK(mean_of(result->days, "best possible", "excess_log_loss", 7) == Approx(0).margin(1e-12));
}

TEST_CASE("retraining: replicates come out the same on any number of threads") {
  const Frame log = shifted_log();
  scenarios::RetrainingOptions o;
  o.replicates = 3;
  const auto one = scenarios::retraining_loop(log, o, scenarios::ftrl_body());
  o.threads = 2;
  const auto two = scenarios::retraining_loop(log, o, scenarios::ftrl_body());
  REQUIRE(one);
  REQUIRE(two);
  CHECK(one->days.hash() == two->days.hash());
}

TEST_CASE("retraining: the body sees only days before the one it will serve") {
  const auto body = [](const scenarios::LoopInput& input) -> Result<scenarios::LoopOutput> {
    const Column* day = input.window.find("day");
    REQUIRE(input.window.rows() > 0);
    CHECK(day->number(input.window.rows() - 1) < input.day);
    CHECK(day->number(0) >= input.day - 14);
    return scenarios::ftrl_body()(input);
  };
  CHECK(scenarios::retraining_loop(shifted_log(), {}, body));
}
