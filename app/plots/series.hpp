// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows of a view, sorted into what is drawn: one Trace per (series, style) in order of first
// appearance. Shared by the kinds with x and y axes.
//
// Where runs lie over each other, two columns beyond those of view_data.hpp say how a row of style
// series or band looks: `colour` (index of the series colour) and `dash` (of the run: its dash and
// marker, 0 the present one).
#pragma once

#include <QString>
#include <QVector>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::plots {

struct Trace {
  QString series;
  QString style;   // engine/base/view_data.hpp
  int colour = 0;  // index into the theme's series, shared by a series and its band
  QVector<double> x, y, low, high, count;
  QVector<QString> label;
  bool hasInterval = false;
  int dash = -1;       // dash and marker of a run that lies over others; -1: they follow the colour
  bool sorted = true;  // x never falls
};

struct TraceSet {
  std::vector<Trace> traces;
  bool timeAxis = false;
  double xMin = 0, xMax = 1, yMin = 0, yMax = 1;  // of all finite points, marks included in x only
  bool empty = true;
};

// Absent columns are left empty; rows with a missing x are dropped. Stable order, O(rows).
TraceSet readTraces(const Frame& frame, const char* xName = "x", const char* yName = "y");

}  // namespace rehearse::plots
