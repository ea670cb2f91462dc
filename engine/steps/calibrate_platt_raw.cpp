// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/platt.hpp"
#include "engine/steps/calibrating.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_platt_raw(const StepCall& call, const StepContext&) {
  auto rows = held_out_rows(call);
  if (!rows) return fail(rows.error());
  const auto input = call.text("input") == "logit" ? calibration::PlattInput::logit
                                                   : calibration::PlattInput::score;
  auto map = calibration::fit_platt(rows->scores, rows->labels, {input, false});
  if (!map) return fail(map.error());
  return behind_model(call, *map, "Platt, not smoothed");
}

const StepRegistration kCalibratePlattRaw{{
    .name = "calibrate.platt_raw",
    .sentence = "Fit a sigmoid on held-out rows with targets 0 and 1, not smoothed.",
    .example = "calibrate.platt_raw { model, on = hold }",
    .inputs = calibration_ports(),
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = {{.name = "input",
                    .type = ParameterType::choice,
                    .initial = std::string("logit"),
                    .choices = {"score", "logit"},
                    .sentence = "fit on the score or on its logit"}},
    .run = run_calibrate_platt_raw,
    .trail = map_trail,
}};

}  // namespace
}  // namespace rehearse::steps
