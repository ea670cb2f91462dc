// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/design_view.hpp"

#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

#include "app/gui/challenge_card.hpp"
#include "app/gui/design_actions.hpp"
#include "app/gui/design_bar.hpp"
#include "app/gui/design_story.hpp"
#include "app/gui/pin_strip.hpp"
#include "app/gui/script_pane.hpp"
#include "app/gui/source_files.hpp"
#include "app/gui/title_label.hpp"
#include "app/gui/trail_dialog.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_draft.hpp"
#include "app/present/design_pins.hpp"
#include "app/present/report_process.hpp"
#include "engine/plan/report.hpp"
#include "engine/plan/trail.hpp"

namespace rehearse::gui {
namespace {

constexpr int kBusyAfterMs = 250, kScriptWidth = 520;

// What the story was built from beside its shape: an edited script may change any of it.
QString textsOf(const plan::Plan& plan) {
  QString texts = QString::fromStdString(plan.title + plan.asks + plan.challenge);
  for (const plan::Chapter& chapter : plan.chapters)
    texts += QString::fromStdString("\n" + chapter.title + "\n" + chapter.prose);
  for (const plan::Knob& knob : plan.knobs) {
    texts +=
        QString("\n%1 %2 %3 %4").arg(knob.low).arg(knob.high).arg(knob.step).arg(knob.log_scale);
    for (const std::string& choice : knob.choices) texts += QString::fromStdString(" " + choice);
    texts += QString::fromStdString(knob.unit) + (knob.apply ? "!" : "");
  }
  return texts;
}

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
}

void DesignView::makeBody() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_bar);
  m_error = label({}, "bad", this);
  m_error->setContentsMargins(24, 12, 24, 0);
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
  m_sides = new QSplitter(Qt::Horizontal, this);
  m_sides->setChildrenCollapsible(false);
  m_sides->setHandleWidth(1);
  m_sides->addWidget(m_story);
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
  on(m_actions->reset, [this] { m_session->resetKnobs(); });
  on(m_actions->report, [this] { saveReport(); });
  on(m_actions->remove, [this] { emit deleteAsked(m_id); });
  connect(m_pins, &present::DesignPins::changed, this, &DesignView::fitActions);
}

// What can be done now.
void DesignView::fitActions() {
  const bool open = m_session->isOpen(), ran = open && m_session->lastRun();
  const bool idle = ran && !m_session->running();
  m_actions->run->setEnabled(idle && m_session->behind());
  m_actions->repeat->setEnabled(idle && m_session->leftOut());
  m_actions->pin->setEnabled(idle && !m_session->behind());
  m_bar->pin()->setEnabled(m_actions->pin->isEnabled());
  m_actions->compare->setEnabled(ran && !m_pins->pins().isEmpty());
  m_actions->sweep->setEnabled(open && !m_session->plan().knobs.empty());
  m_actions->edit->setEnabled(open);
  const bool own = present::isOwnDesign(m_context, m_id);
  m_actions->edit->setText(!own                                ? tr("Edit a copy of the script")
                           : m_script && m_script->isVisible() ? tr("Close the script")
                                                               : tr("Edit the script"));
  m_actions->trail->setEnabled(ran && !plan::steppable(*m_session->lastPlan()).empty());
  m_actions->challenge->setEnabled(open && !m_session->plan().challenge.empty());
  m_actions->reset->setEnabled(open && !m_session->knobs().empty());
  m_actions->report->setEnabled(ran);
  m_actions->remove->setEnabled(own);
}

void DesignView::open(const QString& id, const QString& path) {
  if (m_id != id || !m_session->isOpen()) {
    closeScript();
    m_id = id;
    m_story->forget();
    m_error->hide();
    if (m_trail) m_trail->hide();
    m_bar->offerTrail(false);
    m_pins->setDesign(id);
    if (!m_session->open(path)) {
      m_story->clear();
      m_bar->title()->setTitle(id);
      if (present::isOwnDesign(m_context, id)) openScript();
    }
    m_files->setFiles(m_session->files());
  }
  fitActions();
  m_story->setFocus();  // arrows and Page Down read on
}

void DesignView::leave() {
  closeScript();
  m_id.clear();
}

void DesignView::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (m_trail) m_trail->setTheme(theme);
  if (m_script) m_script->setTheme(theme);
  m_strip->setTheme(theme);
  m_story->setTheme(theme);
}

void DesignView::planChanged() {
  const plan::Plan& plan = m_session->plan();
  showBehind();
  fitActions();
  if (!m_story->showPlan(*m_theme)) return;
  m_texts = textsOf(plan);
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
  m_bar->run()->setVisible(!running && m_session->lastRun() && m_session->behind());
  m_bar->setRunning(running);
  m_story->setRunning(running);
  fitActions();
}

void DesignView::showError(const QString& message) {
  showRunning(false);
  m_error->setText(message);
  m_error->show();
}

void DesignView::pin() {
  if (!m_session->lastRun()) return;
  const auto pinned = m_pins->pin(*m_session->lastPlan(), *m_session->lastRun());
  if (!pinned) return showError(QString::fromStdString(pinned.error().message));
  m_error->hide();
  m_bar->say(tr("pinned; move a knob to see the difference"));
}

void DesignView::compare() {
  if (!m_session->lastRun() || m_pins->pins().isEmpty()) return;
  std::vector<present::ComparedRun> runs;
  for (const present::PinnedRun& pin : m_pins->pins())
    runs.push_back({m_pins->label(pin), pin.made, pin.figures});
  present::ComparedRun now{tr("now"), m_pins->now(), {}};
  for (std::size_t view = 0; view < m_session->lastPlan()->views.size(); ++view)
    now.figures.push_back(m_session->figure(view));
  // Two pins are what was asked for; a single one is set beside the present run.
  runs.push_back(std::move(now));
  emit compareAsked(QString::fromStdString(m_session->plan().title), runs);
}

void DesignView::edit() {
  if (m_script && m_script->isVisible()) return closeScript();
  if (present::isOwnDesign(m_context, m_id)) return openScript();
  const auto copy = present::copyDesign(m_context, m_id);
  if (!copy) return showError(QString::fromStdString(copy.error().message));
  emit copied(*copy);
  openScript();
}

void DesignView::openScript() {
  if (!m_script) {
    m_script = new ScriptPane(m_context, m_sides);
    if (m_theme) m_script->setTheme(*m_theme);
    m_sides->insertWidget(0, m_script);
    connect(m_script, &ScriptPane::edited, this, &DesignView::scriptEdited);
    connect(m_script, &ScriptPane::closeAsked, this, &DesignView::closeScript);
    connect(m_script, &ScriptPane::failed, this, &DesignView::showError);
  }
  if (!m_script->open(m_session->path())) return;
  m_script->show();
  m_sides->setStretchFactor(0, 0);
  m_sides->setStretchFactor(1, 1);
  const int script = std::min(kScriptWidth, m_sides->width() * 45 / 100);
  m_sides->setSizes({script, std::max(1, m_sides->width() - script)});
  scriptEdited(m_script->text());
  fitActions();
}

void DesignView::closeScript() {
  if (!m_script || m_script->isHidden()) return;
  m_script->close();
  m_script->hide();
  m_story->setFocus();
  fitActions();
}

void DesignView::scriptEdited(const QString& text) {
  if (m_session->isOpen() && text == m_session->script()) return m_script->showFault(nullptr);
  const auto traced = m_session->setScript(text);
  if (!traced) {
    const QString message = QString::fromStdString(traced.error().message);
    return m_script->showFault(&message);
  }
  m_script->showFault(nullptr);
  m_error->hide();
  if (textsOf(m_session->plan()) == m_texts) return;
  m_story->forget();
  planChanged();
}

void DesignView::flush() {
  if (m_script) m_script->flush();
}

void DesignView::startChallenge() {
  ChallengeCard* challenge = m_story->challenge();
  if (!challenge) return;
  m_session->resetKnobs();
  challenge->start();
  challenge->show();
  m_bar->challenge()->hide();
  m_story->ensureWidgetVisible(challenge);
}

// Goals may stand on what is repeated on request; it is run before they are judged.
void DesignView::submitChallenge() {
  if (!m_session->lastRun() || m_session->running()) return;
  m_judging = m_session->leftOut();
  if (m_judging) return m_session->runRepeats();
  const bool reached = m_story->challenge()->judge(*m_session->lastRun());
  m_context.recordDesignRun(m_id, m_session->knobs(), m_session->plan().seed, reached,
                            m_story->challenge()->seconds());
}

void DesignView::fillMore() {
  QMenu* menu = m_bar->more();
  menu->clear();
  menu->addActions({m_actions->trail, m_actions->compare, m_actions->sweep, m_actions->edit});
  menu->addSeparator();
  menu->addActions({m_actions->reset, m_actions->report});
  if (m_session->isOpen())
    for (const plan::Source& source : m_session->plan().sources)
      menu->addAction(
          tr("Use a file of yours for %1…").arg(QString::fromStdString(source.name)), this,
          [this, name = QString::fromStdString(source.name)] { emit fileWanted(name); });
  if (!m_actions->remove->isEnabled()) return;
  menu->addSeparator();
  menu->addAction(m_actions->remove);
}

bool DesignView::runWhatIsLeft() {
  if (!m_session->isOpen() || !m_session->leftOut()) return false;
  if (!m_session->running()) m_session->runRepeats();
  return true;
}

void DesignView::stepThrough() {
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

void DesignView::saveReport() {
  if (!m_session->lastRun()) return;
  if (m_session->leftOut())
    return showError(
        tr("Run it %L1 times first, so that the report can show it.").arg(m_session->repeats()));
  QString filter;
  QString path = QFileDialog::getSaveFileName(this, tr("Save the report"), m_id + ".html",
                                              tr("HTML (*.html);;PDF (*.pdf)"), &filter);
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += filter.contains("pdf") ? ".pdf" : ".html";
  m_bar->say(tr("writing %1 …").arg(path));
  m_context.setBusy(m_bar, true);
  present::renderReport(plan::document_of(*m_session->lastPlan(), *m_session->lastRun()), path,
                        this, [this, path](const Result<void>& written) {
                          m_context.setBusy(m_bar, false);
                          m_bar->say(written ? tr("saved %1").arg(path) : QString());
                          if (!written) showError(QString::fromStdString(written.error().message));
                        });
}

}  // namespace rehearse::gui
