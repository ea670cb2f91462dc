// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/bandit_weeks.hpp"
#include "engine/steps/choice_call.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_scenario_bandit(const StepCall& call, const StepContext& context) {
  scenarios::BanditWeeksOptions options;
  options.site = choice_options(call, context);
  options.site.days = static_cast<int>(call.integer("days"));
  for (const std::string& name : call.texts("bandits")) {
    auto kind = recommend::parse_bandit(name);
    if (!kind) return fail(kind.error());
    options.bandits.push_back(*kind);
  }
  options.explore = call.number("explore"), options.confidence = call.number("confidence");
  options.at_once = call.text("learns") == "at once";
  options.repeats = static_cast<int>(call.integer("repeats"));
  options.threads = context.threads;
  auto made = scenarios::bandit_weeks(options, context.progress);
  if (!made) return fail(made.error());
  return two(std::move(made->daily), std::move(made->summary));
}

const StepRegistration kScenarioBandit{{
    .name = "scenario.bandit",
    .sentence = "Weeks of a feed's first place, given to several bandits: what each earns, what it "
                "loses against the best policy, and how narrow its feed becomes.",
    .example = "local daily, summary = scenario.bandit { bandits = { \"epsilon-greedy\", "
               "\"thompson\" }, explore = 0.1 }",
    .outputs = {{.name = "daily",
                 .kind = Kind::frame,
                 .sentence = "series, day, regret, click_rate, best_share, topics"},
                {.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "bandit, regret, click_rate, last_click_rate, last_best_share"}},
    .parameters = joined_parameters(
        choice_parameters(),
        {{.name = "bandits",
          .type = ParameterType::texts,
          .initial = std::vector<std::string>{"epsilon-greedy", "thompson"},
          .sentence = "epsilon-greedy, bucket, thompson, lin-ucb"},
         integer_parameter("days", 21, 1, 366, "days simulated"),
         number_parameter("explore", 0.1, 0, 1,
                          "share of visits that get any post (epsilon-greedy, bucket)"),
         number_parameter("confidence", 0.3, 0, 100,
                          "how many standard deviations a doubt is worth (lin-ucb)"),
         choice_parameter("learns", "at once", {"at once", "daily"},
                          "when what came of a visit is learned"),
         integer_parameter("repeats", 8, 1, 1000, "times, with other visitors")}),
    .run = run_scenario_bandit,
}};

}  // namespace
}  // namespace rehearse::steps
