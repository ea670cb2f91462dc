// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of alert rules share: their parameters, and signals against their usual values.
#pragma once

#include "engine/monitor/alerts.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> baseline_parameters();
std::vector<plan::Parameter> alert_rule_parameters();
Result<monitor::SignalDeviations> deviations_given(const StepCall& call);
monitor::AlertRule rule_given(const StepCall& call);

}  // namespace rehearse::steps
