// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/attrition.hpp"

#include <algorithm>
#include <cmath>

#include "engine/steps/experiment_common.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

struct AttritionRows {
  std::vector<std::string> method;
  std::vector<double> control, treatment, effect, low, high, p, covers;
  double truth = std::nan("");

  void add(const std::string& name, const experiment::Contrast& c, bool of_outcome) {
    method.push_back(name);
    control.push_back(c.control), treatment.push_back(c.treatment), effect.push_back(c.absolute);
    low.push_back(c.ci_low), high.push_back(c.ci_high), p.push_back(c.p);
    covers.push_back(of_outcome && !std::isnan(truth) && !std::isnan(c.ci_low)
                         ? static_cast<double>(c.ci_low <= truth && truth <= c.ci_high)
                         : std::nan(""));
  }
  void add(const std::string& name, const experiment::EffectBounds& bounds) {
    experiment::Contrast contrast;
    contrast.ci_low = bounds.low, contrast.ci_high = bounds.high;
    add(name, contrast, true);
  }
};

Result<experiment::OutcomeRange> range_of(const StepCall& call, const experiment::Trial& trial) {
  if (call.given("range")) {
    const auto range = call.numbers("range");
    if (range.size() != 2)
      return fail(Code::invalid_argument, "the range has {} numbers; write {{ low, high }}",
                  range.size());
    return experiment::OutcomeRange{range[0], range[1]};
  }
  if (trial.binary) return experiment::OutcomeRange{0, 1};
  double low = INFINITY, high = -INFINITY;
  for (const double v : trial.outcome)
    if (!std::isnan(v)) low = std::min(low, v), high = std::max(high, v);
  return experiment::OutcomeRange{low, high > low ? high : low + 1};
}

Result<Outputs> run_experiment_attrition(const StepCall& call, const StepContext&) {
  experiment::TrialColumns columns = trial_columns(call);
  columns.missing = experiment::Missing::leave_out;
  auto trial = experiment::Trial::of(call.input("log")->as_frame(), columns);
  if (!trial) return fail(trial.error());
  std::size_t arm = 1;
  if (const std::string& wanted = call.text("treatment"); !wanted.empty())
    arm = trial->arms.index_of(wanted);
  if (arm == 0 || arm >= trial->arms.names.size())
    return fail(Code::not_found, "there is no such treatment; the arms are {}",
                fmt::join(trial->arms.names, ", "));
  auto range = range_of(call, *trial);
  if (!range) return fail(range.error());
  std::vector<double> values[2];
  for (std::size_t row = 0; row < trial->outcome.size(); ++row) {
    const auto own = static_cast<std::size_t>(trial->arms.of_row[row]);
    if (own == 0 || own == arm) values[own == arm].push_back(trial->outcome[row]);
  }
  auto made = experiment::attrition_of(values[0], values[1], *range, call.number("level"));
  if (!made) return fail(made.error());
  AttritionRows rows;
  rows.truth = trial->true_effect[arm];
  rows.add("share that was seen", made->retention, false);
  rows.add("those seen only", made->observed, true);
  rows.add("missing counts as 0", made->as_zero, true);
  rows.add("Lee bounds", made->lee);
  rows.add("worst case bounds", made->worst);
  const std::size_t n = rows.method.size();
  Frame::Builder builder;
  builder.add("method", rows.method)
      .add("control", std::move(rows.control))
      .add("treatment", std::move(rows.treatment))
      .add("effect", std::move(rows.effect))
      .add("ci_low", std::move(rows.low))
      .add("ci_high", std::move(rows.high))
      .add("p", std::move(rows.p))
      .add("true_effect", std::vector<double>(n, rows.truth), {.role = Role::truth})
      .add("covers_truth", std::move(rows.covers));
  return one(std::move(builder).build());
}

const StepRegistration kExperimentAttrition{{
    .name = "experiment.attrition",
    .sentence = "Do the arms lose different shares of their units, and what is left of the effect: "
                "among those seen, with missing as 0, and between Lee's and worst-case bounds.",
    .example = "experiment.attrition { log, outcome = \"answered\" }",
    .inputs = {log_port()},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {text_parameter("arm", "arm", "the column of arms"),
                   text_parameter("control", "", "the control's name"),
                   text_parameter("treatment", "", "which treatment; empty: the first"),
                   text_parameter("outcome", "", "the column of the outcome, missing where unseen"),
                   {.name = "range",
                    .type = ParameterType::numbers,
                    .sentence = "{ least, greatest } possible outcome; without it 0 and 1, or what "
                                "was seen",
                    .optional = true},
                   level_parameter()},
    .run = run_experiment_attrition,
}};

}  // namespace
}  // namespace rehearse::steps
