// SPDX-License-Identifier: GPL-3.0-or-later
//
// ReviewView: the card in front of a StudySession: its text on the left, the question, its answer
// and the four grades on the right. A new card is read first; one that was met before asks first
// and shows its text only on demand or once graded, since recalling is what makes memory.
#pragma once

#include <QWidget>
#include <array>

#include "app/gui/style.hpp"
#include "app/present/study_session.hpp"

class QLabel;
class QPushButton;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class CardText;
class QuestionView;

class ReviewView : public QWidget {
  Q_OBJECT

 public:
  ReviewView(present::AppContext& context, present::StudySession& session,
             QWidget* parent = nullptr);

  // The session has a card in front.
  void showState();
  void forget() { m_shown = nullptr; }
  void setTheme(const Theme& theme);
  // Space: belongs to the button that has the focus; elsewhere it goes on with the card.
  void goOn();
  // Enter: shows the answer where Space would type a blank or tick an option.
  void confirm();
  void readCard();
  void grade(int key);

 signals:
  void graded(const QString& title, const QString& grade);
  void suspendWanted(const QString& card);
  void buryWanted(const QString& card);

 private:
  QWidget* makeProse(QWidget* parent);
  QWidget* makeQuestion(QWidget* parent);
  QWidget* makeGrades(QWidget* parent);
  void showCard(const practice::QueueEntry& entry);
  void showQuestion();

  present::AppContext& m_context;
  present::StudySession& m_session;
  const practice::Card* m_shown = nullptr;
  bool m_reading = false;  // the card's text is in sight
  QLabel* m_changed;
  QPushButton *m_read, *m_bury, *m_suspend, *m_next;
  QWidget* m_grades;
  CardText* m_text;
  QuestionView* m_question;
  std::array<QPushButton*, 4> m_gradeButtons{};
  std::array<QLabel*, 4> m_intervals{};
};

}  // namespace rehearse::gui
