// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/network_call.hpp"

#include <cmath>

#include "engine/steps/parameters.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> network_parameters() {
  return joined(
      {{.name = "hidden",
        .type = ParameterType::numbers,
        .initial = std::vector<double>{32, 16},
        .low = 1,
        .high = 1024,
        .sentence = "units of each hidden layer, at most six layers"},
       integer_parameter("dimension", 4, 1, 64, "numbers that stand for a text's level"),
       integer_parameter("buckets", 64, 2, 65536, "levels told apart of each text column"),
       number_parameter("learning_rate", 0.005, 1e-9, 1, "step of Adam"),
       integer_parameter("epochs", 8, 1, 500, "passes over the rows at most"),
       integer_parameter("batch", 256, 1, 65536, "rows a step looks at"),
       number_parameter("dropout", 0, 0, 0.9, "share of the hidden units silenced in training"),
       number_parameter("weight_decay", 0, 0, 1, "shrinkage of the dense weights a step"),
       integer_parameter("early_stopping", 2, 1, 500,
                         "epochs without a better loss on `valid` before it stops"),
       number_parameter("positive_weight", 1, 1e-6, 1e6,
                        "weight of the rows with a positive label"),
       number_parameter("keep_negatives", 1, 1e-4, 1,
                        "share of the rows without a click that is trained on")},
      feature_parameters());
}

Result<models::NetworkOptions> network_options(const StepCall& call, const StepContext& context) {
  models::NetworkOptions o;
  o.hidden.clear();
  for (const double units : call.numbers("hidden")) {
    if (units != std::floor(units))
      return fail(Code::invalid_argument, "hidden: {:g} is no whole number of units", units);
    o.hidden.push_back(static_cast<int>(units));
  }
  o.dimension = static_cast<int>(call.integer("dimension"));
  o.buckets = static_cast<int>(call.integer("buckets"));
  o.learning_rate = call.number("learning_rate");
  o.epochs = static_cast<int>(call.integer("epochs"));
  o.batch = static_cast<int>(call.integer("batch"));
  o.dropout = call.number("dropout");
  o.weight_decay = call.number("weight_decay");
  o.early_stopping = static_cast<int>(call.integer("early_stopping"));
  if (call.parameters.contains("positive_weight"))  // a student has neither
    o.positive_weight = call.number("positive_weight");
  if (call.parameters.contains("keep_negatives")) o.keep_negatives = call.number("keep_negatives");
  o.seed = context.seed;
  o.label = label_given(call);
  o.features = features_given(call);
  return o;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_crosses(
    const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> crosses;
  for (const std::string& text : texts) {
    const std::size_t star = text.find('*');
    if (star == std::string::npos || star == 0 || star + 1 == text.size())
      return fail(Code::invalid_argument, "`{}` is no cross; write two columns as \"topic*media\"",
                  text);
    crosses.emplace_back(text.substr(0, star), text.substr(star + 1));
  }
  return crosses;
}

Result<Outputs> trained(const StepCall& call, const StepContext& context,
                        const models::NetworkOptions& options) {
  const Frame* valid = call.has("valid") ? &call.input("valid")->as_frame() : nullptr;
  return trained(
      models::train_network(call.input("rows")->as_frame(), valid, options, context.progress),
      context);
}

std::vector<plan::Port> training_inputs() {
  return {{.name = "rows", .kind = Kind::frame, .sentence = "the training rows"},
          {.name = "valid",
           .kind = Kind::frame,
           .sentence = "rows whose loss ends the training",
           .optional = true,
           .named = true}};
}

}  // namespace rehearse::steps
