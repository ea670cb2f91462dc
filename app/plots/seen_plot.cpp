// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/seen_plot.hpp"

#include <utility>

namespace rehearse::plots {

void SeenPlot::redraw() {
  m_older = true;
  update();
}

void SeenPlot::resizeEvent(QResizeEvent*) {
  setViewport(rect());
  redraw();
}

void SeenPlot::paintEvent(QPaintEvent* event) {
  if (std::exchange(m_older, false)) {
    setAttribute(Qt::WA_UpdatesDisabled);  // a replot asks for the paint that is under way
    replot(rpQueuedRefresh);
    setAttribute(Qt::WA_UpdatesDisabled, false);
  }
  QCustomPlot::paintEvent(event);
}

}  // namespace rehearse::plots
