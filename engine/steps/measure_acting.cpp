// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/acting.hpp"

namespace rehearse::steps {
namespace {

struct EarningCurves {
  std::vector<std::string> series;
  std::vector<double> share, earned;

  void add(const std::string& name, const Acting& acting, std::span<const double> scores,
           std::int64_t points) {
    const auto order = Acting::ranked(scores);
    for (std::int64_t i = 0; i <= points; ++i) {
      const auto taken =
          order.size() * static_cast<std::size_t>(i) / static_cast<std::size_t>(points);
      series.push_back(name);
      share.push_back(static_cast<double>(i) / static_cast<double>(points));
      earned.push_back(acting.per_thousand(std::span(order).first(taken)));
    }
  }
};

Result<Outputs> run_measure_acting(const StepCall& call, const StepContext&) {
  auto acting = acting_of(call);
  if (!acting) return fail(acting.error());
  EarningCurves curves;
  const auto& models = call.inputs.at("models");
  const std::int64_t points = call.integer("points");
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto scores = models[i]->scorer()->score(call.input("on")->as_frame());
    if (!scores) return fail(scores.error());
    curves.add(call.labels.at("models")[i], *acting, *scores, points);
  }
  if (acting->truth_known()) curves.add("best possible (truth)", *acting, acting->worth(), points);
  Frame::Builder builder;
  builder.add("series", curves.series).add("share", std::move(curves.share), {.unit = "share"});
  builder.add("earned", std::move(curves.earned));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureActing{{
    .name = "measure.acting",
    .sentence =
        "What it earns, per 1000 rows, to act on the share of rows that a model puts first.",
    .example = "measure.acting { model, on = live, label = \"stayed\", gain = 1, cost = 0.1 }",
    .inputs =
        {{.name = "models",
          .kind = Kind::model,
          .sentence = "models of anything that has an order",
          .variadic = true},
         {.name = "on", .kind = Kind::frame, .sentence = "rows with that label", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters =
        [] {
          auto all = acting_parameters();
          all.push_back({.name = "points",
                         .type = ParameterType::integer,
                         .initial = std::int64_t{50},
                         .low = 2,
                         .high = 1000,
                         .sentence = "shares looked at"});
          return all;
        }(),
    .run = run_measure_acting,
}};

}  // namespace
}  // namespace rehearse::steps
