// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same experiment a thousand times, watched by several stopping rules.
#include <cmath>

#include "engine/experiment/peeking.hpp"
#include "engine/steps/peeking_call.hpp"

namespace rehearse::steps {
namespace {

// By rule and look: measured, and the integral as truth.
struct PeekingCurve {
  std::vector<std::string> series;
  std::vector<std::int64_t> look;
  std::vector<double> day, stopped;

  void add(int every, const std::string& name, const std::vector<double>& shares) {
    for (std::size_t k = 0; k < shares.size(); ++k) {
      series.push_back(name), look.push_back(static_cast<std::int64_t>(k + 1));
      day.push_back(static_cast<double>(k + 1) * every), stopped.push_back(shares[k]);
    }
  }
};

Result<Frame> peeking_summary(const std::vector<experiment::WatchedRule>& rules, double lift) {
  std::vector<std::string> rule;
  std::vector<double> called, integral, won, days, days_integral, estimate, inflation;
  std::vector<std::uint8_t> any, real;
  for (const experiment::WatchedRule& r : rules) {
    rule.push_back(experiment::rule_in_words(r.rule));
    called.push_back(r.rejected), integral.push_back(r.rejected_expected), won.push_back(r.won);
    days.push_back(r.days), days_integral.push_back(r.days_expected);
    any.push_back(r.won > 0), real.push_back(r.won > 0 && lift > 0);
    estimate.push_back(r.won > 0 ? r.lift_of_winners : 0);
    inflation.push_back(r.won > 0 && lift > 0 ? r.lift_of_winners / lift : 0);
  }
  Frame::Builder builder;
  builder.add("rule", rule).add("called", std::move(called), {.unit = "%"});
  builder.add("by_integration", std::move(integral), {.unit = "%"});
  builder.add("won", std::move(won), {.unit = "%"}).add("days", std::move(days));
  builder.add("days_by_integration", std::move(days_integral));
  builder.add("lift_of_winners", std::move(estimate)).missing(any);
  builder.add("times_the_truth", std::move(inflation)).missing(real);
  return std::move(builder).build();
}

Result<Outputs> run_experiment_peeking(const StepCall& call, const StepContext& context) {
  auto options = peeking_options(call, context);
  if (!options) return fail(options.error());
  options->rules = call.texts("rules");
  options->replicates = static_cast<int>(call.integer("replicates"));
  auto rules = experiment::watch_repeatedly(*options, context.progress);
  if (!rules) return fail(rules.error());
  const int every = options->days / options->looks;
  PeekingCurve curve;
  for (const experiment::WatchedRule& rule : *rules)
    curve.add(every, experiment::rule_in_words(rule.rule), rule.measured);
  for (const experiment::WatchedRule& rule : *rules)
    curve.add(every, "truth: " + experiment::rule_in_words(rule.rule), rule.expected);
  Frame::Builder builder;
  builder.add("series", curve.series).add("look", std::move(curve.look));
  builder.add("day", std::move(curve.day)).add("stopped", std::move(curve.stopped), {.unit = "%"});
  return two(std::move(builder).build(), peeking_summary(*rules, options->lift));
}

std::vector<plan::Parameter> repeated_parameters() {
  std::vector<plan::Parameter> all = peeking_parameters();
  for (plan::Parameter& parameter : rule_parameters({"naive", "pocock", "obrien-fleming"}))
    all.push_back(std::move(parameter));
  all.push_back(integer_parameter("replicates", 1000, 10, 100000, "experiments"));
  return all;
}

const StepRegistration kExperimentPeeking{{
    .name = "experiment.peeking",
    .sentence =
        "The same experiment a thousand times, watched by several stopping rules: how often "
        "each calls a difference, when, and what integration says.",
    .example = "local curve, summary = experiment.peeking { lift = 0, looks = 20, days = 20 }",
    .outputs = {{.name = "curve", .kind = Kind::frame, .sentence = "series, look, day, stopped"},
                {.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "rule, called, by_integration, won, days, lift_of_winners"}},
    .parameters = repeated_parameters(),
    .run = run_experiment_peeking,
}};

}  // namespace
}  // namespace rehearse::steps
