// SPDX-License-Identifier: GPL-3.0-or-later
//
// The designs that come with the product, run in full.
#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/plan/executor.hpp"
#include "engine/plan/figure.hpp"
#include "engine/trace/design_library.hpp"
#include "engine/trace/trace.hpp"

namespace {

using namespace rehearse;

trace::DesignLibrary shipped() {
  auto library = trace::DesignLibrary::open({REHEARSE_SOURCE_DIR "/designs"});
  REQUIRE(library);
  return *std::move(library);
}

plan::Plan traced(const trace::DesignEntry& entry, const plan::KnobValues& values = {}) {
  auto plan = trace::trace_file(entry.path, values);
  INFO(entry.path << ": " << (plan ? "" : plan.error().message));
  REQUIRE(plan);
  return *std::move(plan);
}

// A value that the knob may take and does not have.
plan::Value other_value(const plan::Knob& knob) {
  if (knob.kind == plan::Knob::Kind::toggle) return !std::get<bool>(knob.initial);
  if (knob.kind == plan::Knob::Kind::choice)
    return *std::find_if(knob.choices.begin(), knob.choices.end(), [&](const std::string& choice) {
      return plan::Value(choice) != knob.initial;
    });
  if (const auto* whole = std::get_if<std::int64_t>(&knob.initial))
    return static_cast<std::int64_t>(static_cast<double>(*whole) < knob.high ? knob.high
                                                                             : knob.low);
  return std::get<double>(knob.initial) < knob.high ? knob.high : knob.low;
}

std::vector<std::uint64_t> hashes(const plan::Plan& plan) {
  std::vector<std::uint64_t> all;
  for (const plan::Node& node : plan.nodes) all.push_back(node.hash);
  return all;
}

}  // namespace

TEST_CASE("designs: the same to the last digit on one thread and on two; what they expect holds") {
  const trace::DesignLibrary library = shipped();
  REQUIRE(library.designs().size() >= 2);
  for (const trace::DesignEntry& entry : library.designs()) {
    INFO(entry.id);
    const plan::Plan plan = traced(entry);
    plan::Cache first, second;
    plan::RunOptions options;
    options.threads = 1;
    const auto one = plan::execute(plan, first, options);
    options.threads = 2;
    const auto two = plan::execute(plan, second, options);
    REQUIRE(one);
    REQUIRE(two);
    REQUIRE(one->outputs.size() == two->outputs.size());
    std::size_t compared = 0;
    for (std::size_t node = 0; node < one->outputs.size(); ++node) {
      REQUIRE(static_cast<bool>(one->outputs[node]) == static_cast<bool>(two->outputs[node]));
      if (!one->outputs[node]) continue;
      for (std::size_t i = 0; i < one->outputs[node]->size(); ++i, ++compared) {
        INFO(plan.nodes[node].at.line << ": " << plan.nodes[node].step->name);
        CHECK((*one->outputs[node])[i]->as_frame().hash() ==
              (*two->outputs[node])[i]->as_frame().hash());
      }
    }
    CHECK(compared >= plan.nodes.size());
    CHECK_FALSE(one->checks.empty());
    for (const plan::Check& check : one->checks) {
      INFO(check.sentence);
      CHECK(
          (check.state == plan::Check::State::held || check.state == plan::Check::State::inactive));
    }
  }
}

TEST_CASE("designs: every view says what to see, and shows something") {
  const trace::DesignLibrary library = shipped();
  for (const trace::DesignEntry& entry : library.designs()) {
    const plan::Plan plan = traced(entry);
    plan::Cache cache;
    const auto run = plan::execute(plan, cache);
    REQUIRE(run);
    CHECK_FALSE(plan.views.empty());
    for (const plan::View& view : plan.views) {
      INFO(entry.id << ":" << view.at.line << ": " << view.title);
      CHECK_FALSE(view.title.empty());
      CHECK(view.see.size() > 20);
      CHECK(plan::figure_of(view, *run).data.rows() > 0);
    }
  }
}

TEST_CASE("designs: a challenge is not won by doing nothing") {
  const trace::DesignLibrary library = shipped();
  for (const trace::DesignEntry& entry : library.designs()) {
    INFO(entry.id);
    const plan::Plan plan = traced(entry);
    if (plan.challenge.empty()) continue;
    plan::Cache cache;
    const auto run = plan::execute(plan, cache);
    REQUIRE(run);
    REQUIRE_FALSE(run->goals.empty());
    CHECK(std::any_of(run->goals.begin(), run->goals.end(), [](const plan::Check& goal) {
      return goal.state == plan::Check::State::broken;
    }));
  }
}

TEST_CASE("designs: every knob changes what is computed") {
  const trace::DesignLibrary library = shipped();
  for (const trace::DesignEntry& entry : library.designs()) {
    const plan::Plan before = traced(entry);
    for (const plan::Knob& knob : before.knobs) {
      INFO(entry.id << ": " << knob.name);
      const plan::Plan after = traced(entry, {{knob.name, other_value(knob)}});
      CHECK(hashes(before) != hashes(after));
    }
  }
}
