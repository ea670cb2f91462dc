// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/training_fm.hpp"

namespace rehearse::steps {
namespace {

const StepRegistration kTrainFfm{{
    .name = "train.ffm",
    .sentence = "Field-aware factorization machine (Juan et al. 2016): a feature shows other "
                "factors to each "
                "column it meets.",
    .example = "train.ffm { past, valid = recent, categorical = {\"user_id\"} }",
    .inputs = {training_rows(), validation_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = fm_parameters(4),
    .run = [](const StepCall& call,
              const StepContext& context) { return run_train_fm(call, context, true); },
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
