// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every step says of itself, and the errors of steps on tables that they cannot use.
#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/plan/step.hpp"

namespace {

using namespace rehearse;
using plan::Parameter;
using plan::StepInfo;

const StepInfo& step(const char* name) {
  const StepInfo* found = plan::Registry::instance().find(name);
  INFO(name);
  REQUIRE(found);
  return *found;
}

// A call with every default of the step filled in.
plan::StepCall call_of(const StepInfo& info) {
  plan::StepCall call;
  for (const Parameter& parameter : info.parameters)
    call.parameters[parameter.name] = parameter.initial;
  return call;
}

bool inside(const Parameter& parameter, double value) {
  return value >= parameter.low.value_or(value) && value <= parameter.high.value_or(value);
}

}  // namespace

TEST_CASE("steps: each declares itself in full, and its defaults lie in their ranges") {
  const auto all = plan::Registry::instance().all();
  REQUIRE(all.size() >= 15);
  for (const StepInfo* info : all) {
    INFO(info->name);
    CHECK(info->sentence.size() > 10);
    CHECK(info->sentence.back() == '.');
    CHECK_FALSE(info->example.empty());
    CHECK(info->run);
    CHECK_FALSE(info->outputs.empty());
    if (!info->repeats.empty())
      CHECK(std::any_of(info->parameters.begin(), info->parameters.end(), [&](const auto& one) {
        return one.name == info->repeats && one.type == plan::ParameterType::integer;
      }));
    const std::string help = info->help();
    for (const Parameter& parameter : info->parameters) {
      INFO(parameter.name);
      CHECK(parameter.sentence.size() > 5);
      CHECK(help.find(parameter.sentence) != std::string::npos);
      CHECK(parameter.low.value_or(0) <= parameter.high.value_or(parameter.low.value_or(0)));
      if (const auto* number = std::get_if<double>(&parameter.initial))
        CHECK(inside(parameter, *number));
      if (const auto* whole = std::get_if<std::int64_t>(&parameter.initial))
        CHECK(inside(parameter, static_cast<double>(*whole)));
      if (parameter.type == plan::ParameterType::choice) {
        CHECK(parameter.choices.size() >= 2);
        if (const auto* choice = std::get_if<std::string>(&parameter.initial))
          CHECK(std::count(parameter.choices.begin(), parameter.choices.end(), *choice) == 1);
      }
    }
  }
}

TEST_CASE("steps: a name that was mistyped finds its neighbour; a name is taken once") {
  auto& registry = plan::Registry::instance();
  CHECK(registry.nearest("train.ftlr") == "train.ftrl");
  StepInfo again;
  again.name = "train.ftrl";
  CHECK_FALSE(registry.add(again));
}

TEST_CASE("steps: an empty table is an error that says so, never a crash") {
  Frame::Builder builder;
  builder.add("time", std::vector<double>{}).add("click", std::vector<double>{});
  const plan::ArtifactPtr empty = plan::Artifact::of(*std::move(builder).build());
  for (const char* name : {"train.ftrl", "data.split"}) {
    const StepInfo& info = step(name);
    plan::StepCall call = call_of(info);
    for (const plan::Port& port : info.inputs)
      if (!port.optional) call.inputs[port.name] = {empty};
    if (call.parameters.count("days")) call.parameters["days"] = std::vector<double>{1};
    INFO(name);
    const auto made = info.run(call, {});
    REQUIRE_FALSE(made);
    CHECK(made.error().code != Code::internal);
    CHECK(made.error().message.size() > 10);
  }
}
