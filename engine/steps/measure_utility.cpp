// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decisions side by side: what they did and what it earned, the best possible last.
#include "engine/metrics/threshold.hpp"
#include "engine/steps/worth.hpp"

namespace rehearse::steps {
namespace {

struct UtilityTable {
  std::vector<std::string> decision;
  std::vector<double> threshold, acted, precision, utility, expected, share;

  Result<void> add(const std::string& name, const calibration::Decision& made, const Judged& rows) {
    const auto scored = rows.scored();
    if (!scored) return fail(scored.error());
    const auto called = metrics::confusion_at(*scored, 0.5);
    decision.push_back(name);
    threshold.push_back(made.threshold());
    acted.push_back(metrics::selected_share(called));
    precision.push_back(metrics::precision(called).value);
    for (const auto& [metric, column] : {std::pair{"utility", &utility},
                                         {"expected_utility", &expected},
                                         {"utility_share", &share}}) {
      auto value = utility_figure(made, metric, rows);
      if (!value) return fail(value.error());
      column->push_back(value->value);
    }
    return {};
  }

  Result<Frame> build() && {
    Frame::Builder builder;
    builder.add("decision", decision);
    const std::pair<const char*, std::vector<double>*> columns[] = {
        {"threshold", &threshold}, {"acted_on", &acted},           {"precision", &precision},
        {"earned", &utility},      {"expected_earned", &expected}, {"share_of_best", &share}};
    for (const auto& [name, values] : columns) {
      std::vector<std::uint8_t> there;
      for (const double value : *values) there.push_back(value == value ? 1 : 0);
      builder.add(name, std::move(*values)).missing(std::move(there));
    }
    return std::move(builder).build();
  }
};

// The truth's own decisions, where it is known.
Result<void> add_best_decision(UtilityTable& table, const calibration::Decision& like,
                               const Judged& rows) {
  const auto threshold = metrics::utility_threshold(like.worth());
  if (!threshold) return fail(threshold.error());
  Judged best = rows;
  for (std::size_t i = 0; i < best.truth.size(); ++i)
    best.scores[i] = best.truth[i] >= *threshold ? 1 : 0;
  return table.add("best possible (truth)",
                   calibration::Decision(nullptr, *threshold, like.worth()), best);
}

Result<Outputs> run_measure_utility(const StepCall& call, const StepContext&) {
  UtilityTable table;
  const auto& decisions = call.inputs.at("decisions");
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const auto made =
        std::dynamic_pointer_cast<const calibration::Decision>(decisions[i]->scorer());
    if (!made)
      return fail(Code::invalid_argument,
                  "`{}` scores and decides nothing: make a decision of it with decide.threshold",
                  call.labels.at("decisions")[i]);
    auto rows = judge(*made, call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    if (auto added = table.add(call.labels.at("decisions")[i], *made, *rows); !added)
      return fail(added.error());
    if (i + 1 == decisions.size() && !rows->truth.empty())
      if (auto added = add_best_decision(table, *made, *rows); !added) return fail(added.error());
  }
  return one(std::move(table).build());
}

const StepRegistration kMeasureUtility{{
    .name = "measure.utility",
    .sentence = "What decisions earned per 1000 rows, beside what they can expect and the best "
                "possible.",
    .example = "measure.utility { cautious, bold, on = live }",
    .inputs = {{.name = "decisions",
                .kind = Kind::model,
                .sentence = "made by decide.threshold",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .run = run_measure_utility,
}};

}  // namespace
}  // namespace rehearse::steps
