// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/training_fm.hpp"

#include "engine/models/fm.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> fm_parameters(std::int64_t factors) {
  return joined(
      {{.name = "factors",
        .type = ParameterType::integer,
        .initial = factors,
        .low = 1,
        .high = 128,
        .sentence = "numbers that stand for a feature in its pairs"},
       {.name = "learning_rate", .initial = 0.1, .low = 1e-6, .high = 10, .sentence = "of AdaGrad"},
       {.name = "l2",
        .initial = 2e-5,
        .low = 0,
        .high = 10,
        .sentence = "shrinkage at each row's update"},
       {.name = "epochs",
        .type = ParameterType::integer,
        .initial = std::int64_t{10},
        .low = 1,
        .high = 1000,
        .sentence = "passes over the rows, at most"},
       {.name = "patience",
        .type = ParameterType::integer,
        .initial = std::int64_t{2},
        .low = 1,
        .high = 1000,
        .sentence = "passes without a better loss on `valid` before training stops"},
       {.name = "keep_negatives",
        .initial = 1.0,
        .low = 1e-4,
        .high = 1,
        .sentence = "share of the rows without a click that is trained on"}},
      encoding_parameters());
}

Result<Outputs> run_train_fm(const StepCall& call, const StepContext& context, bool field_aware) {
  models::FmOptions options;
  options.field_aware = field_aware;
  options.factors = static_cast<int>(call.integer("factors"));
  options.learning_rate = call.number("learning_rate");
  options.l2 = call.number("l2");
  options.epochs = static_cast<int>(call.integer("epochs"));
  options.patience = static_cast<int>(call.integer("patience"));
  options.keep_negatives = call.number("keep_negatives");
  options.validation = validation_given(call);
  options.seed = context.seed;
  options.label = label_given(call);
  options.encoding = encoding_given(call);
  return trained(models::train_fm(call.input("rows")->as_frame(), options, context.progress),
                 context);
}

}  // namespace rehearse::steps
