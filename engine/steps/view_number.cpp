// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/metrics/report.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

std::string words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  if (name == "best log loss") return "best possible (truth)";
  if (name == "roc auc") return "ROC AUC";
  if (name == "ece" || name == "mce" || name == "ace")
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return name;
}

Result<metrics::Measure> value_of(const Scorer& model, const Judged& rows,
                                  const std::string& name) {
  for (const auto& [key, value] : model.facts())
    if (key == name) return metrics::Measure{value, ""};
  return metric_of(name, rows);
}

Result<Outputs> run_view_number(const StepCall& call, const StepContext&) {
  const Scorer& model = *call.input("model")->scorer();
  auto rows = judge(model, call.input("on")->as_frame());
  if (!rows) return fail(rows.error());
  std::vector<std::string> names, units, why;
  std::vector<double> values;
  for (const std::string& name : call.texts("metrics")) {
    auto value = value_of(model, *rows, name);
    if (!value) return fail(value.error());
    names.push_back(words(name));
    values.push_back(value->value);
    units.push_back(name == "excess_log_loss" ? "%" : "");
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
