// SPDX-License-Identifier: GPL-3.0-or-later
//
// DashedLine: a QCPGraph whose long lines of dashes are drawn dash by dash. Qt makes one shape of
// all dashes of a line and fills it: of a thousand noisy points some 30 ms, of ten thousand a
// second. Short lines, and vector pictures, are drawn as QCPGraph draws them.
#pragma once

#include <qcustomplot.h>

namespace rehearse::plots {

// The dashes of a line through `points`; `pattern` holds lengths in pixels of dash, gap, dash, …. A
// point that is no number ends a line. Dashes go on around the corners.
QVector<QLineF> dashesOf(const QVector<QPointF>& points, const QVector<double>& pattern);

class DashedLine : public QCPGraph {
 public:
  using QCPGraph::QCPGraph;

 protected:
  void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const override;
};

}  // namespace rehearse::plots
