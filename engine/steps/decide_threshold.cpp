// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/calibration/decision.hpp"
#include "engine/steps/worth.hpp"

namespace rehearse::steps {
namespace {

Result<double> chosen_threshold(const StepCall& call, const metrics::UtilityMatrix& worth) {
  const std::string& choose = call.text("choose");
  if (choose == "fixed") return call.number("threshold");
  if (choose == "closed form") return metrics::utility_threshold(worth);
  if (!call.has("on"))
    return fail(Code::invalid_argument,
                "a threshold chosen by its utility is chosen on held-out rows: add `on = …`");
  auto rows = judge(*call.input("model")->scorer(), call.input("on")->as_frame());
  if (!rows) return fail(rows.error());
  auto scored = rows->scored();
  if (!scored) return fail(scored.error());
  // Beyond 1, as when no act pays, no score reaches it.
  return std::min(2.0,
                  metrics::best_empirical_point(metrics::OrderedScores(*scored), worth).threshold);
}

Result<Outputs> run_decide_threshold(const StepCall& call, const StepContext&) {
  const ScorerPtr model = call.input("model")->scorer();
  if (!model->probabilistic())
    return fail(Code::invalid_argument,
                "this model predicts values of its label; a threshold on probabilities is chosen "
                "here");
  const metrics::UtilityMatrix worth = worth_of(call);
  // What is always or never right needs no threshold, however it would be chosen.
  if (auto sensible = metrics::utility_threshold(worth); !sensible) return fail(sensible.error());
  auto threshold = chosen_threshold(call, worth);
  if (!threshold) return fail(threshold.error());
  return one(std::make_shared<const calibration::Decision>(model, *threshold, worth));
}

const StepRegistration kDecideThreshold{{
    .name = "decide.threshold",
    .sentence =
        "Act where the score reaches a threshold: the closed form's, or the one that earned "
        "most on held-out rows.",
    .example = "decide.threshold { model, on = hold, true_positive = 1, false_positive = -0.05 }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "a model of probabilities"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "held-out rows, for a choice by utility",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = with_worth(
        {{.name = "choose",
          .type = ParameterType::choice,
          .initial = std::string("closed form"),
          .choices = {"closed form", "empirical", "fixed"},
          .sentence = "cost / (cost + gain), right when probabilities are; or by the utility on "
                      "held-out rows; or as given"},
         {.name = "threshold",
          .initial = 0.5,
          .low = 0,
          .high = 1,
          .sentence = "the threshold, when it is fixed"}}),
    .run = run_decide_threshold,
}};

}  // namespace
}  // namespace rehearse::steps
