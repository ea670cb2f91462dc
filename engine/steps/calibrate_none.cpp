// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/map.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_none(const StepCall& call, const StepContext&) {
  return one(std::make_shared<const calibration::CalibratedScorer>(
      call.input("model")->scorer(), calibration::identity_map(), "not calibrated"));
}

const StepRegistration kCalibrateNone{{
    .name = "calibrate.none",
    .sentence = "Leave the scores as they are.",
    .example = "calibrate.none { model }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model as trained"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "not looked at; the same call fits the other methods",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .run = run_calibrate_none,
}};

}  // namespace
}  // namespace rehearse::steps
