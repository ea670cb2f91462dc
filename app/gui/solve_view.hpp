// SPDX-License-Identifier: GPL-3.0-or-later
//
// SolveView: one drill being solved. Statement and attempts on the left, editor, own input and
// results on the right, the clock and the two actions (Run the examples, Submit) in the bar.
#pragma once

#include <QWidget>

#include "app/plots/theme.hpp"
#include "app/present/drill_session.hpp"
#include "app/present/drill_trial.hpp"

class QLabel;
class QSplitter;
class QTextBrowser;

namespace rehearse::gui {

class AttemptsTable;
class CodeEditor;
class LanguageBox;
class OwnInputStrip;
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

 signals:
  void back();

 private:
  QWidget* makeLeft();
  QWidget* makeRight();
  QWidget* makeEditor();
  void makeKeys();
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
  void takeHint();
  void timeIsUp();

  present::AppContext& m_context;
  present::DrillSession* m_session;
  present::DrillTrial* m_trial;
  const plots::Theme* m_theme = nullptr;
  SolveBar* m_bar;
  QLabel *m_saved, *m_error, *m_attemptsTitle;
  QTextBrowser* m_statement;
  AttemptsTable* m_attempts;
  LanguageBox* m_language;
  CodeEditor* m_editor;
  OwnInputStrip* m_own;
  ResultsView* m_results;
  QSplitter* m_split;
  QString m_hints;
  bool m_over = false;
};

}  // namespace rehearse::gui
