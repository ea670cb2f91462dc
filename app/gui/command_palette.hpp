// SPDX-License-Identifier: GPL-3.0-or-later
//
// CommandPalette: a field over the window and, below it, whatever fits the letters typed: actions
// with their keys, pages, drills, designs, sets, cards, recent files. Up and Down choose, Enter
// does it, Esc or a click elsewhere closes; then the focus is where it was.
#pragma once

#include <QFrame>
#include <QPointer>
#include <functional>

#include "app/gui/style.hpp"
#include "app/present/palette.hpp"

class QLabel;
class QLineEdit;
class QStandardItemModel;
class QTableView;

namespace rehearse::gui {

class CommandPalette : public QFrame {
  Q_OBJECT

 public:
  struct Choice {
    present::PaletteItem item;
    std::function<void()> act;
  };

  explicit CommandPalette(QWidget* window);

  void setTheme(const Theme& theme);
  // Shows it, or, where it is shown, offers these instead and keeps what was typed.
  void offer(QList<Choice> choices);
  // Gives the focus back.
  void dismiss();
  // What had the focus when it was opened, or has it now where it is not open.
  QWidget* focusBefore() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill();
  void place();
  void choose(int row);
  void act();
  void sayCurrent();
  bool key(int key);

  const Theme* m_theme = nullptr;
  QList<Choice> m_choices;
  QList<qsizetype> m_shown;
  QPointer<QWidget> m_before;  // had the focus
  QLineEdit* m_field;
  QLabel* m_none;
  QTableView* m_table;
  QStandardItemModel* m_model;
};

}  // namespace rehearse::gui
