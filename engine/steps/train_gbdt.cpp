// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/boosted.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

models::BoostedOptions boosted_options(const StepCall& call, const StepContext& context) {
  models::BoostedOptions o;
  o.quantile = call.number("quantile");
  o.rounds = static_cast<int>(call.integer("rounds"));
  o.depth = static_cast<int>(call.integer("depth"));
  o.learning_rate = call.number("learning_rate");
  o.min_child_weight = call.number("min_child_weight");
  o.lambda = call.number("lambda");
  o.gamma = call.number("gamma");
  o.subsample = call.number("subsample");
  o.colsample = call.number("colsample");
  o.early_stopping = static_cast<int>(call.integer("early_stopping"));
  o.positive_weight = call.number("positive_weight");
  o.keep_negatives = call.number("keep_negatives");
  o.seed = context.seed;
  o.label = label_given(call);
  o.features = features_given(call);
  return o;
}

Result<Outputs> run_train_gbdt(const StepCall& call, const StepContext& context) {
  models::BoostedOptions options = boosted_options(call, context);
  auto loss = models::parse_boosted_loss(call.text("loss"));
  if (!loss) return fail(loss.error());
  options.loss = *loss;
  auto categorical = models::parse_categorical(call.text("texts"));
  if (!categorical) return fail(categorical.error());
  options.categorical = *categorical;
  const Frame* valid = call.has("valid") ? &call.input("valid")->as_frame() : nullptr;
  return trained(
      models::train_boosted(call.input("rows")->as_frame(), valid, options, context.progress),
      context);
}

std::vector<plan::Parameter> gbdt_parameters() {
  return joined(
      {choice_parameter(
           "loss", "logistic", {"logistic", "squared", "poisson", "quantile"},
           "what the trees make small; logistic gives probabilities, the others values"),
       number_parameter("quantile", 0.5, 1e-6, 1 - 1e-6, "which quantile, for the loss quantile"),
       integer_parameter("rounds", 60, 1, 5000, "trees at most"),
       integer_parameter("depth", 4, 1, 12, "questions a tree may ask in a row"),
       number_parameter("learning_rate", 0.2, 1e-6, 1, "share of each tree's advice that is taken"),
       number_parameter("min_child_weight", 1, 0, 1e6,
                        "least sum of p (1 - p) of the rows in a leaf"),
       number_parameter("lambda", 1, 0, 1e6, "shrinkage of the leaves"),
       number_parameter("gamma", 0, 0, 1e6, "least gain that a split must bring"),
       number_parameter("subsample", 1, 1e-6, 1, "share of the rows that a tree sees"),
       number_parameter("colsample", 1, 1e-6, 1, "share of the columns that a tree sees"),
       integer_parameter("early_stopping", 10, 1, 5000,
                         "rounds without a better loss on `valid` before it stops"),
       number_parameter("positive_weight", 1, 1e-6, 1e6,
                        "weight of the rows with a positive label"),
       number_parameter("keep_negatives", 1, 1e-4, 1,
                        "share of the rows without a click that is trained on"),
       choice_parameter(
           "texts", "auto", {"auto", "one-hot", "frequency", "ordinal"},
           "texts as numbers: auto is one-hot up to 16 levels, else how common it is")},
      feature_parameters());
}

const StepRegistration kTrainGbdt{{
    .name = "train.gbdt",
    .sentence = "Gradient-boosted trees by XGBoost (Chen and Guestrin 2016); with `valid`, stopped "
                "early on its loss.",
    .example = "train.gbdt { past, valid = hold, rounds = 200 }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the training rows"},
               {.name = "valid",
                .kind = Kind::frame,
                .sentence = "rows whose loss ends the training",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = gbdt_parameters(),
    .run = run_train_gbdt,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
