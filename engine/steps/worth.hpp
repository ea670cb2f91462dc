// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the four outcomes of a decision are worth, as parameters of a step; and metrics of decisions
// in that worth.
#pragma once

#include "engine/calibration/decision.hpp"
#include "engine/metrics/utility.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

// These parameters and then `others`.
std::vector<plan::Parameter> with_worth(std::vector<plan::Parameter> others);
metrics::UtilityMatrix worth_of(const StepCall& call);

// utility, expected_utility, best_utility (the truth's own decisions): per 1000 rows;
// utility_share: expected over best. Measured on the decision's labels and truth.
bool is_utility_metric(const std::string& name);
Result<metrics::Measure> utility_figure(const calibration::Decision& decision,
                                        const std::string& name, const Judged& decided);

}  // namespace rehearse::steps
