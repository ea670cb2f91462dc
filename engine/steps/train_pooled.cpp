// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/pooling.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

models::Pooling pooling_named(const std::string& name) {
  if (name == "none") return models::Pooling::none;
  return name == "full" ? models::Pooling::full : models::Pooling::partial;
}

Result<Outputs> run_train_pooled(const StepCall& call, const StepContext&) {
  models::PoolingOptions options;
  options.by = call.text("by");
  options.pooling = pooling_named(call.text("pooling"));
  options.label = label_given(call);
  auto model = models::train_pooled(call.input("rows")->as_frame(), options);
  if (!model) return fail(model.error());
  return one(ScorerPtr(*model));
}

const StepRegistration kTrainPooled{{
    .name = "train.pooled",
    .sentence =
        "The mean of each group, pulled to that of all by what its rows are worth (empirical "
        "Bayes): for groups of which little is known.",
    .example = "train.pooled { past, by = \"community\", pooling = \"partial\" }",
    .inputs = {training_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters =
        {{.name = "by", .type = ParameterType::text, .sentence = "the column of the groups"},
         {.name = "pooling",
          .type = ParameterType::choice,
          .initial = std::string("partial"),
          .choices = {"none", "partial", "full"},
          .sentence = "none: every group alone; full: one mean for all; partial: between"},
         label_parameter()},
    .run = run_train_pooled,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
