// SPDX-License-Identifier: GPL-3.0-or-later
//
// SolveView: one drill being solved. Statement and attempts on the left, editor and results on the
// right, the clock and the two actions (Run the examples, Submit) in the bar.
#pragma once

#include <QFutureWatcher>
#include <QWidget>

#include "app/plots/theme.hpp"
#include "app/present/drill_session.hpp"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSplitter;
class QTableWidget;
class QTextBrowser;

namespace rehearse::gui {

class CodeEditor;
class ResultsView;
class TitleLabel;

class SolveView : public QWidget {
  Q_OBJECT

 public:
  SolveView(present::AppContext& context, QWidget* parent = nullptr);

  void open(const QString& drillId);
  void setTheme(const plots::Theme& theme);
  bool saveNow() { return m_session->saveNow(); }
  present::DrillSession* session() const { return m_session; }
  CodeEditor* editor() const { return m_editor; }

 signals:
  void back();

 private:
  QWidget* makeBar();
  QWidget* makeLeft();
  QWidget* makeRight();
  void makeKeys();
  void showDrill();
  void showText();
  void listLanguages();
  void showStatement(const QString& markdown);
  void showClock();
  void showAttempts();
  void showJudging(bool judging);
  void showReport(const judge::SubmissionReport& report, bool examplesOnly);
  void takeHint();
  void timeIsUp();

  present::AppContext& m_context;
  present::DrillSession* m_session;
  const plots::Theme* m_theme = nullptr;
  TitleLabel* m_title;
  QLabel *m_category, *m_level, *m_clock, *m_saved, *m_error;
  QPushButton *m_hint, *m_run, *m_submit, *m_stop, *m_pause;
  QProgressBar* m_progress;
  QTextBrowser* m_statement;
  QTableWidget* m_attempts;
  QComboBox* m_language;
  QFutureWatcher<QList<present::LanguageChoice>> m_languages;
  CodeEditor* m_editor;
  ResultsView* m_results;
  QSplitter* m_split;
  QString m_hints;
  bool m_over = false;
};

}  // namespace rehearse::gui
