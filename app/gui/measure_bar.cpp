// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/measure_bar.hpp"

#include <QPainter>

namespace rehearse::gui {
namespace {

constexpr int kBarHeight = 6, kBarMargin = 8, kFigureRoom = 80, kLeastBar = 24;

}  // namespace

void MeasureBar::paint(QPainter* painter, const QStyleOptionViewItem& option,
                       const QModelIndex& index) const {
  QStyledItemDelegate::paint(painter, option, index);
  const QVariant share = index.data(kShareRole);
  const int room = option.rect.width() - kFigureRoom - kBarMargin;
  if (!share.isValid() || room < kLeastBar) return;
  QRectF bar(option.rect.left() + kBarMargin, option.rect.center().y() - kBarHeight / 2.0 + 0.5,
             room, kBarHeight);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(Qt::NoPen);
  painter->setBrush(m_track);
  painter->drawRoundedRect(bar, kBarHeight / 2.0, kBarHeight / 2.0);
  bar.setWidth(std::max<double>(kBarHeight, room * share.toDouble()));
  painter->setBrush(m_bar);
  painter->drawRoundedRect(bar, kBarHeight / 2.0, kBarHeight / 2.0);
  painter->restore();
}

}  // namespace rehearse::gui
