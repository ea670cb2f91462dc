// SPDX-License-Identifier: GPL-3.0-or-later
//
// The steps of onboarding: every parameter reaches the room that it is for, a funnel counts what is
// there, and a script's experiment is repeated in worlds of its own.
#include <catch2/catch.hpp>

#include "engine/plan/executor.hpp"
#include "engine/plan/step.hpp"
#include "engine/trace/trace.hpp"
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;

using OnboardingCall = test::StepValues;

Result<plan::Outputs> called(const char* name, const OnboardingCall& given,
                             std::vector<Frame> inputs = {}) {
  test::StepUnderTest step(name, 5);
  for (std::size_t i = 0; i < inputs.size(); ++i) step.input(step.info->inputs[i].name, inputs[i]);
  return step.set(given).outputs();
}

std::uint64_t onboarding_hash(OnboardingCall given) {
  given.insert({"users", std::int64_t{400}});
  auto log = called("simulate.onboarding", given);
  INFO((log ? "" : log.error().message));
  REQUIRE(log);
  return log->front()->as_frame().hash();
}

}  // namespace

TEST_CASE("simulate.onboarding: every parameter that is given changes the log") {
  // Some only show where another is on.
  const OnboardingCall base = {{"compliance", 0.7},
                               {"attrition", 0.1},
                               {"spillover", 0.05},
                               {"segment", std::string("platform")},
                               {"segment_level", std::string("web")},
                               {"segment_effect", 0.03},
                               {"added_ms", 50.0},
                               {"abuse_rate", 0.1}};
  const std::uint64_t plain = onboarding_hash(base);
  const OnboardingCall all = {{"users", std::int64_t{401}},
                              {"days", std::int64_t{9}},
                              {"communities", std::int64_t{50}},
                              {"activation", 0.3},
                              {"prior_correlation", 0.2},
                              {"segment_spread", 2.0},
                              {"community_spread", 1.0},
                              {"share", 0.3},
                              {"salt", std::string("other")},
                              {"unit", std::string("community")},
                              {"dealing", std::string("blocked")},
                              {"effect", 0.05},
                              {"where", std::string("joined")},
                              {"signed_up_effect", 0.05},
                              {"topics_effect", 0.05},
                              {"joined_effect", 0.05},
                              {"segment", std::string("none")},
                              {"segment_level", std::string("mobile")},
                              {"segment_effect", 0.05},
                              {"sessions_effect", 0.3},
                              {"messages_effect", 0.3},
                              {"abuse_rate", 0.05},
                              {"abuse_effect", 0.05},
                              {"retention", 0.3},
                              {"retention_effect", 0.05},
                              {"added_ms", 100.0},
                              {"latency_cost", 0.02},
                              {"compliance", 0.5},
                              {"compliance_tilt", 1.0},
                              {"contamination", 0.3},
                              {"attrition", 0.3},
                              {"attrition_effect", 0.2},
                              {"attrition_tilt", 2.0},
                              {"spillover", 0.1},
                              {"leak", 0.5},
                              {"invites", 0.5},
                              {"lost_treatment", 0.2},
                              {"lost_control", 0.2},
                              {"parity_fault", 0.5},
                              {"columns", std::vector<std::string>{"sessions"}},
                              {"truth", false}};
  const plan::StepInfo* step = plan::Registry::instance().find("simulate.onboarding");
  REQUIRE(step);
  CHECK(step->parameters.size() == all.size());
  for (const auto& [name, value] : all) {
    INFO(name);
    OnboardingCall call = base;
    call[name] = value;
    CHECK(onboarding_hash(call) != plain);
  }
}

TEST_CASE("measure.funnel: users by stage and arm, by hand, missing ones left out") {
  Frame::Builder b;
  b.add("arm", std::vector<std::string>{"b", "a", "a", "a", "b"});
  b.add("opened", std::vector<std::uint8_t>{1, 1, 1, 0, 1});
  b.add("paid", std::vector<std::uint8_t>{1, 1, 0, 0, 0}).missing({1, 1, 1, 1, 0});
  b.add("paid_probability", std::vector<double>{0.5, 0.25, 0.25, 0.5, 0.9});
  const Frame log = *std::move(b).build();
  const OnboardingCall stages = {{"stages", std::vector<std::string>{"opened", "paid"}}};
  auto made = called("measure.funnel", stages, {log});
  REQUIRE(made);
  const Frame& table = made->front()->as_frame();
  REQUIRE(table.rows() == 6);
  CHECK(table.find("stage")->text(0) == "landed");
  CHECK(table.find("arm")->text(0) == "a");
  CHECK(table.find("users")->number(0) == 3);
  CHECK(table.find("users")->number(1) == 2);
  CHECK(table.find("users")->number(2) == 1);
  CHECK(table.find("of_top")->number(2) == Approx(1.0 / 3));
  CHECK(table.find("of_previous")->number(2) == Approx(0.5));
  CHECK(table.find("truth")->number(2) == Approx(1.0));
  CHECK(table.find("users")->number(5) == 1);
  CHECK(table.find("of_top")->number(5) == 1);  // of the one whose outcome is known
  CHECK(!called("measure.funnel", {}, {log}));
  CHECK(!called("measure.funnel", {{"stages", std::vector<std::string>{"arm"}}}, {log}));
  CHECK(!called("measure.funnel", {{"by", std::string("team")}}, {log}));
}

TEST_CASE("data.columns: keeps those named, in that order and under those names") {
  Frame::Builder b;
  b.add("a", std::vector<double>{1, 2}).add("b", std::vector<std::string>{"x", "y"});
  b.add("c", std::vector<double>{3, 4}, {.role = Role::truth});
  const Frame table = *std::move(b).build();
  using Names = std::vector<std::string>;
  auto kept = called("data.columns", {{"columns", Names{"c", "a"}}}, {table});
  REQUIRE(kept);
  CHECK(kept->front()->as_frame().names() == Names{"c", "a"});
  CHECK(kept->front()->as_frame().column(0).role() == Role::truth);
  auto renamed = called(
      "data.columns", {{"columns", Names{"b", "a"}}, {"names", Names{"who", "how many"}}}, {table});
  REQUIRE(renamed);
  CHECK(renamed->front()->as_frame().names() == Names{"who", "how many"});
  CHECK(renamed->front()->as_frame().find("who")->text(1) == "y");
  CHECK(!called("data.columns", {{"columns", Names{"d"}}}, {table}));
  CHECK(!called("data.columns", {{"columns", Names{"a", "a"}}}, {table}));
  CHECK(!called("data.columns", {{"columns", Names{"a", "b"}}, {"names", Names{"one"}}}, {table}));
  CHECK(!called("data.columns", {{"columns", Names{"a"}}, {"names", Names{""}}}, {table}));
}

TEST_CASE("scenario.replicate: worlds differ, labels name the series, threads do not show") {
  const char* script = R"(
design "Repeats" { asks = "?", covers = {}, seed = 3 }
chapter "One" [[ Prose. ]]
local sums, runs = scenario.replicate { n = 40, body = function()
  local log = simulate.onboarding { users = 500, columns = { "prior_activity" } }
  return measure.funnel { log, as = "the funnel" }
end }
show.table { sums, title = "Sums", see = "one row" }
show.table { runs, title = "Runs", see = "many rows" }
)";
  const auto plan = trace::trace_script(script, "repeats.lua");
  INFO((plan ? "" : plan.error().message));
  REQUIRE(plan);
  std::vector<std::uint64_t> hashes;
  for (const unsigned threads : {1U, 2U}) {
    plan::Cache cache;
    plan::RunOptions options;
    options.threads = threads;
    const auto run = plan::execute(*plan, cache, options);
    INFO((run ? "" : run.error().message));
    REQUIRE(run);
    const Frame runs = run->at(plan->views[1].data)->as_frame();
    REQUIRE(runs.find("series"));
    CHECK(runs.find("series")->text(0) == "the funnel");
    CHECK(runs.find("users")->number(1) != runs.find("users")->number(5));
    hashes.push_back(runs.hash());
  }
  CHECK(hashes[0] == hashes[1]);
}
