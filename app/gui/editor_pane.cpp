// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/editor_pane.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/gui/code_editor.hpp"
#include "app/gui/language_box.hpp"
#include "app/gui/undo_strip.hpp"
#include "app/gui/vim_mode.hpp"
#include "app/present/app_context.hpp"
#include "app/present/preferences.hpp"

namespace rehearse::gui {
namespace {

constexpr const char *kZoom = "editor.zoom", *kCompletion = "editor.completion",
                     *kVim = "editor.vim";

}  // namespace

EditorPane::EditorPane(present::AppContext& context, present::DrillSession& session,
                       QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_session(session),
      m_language(new LanguageBox(this)),
      m_saved(new QLabel(this)),
      m_vim(new QLabel(this)),
      m_editor(new CodeEditor(this)) {
  setObjectName("surface");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeStrip());
  column->addWidget(m_editor, 1);
  m_vim->setObjectName("label");
  m_vim->setAccessibleName(tr("Vim mode"));
  m_vim->setContentsMargins(24, 4, 24, 4);
  m_vim->setFont(plots::monoFont(plots::kLabelPx));
  m_vim->hide();
  column->addWidget(m_vim);
  connect(m_editor, &QsciScintilla::textChanged, this, [this] {
    if (!m_session.isOpen()) return;
    m_saved->setText(tr("typing…"));
    m_session.textChanged(m_editor->text());
    m_editor->markLine(0);
  });
  connect(m_editor, &CodeEditor::vimStatus, this, [this](const QString& status) {
    m_vim->setText(status);
    m_vim->setVisible(!status.isEmpty());
  });
  connect(m_editor, &CodeEditor::vimSave, this, [this] {
    if (m_session.saveNow()) say(tr("saved"));
  });
  connect(m_editor, &CodeEditor::vimLeave, this, &EditorPane::vimLeave);
  connect(m_editor, &CodeEditor::vimIdle, this, &EditorPane::vimIdle);
  makeActions();
  followSettings();
}

QWidget* EditorPane::makeStrip() {
  auto* strip = new QWidget(this);
  auto* row = new QHBoxLayout(strip);
  row->setContentsMargins(24, 8, 24, 8);
  row->setSpacing(12);
  connect(m_language, &LanguageBox::chosen, this, [this](const QString& id) {
    if (!m_session.setLanguage(id.toStdString())) showLanguage();
    m_editor->setFocus();
  });
  connect(m_language, &LanguageBox::listed, this, [this] {
    if (!m_language->has(QString::fromStdString(m_session.language())))
      m_session.setLanguage("lua");
  });
  showLanguage();
  m_language->load();
  m_saved->setObjectName("label");
  auto* reset = new QPushButton(tr("Starter"), strip);
  reset->setAccessibleName(tr("Reset to the starter"));
  reset->setToolTip(tr("Back to the starter; undo brings your text back"));
  connect(reset, &QPushButton::clicked, this, &EditorPane::resetToStarter);
  row->addWidget(m_language);
  row->addStretch(1);
  row->addWidget(m_saved);
  row->addWidget(reset);
  return strip;
}

void EditorPane::resetToStarter() {
  if (!m_session.isOpen() || m_editor->isReadOnly() || m_editor->text() == m_session.starter())
    return;
  const QString before = m_editor->text();
  replaceText(m_session.starter());
  UndoStrip::offer(this, tr("The starter took the place of your text"),
                   [this, before] { replaceText(before); });
}

void EditorPane::replaceText(const QString& text) {
  if (m_editor->vim()) m_editor->vim()->reset();
  m_editor->selectAll();
  m_editor->replaceSelectedText(text);
  m_editor->setFocus();
}

void EditorPane::showLanguage() {
  m_language->select(QString::fromStdString(m_session.language()));
}

void EditorPane::showText() {
  m_editor->setLanguage(QString::fromStdString(m_session.language()));
  showLanguage();
  if (!m_session.isOpen()) return;
  if (m_editor->vim()) m_editor->vim()->reset();
  const QSignalBlocker blocker(m_editor);
  m_editor->setText(m_session.initialText());
  m_editor->setModified(false);
  say(m_session.hasDraft() ? tr("your draft, restored") : QString());
}

void EditorPane::say(const QString& state) { m_saved->setText(state); }

void EditorPane::setTheme(const plots::Theme& theme) { m_editor->setTheme(theme); }

void EditorPane::makeActions() {
  const auto add = [this](const QString& text, const char* name, const QList<QKeySequence>& keys,
                          auto slot) {
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
    return action;
  };
  const auto zoomBy = [this](int points) { m_editor->setZoom(m_editor->zoom() + points); };
  add(tr("Make the code's type larger"), "zoomIn", {QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")},
      [zoomBy] { zoomBy(1); });
  add(tr("Make the code's type smaller"), "zoomOut", {QKeySequence("Ctrl+-")},
      [zoomBy] { zoomBy(-1); });
  add(tr("Show the code's type at its usual size"), "zoomReset", {QKeySequence("Ctrl+0")},
      [this] { m_editor->setZoom(0); });
  add(tr("Make lines comments, or code again"), "toggleComment", {QKeySequence("Ctrl+/")},
      [this] { m_editor->toggleComment(); });
  add(tr("Complete the word"), "complete", {QKeySequence("Ctrl+Space")},
      [this] { m_editor->completeNow(); });
  add(tr("Reset to the starter"), "resetToStarter", {}, [this] { resetToStarter(); });
  const auto toggles = [this](const char* key) {
    return [this, key] { m_context.setSetting(key, isOn(key) ? "off" : "on"); };
  };
  add(tr("Turn Vim's keys on or off"), "toggleVim", {}, toggles(kVim));
  add(tr("Turn completion while typing on or off"), "toggleCompletion", {}, toggles(kCompletion));
}

void EditorPane::followSettings() {
  connect(m_editor, &CodeEditor::zoomChanged, this, [this](int points) {
    if (zoomWanted() != points) m_context.setSetting(kZoom, QString::number(points));
  });
  connect(&m_context, &present::AppContext::settingChanged, this, &EditorPane::readSetting);
  for (const char* key : {kZoom, kCompletion, kVim}) readSetting(key);
}

bool EditorPane::isOn(const char* key) const {
  return present::preferenceValue(m_context, key) == "on";
}

int EditorPane::zoomWanted() const { return present::preferenceValue(m_context, kZoom).toInt(); }

void EditorPane::readSetting(const QString& key) {
  if (key == kZoom) m_editor->setZoom(zoomWanted());
  if (key == kCompletion) m_editor->setCompletion(isOn(kCompletion));
  if (key == kVim) m_editor->setVim(isOn(kVim));
}

}  // namespace rehearse::gui
