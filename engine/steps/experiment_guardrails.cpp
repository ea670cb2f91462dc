// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/guardrail.hpp"

#include "engine/steps/experiment_common.hpp"

namespace rehearse::steps {
namespace {

using experiment::GuardrailState;

Result<Outputs> run_experiment_guardrails(const StepCall& call, const StepContext& context) {
  const auto metrics = call.texts("metrics"), worse = call.texts("worse");
  const auto thresholds = call.numbers("thresholds");
  if (metrics.empty() || metrics.size() != thresholds.size() ||
      (!worse.empty() && worse.size() != metrics.size()))
    return fail(Code::invalid_argument,
                "{} metrics, {} thresholds and {} directions; each metric has one of both",
                metrics.size(), thresholds.size(), worse.size());
  experiment::CompareOptions options;
  options.level = call.number("level");
  std::vector<std::string> names, states;
  std::vector<double> control, treatment, worsening, low, high, limit, p, rollback, safe, truth;
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    experiment::TrialColumns columns = trial_columns(call);
    columns.outcome = metrics[i];
    auto trial = experiment::Trial::of(call.input("log")->as_frame(), columns);
    if (!trial) return at(metrics[i], Result<Outputs>(fail(trial.error())));
    const bool up = worse.empty() || worse[i] != "down";
    if (!worse.empty() && worse[i] != "down" && worse[i] != "up")
      return fail(Code::invalid_argument, "worse: `{}`; write up or down for each metric",
                  worse[i]);
    for (std::size_t arm = 1; arm < trial->arms.names.size(); ++arm) {
      auto made = experiment::compare(*trial, arm, options, {}, context.progress);
      if (!made) return at(metrics[i], Result<Outputs>(fail(made.error())));
      auto reading = experiment::read_guardrail(made->contrast, {thresholds[i], up});
      if (!reading) return at(metrics[i], Result<Outputs>(fail(reading.error())));
      names.push_back(metrics[i]), states.emplace_back(guardrail_state_name(reading->state));
      control.push_back(made->contrast.control), treatment.push_back(made->contrast.treatment);
      worsening.push_back(reading->worsening), low.push_back(reading->low);
      high.push_back(reading->high), limit.push_back(thresholds[i]);
      p.push_back(reading->non_inferiority_p);
      rollback.push_back(reading->worsening > thresholds[i]);
      safe.push_back(reading->state == GuardrailState::safe);
      truth.push_back(up ? trial->true_effect[arm] : -trial->true_effect[arm]);
    }
  }
  Frame::Builder builder;
  builder.add("metric", names)
      .add("control", std::move(control))
      .add("treatment", std::move(treatment))
      .add("worsening", std::move(worsening))
      .add("low", std::move(low))
      .add("high", std::move(high))
      .add("threshold", std::move(limit))
      .add("non_inferiority_p", std::move(p))
      .add("state", states)
      .add("roll_back", std::move(rollback))
      .add("safe", std::move(safe))
      .add("true_worsening", std::move(truth), {.role = Role::truth});
  return one(std::move(builder).build());
}

const StepRegistration kExperimentGuardrails{{
    .name = "experiment.guardrails",
    .sentence = "Metrics that must not get worse by more than a named amount: past the threshold "
                "(roll back, whatever p says), shown to be safe (non-inferiority), or undecided.",
    .example =
        "experiment.guardrails { log, metrics = { \"abuse\", \"latency_ms\" }, thresholds = { "
        "0.002, 20 } }",
    .inputs = {log_port()},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {text_parameter("arm", "arm", "the column of arms"),
                   text_parameter("control", "", "the control's name"),
                   {.name = "metrics",
                    .type = ParameterType::texts,
                    .sentence = "columns of the guardrails"},
                   {.name = "thresholds",
                    .type = ParameterType::numbers,
                    .low = 0,
                    .high = 1e12,
                    .sentence = "the largest acceptable worsening of each, absolute"},
                   {.name = "worse",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{},
                    .sentence = "up or down for each: where worse lies; empty: up"},
                   {.name = "missing",
                    .type = ParameterType::choice,
                    .initial = std::string("leave_out"),
                    .choices = {"leave_out", "zero", "refuse"},
                    .sentence = "what to do with a unit whose metric was not seen"},
                   level_parameter()},
    .run = run_experiment_guardrails,
}};

}  // namespace
}  // namespace rehearse::steps
