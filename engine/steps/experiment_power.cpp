// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sample size, power and detectable effect, at one point or along a curve.
#include "engine/experiment/power.hpp"

#include <cmath>

#include "engine/steps/experiment_common.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

using experiment::Target;

struct PowerCase {
  double baseline = 0, effect = 0, units = 0, sd = 0, variance_left = 1;
  bool mean = false;
  Target target;
  experiment::SizeForm form = experiment::SizeForm::unpooled;
};

Result<PowerCase> power_case(const StepCall& call) {
  PowerCase c;
  c.baseline = call.number("baseline"), c.effect = call.number("effect");
  c.units = call.number("per_arm"), c.sd = call.number("sd");
  c.variance_left = call.number("variance_left");
  c.mean = call.text("kind") == "mean";
  c.target = {call.number("alpha"), call.number("power"), call.number("attrition"),
              experiment::design_effect(call.number("cluster_size"),
                                        call.number("intraclass_correlation"))};
  auto form = experiment::size_form_of(call.text("form"));
  if (!form) return fail(form.error());
  c.form = *form;
  return c;
}

// What an adjustment explains, it saves: the size is that of the variance that is left.
Target target_of(const PowerCase& c) {
  Target target = c.target;
  target.design_effect *= c.variance_left;
  return target;
}

Result<experiment::SampleSize> size_at(const PowerCase& c, double effect) {
  if (c.mean) return experiment::sample_size_of_means(c.sd, c.sd, effect, target_of(c));
  return experiment::sample_size(c.baseline, effect, target_of(c), c.form);
}
Result<double> power_at(const PowerCase& c, double effect, double units) {
  if (c.mean) return experiment::power_of_means(c.sd, c.sd, effect, units, target_of(c));
  return experiment::power_of(c.baseline, effect, units, target_of(c), c.form);
}
Result<double> detectable_at(const PowerCase& c, double units) {
  if (c.mean) return experiment::minimum_detectable_of_means(c.sd, units, target_of(c));
  return experiment::minimum_detectable(c.baseline, units, target_of(c), c.form, c.effect > 0);
}

struct PowerRows {
  std::vector<double> effect, units, per_arm, total, exact, power, detectable;
  Result<void> add(const PowerCase& c) {
    auto size = size_at(c, c.effect);
    if (!size) return fail(size.error());
    auto reached = power_at(c, c.effect, c.units);
    if (!reached) return fail(reached.error());
    const auto least = detectable_at(c, c.units);
    effect.push_back(c.effect), units.push_back(c.units), per_arm.push_back(size->per_arm);
    total.push_back(size->total), exact.push_back(size->per_arm_exact);
    power.push_back(*reached);
    detectable.push_back(least ? std::abs(*least) : std::nan(""));
    return {};
  }
};

Result<Outputs> run_experiment_power(const StepCall& call, const StepContext&) {
  auto made = power_case(call);
  if (!made) return fail(made.error());
  PowerCase c = *made;
  const std::string& over = call.text("over");
  PowerRows rows;
  if (over == "none") {
    if (auto added = rows.add(c); !added) return fail(added.error());
  } else {
    const double low = call.number("from"), high = call.number("to");
    if (!(low > 0 && low < high))
      return fail(Code::invalid_argument, "from {} to {}: a curve needs 0 < from < to", low, high);
    const auto points = call.integer("points");
    for (std::int64_t i = 0; i < points; ++i) {
      const double at =
          low * std::pow(high / low, static_cast<double>(i) / static_cast<double>(points - 1));
      (over == "effect" ? c.effect : c.units) =
          over == "effect" ? std::copysign(at, made->effect) : at;
      if (auto added = rows.add(c); !added) return fail(added.error());
    }
  }
  Frame::Builder builder;
  builder.add("effect", std::move(rows.effect))
      .add("units", std::move(rows.units))
      .add("per_arm", std::move(rows.per_arm))
      .add("total", std::move(rows.total))
      .add("per_arm_exact", std::move(rows.exact))
      .add("power", std::move(rows.power))
      .add("detectable", std::move(rows.detectable));
  return one(std::move(builder).build());
}

std::vector<plan::Parameter> power_parameters() {
  return {number_parameter("baseline", 0.2, 1e-6, 1 - 1e-6, "the rate of the control"),
          number_parameter("effect", 0.01, -1e9, 1e9, "the absolute difference to be found"),
          number_parameter("per_arm", 1000, 1, 1e12,
                           "units assigned to each arm, for power and "
                           "detectable"),
          number_parameter("alpha", 0.05, 1e-9, 0.5, "two-sided false alarm rate"),
          number_parameter("power", 0.8, 0.5, 0.9999, "probability of finding that effect"),
          number_parameter("attrition", 0, 0, 0.99,
                           "share of assigned units whose outcome is not seen"),
          number_parameter("cluster_size", 1, 1, 1e6, "units that are assigned together"),
          number_parameter("intraclass_correlation", 0, 0, 1, "how alike units of one cluster are"),
          number_parameter("variance_left", 1, 0.001, 1,
                           "share of the variance that covariates or strata do not explain"),
          choice_parameter("kind", "proportion", {"proportion", "mean"}, "what is compared"),
          number_parameter("sd", 1, 1e-9, 1e12, "standard deviation of the outcome, for a mean"),
          choice_parameter("form", "unpooled", {"unpooled", "pooled", "continuity", "arcsine"},
                           "the formula of a proportion's size"),
          choice_parameter("over", "none", {"none", "effect", "units"},
                           "a curve over this, evenly on a log scale"),
          number_parameter("from", 0.001, 1e-9, 1e12, "where the curve begins"),
          number_parameter("to", 1, 1e-9, 1e12, "where it ends"),
          integer_parameter("points", 41, 2, 2000, "points of the curve")};
}

const StepRegistration kExperimentPower{{
    .name = "experiment.power",
    .sentence = "Units needed for an effect, power of given units, and the least effect that they "
                "find, at one point or along a curve.",
    .example =
        "experiment.power { baseline = 0.2, effect = 0.01, over = \"units\", from = 1000, to "
        "= 100000 }",
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = power_parameters(),
    .run = run_experiment_power,
}};

}  // namespace
}  // namespace rehearse::steps
