// SPDX-License-Identifier: GPL-3.0-or-later
//
// A metric of a model on a table, or a fact of its training: what expectations and goals read.
#include <algorithm>

#include "engine/metrics/report.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

bool is_metric(const std::string& name) {
  const auto& names = metrics::metric_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

Result<Outputs> fact(const Scorer& model, const std::string& name) {
  std::string known;
  for (const auto& [key, value] : model.facts()) {
    if (key == name) return measured(value, "");
    known += (known.empty() ? "" : ", ") + key;
  }
  return fail(Code::invalid_argument,
              "`{}` is neither a metric nor a fact of this model; its facts are {}", name, known);
}

Result<Outputs> run_measure_model(const StepCall& call, const StepContext&) {
  const Scorer& model = *call.input("subject")->scorer();
  const std::string& name = call.text("metric");
  if (!is_metric(name)) return fact(model, name);
  if (!call.has("on"))
    return fail(Code::invalid_argument, "the metric `{}` is measured on a table: add `on = …`",
                name);
  auto rows = judge(model, call.input("on")->as_frame());
  if (!rows) return fail(rows.error());
  auto value = metric_of(name, *rows);
  if (!value) return fail(value.error());
  return measured(value->value, value->why);
}

const StepRegistration kMeasureModel{{
    .name = "measure.model",
    .sentence = "One metric of a model on a table, or one fact of its training.",
    .example = "expect.below { model, \"ece\", 0.02, on = live }",
    .inputs = {{.name = "subject", .kind = Kind::model, .sentence = "the model"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "rows with labels",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "value", .kind = Kind::frame}},
    .parameters = {{.name = "metric", .type = ParameterType::text, .sentence = "its name"}},
    .run = run_measure_model,
}};

}  // namespace
}  // namespace rehearse::steps
