// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/look_icon.hpp"

#include <qcustomplot.h>

#include "app/plots/axis_dress.hpp"

namespace rehearse::plots {

QIcon lookIcon(int look, const Theme& theme) {
  Trace trace;
  trace.colour = trace.dash = look;
  const QPen pen = penOf(trace, theme);
  QIcon icon;
  for (const int scale : {1, 2}) {
    QPixmap pixmap(kLookWidth * scale, kLookHeight * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QCPPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen);
    painter.drawLine(QPointF(1, kLookHeight / 2.0), QPointF(kLookWidth - 1, kLookHeight / 2.0));
    const QCPScatterStyle marker(shapeOf(trace), QPen(pen.color(), 1.5), QBrush(theme.surface), 7);
    marker.applyTo(&painter, pen);
    marker.drawShape(&painter, kLookWidth / 2.0, kLookHeight / 2.0);
    painter.end();
    icon.addPixmap(pixmap);
  }
  return icon;
}

}  // namespace rehearse::plots
