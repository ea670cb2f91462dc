// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/trace.hpp"

#include <catch2/catch.hpp>

#include "engine/plan/executor.hpp"

namespace {

using namespace rehearse;

constexpr const char* kHead = "design \"T\" { asks = \"?\", seed = 3 }\n";

Result<plan::Plan> traced(const std::string& body, const plan::KnobValues& values = {}) {
  return trace::trace_script(kHead + body, "t.lua", values);
}

std::string error_of(const std::string& body, const plan::KnobValues& values = {}) {
  const auto plan = traced(body, values);
  return plan ? "" : plan.error().message;
}

bool says(const std::string& message, const std::string& part) {
  INFO(message);
  return message.find(part) != std::string::npos;
}

constexpr const char* kSmall = R"(
local keep = slider("keep", 0.5, { 0.1, 1.0 })
local log = source("impressions", simulate.impressions { users = 60, days = 6, sessions_per_day = 1 }, { "time", "click" })
local past, live = log:split { days = { 4 }, as = "past, live" }
local model = train.ftrl { past, keep_negatives = keep, as = "model" }
local fixed = calibrate.prior { model, keep_negatives = keep }
show.reliability { model, fixed, on = live, truth = true, title = "R", see = "s" }
expect.below { fixed, "log_loss", 10, on = live }
expect.above { fixed, "excess_log_loss", -1, on = live }
)";

}  // namespace

TEST_CASE("trace: a script becomes a plan, knobs in the order of the script") {
  const auto plan = traced(kSmall);
  REQUIRE(plan);
  CHECK(plan->title == "T");
  CHECK(plan->seed == 3);
  REQUIRE(plan->knobs.size() == 1);
  CHECK(plan->knobs[0].name == "keep");
  CHECK(plan->sources.at(0).name == "impressions");
  CHECK(plan->views.at(0).kind == "reliability");
  CHECK(plan->expectations.size() == 2);
  CHECK(plan->labels.count("live") == 1);
  CHECK(plan->nodes.at(1).output_count == 2);
}

TEST_CASE("trace: a knob's value changes the hashes of what depends on it and of nothing else") {
  const auto before = traced(kSmall), after = traced(kSmall, {{"keep", 0.25}});
  REQUIRE(before);
  REQUIRE(after);
  CHECK(before->nodes[0].hash == after->nodes[0].hash);
  CHECK(before->nodes[1].hash == after->nodes[1].hash);
  CHECK(before->nodes[2].hash != after->nodes[2].hash);
}

TEST_CASE("trace: wrong calls are errors with file, line, name and range") {
  CHECK(says(error_of("local x = simulate.impressions { usres = 5 }"), "t.lua:2"));
  CHECK(says(error_of("local x = simulate.impressions { usres = 5 }"), "did you mean `users`"));
  CHECK(says(error_of("local x = simulate.impressions { users = 5 }"), "from 10 to 200000"));
  CHECK(says(error_of("local x = simulate.impressions { users = \"many\" }"), "whole number"));
  CHECK(says(error_of("local x = simulate.impression { users = 50 }"),
             "did you mean `simulate.impressions`"));
  CHECK(says(error_of("train.ftrl { }"), "the input `rows` is missing"));
  CHECK(says(error_of("train.ftrl { 5 }"), "not a result"));
  CHECK(says(error_of("local l = simulate.impressions { } calibrate.prior { l }"),
             "must be a model"));
  CHECK(says(error_of("slider(\"a\", 5, { 0, 1 })"), "outside its range"));
  CHECK(says(error_of("slider(\"a\", 0.5, { 0, 1 }) slider(\"a\", 0.5, { 0, 1 })"), "two knobs"));
  CHECK(says(error_of("", {{"nope", 1.0}}), "no knob `nope`"));
  CHECK(says(error_of("local l = simulate.impressions { } if l > 3 then end"),
             "cannot compute with or branch on"));
  CHECK(says(error_of("show.pie { }"), "no view `show.pie`"));
  CHECK(says(error_of("x = = 1"), "t.lua:2"));
  CHECK(says(trace::trace_script("chapter \"a\" [[b]]", "t.lua").error().message,
             "starts with design"));
}

TEST_CASE("trace: `with` is a copy with some entries of its own") {
  const auto plan = traced(R"(
local base = { users = 60, days = 6, as = "base" }
local log = simulate.impressions(with(base, { days = 7, as = "longer" }))
local same = simulate.impressions(base)
local plain = simulate.impressions { users = 60, days = 7, as = "plain" }
show.table { log, title = "T", see = "s" }
)");
  REQUIRE(plan);
  CHECK(plan->nodes[0].hash == plan->nodes[2].hash);
  CHECK(plan->nodes[0].hash != plan->nodes[1].hash);
  CHECK(plan->labels.count("longer") == 1);
  CHECK(plan->labels.count("base") == 1);
  CHECK(says(error_of("with({ users = 60 })"), "two tables are due"));
  CHECK(says(error_of("with(3, {})"), "t.lua:2"));
}

TEST_CASE("trace: a script can neither hang, eat memory nor reach the machine") {
  CHECK(says(error_of("while true do end"), "t.lua:2"));
  CHECK_FALSE(error_of("local t = {} for i = 1, 1e9 do t[i] = { i } end").empty());
  CHECK_FALSE(error_of("io.open(\"/etc/passwd\")").empty());
  CHECK_FALSE(error_of("load(\"return 1\")()").empty());
  CHECK_FALSE(error_of("string.rep(\"x\", 1e9)").empty());
}

TEST_CASE("trace: the function of a loop sees only what it is handed") {
  const std::string loop =
      "local l = simulate.impressions { } local p = l:split { days = { 2 } }\nscenario.retraining "
      "{ l, body = function(model, window) return train.ftrl { ";
  CHECK(error_of(loop + "window } end }").empty());
  CHECK(says(error_of(loop + "p } end }"), "can only use what it is handed"));
  CHECK(says(
      error_of(
          "scenario.retraining { simulate.impressions { }, body = function(model, window) end }"),
      "returns nothing"));
}

TEST_CASE("run: one and two threads give the same bytes, and a second run re-uses everything") {
  const auto plan = traced(kSmall);
  REQUIRE(plan);
  plan::Cache one, two;
  plan::RunOptions options;
  const auto a = plan::execute(*plan, one, options);
  options.threads = 2;
  const auto b = plan::execute(*plan, two, options);
  REQUIRE(a);
  REQUIRE(b);
  CHECK(a->at(plan->views[0].data)->as_frame().hash() ==
        b->at(plan->views[0].data)->as_frame().hash());
  CHECK(a->checks.at(0).state == plan::Check::State::held);
  const auto again = plan::execute(*plan, one, options);
  REQUIRE(again);
  CHECK(again->reran_count == 0);
  const auto moved = plan::execute(*traced(kSmall, {{"keep", 0.3}}), one, options);
  REQUIRE(moved);
  CHECK(moved->reran_count < moved->node_count);
}

TEST_CASE("run: your own table takes the source's place; without truth the truth is not known") {
  const auto plan = traced(kSmall);
  plan::Cache cache;
  const auto simulated = plan::execute(*plan, cache);
  REQUIRE(simulated);
  const Frame log = simulated->at({0, 0})->as_frame();
  std::vector<std::string> names;
  for (std::size_t c = 0; c < log.columns(); ++c)
    if (log.column(c).role() != Role::truth) names.push_back(log.column(c).name());
  plan::RunOptions options;
  options.inputs["impressions"] = *log.select(names);
  const auto run = plan::execute(*plan, cache, options);
  REQUIRE(run);
  CHECK_FALSE(run->has_truth);
  CHECK(run->checks[0].state == plan::Check::State::held);
  CHECK(run->checks[1].state == plan::Check::State::unknown);
  options.inputs["impressions"] = *log.select(std::vector<std::string>{"time"});
  CHECK(says(plan::execute(*plan, cache, options).error().message, "lacks the column click"));
}

TEST_CASE("run: of a step's results one may be given and another made, or both given") {
  const auto plan = traced(R"(
local known, held, chances = simulate.subscriptions { users = 30, communities = 20, joins = 6, as = "known, held, chances" }
local a, b = source("known", known, { "user", "item" }), source("held", held, { "user", "item" })
show.table { a, title = "A", see = "s" }
show.table { b, title = "B", see = "s" }
show.table { chances, title = "C", see = "s" }
)");
  REQUIRE(plan);
  const auto rows = [&](const plan::Run& run, std::size_t view) {
    return run.at(plan->views[view].data)->as_frame().rows();
  };
  plan::Cache cache;
  const auto simulated = plan::execute(*plan, cache);
  REQUIRE(simulated);
  const Frame known = simulated->at({0, 0})->as_frame();
  plan::RunOptions options;
  options.inputs["known"] = *known.slice(0, 3).select(std::vector<std::string>{"user", "item"});
  const auto one = plan::execute(*plan, cache, options);
  REQUIRE(one);
  CHECK(rows(*one, 0) == 3);
  CHECK(rows(*one, 1) == rows(*simulated, 1));
  CHECK(rows(*one, 2) == rows(*simulated, 2));
  options.inputs["held"] = *known.slice(3, 8).select(std::vector<std::string>{"user", "item"});
  const auto both = plan::execute(*plan, cache, options);
  REQUIRE(both);
  CHECK(rows(*both, 0) == 3);
  CHECK(rows(*both, 1) == 5);
  CHECK(rows(*both, 2) == rows(*simulated, 2));
  // What was made for others is not touched by what was given.
  const auto again = plan::execute(*plan, cache);
  REQUIRE(again);
  CHECK(rows(*again, 0) == rows(*simulated, 0));
  CHECK(again->reran_count == 0);
}

TEST_CASE("run: a trainer refuses the truth unless the design asks for the mistake") {
  const std::string leak =
      "local l = simulate.impressions { users = 60, days = 3 }\nlocal m = train.ftrl { l, features "
      "= { \"click_probability\" }";
  plan::Cache cache;
  const auto refused = plan::execute(*traced(leak + " }"), cache);
  REQUIRE_FALSE(refused);
  CHECK(says(refused.error().message, "t.lua:3"));
  CHECK(plan::execute(*traced(leak + ", allow_leak = true }"), cache));
}

TEST_CASE("run: a stop leaves the cache valid") {
  const auto plan = traced(kSmall);
  plan::Cache cache;
  std::stop_source stop;
  stop.request_stop();
  plan::RunOptions options;
  options.stop = stop.get_token();
  const auto stopped = plan::execute(*plan, cache, options);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
  CHECK(plan::execute(*plan, cache));
}

TEST_CASE("run: a cycle is an error, not a hang") {
  plan::Plan plan = *traced(kSmall);
  plan.nodes[1].inputs["log"] = {{2, 0}};
  plan::Cache cache;
  const auto run = plan::execute(plan, cache);
  REQUIRE_FALSE(run);
  CHECK(says(run.error().message, "cycle"));
}
