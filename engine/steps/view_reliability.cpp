// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>

#include "engine/metrics/reliability.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

ViewRows::Row point(const metrics::Bin& bin, const std::string& series) {
  ViewRows::Row row;
  row.series = series;
  row.x = bin.mean_score, row.y = bin.mean_label;
  row.low = bin.low, row.high = bin.high, row.count = bin.weight;
  row.lower = bin.lower, row.upper = bin.upper;
  return row;
}

// The mean true probability of the rows in each bin of the first model's scores.
void add_truth(ViewRows& view, const Judged& rows, const std::vector<metrics::Bin>& bins) {
  std::vector<std::uint32_t> order(rows.scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return rows.scores[a] < rows.scores[b]; });
  std::size_t next = 0;
  for (const metrics::Bin& bin : bins) {
    double sum = 0;
    const std::size_t end = std::min(order.size(), next + bin.count);
    for (std::size_t i = next; i < end; ++i) sum += rows.truth[order[i]];
    next = end;
    ViewRows::Row row;
    row.style = view_data::kTruth;
    row.series = "truth (known: the site is simulated)";
    row.x = bin.mean_score, row.y = sum / static_cast<double>(bin.count);
    view.add(std::move(row));
  }
}

Result<Outputs> run_view_reliability(const StepCall& call, const StepContext&) {
  const auto binning = metrics::binning_named(call.text("binning"));
  const int bins = static_cast<int>(call.integer("bins"));
  const auto& models = call.inputs.at("models");
  const Frame& on = call.input("on")->as_frame();
  ViewRows view;
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto rows = judge(*models[i]->scorer(), on);
    if (!rows) return fail(rows.error());
    auto scored = rows->scored();
    if (!scored) return fail(scored.error());
    const auto curve = metrics::reliability_curve(*scored, bins, *binning);
    for (const metrics::Bin& bin : curve) view.add(point(bin, call.labels.at("models")[i]));
    // The last model is the one the story ends with: its truth is drawn.
    if (i + 1 == models.size() && call.boolean("truth") && !rows->truth.empty())
      add_truth(view, *rows, curve);
  }
  return one(std::move(view).build());
}

const StepRegistration kViewReliability{{
    .name = "view.reliability",
    .sentence = "Observed rate against predicted probability, bin by bin.",
    .example = "show.reliability { model, fixed, on = live, truth = true }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to compare",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = {{.name = "bins",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{10},
                    .low = 2,
                    .high = 100,
                    .sentence = "number of bins"},
                   {.name = "binning",
                    .type = ParameterType::choice,
                    .initial = std::string("quantile"),
                    .choices = {"width", "mass", "quantile"},
                    .sentence = "how the bins are cut"},
                   {.name = "truth",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "draw the true rate of the last model's bins"}},
    .run = run_view_reliability,
}};

}  // namespace
}  // namespace rehearse::steps
