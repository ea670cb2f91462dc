// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/experiment_common.hpp"

#include <cmath>

namespace rehearse::steps {

plan::Parameter level_parameter() {
  return {.name = "level",
          .initial = 0.95,
          .low = 0.5,
          .high = 0.9999,
          .sentence = "of the interval; 1 - level is the threshold of p"};
}

std::vector<plan::Parameter> trial_parameters() {
  return {text_parameter("arm", "arm", "the column of arms"),
          text_parameter("control", "",
                         "the arm that others are compared with; empty: the arm called control, or "
                         "else the first by name"),
          text_parameter("outcome", "", "the column of the outcome; empty: the only label"),
          {.name = "missing",
           .type = ParameterType::choice,
           .initial = std::string("leave_out"),
           .choices = {"leave_out", "zero", "refuse"},
           .sentence = "what to do with a unit whose outcome was not seen"}};
}

experiment::TrialColumns trial_columns(const StepCall& call) {
  const auto text = [&call](const char* name) {
    return call.parameters.count(name) && call.given(name) ? call.text(name) : std::string();
  };
  experiment::TrialColumns columns;
  columns.arm = text("arm"), columns.control = text("control"), columns.outcome = text("outcome");
  columns.strata = text("strata"), columns.cluster = text("cluster");
  columns.denominator = text("denominator");
  if (call.parameters.count("covariates") && call.given("covariates"))
    columns.covariates = call.texts("covariates");
  const std::string missing = text("missing");
  columns.missing = missing == "zero"     ? experiment::Missing::zero
                    : missing == "refuse" ? experiment::Missing::refuse
                                          : experiment::Missing::leave_out;
  return columns;
}

plan::Port log_port() {
  return {
      .name = "log", .kind = Kind::frame, .sentence = "one row a unit, with its arm and outcome"};
}

void ContrastRows::add(const experiment::Contrast& contrast, double true_effect) {
  contrasts_.push_back(contrast), truth_.push_back(true_effect);
}

void ContrastRows::add_to(Frame::Builder& builder) const {
  const auto column = [&](const char* name, auto&& value, ColumnInfo info = {}) {
    std::vector<double> values;
    for (std::size_t i = 0; i < contrasts_.size(); ++i)
      values.push_back(value(contrasts_[i], truth_[i]));
    builder.add(name, std::move(values), std::move(info));
  };
  using experiment::Contrast;
  const double alpha = 1 - level_, unknown = Contrast::kUndefined;
  column("control", [](const Contrast& c, double) { return c.control; });
  column("treatment", [](const Contrast& c, double) { return c.treatment; });
  column("effect", [](const Contrast& c, double) { return c.absolute; });
  column("standard_error", [](const Contrast& c, double) { return c.standard_error; });
  column("ci_low", [](const Contrast& c, double) { return c.ci_low; });
  column("ci_high", [](const Contrast& c, double) { return c.ci_high; });
  column("p", [](const Contrast& c, double) { return c.p; });
  column("relative", [](const Contrast& c, double) { return c.relative; });
  column("relative_low", [](const Contrast& c, double) { return c.relative_low; });
  column("relative_high", [](const Contrast& c, double) { return c.relative_high; });
  column("significant", [&](const Contrast& c, double) {
    return std::isnan(c.p) ? unknown : static_cast<double>(c.p < alpha);
  });
  column("true_effect", [](const Contrast&, double truth) { return truth; }, {.role = Role::truth});
  column("covers_truth", [&](const Contrast& c, double truth) {
    if (std::isnan(truth) || std::isnan(c.ci_low)) return unknown;
    return static_cast<double>(c.ci_low <= truth && truth <= c.ci_high);
  });
  column("wrong_sign", [&](const Contrast& c, double truth) {
    if (std::isnan(truth)) return unknown;
    return static_cast<double>(c.absolute * truth < 0);
  });
}

}  // namespace rehearse::steps
