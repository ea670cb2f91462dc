// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/cross_validation.hpp"
#include "engine/steps/fits.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_validate_cross(const StepCall& call, const StepContext& context) {
  std::vector<validation::SplitOptions> splits;
  for (const std::string& name : call.texts("splits")) {
    auto split = split_of(call, name, context.seed);
    if (!split) return fail(split.error());
    splits.push_back(std::move(*split));
  }
  auto result = scenarios::cross_validate(
      call.input("past")->as_frame(), call.input("on")->as_frame(), fit_of(call),
      yardstick_of(call), splits, context.seed, context.progress);
  if (!result) return fail(result.error());
  return Outputs{plan::Artifact::of(std::move(result->folds)),
                 plan::Artifact::of(std::move(result->summary))};
}

const StepRegistration kValidateCross{{
    .name = "validate.cross",
    .sentence = "Cross-validation under several splits, beside what the live weeks really give.",
    .example = "local folds, summary = validate.cross { past, on = live, splits = { \"random\", "
               "\"forward\" }, fit = function(rows) return train.ftrl { rows } end }",
    .inputs = {{.name = "past", .kind = Kind::frame, .sentence = "rows to learn from and to split"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "the weeks after, which no estimate sees",
                .named = true}},
    .outputs = {{.name = "folds", .kind = Kind::frame, .sentence = "a row a split and fold"},
                {.name = "summary", .kind = Kind::frame, .sentence = "a row a split"}},
    .parameters =
        [] {
          std::vector<plan::Parameter> all = {
              fit_parameter(),
              {.name = "splits",
               .type = ParameterType::texts,
               .sentence = "random, stratified, blocked, forward, rolling, user"},
              metric_parameter("log_loss"),
              label_parameter()};
          for (plan::Parameter& one : split_parameters()) all.push_back(std::move(one));
          return all;
        }(),
    .run = run_validate_cross,
}};

}  // namespace
}  // namespace rehearse::steps
