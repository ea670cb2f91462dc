// SPDX-License-Identifier: GPL-3.0-or-later
//
// KeysDialog: every key there is, section by section, from the actions themselves (commands.hpp).
#pragma once

#include <QDialog>

#include "app/gui/commands.hpp"
#include "app/gui/style.hpp"

namespace rehearse::gui {

struct KeySection {
  QString title;
  QList<Command> commands;
};

class KeysDialog : public QDialog {
  Q_OBJECT

 public:
  // Sections without commands are left out.
  KeysDialog(const QList<KeySection>& sections, const Theme& theme, QWidget* parent);
};

}  // namespace rehearse::gui
