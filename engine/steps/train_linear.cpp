// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/linear_regression.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

models::TransformKind transform_named(const std::string& name) {
  if (name == "log1p") return models::TransformKind::log1p;
  if (name == "boxcox") return models::TransformKind::box_cox;
  return models::TransformKind::none;
}

Result<Outputs> run_train_linear(const StepCall& call, const StepContext&) {
  models::LinearOptions options;
  options.l2 = call.number("l2");
  options.transform = transform_named(call.text("transform"));
  options.smearing = call.text("back") == "smearing";
  options.label = label_given(call);
  options.encoding = encoding_given(call);
  auto model = models::train_linear(call.input("rows")->as_frame(), options);
  if (!model) return fail(model.error());
  return one(ScorerPtr(*model));
}

const StepRegistration kTrainLinear{{
    .name = "train.linear",
    .sentence = "Least squares with a ridge, in closed form: learns the mean of a value.",
    .example = "train.linear { past, label = \"dwell_seconds\", transform = \"log1p\" }",
    .inputs = {training_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = joined(
        {{.name = "l2",
          .initial = 1e-4,
          .low = 0,
          .high = 1e6,
          .sentence = "ridge penalty on the mean of half squares; alpha / n of scikit-learn"},
         {.name = "transform",
          .type = ParameterType::choice,
          .initial = std::string("none"),
          .choices = {"none", "log1p", "boxcox"},
          .sentence = "of the label before the fit; Box-Cox finds its own λ"},
         {.name = "back",
          .type = ParameterType::choice,
          .initial = std::string("smearing"),
          .choices = {"smearing", "plain"},
          .sentence = "how predictions come back: smearing estimates the mean (Duan 1983), "
                      "plain the median of a symmetric error"}},
        encoding_parameters()),
    .run = run_train_linear,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
