// SPDX-License-Identifier: GPL-3.0-or-later
//
// The effect of a treatment by one or several methods side by side, and the truth where it is
// known.
#include "engine/experiment/srm.hpp"
#include "engine/experiment/trial.hpp"
#include "engine/steps/experiment_common.hpp"

namespace rehearse::steps {
namespace {

Result<std::vector<std::size_t>> treatments_of(const StepCall& call, const experiment::Arms& arms) {
  std::vector<std::size_t> treatments;
  if (const std::string& wanted = call.text("treatment"); !wanted.empty()) {
    const std::size_t arm = arms.index_of(wanted);
    if (arm == 0 || arm == arms.names.size())
      return fail(Code::not_found, "there is no treatment `{}`; the arms are {}", wanted,
                  fmt::join(arms.names, ", "));
    return std::vector<std::size_t>{arm};
  }
  for (std::size_t arm = 1; arm < arms.names.size(); ++arm) treatments.push_back(arm);
  return treatments;
}

Result<Outputs> run_experiment_compare(const StepCall& call, const StepContext& context) {
  auto trial = experiment::Trial::of(call.input("log")->as_frame(), trial_columns(call));
  if (!trial) return fail(trial.error());
  auto ratio = experiment::sample_ratio(trial->arms.counts, call.numbers("weights"));
  if (!ratio) return fail(ratio.error());
  auto treatments = treatments_of(call, trial->arms);
  if (!treatments) return fail(treatments.error());
  experiment::CompareOptions options;
  const std::string& kind = call.text("kind");
  options.kind = kind == "proportion" ? experiment::Kind::proportion
                 : kind == "mean"     ? experiment::Kind::mean
                                      : experiment::Kind::automatic;
  options.level = call.number("level");
  options.splits = static_cast<std::uint64_t>(call.integer("splits"));
  options.seed = context.seed + 0x9E3779B97F4A7C15ULL * context.replicate;
  ContrastRows rows(options.level);
  std::vector<std::string> names, methods, warnings;
  std::vector<double> reductions, design_effects, units_control, units_treatment;
  for (const std::string& name : call.texts("methods")) {
    auto method = experiment::method_of(name);
    if (!method) return fail(method.error());
    options.method = *method;
    for (const std::size_t arm : *treatments) {
      auto made = experiment::compare(*trial, arm, options, {}, context.progress);
      if (!made) return at(name, Result<Outputs>(fail(made.error())));
      rows.add(made->contrast, trial->true_effect[arm]);
      names.push_back(trial->arms.names[arm]), methods.push_back(made->method);
      reductions.push_back(made->variance_reduction);
      design_effects.push_back(made->design_effect);
      units_control.push_back(trial->observed[0]), units_treatment.push_back(trial->observed[arm]);
      if (ratio->blocked())
        made->warning = fmt::format("sample ratio mismatch (p {:.2g}): no verdict. {}", ratio->p,
                                    made->warning);
      warnings.push_back(made->warning.empty() ? made->contrast.why : made->warning);
    }
  }
  Frame::Builder builder;
  builder.add("method", methods).add("arm", names);
  rows.add_to(builder);
  builder.add("units_control", std::move(units_control))
      .add("units_treatment", std::move(units_treatment))
      .add("variance_reduction", std::move(reductions))
      .add("design_effect", std::move(design_effects))
      .add("srm_p", std::vector<double>(names.size(), ratio->p))
      .add("note", warnings);
  return one(std::move(builder).build());
}

const StepRegistration kExperimentCompare{{
    .name = "experiment.compare",
    .sentence = "The effect of each treatment against the control, with interval and p, by one or "
                "several methods, beside the true effect where the log has it.",
    .example =
        "experiment.compare { log, outcome = \"activated\", methods = { \"plain\", \"cuped\" }, "
        "covariates = { \"past_sessions\" } }",
    .inputs = {log_port()},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = joined_parameters(
        trial_parameters(),
        {text_parameter("treatment", "", "one treatment; empty: all of them"),
         {.name = "kind",
          .type = ParameterType::choice,
          .initial = std::string("auto"),
          .choices = {"auto", "proportion", "mean"},
          .sentence = "what is compared; auto: a proportion where every outcome is 0 or 1"},
         {.name = "methods",
          .type = ParameterType::texts,
          .initial = std::vector<std::string>{"plain"},
          .sentence = "plain, cuped, regression, stratified, clustered, ratio, naive_ratio, "
                      "permutation; a row each"},
         {.name = "covariates",
          .type = ParameterType::texts,
          .initial = std::vector<std::string>{},
          .sentence = "columns known before the assignment, for cuped and regression"},
         text_parameter("strata", "", "the column of strata, for stratified"),
         text_parameter("cluster", "", "the column of clusters, for clustered"),
         text_parameter("denominator", "", "the column of the denominator, for ratio"),
         {.name = "weights",
          .type = ParameterType::numbers,
          .initial = std::vector<double>{},
          .low = 0,
          .high = 1e9,
          .sentence = "planned sizes, the control first; empty: equal. They are checked, and p < "
                      "0.001 blocks the verdict"},
         {.name = "splits",
          .type = ParameterType::integer,
          .initial = std::int64_t{999},
          .low = 19,
          .high = 1e6,
          .sentence = "of the permutation test"},
         level_parameter()}),
    .run = run_experiment_compare,
}};

}  // namespace
}  // namespace rehearse::steps
