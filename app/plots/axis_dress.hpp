// SPDX-License-Identifier: GPL-3.0-or-later
//
// How axes, pens and legends of every plot look: the theme's colours, horizontal grid lines only,
// no box, whole ticks for counts and days.
#pragma once

#include <qcustomplot.h>

#include "app/plots/series.hpp"
#include "app/plots/theme.hpp"

namespace rehearse::plots {

inline constexpr double kBandAlpha = 0.12;  // of a band over the surface

QSharedPointer<QCPAxisTicker> tickerFor(bool time, bool logarithmic);
// Ticks of days, positions and counts: never between two of them.
QSharedPointer<QCPAxisTicker> wholeTicker();
// No more ticks from side to side than there is room for their labels.
void fitTicks(QCPAxis& axis);
// Whether all of x, or all of y, are such.
bool wholeNumbers(const TraceSet& set, QVector<double> Trace::*values);
void dressAxis(QCPAxis* axis, const Theme& theme, bool baseLine);

// The first four series differ in colour, dash and shape; the next four repeat the colours with
// other dashes and shapes.
QPen penOf(int colour, const Theme& theme);
QCPScatterStyle::ScatterShape shapeOf(int colour);
// Of a trace: where runs lie over each other, dash and shape tell the run, up to six of them.
QPen penOf(const Trace& trace, const Theme& theme);
QCPScatterStyle::ScatterShape shapeOf(const Trace& trace);

// The truth is a thin line in ink without markers; where a plot has several, the others are dashed.
QPen truthPen(int truth, const Theme& theme);

// A title of an axis that stands upright: in two lines where the plot is lower than it is long.
QString fittedLabel(const QString& title, const QCustomPlot& plot);

void dressLegend(QCPLegend& legend, const Theme& theme);
// What stands in the first column of a row keeps to the left, and to its own width.
void fillRight(QCPLayoutGrid& row);
// In one row, or in as many as the plot's width asks for; a name that is wider than the plot ends
// in …. The whole name of a plottable is its property `whole`.
void wrapLegend(QCustomPlot& plot, QCPLegend& legend);

}  // namespace rehearse::plots
