// SPDX-License-Identifier: GPL-3.0-or-later
//
// What models say along one column: the mean prediction of the rows in each bin of it, beside the
// mean label and the truth. Not a partial dependence: the other columns vary as they do in the
// data.
#include <algorithm>
#include <cmath>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

// Rows in order of a column, cut into bins of about equal mass that never divide equal values.
struct ColumnBins {
  std::vector<std::vector<std::uint32_t>> rows;
  std::vector<double> middle;  // mean of the column in each

  ColumnBins(const Column& column, std::size_t bins) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t row = 0; row < column.size(); ++row)
      if (std::isfinite(column.number(row))) order.push_back(row);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return column.number(a) < column.number(b);
    });
    const std::size_t mass = std::max<std::size_t>(1, (order.size() + bins - 1) / bins);
    for (std::size_t begin = 0; begin < order.size();) {
      std::size_t end = std::min(begin + mass, order.size());
      while (end < order.size() && column.number(order[end]) == column.number(order[end - 1]))
        ++end;
      rows.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(begin),
                        order.begin() + static_cast<std::ptrdiff_t>(end));
      middle.push_back(mean_of(rows.back(), [&](std::uint32_t row) { return column.number(row); }));
      begin = end;
    }
  }

  template <class Value>
  static double mean_of(const std::vector<std::uint32_t>& rows, const Value& value) {
    double sum = 0;
    for (std::uint32_t row : rows) sum += value(row);
    return sum / static_cast<double>(rows.size());
  }
};

struct ConditionalTable {
  const ColumnBins& bins;
  std::vector<std::string> series = {};
  std::vector<double> x = {}, y = {};

  void add(const std::string& name, const std::vector<double>& values) {
    if (values.empty()) return;
    for (std::size_t b = 0; b < bins.rows.size(); ++b) {
      series.push_back(name), x.push_back(bins.middle[b]);
      y.push_back(
          ColumnBins::mean_of(bins.rows[b], [&](std::uint32_t row) { return values[row]; }));
    }
  }
};

Result<Outputs> run_measure_conditional(const StepCall& call, const StepContext&) {
  const Frame& rows = call.input("on")->as_frame();
  auto column = rows.require(call.text("column"));
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::invalid_argument,
                "the column `{}` holds texts; measure.conditional needs numbers",
                (*column)->name());
  const ColumnBins bins(**column, static_cast<std::size_t>(call.integer("bins")));
  ConditionalTable table{bins};
  const auto& models = call.inputs.at("models");
  const std::string label = models.front()->scorer()->label();
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto scores = models[i]->scorer()->score(rows);
    if (!scores) return fail(scores.error());
    table.add(call.labels.at("models")[i], *scores);
  }
  if (call.boolean("observed")) {
    auto labels = labels_of(rows, label);
    if (!labels) return fail(labels.error());
    table.add("observed mean", *labels);
  }
  table.add("truth: mean", truth_of(rows, label));
  for (const std::string& name : call.texts("truth")) {
    auto more = rows.require(name);
    if (!more) return fail(more.error());
    table.add("truth: " + in_words(name), (*more)->numbers());
  }
  Frame::Builder builder;
  builder.add("series", table.series).add((*column)->name(), std::move(table.x));
  builder.add("value", std::move(table.y));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureConditional{{
    .name = "measure.conditional",
    .sentence = "The mean prediction of each model along a column, beside the mean label and the "
                "truth.",
    .example = "show.line { measure.conditional { linear, median, on = live, column = \"x1\" }, "
               "y = \"value\", by = \"x1\" }",
    .inputs = {{.name = "models", .kind = Kind::model, .sentence = "the models", .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "the rows", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "column", .type = ParameterType::text, .sentence = "along which"},
                   {.name = "bins",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{12},
                    .low = 2,
                    .high = 500,
                    .sentence = "bins of equal mass"},
                   {.name = "observed",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence = "add the mean label"},
                   {.name = "truth",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>(),
                    .sentence = "further truth columns to draw, beside the expectation"}},
    .run = run_measure_conditional,
}};

}  // namespace
}  // namespace rehearse::steps
