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

Result<Frame> arithmetic_table(const std::vector<std::pair<std::string, double>>& numbers) {
  std::vector<std::string> name;
  std::vector<double> value;
  for (const auto& [what, number] : numbers) name.push_back(what), value.push_back(number);
  Frame::Builder builder;
  builder.add("quantity", name).add("value", std::move(value));
  return std::move(builder).build();
}

Result<Frame> map_trail(const StepCall& call, const Outputs& outputs, std::size_t row) {
  const auto fitted =
      std::dynamic_pointer_cast<const calibration::CalibratedScorer>(outputs.front()->scorer());
  if (!fitted) return fail(Code::internal, "a calibration step made something that has no map");
  const Frame& on = call.input("on")->as_frame();
  if (row >= on.rows())
    return fail(Code::not_found, "there is no row {}; rows are 0 to {}", row, on.rows() - 1);
  const auto rows = judge(*call.input("model")->scorer(), on.slice(row, row + 1));
  if (!rows) return fail(rows.error());
  auto numbers = fitted->map().arithmetic(rows->scores[0]);
  numbers.emplace_back("what happened", rows->labels[0]);
  if (!rows->truth.empty()) numbers.emplace_back("truth", rows->truth[0]);
  return arithmetic_table(numbers);
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
