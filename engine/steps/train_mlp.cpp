// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/network_call.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_mlp(const StepCall& call, const StepContext& context) {
  auto options = network_options(call, context);
  if (!options) return fail(options.error());
  return trained(call, context, *options);
}

const StepRegistration kTrainMlp{{
    .name = "train.mlp",
    .sentence = "A small neural network: numbers and learned embeddings of texts through ReLU "
                "layers, by Adam.",
    .example = "train.mlp { past, valid = hold, hidden = { 32, 16 } }",
    .inputs = training_inputs(),
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = network_parameters(),
    .run = run_train_mlp,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
