// SPDX-License-Identifier: GPL-3.0-or-later
//
// HistoryTroubleDialog: in place of the window where the user's history cannot be opened: what is
// wrong, a backup to be restored where one helps, another try, the folder. Accepted: try again.
#pragma once

#include <QDialog>

#include "app/gui/style.hpp"
#include "app/present/history_trouble.hpp"

class QLabel;
class QPushButton;

namespace rehearse::gui {

class HistoryTroubleDialog : public QDialog {
  Q_OBJECT

 public:
  HistoryTroubleDialog(const present::HistoryTrouble& trouble, const Theme& theme);

 private:
  QWidget* makeButtons();
  void restore();

  const present::HistoryTrouble m_trouble;
  QLabel* m_said;
  QPushButton *m_restore, *m_again;
};

}  // namespace rehearse::gui
