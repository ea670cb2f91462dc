// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person can do, read from the widgets themselves: every QAction with a text that was added
// to the window or to a page, every action of a button's menu, and every button with a key. Nobody
// registers anything; the palette and the list of keys are both made from this.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QPointer>
#include <QString>

class QWidget;

namespace rehearse::gui {

struct Command {
  QString title;  // without the mark of a mnemonic and the key that some buttons show
  QList<QKeySequence> keys;
  QPointer<QObject> what;  // a QAction or a QAbstractButton

  bool enabled() const;
  void trigger() const;
  QString keysText() const;  // "Ctrl+Return, Ctrl+Enter"
};

// Of this widget's own actions.
QList<Command> ownCommands(const QWidget& widget);
// Of the widget and everything in it. `seen`: only what is in sight and can be done now; what
// belongs to one figure only where `focus` is in it. Otherwise everything that has a key.
enum class CommandScope { now, keys };
QList<Command> commandsIn(const QWidget& widget, CommandScope scope,
                          const QWidget* focus = nullptr);

}  // namespace rehearse::gui
