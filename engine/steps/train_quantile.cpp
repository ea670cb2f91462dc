// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/linear_regression.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_quantile(const StepCall& call, const StepContext& context) {
  models::QuantileOptions options;
  options.level = call.number("level");
  options.label = label_given(call);
  options.encoding = encoding_given(call);
  return trained(models::train_quantile(call.input("rows")->as_frame(), options, context.progress),
                 context);
}

const StepRegistration kTrainQuantile{{
    .name = "train.quantile",
    .sentence = "Quantile regression (Koenker, Bassett 1978), exact: the value that a share of the "
                "label stays below.",
    .example = "train.quantile { past, label = \"dwell_seconds\", level = 0.9 }",
    .inputs = {training_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = joined({{.name = "level",
                           .initial = 0.5,
                           .low = 0.001,
                           .high = 0.999,
                           .sentence = "which quantile; 0.5 is the median"}},
                         encoding_parameters()),
    .run = run_train_quantile,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
