// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/plain_table.hpp"

#include <QHeaderView>
#include <QTableView>

namespace rehearse::plots {

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

}  // namespace rehearse::plots
