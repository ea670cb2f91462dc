// SPDX-License-Identifier: GPL-3.0-or-later
//
// SolveBar: the bar above a drill. Its title and chips, the clock and its policy, the hint, how far
// the judge is, and the two actions.
#pragma once

#include <QWidget>

#include "app/present/drill_session.hpp"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace rehearse::gui {

class TitleLabel;

class SolveBar : public QWidget {
  Q_OBJECT

 public:
  explicit SolveBar(QWidget* parent = nullptr);

  void setTitle(const QString& title);
  void showDrill(const judge::Drill& drill);
  void showClock(const present::DrillSession& session);
  // `judging`: a submission or the examples; `busy`: anything that Stop ends.
  void showBusy(bool judging, bool busy);
  // `total` 0: nobody knows how far.
  void showProgress(int done, int total);
  QWidget* lastAction() const;

 signals:
  void back();
  void pause();
  void timedWanted(bool timed);
  void hint();
  void run();
  void submit();
  void stop();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  TitleLabel* m_title;
  QLabel *m_category, *m_level, *m_clock;
  QComboBox* m_policy;
  QPushButton *m_back, *m_pause, *m_hint, *m_stop, *m_run, *m_submit;
  QProgressBar* m_progress;
};

}  // namespace rehearse::gui
