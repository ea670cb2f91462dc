// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ftrl.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_ftrl(const StepCall& call, const StepContext& context) {
  models::FtrlOptions options;
  options.alpha = call.number("alpha");
  options.beta = call.number("beta");
  options.lambda1 = call.number("lambda1");
  options.lambda2 = call.number("lambda2");
  options.bits = static_cast<int>(call.integer("bits"));
  options.epochs = static_cast<int>(call.integer("epochs"));
  options.keep_negatives = call.number("keep_negatives");
  options.seed = context.seed;
  options.label = label_given(call);
  options.positive_weight = call.number("positive_weight");
  options.focal_gamma = call.number("focal_gamma");
  options.validation = validation_given(call);
  options.features = features_given(call);
  return trained(models::fit_ftrl(call.input("rows")->as_frame(), options, context.progress),
                 context);
}

const StepRegistration kTrainFtrl{{
    .name = "train.ftrl",
    .sentence = "Logistic regression over hashed features, learned in one pass by FTRL-proximal "
                "(McMahan et al. 2013).",
    .example = "train.ftrl { past, keep_negatives = 0.1 }",
    .inputs = {{.name = "rows",
                .kind = Kind::frame,
                .sentence = "the training rows, in order of time"},
               validation_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = joined(
        {{.name = "keep_negatives",
          .initial = 1.0,
          .low = 1e-4,
          .high = 1,
          .sentence = "share of the rows without a click that is trained on"},
         {.name = "alpha", .initial = 0.1, .low = 1e-6, .high = 100, .sentence = "learning rate"},
         {.name = "beta",
          .initial = 1.0,
          .low = 0,
          .high = 1000,
          .sentence = "smooths the first steps"},
         {.name = "lambda1",
          .initial = 1.0,
          .low = 0,
          .high = 1e6,
          .sentence = "evidence that a weight needs to leave zero"},
         {.name = "lambda2",
          .initial = 1.0,
          .low = 0,
          .high = 1e6,
          .sentence = "shrinkage of the weights"},
         {.name = "bits",
          .type = ParameterType::integer,
          .initial = std::int64_t{18},
          .low = 1,
          .high = 26,
          .sentence = "2^bits weights"},
         {.name = "epochs",
          .type = ParameterType::integer,
          .initial = std::int64_t{1},
          .low = 1,
          .high = 20,
          .sentence = "passes over the rows"},
         {.name = "positive_weight",
          .initial = 1.0,
          .low = 1e-6,
          .high = 1e6,
          .sentence = "how many times a positive counts"},
         {.name = "focal_gamma",
          .initial = 0.0,
          .low = 0,
          .high = 10,
          .sentence = "focal loss: how much easy rows are played down"}},
        feature_parameters()),
    .run = run_train_ftrl,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
