// SPDX-License-Identifier: GPL-3.0-or-later
//
// TimelineLane: the words of a timeline's events, above its strips. Each stands right of its time,
// or as far left as the right edge asks, in the first line with room; what finds none is hidden, as
// its mark and the table stay.
#pragma once

#include <qcustomplot.h>

#include <QPointer>

#include "app/plots/theme.hpp"
#include "app/plots/timeline_strips.hpp"

namespace rehearse::plots {

class TimelineLane {
 public:
  // An axis rectangle without visible axes, so that it shares the margins of the strips. The caller
  // puts rect() into the plot's layout, which owns it; what was made before must be gone.
  void make(QCustomPlot* plot, int events);
  QCPAxisRect* rect() const { return m_rect; }
  QCPAxis* axis() const { return m_rect->axis(QCPAxis::atBottom); }
  int height() const { return m_height; }
  // Events without words are left out.
  void add(QCustomPlot* plot, const StripEvent& event, const Theme& theme);
  // Once the layout is known; nothing where the plot has given its parts away.
  void place();

 private:
  QPointer<QCPAxisRect> m_rect;
  QList<QPointer<QCPItemText>> m_words;  // a picture without words takes them away
  int m_height = 0;
};

}  // namespace rehearse::plots
