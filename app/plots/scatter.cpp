// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `scatter`: a point a row, without lines. Many points are small and see-through, so that a
// crowd is darker than a few; few points carry the shapes that tell series apart.
#include <qcustomplot.h>

#include "app/plots/axes_plot.hpp"

namespace rehearse::plots {
namespace {

constexpr int kFewPoints = 300;
constexpr float kCrowdAlpha = 0.35f;

class ScatterPlot : public AxesPlot {
 public:
  using AxesPlot::AxesPlot;

 protected:
  void drawSeries(const Trace& trace, const Theme& theme) override {
    QCPGraph* graph = addGraph(trace.series, penOf(trace, theme));
    graph->setLineStyle(QCPGraph::lsNone);
    // Adaptive sampling would thin the crowd; the step has chosen the points already.
    graph->setAdaptiveSampling(false);
    QColor colour = penOf(trace, theme).color();
    if (trace.x.size() <= kFewPoints) {
      graph->setScatterStyle(
          QCPScatterStyle(shapeOf(trace), QPen(colour, 1.5), QBrush(theme.surface), 7));
    } else {
      colour.setAlphaF(kCrowdAlpha);
      graph->setScatterStyle(
          QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(Qt::NoPen), QBrush(colour), 4));
    }
    graph->setData(trace.x, trace.y);
  }
};

const FigureKindRegistration kScatter("scatter",
                                      [](QWidget* parent) { return new ScatterPlot(parent); });

}  // namespace
}  // namespace rehearse::plots
