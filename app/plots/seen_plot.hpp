// SPDX-License-Identifier: GPL-3.0-or-later
//
// SeenPlot: a QCustomPlot that draws itself when it is painted, however often its data and its size
// changed before. QCustomPlot draws at each change of its size, and a layout brings several for
// each change of a page, most of them to plots that are scrolled out of sight: a page of figures
// then takes a tenth of a second that nobody sees.
#pragma once

#include <qcustomplot.h>

namespace rehearse::plots {

class SeenPlot : public QCustomPlot {
 public:
  using QCustomPlot::QCustomPlot;

  // What it shows has changed. A place on an axis is known once it was painted; `replot` is for who
  // cannot wait.
  void redraw();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  bool m_older = true;  // the picture, than what it is to show
};

}  // namespace rehearse::plots
