// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_view_number(const StepCall& call, const StepContext&) {
  const Scorer& model = *call.input("model")->scorer();
  auto rows = judge(model, call.input("on")->as_frame());
  if (!rows) return fail(rows.error());
  std::vector<std::string> names, units, why;
  std::vector<double> values;
  for (const std::string& name : call.texts("metrics")) {
    auto value = figure_of(model, name, &*rows);
    if (!value) return fail(value.error());
    names.push_back(in_words(name));
    values.push_back(value->value);
    units.push_back(unit_of_metric(name));
    why.push_back(value->why);
  }
  Frame::Builder builder;
  builder.add("name", names).add("value", std::move(values)).add("unit", units).add("why", why);
  return one(std::move(builder).build());
}

const StepRegistration kViewNumber{{
    .name = "view.number",
    .sentence = "Key numbers of a model on a table.",
    .example = "show.number { model, on = live, metrics = { \"roc_auc\", \"log_loss\" } }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model"},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = {{.name = "metrics",
                    .type = ParameterType::texts,
                    .sentence = "metrics, or facts of the training"}},
    .run = run_view_number,
}};

}  // namespace
}  // namespace rehearse::steps
