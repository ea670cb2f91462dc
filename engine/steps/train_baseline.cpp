// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "engine/models/baselines.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

models::BaselineKind baseline_named(const std::string& name) {
  using Kind = models::BaselineKind;
  const std::pair<const char*, Kind> kinds[] = {
      {"mean", Kind::mean},   {"median", Kind::median},     {"quantile", Kind::quantile},
      {"prior", Kind::prior}, {"last_day", Kind::last_day}, {"same_weekday", Kind::same_weekday}};
  for (const auto& [text, kind] : kinds)
    if (name == text) return kind;
  return Kind::mean;
}

Result<Outputs> run_train_baseline(const StepCall& call, const StepContext&) {
  models::BaselineOptions options;
  options.kind = baseline_named(call.text("kind"));
  options.level = call.number("level");
  options.label = label_given(call);
  if (call.given("by")) options.by = call.text("by");
  return made(models::train_baseline(call.input("rows")->as_frame(), options));
}

const StepRegistration kTrainBaseline{{
    .name = "train.baseline",
    .sentence =
        "The forecast that a model must beat first: a constant, or what the last day or the "
        "last such weekday brought.",
    .example = "train.baseline { past, kind = \"median\", label = \"dwell_seconds\" }",
    .inputs = {training_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = {{.name = "kind",
                    .type = ParameterType::choice,
                    .initial = std::string("mean"),
                    .choices = {"mean", "median", "quantile", "prior", "last_day", "same_weekday"},
                    .sentence = "prior is the mean of a label of 0 or 1; last_day and same_weekday "
                                "are the naive forecasts of a series"},
                   {.name = "level",
                    .initial = 0.5,
                    .low = 0.001,
                    .high = 0.999,
                    .sentence = "of the quantile"},
                   {.name = "by",
                    .type = ParameterType::text,
                    .sentence = "a column with one forecast a level; a new level has that of all",
                    .optional = true},
                   label_parameter()},
    .run = run_train_baseline,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
