// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/map.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_prior(const StepCall& call, const StepContext&) {
  auto map = calibration::prior_map(call.number("keep_negatives"));
  if (!map) return fail(map.error());
  return one(std::make_shared<const calibration::CalibratedScorer>(call.input("model")->scorer(),
                                                                   *map, "closed form"));
}

const StepRegistration kCalibratePrior{{
    .name = "calibrate.prior",
    .sentence = "Undo negative downsampling in closed form: q = p / (p + (1 - p) / w).",
    .example = "calibrate.prior { model, keep_negatives = 0.1 }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model as trained"}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = {{.name = "keep_negatives",
                    .initial = 1.0,
                    .low = 1e-4,
                    .high = 1,
                    .sentence = "the rate that training kept"}},
    .run = run_calibrate_prior,
}};

}  // namespace
}  // namespace rehearse::steps
