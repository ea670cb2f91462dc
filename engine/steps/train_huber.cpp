// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/linear_regression.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_huber(const StepCall& call, const StepContext& context) {
  models::HuberOptions options;
  options.delta = call.number("delta");
  options.l2 = call.number("l2");
  options.iterations = static_cast<int>(call.integer("iterations"));
  options.label = label_given(call);
  options.encoding = encoding_given(call);
  return trained(models::train_huber(call.input("rows")->as_frame(), options, context.progress),
                 context);
}

const StepRegistration kTrainHuber{{
    .name = "train.huber",
    .sentence = "Huber regression (1964): least squares that lets an outlier pull only so much.",
    .example = "train.huber { past, label = \"dwell_seconds\", delta = 1.345 }",
    .inputs = {training_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters =
        joined({{.name = "delta",
                 .initial = 1.345,
                 .low = 0.01,
                 .high = 100,
                 .unit = "robust deviations",
                 .sentence = "beyond this a residual counts by its size and not by its square"},
                {.name = "l2", .initial = 0.0, .low = 0, .high = 1e6, .sentence = "ridge penalty"},
                {.name = "iterations",
                 .type = ParameterType::integer,
                 .initial = std::int64_t{200},
                 .low = 1,
                 .high = 10000,
                 .sentence = "weighted least squares at most"}},
               encoding_parameters()),
    .run = run_train_huber,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
