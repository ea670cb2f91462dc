// SPDX-License-Identifier: GPL-3.0-or-later
//
// One metric of many models, each at its place along a number: a learning curve, a sweep.
#include <algorithm>
#include <cmath>
#include <set>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct AlongLines {
  std::vector<std::string> series;
  std::vector<double> x, value;
  void add(const std::string& name, double at, double y) {
    series.push_back(name), x.push_back(at), value.push_back(y);
  }
};

Result<Outputs> run_measure_along(const StepCall& call, const StepContext& context) {
  const auto& models = call.inputs.at("models");
  const auto x = call.numbers("x");
  const auto names = call.given("series") ? call.texts("series")
                                          : std::vector<std::string>(models.size(), "model");
  if (x.size() != models.size() || names.size() != models.size())
    return fail(Code::invalid_argument,
                "{} models, {} places and {} series: one of each a model is due", models.size(),
                x.size(), names.size());
  const std::string& metric = call.text("metric");
  AlongLines lines;
  double best = std::nan("");
  for (std::size_t i = 0; i < models.size(); ++i) {
    if (!context.progress.report(static_cast<double>(i) / static_cast<double>(models.size())))
      return cancelled();
    const Scorer& model = *models[i]->scorer();
    auto rows = judge(model, call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    auto value = figure_of(model, metric, &*rows);
    if (!value) return fail(value.error());
    lines.add(names[i], x[i], value->value);
    if (i == 0 && !rows->truth.empty() && is_metric("best_" + metric))
      if (auto most = figure_of(model, "best_" + metric, &*rows)) best = most->value;
  }
  if (std::isfinite(best))
    for (const double at : std::set<double>(x.begin(), x.end()))
      lines.add("best possible (truth)", at, best);
  Frame::Builder builder;
  builder.add("x", std::move(lines.x))
      .add("series", lines.series)
      .add("value", std::move(lines.value));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureAlong{{
    .name = "measure.along",
    .sentence = "One metric of many models, each at a place along a number, as a line a series.",
    .example = "show.line { measure.along { a, b, on = live, metric = \"log_loss\", x = { 1000, "
               "10000 } }, y = \"value\", by = \"x\" }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models, one a point",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "lines", .kind = Kind::frame}},
    .parameters = {{.name = "metric",
                    .type = ParameterType::text,
                    .sentence = "a metric, or a fact of the training"},
                   {.name = "x",
                    .type = ParameterType::numbers,
                    .sentence = "the place of each model, in order"},
                   {.name = "series",
                    .type = ParameterType::texts,
                    .sentence = "the line of each model, in order; one line if not given",
                    .optional = true}},
    .run = run_measure_along,
}};

}  // namespace
}  // namespace rehearse::steps
