// SPDX-License-Identifier: GPL-3.0-or-later
//
// CardBrowser: every card, to be read outside of its schedule: a list with a search, and the card
// in front with its questions and their answers. Reading here changes no due date.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"
#include "app/practice/card_library.hpp"

class QLabel;
class QLineEdit;
class QListWidget;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class CardText;

class CardBrowser : public QWidget {
  Q_OBJECT

 public:
  explicit CardBrowser(present::AppContext& context, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  // Fills the list at the first call; takes the focus.
  void activated();
  // Null when no card is in front.
  const practice::Card* current() const;
  void open(const QString& cardId);

 signals:
  void shown(const practice::Card* card);

 private:
  void filter();
  void showCard();

  present::AppContext& m_context;
  QLineEdit* m_search;
  QListWidget* m_list;
  QLabel* m_none;
  CardText* m_text;
};

}  // namespace rehearse::gui
