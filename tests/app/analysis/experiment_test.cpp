// SPDX-License-Identifier: GPL-3.0-or-later
//
// The analysis of a user's experiment: the keys that the command line promises, and every way in
// which a file can be wrong.
#include "app/analysis/experiment.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/power.hpp"
#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::analysis;
using Catch::Matchers::Contains;

Frame experiment_file(const std::vector<std::string>& arms, int units, double spill = 0) {
  std::vector<std::string> arm, platform;
  std::vector<double> outcome, before;
  for (int i = 0; i < units; ++i) {
    Stream stream(5, "analysis.experiment", 0, static_cast<std::uint64_t>(i));
    const std::size_t own = stream.below(arms.size());
    const double x = stream.normal();
    if (own == 0 && stream.bernoulli(spill)) continue;
    arm.push_back(arms[own]), before.push_back(x);
    platform.emplace_back(stream.bernoulli(0.4) ? "web" : "app");
    outcome.push_back(stream.bernoulli(0.3 + 0.2 * std::tanh(x) + 0.06 * static_cast<double>(own)));
  }
  Frame::Builder builder;
  builder.add("arm", arm)
      .add("platform", platform)
      .add("activated", std::move(outcome))
      .add("before", std::move(before));
  return *std::move(builder).build();
}

ExperimentOptions experiment_options() {
  ExperimentOptions options;
  options.arm = "arm", options.outcome = "activated";
  return options;
}

}  // namespace

TEST_CASE("analysis of an experiment: the keys that are promised") {
  ExperimentOptions options = experiment_options();
  options.covariates = {"before"}, options.segment = "platform";
  const auto made = analyze_experiment(experiment_file({"control", "new"}, 4000), options);
  REQUIRE(made);
  const Json json = to_json(*made);
  for (const char* key : {"arms", "srm", "effect", "cuped", "segments"}) CHECK(json.contains(key));
  for (const char* key : {"chi2", "p"}) CHECK(json["srm"].contains(key));
  for (const char* key : {"absolute", "relative", "ci_low", "ci_high", "p"}) {
    CHECK(json["effect"][key].is_number());
    CHECK(json["cuped"][key].is_number());
  }
  CHECK(json["cuped"]["variance_reduction"].get<double>() > 0.03);
  REQUIRE(json["segments"].size() == 2);
  for (const char* key : {"p", "p_holm", "q_bh"}) CHECK(json["segments"][0][key].is_number());
  CHECK(json["arms"]["new"]["units"].get<double>() +
            json["arms"]["control"]["units"].get<double>() ==
        4000);
}

TEST_CASE("analysis of an experiment: three arms are each compared with the control") {
  const auto made =
      analyze_experiment(experiment_file({"control", "x", "y"}, 3000), experiment_options());
  REQUIRE(made);
  const Json json = to_json(*made);
  REQUIRE(json["effects"].size() == 2);
  CHECK(json["effects"][0]["arm"] == "x");
  for (const Json& effect : json["effects"])
    CHECK(effect["p_holm"].get<double>() >= effect["p"].get<double>());
}

TEST_CASE("analysis of an experiment: arms of the wrong size block the verdict") {
  const auto options = experiment_options();
  const auto made = analyze_experiment(experiment_file({"control", "new"}, 4000, 0.2), options);
  REQUIRE(made);
  CHECK(made->blocked());
  CHECK(to_json(*made)["srm"]["blocked"] == true);
  CHECK_THAT(reading_of(*made, options), Contains("planned sizes"));
  const Document document = document_of("file.csv", options, *made);
  CHECK(std::get<Banner>(document.blocks.front()).title == "No verdict.");
}

TEST_CASE("analysis of an experiment: a planned ratio that is not one to one") {
  ExperimentOptions options = experiment_options();
  options.weights = {2, 1};
  const auto made = analyze_experiment(experiment_file({"control", "control2"}, 500), options);
  REQUIRE(made);
  CHECK(made->blocked());
  options.weights = {1, 1, 1};
  CHECK_FALSE(analyze_experiment(experiment_file({"control", "new"}, 500), options));
}

TEST_CASE("analysis of an experiment: what is wrong is refused with its place") {
  ExperimentOptions options = experiment_options();
  const auto error = [&](const Frame& log) {
    const auto made = analyze_experiment(log, options);
    return made ? std::string() : made.error().message;
  };
  CHECK_THAT(error(experiment_file({"control"}, 100)), Contains("one arm only"));
  options.outcome = "before", options.kind = "proportion";
  CHECK_THAT(error(experiment_file({"a", "b"}, 100)), Contains("needs 0 or 1"));
  options.outcome = "platform";
  CHECK_THAT(error(experiment_file({"a", "b"}, 100)), Contains("holds text"));
  options = experiment_options();
  options.segment = "plattform";
  CHECK_THAT(error(experiment_file({"a", "b"}, 100)), Contains("platform"));
}

TEST_CASE("analysis of an experiment: the window's question is answered with a picture") {
  Question question;
  question.file = "log.csv", question.table = experiment_file({"control", "new"}, 2000);
  const Analysis* analysis = find("experiment");
  REQUIRE(analysis);
  question.values = guessed(*analysis, question.table);
  CHECK(question.values["arm"] == "arm");
  CHECK(question.values["outcome"] == "activated");
  const auto document = answer(*analysis, question);
  REQUIRE(document);
  CHECK(std::any_of(document->blocks.begin(), document->blocks.end(), [](const auto& block) {
    const auto* figure = std::get_if<Figure>(&block);
    return figure && figure->kind == "line" && figure->data.rows() > 80;
  }));
}

TEST_CASE("analysis of power: whole numbers, and the exact one behind them") {
  const PowerQuestion question{0.2, 0.01, {}, experiment::SizeForm::unpooled};
  const auto size = experiment::sample_size(question.baseline, question.mde, question.target);
  REQUIRE(size);
  const Json json = to_json(question, *size);
  CHECK(json["per_arm"] == 25580);
  CHECK(json["total"] == 51160);
  CHECK(json["per_arm_exact"].get<double>() == Approx(25579.49905424368).epsilon(1e-9));
  CHECK(document_of(question, *size).blocks.size() == 3);
}
