// SPDX-License-Identifier: GPL-3.0-or-later
//
// A grid of cells, coloured by the mean of a column for each pair of values of two others: a search
// over two parameters, a rate by hour and weekday, an error by segment and segment.
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kMostCells = 60;  // along one axis

// The values of one axis: numbers in ascending order, texts in order of first appearance.
struct HeatmapAxis {
  std::vector<std::string> words;
  std::vector<std::size_t> place;  // of each row; words.size() where the value is missing
};

Result<HeatmapAxis> heatmap_axis(const Frame& table, const std::string& name) {
  auto column = table.require(name);
  if (!column) return fail(column.error());
  const Column& values = **column;
  HeatmapAxis axis;
  std::map<std::string, std::size_t> index;
  std::vector<std::pair<double, std::string>> found;  // in order of first appearance
  const auto word = [&values](std::size_t row) {
    const bool fraction = values.type() == Type::float64 || values.type() == Type::float32;
    return fraction ? fmt::format("{:.4g}", values.number(row)) : values.cell(row);
  };
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (values.missing(row) || (values.numeric() && !std::isfinite(values.number(row)))) continue;
    const std::string text = word(row);
    if (!index.emplace(text, 0).second) continue;
    found.emplace_back(values.numeric() ? values.number(row) : 0.0, text);
    if (found.size() > kMostCells)
      return fail(Code::invalid_argument,
                  "`{}` has more than {} values; so many cells cannot be read: cut it into bins "
                  "first",
                  name, kMostCells);
  }
  if (values.numeric())
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < found.size(); ++i) {
    axis.words.push_back(found[i].second);
    index[found[i].second] = i;
  }
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto at = values.missing(row) ? index.end() : index.find(word(row));
    axis.place.push_back(at == index.end() ? found.size() : at->second);
  }
  return axis;
}

Result<Outputs> run_view_heatmap(const StepCall& call, const StepContext&) {
  const Frame& table = call.input("table")->as_frame();
  auto x = heatmap_axis(table, call.text("x")), y = heatmap_axis(table, call.text("y"));
  if (!x) return fail(x.error());
  if (!y) return fail(y.error());
  auto value = table.require(call.text("value"));
  if (!value) return fail(value.error());
  if (!(*value)->numeric())
    return fail(Code::invalid_argument, "the column `{}` holds texts; a colour needs numbers",
                (*value)->name());
  const std::size_t columns = x->words.size(), cells = columns * y->words.size();
  std::vector<double> sum(cells, 0), count(cells, 0);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double v = (*value)->number(row);
    if (!std::isfinite(v) || x->place[row] == columns || y->place[row] == y->words.size()) continue;
    sum[y->place[row] * columns + x->place[row]] += v;
    count[y->place[row] * columns + x->place[row]] += 1;
  }
  std::vector<std::string> xs, ys;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    xs.push_back(x->words[cell % columns]), ys.push_back(y->words[cell / columns]);
    sum[cell] = count[cell] > 0 ? sum[cell] / count[cell] : std::nan("");
  }
  Frame::Builder builder;
  builder.add("x", xs).add("y", ys).add("value", std::move(sum)).add("count", std::move(count));
  if (call.given("centre"))
    builder.add("centre", std::vector<double>(cells, call.number("centre")));
  return one(std::move(builder).build());
}

const StepRegistration kViewHeatmap{{
    .name = "view.heatmap",
    .sentence = "The mean of a column for each pair of values of two others, as colours.",
    .example = "show.heatmap { search, x = \"alpha\", y = \"lambda2\", value = \"log_loss\" }",
    .inputs = {{.name = "table", .kind = Kind::frame, .sentence = "the table to draw"}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = {{.name = "x",
                    .type = ParameterType::text,
                    .sentence = "the column along the x axis, at most 60 values"},
                   {.name = "y",
                    .type = ParameterType::text,
                    .sentence = "the column along the y axis, at most 60 values"},
                   {.name = "value",
                    .type = ParameterType::text,
                    .sentence = "the column of numbers that the colour shows"},
                   {.name = "centre",
                    .type = ParameterType::number,
                    .sentence = "the value at which a palette of two directions changes sides",
                    .optional = true}},
    .run = run_view_heatmap,
}};

}  // namespace
}  // namespace rehearse::steps
