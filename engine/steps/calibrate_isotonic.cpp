// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/isotonic.hpp"
#include "engine/steps/calibrating.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_isotonic(const StepCall& call, const StepContext&) {
  auto rows = judge(*call.input("model")->scorer(), call.input("on")->as_frame());
  if (!rows) return fail(rows.error());
  const auto form = call.text("form") == "linear" ? calibration::Interpolation::linear
                                                  : calibration::Interpolation::step;
  auto map = calibration::fit_isotonic(rows->scores, rows->labels, {}, form);
  if (!map) return fail(map.error());
  return one(std::make_shared<const calibration::CalibratedScorer>(call.input("model")->scorer(),
                                                                   *map, "isotonic"));
}

const StepRegistration kCalibrateIsotonic{{
    .name = "calibrate.isotonic",
    .sentence =
        "Fit the best rising staircase on the scores of held-out rows (pool adjacent violators).",
    .example = "calibrate.isotonic { model, on = hold }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model as trained"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "held-out rows with labels",
                .named = true}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = {{.name = "form",
                    .type = ParameterType::choice,
                    .initial = std::string("linear"),
                    .choices = {"step", "linear"},
                    .sentence = "a staircase, or lines between the blocks"}},
    .run = run_calibrate_isotonic,
    .trail = map_trail,
}};

}  // namespace
}  // namespace rehearse::steps
