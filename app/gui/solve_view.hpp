// SPDX-License-Identifier: GPL-3.0-or-later
//
// SolveView: one drill being solved. Statement and attempts on the left, editor, own input and
// results on the right, the clock and the two actions (Run the examples, Submit) in the bar. Before
// a submission it asks how sure the candidate is (setting `solve.ask_probability`); two attempts,
// or one and the draft, are compared in its place.
#pragma once

#include <QWidget>

#include "app/plots/theme.hpp"
#include "app/present/drill_session.hpp"
#include "app/present/drill_trial.hpp"

class QLabel;
class QSplitter;
class QStackedWidget;
class QTextBrowser;

namespace rehearse::gui {

class AttemptsPart;
class AttemptsTable;
class CodeEditor;
class AttemptDiffView;
class EditorPane;
class OwnInputStrip;
class ProbabilityStrip;
class ResultsView;
class SolveBar;

class SolveView : public QWidget {
  Q_OBJECT

 public:
  SolveView(present::AppContext& context, QWidget* parent = nullptr);

  void open(const QString& drillId);
  void setTheme(const plots::Theme& theme);
  bool saveNow() { return m_session->saveNow(); }
  present::DrillSession* session() const { return m_session; }
  present::DrillTrial* trial() const { return m_trial; }
  CodeEditor* editor() const { return m_editor; }
  AttemptsTable* attemptsTable() const;
  void compareChosen();

 signals:
  void back();

 private:
  QWidget* makeLeft();
  QWidget* makeRight();
  void makeKeys();
  void escape();
  void followBar();
  void followSession();
  void followTrial();
  void showDrill();
  void showText();
  void showStatement(const QString& markdown);
  void showClock();
  void showAttempts();
  void showBusy();
  void showTrial(present::DrillTrial::Kind kind);
  void run(bool examplesOnly);
  void showReport(const judge::SubmissionReport& report, bool examplesOnly);
  void togglePause();
  void setTimed(bool timed);
  void takeHint();
  void timeIsUp(bool submits);
  void showSolution();

  present::AppContext& m_context;
  present::DrillSession* m_session;
  present::DrillTrial* m_trial;
  const plots::Theme* m_theme = nullptr;
  SolveBar* m_bar;
  QLabel* m_error;
  QTextBrowser* m_statement;
  AttemptsPart* m_attempts;
  EditorPane* m_pane;
  CodeEditor* m_editor;
  ProbabilityStrip* m_sure;
  AttemptDiffView* m_comparison;
  QStackedWidget* m_stack;
  OwnInputStrip* m_own;
  ResultsView* m_results;
  QSplitter* m_split;
  QString m_hints;
};

}  // namespace rehearse::gui
