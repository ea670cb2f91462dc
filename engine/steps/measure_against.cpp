// SPDX-License-Identifier: GPL-3.0-or-later
//
// A metric of models against a fact of theirs: loss by rows trained on, by size, by bits.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

// "trees, 4000 rows" belongs to the line "trees".
std::string line_of(const std::string& label) { return label.substr(0, label.find(", ")); }

struct AgainstTable {
  std::vector<std::string> series, model;
  std::vector<double> x, y;

  void add(std::string line, std::string name, double at, double value) {
    series.push_back(std::move(line)), model.push_back(std::move(name));
    x.push_back(at), y.push_back(value);
  }
};

// What nobody can beat on these rows; NaN where that is not known.
double best_of(const std::string& metric, const Judged& rows) {
  if (metric.rfind("excess_", 0) == 0) return 0;
  const auto limit = metric_of("best_" + metric, rows);
  return limit ? limit->value : std::nan("");
}

Result<Outputs> run_measure_against(const StepCall& call, const StepContext& context) {
  AgainstTable table;
  const auto& models = call.inputs.at("models");
  const std::string &metric = call.text("metric"), &along = call.text("along");
  double best = std::nan("");
  for (std::size_t i = 0; i < models.size(); ++i) {
    const Scorer& model = *models[i]->scorer();
    auto rows = judge(model, call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    auto at = figure_of(model, along, &*rows), value = figure_of(model, metric, &*rows);
    if (!at) return fail(at.error());
    if (!value) return fail(value.error());
    const std::string& label = call.labels.at("models")[i];
    table.add(line_of(label), label, at->value, value->value);
    if (i == 0) best = best_of(metric, *rows);
    if (!context.progress.report(static_cast<double>(i + 1) / static_cast<double>(models.size())))
      return cancelled();
  }
  if (std::isfinite(best)) {
    const auto [low, high] = std::minmax_element(table.x.begin(), table.x.end());
    for (const double at : {*low, *high})
      table.add("best possible (truth)", "best possible (truth)", at, best);
  }
  Frame::Builder builder;
  builder.add("series", table.series).add("model", table.model);
  builder.add(along, std::move(table.x)).add(metric, std::move(table.y));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureAgainst{{
    .name = "measure.against",
    .sentence = "A metric of each model against a fact or metric of it; models named `line, more` "
                "share a line.",
    .example =
        "measure.against { a, b, on = live, along = \"rows_trained\", metric = \"log_loss\" }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models, one point each",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "along",
                    .type = ParameterType::text,
                    .sentence = "what makes x: a fact of the training, or a metric"},
                   {.name = "metric", .type = ParameterType::text, .sentence = "what makes y"}},
    .run = run_measure_against,
}};

}  // namespace
}  // namespace rehearse::steps
