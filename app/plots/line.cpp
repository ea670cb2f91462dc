// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `line`: series over x, with the truth, bands, marks and alarms.
#include "app/plots/axes_plot.hpp"

namespace rehearse::plots {
namespace {

const FigureKindRegistration kLine("line", [](QWidget* parent) { return new AxesPlot(parent); });

}  // namespace
}  // namespace rehearse::plots
