// SPDX-License-Identifier: GPL-3.0-or-later
//
// CardBrowser: the decks with their counts and every card, to be read outside of its schedule, and
// the search over everything (present/search_session.hpp), whose results take the place of the
// lists while a query stands in the field. Reading here changes no due date.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"
#include "app/present/card_shelf.hpp"
#include "app/present/search_session.hpp"

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QStackedWidget;

namespace rehearse::gui {

class CardReader;

class CardBrowser : public QWidget {
  Q_OBJECT

 public:
  CardBrowser(present::AppContext& context, present::CardShelf& shelf, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  // Counts anew; takes the focus.
  void activated();
  void focusSearch();
  // Clears the search; false where there is none.
  bool leaveSearch();
  // Null when no card is in front.
  const practice::Card* current() const;
  void open(const QString& cardId);

 signals:
  void shown(const practice::Card* card);
  void deckWanted(const QString& topic);
  void drillWanted(const QString& id);
  void designWanted(const QString& id);
  void failed(const QString& message);

 private:
  QWidget* makeLists(QWidget* parent);
  void count();
  void fillCards();
  void search();
  void showHits();
  void showFront();
  void openHit();
  const practice::SearchHit* hit() const;
  QString topic() const;

  present::AppContext& m_context;
  present::CardShelf& m_shelf;
  present::SearchSession* m_searching;
  practice::DeckOverview m_overview;
  QLineEdit* m_field;
  QStackedWidget* m_lists;
  QListWidget *m_decks, *m_cards, *m_hits;
  QLabel* m_state;
  QPushButton* m_study;
  CardReader* m_reader;
};

}  // namespace rehearse::gui
