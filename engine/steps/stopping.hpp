// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parameters that steps about stopping rules share.
#pragma once

#include "engine/experiment/stopping_rule.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

// rules (initially those given), alpha, mixture, prior.
std::vector<plan::Parameter> rule_parameters(std::vector<std::string> rules);
experiment::RuleOptions rule_options(const StepCall& call);

}  // namespace rehearse::steps
