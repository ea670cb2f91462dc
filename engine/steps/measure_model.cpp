// SPDX-License-Identifier: GPL-3.0-or-later
//
// A metric of a model on a table, or a fact of its training: what expectations and goals read.
#include <optional>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_measure_model(const StepCall& call, const StepContext&) {
  const Scorer& model = *call.input("subject")->scorer();
  const std::string& name = call.text("metric");
  std::optional<Judged> rows;
  if (call.has("on") && is_metric(name)) {
    auto judged = judge(model, call.input("on")->as_frame());
    if (!judged) return fail(judged.error());
    rows = std::move(*judged);
  }
  auto value = figure_of(model, name, rows ? &*rows : nullptr);
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
