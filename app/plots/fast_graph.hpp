// SPDX-License-Identifier: GPL-3.0-or-later
//
// FastGraph: a QCPGraph that draws many points at once in the time of a frame. Short lines, few
// points and vector pictures are drawn as QCPGraph draws them.
//
// Long lines of dashes are drawn dash by dash: Qt makes one shape of all dashes of a line and fills
// it, which takes some 30 ms for a thousand noisy points and a second for ten thousand. The mark of
// many points is drawn once and stamped, each at the nearest pixel.
#pragma once

#include <qcustomplot.h>

namespace rehearse::plots {

// The dashes of a line through `points`; `pattern` holds lengths in pixels of dash, gap, dash, …. A
// point that is no number ends a line. Dashes go on around the corners.
QVector<QLineF> dashesOf(const QVector<QPointF>& points, const QVector<double>& pattern);

class FastGraph : public QCPGraph {
 public:
  using QCPGraph::QCPGraph;

 protected:
  void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const override;
  void drawScatterPlot(QCPPainter* painter, const QVector<QPointF>& points,
                       const QCPScatterStyle& style) const override;
};

}  // namespace rehearse::plots
