// SPDX-License-Identifier: GPL-3.0-or-later
//
// LongLines: the lines of a plot that have many more points than it has pixels. Of each only what
// is seen in the present range is drawn (thin.hpp), chosen anew at each zoom and width.
#pragma once

#include "app/plots/series.hpp"

class QCPGraph;
class QCustomPlot;

namespace rehearse::plots {

class LongLines {
 public:
  // False: the trace is short, or its x in no order, and is drawn as it is.
  bool take(QCPGraph* graph, const Trace& trace);
  // Before each replot.
  void thin(QCustomPlot& plot);
  void clear() { m_lines.clear(); }

 private:
  struct Line {
    QCPGraph* graph;
    QVector<double> x, y;
    double low = 0, high = 0;  // the range that it was thinned for
    int columns = 0;
  };
  QVector<Line> m_lines;
};

}  // namespace rehearse::plots
