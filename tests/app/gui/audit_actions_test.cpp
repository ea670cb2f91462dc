// SPDX-License-Identifier: GPL-3.0-or-later
//
// The palette and the list of keys show what actions say of themselves; so each must say something.
#include <QAction>
#include <QLineEdit>
#include <QMenu>

#include "tests/app/gui/audited_pages.hpp"

using namespace rehearse;

TEST_CASE("audit: every action says what it does") {
  test::AuditedWindow audited;
  for (const char* name : test::auditedPages()) {
    audited.open(name);
    for (const QWidget* widget : audited.window->findChildren<QWidget*>()) {
      if (qobject_cast<const QLineEdit*>(widget) ||
          qobject_cast<const QLineEdit*>(widget->parentWidget()))
        continue;  // the clear button's own
      for (const QAction* action : widget->actions()) {
        INFO(name << ": " << test::described(widget) << " "
                  << action->shortcut().toString().toStdString());
        CHECK((action->isSeparator() || action->menu() || !action->text().isEmpty()));
      }
    }
  }
}
