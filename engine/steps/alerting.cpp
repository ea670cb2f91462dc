// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/alerting.hpp"

#include <map>

#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> baseline_parameters() {
  return {
      {.name = "watch",
       .type = ParameterType::texts,
       .sentence = "the signals to watch, by their columns"},
      {.name = "seasonal",
       .type = ParameterType::boolean,
       .initial = true,
       .sentence = "compare with the same hour of day; else with one value for all hours"},
      integer_parameter("baseline_days", 14, 1, 400, "days at the start that are taken as usual"),
      {.name = "segment",
       .type = ParameterType::text,
       .initial = std::string("all"),
       .sentence = "the segment that is watched"}};
}

std::vector<plan::Parameter> alert_rule_parameters() {
  auto all = baseline_parameters();
  for (plan::Parameter& one : std::vector<plan::Parameter>{
           number_parameter("sigma", 4, 0.1, 100, "deviation that counts, in standard deviations"),
           number_parameter("least_change", 0, 0, 10,
                            "relative change below which nobody cares, however significant"),
           integer_parameter("sustain", 1, 1, 168, "hours in a row that a signal must be beyond"),
           integer_parameter("corroborate", 1, 1, 50, "signals that must agree"),
           integer_parameter("within", 3, 1, 168, "hours within which they must"),
           integer_parameter("quiet", 12, 0, 1000, "hours without a second page"),
           integer_parameter("again", 0, 0, 1000,
                             "hours after which it pages again while it goes on; 0: never"),
           {.name = "layers",
           .type = ParameterType::texts,
           .initial = std::vector<std::string>{},
           .sentence = "the layer of each signal; then that many layers must agree"}})
    all.push_back(std::move(one));
  return all;
}

Result<monitor::SignalDeviations> deviations_given(const StepCall& call) {
  monitor::BaselineOptions o;
  o.days = static_cast<int>(call.integer("baseline_days"));
  o.seasonal = call.boolean("seasonal"), o.segment = call.text("segment");
  return monitor::SignalDeviations::of(call.input("signals")->as_frame(), call.texts("watch"), o);
}

monitor::AlertRule rule_given(const StepCall& call) {
  monitor::AlertRule rule;
  rule.threshold = call.number("sigma"), rule.least_change = call.number("least_change");
  rule.sustain = static_cast<int>(call.integer("sustain"));
  rule.corroborate = static_cast<int>(call.integer("corroborate"));
  rule.within = static_cast<int>(call.integer("within"));
  rule.quiet = static_cast<int>(call.integer("quiet"));
  rule.repeat = static_cast<int>(call.integer("again"));
  std::map<std::string, std::size_t> layers;
  for (const std::string& layer : call.texts("layers"))
    rule.layer.push_back(layers.emplace(layer, layers.size()).first->second);
  return rule;
}

}  // namespace rehearse::steps
