// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the actions of an open design do.
#include <utility>

#include "app/gui/challenge_card.hpp"
#include "app/gui/design_actions.hpp"
#include "app/gui/design_bar.hpp"
#include "app/gui/design_story.hpp"
#include "app/gui/design_view.hpp"
#include "app/gui/report_file.hpp"
#include "app/gui/story_sides.hpp"
#include "app/gui/trail_dialog.hpp"
#include "app/gui/undo_strip.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_draft.hpp"
#include "app/present/design_pins.hpp"
#include "engine/plan/report.hpp"
#include "engine/plan/trail.hpp"

namespace rehearse::gui {

void DesignView::pin() {
  if (!m_session->lastRun()) return;
  const auto pinned = m_pins->pin(*m_session->lastPlan(), *m_session->lastRun());
  if (!pinned) return showError(QString::fromStdString(pinned.error().message));
  m_error->hide();
  m_bar->say(tr("pinned; move a knob to see the difference"));
}

void DesignView::compare() {
  if (!m_session->lastRun() || m_pins->pins().isEmpty()) return;
  std::vector<Figure> now;
  for (std::size_t view = 0; view < m_session->lastPlan()->views.size(); ++view)
    now.push_back(m_session->figure(view));
  emit compareAsked(QString::fromStdString(m_session->plan().title),
                    m_pins->compared(std::move(now)));
}

void DesignView::edit() {
  if (m_sides->scriptShown()) return m_sides->closeScript();
  if (!present::isOwnDesign(m_context, m_id)) {
    const auto copy = present::copyDesign(m_context, m_id);
    if (!copy) return showError(QString::fromStdString(copy.error().message));
    emit copied(*copy);
  }
  m_sides->openScript(m_session->path());
}

void DesignView::scriptEdited(const QString& text) {
  if (m_session->isOpen() && text == m_session->script()) return m_sides->showFault(nullptr);
  const auto traced = m_session->setScript(text);
  if (!traced) {
    const QString message = QString::fromStdString(traced.error().message);
    return m_sides->showFault(&message);
  }
  m_sides->showFault(nullptr);
  m_error->hide();
  if (!m_story->saysOther()) return;
  m_story->forget();
  planChanged();
}

void DesignView::flush() { m_sides->flush(); }

void DesignView::startChallenge() {
  ChallengeCard* challenge = m_story->challenge();
  if (!challenge) return;
  resetKnobs();
  challenge->start();
  challenge->show();
  m_bar->challenge()->hide();
}

// What holds with other people too is no luck; pinned runs then say their seeds.
void DesignView::redraw() {
  const std::uint64_t next = m_session->plan().seed + 1;
  const auto before = m_session->seed();
  m_session->setSeed(next);
  UndoStrip::offer(this, tr("Drawn anew, with seed %1").arg(next), [this, before, id = m_id] {
    if (m_id == id) m_session->setSeed(before);
  });
}

void DesignView::resetKnobs() {
  const plan::KnobValues before = m_session->knobs();
  const auto seed = m_session->seed();
  if (before.empty() && !seed) return;
  if (seed) m_session->setSeed({});
  m_session->resetKnobs();
  UndoStrip::offer(this, tr("The knobs are reset"), [this, before, seed, id = m_id] {
    if (m_id != id) return;
    if (seed) m_session->setSeed(seed);
    m_session->setKnobs(before);
  });
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
  QStringList sources;
  if (m_session->isOpen())
    for (const plan::Source& source : m_session->plan().sources)
      sources.append(QString::fromStdString(source.name));
  m_bar->fillMore(*m_actions, sources);
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
  gui::saveReport(
      m_context, m_bar, plan::document_of(*m_session->lastPlan(), *m_session->lastRun()), m_id,
      [this](const QString& sentence) { m_bar->say(sentence); },
      [this](const QString& why) { showError(why); });
}

}  // namespace rehearse::gui
