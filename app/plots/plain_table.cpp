// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/plain_table.hpp"

#include <QHeaderView>
#include <QTableView>
#include <algorithm>

namespace rehearse::plots {
namespace {

constexpr int kMostRows = 200, kMeasured = 3;

int widthOfColumn(const QTableView& table, int column) {
  const QAbstractItemModel& model = *table.model();
  QVector<QPair<qsizetype, int>> longest;  // letters and row
  for (int row = 0; row < std::min(kMostRows, model.rowCount()); ++row)
    longest.append({-model.index(row, column).data().toString().size(), row});
  const qsizetype measured = std::min<qsizetype>(kMeasured, longest.size());
  std::partial_sort(longest.begin(), longest.begin() + measured, longest.end());
  int width = table.horizontalHeader()->sectionSizeHint(column);
  for (qsizetype i = 0; i < measured; ++i)
    width = std::max(width, table.sizeHintForIndex(model.index(longest[i].second, column)).width());
  return width;
}

}  // namespace

void makePlain(QTableView& table, int rowHeight) {
  table.setShowGrid(false);
  table.setEditTriggers(QAbstractItemView::NoEditTriggers);
  table.setSelectionBehavior(QAbstractItemView::SelectRows);
  table.setTabKeyNavigation(false);
  table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table.horizontalHeader()->setHighlightSections(false);
  table.verticalHeader()->hide();
  table.verticalHeader()->setDefaultSectionSize(rowHeight);
}

void fitColumns(QTableView& table) {
  table.ensurePolished();  // a cell is measured in the page's style
  for (int column = 0; column < table.model()->columnCount(); ++column)
    table.setColumnWidth(column, widthOfColumn(table, column));
}

}  // namespace rehearse::plots
