// SPDX-License-Identifier: GPL-3.0-or-later
//
// Today: what to do now. One thing in the accent colour, then the rest: cards that are due, drafts
// left unfinished, the day's set of drills (or a drill) and a design to go on with, what the last
// seven days saw, how long until the interview. A newcomer sees three first steps instead. What
// could not be read of the content is said here, with its mend.
#pragma once

#include "app/gui/page.hpp"
#include "app/present/today.hpp"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class InterviewDate;
class WeekStrip;

class TodayPage : public Page {
  Q_OBJECT

 public:
  explicit TodayPage(present::AppContext& context, QWidget* parent = nullptr);

  void activated() override;

 protected:
  void setTheme(const Theme& theme) override;

 private:
  QWidget* makeInterview();
  QWidget* makeWeek();
  QWidget* makeProblems();
  void refresh();
  void clearList();
  void take(const present::Offer& offer);
  // Nothing is made where they are over.
  bool showFirstSteps();
  void showWeek();
  QWidget* offerCard(const present::Offer& offer, bool first);
  void showProblems();
  void showCountdown();

  present::AppContext& m_context;
  QVBoxLayout* m_list;
  const Theme* m_theme = nullptr;
  QLabel *m_lead, *m_error, *m_problems, *m_left, *m_weekWords;
  QWidget *m_problemsCard, *m_weekCard;
  WeekStrip* m_week;
  InterviewDate* m_interview;
  QPushButton* m_firstButton = nullptr;
};

}  // namespace rehearse::gui
