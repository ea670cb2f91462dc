// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a simulated log to the value of another policy, step by step.
#include <cmath>

#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;
using test::StepUnderTest;

double cell_of(const Frame& table, const std::string& estimator, const char* column) {
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (table.find("estimator")->text(row) == estimator) return table.find(column)->number(row);
  FAIL("no estimator " << estimator);
  return 0;
}

}  // namespace

TEST_CASE("policy steps: weighted by logged propensities the log tells what the new feed earns") {
  StepUnderTest world("simulate.choices", 3);
  world.set("days", std::int64_t{10}).set("visits_a_day", std::int64_t{4000}).set("explore", 0.3);
  const Frame log = world.table(0), pairs = world.table(1);
  const Frame policy = StepUnderTest("policy.learn").input("log", log).table();
  const Frame table = StepUnderTest("policy.evaluate")
                          .input("log", log)
                          .input("policy", policy)
                          .input("pairs", pairs)
                          .table();
  REQUIRE(table.rows() == 9);
  const double truth = cell_of(table, "IPS", "true_value");
  CHECK(truth > cell_of(table, "logged policy", "true_value"));
  for (const char* estimator : {"logged policy", "IPS", "SNIPS", "DR"}) {
    CAPTURE(estimator);
    CHECK(std::abs(cell_of(table, estimator, "error")) <
          4 * cell_of(table, estimator, "standard_error"));
  }
  CHECK(cell_of(table, "clipped IPS", "value") <= cell_of(table, "IPS", "value"));
}

TEST_CASE("policy steps: guessed propensities are wrong where the policy saw what was not logged") {
  StepUnderTest world("simulate.choices", 3);
  world.set("days", std::int64_t{20}).set("visits_a_day", std::int64_t{5000});
  world.set("explore", 0.4).set("hidden", 2.0);
  const Frame log = world.table(0), pairs = world.table(1);
  const Frame guessed = StepUnderTest("policy.propensity").input("log", log).table();
  CHECK(guessed.rows() == log.rows());
  // Short posts alone: those that the hurried get.
  std::vector<std::string> context, action;
  std::vector<double> target;
  for (std::size_t row = 0; row < pairs.rows(); ++row) {
    context.emplace_back(pairs.find("segment")->text(row));
    action.emplace_back(pairs.find("post")->text(row));
    target.push_back(row % 2 == 0 ? 1.0 / 6 : 0);
  }
  Frame::Builder builder;
  builder.add("context", context).add("action", action).add("target", std::move(target));
  const Frame policy = *std::move(builder).build();
  const auto judged = [&](const Frame& rows) {
    return StepUnderTest("policy.evaluate")
        .input("log", rows)
        .input("policy", policy)
        .input("pairs", pairs)
        .table();
  };
  const Frame honest = judged(log), wrong = judged(guessed);
  CHECK(std::abs(cell_of(honest, "IPS", "error")) < 4 * cell_of(honest, "IPS", "standard_error"));
  CHECK(cell_of(wrong, "IPS", "error") < -4 * cell_of(wrong, "IPS", "standard_error"));
}

TEST_CASE("scenario.bandit: an unknown bandit is told, a known one has its rows") {
  StepUnderTest weeks("scenario.bandit", 2);
  weeks.set("days", std::int64_t{3}).set("visits_a_day", std::int64_t{100});
  weeks.set("repeats", std::int64_t{2});
  CHECK(weeks.table(1).rows() == 2);
  CHECK(weeks.table(0).rows() == 9);  // two bandits and the best possible, three days
  weeks.set("bandits", std::vector<std::string>{"ucb1"});
  CHECK(weeks.error().find("there is no bandit `ucb1`") == 0);
}
