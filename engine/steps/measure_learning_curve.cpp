// SPDX-License-Identifier: GPL-3.0-or-later
//
// Loss by tree or epoch, of training rows and of rows never seen.
#include <cmath>

#include "engine/models/learning_curve.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct CurveTable {
  std::vector<std::string> series;
  std::vector<double> step, loss;

  void add(const std::string& name, std::span<const double> values) {
    for (std::size_t i = 0; i < values.size(); ++i)
      series.push_back(name), step.push_back(static_cast<double>(i) + 1), loss.push_back(values[i]);
  }
};

Result<Outputs> run_measure_learning_curve(const StepCall& call, const StepContext&) {
  CurveTable table;
  const auto& models = call.inputs.at("models");
  for (std::size_t i = 0; i < models.size(); ++i) {
    const auto model = std::dynamic_pointer_cast<const models::LearnedScorer>(models[i]->scorer());
    if (!model)
      return fail(Code::invalid_argument,
                  "`{}` keeps no learning curve; train.gbdt, train.mlp and train.wide do, before "
                  "they are calibrated",
                  call.labels.at("models")[i]);
    const std::string name = models.size() > 1 ? call.labels.at("models")[i] + ", " : "";
    table.add(name + "training rows", model->curve().train);
    table.add(name + "validation rows", model->curve().valid);
  }
  if (call.has("on")) {
    auto rows = judge(*models.front()->scorer(), call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    auto best = metric_of("best_log_loss", *rows);
    if (!best) return fail(best.error());
    std::vector<double> steps = table.step;
    std::sort(steps.begin(), steps.end());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    if (best->defined())
      table.add("best possible (truth)", std::vector<double>(steps.size(), best->value));
  }
  Frame::Builder builder;
  builder.add("series", table.series).add("step", std::move(table.step));
  builder.add("loss", std::move(table.loss));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureLearningCurve{{
    .name = "measure.learning_curve",
    .sentence = "Loss after each tree or epoch, on training rows and on validation rows.",
    .example = "show.line { measure.learning_curve { trees, on = hold }, y = \"loss\", by = "
               "\"step\" }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "models as trained by trees or networks",
                .variadic = true},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "rows whose best possible log loss is drawn too",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "curve", .kind = Kind::frame}},
    .parameters = {},
    .run = run_measure_learning_curve,
}};

}  // namespace
}  // namespace rehearse::steps
