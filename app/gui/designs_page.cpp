// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/designs_page.hpp"

#include <QAction>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

#include "app/gui/challenge_card.hpp"
#include "app/gui/design_bar.hpp"
#include "app/gui/design_gallery.hpp"
#include "app/gui/design_story.hpp"
#include "app/gui/source_files.hpp"
#include "app/gui/title_label.hpp"
#include "app/gui/trail_dialog.hpp"
#include "app/gui/triage_view.hpp"
#include "app/present/app_context.hpp"
#include "app/present/report_process.hpp"
#include "engine/plan/report.hpp"
#include "engine/plan/trail.hpp"

namespace rehearse::gui {
namespace {

constexpr int kStory = 1, kBusyAfterMs = 250;

}  // namespace

DesignsPage::DesignsPage(present::AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_session(new present::DesignSession(this)),
      m_stack(new QStackedLayout(this)),
      m_busyTimer(new QTimer(this)) {
  m_gallery = new DesignGallery(m_context, this);
  connect(m_gallery, &DesignGallery::opened, this, &DesignsPage::openDesign);
  m_stack->addWidget(m_gallery);
  m_stack->addWidget(makeStory());
  m_triage = new TriageView(m_context, this);
  connect(m_triage, &TriageView::closed, this, &DesignsPage::showGallery);
  m_stack->addWidget(m_triage);
  m_busyTimer->setSingleShot(true);
  m_busyTimer->setInterval(kBusyAfterMs);
  connect(m_busyTimer, &QTimer::timeout, this, [this] { showRunning(true); });
  connect(m_session, &present::DesignSession::planChanged, this, &DesignsPage::planChanged);
  connect(m_session, &present::DesignSession::runStarted, this, [this] {
    m_context.setBusy(this, true);
    m_bar->run()->hide();
    m_busyTimer->start();
    if (m_story->challenge()) m_story->challenge()->setReady(false);
  });
  connect(m_session, &present::DesignSession::progressed, this,
          [this](double fraction, const QString& what) { m_bar->setProgress(fraction, what); });
  connect(m_session, &present::DesignSession::runFinished, this, &DesignsPage::showRun);
  connect(m_session, &present::DesignSession::cancelled, this, [this] {
    showRunning(false);
    m_judging = false;
    m_bar->say(tr("stopped; the plots show the last finished run"));
  });
  connect(m_session, &present::DesignSession::filesChanged, this,
          [this] { m_files->setFiles(m_session->files()); });
  connect(m_session, &present::DesignSession::failed, this, &DesignsPage::showError);
  auto* escape = new QAction(this);
  escape->setShortcut(Qt::Key_Escape);
  escape->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(escape, &QAction::triggered, this,
          [this] { m_session->running() ? m_session->cancel() : showGallery(); });
  m_stack->widget(kStory)->addAction(escape);
  auto* repeat = new QAction(this);
  repeat->setShortcut(QKeySequence("Ctrl+Shift+R"));
  repeat->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(repeat, &QAction::triggered, this, [this] {
    if (m_session->leftOut()) m_session->runRepeats();
  });
  addAction(repeat);
}

DesignBar* DesignsPage::makeBar() {
  auto* bar = new DesignBar(this);
  connect(bar, &DesignBar::back, this, &DesignsPage::showGallery);
  connect(bar, &DesignBar::stop, m_session, &present::DesignSession::cancel);
  connect(bar, &DesignBar::runAsked, m_session, &present::DesignSession::run);
  connect(bar, &DesignBar::reset, m_session, &present::DesignSession::resetKnobs);
  connect(bar, &DesignBar::trailAsked, this, &DesignsPage::stepThrough);
  connect(bar, &DesignBar::challengeAsked, this, &DesignsPage::startChallenge);
  connect(bar, &DesignBar::moreOpened, this, &DesignsPage::fillMore);
  return bar;
}

QWidget* DesignsPage::makeStory() {
  auto* story = new QWidget(this);
  auto* column = new QVBoxLayout(story);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  m_bar = makeBar();
  column->addWidget(m_bar);
  m_error = new QLabel(story);
  m_error->setObjectName("bad");
  m_error->setWordWrap(true);
  m_error->setContentsMargins(24, 12, 24, 0);
  m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_error->hide();
  column->addWidget(m_error);
  m_files = new SourceFiles(story);
  connect(m_files, &SourceFiles::dropped, m_session, &present::DesignSession::dropFile);
  column->addWidget(m_files);
  m_story = new DesignStory(m_context, m_session, story);
  connect(m_story, &DesignStory::exportFailed, this, &DesignsPage::showError);
  connect(m_story, &DesignStory::exported, this,
          [this](const QString& path) { m_bar->say(tr("saved %1").arg(path)); });
  connect(m_story, &DesignStory::submitted, this, &DesignsPage::submitChallenge);
  connect(m_story, &DesignStory::challengeLeft, this, [this] { m_bar->challenge()->show(); });
  column->addWidget(m_story, 1);
  showRunning(false);
  return story;
}

void DesignsPage::openDesign(const QString& id) {
  const trace::DesignEntry* entry = m_context.designs().find(id.toStdString());
  if (!entry) return;
  if (entry->incident) {
    m_played = id;
    m_stack->setCurrentWidget(m_triage);
    return m_triage->play(id, QString::fromStdString(entry->path));
  }
  m_played.clear();
  if (m_id != id || !m_session->isOpen()) {
    m_id = id;
    m_story->forget();
    m_error->hide();
    if (m_trail) m_trail->hide();
    m_bar->trail()->hide();
    m_session->open(QString::fromStdString(entry->path));
    m_files->setFiles(m_session->files());
  }
  m_stack->setCurrentIndex(1);
  m_story->setFocus();  // arrows and Page Down read on
}

// Back on the list, at the design that was open.
void DesignsPage::showGallery() {
  m_stack->setCurrentIndex(0);
  m_gallery->takeFocus(m_played.isEmpty() ? m_id : m_played);
}

void DesignsPage::activated() { m_gallery->refresh(); }

void DesignsPage::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (m_trail) m_trail->setTheme(theme);
  m_triage->setTheme(theme);
  m_story->setTheme(theme);
}

void DesignsPage::planChanged() {
  const plan::Plan& plan = m_session->plan();
  showBehind();
  if (!m_story->showPlan(*m_theme)) return;
  m_bar->title()->setTitle(QString::fromStdString(plan.title));
  m_bar->challenge()->setVisible(!plan.challenge.empty());
}

void DesignsPage::showRun() {
  showRunning(false);
  m_error->hide();
  m_story->showFigures();
  m_bar->say(m_session->summary());
  if (std::exchange(m_judging, false) && !m_session->leftOut()) submitChallenge();
  m_bar->trail()->setVisible(!plan::steppable(*m_session->lastPlan()).empty());
  if (m_trail && m_trail->isVisible())
    m_trail->session()->setRun(*m_session->lastPlan(), *m_session->lastRun());
}

// A knob that was moved and not released, or whose run was stopped.
void DesignsPage::showBehind() {
  m_bar->run()->setVisible(m_session->lastRun() && !m_session->running() && m_session->behind());
}

void DesignsPage::showRunning(bool running) {
  if (!running) {
    m_busyTimer->stop();
    m_context.setBusy(this, false);
  }
  m_bar->run()->setVisible(!running && m_session->lastRun() && m_session->behind());
  m_bar->setRunning(running);
  m_story->setRunning(running);
}

void DesignsPage::showError(const QString& message) {
  showRunning(false);
  m_error->setText(message);
  m_error->show();
}

void DesignsPage::startChallenge() {
  ChallengeCard* challenge = m_story->challenge();
  if (!challenge) return;
  m_session->resetKnobs();
  challenge->start();
  challenge->show();
  m_bar->challenge()->hide();
  m_story->ensureWidgetVisible(challenge);
}

// Goals may stand on what is repeated on request; it is run before they are judged.
void DesignsPage::submitChallenge() {
  if (!m_session->lastRun() || m_session->running()) return;
  m_judging = m_session->leftOut();
  if (m_judging) return m_session->runRepeats();
  const bool reached = m_story->challenge()->judge(*m_session->lastRun());
  m_context.recordDesignRun(m_id, m_session->knobs(), m_session->plan().seed, reached,
                            m_story->challenge()->seconds());
}

QString DesignsPage::designTitle() const {
  return m_session->isOpen() ? QString::fromStdString(m_session->plan().title) : QString();
}

QStringList DesignsPage::sources() const {
  QStringList names;
  if (m_session->isOpen())
    for (const plan::Source& source : m_session->plan().sources)
      names.append(QString::fromStdString(source.name));
  return names;
}

void DesignsPage::useFile(const QString& source, const QString& path) {
  m_stack->setCurrentIndex(1);
  m_session->useFile(source, path);
}

void DesignsPage::fillMore() {
  m_bar->more()->clear();
  m_bar->more()
      ->addAction(tr("Save a report…"), this, &DesignsPage::saveReport)
      ->setEnabled(m_session->lastRun());
  for (const QString& source : sources())
    m_bar->more()->addAction(tr("Use a file of yours for %1…").arg(source), this,
                             [this, source] { emit fileWanted(source); });
}

bool DesignsPage::runWhatIsLeft() {
  if (!m_session->isOpen() || !m_session->leftOut()) return false;
  if (!m_session->running()) m_session->runRepeats();
  return true;
}

void DesignsPage::stepThrough() {
  if (!m_session->lastRun() || plan::steppable(*m_session->lastPlan()).empty()) return;
  if (!m_trail) {
    m_trail = new TrailDialog(this);
    m_trail->setTheme(*m_theme);
  }
  m_trail->show();
  m_trail->raise();
  m_trail->activateWindow();
  m_trail->session()->setRun(*m_session->lastPlan(), *m_session->lastRun());
}

void DesignsPage::saveReport() {
  if (!m_session->lastRun()) return;
  if (m_session->leftOut())
    return showError(
        tr("Run it %L1 times first, so that the report can show it.").arg(m_session->repeats()));
  const QString path = QFileDialog::getSaveFileName(this, tr("Save the report"), m_id + ".html",
                                                    tr("HTML (*.html);;PDF (*.pdf)"));
  if (path.isEmpty()) return;
  m_bar->say(tr("writing %1 …").arg(path));
  m_context.setBusy(m_bar, true);
  present::renderReport(plan::document_of(m_session->plan(), *m_session->lastRun()), path, this,
                        [this, path](const Result<void>& written) {
                          m_context.setBusy(m_bar, false);
                          m_bar->say(written ? tr("saved %1").arg(path) : QString());
                          if (!written) showError(QString::fromStdString(written.error().message));
                        });
}

}  // namespace rehearse::gui
