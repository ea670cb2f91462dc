// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/first_steps_card.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace rehearse::gui {

FirstStepsCard::FirstStepsCard(const QList<present::FirstStep>& steps, const Theme& theme,
                               QWidget* parent)
    : QWidget(parent) {
  setObjectName("card");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 16, 20, 16);
  column->setSpacing(16);
  auto* top = new QHBoxLayout;
  top->addWidget(label(tr("First steps, two minutes each"), "chapter", this), 1);
  auto* skip = new QPushButton(tr("Skip these"), this);
  skip->setAccessibleName(tr("Skip the first steps"));
  connect(skip, &QPushButton::clicked, this, &FirstStepsCard::skipped);
  top->addWidget(skip);
  column->addLayout(top);
  for (const present::FirstStep& step : steps) {
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    auto* mark = new QLabel(this);
    mark->setPixmap(icon(step.done ? "check" : "open", step.done ? theme.ok : theme.muted)
                        .pixmap(QSize(20, 20), devicePixelRatioF()));
    mark->setAccessibleName(step.done ? tr("Done") : tr("Not done yet"));
    auto* text = new QVBoxLayout;
    text->setSpacing(4);
    text->addWidget(label(step.offer.title, "", this));
    text->addWidget(
        label(step.done ? tr("Done.") : step.offer.sentence, step.done ? "ok" : "muted", this));
    auto* go = new QPushButton(step.offer.button, this);
    go->setAccessibleName(QString("%1: %2").arg(step.offer.button, step.offer.title));
    if (!step.done && !m_next) {
      go->setObjectName("primary");
      m_next = go;
    }
    connect(go, &QPushButton::clicked, this, [this, offer = step.offer] { emit taken(offer); });
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addLayout(text, 1);
    row->addWidget(go, 0, Qt::AlignVCenter);
    column->addLayout(row);
  }
  column->addWidget(label(tr("After them this page shows what is due, what you left unfinished, "
                             "and the day's set of drills."),
                          "muted", this));
}

}  // namespace rehearse::gui
