// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/keys_dialog.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "app/gui/page.hpp"

namespace rehearse::gui {
namespace {

QWidget* sectionCard(const KeySection& section, QWidget* parent) {
  auto* card = new QWidget(parent);
  card->setObjectName("card");
  card->setAttribute(Qt::WA_StyledBackground);
  auto* grid = new QGridLayout(card);
  grid->setContentsMargins(20, 16, 20, 16);
  grid->setHorizontalSpacing(24);
  grid->setVerticalSpacing(8);
  grid->setColumnStretch(0, 1);
  grid->addWidget(label(section.title, "chapter", card), 0, 0, 1, 2);
  int row = 0;
  for (const Command& command : section.commands) {
    ++row;
    QLabel* what = label(command.title, "", card);
    QLabel* keys = label(command.keysText(), "mono", card);
    keys->setWordWrap(false);
    keys->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    what->setAccessibleName(QString("%1: %2").arg(command.title, command.keysText()));
    grid->addWidget(what, row, 0);
    grid->addWidget(keys, row, 1);
  }
  return card;
}

}  // namespace

KeysDialog::KeysDialog(const QList<KeySection>& sections, const Theme& theme, QWidget* parent)
    : QDialog(parent) {
  setWindowTitle(tr("Keys"));
  setStyleSheet(gui::styleSheet(theme));
  auto* body = new QWidget;
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(24, 24, 24, 8);
  column->setSpacing(12);
  column->addWidget(label(tr("Keys"), "page", body));
  column->addWidget(label(tr("Every action is in the palette too: Ctrl+Shift+P, then a few of its "
                             "letters."),
                          "muted", body));
  for (const KeySection& section : sections)
    if (!section.commands.isEmpty()) column->addWidget(sectionCard(section, body));
  column->addStretch(1);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 16);
  QScrollArea* scroll = scrolledPart(tr("Keys"), body, this);
  whole->addWidget(scroll, 1);
  auto* close = new QPushButton(tr("Close"), this);
  close->setObjectName("primary");
  close->setToolTip(tr("Close (Esc)"));
  connect(close, &QPushButton::clicked, this, &QDialog::accept);
  auto* foot = new QHBoxLayout;
  foot->setContentsMargins(24, 8, 24, 0);
  foot->addStretch(1);
  foot->addWidget(close);
  whole->addLayout(foot);
  resize(600, 560);
  scroll->setFocus();
}

}  // namespace rehearse::gui
