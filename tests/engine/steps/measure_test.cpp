// SPDX-License-Identifier: GPL-3.0-or-later
//
// The steps that measure, decide and calibrate by segment, on a small simulated site.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/plan/step.hpp"
#include "engine/sim/impressions.hpp"
#include "engine/steps/marshal.hpp"

namespace {

using namespace rehearse;

struct Given {
  std::map<std::string, std::vector<plan::ArtifactPtr>> inputs;
  std::map<std::string, plan::Value> parameters;
};

Result<plan::Outputs> run_step(const char* name, const Given& given) {
  const plan::StepInfo* info = plan::Registry::instance().find(name);
  INFO(name);
  REQUIRE(info);
  plan::StepCall call;
  for (const plan::Parameter& parameter : info->parameters)
    call.parameters[parameter.name] = parameter.initial;
  for (const auto& [key, value] : given.parameters) call.parameters[key] = value;
  call.inputs = given.inputs;
  for (const auto& [port, artifacts] : call.inputs)
    for (std::size_t i = 0; i < artifacts.size(); ++i)
      call.labels[port].push_back("model " + std::to_string(i + 1));
  return info->run(call, {});
}

plan::ArtifactPtr made(const Result<plan::Outputs>& outputs) {
  if (!outputs) FAIL(outputs.error().message);
  return outputs->front();
}

const plan::ArtifactPtr& week() {
  static const plan::ArtifactPtr log = [] {
    sim::SiteOptions options;
    options.users = 800, options.days = 10;
    return plan::Artifact::of(*sim::simulate_impressions(options));
  }();
  return log;
}

// The truth, raised by a factor in the odds: ranks perfectly and promises too much.
class Boastful : public Scorer {
 public:
  explicit Boastful(double odds) : odds_(odds) {}
  Result<std::vector<double>> score(const Frame& rows) const override {
    std::vector<double> scores = steps::truth_of(rows);
    for (double& p : scores) p = odds_ * p / (odds_ * p + 1 - p);
    return scores;
  }
  std::string describe() const override { return "boastful"; }
  std::size_t bytes() const override { return sizeof(*this); }

 private:
  double odds_;
};
plan::ArtifactPtr boastful(double odds) {
  return plan::Artifact::of(ScorerPtr(std::make_shared<Boastful>(odds)));
}

double number(const plan::ArtifactPtr& table, const char* column, std::size_t row) {
  auto found = table->as_frame().require(column);
  INFO(column);
  REQUIRE(found);
  return (*found)->number(row);
}

std::vector<std::string> texts(const char* a) { return {a}; }

}  // namespace

TEST_CASE("measure.compare: a row a model and the truth last, which nobody beats") {
  const auto table = made(run_step(
      "measure.compare",
      {{{"models", {boastful(1), boastful(4)}}, {"on", {week()}}},
       {{"metrics", std::vector<std::string>{"log_loss", "excess_log_loss", "roc_auc"}}}}));
  REQUIRE(table->as_frame().rows() == 3);
  CHECK(number(table, "excess_log_loss", 0) == Approx(0).margin(1e-12));
  CHECK(number(table, "excess_log_loss", 1) > 0.3);
  CHECK(number(table, "roc_auc", 0) == Approx(number(table, "roc_auc", 1)));
  CHECK(number(table, "log_loss", 2) < number(table, "log_loss", 1));
  CHECK_FALSE(run_step("measure.compare",
                       {{{"models", {boastful(1)}}, {"on", {week()}}}, {{"metrics", texts("x")}}}));
}

TEST_CASE("calibrate: every map mends a model that promises too much, and none moves the order") {
  for (const char* name : {"calibrate.platt", "calibrate.platt_raw", "calibrate.isotonic",
                           "calibrate.beta", "calibrate.histogram"}) {
    INFO(name);
    const auto fixed = made(run_step(name, {{{"model", {boastful(4)}}, {"on", {week()}}}, {}}));
    const auto table = made(
        run_step("measure.compare",
                 {{{"models", {fixed, boastful(4)}}, {"on", {week()}}},
                  {{"metrics", std::vector<std::string>{"calibration_ratio", "missed_roc_auc"}}}}));
    CHECK(number(table, "calibration_ratio", 0) == Approx(1).epsilon(0.02));
    CHECK(number(table, "calibration_ratio", 1) > 2);
    CHECK(number(table, "missed_roc_auc", 0) < 0.05);
  }
}

TEST_CASE("calibrate.segments and per_segment: maps by platform, measured by platform") {
  const plan::Value by = texts("platform");
  for (const auto& [name, more] :
       {std::pair<const char*, std::map<std::string, plan::Value>>{"calibrate.segments", {}},
        {"calibrate.per_segment", {{"method", std::string("isotonic")}}}}) {
    INFO(name);
    auto parameters = more;
    parameters["by"] = by;
    const auto fixed =
        made(run_step(name, {{{"model", {boastful(3)}}, {"on", {week()}}}, parameters}));
    const auto table =
        made(run_step("measure.segments", {{{"models", {fixed}}, {"on", {week()}}},
                                           {{"by", by}, {"metrics", texts("calibration_ratio")}}}));
    REQUIRE(table->as_frame().rows() >= 2);
    for (std::size_t row = 0; row < table->as_frame().rows(); ++row) {
      CHECK(number(table, "calibration_ratio", row) == Approx(1).epsilon(0.15));
      CHECK(number(table, "label_low", row) <= number(table, "mean_label", row));
      CHECK(number(table, "mean_label", row) <= number(table, "label_high", row));
      if (row > 0) CHECK(number(table, "rows", row) <= number(table, "rows", row - 1));
    }
  }
  CHECK_FALSE(run_step("measure.segments",
                       {{{"models", {boastful(1)}}, {"on", {week()}}},
                        {{"by", texts("impression_id")}, {"metrics", texts("log_loss")}}}));
}

TEST_CASE("decide.threshold: the closed form earns the best possible only for true probabilities") {
  const auto decide = [](double odds, const char* choose) {
    return made(run_step("decide.threshold", {{{"model", {boastful(odds)}}, {"on", {week()}}},
                                              {{"choose", std::string(choose)}}}));
  };
  const auto table =
      made(run_step("measure.utility", {{{"decisions",
                                          {decide(1, "closed form"), decide(6, "closed form"),
                                           decide(6, "empirical"), decide(6, "fixed")}},
                                         {"on", {week()}}},
                                        {}}));
  REQUIRE(table->as_frame().rows() == 5);
  CHECK(number(table, "share_of_best", 0) == Approx(1));
  CHECK(number(table, "share_of_best", 1) < 0.5);
  CHECK(number(table, "share_of_best", 2) > 0.9);
  CHECK(number(table, "threshold", 1) == Approx(0.05 / 1.05));
  CHECK(number(table, "threshold", 3) == Approx(0.5));
  CHECK(number(table, "expected_earned", 4) == Approx(number(table, "expected_earned", 0)));
  CHECK_FALSE(run_step("measure.utility", {{{"decisions", {boastful(1)}}, {"on", {week()}}}, {}}));
  CHECK_FALSE(run_step("decide.threshold",
                       {{{"model", {boastful(1)}}}, {{"choose", std::string("empirical")}}}));
  CHECK_FALSE(run_step("decide.threshold",
                       {{{"model", {boastful(1)}}}, {{"false_positive", plan::Value(0.0)}}}));
}

TEST_CASE("measure.utility_curve and measure.curve: lines over a threshold") {
  const auto curve =
      made(run_step("measure.utility_curve", {{{"models", {boastful(1)}}, {"on", {week()}}},
                                              {{"points", std::int64_t{11}}}}));
  REQUIRE(curve->as_frame().rows() == 22);
  CHECK(number(curve, "threshold", 0) == 0);
  CHECK(number(curve, "threshold", 10) == Approx(4 * 0.05 / 1.05));
  const auto precision =
      made(run_step("measure.curve", {{{"models", {boastful(1)}}, {"on", {week()}}},
                                      {{"metrics", std::vector<std::string>{"recall"}},
                                       {"to", plan::Value(0.2)},
                                       {"points", std::int64_t{5}}}}));
  REQUIRE(precision->as_frame().rows() == 5);
  CHECK(number(precision, "value", 0) == 1);
  for (std::size_t i = 1; i < 5; ++i)
    CHECK(number(precision, "value", i) <= number(precision, "value", i - 1));
}

TEST_CASE(
    "measure.ranking and measure.online: the truth ranks best, and its uplift bounds others") {
  const auto ranked =
      made(run_step("measure.ranking",
                    {{{"models", {boastful(2)}}, {"on", {week()}}}, {{"k", std::int64_t{5}}}}));
  REQUIRE(ranked->as_frame().rows() == 2);
  CHECK(number(ranked, "ndcg", 0) == Approx(number(ranked, "ndcg", 1)));
  const auto online =
      made(run_step("measure.online", {{{"models", {boastful(2)}}, {"on", {week()}}}, {}}));
  REQUIRE(online->as_frame().rows() == 3);
  CHECK(number(online, "online_uplift", 0) == Approx(0).margin(1e-12));
  CHECK(number(online, "online_uplift", 2) > 0);
  CHECK(number(online, "clicks_per_1000", 1) <= number(online, "clicks_per_1000", 2) + 1e-9);
  const auto cohorts =
      made(run_step("measure.online", {{{"models", {boastful(2)}}, {"on", {week()}}},
                                       {{"cohort", std::string("platform")}}}));
  CHECK(cohorts->as_frame().rows() == 9);
}

TEST_CASE("calibrate: a row's trail ends in the probability that the model then gives") {
  for (const char* name : {"calibrate.platt", "calibrate.isotonic", "calibrate.temperature",
                           "calibrate.beta", "calibrate.histogram", "calibrate.segments"}) {
    INFO(name);
    const plan::StepInfo* info = plan::Registry::instance().find(name);
    REQUIRE(info);
    REQUIRE(info->trail);
    plan::StepCall call;
    for (const plan::Parameter& parameter : info->parameters)
      call.parameters[parameter.name] = parameter.initial;
    call.parameters["by"] = texts("platform");
    call.inputs = {{"model", {boastful(3)}}, {"on", {week()}}};
    const auto outputs = info->run(call, {});
    const auto scores = made(outputs)->scorer()->score(week()->as_frame());
    REQUIRE(scores);
    for (const std::size_t row : {0U, 17U, 200U}) {
      const auto trail = info->trail(call, *outputs, row);
      REQUIRE(trail);
      double last = -1;
      for (std::size_t i = 0; i < trail->rows(); ++i)
        if ((*trail->require("quantity"))->cell(i).rfind("probability", 0) == 0)
          last = (*trail->require("value"))->number(i);
      CHECK(last == Approx((*scores)[row]));
    }
    CHECK_FALSE(info->trail(call, *outputs, week()->as_frame().rows()));
  }
}

TEST_CASE(
    "figures: a metric needs rows, a fact does not, and neither is an error that lists both") {
  const Boastful model(1);
  const auto neither = steps::figure_of(model, "brightness", nullptr);
  REQUIRE_FALSE(neither);
  CHECK(neither.error().message.find("log_loss") != std::string::npos);
  CHECK(steps::figure_of(model, "log_loss", nullptr).error().message.find("on = ") !=
        std::string::npos);
  const auto rows = steps::judge(model, week()->as_frame());
  REQUIRE(rows);
  CHECK(steps::figure_of(model, "precision@0.1", &*rows));
  CHECK_FALSE(steps::figure_of(model, "utility", &*rows));
  CHECK(steps::in_words("best_roc_auc") == "best possible ROC AUC");
  CHECK(steps::in_words("precision@0.3") == "precision at 0.3");
}
