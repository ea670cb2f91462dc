// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/setting_row.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "app/gui/style.hpp"

namespace rehearse::gui {

QVBoxLayout* settingColumn(const QString& title, QWidget* card) {
  card->setObjectName("card");
  card->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(card);
  column->setContentsMargins(20, 16, 20, 16);
  column->setSpacing(16);
  column->addWidget(label(title, "chapter", card));
  return column;
}

QHBoxLayout* settingRow(const QString& title, QLabel* sentence, QWidget* control, QWidget* card) {
  auto* row = new QHBoxLayout;
  row->setSpacing(24);
  auto* text = new QVBoxLayout;
  text->setSpacing(4);
  text->addWidget(label(title, "", card));
  text->addWidget(sentence);
  row->addLayout(text, 1);
  row->addWidget(control, 0, Qt::AlignVCenter);
  return row;
}

QHBoxLayout* settingRow(const QString& title, const QString& sentence, QWidget* control,
                        QWidget* card) {
  return settingRow(title, label(sentence, "muted", card), control, card);
}

}  // namespace rehearse::gui
