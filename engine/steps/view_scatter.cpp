// SPDX-License-Identifier: GPL-3.0-or-later
//
// A point a row: one column over another. Above 3,000 rows a sample is drawn, the same at every
// knob, and the figure says so. The truth is a line: the mean of the truth column along x, over all
// rows.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/steps/marshal.hpp"
#include "engine/steps/thinning.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kMostScatterPoints = 3000, kScatterTruthBins = 40, kMostScatterGroups = 12;

Result<const Column*> scatter_column(const Frame& table, const std::string& name) {
  auto column = table.require(name);
  if (!column) return column;
  if (!(*column)->numeric())
    return fail(Code::invalid_argument, "the column `{}` holds texts; a scatter needs numbers",
                name);
  return column;
}

// Rows whose x and y are both finite.
std::vector<std::uint32_t> drawable(const Column& x, const Column& y) {
  std::vector<std::uint32_t> rows;
  for (std::size_t row = 0; row < x.size(); ++row)
    if (std::isfinite(x.number(row)) && std::isfinite(y.number(row)))
      rows.push_back(static_cast<std::uint32_t>(row));
  return rows;
}

// The mean of `truth` at each x, or in bins of equal mass where x has many values.
void add_truth_line(ViewRows& view, const Column& x, const Column& truth) {
  std::vector<std::uint32_t> order = drawable(x, truth);
  if (order.empty()) return;
  std::stable_sort(order.begin(), order.end(),
                   [&x](std::uint32_t a, std::uint32_t b) { return x.number(a) < x.number(b); });
  std::size_t distinct = 1;
  for (std::size_t i = 1; i < order.size(); ++i)
    distinct += x.number(order[i]) != x.number(order[i - 1]);
  const bool bins = distinct > kScatterTruthBins;
  const std::size_t mass = std::max<std::size_t>(1, order.size() / kScatterTruthBins);
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() &&
           (x.number(order[end]) == x.number(order[end - 1]) || (bins && end - begin < mass)))
      ++end;
    double xs = 0, ts = 0;
    for (std::size_t i = begin; i < end; ++i)
      xs += x.number(order[i]), ts += truth.number(order[i]);
    ViewRows::Row row;
    row.series = "truth (known: the site is simulated)", row.style = view_data::kTruth;
    row.x = xs / static_cast<double>(end - begin), row.y = ts / static_cast<double>(end - begin);
    view.add(std::move(row));
    begin = end;
  }
}

Result<void> add_points(ViewRows& view, const StepCall& call, const Frame& table,
                        const std::string& label, std::uint64_t seed) {
  auto x = scatter_column(table, call.text("x")), y = scatter_column(table, call.text("y"));
  if (!x) return fail(x.error());
  if (!y) return fail(y.error());
  const Column* series = table.find(call.given("by") ? call.text("by") : "series");
  if (call.given("by") && !series) return fail(table.require(call.text("by")).error());
  const auto rows = drawable(**x, **y);
  if (rows.size() < table.rows())
    view.note(fmt::format("{} of {} rows have no value and are left out.",
                          table.rows() - rows.size(), table.rows()));
  const auto sample = stable_sample(rows.size(), kMostScatterPoints, seed);
  if (sample.size() < rows.size())
    view.note(fmt::format("A sample of {} of {} rows is drawn.", sample.size(), rows.size()));
  std::map<std::string, bool> groups;
  for (const std::uint32_t i : sample) {
    ViewRows::Row row;
    row.series = series ? series->cell(rows[i]) : label;
    row.x = (*x)->number(rows[i]), row.y = (*y)->number(rows[i]);
    groups[row.series] = true;
    view.add(std::move(row));
  }
  if (groups.size() > kMostScatterGroups)
    return fail(Code::invalid_argument, "`{}` has {} values; more than {} cannot be told apart",
                series->name(), groups.size(), kMostScatterGroups);
  const Column* truth = call.given("truth") ? table.find(call.text("truth")) : nullptr;
  if (truth && truth->numeric()) add_truth_line(view, **x, *truth);
  return {};
}

void add_diagonal(ViewRows& view, const StepCall& call) {
  double low = INFINITY, high = -INFINITY;
  for (const auto& table : call.inputs.at("tables")) {
    const Column *x = table->as_frame().find(call.text("x")),
                 *y = table->as_frame().find(call.text("y"));
    for (const std::uint32_t row : drawable(*x, *y)) {
      low = std::min({low, x->number(row), y->number(row)});
      high = std::max({high, x->number(row), y->number(row)});
    }
  }
  if (low > high) return;
  for (const double at : {low, high}) {
    ViewRows::Row row;
    row.style = view_data::kGuide, row.x = at, row.y = at;
    view.add(std::move(row));
  }
}

Result<Outputs> run_view_scatter(const StepCall& call, const StepContext& context) {
  ViewRows view;
  const auto& tables = call.inputs.at("tables");
  for (std::size_t i = 0; i < tables.size(); ++i)
    if (auto added = add_points(view, call, tables[i]->as_frame(), call.labels.at("tables")[i],
                                context.seed);
        !added)
      return fail(added.error());
  if (call.boolean("diagonal")) add_diagonal(view, call);
  return one(std::move(view).build());
}

const StepRegistration kViewScatter{{
    .name = "view.scatter",
    .sentence = "A point a row: one column over another.",
    .example = "show.scatter { report, x = \"score\", y = \"truth\", diagonal = true }",
    .inputs = {{.name = "tables",
                .kind = Kind::frame,
                .sentence = "the tables to draw",
                .variadic = true}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters =
        {{.name = "x", .type = ParameterType::text, .sentence = "the column along the x axis"},
         {.name = "y", .type = ParameterType::text, .sentence = "the column along the y axis"},
         {.name = "by",
          .type = ParameterType::text,
          .sentence = "a column whose values get a colour and a shape each; `series` "
                      "where the table has one",
          .optional = true},
         {.name = "truth",
          .type = ParameterType::text,
          .sentence = "a column whose mean along x is drawn as the truth",
          .optional = true},
         {.name = "diagonal",
          .type = ParameterType::boolean,
          .initial = false,
          .sentence = "draw y = x as a guide"}},
    .run = run_view_scatter,
}};

}  // namespace
}  // namespace rehearse::steps
