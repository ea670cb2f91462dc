// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/long_lines.hpp"

#include <qcustomplot.h>

#include <cmath>

#include "app/plots/thin.hpp"

namespace rehearse::plots {
namespace {

// From so many points on, more than a few stand in each column of pixels.
constexpr int kThinFrom = 20'000;

}  // namespace

bool LongLines::take(QCPGraph* graph, const Trace& trace) {
  if (trace.x.size() < kThinFrom || !trace.sorted) return false;
  // Of a line that fills its columns neither dashes nor width are seen, and both cost time:
  // seconds.
  QPen pen = graph->pen();
  pen.setStyle(Qt::SolidLine);
  pen.setWidthF(1);
  graph->setPen(pen);
  m_lines.append({graph, trace.x, trace.y, 0, 0, 0});
  return true;
}

void LongLines::thin(QCustomPlot& plot) {
  const QCPRange range = plot.xAxis->range();
  const int columns = static_cast<int>(std::ceil(plot.width() * plot.bufferDevicePixelRatio()));
  for (Line& line : m_lines) {
    if (line.low == range.lower && line.high == range.upper && line.columns == columns) continue;
    line.low = range.lower, line.high = range.upper, line.columns = columns;
    const Thinned seen = thinned(line.x, line.y, line.low, line.high, columns,
                                 plot.xAxis->scaleType() == QCPAxis::stLogarithmic);
    line.graph->setData(seen.x, seen.y, true);
  }
}

}  // namespace rehearse::plots
