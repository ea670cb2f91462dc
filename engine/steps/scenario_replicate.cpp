// SPDX-License-Identifier: GPL-3.0-or-later
//
// The script's function was traced once; each repetition runs that trace natively with a replicate
// of its own, which the simulating steps put into their streams.
#include "engine/scenarios/replicate.hpp"

#include "engine/plan/plan.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_scenario_replicate(const StepCall& call, const StepContext& context) {
  const auto loop = call.subplan("body");
  scenarios::ReplicateOptions options;
  options.repeats = static_cast<std::uint64_t>(call.integer("n"));
  options.threads = context.threads;
  options.alpha = call.number("alpha");
  options.p = call.text("p");
  options.pick = call.text("pick");
  options.by = call.text("by");
  options.series = loop->labels;
  const auto body = [&](std::uint64_t replicate) -> Result<std::vector<Frame>> {
    StepContext inner{context.seed, Progress(context.progress.token(), {}), 1};
    inner.replicate = replicate;
    auto results = loop->run({}, inner);
    if (!results) return fail(results.error());
    std::vector<Frame> tables;
    for (const plan::ArtifactPtr& result : *results) tables.push_back(result->as_frame());
    return tables;
  };
  auto result = scenarios::replicate(options, body, context.progress);
  if (!result) return fail(result.error());
  return Outputs{plan::Artifact::of(std::move(result->summary)),
                 plan::Artifact::of(std::move(result->runs))};
}

const StepRegistration kScenarioReplicate{{
    .name = "scenario.replicate",
    .sentence = "The same experiment many times over, each in a world of its own: bias, coverage, "
                "power and false claims are counted.",
    .example = "scenario.replicate { n = 1000, body = function() local log = simulate.onboarding "
               "{} return experiment.compare { log, outcome = \"activated\" } end }",
    .outputs = {{.name = "summary", .kind = Kind::frame, .sentence = "a row for each analysis"},
                {.name = "runs",
                 .kind = Kind::frame,
                 .sentence = "a row for each repetition and analysis"}},
    .parameters = {integer_parameter("n", 1000, 2, 100000, "repetitions"),
                   number_parameter("alpha", 0.05, 1e-6, 0.5,
                                    "an effect is claimed where p is below this"),
                   {.name = "p",
                    .type = ParameterType::text,
                    .initial = std::string("p"),
                    .sentence = "the column that holds p"},
                   {.name = "by",
                    .type = ParameterType::text,
                    .initial = std::string(),
                    .sentence = "the column that tells analyses apart (\"method\", \"segment\"); "
                                "empty: each table is one"},
                   {.name = "pick",
                    .type = ParameterType::text,
                    .initial = std::string(),
                    .sentence = "names one analysis more: whichever has the least p that time"},
                   {.name = "body",
                    .type = ParameterType::subplan,
                    .sentence = "makes a world and returns what its analyses say"}},
    .repeats = "n",
    .run = run_scenario_replicate,
}};

}  // namespace
}  // namespace rehearse::steps
