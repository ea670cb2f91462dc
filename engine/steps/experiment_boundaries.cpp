// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bounds of stopping rules, look by look, and what each rule costs.
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/stopping.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_experiment_boundaries(const StepCall& call, const StepContext&) {
  const auto looks = static_cast<int>(call.integer("looks"));
  const experiment::RuleOptions options = rule_options(call);
  const double drift =
      normal_quantile(1 - options.alpha / 2) + normal_quantile(call.number("power"));
  std::vector<std::string> series, rule;
  std::vector<std::int64_t> look;
  std::vector<double> share, z, nominal, spent, last, power, duration, error;
  for (const std::string& name : call.texts("rules")) {
    auto bounds = experiment::stopping_rule(name, looks, options);
    if (!bounds) return fail(bounds.error());
    for (std::size_t k = 0; k < bounds->z.size(); ++k) {
      if (!std::isfinite(bounds->z[k])) continue;
      series.push_back(experiment::rule_in_words(name));
      look.push_back(static_cast<std::int64_t>(k + 1)), share.push_back(bounds->information[k]);
      z.push_back(bounds->z[k]), nominal.push_back(bounds->nominal_alpha[k]);
      spent.push_back(bounds->spent[k]);
    }
    auto point = experiment::operating_point(*bounds, drift);
    if (!point) return fail(point.error());
    rule.push_back(experiment::rule_in_words(name)), error.push_back(bounds->spent.back());
    last.push_back(bounds->z.back());
    power.push_back(point->power), duration.push_back(point->expected_information);
  }
  Frame::Builder curve, summary;
  curve.add("series", series).add("look", std::move(look)).add("share", std::move(share));
  curve.add("z", std::move(z)).add("nominal_alpha", std::move(nominal));
  curve.add("spent", std::move(spent));
  summary.add("rule", rule).add("false_positives", std::move(error), {.unit = "%"});
  summary.add("last_z", std::move(last)).add("power", std::move(power), {.unit = "%"});
  summary.add("expected_share", std::move(duration), {.unit = "%"});
  return two(std::move(curve).build(), std::move(summary).build());
}

std::vector<plan::Parameter> boundary_parameters() {
  std::vector<plan::Parameter> all = rule_parameters({"pocock", "obrien-fleming"});
  all.push_back(integer_parameter("looks", 5, 1, 200, "equally spaced looks, the end included"));
  all.push_back(number_parameter(
      "power", 0.8, 0.1, 0.999,
      "the effect looked at is what one look at the end would find with this power"));
  return all;
}

const StepRegistration kExperimentBoundaries{{
    .name = "experiment.boundaries",
    .sentence = "How far z must be from 0 at each look for rules to stop, and what each costs, by "
                "integration.",
    .example = "local bounds, cost = experiment.boundaries { looks = 5, rules = { \"pocock\" } }",
    .outputs = {{.name = "bounds", .kind = Kind::frame, .sentence = "series, look, share, z"},
                {.name = "cost",
                 .kind = Kind::frame,
                 .sentence = "rule, false_positives, last_z, power, expected_share"}},
    .parameters = boundary_parameters(),
    .run = run_experiment_boundaries,
}};

}  // namespace
}  // namespace rehearse::steps
