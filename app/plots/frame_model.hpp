// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Frame as an item model, for the table behind every plot. Numbers are right-aligned in the mono
// face, as many digits as a person compares (four of the greatest; the tooltip has all of them),
// the places of a column alike; missing cells are "–".
#pragma once

#include <QAbstractTableModel>

#include "app/plots/number_text.hpp"

namespace rehearse::plots {

class FrameModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;
  // `digits`: of number_text.hpp.
  void setFrame(const Frame& frame, int digits = kCellDigits);
  const Frame& frame() const { return m_frame; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  Frame m_frame;
  int m_digits = kCellDigits;
  QList<int> m_places;  // after the point, of each column; -1: each number for itself
};

}  // namespace rehearse::plots
