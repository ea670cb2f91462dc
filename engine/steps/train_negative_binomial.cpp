// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/glm.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_negative_binomial(const StepCall& call, const StepContext& context) {
  models::CountOptions options;
  options.l2 = call.number("l2");
  options.label = label_given(call);
  options.encoding = encoding_given(call);
  return trained(
      models::train_negative_binomial(call.input("rows")->as_frame(), options, context.progress),
      context);
}

const StepRegistration kTrainNegativeBinomial{{
    .name = "train.negative_binomial",
    .sentence = "Negative binomial regression: the mean of a count that comes in bursts, with its "
                "dispersion α (variance μ + αμ²) by maximum likelihood.",
    .example = "train.negative_binomial { past, label = \"comments\" }",
    .inputs = {training_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = joined({{.name = "l2",
                           .initial = 1e-6,
                           .low = 0,
                           .high = 1e6,
                           .sentence = "ridge penalty on the mean loss"}},
                         encoding_parameters()),
    .run = run_train_negative_binomial,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
