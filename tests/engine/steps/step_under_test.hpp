// SPDX-License-Identifier: GPL-3.0-or-later
//
// A step called without a design: its defaults, what a test sets, and its tables or its error.
#pragma once

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "engine/plan/artifact.hpp"
#include "engine/plan/step.hpp"

namespace rehearse::test {

using StepValues = std::map<std::string, plan::Value>;

struct StepUnderTest {
  explicit StepUnderTest(const char* name, std::uint64_t with_seed = 0)
      : info(plan::Registry::instance().find(name)), seed(with_seed) {
    REQUIRE(info);
    for (const plan::Parameter& parameter : info->parameters)
      call.parameters[parameter.name] = parameter.initial;
  }
  StepUnderTest& set(const std::string& name, plan::Value value) {
    INFO(name);
    REQUIRE(call.parameters.count(name));
    call.parameters[name] = std::move(value);
    return *this;
  }
  StepUnderTest& set(const StepValues& values) {
    for (const auto& [name, value] : values) set(name, value);
    return *this;
  }
  StepUnderTest& input(const std::string& port, const Frame& rows) {
    call.inputs[port] = {plan::Artifact::of(rows)};
    return *this;
  }
  Result<plan::Outputs> outputs() const {
    plan::StepContext context;
    context.seed = seed;
    return info->run(call, context);
  }
  Frame table(std::size_t output = 0) const {
    auto made = outputs();
    INFO((made ? "" : made.error().message));
    REQUIRE(made);
    return made->at(output)->as_frame();
  }
  // Empty where there is none.
  std::string error() const {
    const auto made = outputs();
    return made ? "" : made.error().message;
  }

  const plan::StepInfo* info;
  plan::StepCall call;
  std::uint64_t seed;
};

}  // namespace rehearse::test
