// SPDX-License-Identifier: GPL-3.0-or-later
//
// The serving steps: what they report of a queue, and when they say that they cannot.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/plan/step.hpp"

namespace {

using namespace rehearse;

plan::StepCall serve_call(const plan::StepInfo& info) {
  plan::StepCall call;
  for (const plan::Parameter& parameter : info.parameters)
    call.parameters[parameter.name] = parameter.initial;
  return call;
}

const plan::StepInfo& serve_step(const char* name) {
  const plan::StepInfo* info = plan::Registry::instance().find(name);
  REQUIRE(info);
  return *info;
}

}  // namespace

TEST_CASE("serve.queue: reports the formula beside the simulation, and why a full line has none") {
  const plan::StepInfo& info = serve_step("serve.queue");
  plan::StepCall call = serve_call(info);
  call.parameters["service_ms"] = 4.0;
  call.parameters["rate"] = 150.0;
  const auto outputs = info.run(call, {});
  REQUIRE(outputs);
  const Frame& report = (*outputs)[0]->as_frame();
  CHECK(report.find("mean_ms")->number(0) ==
        Approx(report.find("mean_by_formula_ms")->number(0)).epsilon(0.05));
  CHECK(report.find("utilization")->number(0) == Approx(0.6));
  CHECK((*outputs)[1]->as_frame().rows() == 20000);

  call.parameters["rate"] = 300.0;
  const auto full = info.run(call, {});
  REQUIRE(full);
  CHECK((*full)[0]->as_frame().find("p99_ms")->missing(0));
  CHECK((*full)[0]->as_frame().find("why")->cell(0).find("grows for ever") != std::string::npos);

  call.parameters["service_ms"] = plan::Value();
  CHECK(info.run(call, {}).error().message.find("service_ms") != std::string::npos);
}

TEST_CASE("serve.load: the latency rises with the load, and the formula lies on the mean") {
  const plan::StepInfo& info = serve_step("serve.load");
  plan::StepCall call = serve_call(info);
  call.parameters["service_ms"] = 4.0;
  const auto outputs = info.run(call, {});
  REQUIRE(outputs);
  const Frame& table = (*outputs)[0]->as_frame();
  double first = 0, last = 0;
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (table.find("series")->text(row) == "p99")
      last = table.find("latency_ms")->number(row), first = first > 0 ? first : last;
  CHECK(last > 3 * first);
}
