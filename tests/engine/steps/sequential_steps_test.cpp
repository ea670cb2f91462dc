// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps about stopping early and rolling out: what they say, and when they say that they cannot.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/plan/step.hpp"
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;

using StoppingCall = test::StepUnderTest;

double number(const Frame& frame, const char* column, std::size_t row = 0) {
  REQUIRE(frame.find(column));
  return frame.find(column)->number(row);
}

Frame users_of_two_arms() {
  std::vector<std::string> arm;
  std::vector<double> day, activated;
  for (int i = 0; i < 2000; ++i) {
    arm.emplace_back(i % 2 ? "new" : "control"), day.push_back(i / 200);
    activated.push_back(i % 2 ? i % 5 < 2 : i % 4 == 0 && i % 3 == 0);
  }
  Frame::Builder builder;
  builder.add("arm", arm).add("day", std::move(day)).add("activated", std::move(activated));
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("experiment.boundaries: Pocock's bound for five looks, and what rules cost") {
  StoppingCall step("experiment.boundaries");
  step.call.parameters["rules"] = std::vector<std::string>{"pocock", "naive"};
  CHECK(number(step.table(0), "z", 4) == Approx(2.4132).margin(1e-4));
  CHECK(number(step.table(1), "false_positives", 1) == Approx(0.142).margin(0.001));
  step.call.parameters["rules"] = std::vector<std::string>{"hope"};
  CHECK(step.error().find("obrien-fleming") != std::string::npos);
}

TEST_CASE("experiment.peeking: measured beside integrated, and no winners without any") {
  StoppingCall step("experiment.peeking");
  const Frame summary = step.table(1);
  CHECK(number(summary, "by_integration") == Approx(0.248).margin(0.001));
  CHECK(number(summary, "called") == Approx(0.248).margin(0.05));
  CHECK(summary.find("times_the_truth")->missing(0));
  CHECK(step.table(0).rows() == 2 * 3 * 20);
  step.call.parameters["looks"] = std::int64_t{7};
  CHECK(step.error().find("multiple") != std::string::npos);
}

TEST_CASE("experiment.sequential: a table of users is watched day by day, and decides at once") {
  StoppingCall step("experiment.sequential");
  step.call.parameters["looks"] = std::int64_t{10};
  step.call.inputs["rows"] = {plan::Artifact::of(users_of_two_arms())};
  const Frame verdicts = step.table(1);
  CHECK(verdicts.find("verdict")->cell(0) == "treatment better");
  CHECK(number(verdicts, "day") >= 1);
  step.call.parameters["outcome"] = std::string("day");
  CHECK(step.error().find("0 or 1") != std::string::npos);
  step.call.parameters["outcome"] = std::string("nothing");
  CHECK_FALSE(step.error().empty());
  step.call.parameters["outcome"] = std::string("activated");
  step.call.parameters["arm"] = std::string("day");
  CHECK(step.error().find("two arms") != std::string::npos);
}

TEST_CASE("serve.canary_size: failures of four in a thousand need more than a glance") {
  StoppingCall step("serve.canary_size");
  const Frame size = step.table(0);
  CHECK(number(size, "minutes") == Approx(number(size, "events") / 30));
  CHECK(step.table(1).rows() > 10);
  step.call.parameters["change"] = -0.3;
  CHECK(step.error().find("between 0 and 1") != std::string::npos);
}

TEST_CASE("serve.rollout and serve.canary: faults by name, one deploy minute by minute") {
  StoppingCall step("serve.rollout");
  step.call.parameters["deploys"] = std::int64_t{5};
  CHECK(step.table(0).rows() == 8);
  CHECK(number(step.table(1), "hours") == Approx(5));
  step.call.parameters["minutes"] = std::vector<double>{10, 20};
  CHECK(step.error().find("one for each") != std::string::npos);
  StoppingCall canary("serve.canary");
  CHECK(canary.table(1).find("verdict")->cell(0) == "rolled back");
  CHECK(canary.table(0).rows() > 10);
}

TEST_CASE(
    "serve.latency_cost: the best size has no regret; intervals cover; too long a wait is said") {
  StoppingCall step("serve.latency_cost");
  const double best = number(step.table(2), "best_size");
  step.call.parameters["size"] = best;
  CHECK(number(step.table(2), "regret_of_chosen") == Approx(0).margin(1e-9));
  const Frame repeats = step.table(3);
  double covered = 0;
  for (std::size_t row = 0; row < repeats.rows(); ++row) {
    CHECK(number(repeats, "regret", row) >= -1e-12);
    covered += number(repeats, "covered", row);
  }
  CHECK(covered / static_cast<double>(repeats.rows()) == Approx(0.95).margin(0.05));
  step.call.parameters["delay"] = 1e4;
  step.call.parameters["elasticity"] = 0.5;
  CHECK(step.error().find("conversion") != std::string::npos);
}

namespace {

// Scores a row by a column of it.
class ColumnScorer : public Scorer {
 public:
  explicit ColumnScorer(std::string column) : column_(std::move(column)) {}
  Result<std::vector<double>> score(const Frame& rows) const override {
    auto column = rows.require(column_);
    if (!column) return fail(column.error());
    return (*column)->numbers();
  }
  std::string describe() const override { return column_; }
  std::size_t bytes() const override { return sizeof(*this); }

 private:
  std::string column_;
};

plan::ArtifactPtr scorer_of(const char* column) {
  return plan::Artifact::of(ScorerPtr(std::make_shared<ColumnScorer>(column)));
}

// 100 rows: the old scores act on the first 40 (of which 20 are positive), the new on 20 (15).
Frame decisions() {
  std::vector<double> before, after, click;
  for (int i = 0; i < 100; ++i) {
    click.push_back(i < 20 || i >= 95), before.push_back(i < 40 ? 0.9 : 0.1);
    after.push_back(i >= 5 && i < 25 ? 0.8 : 0.2);
  }
  Frame::Builder builder;
  builder.add("old", std::move(before)).add("new", std::move(after));
  builder.add("click", std::move(click), {.role = Role::label});
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("serve.impact: precision and recall before and after, by hand") {
  StoppingCall step("serve.impact");
  step.call.inputs = {{"before", {scorer_of("old")}},
                      {"after", {scorer_of("new")}},
                      {"on", {plan::Artifact::of(decisions())}}};
  const Frame table = step.table(0);
  CHECK(number(table, "before") == Approx(0.5));
  CHECK(number(table, "after") == Approx(0.75));
  CHECK(number(table, "change") == Approx(0.25));
  CHECK(number(table, "before", 1) == Approx(20.0 / 25));
  CHECK(number(table, "after", 1) == Approx(15.0 / 25));
  CHECK(number(table, "hurt", 1) == Approx(5));
  const double error = std::sqrt(0.25 / 40 + 0.1875 / 20);
  CHECK(number(table, "half_width") == Approx(1.959964 * error));
  step.call.parameters["threshold"] = 0.85;
  CHECK(step.error().find("after the release never acts") != std::string::npos);
}

TEST_CASE("serve.shadow: decisions, a sample by buckets, and rows that do not match") {
  StoppingCall step("serve.shadow");
  step.call.inputs = {{"live", {scorer_of("old")}},
                      {"candidate", {scorer_of("new")}},
                      {"on", {plan::Artifact::of(decisions())}}};
  step.call.parameters["threshold"] = 0.5;
  const Frame report = step.table(0);
  CHECK(number(report, "same_decision") == Approx(0.8));
  CHECK(number(report, "same_at_least") < 0.8);
  step.call.parameters["share"] = 0.3;
  const double sampled = number(step.table(0), "requests");
  CHECK(sampled > 10);
  CHECK(sampled < 60);
  step.call.inputs["seen"] = {plan::Artifact::of(decisions().slice(0, 50))};
  CHECK(step.error().find("same requests") != std::string::npos);
}
