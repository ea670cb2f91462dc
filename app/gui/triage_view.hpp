// SPDX-License-Identifier: GPL-3.0-or-later
//
// TriageView: an incident played in the window. On the left what the on-call may do: the page, the
// probes with their price in minutes, the commitment. On the right what they see: the dashboard,
// then each answer as it was asked for. After the commitment the debrief takes the right side.
// Built a piece at each turn of the event loop. Keys: Alt+1 … Alt+9 ask a probe, Ctrl+Enter
// commits, Esc goes back.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"
#include "app/present/triage_session.hpp"

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class CommitForm;
class DocumentView;
class ProbeAnswers;
class ProbeList;
class TitleLabel;

class TriageView : public QWidget {
  Q_OBJECT

 public:
  TriageView(present::AppContext& context, QWidget* parent);

  // Plays it with a new draw, unless an unfinished attempt at it is there already.
  void play(const QString& id, const QString& path);
  void setTheme(const Theme& theme);
  present::TriageSession* session() const { return m_session; }

 signals:
  void closed();

 private:
  QWidget* makeBar();
  QWidget* makeLeft();
  QWidget* makeRight();
  void showOpened();
  void showAnswer(const triage::ProbeAnswer& answer);
  void showDebrief();
  void showBusy(const QString& what);
  void showIdle();
  void showError(const QString& message);
  void showClock();
  void fitLeft();
  void commit();
  void saveAttempt();
  void fresh();

  present::AppContext& m_context;
  present::TriageSession* m_session;
  const Theme* m_theme = nullptr;
  QString m_id, m_path;
  TitleLabel* m_title;
  QLabel *m_clock, *m_say, *m_error, *m_pager, *m_seed;
  QProgressBar* m_progress;
  QPushButton *m_stop, *m_again, *m_save;
  ProbeList* m_probes;
  CommitForm* m_form;
  QScrollArea* m_left;
  ProbeAnswers* m_answers;
  QStackedWidget* m_sides;
  DocumentView* m_debrief;
};

}  // namespace rehearse::gui
