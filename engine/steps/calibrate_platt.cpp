// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/platt.hpp"
#include "engine/steps/calibrating.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_platt(const StepCall& call, const StepContext&) {
  auto rows = judge(*call.input("model")->scorer(), call.input("on")->as_frame());
  if (!rows) return fail(rows.error());
  const auto input = call.text("input") == "logit" ? calibration::PlattInput::logit
                                                   : calibration::PlattInput::score;
  auto map = calibration::fit_platt(rows->scores, rows->labels, {input, true});
  if (!map) return fail(map.error());
  return one(std::make_shared<const calibration::CalibratedScorer>(call.input("model")->scorer(),
                                                                   *map, "Platt"));
}

const StepRegistration kCalibratePlatt{{
    .name = "calibrate.platt",
    .sentence = "Fit a sigmoid on the scores of held-out rows (Platt 1999; Lin, Lin, Weng 2007).",
    .example = "calibrate.platt { model, on = hold }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model as trained"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "held-out rows with labels",
                .named = true}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = {{.name = "input",
                    .type = ParameterType::choice,
                    .initial = std::string("logit"),
                    .choices = {"score", "logit"},
                    .sentence = "fit on the score or on its logit"}},
    .run = run_calibrate_platt,
    .trail = map_trail,
}};

}  // namespace
}  // namespace rehearse::steps
