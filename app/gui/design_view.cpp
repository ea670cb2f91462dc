// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/design_view.hpp"

#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

#include "app/gui/challenge_card.hpp"
#include "app/gui/design_actions.hpp"
#include "app/gui/design_bar.hpp"
#include "app/gui/design_story.hpp"
#include "app/gui/pin_strip.hpp"
#include "app/gui/source_files.hpp"
#include "app/gui/story_sides.hpp"
#include "app/gui/title_label.hpp"
#include "app/gui/trail_dialog.hpp"
#include "app/gui/undo_strip.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_draft.hpp"
#include "app/present/design_pins.hpp"
#include "engine/plan/trail.hpp"

namespace rehearse::gui {
namespace {

constexpr int kBusyAfterMs = 250;

}  // namespace

DesignView::DesignView(present::AppContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_session(new present::DesignSession(this)),
      m_pins(new present::DesignPins(this)),
      m_actions(new DesignActions(this)),
      m_busyTimer(new QTimer(this)) {
  makeBar();
  makeBody();
  m_busyTimer->setSingleShot(true);
  m_busyTimer->setInterval(kBusyAfterMs);
  connect(m_busyTimer, &QTimer::timeout, this, [this] { showRunning(true); });
  connectSession();
  connectActions();
  showRunning(false);
}

void DesignView::makeBar() {
  m_bar = new DesignBar(this);
  connect(m_bar, &DesignBar::back, this, &DesignView::closed);
  connect(m_bar, &DesignBar::stop, m_session, &present::DesignSession::cancel);
  connect(m_bar, &DesignBar::runAsked, m_session, &present::DesignSession::run);
  connect(m_bar, &DesignBar::pinAsked, this, &DesignView::pin);
  connect(m_bar, &DesignBar::trailAsked, this, &DesignView::stepThrough);
  connect(m_bar, &DesignBar::challengeAsked, this, &DesignView::startChallenge);
  connect(m_bar, &DesignBar::moreOpened, this, &DesignView::fillMore);
  connect(m_bar, &DesignBar::fileWanted, this, &DesignView::fileWanted);
}

void DesignView::makeBody() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_bar);
  m_error = label({}, "bad", this);
  m_error->setContentsMargins(24, 12, 24, 12);
  m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_error->hide();
  column->addWidget(m_error);
  m_files = new SourceFiles(this);
  connect(m_files, &SourceFiles::dropped, m_session, &present::DesignSession::dropFile);
  column->addWidget(m_files);
  m_strip = new PinStrip(m_pins, this);
  connect(m_strip, &PinStrip::compareAsked, this, &DesignView::compare);
  column->addWidget(m_strip);
  m_story = new DesignStory(m_context, m_session, m_pins, this);
  connect(m_story, &DesignStory::exportFailed, this, &DesignView::showError);
  connect(m_story, &DesignStory::exported, this,
          [this](const QString& path) { m_bar->say(tr("saved %1").arg(path)); });
  connect(m_story, &DesignStory::submitted, this, &DesignView::submitChallenge);
  connect(m_story, &DesignStory::challengeLeft, this, [this] { m_bar->challenge()->show(); });
  m_sides = new StorySides(m_context, m_story, this);
  connect(m_sides, &StorySides::edited, this, &DesignView::scriptEdited);
  connect(m_sides, &StorySides::scriptToggled, this, &DesignView::fitActions);
  connect(m_sides, &StorySides::failed, this, &DesignView::showError);
  column->addWidget(m_story->above());
  column->addWidget(m_sides, 1);
}

void DesignView::connectSession() {
  using present::DesignSession;
  connect(m_session, &DesignSession::planChanged, this, &DesignView::planChanged);
  connect(m_session, &DesignSession::runStarted, this, [this] {
    m_context.setBusy(this, true);
    m_bar->run()->hide();
    m_busyTimer->start();
    if (m_story->challenge()) m_story->challenge()->setReady(false);
    fitActions();
  });
  connect(m_session, &DesignSession::progressed, this,
          [this](double fraction, const QString& what) { m_bar->setProgress(fraction, what); });
  connect(m_session, &DesignSession::runFinished, this, &DesignView::showRun);
  connect(m_session, &DesignSession::cancelled, this, [this] {
    showRunning(false);
    m_judging = false;
    m_bar->say(tr("stopped; the plots show the last finished run"));
  });
  connect(m_session, &DesignSession::filesChanged, this,
          [this] { m_files->setFiles(m_session->files()); });
  connect(m_session, &DesignSession::failed, this, &DesignView::showError);
}

void DesignView::connectActions() {
  const auto on = [this](QAction* action, auto slot) {
    connect(action, &QAction::triggered, this, slot);
  };
  on(m_actions->back, [this] { m_session->running() ? m_session->cancel() : closed(); });
  on(m_actions->run, [this] { m_session->run(); });
  on(m_actions->repeat, [this] { m_session->runRepeats(); });
  on(m_actions->pin, [this] { pin(); });
  on(m_actions->compare, [this] { compare(); });
  on(m_actions->sweep, [this] { sweepAsked(); });
  on(m_actions->edit, [this] { edit(); });
  on(m_actions->trail, [this] { stepThrough(); });
  on(m_actions->challenge, [this] { startChallenge(); });
  on(m_actions->reset, [this] { resetKnobs(); });
  on(m_actions->redraw, [this] { redraw(); });
  on(m_actions->report, [this] { saveReport(); });
  on(m_actions->remove, [this] { emit deleteAsked(m_id); });
  connect(m_pins, &present::DesignPins::changed, this, &DesignView::fitActions);
}

void DesignView::fitActions() {
  m_actions->fit(*m_session, *m_pins, present::isOwnDesign(m_context, m_id),
                 m_sides->scriptShown());
  m_bar->pin()->setEnabled(m_actions->pin->isEnabled());
}

void DesignView::open(const QString& id, const QString& path) {
  if (m_id != id || !m_session->isOpen()) {
    m_sides->closeScript();
    m_id = id;
    m_story->forget();
    m_error->hide();
    for (UndoStrip* older : findChildren<UndoStrip*>()) older->expire();
    if (m_trail) m_trail->hide();
    m_bar->offerTrail(false);
    m_pins->setDesign(id);
    if (!m_session->open(path)) {
      m_story->clear();
      m_bar->title()->setTitle(id);
      if (present::isOwnDesign(m_context, id)) m_sides->openScript(path);
    }
    m_files->setFiles(m_session->files());
  }
  fitActions();
  m_story->setFocus();  // arrows and Page Down read on
}

void DesignView::leave() {
  m_sides->closeScript();
  m_id.clear();
}

void DesignView::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (m_trail) m_trail->setTheme(theme);
  m_sides->setTheme(theme);
  m_strip->setTheme(theme);
  m_story->setTheme(theme);
}

void DesignView::planChanged() {
  const plan::Plan& plan = m_session->plan();
  showBehind();
  fitActions();
  if (!m_story->showPlan(*m_theme)) return;
  m_bar->title()->setTitle(QString::fromStdString(plan.title));
  m_bar->challenge()->setVisible(!plan.challenge.empty());
}

void DesignView::showRun() {
  showRunning(false);
  m_error->hide();
  m_pins->setNow(*m_session->lastPlan());
  m_story->showFigures();
  m_bar->say(m_session->summary());
  if (std::exchange(m_judging, false) && !m_session->leftOut()) submitChallenge();
  m_bar->offerTrail(!plan::steppable(*m_session->lastPlan()).empty());
  if (m_trail && m_trail->isVisible())
    m_trail->session()->setRun(*m_session->lastPlan(), *m_session->lastRun());
}

// A knob that was moved and not released, or whose run was stopped.
void DesignView::showBehind() {
  m_bar->run()->setVisible(m_session->lastRun() && !m_session->running() && m_session->behind());
}

void DesignView::showRunning(bool running) {
  if (!running) {
    m_busyTimer->stop();
    m_context.setBusy(this, false);
  }
  showBehind();
  m_bar->setRunning(running);
  m_story->setRunning(running);
  fitActions();
}

void DesignView::showError(const QString& message) {
  showRunning(false);
  m_error->setText(message);
  m_error->show();
}

}  // namespace rehearse::gui
