// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/choice_call.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_choices(const StepCall& call, const StepContext& context) {
  sim::ChoiceOptions options = choice_options(call, context);
  options.days = static_cast<int>(call.integer("days"));
  options.temperature = call.number("temperature"), options.explore = call.number("explore");
  options.knows = call.number("knows"), options.hidden = call.number("hidden");
  auto made = sim::simulate_choices(options, context.progress);
  if (!made) return fail(made.error());
  return two(std::move(made->log), std::move(made->pairs));
}

const StepRegistration kSimulateChoices{{
    .name = "simulate.choices",
    .sentence = "Simulate the first place of a feed: visitors of segments, a policy that picks one "
                "of the posts with a propensity that it logs, clicks from a known probability.",
    .example = "local log, pairs = simulate.choices { days = 14, explore = 0.1 }",
    .outputs = {{.name = "log",
                 .kind = Kind::frame,
                 .sentence = "a row a visit: day, segment, post, topic, propensity, click"},
                {.name = "pairs",
                 .kind = Kind::frame,
                 .sentence = "a row for each segment and post, with the truth"}},
    .parameters = joined_parameters(
        choice_parameters(),
        {integer_parameter("days", 14, 1, 366, "days simulated"),
         number_parameter("temperature", 0.5, 0.01, 100,
                          "of the logging policy in log-odds: lower is surer of itself"),
         number_parameter("explore", 0.1, 0, 1, "share of visits that get any post"),
         number_parameter("knows", 0.3, -1, 1,
                          "how well the logging policy knows what is liked (a correlation)"),
         number_parameter("hidden", 0, 0, 3,
                          "strength of a hurry that the policy sees and the log does not")}),
    .run = run_simulate_choices,
}};

}  // namespace
}  // namespace rehearse::steps
