// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `reliability`: observed rate against mean score, bin by bin, with the interval of each bin
// as a whisker and the diagonal as a guide. Both axes share one range, so that the diagonal is one.
#include <qcustomplot.h>

#include <cmath>

#include "app/plots/axes_plot.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::plots {
namespace {

class ReliabilityPlot : public AxesPlot {
 public:
  using AxesPlot::AxesPlot;

 protected:
  TraceSet read(const Figure& figure) const override {
    TraceSet set = readTraces(figure.data);
    const double top = std::max(set.xMax, set.yMax);
    Trace diagonal;
    diagonal.style = view_data::kGuide;
    diagonal.x = diagonal.y = {0, top};
    diagonal.low = diagonal.high = diagonal.count = {NAN, NAN};
    diagonal.label = {"", ""};
    set.traces.push_back(diagonal);
    return set;
  }

  void drawSeries(const Trace& trace, const Theme& theme) override {
    AxesPlot::drawSeries(trace, theme);
    if (!trace.hasInterval) return;
    auto* whiskers = new QCPErrorBars(m_plot->xAxis, m_plot->yAxis);
    whiskers->setDataPlottable(m_plot->graph(m_plot->graphCount() - 1));
    QColor colour = penOf(trace, theme).color();
    colour.setAlphaF(0.55f);
    whiskers->setPen(QPen(colour, 1));
    whiskers->setWhiskerWidth(0);
    QVector<double> below, above;
    for (int i = 0; i < trace.y.size(); ++i) {
      below.append(std::isfinite(trace.low[i]) ? trace.y[i] - trace.low[i] : 0);
      above.append(std::isfinite(trace.high[i]) ? trace.high[i] - trace.y[i] : 0);
    }
    whiskers->setData(below, above);
  }

  void chooseRanges(const TraceSet& set, const Figure&) override {
    double top = std::max(set.xMax, set.yMax);
    for (const Trace& trace : set.traces)
      for (const double high : trace.high)
        if (std::isfinite(high)) top = std::max(top, high);
    top *= 1.05;
    m_xLow = m_yLow = 0;
    m_xHigh = m_yHigh = top > 0 ? top : 1;
  }
};

const FigureKindRegistration kReliability("reliability", [](QWidget* parent) {
  return new ReliabilityPlot(parent);
});

}  // namespace
}  // namespace rehearse::plots
