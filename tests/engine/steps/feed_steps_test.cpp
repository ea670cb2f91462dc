// SPDX-License-Identifier: GPL-3.0-or-later
//
// Weeks of a feed, the front of its weights and the path of its requests, step by step.
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;
using test::StepUnderTest;

StepUnderTest few_weeks(const char* name) {
  StepUnderTest step(name, 3);
  step.set("users", std::int64_t{30}).set("days", std::int64_t{14});
  return step.set("posts", std::int64_t{30});
}

StepUnderTest cascade(const char* name) {
  StepUnderTest step(name, 3);
  step.set("rows", std::vector<double>{2000, 100}).set("us", std::vector<double>{0.5, 40});
  return step.set("requests", std::int64_t{4000});
}

}  // namespace

TEST_CASE("simulate.feed: the summary is that of the days and of the users") {
  StepUnderTest step = few_weeks("simulate.feed");
  step.set("dwell", 1.0).set("name", std::string("balanced"));
  const Frame summary = step.table(0), daily = step.table(1), users = step.table(2);
  CHECK(summary.find("policy")->text(0) == "balanced");
  double clicks = 0, by_user = 0;
  for (std::size_t d = 0; d < daily.rows(); ++d) clicks += daily.find("clicks")->number(d);
  for (std::size_t u = 0; u < users.rows(); ++u)
    by_user += users.find("expected_clicks")->number(u) / 30;
  CHECK(summary.find("clicks")->number(0) == Approx(clicks));
  CHECK(by_user == Approx(clicks));
  CHECK(step.table(3).find("click_probability")->role() == Role::truth);
}

TEST_CASE("simulate.feed: what is served changes what is shown; an endless line is told") {
  const Frame alone = few_weeks("simulate.feed").table(0);
  StepUnderTest path = cascade("serve.path");
  path.set("cached", 0.5).set("deadline_ms", 20.0);
  StepUnderTest step = few_weeks("simulate.feed");
  step.input("served", path.table(0));
  const Frame beside_cost = step.table(0);
  CHECK(beside_cost.find("clicks")->number(0) < alone.find("clicks")->number(0));
  CHECK(beside_cost.find("cost_per_month")->number(0) ==
        path.table(0).find("cost_per_month")->number(0));
  path.set("deadline_ms", 0.0).set("rate", 1e5);
  step.input("served", path.table(0));
  CHECK(step.error().find("the line grows for ever") != std::string::npos);
  step.input("served", alone);
  CHECK(step.error().find("cached") != std::string::npos);
}

TEST_CASE("simulate.feed: beside another policy the changes are shares of its figures") {
  const Frame base = few_weeks("simulate.feed").table(0);
  StepUnderTest step = few_weeks("simulate.feed");
  step.set("report", 40.0).input("beside", base);
  const Frame changed = step.table(0);
  CHECK(changed.find("visits_change")->number(0) ==
        Approx(changed.find("visits")->number(0) / base.find("visits")->number(0) - 1));
  step.input("beside", few_weeks("simulate.feed").table(1));
  CHECK(step.error().find("there is no column") != std::string::npos);
}

TEST_CASE("data.stack: rows of several tables, each with its name") {
  const Frame users = few_weeks("simulate.feed").table(2);
  StepUnderTest step("data.stack");
  step.call.inputs["tables"] = {plan::Artifact::of(users), plan::Artifact::of(users.slice(0, 3))};
  step.call.labels["tables"] = {"a", "b"};
  Frame stacked = step.table();
  CHECK(stacked.rows() == 33);
  CHECK(stacked.find("arm")->text(32) == "b");
  step.set("names", std::vector<std::string>{"only one"});
  CHECK(step.error() == "2 tables and 1 names; each table has one of its own");
}

TEST_CASE("simulate.feed_sweep: each row is what simulate.feed says of its weights") {
  StepUnderTest sweep = few_weeks("simulate.feed_sweep");
  sweep.set("dwell_values", std::vector<double>{0, 2});
  sweep.set("report_values", std::vector<double>{0, 10, 40});
  const Frame table = sweep.table();
  REQUIRE(table.rows() == 6);
  CHECK(table.find("dwell")->number(4) == 2);
  CHECK(table.find("report")->number(4) == 10);
  StepUnderTest one = few_weeks("simulate.feed");
  one.set("dwell", 2.0).set("report", 10.0);
  CHECK(one.table(0).find("visits")->number(0) == table.find("visits")->number(4));
  sweep.set("noise_values", std::vector<double>(100, 1));
  CHECK(sweep.error().find("more than 400 combinations") == 0);
}

TEST_CASE("measure.pareto: marks rows and keeps the front in order") {
  Frame::Builder builder;
  builder.add("cost", std::vector<double>{3, 1, 2, 2})
      .add("worth", std::vector<double>{9, 4, 7, 5});
  builder.add("name", std::vector<std::string>{"a", "b", "c", "d"});
  StepUnderTest step("measure.pareto");
  step.input("rows", *std::move(builder).build());
  step.set("columns", std::vector<std::string>{"cost", "worth"});
  step.set("better", std::vector<std::string>{"low", "high"});
  const Frame front = step.table(1);
  REQUIRE(front.rows() == 3);
  CHECK(front.find("name")->text(0) == "b");
  CHECK(step.table(0).find("front")->text(3) == "beaten");
  step.set("better", std::vector<std::string>{"low", "lower"});
  CHECK(step.error() == "better: `lower`; write high or low for each column");
  step.set("better", std::vector<std::string>{}).set("columns", std::vector<std::string>{"name"});
  CHECK(step.error() == "the column `name` holds texts; a front needs numbers");
}

TEST_CASE("serve.path_sweep: the same requests at every value, and its row is serve.path's") {
  StepUnderTest sweep = cascade("serve.path_sweep");
  sweep.set("vary", std::string("cached")).set("values", std::vector<double>{0, 0.5, 0.9});
  const Frame table = sweep.table();
  REQUIRE(table.rows() == 9);
  CHECK(table.find("latency_ms")->number(8) < table.find("latency_ms")->number(2));
  StepUnderTest path = cascade("serve.path");
  path.set("cached", 0.5);
  CHECK(path.table(0).find("p99_ms")->number(0) == table.find("latency_ms")->number(4));
  sweep.set("vary", std::string("servers")).set("values", std::vector<double>{1.5});
  CHECK(sweep.error() == "1.5 servers; give a whole number");
  path.set("us", std::vector<double>{1});
  CHECK(path.error().find("2 numbers of rows and 1 prices") == 0);
}
