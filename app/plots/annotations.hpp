// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands in a plot beside its series: guides (dotted), marks of known events (a line from top
// to bottom) and alarms (a ring), each with its words. None is in the legend.
#pragma once

#include "app/plots/series.hpp"
#include "app/plots/theme.hpp"

class QCustomPlot;

namespace rehearse::plots {

// `set`: all that the plot shows; words stand on the side where there is room.
// Its words stand at the point that has them: above the right end of a level guide, below a rising
// one.
void drawGuide(QCustomPlot& plot, const TraceSet& set, const Trace& trace, const Theme& theme);
void drawMarks(QCustomPlot& plot, const TraceSet& set, const Trace& trace, const Theme& theme);
void drawAlarms(QCustomPlot& plot, const TraceSet& set, const Trace& trace, const Theme& theme);

}  // namespace rehearse::plots
