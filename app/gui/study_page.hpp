// SPDX-License-Identifier: GPL-3.0-or-later
//
// Study: the cards that are due, one question at a time (ReviewView), of all decks or of one. Space
// shows the answer and goes on, 1 to 4 grade, Ctrl+Z takes the last grade back. The decks, every
// card and the search over everything are behind "All cards" and Ctrl+F (CardBrowser).
#pragma once

#include "app/gui/page.hpp"
#include "app/present/card_shelf.hpp"
#include "app/present/study_session.hpp"

class QAction;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class CardBrowser;
class ReviewView;
class TitleLabel;

class StudyPage : public Page {
  Q_OBJECT

 public:
  explicit StudyPage(present::AppContext& context, QWidget* parent = nullptr);

  // The card to be read, outside of its schedule.
  void openCard(const QString& id);
  void activated() override;

 protected:
  void setTheme(const Theme& theme) override;

 private:
  QWidget* makeBar();
  QWidget* makeEmpty();
  void makeKeys();
  void showState();
  void showEmpty();
  void showLinks(const practice::Card* card);
  void browse(bool on);
  void studyDeck(const QString& topic);
  void offerUndo(const QString& what, const practice::Shelf& before);

  present::AppContext& m_context;
  present::StudySession* m_session;
  present::CardShelf* m_shelf;
  const practice::Card* m_linked = nullptr;  // whose links stand in the bar
  QStackedWidget* m_stack;
  CardBrowser* m_browser;
  TitleLabel* m_title;
  QLabel *m_chip, *m_note, *m_error, *m_emptyTitle, *m_emptyText;
  QPushButton *m_browse, *m_undo, *m_allDecks;
  QWidget* m_links;
  ReviewView* m_review;
  // Space and Enter, which lists and the search field need for themselves.
  QList<QAction*> m_goActions;
  QList<QAction*> m_gradeActions;
  QList<QAction*> m_reviewActions;  // while a card is in front
  QTimer* m_waiting;                // looks again while nothing is due
};

}  // namespace rehearse::gui
