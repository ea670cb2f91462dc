// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/design_pins.hpp"

#include <algorithm>

#include "app/present/design_overlay.hpp"
#include "app/present/qt_text.hpp"
#include "engine/plan/figure.hpp"

namespace rehearse::present {

void DesignPins::setDesign(const QString& id) {
  if (id == m_design) return;
  if (!m_pins.isEmpty()) m_away[m_design] = m_pins;
  m_pins = m_away.take(id);
  m_design = id;
  m_now = {};
  m_removed.reset();
  m_removedLabel.clear();
  emit changed();
}

void DesignPins::setNow(const plan::Plan& plan) {
  m_now = {plan.knobs, plan.seed};
  if (!m_pins.isEmpty()) emit changed();
}

Result<int> DesignPins::pin(const plan::Plan& plan, const plan::Run& run) {
  for (const PinnedRun& there : m_pins) {
    bool same = there.made.seed == plan.seed && there.made.knobs.size() == plan.knobs.size();
    for (std::size_t i = 0; same && i < plan.knobs.size(); ++i)
      same = there.made.knobs[i].name == plan.knobs[i].name &&
             there.made.knobs[i].value == plan.knobs[i].value;
    if (same)
      return fail(Code::invalid_argument,
                  "A run with these knobs is pinned already, as “{}”; move a knob first.",
                  label(there).toStdString());
  }
  if (m_pins.size() >= kMost)
    return fail(Code::limit,
                "{} runs are pinned, which is as many as can be told apart; remove one.", kMost);
  PinnedRun pin;
  pin.id = m_nextId++;
  pin.look = freeLook();
  pin.made = {plan.knobs, plan.seed};
  for (const plan::View& view : plan.views) pin.figures.push_back(plan::figure_of(view, run));
  m_pins.append(std::move(pin));
  emit changed();
  return m_pins.last().id;
}

int DesignPins::freeLook() const {
  for (int look = 1;; ++look)
    if (std::none_of(m_pins.begin(), m_pins.end(),
                     [look](const PinnedRun& pin) { return pin.look == look; }))
      return look;
}

const PinnedRun* DesignPins::find(int id) const {
  for (const PinnedRun& pin : m_pins)
    if (pin.id == id) return &pin;
  return nullptr;
}

void DesignPins::rename(int id, const QString& name) {
  for (PinnedRun& pin : m_pins)
    if (pin.id == id) pin.name = name.simplified();
  emit changed();
}

void DesignPins::setShown(int id, bool shown) {
  for (PinnedRun& pin : m_pins)
    if (pin.id == id) pin.shown = shown;
  emit changed();
}

void DesignPins::remove(int id) {
  for (qsizetype i = 0; i < m_pins.size(); ++i) {
    if (m_pins[i].id != id) continue;
    m_removedLabel = label(m_pins[i]);
    m_removed = m_pins.takeAt(i);
    m_removedFrom = i;
    return emit changed();
  }
}

void DesignPins::undoRemove() {
  if (!m_removed || m_pins.size() >= kMost) return;
  const bool taken = std::any_of(m_pins.begin(), m_pins.end(), [this](const PinnedRun& pin) {
    return pin.look == m_removed->look;
  });
  if (taken) m_removed->look = freeLook();
  m_pins.insert(std::min(m_removedFrom, m_pins.size()), *std::move(m_removed));
  m_removed.reset();
  m_removedLabel.clear();
  emit changed();
}

std::vector<const RunKnobs*> DesignPins::othersThan(const RunKnobs* one) const {
  std::vector<const RunKnobs*> others;
  for (const PinnedRun& pin : m_pins)
    if (&pin.made != one) others.push_back(&pin.made);
  if (&m_now != one && !m_now.knobs.empty()) others.push_back(&m_now);
  return others;
}

QString DesignPins::label(const PinnedRun& pin) const {
  if (!pin.name.isEmpty()) return pin.name;
  const QString words = whatDiffers(pin.made, othersThan(&pin.made));
  return words.isEmpty() ? tr("pinned, same knobs") : words;
}

QString DesignPins::briefLabel(const PinnedRun& pin) const {
  if (!pin.name.isEmpty()) return pin.name;
  const QString words = whatDiffers(pin.made, othersThan(&pin.made), true);
  return words.isEmpty() ? tr("same knobs") : words;
}

QString DesignPins::nowLabel() const { return whatDiffers(m_now, othersThan(&m_now)); }

std::vector<ComparedRun> DesignPins::compared(std::vector<Figure> now) const {
  std::vector<ComparedRun> runs;
  for (const PinnedRun& pin : m_pins)
    runs.push_back({label(pin), pin.made, pin.figures, briefLabel(pin)});
  runs.push_back({tr("now"), m_now, std::move(now), tr("now")});
  return runs;
}

Figure DesignPins::overlaid(std::size_t view, const Figure& now) const {
  std::vector<OverlaidRun> others;
  for (const PinnedRun& pin : m_pins)
    if (pin.shown && view < pin.figures.size() && pin.figures[view].kind == now.kind)
      others.push_back(
          {label(pin).toStdString(), briefLabel(pin).toStdString(), pin.look, &pin.figures[view]});
  return present::overlaid(now, nowLabel().toStdString(), others);
}

}  // namespace rehearse::present
