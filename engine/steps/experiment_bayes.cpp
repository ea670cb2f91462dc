// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/bayes.hpp"

#include "engine/steps/experiment_common.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<experiment::ArmsPosterior> posterior_of(const StepCall& call, const experiment::Trial& trial,
                                               std::size_t arm, const StepContext& context) {
  const double level = call.number("level"), sd = call.number("prior_sd");
  if (trial.binary && sd == 0) {
    experiment::Successes counts[2];
    for (std::size_t row = 0; row < trial.outcome.size(); ++row) {
      const auto own = static_cast<std::size_t>(trial.arms.of_row[row]);
      if ((own != 0 && own != arm) || !(trial.outcome[row] >= 0)) continue;
      counts[own == arm].successes += trial.outcome[row], counts[own == arm].trials += 1;
    }
    return experiment::posterior_of_rates(counts[0], counts[1],
                                          {call.number("prior_a"), call.number("prior_b")}, level);
  }
  experiment::CompareOptions options;
  options.kind = experiment::Kind::mean, options.level = level;
  auto made = experiment::compare(trial, arm, options, {}, context.progress);
  if (!made) return fail(made.error());
  experiment::NormalPrior prior;
  prior.mean = call.number("prior_mean");
  if (sd > 0) prior.sd = sd;
  return experiment::posterior_of_effect(made->contrast, prior, level);
}

Result<Outputs> run_experiment_bayes(const StepCall& call, const StepContext& context) {
  auto trial = experiment::Trial::of(call.input("log")->as_frame(), trial_columns(call));
  if (!trial) return fail(trial.error());
  std::vector<std::string> arms;
  std::vector<double> control, treatment, effect, low, high, better, shipped, kept, truth, covers;
  for (std::size_t arm = 1; arm < trial->arms.names.size(); ++arm) {
    auto posterior = posterior_of(call, *trial, arm, context);
    if (!posterior) return fail(posterior.error());
    arms.push_back(trial->arms.names[arm]);
    control.push_back(posterior->control), treatment.push_back(posterior->treatment);
    effect.push_back(posterior->mean_difference);
    low.push_back(posterior->low), high.push_back(posterior->high);
    better.push_back(posterior->probability_better);
    shipped.push_back(posterior->loss_if_shipped), kept.push_back(posterior->loss_if_kept);
    const double known = trial->true_effect[arm];
    truth.push_back(known);
    covers.push_back(
        known != known ? known
                       : static_cast<double>(posterior->low <= known && known <= posterior->high));
  }
  Frame::Builder builder;
  builder.add("arm", arms)
      .add("control", std::move(control))
      .add("treatment", std::move(treatment))
      .add("effect", std::move(effect))
      .add("ci_low", std::move(low))
      .add("ci_high", std::move(high))
      .add("probability_better", std::move(better))
      .add("loss_if_shipped", std::move(shipped))
      .add("loss_if_kept", std::move(kept))
      .add("true_effect", std::move(truth), {.role = Role::truth})
      .add("covers_truth", std::move(covers));
  return one(std::move(builder).build());
}

const StepRegistration kExperimentBayes{{
    .name = "experiment.bayes",
    .sentence = "Probability that the treatment is better and the loss expected from shipping or "
                "keeping it: Beta priors for 0/1 outcomes, a normal prior of the effect otherwise.",
    .example = "experiment.bayes { log, outcome = \"activated\" }",
    .inputs = {log_port()},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = joined_parameters(
        trial_parameters(),
        {number_parameter("prior_a", 1, 0.5, 1e9, "Beta prior of each rate: successes + this"),
         number_parameter("prior_b", 1, 0.5, 1e9, "Beta prior of each rate: failures + this"),
         number_parameter("prior_mean", 0, -1e9, 1e9, "normal prior of the effect: its mean"),
         number_parameter("prior_sd", 0, 0, 1e9,
                          "normal prior of the effect: its standard deviation; 0: Beta priors for "
                          "0/1 outcomes, a flat one otherwise"),
         level_parameter()}),
    .run = run_experiment_bayes,
}};

}  // namespace
}  // namespace rehearse::steps
