// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/timeline_strips.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "app/plots/axis_dress.hpp"

namespace rehearse::plots {
namespace {

QString textOf(const Frame& frame, const char* name, std::size_t row) {
  const Column* column = frame.find(name);
  return column && !column->missing(row) ? QString::fromStdString(column->cell(row)) : QString();
}

double numberOf(const Frame& frame, const char* name, std::size_t row) {
  const Column* column = frame.find(name);
  return column && column->numeric() ? column->number(row) : std::nan("");
}

// Whether the rows of that style are words and lines above the strips and no traces.
bool isEvent(const QString& style, const QString& strip) {
  return style == view_data::kMark || (style == view_data::kAlarm && strip.isEmpty());
}

void addEvent(std::vector<StripEvent>& events, StripEvent event) {
  for (const StripEvent& known : events)
    if (known.label == event.label && known.x == event.x && known.strip == event.strip) return;
  events.push_back(std::move(event));
}

Strip readStrip(const QString& name, const Frame& rows) {
  Strip strip;
  strip.name = name;
  std::vector<std::uint32_t> drawn;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const QString style = textOf(rows, "style", row);
    if (strip.group.isEmpty()) strip.group = textOf(rows, "group", row);
    if (strip.unit.isEmpty()) strip.unit = textOf(rows, "unit", row);
    if (style == view_data::kSpan)
      strip.spans.push_back({numberOf(rows, "x", row), numberOf(rows, "end", row)});
    else
      drawn.push_back(static_cast<std::uint32_t>(row));
  }
  strip.set = readTraces(rows.take(drawn));
  return strip;
}

}  // namespace

QString Strip::at(double x) const {
  QStringList lines;
  for (const Trace& trace : set.traces) {
    if (trace.style == view_data::kBand) continue;
    int best = -1;
    for (int i = 0; i < trace.x.size(); ++i)
      if (std::isfinite(trace.y[i]) &&
          (best < 0 || std::abs(trace.x[i] - x) < std::abs(trace.x[best] - x)))
        best = i;
    if (best < 0) continue;
    const QString value =
        QString("%1 at %2").arg(QString::number(trace.y[best], 'g', 4)).arg(trace.x[best]);
    if (trace.style == view_data::kAlarm)
      lines.append(QObject::tr("nearest alarm: %1").arg(value));
    else
      lines.append(trace.series.isEmpty() ? value : QString("%1: %2").arg(trace.series, value));
  }
  if (lines.isEmpty()) return {};
  return name + (unit.isEmpty() ? QString() : QString(" (%1)").arg(unit)) + "\n" + lines.join("\n");
}

StripSet readStrips(const Frame& frame) {
  StripSet all;
  const Column* x = frame.find("x");
  if (!x || !x->numeric() || !frame.find("strip")) return all;
  std::vector<QString> order;
  std::map<QString, std::vector<std::uint32_t>> rows;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const double at = x->number(row);
    if (!std::isfinite(at)) continue;
    low = std::min(low, at), high = std::max(high, at);
    const QString strip = textOf(frame, "strip", row), style = textOf(frame, "style", row),
                  label = textOf(frame, "label", row);
    if (isEvent(style, strip)) {
      addEvent(all.events, {at, label, strip, style == view_data::kAlarm, true});
      continue;
    }
    if (style == view_data::kSpan) addEvent(all.events, {at, label, {}, false, false});
    if (style == view_data::kAlarm && !label.isEmpty())
      addEvent(all.events, {at, label + ": " + strip, strip, true, false});
    if (rows.count(strip) == 0) order.push_back(strip);
    rows[strip].push_back(static_cast<std::uint32_t>(row));
  }
  for (const QString& name : order) all.strips.push_back(readStrip(name, frame.take(rows[name])));
  std::stable_sort(all.events.begin(), all.events.end(),
                   [](const StripEvent& a, const StripEvent& b) { return a.x < b.x; });
  all.whole = !all.strips.empty();
  for (const Strip& strip : all.strips) {
    all.whole = all.whole && wholeNumbers(strip.set, &Trace::x);
    for (const Trace& trace : strip.set.traces)
      if ((trace.style == view_data::kSeries || trace.style == view_data::kTruth) &&
          !trace.series.isEmpty() && !all.names.contains(trace.series))
        all.names.append(trace.series);
  }
  if (low <= high) all.xMin = low, all.xMax = high;
  return all;
}

}  // namespace rehearse::plots
