// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/network_call.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_wide(const StepCall& call, const StepContext& context) {
  auto options = network_options(call, context);
  if (!options) return fail(options.error());
  options->deep = call.boolean("deep");
  options->wide_bits = static_cast<int>(call.integer("bits"));
  if (call.given("crosses")) {
    auto crosses = parse_crosses(call.texts("crosses"));
    if (!crosses) return fail(crosses.error());
    options->crosses = std::move(*crosses);
  }
  return trained(call, context, *options);
}

std::vector<plan::Parameter> wide_parameters() {
  std::vector<plan::Parameter> all = {
      integer_parameter("bits", 14, 8, 22, "2^bits weights of the wide part"),
      {.name = "crosses",
       .type = ParameterType::texts,
       .sentence = "pairs of columns that the wide part remembers together: \"topic*media\"",
       .optional = true},
      {.name = "deep",
       .type = ParameterType::boolean,
       .initial = true,
       .sentence = "whether there is a network beside the wide part; else logistic regression"}};
  for (plan::Parameter& parameter : network_parameters()) all.push_back(std::move(parameter));
  return all;
}

const StepRegistration kTrainWide{{
    .name = "train.wide",
    .sentence = "Wide and deep: a linear memory of hashed features and crosses beside a network "
                "(Cheng et al. 2016).",
    .example = "train.wide { past, valid = hold, crosses = { \"topic*media\" } }",
    .inputs = training_inputs(),
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = wide_parameters(),
    .run = run_train_wide,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
