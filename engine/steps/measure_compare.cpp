// SPDX-License-Identifier: GPL-3.0-or-later
//
// Models side by side: one row a model, one column a metric, the best possible last.
#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct Comparison {
  std::vector<std::string> rows;
  std::vector<std::vector<double>> columns;  // one a metric

  explicit Comparison(std::size_t metrics) : columns(metrics) {}

  Result<Frame> build(const std::vector<std::string>& metrics) && {
    Frame::Builder builder;
    builder.add("model", rows);
    for (std::size_t m = 0; m < metrics.size(); ++m) {
      std::vector<std::uint8_t> there;
      for (const double value : columns[m]) there.push_back(std::isnan(value) ? 0 : 1);
      builder.add(metrics[m], std::move(columns[m]), {.unit = unit_of_metric(metrics[m])})
          .missing(std::move(there));
    }
    return std::move(builder).build();
  }
};

// What nobody can beat on these rows: the metric's own best_…, or 0 for an excess.
Result<double> best_value(const Scorer& model, const std::string& metric, const Judged& rows) {
  if (metric.rfind("excess_", 0) == 0 || metric.rfind("missed_", 0) == 0) return 0.0;
  const std::string best = "best_" + metric;
  if (rows.truth.empty() || !is_metric(best)) return std::nan("");
  auto value = figure_of(model, best, &rows);
  if (!value) return std::nan("");
  return value->value;
}

bool lacks_fact(const Scorer& model, const std::string& name) {
  if (is_metric(name)) return false;
  const auto facts = model.facts();
  return std::none_of(facts.begin(), facts.end(),
                      [&name](const auto& fact) { return fact.first == name; });
}

bool anybody_has(const std::vector<plan::ArtifactPtr>& models, const std::string& name) {
  return std::any_of(models.begin(), models.end(), [&name](const plan::ArtifactPtr& model) {
    return !lacks_fact(*model->scorer(), name);
  });
}

Result<Outputs> run_measure_compare(const StepCall& call, const StepContext& context) {
  const auto& models = call.inputs.at("models");
  const auto metrics = call.texts("metrics");
  Comparison table(metrics.size());
  std::optional<Judged> last;
  for (std::size_t i = 0; i < models.size(); ++i) {
    if (!context.progress.report(static_cast<double>(i) / static_cast<double>(models.size())))
      return cancelled();
    const Scorer& model = *models[i]->scorer();
    if (model.label() != models.front()->scorer()->label())
      return fail(Code::invalid_argument,
                  "`{}` learned the label `{}` and `{}` another: models are compared on one label",
                  call.labels.at("models")[i], model.label(), call.labels.at("models")[0]);
    auto rows = judge(model, call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    table.rows.push_back(call.labels.at("models")[i]);
    for (std::size_t m = 0; m < metrics.size(); ++m) {
      if (lacks_fact(model, metrics[m]) && anybody_has(models, metrics[m])) {
        table.columns[m].push_back(std::nan(""));
        continue;
      }
      auto value = figure_of(model, metrics[m], &*rows);
      if (!value) return fail(value.error());
      table.columns[m].push_back(value->value);
    }
    last = std::move(*rows);
  }
  if (call.boolean("best") && !last->truth.empty()) {
    table.rows.emplace_back("best possible (truth)");
    for (std::size_t m = 0; m < metrics.size(); ++m) {
      auto value = best_value(*models.back()->scorer(), metrics[m], *last);
      if (!value) return fail(value.error());
      table.columns[m].push_back(*value);
    }
  }
  return one(std::move(table).build(metrics));
}

const StepRegistration kMeasureCompare{{
    .name = "measure.compare",
    .sentence = "Metrics of several models on one table, a row a model, the best possible last.",
    .example =
        "measure.compare { model, fixed, on = live, metrics = { \"log_loss\", \"roc_auc\" } }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to compare",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "metrics",
                    .type = ParameterType::texts,
                    .sentence = "metrics, or facts of the training"},
                   {.name = "best",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence = "add the row of what the truth itself would reach"}},
    .run = run_measure_compare,
}};

}  // namespace
}  // namespace rehearse::steps
