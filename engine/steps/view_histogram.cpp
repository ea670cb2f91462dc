// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

// Equal bins over the 0.5% … 99.5% of all values, so that a few extremes do not flatten the rest;
// what lies beyond is counted in the outer bins.
std::pair<double, double> common_range(const std::vector<std::vector<double>>& samples) {
  std::vector<double> all;
  for (const auto& sample : samples) all.insert(all.end(), sample.begin(), sample.end());
  if (all.empty()) return {0, 1};
  std::sort(all.begin(), all.end());
  const auto at = [&](double q) {
    return all[static_cast<std::size_t>(q * static_cast<double>(all.size() - 1))];
  };
  const double low = at(0.005), high = at(0.995);
  return {low >= 0 && low < 0.1 * high ? 0 : low, high > low ? high : low + 1};
}

Result<Outputs> run_view_histogram(const StepCall& call, const StepContext&) {
  const auto& models = call.inputs.at("models");
  const auto bins = static_cast<std::size_t>(call.integer("bins"));
  std::vector<std::vector<double>> samples;
  for (const auto& model : models) {
    auto scores = model->scorer()->score(call.input("on")->as_frame());
    if (!scores) return fail(scores.error());
    samples.push_back(std::move(*scores));
  }
  const auto [low, high] = common_range(samples);
  ViewRows view;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    std::vector<double> counts(bins, 0);
    for (const double v : samples[i]) {
      const double f = std::clamp((v - low) / (high - low), 0.0, 1.0);
      counts[std::min(bins - 1, static_cast<std::size_t>(f * static_cast<double>(bins)))] += 1;
    }
    for (std::size_t b = 0; b < bins; ++b) {
      ViewRows::Row row;
      row.series = call.labels.at("models")[i];
      row.lower = low + (high - low) * static_cast<double>(b) / static_cast<double>(bins);
      row.upper = low + (high - low) * static_cast<double>(b + 1) / static_cast<double>(bins);
      row.y = samples[i].empty() ? 0 : counts[b] / static_cast<double>(samples[i].size());
      view.add(std::move(row));
    }
  }
  return one(std::move(view).build());
}

const StepRegistration kViewHistogram{{
    .name = "view.histogram",
    .sentence = "How the scores of models are distributed.",
    .example = "show.histogram { model, fixed, on = live }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to compare",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "the rows to score", .named = true}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = {{.name = "bins",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{40},
                    .low = 2,
                    .high = 500,
                    .sentence = "number of bins"}},
    .run = run_view_histogram,
}};

}  // namespace
}  // namespace rehearse::steps
