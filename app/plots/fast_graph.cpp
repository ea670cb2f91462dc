// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/fast_graph.hpp"

#include <algorithm>
#include <cmath>

namespace rehearse::plots {
namespace {

constexpr int kLongFrom = 200, kManyFrom = 200;
// Of a dash so little is nothing. A piece so long leaves the plot, and its dashes are not counted.
constexpr double kNothing = 1e-6, kLongest = 1e5;

// The mark, in the middle of a picture that has room for its pen.
QPixmap stampOf(const QCPScatterStyle& style, const QPen& pen, int side, double ratio) {
  QPixmap stamp(QSize(side, side) * ratio);
  stamp.setDevicePixelRatio(ratio);
  stamp.fill(Qt::transparent);
  QCPPainter painter(&stamp);
  painter.setAntialiasing(true);
  style.applyTo(&painter, pen);
  style.drawShape(&painter, side / 2.0, side / 2.0);
  return stamp;
}

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

void FastGraph::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const {
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

void FastGraph::drawScatterPlot(QCPPainter* painter, const QVector<QPointF>& points,
                                const QCPScatterStyle& style) const {
  if (points.size() < kManyFrom || painter->modes().testFlag(QCPPainter::pmVectorized))
    return QCPGraph::drawScatterPlot(painter, points, style);
  const double ratio = painter->device()->devicePixelRatioF();
  const int half = static_cast<int>(std::ceil(style.size() / 2)) + 2;
  const QPixmap stamp = stampOf(style, mPen, 2 * half, ratio);
  const auto nearest = [ratio](double at) { return std::round(at * ratio) / ratio; };
  for (const QPointF& point : points)
    if (isPoint(point))
      painter->drawPixmap(QPointF(nearest(point.x()) - half, nearest(point.y()) - half), stamp);
}

}  // namespace rehearse::plots
