// SPDX-License-Identifier: GPL-3.0-or-later
//
// Predicted intervals: two models of quantiles, how often the label lies between them and how wide
// they are.
#include <algorithm>

#include "engine/metrics/regression.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_measure_coverage(const StepCall& call, const StepContext&) {
  const Frame& on = call.input("on")->as_frame();
  auto low = judge(*call.input("low")->scorer(), on),
       high = judge(*call.input("high")->scorer(), on);
  if (!low) return fail(low.error());
  if (!high) return fail(high.error());
  double crossed = 0;
  for (std::size_t i = 0; i < low->scores.size(); ++i) {
    if (!(low->scores[i] > high->scores[i])) continue;
    std::swap(low->scores[i], high->scores[i]);
    crossed += 1;
  }
  const double level = call.number("level");
  auto quality = metrics::interval_quality(low->scores, high->scores, low->labels, level);
  if (!quality) return fail(quality.error());
  const double n = std::max(1.0, static_cast<double>(low->scores.size()));
  Frame::Builder builder;
  builder.add("level", std::vector<double>{level})
      .add("coverage", std::vector<double>{quality->coverage})
      .add("mean_width", std::vector<double>{quality->mean_width})
      .add("interval_score", std::vector<double>{quality->interval_score})
      .add("crossed_share", std::vector<double>{crossed / n});
  return one(std::move(builder).build());
}

const StepRegistration kMeasureCoverage{{
    .name = "measure.coverage",
    .sentence = "How often labels lie between two predicted quantiles, how wide that is, and the "
                "interval score (Gneiting, Raftery 2007).",
    .example = "measure.coverage { q05, q95, on = live, level = 0.9 }",
    .inputs = {{.name = "low", .kind = Kind::model, .sentence = "the model of the lower end"},
               {.name = "high", .kind = Kind::model, .sentence = "the model of the upper end"},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "level",
                    .initial = 0.9,
                    .low = 0.001,
                    .high = 0.999,
                    .sentence = "share of labels that should lie inside"}},
    .run = run_measure_coverage,
}};

}  // namespace
}  // namespace rehearse::steps
