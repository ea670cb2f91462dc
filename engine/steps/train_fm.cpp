// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/training_fm.hpp"

namespace rehearse::steps {
namespace {

const StepRegistration kTrainFm{{
    .name = "train.fm",
    .sentence = "Factorization machine (Rendle 2010): logistic regression that also learns pairs "
                "of features "
                "through a few factors each.",
    .example = "train.fm { past, valid = recent, categorical = {\"user_id\"} }",
    .inputs = {training_rows(), validation_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = fm_parameters(8),
    .run = [](const StepCall& call,
              const StepContext& context) { return run_train_fm(call, context, false); },
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
