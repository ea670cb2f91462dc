// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/calibrating.hpp"

#include "engine/calibration/beta.hpp"
#include "engine/calibration/histogram.hpp"
#include "engine/calibration/isotonic.hpp"
#include "engine/calibration/platt.hpp"
#include "engine/calibration/temperature.hpp"

namespace rehearse::steps {
namespace {

template <class Map>
Result<calibration::MapPtr> as_map(Result<std::shared_ptr<const Map>> map) {
  if (!map) return fail(map.error());
  return calibration::MapPtr(std::move(*map));
}

}  // namespace

std::vector<plan::Port> calibration_ports() {
  return {
      {.name = "model", .kind = Kind::model, .sentence = "the model as trained"},
      {.name = "on", .kind = Kind::frame, .sentence = "held-out rows with labels", .named = true}};
}

Result<Judged> held_out_rows(const StepCall& call) {
  const Scorer& model = *call.input("model")->scorer();
  if (!model.probabilistic())
    return fail(Code::invalid_argument,
                "this model predicts values of its label; only probabilities are calibrated here");
  return judge(model, call.input("on")->as_frame());
}

Result<Outputs> behind_model(const StepCall& call, calibration::MapPtr map,
                             const std::string& description) {
  return one(std::make_shared<const calibration::CalibratedScorer>(call.input("model")->scorer(),
                                                                   std::move(map), description));
}

plan::Parameter segment_parameter() {
  return {.name = "by",
          .type = ParameterType::texts,
          .sentence = "the columns whose values are the segments; several are crossed"};
}

const std::vector<std::string>& map_names() {
  static const std::vector<std::string> names = {"platt", "isotonic", "temperature", "beta",
                                                 "histogram"};
  return names;
}

Result<calibration::MapPtr> fit_named_map(const std::string& name, std::span<const double> scores,
                                          std::span<const double> labels) {
  if (name == "platt")
    return as_map(calibration::fit_platt(scores, labels, {calibration::PlattInput::logit, true}));
  if (name == "isotonic") return as_map(calibration::fit_isotonic(scores, labels));
  if (name == "temperature") return as_map(calibration::fit_temperature(scores, labels));
  if (name == "beta") return as_map(calibration::fit_beta(scores, labels));
  if (name == "histogram") return as_map(calibration::fit_histogram(scores, labels));
  return fail(Code::invalid_argument, "there is no calibration map `{}`", name);
}

}  // namespace rehearse::steps
