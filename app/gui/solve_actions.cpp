// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be done while a drill is solved, as actions with names and keys.
#include <QAction>
#include <QStackedWidget>
#include <QTextBrowser>

#include "app/gui/attempt_diff_view.hpp"
#include "app/gui/attempts_part.hpp"
#include "app/gui/code_editor.hpp"
#include "app/gui/editor_pane.hpp"
#include "app/gui/own_input_strip.hpp"
#include "app/gui/probability_strip.hpp"
#include "app/gui/solve_view.hpp"
#include "app/present/drill_text.hpp"
#include "app/present/preferences.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::gui {

void SolveView::makeKeys() {
  const auto add = [this](const QString& text, const char* name, const QStringList& keys,
                          auto slot) {
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    QList<QKeySequence> sequences;
    for (const QString& key : keys) sequences.append(QKeySequence(key));
    action->setShortcuts(sequences);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
    return action;
  };
  add(tr("Run the examples"), "runExamples", {"Ctrl+Return", "Ctrl+Enter"}, [this] { run(true); });
  add(tr("Submit"), "submit", {"Ctrl+Shift+Return", "Ctrl+Shift+Enter"}, [this] { run(false); });
  add(tr("Type an input of your own"), "ownInput", {"Ctrl+I"}, [this] { m_own->takeFocus(); });
  add(tr("Keep the own input as a case"), "keepCase", {"Ctrl+K"}, [this] { m_own->keep(); });
  add(tr("Look for an input that fails (stress)"), "stress", {}, [this] { m_trial->stress(); });
  add(tr("Pause the clock, or resume it"), "pauseClock", {"Alt+P"}, [this] { togglePause(); });
  add(tr("Take a hint"), "takeHint", {"Alt+H"}, [this] { takeHint(); });
  add(tr("Practice: the clock may be paused"), "clockPractice", {}, [this] { setTimed(false); });
  add(tr("Timed: no pause, and zero is the end"), "clockTimed", {}, [this] { setTimed(true); });
  QAction* compare = add(tr("Compare two attempts, or one and the draft"), "compareAttempts",
                         {"Ctrl+D"}, [this] { compareChosen(); });
  compare->setEnabled(false);
  connect(m_attempts, &AttemptsPart::comparable, compare, &QAction::setEnabled);
  add(tr("Stop, or go back"), "escape", {"Esc"}, [this] { escape(); });
}

void SolveView::escape() {
  if (m_sure->asks()) return m_sure->skip();
  if (m_session->judging()) return m_session->stop();
  if (m_trial->running()) return m_trial->stop();
  if (m_stack->currentWidget() == m_comparison) return showSolution();
  emit back();
}

void SolveView::togglePause() {
  if (!m_session->isOpen() || m_session->timed() || m_session->clockFinished()) return;
  m_session->clockRunning() ? static_cast<void>(m_session->pauseClock()) : m_session->startClock();
  m_editor->setReadOnly(!m_session->clockRunning());
  m_pane->say(m_session->clockRunning() ? QString() : tr("paused: the text is locked"));
  showClock();
}

void SolveView::setTimed(bool timed) {
  if (!m_session->setTimed(timed))
    m_pane->say(tr("was paused: timed from the next drill on"));
  else
    m_pane->say(timed ? tr("timed: at zero the draft is submitted, and that is the end")
                      : tr("practice: at zero the draft is submitted, and you go on"));
  showClock();
  m_editor->setFocus();
}

void SolveView::takeHint() {
  const QString hint = m_session->takeHint();
  if (hint.isEmpty()) return;
  m_hints += tr("\n\n**Hint %1.** %2").arg(m_session->hintsTaken()).arg(hint);
  showStatement(present::statementMarkdown(m_session->drill()) + m_hints);
  m_statement->moveCursor(QTextCursor::End);
  showClock();
}

void SolveView::timeIsUp(bool submits) {
  if (!submits) return m_pane->say(tr("time is up: the clock runs on"));
  m_sure->withdraw();
  m_trial->stop();
  m_pane->say(tr("time is up: your draft is being submitted"));
}

// What is only tried makes way. Before a submission the candidate is asked how sure they are;
// submitting once more is the answer "skip".
void SolveView::run(bool examplesOnly) {
  if (!m_session->isOpen() || m_session->judging()) return;
  if (m_sure->asks()) return examplesOnly ? m_sure->withdraw() : m_sure->skip();
  if (!examplesOnly && present::preferenceValue(m_context, "solve.ask_probability") == "on") {
    showSolution();
    return m_sure->ask();
  }
  m_trial->stop();
  examplesOnly ? m_session->runExamples() : m_session->submit();
}

void SolveView::compareChosen() {
  const std::vector<practice::Attempt> chosen = m_attempts->toCompare();
  if (chosen.empty()) return;
  using Side = AttemptDiffView::Side;
  const auto side = [](const practice::Attempt& attempt) {
    return Side{present::attemptHead(attempt), present::qs(attempt.text)};
  };
  m_stack->setCurrentWidget(m_comparison);
  m_comparison->compare(side(chosen.front()),
                        chosen.size() == 2 ? side(chosen.back())
                                           : Side{tr("The draft as it stands"), m_editor->text()});
}

AttemptsTable* SolveView::attemptsTable() const { return m_attempts->table(); }

void SolveView::showSolution() {
  m_stack->setCurrentIndex(0);
  m_editor->setFocus();
}

}  // namespace rehearse::gui
