// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/commands.hpp"

#include <QAbstractButton>
#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>
#include <algorithm>

namespace rehearse::gui {
namespace {

QString plainTitle(QString text) {
  text.remove('&');
  return text.section("  ", 0, 0).trimmed();
}

void add(QList<Command>& commands, const QString& text, const QList<QKeySequence>& keys,
         QObject* what) {
  const QString title = plainTitle(text);
  if (title.isEmpty()) return;
  for (Command& known : commands) {
    if (known.title != title) continue;
    // A button and the action behind it, or one action with two keys, are one thing to do.
    for (const QKeySequence& key : keys)
      if (!known.keys.contains(key)) known.keys.append(key);
    if (!known.enabled()) known.what = what;
    return;
  }
  commands.append({title, keys, what});
}

void addAction(QList<Command>& commands, QAction* action) {
  if (action->isSeparator() || !action->isVisible()) return;
  add(commands, action->text(), action->shortcuts(), action);
}

QMenu* menuOf(const QWidget* widget) {
  if (auto* button = qobject_cast<const QPushButton*>(widget)) return button->menu();
  if (auto* button = qobject_cast<const QToolButton*>(widget)) return button->menu();
  return nullptr;
}

const QWidget* figureAround(const QWidget* widget) {
  while (widget && widget->objectName() != "figure") widget = widget->parentWidget();
  return widget;
}

// What stands in one of many figures is offered where the person is in that figure.
bool belongsElsewhere(const QWidget* widget, const QWidget* focus) {
  const QWidget* figure = figureAround(widget);
  return figure && !(focus && (figure == focus || figure->isAncestorOf(focus)));
}

void addFrom(QList<Command>& commands, const QWidget* widget, CommandScope scope) {
  for (QAction* action : widget->actions()) addAction(commands, action);
  if (const auto* button = qobject_cast<const QAbstractButton*>(widget);
      button && !button->shortcut().isEmpty())
    add(commands, button->text(), {button->shortcut()}, const_cast<QAbstractButton*>(button));
  if (QMenu* menu = menuOf(widget); menu && scope == CommandScope::now)
    for (QAction* action : menu->actions()) addAction(commands, action);
}

}  // namespace

bool Command::enabled() const {
  if (const auto* action = qobject_cast<const QAction*>(what)) return action->isEnabled();
  if (const auto* button = qobject_cast<const QAbstractButton*>(what)) return button->isEnabled();
  return false;
}

void Command::trigger() const {
  if (auto* action = qobject_cast<QAction*>(what))
    action->trigger();
  else if (auto* button = qobject_cast<QAbstractButton*>(what))
    button->click();
}

QString Command::keysText() const {
  QStringList texts;
  for (const QKeySequence& key : keys) texts.append(key.toString(QKeySequence::NativeText));
  return texts.join(", ");
}

QList<Command> ownCommands(const QWidget& widget) {
  QList<Command> commands;
  for (QAction* action : widget.actions()) addAction(commands, action);
  return commands;
}

QList<Command> commandsIn(const QWidget& widget, CommandScope scope, const QWidget* focus) {
  QList<const QWidget*> widgets = {&widget};
  for (const QWidget* inside : widget.findChildren<QWidget*>()) widgets.append(inside);
  QList<Command> commands;
  for (const QWidget* one : widgets) {
    // A menu's actions come with its button.
    if (qobject_cast<const QMenu*>(one) ||
        one->metaObject()->className() == QByteArray("QLineEdit"))
      continue;
    if (scope == CommandScope::now && (!one->isVisible() || belongsElsewhere(one, focus))) continue;
    addFrom(commands, one, scope);
  }
  const auto unwanted = [scope](const Command& command) {
    return scope == CommandScope::now ? !command.enabled() : command.keys.isEmpty();
  };
  commands.removeIf(unwanted);
  return commands;
}

}  // namespace rehearse::gui
