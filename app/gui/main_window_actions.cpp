// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window itself can do, wherever one is: its actions, the palette, the list of keys.
#include <QAction>
#include <QFileDialog>
#include <QStackedWidget>

#include "app/gui/command_palette.hpp"
#include "app/gui/commands.hpp"
#include "app/gui/keys_dialog.hpp"
#include "app/gui/main_window.hpp"
#include "app/present/app_context.hpp"
#include "app/present/jump_targets.hpp"

namespace rehearse::gui {
namespace {

constexpr const char* kPaletteAction = "palette";

}  // namespace

QKeySequence MainWindow::keyOfPage(const QString& name, int page) {
  return name == "settings" ? QKeySequence("Ctrl+,")
                            : QKeySequence(QString("Ctrl+%1").arg(page + 1));
}

void MainWindow::dressPalette() {
  if (m_palette) m_palette->setTheme(*m_theme);
}

void MainWindow::addKey(const QString& name, const QString& text, const QKeySequence& key,
                        const std::function<void()>& act) {
  auto* action = new QAction(text, this);
  action->setObjectName(name);
  action->setShortcut(key);
  connect(action, &QAction::triggered, this, act);
  addAction(action);
}

void MainWindow::makeKeys() {
  addKey(kPaletteAction, tr("Find an action or a place"), QKeySequence("Ctrl+Shift+P"),
         [this] { togglePalette(); });
  for (int page = 0; page < m_pages.size(); ++page)
    addKey("open_" + m_names[page], tr("Go to %1").arg(m_titles[page]),
           keyOfPage(m_names[page], page), [this, page] { showPage(page); });
  addKey("open_files_of_yours", tr("Open a table of yours"), QKeySequence("Ctrl+O"),
         [this] { chooseFiles(); });
  addKey("theme", tr("Switch between light and dark"), QKeySequence("Ctrl+T"),
         [this] { setThemeByName(m_theme->dark ? "light" : "dark"); });
  addKey("keys", tr("Show the keys"), QKeySequence("F1"), [this] { showKeys(); });
  addKey("leave", tr("Leave Rehearse"), QKeySequence("Ctrl+Q"), [this] { close(); });
}

void MainWindow::chooseFiles() {
  const QStringList paths =
      QFileDialog::getOpenFileNames(this, tr("Open a table of yours"), {},
                                    tr("Tables (*.csv *.tsv *.jsonl *.ndjson);;All files (*)"));
  if (!paths.isEmpty()) showFiles(paths);
}

void MainWindow::showKeys() {
  QList<KeySection> sections = {{tr("Everywhere"), ownCommands(*this)}};
  for (qsizetype page = 0; page < m_pages.size(); ++page)
    sections.append({m_titles[page], commandsIn(*m_pages[page], CommandScope::keys)});
  KeysDialog(sections, *m_theme, this).exec();
}

void MainWindow::togglePalette() {
  if (m_palette && m_palette->isVisible()) return m_palette->dismiss();
  if (!m_palette) {
    m_palette = new CommandPalette(this);
    m_targets = new present::JumpTargets(m_context, this);
    connect(m_targets, &present::JumpTargets::changed, this, [this] {
      if (m_palette->isVisible()) fillPalette();
    });
  }
  m_palette->setTheme(*m_theme);
  fillPalette();
  m_targets->readTitles();
}

// What can be done on this page, then what can be done anywhere, then where one can go.
void MainWindow::fillPalette() {
  QList<CommandPalette::Choice> choices;
  const QString here = m_titles[m_stack->currentIndex()];
  const auto offer = [&choices](const QList<Command>& commands, const QString& where) {
    for (const Command& command : commands)
      if (command.what->objectName() != kPaletteAction)
        choices.append(
            {{command.title, where, command.keysText()}, [command] { command.trigger(); }});
  };
  offer(commandsIn(*m_pages[m_stack->currentIndex()], CommandScope::now, m_palette->focusBefore()),
        here);
  offer(ownCommands(*this), tr("Everywhere"));
  for (const present::JumpTarget& target : m_targets->all())
    choices.append({{target.title, target.detail, {}, target.link.section(':', 1).section('/', -1)},
                    [this, link = target.link] { followLink(link); }});
  m_palette->offer(choices);
}

}  // namespace rehearse::gui
