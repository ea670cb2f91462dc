// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/series.hpp"

#include <cmath>
#include <limits>
#include <optional>

#include "engine/base/view_data.hpp"

namespace rehearse::plots {
namespace {

QString textAt(const Column* column, std::size_t row, const char* otherwise) {
  if (!column || column->missing(row)) return otherwise;
  return QString::fromStdString(column->cell(row));
}

double numberAt(const Column* column, std::size_t row) {
  if (!column || !column->numeric()) return std::numeric_limits<double>::quiet_NaN();
  return column->number(row);
}

std::optional<int> wholeAt(const Column* column, std::size_t row) {
  const double value = numberAt(column, row);
  if (!std::isfinite(value) || value < 0) return {};
  return static_cast<int>(value);
}

int colourOf(const QString& series, std::vector<QString>& seen) {
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (seen[i] == series) return static_cast<int>(i);
  seen.push_back(series);
  return static_cast<int>(seen.size()) - 1;
}

Trace& traceOf(std::vector<Trace>& traces, const QString& series, const QString& style) {
  for (Trace& trace : traces)
    if (trace.series == series && trace.style == style) return trace;
  Trace& made = traces.emplace_back();
  made.series = series;
  made.style = style;
  return made;
}

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void add(double v) {
    if (!std::isfinite(v)) return;
    low = std::min(low, v);
    high = std::max(high, v);
  }
  bool empty() const { return low > high; }
};

}  // namespace

TraceSet readTraces(const Frame& frame, const char* xName, const char* yName) {
  const Column *series = frame.find("series"), *style = frame.find("style"),
               *label = frame.find("label");
  const Column *colour = frame.find("colour"), *dash = frame.find("dash");
  const Column *x = frame.find(xName), *y = frame.find(yName);
  const Column *low = frame.find("low"), *high = frame.find("high"), *count = frame.find("count");
  TraceSet set;
  if (!x || !x->numeric()) return set;
  set.timeAxis = x->type() == Type::time;
  std::vector<QString> colours;
  Extent xs, ys;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    double at = x->number(row);
    if (x->missing(row) || !std::isfinite(at)) continue;
    if (set.timeAxis) at /= 1e6;
    const QString name = textAt(series, row, ""), how = textAt(style, row, view_data::kSeries);
    Trace& trace = traceOf(set.traces, name, how);
    if (how == view_data::kSeries || how == view_data::kBand) {
      const auto given = wholeAt(colour, row);
      trace.colour = given ? *given : colourOf(name, colours);
    }
    trace.dash = wholeAt(dash, row).value_or(-1);
    trace.sorted = trace.sorted && (trace.x.isEmpty() || trace.x.back() <= at);
    trace.x.append(at);
    trace.y.append(numberAt(y, row));
    trace.low.append(numberAt(low, row));
    trace.high.append(numberAt(high, row));
    trace.count.append(numberAt(count, row));
    trace.label.append(textAt(label, row, ""));
    trace.hasInterval = trace.hasInterval || std::isfinite(trace.low.back());
    xs.add(at);
    if (how == view_data::kMark) continue;
    ys.add(trace.y.back());
    if (how == view_data::kBand) ys.add(trace.low.back()), ys.add(trace.high.back());
  }
  set.empty = xs.empty();
  if (!xs.empty()) set.xMin = xs.low, set.xMax = xs.high;
  if (!ys.empty()) set.yMin = ys.low, set.yMax = ys.high;
  return set;
}

}  // namespace rehearse::plots
