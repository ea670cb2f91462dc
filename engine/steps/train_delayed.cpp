// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/delayed.hpp"
#include "engine/steps/moments.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_delayed(const StepCall& call, const StepContext& context) {
  const Frame& rows = call.input("rows")->as_frame();
  auto moment = start_of_day(rows, call.number("day"));
  if (!moment) return fail(moment.error());
  auto method = models::parse_delay_method(call.text("method"));
  if (!method) return fail(method.error());
  models::DelayedOptions options;
  options.at = *moment, options.method = *method;
  options.wait_hours = call.number("wait_hours");
  options.weibull = call.text("law") == "weibull";
  options.epochs = static_cast<int>(call.integer("epochs"));
  options.learner.alpha = call.number("alpha");
  options.learner.lambda2 = call.number("lambda2");
  if (call.given("features")) options.features.columns = call.texts("features");
  auto model = models::train_delayed(rows, options, context.progress);
  if (!model) return fail(model.error());
  return one(ScorerPtr(*model));
}

const StepRegistration kTrainDelayed{{
    .name = "train.delayed",
    .sentence = "Logistic regression at a moment when clicks are still arriving (Chapelle 2014).",
    .example = "train.delayed { log, day = 14, method = \"joint\" }",
    .inputs = {{.name = "rows",
                .kind = Kind::frame,
                .sentence = "the whole log, with time, click and click_arrival"}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters =
        {{.name = "day",
          .initial = 14.0,
          .low = 0,
          .high = 366,
          .unit = "days",
          .sentence = "trained when this day begins; nothing later is known"},
         {.name = "method",
          .type = ParameterType::choice,
          .initial = std::string("joint"),
          .choices = {"naive", "wait", "weights", "joint", "oracle"},
          .sentence = "what a row without a click is taken for"},
         {.name = "wait_hours",
          .initial = 24.0,
          .low = 0,
          .high = 2400,
          .unit = "hours",
          .sentence = "for wait: younger rows are left out"},
         {.name = "law",
          .type = ParameterType::choice,
          .initial = std::string("weibull"),
          .choices = {"exponential", "weibull"},
          .sentence = "for joint: the family of the delay"},
         {.name = "epochs",
          .type = ParameterType::integer,
          .initial = std::int64_t{4},
          .low = 1,
          .high = 50,
          .sentence = "passes over the rows"},
         {.name = "alpha", .initial = 0.1, .low = 1e-6, .high = 100, .sentence = "learning rate"},
         {.name = "lambda2",
          .initial = 1.0,
          .low = 0,
          .high = 1e6,
          .sentence = "shrinkage of the weights"},
         {.name = "features",
          .type = ParameterType::texts,
          .sentence = "the columns to learn from; all features if not given",
          .optional = true}},
    .run = run_train_delayed,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
