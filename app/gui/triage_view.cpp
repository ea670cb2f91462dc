// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/triage_view.hpp"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "app/gui/commit_form.hpp"
#include "app/gui/document_view.hpp"
#include "app/gui/page.hpp"
#include "app/gui/probe_answers.hpp"
#include "app/gui/probe_list.hpp"
#include "app/gui/title_label.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

constexpr int kActWidth = 380, kMostDraws = 1'000'000;

}  // namespace

TriageView::TriageView(present::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_session(new present::TriageSession(this)) {
  auto* rows = new QVBoxLayout(this);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(makeBar());
  m_error = label({}, "bad", this);
  m_error->setContentsMargins(24, 12, 24, 0);
  m_error->hide();
  rows->addWidget(m_error);
  auto* sides = new QHBoxLayout;
  sides->setContentsMargins(0, 0, 0, 0);
  sides->setSpacing(0);
  m_left = scrolledPart(tr("The page and the probes"), makeLeft(), this);
  m_left->setFixedWidth(kActWidth);
  sides->addWidget(m_left);
  sides->addWidget(makeRight(), 1);
  rows->addLayout(sides, 1);
  using present::TriageSession;
  connect(m_session, &TriageSession::opened, this, &TriageView::showOpened);
  connect(m_session, &TriageSession::probed, this, &TriageView::showAnswer);
  connect(m_session, &TriageSession::committed, this, &TriageView::showDebrief);
  connect(m_session, &TriageSession::failed, this, &TriageView::showError);
  connect(m_session, &TriageSession::progressed, this,
          [this](double fraction) { m_progress->setValue(static_cast<int>(fraction * 100)); });
  connect(m_session, &TriageSession::cancelled, this, [this] {
    showIdle();
    m_say->setText(tr("stopped"));
  });
  auto* escape = new QAction(tr("Back to the gallery"), this);
  escape->setShortcut(Qt::Key_Escape);
  escape->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(escape, &QAction::triggered, this,
          [this] { m_session->running() ? m_session->cancel() : emit closed(); });
  addAction(escape);
}

QWidget* TriageView::makeBar() {
  auto* bar = new QWidget(this);
  QHBoxLayout* row = barRow(bar);
  const auto button = [bar](const QString& text, const QString& tip) {
    auto* made = new QPushButton(text, bar);
    made->setToolTip(tip);
    return made;
  };
  auto* back = button(tr("All designs"), tr("Back to the list (Esc)"));
  connect(back, &QPushButton::clicked, this, &TriageView::closed);
  m_title = new TitleLabel(bar);
  m_say = new QLabel(bar);
  m_say->setObjectName("label");
  m_progress = new QProgressBar(bar);
  m_progress->setFixedWidth(120);
  m_progress->setAccessibleName(tr("Progress of the simulation"));
  m_stop = button(tr("Stop"), tr("Stop the simulation (Esc)"));
  connect(m_stop, &QPushButton::clicked, m_session, &present::TriageSession::cancel);
  m_clock = new QLabel(bar);
  m_clock->setObjectName("clock");
  m_clock->setToolTip(tr("Minutes since the page, on the incident's clock"));
  m_save = button(tr("Save…"), tr("The attempt and its debrief as JSON"));
  connect(m_save, &QPushButton::clicked, this, &TriageView::saveAttempt);
  m_again = button(tr("Play another draw"), tr("Something else may have happened this time"));
  connect(m_again, &QPushButton::clicked, this, &TriageView::fresh);
  row->addWidget(back);
  row->addWidget(m_title, 1);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{m_say, m_progress, m_stop, m_clock, m_save, m_again})
    row->addWidget(widget);
  return bar;
}

QWidget* TriageView::makeLeft() {
  auto* body = new QWidget;
  auto* rows = new QVBoxLayout(body);
  rows->setContentsMargins(24, 24, 16, 24);
  rows->setSpacing(12);
  auto* page = new QWidget(body);
  page->setObjectName("verdictBad");
  page->setAttribute(Qt::WA_StyledBackground);
  auto* words = new QVBoxLayout(page);
  words->setContentsMargins(16, 12, 16, 12);
  words->setSpacing(4);
  words->addWidget(label(tr("You are paged"), "bad", page));
  m_pager = selectableLabel({}, "pager", page);
  words->addWidget(m_pager);
  rows->addWidget(page);
  rows->addWidget(label(tr("What do you look at?"), "chapter", body));
  rows->addWidget(label(tr("Every probe costs minutes while clicks are lost. Commit as soon as you "
                           "know enough."),
                        "muted", body));
  m_probes = new ProbeList(body);
  connect(m_probes, &ProbeList::asked, m_session, &present::TriageSession::probe);
  rows->addWidget(m_probes);
  rows->addSpacing(8);
  m_form = new CommitForm(body);
  connect(m_form, &CommitForm::committed, this, &TriageView::commit);
  rows->addWidget(m_form);
  m_seed = label({}, "label", body);
  rows->addWidget(m_seed);
  rows->addStretch(1);
  return body;
}

QWidget* TriageView::makeRight() {
  m_sides = new QStackedWidget(this);
  m_answers = new ProbeAnswers(m_sides);
  auto* after = new QWidget;
  auto* rows = new QVBoxLayout(after);
  rows->setContentsMargins(16, 24, 24, 24);
  m_debrief = new DocumentView(after);
  rows->addWidget(m_debrief);
  m_sides->addWidget(m_answers);
  m_sides->addWidget(scrolledPart(tr("The debrief"), after, m_sides));
  connect(m_answers, &ProbeAnswers::exportFailed, this, &TriageView::showError);
  connect(m_answers, &ProbeAnswers::building, this,
          [this](bool more) { m_context.setBusy(m_answers, more); });
  connect(m_debrief, &DocumentView::exportFailed, this, &TriageView::showError);
  connect(m_debrief, &DocumentView::building, this,
          [this](bool more) { m_context.setBusy(m_debrief, more); });
  return m_sides;
}

void TriageView::play(const QString& id, const QString& path) {
  const bool unfinished = m_id == id && m_session->isOpen() && !m_session->debrief();
  m_id = id, m_path = path;
  if (!unfinished) fresh();
  m_left->setFocus();
}

void TriageView::fresh() {
  m_error->hide();
  m_form->setOpen(false);
  showBusy(tr("the incident unfolds"));
  m_session->open(m_path, QRandomGenerator::global()->bounded(1, kMostDraws));
}

void TriageView::showBusy(const QString& what) {
  m_context.setBusy(this, true);
  m_say->setText(what);
  m_progress->setValue(0);
  m_progress->show();
  m_stop->show();
  m_save->hide();
  m_again->setEnabled(false);
}

void TriageView::showIdle() {
  m_context.setBusy(this, false);
  m_progress->hide();
  m_stop->hide();
  m_say->clear();
  m_again->setEnabled(true);
  m_save->setVisible(m_session->debrief());
}

void TriageView::showError(const QString& message) {
  showIdle();
  m_error->setText(message);
  m_error->show();
}

void TriageView::showOpened() {
  showIdle();
  m_error->hide();
  m_title->setTitle(m_session->title());
  m_pager->setText(m_session->pager());
  m_seed->setText(tr("Draw %1. The same number is the same attempt.").arg(m_session->seed()));
  m_form->fill(m_session->diagnoses(), m_session->actions());
  m_answers->clear();
  m_answers->addDashboard(m_session->asks(), m_session->dashboard());
  m_sides->setCurrentIndex(0);
  m_probes->fill(m_session->probes());
  showClock();
  m_left->verticalScrollBar()->setValue(0);
  QTimer::singleShot(0, this, &TriageView::fitLeft);
}

// The scroll area asked for the height before the probes were there.
void TriageView::fitLeft() {
  QWidget* body = m_left->widget();
  body->layout()->activate();
  body->setMinimumHeight(body->layout()->totalHeightForWidth(m_left->viewport()->width()));
}

void TriageView::showClock() {
  m_clock->setText(tr("%1 min").arg(m_session->clockMinutes(), 0, 'f', 0));
  m_probes->refresh(m_session->probes(), m_session->debrief() != nullptr);
}

void TriageView::showAnswer(const triage::ProbeAnswer& answer) {
  m_error->hide();
  m_answers->addAnswer(QString::fromStdString(answer.name), QString::fromStdString(answer.says),
                       answer.figures);
  showClock();
}

void TriageView::commit() {
  m_error->hide();
  m_session->commit(m_form->diagnosis(), m_form->action(), m_form->words());
  if (!m_session->running()) return;
  m_form->setOpen(false);
  showBusy(tr("every action is simulated"));
}

void TriageView::showDebrief() {
  showIdle();
  showClock();
  m_form->setOpen(false);
  m_debrief->setDocument(m_session->document(), *m_theme);
  m_sides->setCurrentIndex(1);
  if (auto* area = qobject_cast<QScrollArea*>(m_sides->currentWidget())) {
    area->verticalScrollBar()->setValue(0);
    area->setFocus();
  }
  m_context.recordIncident(m_session->id(), m_session->seed(), m_session->debrief()->passed,
                           m_session->seconds(), m_session->record());
}

void TriageView::saveAttempt() {
  const QString path = QFileDialog::getSaveFileName(
      this, tr("Save the attempt"), QString("%1-%2.json").arg(m_id).arg(m_session->seed()),
      tr("JSON (*.json)"));
  if (path.isEmpty()) return;
  if (const auto saved = m_session->save(path))
    m_say->setText(tr("saved %1").arg(path));
  else
    showError(QString::fromStdString(saved.error().message));
}

void TriageView::setTheme(const Theme& theme) {
  m_theme = &theme;
  m_debrief->setTheme(theme);
  m_answers->setTheme(theme);
}

}  // namespace rehearse::gui
