// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/recommend/policy_report.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Frame> table_of(const recommend::PolicyReport& report) {
  std::vector<std::string> names;
  std::vector<double> value, error, low, high, truth, off, covers;
  for (const recommend::NamedEstimate& one : report.estimates) {
    const recommend::Estimate& e = one.estimate;
    names.push_back(one.name), value.push_back(e.value), error.push_back(e.standard_error);
    low.push_back(e.interval.low), high.push_back(e.interval.high);
    truth.push_back(one.truth), off.push_back(e.value - one.truth);
    covers.push_back(std::isnan(off.back()) || std::isnan(e.standard_error)
                         ? std::nan("")
                         : e.interval.low <= one.truth && one.truth <= e.interval.high);
  }
  Frame::Builder builder;
  builder.add("estimator", names)
      .add("value", std::move(value))
      .add("standard_error", std::move(error))
      .add("ci_low", std::move(low))
      .add("ci_high", std::move(high))
      .add("true_value", std::move(truth), {.role = Role::truth})
      .add("error", std::move(off))
      .add("covers_truth", std::move(covers));
  return with_constants(*std::move(builder).build(),
                        {{"rounds", static_cast<double>(report.rounds)},
                         {"effective_sample_size", report.effective_sample_size},
                         {"never_logged", report.never_logged},
                         {"mean_weight", report.weights.mean},
                         {"greatest_weight", report.weights.greatest}});
}

Result<Outputs> run_policy_evaluate(const StepCall& call, const StepContext&) {
  recommend::PolicyReportOptions options;
  options.context = call.text("context"), options.action = call.text("action");
  options.reward = call.text("reward"), options.propensity = call.text("propensity");
  options.category = call.text("category");
  options.category_propensity = call.text("category_propensity");
  options.most_weight = call.number("most_weight");
  options.model = call.text("model") == "cell" ? recommend::RewardTable::By::cell
                                               : recommend::RewardTable::By::action;
  auto report = recommend::report_on_policy(
      call.input("log")->as_frame(), call.input("policy")->as_frame(),
      call.has("pairs") ? &call.input("pairs")->as_frame() : nullptr, options);
  if (!report) return fail(report.error());
  return one(table_of(*report));
}

const StepRegistration kPolicyEvaluate{{
    .name = "policy.evaluate",
    .sentence = "What another policy would have earned, from the log of one that ran: by every "
                "estimator, and in truth.",
    .example = "policy.evaluate { log, policy, pairs = pairs }",
    .inputs = {{.name = "log", .kind = Kind::frame, .sentence = "a row a visit, with propensities"},
               {.name = "policy",
                .kind = Kind::frame,
                .sentence = "context, action, target: as of policy.learn"},
               {.name = "pairs",
                .kind = Kind::frame,
                .sentence = "the truth about pairs, of simulate.choices",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "table",
                 .kind = Kind::frame,
                 .sentence = "a row an estimator: value, ci_low, ci_high, true_value, error"}},
    .parameters = {text_parameter("context", "segment", "the column by which the policy chooses"),
                   text_parameter("action", "post", "the column of what was shown"),
                   text_parameter("reward", "click", "the column of what came of it"),
                   text_parameter("propensity", "propensity", "the column of propensities"),
                   text_parameter("category", "topic",
                                  "the column of what a post is made of, for MIPS; empty: none"),
                   text_parameter("category_propensity", "topic_propensity",
                                  "the column of the propensity of that"),
                   number_parameter("most_weight", 10, 1e-3, 1e9,
                                    "where weights are clipped and SWITCH asks the model alone"),
                   choice_parameter("model", "cell", {"action", "cell"},
                                    "the reward model: the mean of a post, or of a post in a "
                                    "segment")},
    .run = run_policy_evaluate,
}};

}  // namespace
}  // namespace rehearse::steps
