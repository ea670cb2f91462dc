// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/logistic.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_logistic(const StepCall& call, const StepContext& context) {
  models::LogisticOptions options;
  options.l2 = call.number("l2");
  options.positive_weight = call.number("positive_weight");
  options.keep_negatives = call.number("keep_negatives");
  options.correct = call.boolean("correct");
  options.focal_gamma = call.number("focal_gamma");
  options.iterations = static_cast<int>(call.integer("iterations"));
  options.patience = static_cast<int>(call.integer("patience"));
  options.validation = validation_given(call);
  options.seed = context.seed;
  options.label = label_given(call);
  options.encoding = encoding_given(call);
  return trained(models::train_logistic(call.input("rows")->as_frame(), options, context.progress),
                 context);
}

const StepRegistration kTrainLogistic{{
    .name = "train.logistic",
    .sentence = "Logistic regression over standardised numbers and one-hot levels, to the optimum "
                "by L-BFGS.",
    .example = "train.logistic { past, l2 = 1e-4 }",
    .inputs = {training_rows(), validation_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters =
        joined({{.name = "l2",
                 .initial = 1e-4,
                 .low = 0,
                 .high = 1e6,
                 .sentence = "ridge penalty on the mean loss; 1 / (n C) of scikit-learn"},
                {.name = "positive_weight",
                 .initial = 1.0,
                 .low = 1e-6,
                 .high = 1e6,
                 .sentence = "how many times a positive counts"},
                {.name = "keep_negatives",
                 .initial = 1.0,
                 .low = 1e-4,
                 .high = 1,
                 .sentence = "share of the rows without a click that is trained on"},
                {.name = "correct",
                 .type = ParameterType::boolean,
                 .initial = false,
                 .sentence = "take both of these off the bias again, so that scores are "
                             "probabilities"},
                {.name = "focal_gamma",
                 .initial = 0.0,
                 .low = 0,
                 .high = 10,
                 .sentence = "focal loss: how much easy rows are played down"},
                {.name = "iterations",
                 .type = ParameterType::integer,
                 .initial = std::int64_t{200},
                 .low = 1,
                 .high = 10000,
                 .sentence = "steps of L-BFGS at most"},
                {.name = "patience",
                 .type = ParameterType::integer,
                 .initial = std::int64_t{5},
                 .low = 1,
                 .high = 10000,
                 .sentence = "steps without a better loss on `valid` before training stops"}},
               encoding_parameters()),
    .run = run_train_logistic,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
