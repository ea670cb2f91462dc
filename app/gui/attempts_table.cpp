// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/attempts_table.hpp"

#include <QHeaderView>
#include <algorithm>

#include "app/plots/plain_table.hpp"
#include "app/present/drill_text.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::gui {
namespace {

constexpr int kLanguageRole = Qt::UserRole + 1, kRow = 28, kHeader = 36, kTallest = 180;
constexpr int kTimeColumn = 3, kTimeFrom = 300;

}  // namespace

AttemptsTable::AttemptsTable(QWidget* parent) : QTableWidget(0, 4, parent) {
  setHorizontalHeaderLabels({tr("when"), tr("verdict"), tr("cases"), tr("time")});
  plots::makePlain(*this, kRow);
  setAccessibleName(tr("Attempts"));
  setToolTip(
      tr("Enter puts an attempt's text back into the editor; undo takes it out again. "
         "Select two (Shift or Ctrl) to compare them, or one with the draft."));
  setSelectionMode(QAbstractItemView::ExtendedSelection);
  connect(this, &QTableWidget::itemSelectionChanged, this, &AttemptsTable::chosenChanged);
  setFixedHeight(kHeader + kRow);
  horizontalHeader()->setMinimumSectionSize(40);
  horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
  connect(this, &QTableWidget::itemActivated, this, [this](QTableWidgetItem* activated) {
    const QTableWidgetItem* first = item(activated->row(), 0);
    emit wanted(first->data(Qt::UserRole).toString(), first->data(kLanguageRole).toString());
  });
}

void AttemptsTable::show(const std::vector<practice::Attempt>& attempts,
                         const plots::Theme* theme) {
  setRowCount(static_cast<int>(attempts.size()));
  for (int row = 0; row < rowCount(); ++row) {
    const practice::Attempt& attempt = attempts[static_cast<std::size_t>(row)];
    const auto line = present::attemptLine(attempt);
    const QString language = present::qs(attempt.language);
    const QString verdict = language == "lua" ? line.verdict : line.verdict + " · " + language;
    const QStringList cells = {line.day, verdict, line.cases, line.time};
    for (int c = 0; c < cells.size(); ++c) {
      auto* cell = new QTableWidgetItem(cells[c]);
      if (c != 1) cell->setFont(plots::monoFont(plots::kLabelPx));
      cell->setToolTip(tr("%1, %2\n%3").arg(line.when, verdict, present::attemptDetails(attempt)));
      if (c == 1 && theme) cell->setForeground(line.accepted ? theme->ok : theme->bad);
      setItem(row, c, cell);
    }
    item(row, 0)->setData(Qt::UserRole, line.text);
    item(row, 0)->setData(kLanguageRole, language);
  }
  setFixedHeight(std::min(kTallest, kHeader + kRow * std::max(1, rowCount())));
  for (const int column : {0, 2, 3}) resizeColumnToContents(column);
}

QList<int> AttemptsTable::chosen() const {
  QList<int> rows;
  for (const QModelIndex& index : selectionModel()->selectedRows()) rows.append(index.row());
  std::sort(rows.begin(), rows.end());
  return rows;
}

// The verdict needs the room more than the time does.
void AttemptsTable::resizeEvent(QResizeEvent* event) {
  setColumnHidden(kTimeColumn, width() < kTimeFrom);
  QTableWidget::resizeEvent(event);
}

}  // namespace rehearse::gui
