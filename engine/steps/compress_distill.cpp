// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/distill.hpp"
#include "engine/steps/network_call.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_compress_distill(const StepCall& call, const StepContext& context) {
  models::DistillOptions options;
  auto student = models::parse_student(call.text("student"));
  if (!student) return fail(student.error());
  options.student = *student;
  options.teacher_share = call.number("teacher_share");
  auto network = network_options(call, context);
  if (!network) return fail(network.error());
  options.network = std::move(*network);
  options.network.wide_bits = static_cast<int>(call.integer("bits"));
  options.trees.rounds = static_cast<int>(call.integer("rounds"));
  options.trees.depth = static_cast<int>(call.integer("depth"));
  options.trees.learning_rate = 0.3;
  options.trees.seed = context.seed;
  options.trees.label = options.network.label;
  options.trees.features = options.network.features;
  const Frame* valid = call.has("valid") ? &call.input("valid")->as_frame() : nullptr;
  return trained(models::distill(call.input("rows")->as_frame(), *call.input("teacher")->scorer(),
                                 valid, options, context.progress),
                 context);
}

std::vector<plan::Parameter> distill_parameters() {
  std::vector<plan::Parameter> all = {
      choice_parameter("student", "logistic", {"logistic", "network", "trees"},
                       "what learns from the teacher"),
      number_parameter("teacher_share", 1, 0, 1,
                       "how much of the target is the teacher's word; the rest is the label"),
      integer_parameter("bits", 14, 8, 22, "2^bits weights of a logistic student"),
      integer_parameter("rounds", 20, 1, 5000, "trees of a student of trees"),
      integer_parameter("depth", 3, 1, 12, "depth of a student of trees")};
  for (plan::Parameter& parameter : network_parameters())
    if (parameter.name != "keep_negatives" && parameter.name != "positive_weight")
      all.push_back(std::move(parameter));
  return all;
}

std::vector<plan::Port> distill_inputs() {
  std::vector<plan::Port> inputs = training_inputs();
  inputs.push_back({.name = "teacher",
                    .kind = Kind::model,
                    .sentence = "the model whose probabilities are learned; calibrated, please",
                    .named = true});
  return inputs;
}

const StepRegistration kCompressDistill{{
    .name = "compress.distill",
    .sentence = "A small student learns a large teacher's probabilities (Hinton, Vinyals, Dean "
                "2015).",
    .example = "compress.distill { past, teacher = forest, student = \"logistic\" }",
    .inputs = distill_inputs(),
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = distill_parameters(),
    .run = run_compress_distill,
}};

}  // namespace
}  // namespace rehearse::steps
