// SPDX-License-Identifier: GPL-3.0-or-later
//
// What validation steps share: a function of the script as a trainer, a metric as a yardstick, the
// parameters of a split.
#pragma once

#include "engine/scenarios/fitting.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/validation/splits.hpp"

namespace rehearse::steps {

// `fit = function(rows) return train.ftrl { rows } end`
plan::Parameter fit_parameter();
scenarios::Fit fit_of(const StepCall& call);

// `metric = "log_loss"`
plan::Parameter metric_parameter(const std::string& initial);
scenarios::Yardstick yardstick_of(const StepCall& call);

// folds, gap_days, window_days, user; without the split's name.
std::vector<plan::Parameter> split_parameters();
Result<validation::SplitOptions> split_of(const StepCall& call, const std::string& name,
                                          std::uint64_t seed);

}  // namespace rehearse::steps
