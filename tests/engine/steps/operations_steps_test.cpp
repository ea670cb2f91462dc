// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps of the operations room: data.corrupt, simulate.operations, monitor.alerts, monitor.slices.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/plan/step.hpp"
#include "engine/sim/impressions.hpp"
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;

Result<plan::Outputs> operate(const char* name, const test::StepValues& given,
                              const std::map<std::string, Frame>& inputs = {}) {
  test::StepUnderTest step(name);
  for (const auto& [port, frame] : inputs) step.input(port, frame);
  return step.set(given).outputs();
}

Frame operation_clicks() {
  sim::SiteOptions o;
  o.users = 200, o.days = 4, o.seed = 5;
  return *sim::simulate_impressions(o);
}

}  // namespace

TEST_CASE("data.corrupt: exactly the rows of that part and those days are null, or zero") {
  const Frame log = operation_clicks();
  for (const std::string how : {"null", "zero"}) {
    const auto made = operate("data.corrupt",
                              {{"columns", std::vector<std::string>{"post_votes"}},
                               {"where", std::vector<std::string>{"platform", "ios"}},
                               {"how", how},
                               {"from_day", 2.0}},
                              {{"rows", log}});
    REQUIRE(made);
    const Frame& rows = made->front()->as_frame();
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const bool hit =
          log.find("platform")->text(row) == "ios" && log.find("day")->number(row) >= 2;
      const Column& votes = *rows.find("post_votes");
      if (!hit && votes.number(row) != log.find("post_votes")->number(row)) FAIL("row " << row);
      if (hit && how == "null" && !votes.missing(row)) FAIL("row " << row);
      if (hit && how == "zero" && votes.number(row) != 0) FAIL("row " << row);
    }
  }
}

TEST_CASE("data.corrupt: labels, texts that should be zero and parts without rows are refused") {
  const Frame log = operation_clicks();
  const auto refused = [&](const char* column, std::vector<std::string> where, const char* how) {
    return operate("data.corrupt",
                   {{"columns", std::vector<std::string>{column}},
                    {"where", std::move(where)},
                    {"how", std::string(how)}},
                   {{"rows", log}});
  };
  CHECK_FALSE(refused("click", {}, "null"));
  CHECK_FALSE(refused("topic", {}, "zero"));
  CHECK_FALSE(refused("affinity", {"platform", "fridge"}, "null"));
  CHECK_FALSE(refused("affinity", {"platform"}, "null"));
  CHECK(refused("topic", {"platform", "web"}, "null"));
}

TEST_CASE("monitor.alerts: a strong planted incident is caught, and its page names what spoke") {
  const auto world = operate("simulate.operations", {{"days", std::int64_t{21}},
                                                     {"incidents_per_week", 0.0},
                                                     {"segments", false},
                                                     {"plant", std::string("bad_deploy")},
                                                     {"plant_hour", 400.0},
                                                     {"plant_magnitude", 3.0}});
  REQUIRE(world);
  const auto made =
      operate("monitor.alerts",
              {{"watch", std::vector<std::string>{"error_rate", "coverage", "ctr"}},
               {"sigma", 6.0},
               {"corroborate", std::int64_t{2}}},
              {{"signals", (*world)[0]->as_frame()}, {"incidents", (*world)[1]->as_frame()}});
  REQUIRE(made);
  REQUIRE(made->size() == 4);
  const Frame &pages = (*made)[1]->as_frame(), &joint = (*made)[3]->as_frame();
  CHECK(joint.find("recall")->number(0) == 1);
  CHECK(joint.find("delay_hours")->number(0) == 0);
  REQUIRE(pages.rows() >= 1);
  CHECK(pages.find("hour")->number(0) == 400);
  CHECK(std::string(pages.find("signals")->text(0)).find("error_rate") != std::string::npos);
}

TEST_CASE("monitor.embedding: a swap of models is seen by recall, and nothing by nothing") {
  for (const std::string change : {"none", "swap"}) {
    const auto made = operate("monitor.embedding",
                              {{"change", change}, {"days", std::int64_t{4}}, {"change_day", 3.0}});
    REQUIRE(made);
    const Frame& days = made->front()->as_frame();
    CHECK(days.find("recall_at_10")->number(0) > 0.9);
    CHECK((days.find("recall_at_10")->number(3) < 0.7) == (change == "swap"));
  }
}
