// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ftrl.hpp"
#include "engine/steps/marshal.hpp"

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
  if (call.given("features")) options.features.columns = call.texts("features");
  options.features.allow_leak = call.boolean("allow_leak");
  auto model = models::train_ftrl(call.input("rows")->as_frame(), options, context.progress);
  if (!model) return fail(model.error());
  return one(ScorerPtr(*model));
}

Result<Frame> trail_train_ftrl(const StepCall& call, const Outputs& outputs, std::size_t row) {
  const auto model = std::dynamic_pointer_cast<const models::FtrlModel>(outputs.front()->scorer());
  if (!model) return fail(Code::internal, "train.ftrl made something that is no FTRL model");
  return model->trail(call.input("rows")->as_frame(), row);
}

const StepRegistration kTrainFtrl{{
    .name = "train.ftrl",
    .sentence = "Logistic regression over hashed features, learned in one pass by FTRL-proximal "
                "(McMahan et al. 2013).",
    .example = "train.ftrl { past, keep_negatives = 0.1 }",
    .inputs = {{.name = "rows",
                .kind = Kind::frame,
                .sentence = "the training rows, in order of time"}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters =
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
         {.name = "features",
          .type = ParameterType::texts,
          .sentence = "the columns to learn from; all features if not given",
          .optional = true},
         label_parameter(),
         {.name = "allow_leak",
          .type = ParameterType::boolean,
          .initial = false,
          .sentence = "learn from truth or late columns on purpose, to show what a leak does"}},
    .run = run_train_ftrl,
    .trail = trail_train_ftrl,
}};

}  // namespace
}  // namespace rehearse::steps
