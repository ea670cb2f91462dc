// SPDX-License-Identifier: GPL-3.0-or-later
//
// MeasureBar: a cell with a number at its right end and, left of it, a bar for the number's share
// of the largest of its column. The bar only repeats the number: nothing is told by it alone.
#pragma once

#include <QColor>
#include <QStyledItemDelegate>

namespace rehearse::gui {

class MeasureBar : public QStyledItemDelegate {
 public:
  static constexpr int kShareRole = Qt::UserRole + 7;  // 0 … 1
  static constexpr int kColumnWidth = 124;

  MeasureBar(QObject* parent, const QColor& bar, const QColor& track)
      : QStyledItemDelegate(parent), m_bar(bar), m_track(track) {}
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;

 private:
  QColor m_bar, m_track;
};

}  // namespace rehearse::gui
