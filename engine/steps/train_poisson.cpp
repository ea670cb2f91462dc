// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/glm.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_poisson(const StepCall& call, const StepContext& context) {
  models::CountOptions options;
  options.l2 = call.number("l2");
  options.label = label_given(call);
  options.encoding = encoding_given(call);
  return trained(models::train_poisson(call.input("rows")->as_frame(), options, context.progress),
                 context);
}

const StepRegistration kTrainPoisson{{
    .name = "train.poisson",
    .sentence = "Poisson regression with a log link: learns the mean of a count.",
    .example = "train.poisson { past, label = \"comments\" }",
    .inputs = {training_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = joined({{.name = "l2",
                           .initial = 1e-6,
                           .low = 0,
                           .high = 1e6,
                           .sentence = "ridge penalty on the mean loss"}},
                         encoding_parameters()),
    .run = run_train_poisson,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
