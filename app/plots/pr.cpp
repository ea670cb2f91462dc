// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `pr`: precision over recall, with the base rate as a guide. The first few calls of a model
// make precision jump between 0 and 1 and say little: the height is chosen by what follows, so that
// the curve of a rare event is not a line at the foot of the plot.
#include <cmath>

#include "app/plots/axes_plot.hpp"

namespace rehearse::plots {
namespace {

constexpr double kNoisyRecall = 0.02;

class PrPlot : public AxesPlot {
 public:
  using AxesPlot::AxesPlot;

 protected:
  void chooseRanges(const TraceSet& set, const Figure&) override {
    double top = 0;
    for (const Trace& trace : set.traces)
      for (int i = 0; i < trace.x.size(); ++i)
        if (trace.x[i] >= kNoisyRecall && std::isfinite(trace.y[i]))
          top = std::max(top, trace.y[i]);
    m_xLow = -0.01, m_xHigh = 1.01;
    m_yLow = 0, m_yHigh = top > 0 ? std::min(1.03, top * 1.15) : 1.03;
  }
};

const FigureKindRegistration kPr("pr", [](QWidget* parent) { return new PrPlot(parent); });

}  // namespace
}  // namespace rehearse::plots
