// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/temperature.hpp"
#include "engine/steps/calibrating.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_temperature(const StepCall& call, const StepContext&) {
  auto rows = held_out_rows(call);
  if (!rows) return fail(rows.error());
  auto map = calibration::fit_temperature(rows->scores, rows->labels);
  if (!map) return fail(map.error());
  return behind_model(call, *map, "temperature");
}

const StepRegistration kCalibrateTemperature{{
    .name = "calibrate.temperature",
    .sentence = "Divide the logit by one number fitted on held-out rows (Guo et al. 2017).",
    .example = "calibrate.temperature { model, on = hold }",
    .inputs = calibration_ports(),
    .outputs = {{.name = "model", .kind = Kind::model}},
    .run = run_calibrate_temperature,
    .trail = map_trail,
}};

}  // namespace
}  // namespace rehearse::steps
