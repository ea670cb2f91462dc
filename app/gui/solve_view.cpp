// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/solve_view.hpp"

#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "app/gui/attempt_diff_view.hpp"
#include "app/gui/attempts_part.hpp"
#include "app/gui/attempts_table.hpp"
#include "app/gui/card_text.hpp"
#include "app/gui/code_editor.hpp"
#include "app/gui/editor_pane.hpp"
#include "app/gui/own_input_strip.hpp"
#include "app/gui/probability_strip.hpp"
#include "app/gui/results_view.hpp"
#include "app/gui/solve_bar.hpp"
#include "app/present/app_context.hpp"
#include "app/present/drill_text.hpp"

namespace rehearse::gui {

SolveView::SolveView(present::AppContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_session(new present::DrillSession(context, this)),
      m_trial(new present::DrillTrial(context, *m_session, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  m_bar = new SolveBar(this);
  column->addWidget(m_bar);
  m_sure = new ProbabilityStrip(this);
  column->addWidget(m_sure);
  m_error = new QLabel(this);
  m_error->setObjectName("bad");
  m_error->setWordWrap(true);
  m_error->setContentsMargins(24, 8, 24, 8);
  m_error->hide();
  column->addWidget(m_error);
  m_split = new QSplitter(Qt::Horizontal, this);
  m_split->addWidget(makeLeft());
  m_split->addWidget(makeRight());
  m_split->setStretchFactor(0, 2);
  m_split->setStretchFactor(1, 5);
  m_split->setSizes({400, 860});
  m_split->setChildrenCollapsible(false);
  m_comparison = new AttemptDiffView(this);
  connect(m_comparison, &AttemptDiffView::back, this, &SolveView::showSolution);
  m_stack = new QStackedWidget(this);
  m_stack->addWidget(m_split);
  m_stack->addWidget(m_comparison);
  column->addWidget(m_stack, 1);
  makeKeys();
  followBar();
  followSession();
  followTrial();
  showBusy();
}

void SolveView::followSession() {
  using Session = present::DrillSession;
  connect(m_session, &Session::opened, this, &SolveView::showDrill);
  connect(m_session, &Session::languageChanged, this, &SolveView::showText);
  connect(m_session, &Session::timeUp, this, &SolveView::timeIsUp);
  connect(m_session, &Session::failed, this, [this](const QString& message) {
    m_error->setText(message);
    m_error->show();
    if (m_session->isOpen())
      m_bar->showDrill(m_session->drill());
    else
      m_bar->setTitle(tr("No drill is open"));
  });
  connect(&m_context, &present::AppContext::recorded, this, [this] {
    m_error->hide();
    if (m_session->isOpen()) showAttempts();
  });
  connect(m_session, &Session::draftSaved, this, [this] {
    m_error->hide();
    if (!m_session->judging()) m_pane->say(tr("saved"));
  });
  connect(m_session, &Session::tick, this, &SolveView::showClock);
  connect(m_session, &Session::judgingStarted, this, [this] {
    m_bar->showProgress(0, 0);
    m_pane->say(tr("judging…"));
    showBusy();
  });
  connect(m_session, &Session::compiling, this, [this] { m_pane->say(tr("compiling…")); });
  connect(m_session, &Session::caseDone, this, [this](int done, int total, const QString& name) {
    m_bar->showProgress(done, total);
    m_pane->say(tr("judging: %1").arg(name));
  });
  connect(m_session, &Session::judged, this, &SolveView::showReport);
  connect(m_session, &Session::stopped, this, [this] {
    showBusy();
    m_pane->say({});
    m_results->clear(tr("Stopped. Nothing was recorded."));
  });
}

void SolveView::followTrial() {
  using Trial = present::DrillTrial;
  connect(m_trial, &Trial::started, this, &SolveView::showTrial);
  connect(m_trial, &Trial::compiling, this, [this] { m_pane->say(tr("compiling…")); });
  connect(m_trial, &Trial::stressing, this, [this](double seconds, quint64 inputs) {
    m_bar->showProgress(static_cast<int>(100 * seconds), 100 * Trial::kStressSeconds);
    m_pane->say(tr("stress: %1 inputs").arg(inputs));
  });
  connect(m_trial, &Trial::inputRun, this, [this](const judge::SubmissionReport& report) {
    showBusy();
    m_pane->say(tr("own input run"));
    m_editor->markLine(present::errorLine(report));
    m_results->show(report, m_session->drill(), ResultsView::Kind::ownInput);
  });
  connect(m_trial, &Trial::caseKept, this, [this](const QString& sentence, bool added) {
    showBusy();
    m_pane->say(added ? tr("case kept") : tr("known already"));
    m_results->say(true, added ? tr("Kept as a case of your own") : tr("Kept before"), sentence);
  });
  connect(m_trial, &Trial::stressed, this,
          [this](const std::optional<judge::SubmissionReport>& found, const QString& sentence) {
            showBusy();
            m_pane->say(tr("stress ended"));
            if (!found) return m_results->say(true, tr("Nothing found"), sentence);
            m_results->show(*found, m_session->drill(), ResultsView::Kind::stress, sentence);
          });
  connect(m_trial, &Trial::failed, this, [this](const QString& message) {
    showBusy();
    m_pane->say({});
    m_results->say(false, tr("Could not be done"), message);
  });
  connect(m_trial, &Trial::stopped, this, [this] {
    showBusy();
    if (m_session->judging()) return;
    m_pane->say({});
    m_results->clear(tr("Stopped."));
  });
}

void SolveView::followBar() {
  connect(m_bar, &SolveBar::back, this, &SolveView::back);
  connect(m_bar, &SolveBar::pause, this, &SolveView::togglePause);
  connect(m_bar, &SolveBar::timedWanted, this, &SolveView::setTimed);
  connect(m_sure, &ProbabilityStrip::answered, this, [this](std::optional<double> stated) {
    m_editor->setFocus();
    m_trial->stop();
    m_session->submit(stated);
  });
  connect(m_bar, &SolveBar::hint, this, &SolveView::takeHint);
  connect(m_bar, &SolveBar::run, this, [this] { run(true); });
  connect(m_bar, &SolveBar::submit, this, [this] { run(false); });
  connect(m_bar, &SolveBar::stop, this, [this] {
    m_session->stop();
    m_trial->stop();
  });
}

QWidget* SolveView::makeLeft() {
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(24, 20, 16, 16);
  column->setSpacing(8);
  m_statement = new QTextBrowser(left);
  m_statement->setOpenExternalLinks(false);
  m_statement->setAccessibleName(tr("Statement"));
  m_statement->setTabChangesFocus(true);
  column->addWidget(m_statement, 1);
  m_attempts = new AttemptsPart(left);
  connect(m_attempts, &AttemptsPart::compareWanted, this, &SolveView::compareChosen);
  connect(m_attempts->table(), &AttemptsTable::wanted, this,
          [this](const QString& text, const QString& language) {
            if (m_session->setLanguage(language.toStdString())) m_pane->replaceText(text);
          });
  column->addWidget(m_attempts);
  return left;
}

QWidget* SolveView::makeRight() {
  auto* right = new QSplitter(Qt::Vertical, this);
  auto* below = new QWidget(right);
  auto* column = new QVBoxLayout(below);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  m_own = new OwnInputStrip(below);
  m_results = new ResultsView(below);
  column->addWidget(m_own);
  column->addWidget(m_results, 1);
  connect(m_own, &OwnInputStrip::tryInput, m_trial, &present::DrillTrial::runInput);
  connect(m_own, &OwnInputStrip::keepCase, m_trial, &present::DrillTrial::keepCase);
  connect(m_own, &OwnInputStrip::stress, m_trial, [this] { m_trial->stress(); });
  m_pane = new EditorPane(m_context, *m_session, right);
  m_editor = m_pane->editor();
  connect(m_pane, &EditorPane::vimLeave, this, &SolveView::back);
  connect(m_pane, &EditorPane::vimIdle, this, [this] {
    m_session->stop();
    m_trial->stop();
  });
  connect(m_editor, &CodeEditor::leave, this, [this](bool backwards) {
    (backwards ? static_cast<QWidget*>(m_statement) : m_bar->lastAction())
        ->setFocus(Qt::TabFocusReason);
  });
  right->addWidget(m_pane);
  right->addWidget(below);
  right->setStretchFactor(0, 5);
  right->setStretchFactor(1, 4);
  right->setSizes({500, 400});
  right->setChildrenCollapsible(false);
  return right;
}

void SolveView::open(const QString& drillId) {
  if (m_session->isOpen() && m_session->drill().id == drillId.toStdString()) return;
  m_error->hide();
  m_sure->withdraw();
  m_stack->setCurrentIndex(0);
  m_trial->stop();
  m_bar->setTitle(tr("Reading the drill…"));
  m_session->open(drillId);
}

void SolveView::showDrill() {
  const judge::Drill& drill = m_session->drill();
  m_hints.clear();
  m_bar->showDrill(drill);
  showStatement(present::statementMarkdown(drill));
  m_editor->setReadOnly(false);
  m_own->setExample(m_trial->exampleInput());
  showText();
  m_session->startClock();
  showClock();
  showAttempts();
  m_editor->setFocus();
}

void SolveView::showText() {
  m_pane->showText();
  if (!m_session->isOpen()) return;
  m_results->clear(
      tr("Run tries the examples; Submit judges every case and measures growth. The line above "
         "tries an input of your own, as a drill file writes it."));
}

void SolveView::showStatement(const QString& markdown) {
  m_statement->setMarkdown(markdown);
  if (m_theme) typeset(*m_statement->document(), *m_theme);
}

void SolveView::showClock() {
  if (!m_session->isOpen()) return;
  m_bar->showClock(*m_session);
}

void SolveView::showAttempts() { m_attempts->show(m_session->attempts(), m_theme); }

void SolveView::showBusy() {
  const bool judging = m_session->judging(), busy = judging || m_trial->running();
  m_bar->showBusy(judging, busy);
  m_own->setBusy(busy);
}

void SolveView::showTrial(present::DrillTrial::Kind kind) {
  using Kind = present::DrillTrial::Kind;
  m_bar->showProgress(0, 0);
  m_pane->say(kind == Kind::stress ? tr("stress…")
              : kind == Kind::keep ? tr("keeping…")
                                   : tr("running…"));
  showBusy();
}

void SolveView::showReport(const judge::SubmissionReport& report, bool examplesOnly) {
  showBusy();
  m_pane->say(examplesOnly ? tr("examples run") : tr("submitted"));
  m_results->show(report, m_session->drill(),
                  examplesOnly ? ResultsView::Kind::examples : ResultsView::Kind::submission,
                  m_session->submittedByClock()
                      ? tr("The time was up: the clock submitted your draft as it stood.")
                      : QString());
  m_editor->markLine(present::errorLine(report));
  if (report.accepted() && !examplesOnly) {
    m_session->finishClock();
    showStatement(present::statementMarkdown(m_session->drill()) + m_hints +
                  present::debriefMarkdown(m_session->drill()));
  }
  showClock();
}

void SolveView::setTheme(const plots::Theme& theme) {
  m_theme = &theme;
  m_pane->setTheme(theme);
  m_comparison->setTheme(theme);
  m_results->setTheme(theme);
  if (!m_session->isOpen()) return;
  showAttempts();
  typeset(*m_statement->document(), theme);
}

}  // namespace rehearse::gui
