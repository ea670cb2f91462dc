// SPDX-License-Identifier: GPL-3.0-or-later
//
// The weekly retraining loop with the body that the script wrote: its function was traced once, and
// each turn runs that trace natively.
#include "engine/scenarios/retraining.hpp"

#include "engine/models/baselines.hpp"
#include "engine/plan/plan.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

scenarios::LoopBody body_of(std::shared_ptr<const plan::SubPlan> loop) {
  return
      [loop = std::move(loop)](const scenarios::LoopInput& input) -> Result<scenarios::LoopOutput> {
        ScorerPtr state = input.state;
        // The first turn has no model yet: the body is handed the base rate of its window.
        if (!state) {
          auto prior = models::prior_scorer(input.window);
          if (!prior) return fail(prior.error());
          state = *prior;
        }
        const StepContext context{input.seed, input.progress, 1};
        auto results =
            loop->run({plan::Artifact::of(state), plan::Artifact::of(input.window)}, context);
        if (!results) return fail(results.error());
        if (results->front()->kind() != Kind::model)
          return fail(Code::invalid_argument, "the loop's function must return a model first");
        return scenarios::LoopOutput{results->front()->scorer(), {}};
      };
}

Result<Outputs> run_scenario_retraining(const StepCall& call, const StepContext& context) {
  scenarios::RetrainingOptions options;
  options.first_day = static_cast<int>(call.integer("first_day"));
  options.every_days = static_cast<int>(call.integer("every_days"));
  options.window_days = static_cast<int>(call.integer("window_days"));
  options.seed = context.seed;
  options.threads = context.threads;
  auto result = scenarios::retraining_loop(call.input("log")->as_frame(), options,
                                           body_of(call.subplan("body")), context.progress);
  if (!result) return fail(result.error());
  return one(std::move(result->days));
}

const StepRegistration kScenarioRetraining{{
    .name = "scenario.retraining",
    .sentence = "A model fitted again every few days on what was known by then, beside one that "
                "was fitted once.",
    .example = "scenario.retraining { log, body = function(model, window) return train.ftrl { "
               "window } end }",
    .inputs = {{.name = "log", .kind = Kind::frame, .sentence = "the whole log"}},
    .outputs = {{.name = "days", .kind = Kind::frame, .sentence = "a row a day and series"}},
    .parameters = {{.name = "first_day",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{7},
                    .low = 1,
                    .high = 365,
                    .unit = "days",
                    .sentence = "the first day served"},
                   {.name = "every_days",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{7},
                    .low = 1,
                    .high = 365,
                    .unit = "days",
                    .sentence = "days between fits"},
                   {.name = "window_days",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{14},
                    .low = 1,
                    .high = 365,
                    .unit = "days",
                    .sentence = "days before a fit that it learns from"},
                   {.name = "body",
                    .type = ParameterType::subplan,
                    .sentence = "from the model so far and the window, the new model",
                    .placeholders = {{"model", Kind::model}, {"window", Kind::frame}}}},
    .run = run_scenario_retraining,
}};

}  // namespace
}  // namespace rehearse::steps
