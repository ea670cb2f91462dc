// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/stopping.hpp"

#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> rule_parameters(std::vector<std::string> rules) {
  return {{.name = "rules",
           .type = ParameterType::texts,
           .initial = std::move(rules),
           .sentence = "fixed, naive, bonferroni, pocock, obrien-fleming, ld-pocock, ld-obf, "
                       "always-valid, bayesian"},
          number_parameter("alpha", 0.05, 1e-6, 0.5, "two-sided error of each rule"),
          number_parameter("mixture", 0, 0, 1e5,
                           "width of the always-valid mixture in standard errors at the end; 0 is "
                           "narrowest there"),
          number_parameter("prior", 3, 1e-3, 1e5,
                           "width of the Bayesian prior in standard errors at the end")};
}

experiment::RuleOptions rule_options(const StepCall& call) {
  return {call.number("alpha"), call.number("mixture"), call.number("prior")};
}

}  // namespace rehearse::steps
