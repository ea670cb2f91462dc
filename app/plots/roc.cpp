// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `roc`: true over false positive rate, both axes from 0 to 1, with chance as the diagonal and
// the truth's curve as the best possible.
#include "app/plots/axes_plot.hpp"

namespace rehearse::plots {
namespace {

class RocPlot : public AxesPlot {
 public:
  using AxesPlot::AxesPlot;

 protected:
  void chooseRanges(const TraceSet&, const Figure&) override {
    m_xLow = -0.01, m_xHigh = 1.01;
    m_yLow = 0, m_yHigh = 1.03;
  }
};

const FigureKindRegistration kRoc("roc", [](QWidget* parent) { return new RocPlot(parent); });

}  // namespace
}  // namespace rehearse::plots
