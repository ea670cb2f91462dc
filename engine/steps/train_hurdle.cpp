// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/hurdle.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_hurdle(const StepCall& call, const StepContext& context) {
  models::HurdleOptions options;
  options.positive = call.text("positive") == "poisson" ? models::PositivePart::poisson
                                                        : models::PositivePart::lognormal;
  options.l2 = call.number("l2");
  options.label = label_given(call);
  options.encoding = encoding_given(call);
  return trained(models::train_hurdle(call.input("rows")->as_frame(), options, context.progress),
                 context);
}

const StepRegistration kTrainHurdle{{
    .name = "train.hurdle",
    .sentence = "Two models for a label with many zeros: whether it is above 0, and how much then.",
    .example = "train.hurdle { past, label = \"dwell_seconds\", positive = \"lognormal\" }",
    .inputs = {training_rows()},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters =
        joined({{.name = "positive",
                 .type = ParameterType::choice,
                 .initial = std::string("lognormal"),
                 .choices = {"lognormal", "poisson"},
                 .sentence = "the model of what is above 0: seconds are lognormal, counts Poisson"},
                {.name = "l2",
                 .initial = 1e-4,
                 .low = 0,
                 .high = 1e6,
                 .sentence = "ridge penalty of both parts"}},
               encoding_parameters()),
    .run = run_train_hurdle,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
