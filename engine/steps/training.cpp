// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/training.hpp"

namespace rehearse::steps {

plan::Port training_rows() {
  return {.name = "rows", .kind = Kind::frame, .sentence = "the training rows"};
}

plan::Port validation_rows() {
  return {.name = "valid",
          .kind = Kind::frame,
          .sentence = "rows of their own on which training stops early, keeping the best so far",
          .optional = true,
          .named = true};
}

Frame validation_given(const StepCall& call) {
  return call.has("valid") ? call.input("valid")->as_frame() : Frame();
}

std::vector<plan::Parameter> feature_parameters() {
  return {{.name = "features",
           .type = ParameterType::texts,
           .sentence = "the columns to learn from; all features if not given",
           .optional = true},
          label_parameter(),
          {.name = "allow_leak",
           .type = ParameterType::boolean,
           .initial = false,
           .sentence = "learn from truth or late columns on purpose, to show what a leak does"}};
}

std::vector<plan::Parameter> encoding_parameters() {
  return joined(feature_parameters(),
                {{.name = "categorical",
                  .type = ParameterType::texts,
                  .sentence = "numeric features that are names of things and get a weight a level",
                  .optional = true}});
}

models::FeatureChoice features_given(const StepCall& call) {
  models::FeatureChoice choice;
  if (call.given("features")) choice.columns = call.texts("features");
  choice.allow_leak = call.boolean("allow_leak");
  return choice;
}

models::EncodingOptions encoding_given(const StepCall& call) {
  models::EncodingOptions options{features_given(call), {}};
  if (call.given("categorical")) options.categorical = call.texts("categorical");
  return options;
}

std::vector<plan::Parameter> joined(std::vector<plan::Parameter> own,
                                    const std::vector<plan::Parameter>& shared) {
  own.insert(own.end(), shared.begin(), shared.end());
  return own;
}

Result<Outputs> made(const Result<ScorerPtr>& model) {
  if (!model) return fail(model.error());
  return one(*model);
}

Result<Frame> trail_of_model(const StepCall& call, const Outputs& outputs, std::size_t row) {
  const auto model = std::dynamic_pointer_cast<const models::Stepped>(outputs.front()->scorer());
  if (!model) return fail(Code::internal, "this step made a model that cannot be stepped");
  return model->trail(call.input("rows")->as_frame(), row);
}

}  // namespace rehearse::steps
