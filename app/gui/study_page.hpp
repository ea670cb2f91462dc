// SPDX-License-Identifier: GPL-3.0-or-later
//
// Study: the cards that are due, one question at a time. A new card is read first; one that was met
// before asks first and shows its text only on demand or once graded, since recalling is what makes
// memory. Space shows the answer and goes on, 1 to 4 grade, Ctrl+Z takes the last grade back. Any
// card can be read in the list behind "All cards".
#pragma once

#include <QFutureWatcher>
#include <array>

#include "app/gui/page.hpp"
#include "app/present/study_session.hpp"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class CardBrowser;
class CardText;
class QuestionView;
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
  QWidget* makeReview();
  QWidget* makeGrades(QWidget* parent);
  QWidget* makeEmpty();
  void makeKeys();
  void showState();
  void showCard(const practice::QueueEntry& entry);
  void showQuestion();
  void showEmpty();
  void showLinks(const practice::Card* card);
  void browse(bool on);
  void goOn();
  void confirm();
  void grade(int key);

  present::AppContext& m_context;
  present::StudySession* m_session;
  const practice::Card* m_shown = nullptr;
  bool m_reading = false;  // the card's text is in sight
  QStackedWidget* m_stack;
  CardBrowser* m_browser;
  TitleLabel* m_title;
  QLabel *m_chip, *m_note, *m_error, *m_emptyTitle, *m_emptyText;
  QPushButton *m_browse, *m_undo, *m_read, *m_next;
  QWidget *m_links, *m_grades;
  CardText* m_text;
  QuestionView* m_question;
  std::array<QPushButton*, 4> m_gradeButtons{};
  std::array<QLabel*, 4> m_intervals{};
  QTimer* m_waiting;  // looks again while nothing is due
};

}  // namespace rehearse::gui
