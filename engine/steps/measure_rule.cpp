// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/steps/acting.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_measure_rule(const StepCall& call, const StepContext&) {
  auto acting = acting_of(call);
  if (!acting) return fail(acting.error());
  const auto& models = call.inputs.at("models");
  const auto thresholds = call.numbers("thresholds");
  if (thresholds.size() != models.size())
    return fail(Code::invalid_argument,
                "measure.rule has {} models and {} thresholds; give one each", models.size(),
                thresholds.size());
  std::vector<std::uint32_t> best;
  for (std::uint32_t row = 0; row < acting->rows(); ++row)
    if (acting->worth()[row] > 0) best.push_back(row);
  const double most = acting->per_thousand(best);
  std::vector<std::string> rule;
  std::vector<double> threshold, acted, earned, missed;
  const auto add = [&](const std::string& name, double at, const std::vector<std::uint32_t>& rows) {
    rule.push_back(name), threshold.push_back(at);
    acted.push_back(static_cast<double>(rows.size()) / static_cast<double>(acting->rows()));
    earned.push_back(acting->per_thousand(rows));
    missed.push_back(most > 0 ? 1 - earned.back() / most : std::nan(""));
  };
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto scores = models[i]->scorer()->score(call.input("on")->as_frame());
    if (!scores) return fail(scores.error());
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < scores->size(); ++row)
      if ((*scores)[row] >= thresholds[i]) rows.push_back(row);
    add(call.labels.at("models")[i], thresholds[i], rows);
  }
  if (acting->truth_known() && call.boolean("best"))
    add("best possible (truth)", std::nan(""), best);
  Frame::Builder builder;
  std::vector<std::uint8_t> given, known;
  for (double at : threshold) given.push_back(!std::isnan(at));
  for (double share : missed) known.push_back(!std::isnan(share));
  builder.add("rule", rule).add("threshold", std::move(threshold)).missing(std::move(given));
  builder.add("acted", std::move(acted), {.unit = "%"}).add("earned", std::move(earned));
  builder.add("missed", std::move(missed), {.unit = "%"}).missing(std::move(known));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureRule{{
    .name = "measure.rule",
    .sentence =
        "What it earns, per 1000 rows, to act where a model's score reaches its threshold, and "
        "the share of the best possible that this misses.",
    .example =
        "measure.rule { p, seconds, on = live, label = \"stayed\", thresholds = { 0.1, 30 } }",
    .inputs =
        {{.name = "models", .kind = Kind::model, .sentence = "the models", .variadic = true},
         {.name = "on", .kind = Kind::frame, .sentence = "rows with that label", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters =
        [] {
          auto all = acting_parameters();
          all.push_back({.name = "thresholds",
                         .type = ParameterType::numbers,
                         .sentence = "one a model, in its own units"});
          all.push_back({.name = "best",
                         .type = ParameterType::boolean,
                         .initial = true,
                         .sentence = "add the row of acting by the truth"});
          return all;
        }(),
    .run = run_measure_rule,
}};

}  // namespace
}  // namespace rehearse::steps
