// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of the space `calibrate` share: the ports, the held-out rows, the map put behind
// the model.
#pragma once

#include "engine/calibration/map.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

std::vector<plan::Port> calibration_ports();

// Errors: those of judge; the model predicts values and no probabilities.
Result<Judged> held_out_rows(const StepCall& call);

Result<Outputs> behind_model(const StepCall& call, calibration::MapPtr map,
                             const std::string& description);

// One held-out row's way through the map: a `trail` of the steps that fit one.
Result<Frame> map_trail(const StepCall& call, const Outputs& outputs, std::size_t row);
Result<Frame> arithmetic_table(const std::vector<std::pair<std::string, double>>& numbers);

// The columns that make segments: `by = "platform"` or `by = { "platform", "country" }`.
plan::Parameter segment_parameter();

// Any learned map by its name, for steps that take one as a choice: Platt on the logit, isotonic as
// a staircase, histogram of ten quantile bins.
const std::vector<std::string>& map_names();
Result<calibration::MapPtr> fit_named_map(const std::string& name, std::span<const double> scores,
                                          std::span<const double> labels);

}  // namespace rehearse::steps
