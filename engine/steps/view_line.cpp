// SPDX-License-Identifier: GPL-3.0-or-later
//
// A column over another. Rows with the same x (and series) are averaged, with the 95% interval of
// the mean as a band. A table that already has columns series and style is drawn as it is.
#include <cmath>
#include <map>

#include "engine/base/normal.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct Moments {
  double sum = 0, squares = 0, count = 0;
  void add(double v) { sum += v, squares += v * v, count += 1; }
  double mean() const { return sum / count; }
  double standard_error() const {
    return count > 1 ? std::sqrt(std::max(0.0, squares / count - mean() * mean()) / (count - 1))
                     : 0;
  }
};

std::map<double, Moments> averages(const Column& x, const Column& y, const Column* series,
                                   std::string_view wanted) {
  std::map<double, Moments> by;
  for (std::size_t row = 0; row < x.size(); ++row) {
    if (series && series->text(row) != wanted) continue;
    const double at = x.number(row), value = y.number(row);
    if (!std::isnan(at) && !std::isnan(value)) by[at].add(value);
  }
  return by;
}

void add_line(ViewRows& view, const std::map<double, Moments>& by, const std::string& series,
              const char* style, bool band) {
  for (const auto& [at, moments] : by) {
    ViewRows::Row row;
    row.series = series, row.style = style;
    row.x = at, row.y = moments.mean();
    if (std::string_view(style) == view_data::kSeries) row.count = moments.count;
    view.add(row);
    if (!band || moments.count < 2) continue;
    row.style = view_data::kBand;
    row.low = row.y - kNormal975 * moments.standard_error(),
    row.high = row.y + kNormal975 * moments.standard_error();
    row.count = std::nan("");
    view.add(std::move(row));
  }
}

// Intervals of a table that has them in columns low and high, a band for each series.
void add_intervals(ViewRows& view, const Frame& table, const Column& x, const Column& series) {
  const Column *low = table.find("low"), *high = table.find("high");
  if (!low || !high || !low->numeric() || !high->numeric()) return;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (std::isnan(low->number(row)) || std::isnan(high->number(row))) continue;
    ViewRows::Row band;
    band.series = series.text(row), band.style = view_data::kBand;
    band.x = x.number(row), band.low = low->number(row), band.high = high->number(row);
    view.add(std::move(band));
  }
}

// Noise floors and alarms of a table made by monitor.psi_by_day, alarms of monitor.detect.
void add_floor(ViewRows& view, const Frame& table, const Column& x, const Column& value) {
  const Column *floor = table.find("noise_95"), *alarm = table.find("alarm");
  if (!alarm || !alarm->numeric()) return;
  bool first = true;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (floor) {
      ViewRows::Row band;
      band.series = "noise floor, 95%", band.style = view_data::kBand;
      band.x = x.number(row), band.low = 0, band.high = floor->number(row);
      view.add(std::move(band));
    }
    if (alarm->number(row) != 1) continue;
    ViewRows::Row ring;
    ring.style = view_data::kAlarm, ring.x = x.number(row), ring.y = value.number(row);
    if (first) ring.label = "first alarm";
    first = false;
    view.add(std::move(ring));
  }
}

Result<void> add_table(ViewRows& view, const StepCall& call, const Frame& table,
                       const std::string& label) {
  auto x = table.require(call.text("by"));
  auto y = table.require(call.text("y"));
  if (!x) return fail(x.error());
  if (!y) return fail(y.error());
  for (const Column* column : {*x, *y})
    if (!column->numeric())
      return fail(Code::invalid_argument, "the column `{}` holds texts; a line needs numbers",
                  column->name());
  const Column *series = table.find("series"),
               *truth = call.given("truth") ? table.find(call.text("truth")) : nullptr;
  if (series && series->type() == Type::dictionary) {
    for (const std::string& name : series->dictionary())
      add_line(view, averages(**x, **y, series, name), name,
               name.rfind("best possible", 0) == 0 || name.rfind("truth", 0) == 0
                   ? view_data::kTruth
                   : view_data::kSeries,
               false);
    if (call.boolean("band")) add_intervals(view, table, **x, *series);
  } else {
    add_line(view, averages(**x, **y, nullptr, ""), label, view_data::kSeries,
             call.boolean("band"));
  }
  if (truth)
    add_line(view, averages(**x, *truth, nullptr, ""), "truth (known: the site is simulated)",
             view_data::kTruth, false);
  add_floor(view, table, **x, **y);
  return {};
}

void add_guide(ViewRows& view, const StepCall& call, const Frame& table) {
  const Column* x = table.find(call.text("by"));
  if (!call.given("guide") || !x || table.rows() == 0) return;
  double low = INFINITY, high = -INFINITY;
  for (const double at : x->numbers()) low = std::min(low, at), high = std::max(high, at);
  for (const double at : {low, high}) {
    ViewRows::Row row;
    row.style = view_data::kGuide, row.x = at, row.y = call.number("guide");
    view.add(std::move(row));
  }
}

Result<Outputs> run_view_line(const StepCall& call, const StepContext&) {
  ViewRows view;
  const auto& tables = call.inputs.at("tables");
  for (std::size_t i = 0; i < tables.size(); ++i)
    if (auto added = add_table(view, call, tables[i]->as_frame(), call.labels.at("tables")[i]);
        !added)
      return fail(added.error());
  add_guide(view, call, tables.front()->as_frame());
  view.mark_day(call);
  return one(std::move(view).build());
}

std::vector<plan::Parameter> parameters() {
  std::vector<plan::Parameter> all = {
      {.name = "y",
       .type = ParameterType::text,
       .sentence = "the column to draw; rows of one x are averaged"},
      {.name = "by",
       .type = ParameterType::text,
       .initial = std::string("day"),
       .sentence = "the column along the x axis"},
      {.name = "truth",
       .type = ParameterType::text,
       .sentence = "the column that holds the truth of y",
       .optional = true},
      {.name = "band",
       .type = ParameterType::boolean,
       .initial = true,
       .sentence = "the 95% interval of each mean"},
      {.name = "guide",
       .type = ParameterType::number,
       .sentence = "a dotted line at this height",
       .optional = true}};
  for (plan::Parameter& parameter : mark_parameters()) all.push_back(std::move(parameter));
  return all;
}

const StepRegistration kViewLine{{
    .name = "view.line",
    .sentence = "A column over another, as lines.",
    .example = "show.line { log, y = \"click\", by = \"day\" }",
    .inputs = {{.name = "tables",
                .kind = Kind::frame,
                .sentence = "the tables to draw",
                .variadic = true}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = parameters(),
    .run = run_view_line,
}};

}  // namespace
}  // namespace rehearse::steps
