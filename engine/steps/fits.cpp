// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/fits.hpp"

#include "engine/plan/plan.hpp"

namespace rehearse::steps {

plan::Parameter fit_parameter() {
  return {.name = "fit",
          .type = ParameterType::subplan,
          .sentence = "from rows, the model that is to be judged",
          .placeholders = {{"rows", Kind::frame}}};
}

scenarios::Fit fit_of(const StepCall& call) {
  return [body = call.subplan("fit")](const Frame& rows, std::uint64_t seed,
                                      const Progress& progress) -> Result<ScorerPtr> {
    const StepContext context{seed, progress, 1};
    auto results = body->run({plan::Artifact::of(rows)}, context);
    if (!results) return fail(results.error());
    if (results->empty() || results->front()->kind() != Kind::model)
      return fail(Code::invalid_argument, "the function `fit` must return a model");
    return results->front()->scorer();
  };
}

plan::Parameter metric_parameter(const std::string& initial) {
  return {.name = "metric",
          .type = ParameterType::text,
          .initial = initial,
          .sentence = "what a model is judged by"};
}

scenarios::Yardstick yardstick_of(const StepCall& call) {
  const std::string metric = call.text("metric");
  return {[metric](const Scorer& model, const Frame& rows) -> Result<metrics::Measure> {
            auto judged = judge(model, rows);
            if (!judged) return fail(judged.error());
            return metric_of(metric, *judged);
          },
          scenarios::higher_is_better(metric)};
}

std::vector<plan::Parameter> split_parameters() {
  return {{.name = "folds",
           .type = ParameterType::integer,
           .initial = std::int64_t{4},
           .low = 2,
           .high = 50,
           .sentence = "parts that are judged in turn"},
          {.name = "gap_days",
           .initial = 0.0,
           .low = 0,
           .high = 366,
           .unit = "days",
           .sentence = "left out between training and test, where time is split"},
          {.name = "window_days",
           .initial = 7.0,
           .low = 0.01,
           .high = 366,
           .unit = "days",
           .sentence = "trained on, where the split is rolling"},
          {.name = "user",
           .type = ParameterType::text,
           .initial = std::string("user_id"),
           .sentence = "the column that says whose a row is"}};
}

Result<validation::SplitOptions> split_of(const StepCall& call, const std::string& name,
                                          std::uint64_t seed) {
  auto split = validation::parse_split(name);
  if (!split) return fail(split.error());
  validation::SplitOptions options;
  options.split = *split, options.seed = seed;
  options.folds = static_cast<int>(call.integer("folds"));
  options.gap_days = call.number("gap_days");
  options.window_days = call.number("window_days");
  options.user = call.text("user");
  if (call.parameters.count("label") && call.given("label")) options.label = call.text("label");
  return options;
}

}  // namespace rehearse::steps
