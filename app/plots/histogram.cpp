// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `histogram`: bins as filled steps, one outline a series, so that two distributions can be
// read over each other.
#include <qcustomplot.h>

#include <cmath>

#include "app/plots/axes_plot.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::plots {
namespace {

constexpr float kFillAlpha = 0.18f;

class HistogramPlot : public AxesPlot {
 public:
  using AxesPlot::AxesPlot;

 protected:
  // The outline of each series: its lower edges, closed by the last upper edge.
  TraceSet read(const Figure& figure) const override {
    TraceSet set = readTraces(figure.data, "lower");
    const TraceSet uppers = readTraces(figure.data, "upper");
    for (std::size_t i = 0; i < set.traces.size() && i < uppers.traces.size(); ++i) {
      Trace& trace = set.traces[i];
      if (trace.style == view_data::kMark || trace.x.isEmpty()) continue;
      trace.x.append(uppers.traces[i].x.back());
      trace.y.append(trace.y.back());
      for (QVector<double>* v : {&trace.low, &trace.high, &trace.count}) v->append(std::nan(""));
      trace.label.append(QString());
      set.xMax = std::max(set.xMax, trace.x.back());
    }
    set.yMin = 0;
    return set;
  }

  void drawSeries(const Trace& trace, const Theme& theme) override {
    const QPen pen = penOf(trace, theme);
    QCPGraph* graph = addGraph(trace.series, pen);
    graph->setLineStyle(QCPGraph::lsStepLeft);
    QColor fill = pen.color();
    fill.setAlphaF(kFillAlpha);
    graph->setBrush(fill);
    graph->setData(trace.x, trace.y);
  }
};

const FigureKindRegistration kHistogram("histogram",
                                        [](QWidget* parent) { return new HistogramPlot(parent); });

}  // namespace
}  // namespace rehearse::plots
