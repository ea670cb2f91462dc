// SPDX-License-Identifier: GPL-3.0-or-later
//
// DataCard: the user's data on the Settings page: where they lie, backups, export, import.
#pragma once

#include <QList>
#include <QWidget>

class QLabel;
class QPushButton;

namespace rehearse::present {
class AppContext;
class DataTransfer;
}  // namespace rehearse::present

namespace rehearse::gui {

class DataCard : public QWidget {
  Q_OBJECT

 public:
  DataCard(present::AppContext& context, QWidget* page);

 private:
  QPushButton* makeButton(const QString& text, void (DataCard::*act)());
  void say(const QString& sentence, const char* name, bool ready);
  void backUp();
  void exportAll();
  void importAll();

  present::DataTransfer* m_data;
  QLabel *m_backups, *m_said;
  QList<QPushButton*> m_buttons;  // not while something is under way
};

}  // namespace rehearse::gui
