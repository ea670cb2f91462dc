// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps that simulate: every parameter reaches the room that it is for.
#include <catch2/catch.hpp>

#include "engine/plan/step.hpp"
#include "engine/sim/impressions.hpp"
#include "engine/sim/values.hpp"
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;

using SimulateCall = test::StepValues;

Result<Frame> simulated(const char* name, const SimulateCall& given) {
  auto outputs = test::StepUnderTest(name, 5).set(given).outputs();
  if (!outputs) return fail(outputs.error());
  return outputs->front()->as_frame();
}

SimulateCall small_world(SimulateCall more) {
  more.insert({{"users", std::int64_t{120}}, {"days", std::int64_t{9}}});
  return more;
}

std::uint64_t hash_of(const SimulateCall& given) {
  auto log = simulated("simulate.impressions", small_world(given));
  INFO((log ? "" : log.error().message));
  REQUIRE(log);
  return log->hash();
}

}  // namespace

TEST_CASE("simulate.impressions: every effect and fault that is given changes the log") {
  const std::uint64_t plain = hash_of({});
  using Names = std::vector<std::string>;
  const SimulateCall all = {{"posts_per_day", std::int64_t{60}},
                            {"slate_size", std::int64_t{4}},
                            {"ranker_noise", 2.0},
                            {"world", std::string("real")},
                            {"delay", std::string("mixture")},
                            {"session_correlation", 0.3},
                            {"user_spread", 0.5},
                            {"community_spread", 0.5},
                            {"seasonality", 1.0},
                            {"fatigue", 0.2},
                            {"new_users_per_day", 0.05},
                            {"new_communities_per_day", 0.05},
                            {"miscalibration", 0.4},
                            {"outcomes", Names{"comments"}},
                            {"columns", Names{"attraction"}},
                            {"leaks", Names{"id"}},
                            {"missing", std::string("mnar")}};
  for (const auto& [name, value] : all) {
    INFO(name);
    CHECK(hash_of({{name, value}}) != plain);
  }
}

TEST_CASE("simulate.impressions: an effect of the real world can be switched off by itself") {
  const auto log = simulated("simulate.impressions",
                             small_world({{"world", std::string("real")}, {"fatigue", 0.0}}));
  REQUIRE(log);
  CHECK(!log->find("recent_seen"));
  CHECK(log->find("surface"));
  CHECK(log->find("weekday"));
}

TEST_CASE("simulate.impressions: a name that is none is refused with those that there are") {
  using Names = std::vector<std::string>;
  for (const auto& [name, value, hint] :
       {std::tuple<const char*, plan::Value, const char*>{"outcomes", Names{"likes"}, "comments"},
        {"columns", Names{"age"}, "surface"},
        {"leaks", Names{"oracle"}, "after_outcome"},
        {"missing_column", std::string("hour"), "affinity"},
        {"drift_column", std::string("hour"), "affinity"}}) {
    SimulateCall given = small_world({{name, value}});
    given["missing"] = std::string("mcar");
    given["drift"] = std::string("broken-feature");
    const auto log = simulated("simulate.impressions", given);
    INFO(name);
    REQUIRE(!log);
    CHECK(log.error().message.find(hint) != std::string::npos);
  }
}

TEST_CASE("simulate.values: what is asked for is what the room makes") {
  const auto table = simulated("simulate.values", {{"law", std::string("heavy_tailed")},
                                                   {"rows", std::int64_t{800}},
                                                   {"features", std::int64_t{2}},
                                                   {"groups", std::int64_t{4}},
                                                   {"days", std::int64_t{20}},
                                                   {"noise", 0.7},
                                                   {"group_spread", 0.2},
                                                   {"day_spread", 0.3},
                                                   {"day_memory", 0.5},
                                                   {"trend", 0.4},
                                                   {"outlier_share", 0.02},
                                                   {"outlier_size", 5.0},
                                                   {"quantiles", std::vector<double>{0.25}}});
  REQUIRE(table);
  sim::ValueOptions o;
  o.law = sim::ValueLaw::heavy_tailed;
  o.rows = 800, o.features = 2, o.groups = 4, o.days = 20, o.noise = 0.7, o.group_spread = 0.2;
  o.day_spread = 0.3, o.day_memory = 0.5, o.trend = 0.4;
  o.outlier_share = 0.02, o.outlier_size = 5, o.quantiles = {0.25}, o.seed = 5;
  CHECK(table->hash() == sim::simulate_values(o)->hash());
}
