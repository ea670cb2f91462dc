// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows of a timeline (engine/base/view_data.hpp), sorted into what is drawn: strips with their
// traces and shaded spans, and the events whose words stand above all of them.
#pragma once

#include <QStringList>

#include "app/plots/figure_content.hpp"
#include "app/plots/series.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::plots {

struct StripSpan {
  double begin = 0, end = 0;
};

struct Strip {
  QString name, group, unit;
  TraceSet set;
  std::vector<StripSpan> spans;
  // All of it is known only because the site is simulated.
  bool truth() const { return group == view_data::kTruth; }
  // What the lines say nearest to `x`, in words; empty where there are none.
  QString at(double x) const;
};

// Words at a time. With `line`, a line through the strip of that name, or through all.
struct StripEvent {
  double x = 0;
  QString label, strip;
  bool alarm = false, line = true;
};

struct StripSet {
  std::vector<Strip> strips;       // in order of first appearance
  std::vector<StripEvent> events;  // in order of time, none twice
  QStringList names;               // of the lines of all strips, for the legend
  double xMin = 0, xMax = 1;
  bool whole = false;  // all times are whole numbers
};

// O(rows).
StripSet readStrips(const Frame& frame);

}  // namespace rehearse::plots
