// SPDX-License-Identifier: GPL-3.0-or-later
//
// The steps of change detection: a rate that changes on a known day, detectors over it, and what
// they cost.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/plan/step.hpp"
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;

struct DetectStep : test::StepUnderTest {
  explicit DetectStep(const char* name) : StepUnderTest(name, 3) {}
};

Frame hourly(double change, double rhythm) {
  DetectStep rate("simulate.rate");
  rate.call.parameters["change"] = change;
  rate.call.parameters["rhythm"] = rhythm;
  return rate.table();
}

DetectStep detect_over(const Frame& rows, const char* detector) {
  DetectStep step("monitor.detect");
  step.call.inputs["rows"] = {plan::Artifact::of(rows)};
  step.call.labels["rows"] = {"hours"};
  step.call.parameters["column"] = std::string("rate");
  step.call.parameters["trials"] = std::string("trials");
  step.call.parameters["detector"] = std::string(detector);
  step.call.parameters["baseline_until"] = 14.0;
  step.call.parameters["drift"] = true;
  step.call.parameters["drift_day"] = 28.0;
  return step;
}

}  // namespace

TEST_CASE("simulate.rate: the truth steps up on its day, and the counts follow it") {
  const Frame rows = hourly(0.5, 0);
  REQUIRE(rows.rows() == 42 * 24);
  double before = 0, after = 0, trials = 0;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const bool changed = rows.find("day")->number(row) >= 28;
    CHECK(rows.find("rate_true")->number(row) == Approx(changed ? 0.03 : 0.02));
    trials += rows.find("trials")->number(row);
    (changed ? after : before) += rows.find("events")->number(row);
  }
  CHECK(trials / static_cast<double>(rows.rows()) == Approx(500).epsilon(0.01));
  CHECK(before / (28 * 24 * 500) == Approx(0.02).epsilon(0.03));
  CHECK(after / (14 * 24 * 500) == Approx(0.03).epsilon(0.03));
}

TEST_CASE("monitor.detect: a change of one deviation is found within days, a quiet rate is left") {
  for (const char* detector : {"cusum", "ewma", "page-hinkley"}) {
    const Frame found = detect_over(hourly(0.4, 0), detector).table();
    INFO(detector);
    CHECK(found.rows() == 28 * 24);
    CHECK(found.find("detected")->number(0) == 1);
    CHECK(found.find("first_alarm_delay")->number(0) < 2);
    const Frame quiet = detect_over(hourly(0, 0), detector).table();
    CHECK(quiet.find("alarms")->number(0) <= 5);
  }
}

TEST_CASE("monitor.detect: a daily wave is an alarm until each hour has a level of its own") {
  const Frame rows = hourly(0, 0.9);
  DetectStep plain = detect_over(rows, "cusum"), by_hour = detect_over(rows, "cusum");
  by_hour.call.parameters["season"] = std::string("hour");
  CHECK(plain.table().find("alarms")->number(0) > 8);
  CHECK(by_hour.table().find("alarms")->number(0) < 4);
}

TEST_CASE("monitor.detect: what it cannot watch is said") {
  const Frame rows = hourly(0.3, 0);
  DetectStep step = detect_over(rows, "cusum");
  step.call.parameters["column"] = std::string("rats");
  CHECK(step.error().find("rate") != std::string::npos);
  step = detect_over(rows, "ddm");
  step.call.parameters["trials"] = plan::Value();
  CHECK(step.error().find("ddm watches a rate") != std::string::npos);
  step = detect_over(rows, "ewma");
  step.call.parameters["baseline_until"] = 0.0;
  CHECK(step.error().find("baseline holds 0") != std::string::npos);
}

TEST_CASE("monitor.run_lengths: nominal and measured agree, within the stated error") {
  DetectStep step("monitor.run_lengths");
  step.call.parameters["arls"] = std::vector<double>{200};
  step.call.parameters["detectors"] =
      std::vector<std::string>{"cusum", "ewma", "page-hinkley", "ddm"};
  step.call.parameters["rate"] = 0.1;
  step.call.parameters["trials"] = 200.0;
  const Frame table = step.table();
  REQUIRE(table.rows() == 4);
  for (std::size_t row = 0; row < 4; ++row) {
    INFO(table.find("series")->text(row));
    CHECK(std::abs(table.find("measured_arl")->number(row) - 200) <
          4 * table.find("measured_error")->number(row));
    CHECK(table.find("delay")->number(row) < 200);
  }
  CHECK(table.find("delay")->number(0) < 12);
}
