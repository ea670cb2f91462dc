// SPDX-License-Identifier: GPL-3.0-or-later
//
// The steps of experiments: each on a log whose truth is known, and the calls that they refuse.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/plan/artifact.hpp"
#include "engine/plan/step.hpp"
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;
using Catch::Matchers::Contains;

// Half of the users are treated; six in ten of them use what they were given. The effect of being
// assigned is 0.6 · 0.1 on the rate; one in eight outcomes of the treated is lost.
Frame experiment_log() {
  std::vector<std::string> arm, country;
  std::vector<double> user, outcome, used, before, day, truth, complier, taking, abuse;
  std::vector<std::uint8_t> seen;
  for (int i = 0; i < 4000; ++i) {
    Stream stream(3, "steps.experiment", 0, static_cast<std::uint64_t>(i));
    const bool treated = stream.bernoulli(0.5), complies = stream.bernoulli(0.6);
    const double x = stream.normal();
    user.push_back(i), arm.emplace_back(treated ? "treatment" : "control");
    country.push_back("c" + std::to_string(stream.below(5)));
    before.push_back(x), complier.push_back(complies), used.push_back(treated && complies);
    outcome.push_back(stream.bernoulli(0.3 + 0.1 * std::tanh(x) + 0.1 * used.back()));
    truth.push_back(complies ? 0.1 : 0), taking.push_back(0.1);
    day.push_back(static_cast<double>(stream.below(14)));
    abuse.push_back(stream.bernoulli(0.02));
    seen.push_back(!(treated && stream.bernoulli(0.125)));
  }
  Frame::Builder builder;
  builder.add("user", std::move(user))
      .add("arm", arm)
      .add("country", country)
      .add("before", std::move(before), {.role = Role::feature})
      .add("day", std::move(day))
      .add("used", std::move(used))
      .add("abuse", std::move(abuse))
      .add("answered", outcome)
      .missing(std::move(seen))
      .add("activated", std::move(outcome), {.role = Role::label})
      .add("activated_effect", std::move(truth), {.role = Role::truth})
      .add("complier", std::move(complier), {.role = Role::truth})
      .add("taking", std::move(taking), {.role = Role::truth});
  return *std::move(builder).build();
}

struct ExperimentStep : test::StepUnderTest {
  explicit ExperimentStep(const char* name) : StepUnderTest(name) {
    if (!info->inputs.empty()) input(info->inputs.front().name, experiment_log());
  }
};

double cell(const Frame& table, const char* column, std::size_t row) {
  const Column* found = table.find(column);
  REQUIRE(found);
  return found->number(row);
}

using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;

}  // namespace

TEST_CASE("experiment.compare: methods side by side, with the truth of the log") {
  const Frame table = ExperimentStep("experiment.compare")
                          .set("methods", Texts{"plain", "cuped", "regression"})
                          .set("covariates", Texts{"before"})
                          .table();
  REQUIRE(table.rows() == 3);
  for (std::size_t row = 0; row < 3; ++row) {
    CHECK(cell(table, "true_effect", row) == Approx(0.06).margin(0.005));
    CHECK(cell(table, "effect", row) == Approx(0.06).margin(0.06));
  }
  CHECK(cell(table, "standard_error", 1) < cell(table, "standard_error", 0));
  CHECK(table.find("true_effect")->role() == Role::truth);
  CHECK_THAT(ExperimentStep("experiment.compare").set("methods", Texts{"cupid"}).error(),
             Contains("did you mean"));
  CHECK_THAT(ExperimentStep("experiment.compare").set("treatment", std::string("new")).error(),
             Contains("control, treatment"));
}

TEST_CASE("experiment.assign: blocks balance every country, hashing keeps a ramp's arms") {
  const Frame blocked = ExperimentStep("experiment.assign")
                            .set("unit", std::string("user"))
                            .set("blocks", Texts{"country"})
                            .set("as_column", std::string("dealt"))
                            .table();
  std::map<std::string, int> balance;
  for (std::size_t row = 0; row < blocked.rows(); ++row)
    balance[blocked.find("country")->cell(row)] +=
        blocked.find("dealt")->text(row) == "control" ? 1 : -1;
  for (const auto& [country, difference] : balance) CHECK(std::abs(difference) <= 1);
  const Frame tenth = ExperimentStep("experiment.assign")
                          .set("unit", std::string("user"))
                          .set("exposed", 0.1)
                          .table(),
              all = ExperimentStep("experiment.assign").set("unit", std::string("user")).table();
  for (std::size_t row = 0; row < tenth.rows(); ++row)
    if (!tenth.find("arm")->missing(row))
      CHECK(tenth.find("arm")->text(row) == all.find("arm")->text(row));
  CHECK(tenth.find("arm")->missing_count() == Approx(3600).margin(100));
}

TEST_CASE("experiment.srm: a planned ratio that the log does not have blocks the verdict") {
  CHECK(cell(ExperimentStep("experiment.srm").table(), "blocked", 0) == 0);
  CHECK(cell(ExperimentStep("experiment.srm").set("weights", Numbers{9, 1}).table(), "blocked",
             0) == 1);
}

TEST_CASE("experiment.segments: the correction decides what is called an effect") {
  ExperimentStep step("experiment.segments");
  step.set("by", std::string("country"));
  const Frame table = step.table();
  REQUIRE(table.rows() == 5);
  for (std::size_t row = 0; row < 5; ++row)
    CHECK(cell(table, "called", row) == (cell(table, "p_holm", row) < 0.05));
  const Frame raw = step.set("correction", std::string("none")).table();
  for (std::size_t row = 0; row < 5; ++row)
    CHECK(cell(raw, "adjusted_p", row) == cell(raw, "p", row));
}

TEST_CASE("experiment.power: at one point and along a curve") {
  ExperimentStep step("experiment.power");
  const Frame one = step.table();
  CHECK(cell(one, "per_arm", 0) == 25580);
  const Frame curve = step.set("over", std::string("units"))
                          .set("from", 100.0)
                          .set("to", 100000.0)
                          .set("points", std::int64_t{5})
                          .table();
  REQUIRE(curve.rows() == 5);
  for (std::size_t row = 1; row < 5; ++row) {
    CHECK(cell(curve, "power", row) > cell(curve, "power", row - 1));
    CHECK(cell(curve, "detectable", row) < cell(curve, "detectable", row - 1));
  }
}

TEST_CASE("experiment.bayes: rates by Beta posteriors") {
  const Frame table = ExperimentStep("experiment.bayes").table();
  CHECK(cell(table, "probability_better", 0) > 0.5);
  CHECK(cell(table, "ci_low", 0) < cell(table, "effect", 0));
  CHECK(cell(table, "loss_if_shipped", 0) < cell(table, "loss_if_kept", 0));
}

TEST_CASE(
    "experiment.attrition: losses that differ are seen, and worst case bounds hold the truth") {
  const Frame table =
      ExperimentStep("experiment.attrition").set("outcome", std::string("answered")).table();
  REQUIRE(table.rows() == 5);
  CHECK(cell(table, "p", 0) < 1e-6);
  CHECK(cell(table, "effect", 0) == Approx(-0.125).margin(0.03));
  CHECK(cell(table, "ci_low", 4) < 0.06);
  CHECK(cell(table, "ci_high", 4) > 0.06);
  CHECK(cell(table, "ci_low", 3) < cell(table, "ci_high", 3));
}

TEST_CASE("experiment.instrument: the effect on compliers is that of taking") {
  ExperimentStep step("experiment.instrument");
  step.set("outcome", std::string("activated"))
      .set("taken", std::string("used"))
      .set("compliers", std::string("complier"))
      .set("taking_effect", std::string("taking"));
  const Frame table = step.table();
  CHECK(cell(table, "true_effect", 0) == Approx(0.06).margin(0.005));
  CHECK(cell(table, "true_effect", 3) == Approx(0.1));
  CHECK(cell(table, "covers_truth", 3) == 1);
  CHECK(cell(table, "effect", 3) == Approx(cell(table, "effect", 0) / cell(table, "effect", 5)));
  CHECK(cell(table, "weak", 0) == 0);
}

TEST_CASE("experiment.guardrails: a metric with its threshold and its direction") {
  ExperimentStep step("experiment.guardrails");
  step.set("metrics", Texts{"abuse", "activated"}).set("thresholds", Numbers{0.03, 0.02});
  step.set("worse", Texts{"up", "down"});
  const Frame table = step.table();
  CHECK(table.find("state")->text(0) == "safe");
  CHECK(table.find("state")->text(1) == "safe");
  CHECK_THAT(step.set("worse", Texts{"up"}).error(), Contains("each metric"));
  CHECK_THAT(step.set("worse", Texts{"up", "sideways"}).error(), Contains("sideways"));
}

TEST_CASE("experiment.by_day: one line a series and the test of a trend") {
  const Frame table =
      ExperimentStep("experiment.by_day").set("outcome", std::string("activated")).table();
  CHECK(table.rows() == 3 * 14);
  CHECK(cell(table, "slope_p", 0) > 0.001);
}
