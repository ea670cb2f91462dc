// SPDX-License-Identifier: GPL-3.0-or-later
//
// A design's challenge: what to reach, a clock, Submit, and a verdict goal by goal that says why.
// Goals are judged by the engine on the last finished run; until Submit they are not shown.
#pragma once

#include <QElapsedTimer>
#include <QWidget>

#include "app/plots/theme.hpp"
#include "engine/plan/executor.hpp"

class QLabel;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace rehearse::gui {

class ChallengeCard : public QWidget {
  Q_OBJECT

 public:
  ChallengeCard(const QString& task, QWidget* parent = nullptr);

  void start();
  void stop();
  void setReady(bool ready);  // no run is under way
  // Shows each goal with its value; true when all held.
  bool judge(const plan::Run& run);
  int seconds() const { return static_cast<int>(m_clock.elapsed() / 1000); }

 signals:
  void submitted();
  void closed();

 private:
  QLabel *m_time, *m_verdict;
  QVBoxLayout* m_goals;
  QPushButton* m_submit;
  QElapsedTimer m_clock;
  QTimer* m_tick;
};

}  // namespace rehearse::gui
