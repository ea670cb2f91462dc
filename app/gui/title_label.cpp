// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/title_label.hpp"

#include <QPainter>

namespace rehearse::gui {

TitleLabel::TitleLabel(QWidget* parent) : QLabel(parent) {
  setObjectName("page");
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void TitleLabel::setTitle(const QString& title) {
  setText(title);
  setToolTip(title);
}

void TitleLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(text(), Qt::ElideRight, width()));
}

}  // namespace rehearse::gui
