// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a release did to the decisions of a model: precision and recall before and after, the change
// in points and in percent, each with its interval. The numbers of an incident report.
#include <fmt/format.h>

#include <cmath>

#include "engine/experiment/contrast.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

// Decisions at a threshold against what happened.
struct ActedCounts {
  double acted = 0, hits = 0, positives = 0;
};

Result<ActedCounts> acted_counts(const Scorer& model, const Frame& rows, double threshold) {
  auto judged = judge(model, rows);
  if (!judged) return fail(judged.error());
  ActedCounts counts;
  for (std::size_t row = 0; row < judged->scores.size(); ++row) {
    const bool acts = judged->scores[row] >= threshold, positive = judged->labels[row] == 1;
    counts.acted += acts, counts.hits += acts && positive, counts.positives += positive;
  }
  return counts;
}

struct ImpactTable {
  std::vector<std::string> metric, words;
  std::vector<double> before, after, change, low, high, relative, hurt;

  void add(const char* name, const experiment::Contrast& c, double wrong) {
    metric.emplace_back(name);
    before.push_back(c.control), after.push_back(c.treatment), change.push_back(c.absolute);
    low.push_back(c.ci_low), high.push_back(c.ci_high), relative.push_back(c.relative);
    hurt.push_back(wrong);
    words.push_back(fmt::format(
        "{} went from {:.1f}% to {:.1f}%: {:+.1f} points (95%: {:+.1f} to {:+.1f}), which is "
        "{:+.0f}% "
        "({:+.0f}% to {:+.0f}%)",
        name, 100 * c.control, 100 * c.treatment, 100 * c.absolute, 100 * c.ci_low, 100 * c.ci_high,
        100 * c.relative, 100 * c.relative_low, 100 * c.relative_high));
  }
  Result<Frame> build() && {
    Frame::Builder builder;
    const auto number = [&builder](const char* name, std::vector<double> values, const char* unit) {
      std::vector<std::uint8_t> known;
      for (double& value : values) {
        known.push_back(std::isfinite(value));
        if (!known.back()) value = 0;
      }
      builder.add(name, std::move(values), {.unit = unit}).missing(known);
    };
    builder.add("metric", metric);
    number("before", before, "%"), number("after", after, "%"), number("change", change, "%");
    number("low", low, "%"), number("high", high, "%"), number("relative", relative, "%");
    std::vector<double> width;
    for (std::size_t i = 0; i < low.size(); ++i) width.push_back((high[i] - low[i]) / 2);
    number("half_width", width, "%"), number("hurt", hurt, "");
    builder.add("in_words", words);
    return std::move(builder).build();
  }
};

Result<Outputs> run_serve_impact(const StepCall& call, const StepContext&) {
  const Frame& rows = call.input("on")->as_frame();
  const Frame& seen = call.has("seen") ? call.input("seen")->as_frame() : rows;
  const double threshold = call.number("threshold");
  auto before = acted_counts(*call.input("before")->scorer(), rows, threshold);
  if (!before) return fail(before.error());
  auto after = acted_counts(*call.input("after")->scorer(), seen, threshold);
  if (!after) return fail(after.error());
  if (before->acted == 0 || after->acted == 0)
    return fail(Code::bad_data,
                "at a threshold of {} the model {} the release never acts; lower the threshold",
                threshold, before->acted == 0 ? "before" : "after");
  if (before->positives == 0 || after->positives == 0)
    return fail(Code::bad_data, "there is no positive among {} rows: recall is undefined",
                rows.rows());
  const auto precision =
      experiment::two_proportions({before->hits, before->acted}, {after->hits, after->acted});
  const auto recall = experiment::two_proportions({before->hits, before->positives},
                                                  {after->hits, after->positives});
  if (!precision) return fail(precision.error());
  if (!recall) return fail(recall.error());
  ImpactTable table;
  table.add("precision", *precision, std::max(0.0, -precision->absolute * after->acted));
  table.add("recall", *recall, std::max(0.0, -recall->absolute * after->positives));
  return one(std::move(table).build());
}

const StepRegistration kServeImpact{{
    .name = "serve.impact",
    .sentence =
        "What a release did to decisions: precision and recall before and after, the change "
        "in points and in percent with 95% intervals, and how many people were hurt.",
    .example = "serve.impact { before, after, on = week, seen = week_as_served, threshold = 0.3 }",
    .inputs = {{.name = "before", .kind = Kind::model, .sentence = "the model before the release"},
               {.name = "after", .kind = Kind::model, .sentence = "the model after it"},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true},
               {.name = "seen",
                .kind = Kind::frame,
                .sentence = "the rows as the model after the release sees them, where they differ",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "impact",
                 .kind = Kind::frame,
                 .sentence = "metric, before, after, change "
                             "…, half_width, hurt, in_words"}},
    .parameters = {number_parameter("threshold", 0.5, 0, 1, "scores from here on are acted on")},
    .run = run_serve_impact,
}};

}  // namespace
}  // namespace rehearse::steps
