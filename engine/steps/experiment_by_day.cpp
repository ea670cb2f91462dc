// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/novelty.hpp"

#include "engine/steps/experiment_common.hpp"

namespace rehearse::steps {
namespace {

struct DayRows {
  std::vector<double> day, effect, low, high, p, error;
  std::vector<std::string> series;
  void add(double at, const char* name, const experiment::Contrast& c) {
    day.push_back(at), effect.push_back(c.absolute), low.push_back(c.ci_low);
    high.push_back(c.ci_high), p.push_back(c.p), error.push_back(c.standard_error);
    series.emplace_back(name);
  }
};

Result<Outputs> run_experiment_by_day(const StepCall& call, const StepContext& context) {
  const Frame& log = call.input("log")->as_frame();
  auto trial = experiment::Trial::of(log, trial_columns(call));
  if (!trial) return fail(trial.error());
  auto day = log.require(call.text("day"));
  if (!day) return fail(day.error());
  if (!(*day)->numeric())
    return fail(Code::bad_data, "the column `{}` holds text; days are numbers", call.text("day"));
  experiment::CompareOptions options;
  options.level = call.number("level");
  auto made = experiment::effect_by_day(*trial, 1, (*day)->numbers(), options, context.progress);
  if (!made) return fail(made.error());
  DayRows rows;
  const std::string& which = call.text("show");
  for (const experiment::DayEffect& d : made->days) {
    if (which != "so_far") rows.add(d.day, "effect of the day", d.of_day);
    if (which != "day") rows.add(d.day, "effect so far", d.so_far);
    experiment::Contrast truth;
    truth.absolute = d.true_effect;
    rows.add(d.day, "truth: effect on that day's units", truth);
  }
  const std::size_t n = rows.day.size();
  Frame::Builder builder;
  builder.add("day", std::move(rows.day))
      .add("series", rows.series)
      .add("effect", std::move(rows.effect))
      .add("ci_low", std::move(rows.low))
      .add("ci_high", std::move(rows.high))
      .add("p", std::move(rows.p))
      .add("standard_error", std::move(rows.error))
      .add("slope", std::vector<double>(n, made->slope))
      .add("slope_p", std::vector<double>(n, made->slope_p));
  return one(std::move(builder).build());
}

const StepRegistration kExperimentByDay{{
    .name = "experiment.by_day",
    .sentence = "The effect of each day and of all days so far, with a test of whether it fades or "
                "grows (novelty, primacy).",
    .example = "experiment.by_day { log, outcome = \"activated\", day = \"day\" }",
    .inputs = {log_port()},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = joined_parameters(
        trial_parameters(),
        {text_parameter("day", "day", "the column of days: since exposure, or of the calendar"),
         {.name = "show",
          .type = ParameterType::choice,
          .initial = std::string("both"),
          .choices = {"both", "day", "so_far"},
          .sentence = "which effects the table holds"},
         level_parameter()}),
    .run = run_experiment_by_day,
}};

}  // namespace
}  // namespace rehearse::steps
