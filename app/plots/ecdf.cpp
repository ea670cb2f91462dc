// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `ecdf`: the share of rows at or below each value, as steps from 0 to 1. A step is level from
// its value to the next, so a vertical distance between two lines is one of the two distributions.
#include <qcustomplot.h>

#include "app/plots/axes_plot.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::plots {
namespace {

class EcdfPlot : public AxesPlot {
 public:
  using AxesPlot::AxesPlot;

 protected:
  // Each line goes on, at its own height, to the edges of the plot.
  TraceSet read(const Figure& figure) const override {
    TraceSet set = readTraces(figure.data);
    for (Trace& trace : set.traces) {
      const bool line = trace.style == view_data::kSeries || trace.style == view_data::kTruth;
      if (line && !trace.x.isEmpty() && trace.x.back() < set.xMax) {
        trace.x.append(set.xMax);
        trace.y.append(trace.y.back());
        for (QVector<double>* v : {&trace.low, &trace.high, &trace.count}) v->append(std::nan(""));
        trace.label.append(QString());
      }
    }
    return set;
  }

  void drawSeries(const Trace& trace, const Theme& theme) override {
    QCPGraph* graph = addGraph(trace.series, penOf(trace, theme));
    graph->setLineStyle(QCPGraph::lsStepLeft);
    graph->setData(trace.x, trace.y);
  }

  void chooseRanges(const TraceSet& set, const Figure& figure) override {
    AxesPlot::chooseRanges(set, figure);
    m_yLow = 0, m_yHigh = 1.03;
  }
};

const FigureKindRegistration kEcdf("ecdf", [](QWidget* parent) { return new EcdfPlot(parent); });

}  // namespace
}  // namespace rehearse::plots
