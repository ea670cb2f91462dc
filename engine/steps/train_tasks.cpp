// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/multi_task.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_tasks(const StepCall& call, const StepContext& context) {
  models::MultiTaskOptions o;
  o.labels = call.texts("labels"), o.weights = call.numbers("weights");
  o.shared = call.boolean("shared");
  o.features = features_given(call);
  o.hidden = static_cast<std::size_t>(call.integer("hidden"));
  o.epochs = static_cast<int>(call.integer("epochs"));
  o.batch = static_cast<int>(call.integer("batch"));
  o.learning_rate = call.number("learning_rate"), o.decay = call.number("decay");
  o.seed = context.seed;
  auto model = models::train_multi_task(call.input("rows")->as_frame(), o, context.progress);
  if (!model) return fail(model.error());
  Outputs outputs;
  for (std::size_t task = 0; task < o.labels.size(); ++task)
    outputs.push_back(plan::Artifact::of(models::task_scorer(*model, task)));
  return outputs;
}

std::vector<plan::Parameter> task_parameters() {
  auto parameters =
      joined({{.name = "labels",
               .type = ParameterType::texts,
               .sentence = "the outcomes, 0 or 1 each; a model of each is returned in this order"},
              {.name = "weights",
               .type = ParameterType::numbers,
               .initial = std::vector<double>{},
               .low = 1e-6,
               .high = 1e6,
               .sentence = "of the tasks in the loss; none: all alike"},
              {.name = "shared",
               .type = ParameterType::boolean,
               .initial = true,
               .sentence = "one hidden layer for all tasks, or a network of its own for each"},
              integer_parameter("hidden", 16, 1, 512, "units of the hidden layer"),
              integer_parameter("epochs", 12, 1, 1000, "passes over the rows"),
              integer_parameter("batch", 128, 1, 65536, "rows a step looks at"),
              number_parameter("learning_rate", 0.01, 1e-9, 1, "step of Adam"),
              number_parameter("decay", 1e-3, 0, 1, "shrinkage of weights a step")},
             feature_parameters());
  std::erase_if(parameters, [](const plan::Parameter& one) { return one.name == "label"; });
  return parameters;
}

const StepRegistration kTrainTasks{{
    .name = "train.tasks",
    .sentence = "Several outcomes of the same rows from one network with a shared hidden layer.",
    .example = "local click, read = train.tasks { past, labels = { \"click\", \"read\" } }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the training rows"}},
    .outputs = {{.name = "model", .kind = Kind::model, .sentence = "one for each label"}},
    .list_output = true,
    .output_count = [](const StepCall& call) { return call.texts("labels").size(); },
    .parameters = task_parameters(),
    .run = run_train_tasks,
}};

}  // namespace
}  // namespace rehearse::steps
