// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/steps/worth.hpp"

namespace rehearse::steps {
namespace {

struct UtilityLines {
  std::vector<std::string> series;
  std::vector<double> threshold, earned;
  void add(const std::string& name, double at, double value) {
    series.push_back(name), threshold.push_back(at), earned.push_back(value);
  }
};

Result<void> add_utility_line(UtilityLines& lines, const std::string& name, const Judged& rows,
                              const metrics::UtilityMatrix& worth, std::span<const double> grid) {
  const auto scored = rows.scored();
  if (!scored) return fail(scored.error());
  const auto curve = metrics::utility_curve(metrics::OrderedScores(*scored), worth);
  for (const double t : grid) {
    // Points are by descending threshold: the last whose threshold is not below t is in force.
    const auto after = std::partition_point(
        curve.begin(), curve.end(),
        [t](const metrics::UtilityPoint& point) { return point.threshold >= t; });
    lines.add(name, t, 1000 * (after - 1)->utility);
  }
  return {};
}

Result<Outputs> run_measure_utility_curve(const StepCall& call, const StepContext&) {
  const metrics::UtilityMatrix worth = worth_of(call);
  const auto best = metrics::utility_threshold(worth);
  if (!best) return fail(best.error());
  const double reach = call.given("up_to") ? call.number("up_to") : std::min(1.0, 4 * *best);
  const auto points = static_cast<std::size_t>(call.integer("points"));
  std::vector<double> grid;
  for (std::size_t i = 0; i < points; ++i)
    grid.push_back(reach * static_cast<double>(i) / static_cast<double>(points - 1));
  UtilityLines lines;
  const auto& models = call.inputs.at("models");
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto rows = judge(*models[i]->scorer(), call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    const std::string& name = call.labels.at("models")[i];
    if (auto added = add_utility_line(lines, name, *rows, worth, grid); !added)
      return fail(added.error());
    if (i + 1 < models.size() || rows->truth.empty()) continue;
    // One level: the truth acts where its own probability reaches the closed form.
    const auto most = metrics::best_utility(rows->truth, worth);
    if (!most) return fail(most.error());
    for (const double t : grid) lines.add("best possible (truth)", t, 1000 * *most);
  }
  Frame::Builder builder;
  builder.add("threshold", std::move(lines.threshold))
      .add("series", lines.series)
      .add("earned", std::move(lines.earned));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureUtilityCurve{{
    .name = "measure.utility_curve",
    .sentence = "What models would earn per 1000 rows at each threshold, below the best possible.",
    .example = "show.line { measure.utility_curve { model, on = live }, y = \"earned\", by = "
               "\"threshold\" }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "models of probabilities",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "curve", .kind = Kind::frame}},
    .parameters = with_worth({{.name = "up_to",
                               .low = 1e-6,
                               .high = 1,
                               .sentence = "greatest threshold; four times the closed form's if "
                                           "not given",
                               .optional = true},
                              {.name = "points",
                               .type = ParameterType::integer,
                               .initial = std::int64_t{81},
                               .low = 2,
                               .high = 1000,
                               .sentence = "thresholds looked at"}}),
    .run = run_measure_utility_curve,
}};

}  // namespace
}  // namespace rehearse::steps
