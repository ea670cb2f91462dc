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
    const bool logX = figure.options.value("log_x", false);
    for (Trace& trace : set.traces) {
      const bool line = trace.style == view_data::kSeries || trace.style == view_data::kTruth;
      if (line && logX) startAtLeft(trace, set);
      if (line && !trace.x.isEmpty() && trace.x.back() < set.xMax) {
        trace.x.append(set.xMax);
        trace.y.append(trace.y.back());
        for (QVector<double>* v : {&trace.low, &trace.high, &trace.count}) v->append(std::nan(""));
        trace.label.append(QString());
      }
    }
    return set;
  }

  // What is 0 or less has no place on a logarithmic axis, and is counted from its left edge on.
  static void startAtLeft(Trace& trace, const TraceSet& set) {
    double left = set.xMax, below = 0;
    for (const Trace& other : set.traces)
      for (const double x : other.x)
        if (x > 0) left = std::min(left, x);
    for (int i = 0; i < trace.x.size(); ++i)
      if (trace.x[i] <= 0) trace.x[i] = left, below = std::max(below, trace.y[i]);
    for (int i = 0; i < trace.x.size() && trace.x[i] <= left; ++i)
      trace.y[i] = std::max(trace.y[i], below);
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
