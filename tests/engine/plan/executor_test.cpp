// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/executor.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <latch>
#include <mutex>
#include <stdexcept>

namespace {

using namespace rehearse;
using plan::ArtifactPtr;
using plan::Node;
using plan::Outputs;
using plan::Plan;
using plan::StepCall;
using plan::StepContext;
using plan::StepInfo;

ArtifactPtr table_of(std::vector<double> values) {
  Frame::Builder builder;
  builder.add("x", std::move(values));
  return plan::Artifact::of(*std::move(builder).build());
}

double first_of(const ArtifactPtr& artifact) { return artifact->as_frame().column(0).number(0); }

// A step of one table with the sum of its inputs' first values and its parameter `add`.
StepInfo sum_step(std::atomic<int>& calls) {
  StepInfo info;
  info.name = "toy.sum";
  info.run = [&calls](const StepCall& call, const StepContext&) -> Result<Outputs> {
    ++calls;
    double sum = call.number("add");
    if (call.has("in"))
      for (const ArtifactPtr& input : call.inputs.at("in")) sum += first_of(input);
    return Outputs{table_of({sum})};
  };
  return info;
}

Node node_of(const StepInfo& step, double add, std::vector<plan::Ref> inputs = {}) {
  Node node;
  node.step = &step;
  node.parameters["add"] = add;
  if (!inputs.empty()) node.inputs["in"] = std::move(inputs);
  node.at = {"toy.lua", static_cast<int>(add)};
  return node;
}

// a → b, c → d: a diamond.
Plan diamond(const StepInfo& step, double changed = 3) {
  Plan plan;
  plan.nodes = {node_of(step, 1), node_of(step, 2, {{0, 0}}), node_of(step, changed, {{0, 0}}),
                node_of(step, 4, {{1, 0}, {2, 0}})};
  return plan;
}

StepInfo step_that(plan::RunFunction run) {
  StepInfo info;
  info.name = "toy.other";
  info.run = std::move(run);
  return info;
}

}  // namespace

TEST_CASE("executor: a diamond computes each node once, on one thread and on four") {
  for (const unsigned threads : {1U, 4U}) {
    std::atomic<int> calls = 0;
    const StepInfo step = sum_step(calls);
    plan::Cache cache;
    plan::RunOptions options;
    options.threads = threads;
    const auto run = plan::execute(diamond(step), cache, options);
    REQUIRE(run);
    CHECK(first_of(run->at({3, 0})) == 4 + (2 + 1) + (3 + 1));
    CHECK(calls == 4);
    CHECK(run->node_count == 4);
    CHECK(run->reran_count == 4);
  }
}

TEST_CASE("executor: only what depends on a change runs again") {
  std::atomic<int> calls = 0;
  const StepInfo step = sum_step(calls);
  plan::Cache cache;
  REQUIRE(plan::execute(diamond(step), cache));
  calls = 0;
  const auto run = plan::execute(diamond(step, 30), cache);
  REQUIRE(run);
  CHECK(calls == 2);
  CHECK(run->reran == std::vector<bool>{false, false, true, true});
  CHECK(first_of(run->at({3, 0})) == 4 + (2 + 1) + (30 + 1));
}

TEST_CASE("executor: seed, version and parameters name a result; equal calls run once") {
  std::atomic<int> calls = 0;
  StepInfo step = sum_step(calls);
  plan::Cache cache;
  Plan plan;
  plan.nodes = {node_of(step, 1), node_of(step, 1), node_of(step, 2)};
  const auto run = plan::execute(plan, cache);
  REQUIRE(run);
  CHECK(calls == 2);  // the second is the first
  CHECK(run->at({0, 0}) == run->at({1, 0}));
  plan.seed = 9;
  REQUIRE(plan::execute(plan, cache));
  CHECK(calls == 4);
  step.version = 2;
  REQUIRE(plan::execute(plan, cache));
  CHECK(calls == 6);
  REQUIRE(plan::execute(plan, cache));
  CHECK(calls == 6);
}

TEST_CASE("executor: independent nodes really run at the same time") {
  // Each of the two waits until the other has begun: on one thread this would never end.
  std::latch both(2);
  const StepInfo meet = step_that([&](const StepCall& call, const StepContext&) -> Result<Outputs> {
    both.arrive_and_wait();
    return Outputs{table_of({call.number("add")})};
  });
  Plan plan;
  plan.nodes = {node_of(meet, 1), node_of(meet, 2)};
  plan::Cache cache;
  plan::RunOptions options;
  options.threads = 2;
  CHECK(plan::execute(plan, cache, options));
}

TEST_CASE("executor: a failure names the script's line, and the cache keeps what was done") {
  std::atomic<int> calls = 0;
  const StepInfo sum = sum_step(calls);
  const StepInfo bad = step_that([](const StepCall&, const StepContext&) -> Result<Outputs> {
    return fail(Code::invalid_argument, "too few rows");
  });
  const StepInfo thrower = step_that([](const StepCall&, const StepContext&) -> Result<Outputs> {
    throw std::runtime_error("a surprise");
  });
  const StepInfo hungry = step_that(
      [](const StepCall&, const StepContext&) -> Result<Outputs> { throw std::bad_alloc(); });
  const StepInfo none =
      step_that([](const StepCall&, const StepContext&) -> Result<Outputs> { return Outputs{}; });
  struct Case {
    const StepInfo* step;
    Code code;
    const char* words;
  };
  for (const Case& one : {Case{&bad, Code::invalid_argument, "too few rows"},
                          Case{&thrower, Code::internal, "a surprise"},
                          Case{&hungry, Code::limit, "not enough memory"},
                          Case{&none, Code::internal, "0 results where 1 were declared"}}) {
    INFO(one.words);
    Plan plan;
    plan.nodes = {node_of(sum, 1), node_of(*one.step, 7, {{0, 0}}), node_of(sum, 8, {{1, 0}})};
    plan::Cache cache;
    const auto run = plan::execute(plan, cache);
    REQUIRE_FALSE(run);
    CHECK(run.error().code == one.code);
    CHECK(run.error().message.find("toy.lua:7: toy.other") != std::string::npos);
    CHECK(run.error().message.find(one.words) != std::string::npos);
    CHECK(cache.entries() == 1);
  }
}

TEST_CASE("executor: of several failures the first of the script is reported") {
  std::latch both(2);
  const StepInfo bad = step_that([&](const StepCall&, const StepContext&) -> Result<Outputs> {
    both.arrive_and_wait();
    return fail(Code::bad_data, "no");
  });
  Plan plan;
  plan.nodes = {node_of(bad, 3), node_of(bad, 5)};
  plan::Cache cache;
  plan::RunOptions options;
  options.threads = 2;
  const auto run = plan::execute(plan, cache, options);
  REQUIRE_FALSE(run);
  CHECK(run.error().message.find("toy.lua:3") != std::string::npos);
}

TEST_CASE("executor: a stop from inside a run ends it; what was done is kept and used again") {
  std::atomic<int> calls = 0;
  const StepInfo sum = sum_step(calls);
  std::stop_source stop;
  bool stops = true;
  const StepInfo stopper =
      step_that([&](const StepCall& call, const StepContext& context) -> Result<Outputs> {
        if (stops) stop.request_stop();
        if (!context.progress.report(0.5)) return cancelled();
        return Outputs{table_of({call.number("add")})};
      });
  Plan plan;
  plan.nodes = {node_of(sum, 1), node_of(stopper, 2, {{0, 0}}), node_of(sum, 3, {{1, 0}})};
  plan::Cache cache;
  plan::RunOptions options;
  options.stop = stop.get_token();
  const auto stopped = plan::execute(plan, cache, options);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
  CHECK(calls == 1);
  stops = false;
  const auto run = plan::execute(plan, cache);
  REQUIRE(run);
  CHECK(run->reran == std::vector<bool>{false, true, true});
  CHECK(calls == 2);
}

TEST_CASE("executor: progress only grows and ends at one") {
  std::atomic<int> calls = 0;
  const StepInfo step = sum_step(calls);
  for (const unsigned threads : {1U, 2U}) {
    plan::Cache cache;
    plan::RunOptions options;
    options.threads = threads;
    std::mutex mutex;
    std::vector<double> seen;
    options.on_progress = [&](const plan::NodeEvent& event) {
      const std::lock_guard lock(mutex);
      seen.push_back(event.overall);
    };
    REQUIRE(plan::execute(diamond(step), cache, options));
    REQUIRE(seen.size() == 4);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    CHECK(seen.back() == 1);
  }
}

TEST_CASE("cache: keeps its budget, the least recently used goes first") {
  const auto entry = [](double value) {
    return std::make_shared<const Outputs>(Outputs{table_of(std::vector<double>(1000, value))});
  };
  const std::size_t size = entry(0)->at(0)->bytes();
  REQUIRE(size >= 8000);
  plan::Cache cache(2 * size + size / 2);
  cache.insert(1, entry(1));
  cache.insert(2, entry(2));
  CHECK(cache.bytes() == 2 * size);
  REQUIRE(cache.find(1));  // now 2 is the older one
  cache.insert(3, entry(3));
  CHECK(cache.entries() == 2);
  CHECK(cache.bytes() == 2 * size);
  CHECK_FALSE(cache.find(2));
  CHECK(first_of(cache.find(1)->at(0)) == 1);
  CHECK(first_of(cache.find(3)->at(0)) == 3);

  plan::Cache small(size - 1);
  small.insert(1, entry(1));  // larger than the whole budget
  CHECK(small.entries() == 0);
  cache.clear();
  CHECK(cache.bytes() == 0);
}

TEST_CASE("cache: a table that shares its columns is counted once within an entry") {
  const Frame frame = table_of(std::vector<double>(1000, 1.0))->as_frame();
  const auto both = std::make_shared<const Outputs>(
      Outputs{plan::Artifact::of(frame.slice(0, 500)), plan::Artifact::of(frame.slice(500, 500))});
  plan::Cache cache;
  cache.insert(1, both);
  CHECK(cache.bytes() == frame.bytes());
}

TEST_CASE("executor: a run within a tiny cache is right, only slower") {
  std::atomic<int> calls = 0;
  const StepInfo step = sum_step(calls);
  plan::Cache cache(1);
  for (int turn = 1; turn <= 2; ++turn) {
    const auto run = plan::execute(diamond(step), cache);
    REQUIRE(run);
    CHECK(first_of(run->at({3, 0})) == 11);
    CHECK(calls == 4 * turn);
  }
}

TEST_CASE(
    "executor: what repeats an experiment is left out with all that needs it, unless it is known") {
  std::atomic<int> calls = 0, repeats = 0;
  const StepInfo step = sum_step(calls);
  StepInfo repeated = sum_step(repeats);
  repeated.repeats = "n";
  Plan plan;
  // 0 feeds both sides; 1 is live; 2 is needed by 3 alone, which repeats and feeds 4.
  plan.nodes = {node_of(step, 1), node_of(step, 2, {{0, 0}}), node_of(step, 5),
                node_of(repeated, 3, {{0, 0}, {2, 0}}), node_of(step, 4, {{3, 0}})};
  plan::Cache cache;
  plan::RunOptions options;
  options.leave_repeats = true;
  const auto before = plan::execute(plan, cache, options);
  REQUIRE(before);
  CHECK(before->left == std::vector<bool>{false, false, false, true, true});
  CHECK(first_of(before->at({1, 0})) == 3);
  CHECK_FALSE(before->at({4, 0}));
  CHECK(calls == 2);
  CHECK(repeats == 0);
  const auto asked = plan::execute(plan, cache);
  REQUIRE(asked);
  CHECK(first_of(asked->at({4, 0})) == 4 + 3 + 1 + 5);
  CHECK(repeats == 1);
  const auto after = plan::execute(plan, cache, options);
  REQUIRE(after);
  CHECK(std::count(after->left.begin(), after->left.end(), true) == 0);
  CHECK(first_of(after->at({4, 0})) == 4 + 3 + 1 + 5);
  CHECK(repeats == 1);
}
