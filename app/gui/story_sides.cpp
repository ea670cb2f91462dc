// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/story_sides.hpp"

#include <algorithm>

#include "app/gui/script_pane.hpp"

namespace rehearse::gui {
namespace {

constexpr int kScriptWidth = 520, kScriptPercent = 45;

}  // namespace

StorySides::StorySides(present::AppContext& context, QWidget* story, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent), m_context(context), m_story(story) {
  setChildrenCollapsible(false);
  setHandleWidth(1);
  addWidget(m_story);
}

void StorySides::openScript(const QString& path) {
  if (!m_script) {
    m_script = new ScriptPane(m_context, this);
    if (m_theme) m_script->setTheme(*m_theme);
    insertWidget(0, m_script);
    setStretchFactor(0, 0);
    setStretchFactor(1, 1);
    connect(m_script, &ScriptPane::edited, this, &StorySides::edited);
    connect(m_script, &ScriptPane::closeAsked, this, &StorySides::closeScript);
    connect(m_script, &ScriptPane::failed, this, &StorySides::failed);
  }
  if (!m_script->open(path)) return;
  m_script->show();
  const int script = std::min(kScriptWidth, width() * kScriptPercent / 100);
  setSizes({script, std::max(1, width() - script)});
  emit edited(m_script->text());
  emit scriptToggled();
}

void StorySides::closeScript() {
  if (!m_script || m_script->isHidden()) return;
  m_script->close();
  m_script->hide();
  m_story->setFocus();
  emit scriptToggled();
}

bool StorySides::scriptShown() const { return m_script && m_script->isVisible(); }

void StorySides::showFault(const QString* message) {
  if (m_script) m_script->showFault(message);
}

void StorySides::flush() {
  if (m_script) m_script->flush();
}

void StorySides::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (m_script) m_script->setTheme(theme);
}

}  // namespace rehearse::gui
