// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/beta.hpp"
#include "engine/steps/calibrating.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_beta(const StepCall& call, const StepContext&) {
  auto rows = held_out_rows(call);
  if (!rows) return fail(rows.error());
  auto map = calibration::fit_beta(rows->scores, rows->labels);
  if (!map) return fail(map.error());
  return behind_model(call, *map, "beta");
}

const StepRegistration kCalibrateBeta{{
    .name = "calibrate.beta",
    .sentence = "Fit the three numbers of a beta map on held-out rows (Kull et al. 2017).",
    .example = "calibrate.beta { model, on = hold }",
    .inputs = calibration_ports(),
    .outputs = {{.name = "model", .kind = Kind::model}},
    .run = run_calibrate_beta,
    .trail = map_trail,
}};

}  // namespace
}  // namespace rehearse::steps
