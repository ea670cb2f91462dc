// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/dashed_line.hpp"

#include <algorithm>
#include <cmath>

namespace rehearse::plots {
namespace {

constexpr int kLongFrom = 200;
// Of a dash so little is nothing. A piece so long leaves the plot, and its dashes are not counted.
constexpr double kNothing = 1e-6, kLongest = 1e5;

bool isPoint(const QPointF& point) { return std::isfinite(point.x()) && std::isfinite(point.y()); }

}  // namespace

QVector<QLineF> dashesOf(const QVector<QPointF>& points, const QVector<double>& pattern) {
  QVector<QLineF> dashes;
  qsizetype at = 0;  // of the pattern: even ones are drawn
  double left = pattern[0];
  for (qsizetype i = 1; i < points.size(); ++i) {
    if (!isPoint(points[i - 1]) || !isPoint(points[i])) {
      at = 0, left = pattern[0];
      continue;
    }
    const QLineF whole(points[i - 1], points[i]);
    const double length = whole.length();
    if (length > kLongest) {
      dashes.append(whole);
      continue;
    }
    for (double from = 0; from < length;) {
      const double to = std::min(length, from + left);
      if (at % 2 == 0) dashes.append({whole.pointAt(from / length), whole.pointAt(to / length)});
      left -= to - from;
      from = to;
      if (left > kNothing) continue;
      at = (at + 1) % pattern.size();
      left = pattern[at];
    }
  }
  return dashes;
}

void DashedLine::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const {
  QPen pen = mPen;
  const QVector<double> pattern = pen.dashPattern();
  if (lines.size() < kLongFrom || pattern.size() < 2 || pen.style() == Qt::NoPen ||
      painter->modes().testFlag(QCPPainter::pmVectorized))
    return QCPGraph::drawLinePlot(painter, lines);
  QVector<double> pixels;
  for (const double part : pattern) pixels.append(std::max(0.5, part * pen.widthF()));
  applyDefaultAntialiasingHint(painter);
  pen.setStyle(Qt::SolidLine);
  painter->setPen(pen);
  painter->setBrush(Qt::NoBrush);
  painter->drawLines(dashesOf(lines, pixels));
}

}  // namespace rehearse::plots
