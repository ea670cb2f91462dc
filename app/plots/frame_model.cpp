// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/frame_model.hpp"

#include "app/plots/theme.hpp"

namespace rehearse::plots {
void FrameModel::setFrame(const Frame& frame, int digits) {
  beginResetModel();
  m_frame = frame;
  m_digits = digits;
  m_places.clear();
  for (std::size_t column = 0; column < frame.columns(); ++column)
    m_places.append(placesOf(frame.column(column), digits));
  endResetModel();
}

int FrameModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_frame.rows());
}

int FrameModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_frame.columns());
}

QVariant FrameModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Column& column = m_frame.column(static_cast<std::size_t>(index.column()));
  const auto row = static_cast<std::size_t>(index.row());
  switch (role) {
    case Qt::DisplayRole: return cellText(column, row, m_places[index.column()], m_digits);
    case Qt::ToolTipRole: return QString::fromStdString(column.cell(row));
    case Qt::TextAlignmentRole:
      return static_cast<int>((column.numeric() ? Qt::AlignRight : Qt::AlignLeft) |
                              Qt::AlignVCenter);
    case Qt::FontRole: return column.numeric() ? monoFont(kControlPx) : textFont(kControlPx);
    default: return {};
  }
}

QVariant FrameModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
  const Column& column = m_frame.column(static_cast<std::size_t>(section));
  if (role == Qt::DisplayRole) {
    QString name = QString::fromStdString(column.name());
    return name.replace('_', ' ');
  }
  if (role == Qt::TextAlignmentRole)
    return static_cast<int>((column.numeric() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  return {};
}

}  // namespace rehearse::plots
