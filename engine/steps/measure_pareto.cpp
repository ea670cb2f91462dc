// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows that no other row beats in the columns named.
#include <algorithm>
#include <numeric>

#include "engine/metrics/pareto.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_measure_pareto(const StepCall& call, const StepContext&) {
  const Frame& rows = call.input("rows")->as_frame();
  const std::vector<std::string> names = call.texts("columns"), better = call.texts("better");
  if (names.empty() || (!better.empty() && better.size() != names.size()))
    return fail(Code::invalid_argument,
                "{} columns and {} directions; name at least one column, and high or low for each",
                names.size(), better.size());
  std::vector<std::vector<double>> values;
  for (const std::string& name : names) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::invalid_argument, "the column `{}` holds texts; a front needs numbers",
                  name);
    values.push_back((*column)->numbers());
  }
  std::vector<metrics::Objective> objectives;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!better.empty() && better[i] != "high" && better[i] != "low")
      return fail(Code::invalid_argument, "better: `{}`; write high or low for each column",
                  better[i]);
    objectives.push_back({values[i], better.empty() || better[i] == "high" ? metrics::Better::high
                                                                           : metrics::Better::low});
  }
  auto front = metrics::pareto_front(objectives);
  if (!front) return fail(front.error());
  std::vector<std::string> series;
  std::vector<std::uint32_t> kept;
  for (std::uint32_t row = 0; row < front->size(); ++row) {
    series.emplace_back((*front)[row] ? "nobody beats it" : "beaten");
    if ((*front)[row]) kept.push_back(row);
  }
  std::stable_sort(kept.begin(), kept.end(), [&values](std::uint32_t a, std::uint32_t b) {
    return values[0][a] < values[0][b];
  });
  Frame::Builder marks;
  marks.add("front", series);
  auto mark = std::move(marks).build();
  if (!mark) return fail(mark.error());
  auto marked = rows.with(mark->column(0));
  if (!marked) return fail(marked.error());
  return two(*std::move(marked), rows.take(kept));
}

const StepRegistration kMeasurePareto{{
    .name = "measure.pareto",
    .sentence = "The Pareto front: rows that no other row beats in every one of some columns.",
    .example = "local all, front = measure.pareto { sweep, columns = { \"clicks\", \"visits\" } }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "a row an option"}},
    .outputs = {{.name = "all",
                 .kind = Kind::frame,
                 .sentence = "the rows with a column front: `nobody beats it` or `beaten`"},
                {.name = "front",
                 .kind = Kind::frame,
                 .sentence = "the rows on the front, by the first of the columns"}},
    .parameters = {{.name = "columns",
                    .type = ParameterType::texts,
                    .sentence = "the objectives, numbers"},
                   {.name = "better",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{},
                    .sentence = "high or low for each; none: high"}},
    .run = run_measure_pareto,
}};

}  // namespace
}  // namespace rehearse::steps
