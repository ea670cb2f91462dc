// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/probability_strip.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "app/gui/style.hpp"

namespace rehearse::gui {
namespace {

constexpr int kPercent[] = {50, 60, 70, 80, 90, 95, 99};

}  // namespace

ProbabilityStrip::ProbabilityStrip(QWidget* parent) : QWidget(parent) {
  setObjectName("bar");
  setAttribute(Qt::WA_StyledBackground);
  setAccessibleName(tr("How sure are you that this is accepted?"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(24, 8, 24, 8);
  row->setSpacing(4);
  auto* question = new QLabel(tr("How sure are you that this is accepted?"), this);
  row->addWidget(question);
  row->addSpacing(12);
  int number = 0;
  for (const int percent : kPercent) {
    const QString key = QString::number(++number);
    auto* choice = new QPushButton(tr("%1 %").arg(percent), this);
    choice->setToolTip(tr("%1 of 100 such submissions are accepted (%2)").arg(percent).arg(key));
    choice->setAccessibleName(tr("%1 percent sure").arg(percent));
    connect(choice, &QPushButton::clicked, this, [this, percent] { answer(percent / 100.0); });
    row->addWidget(choice);
    m_choices.append(choice);
    auto* action = new QAction(tr("Submit, %1 percent sure").arg(percent), this);
    action->setObjectName(QString("sure%1").arg(percent));
    action->setShortcut(QKeySequence(key));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, choice, &QPushButton::click);
    addAction(action);
  }
  row->addStretch(1);
  auto* keys = new QLabel(tr("Keys 1 to 7"), this);
  keys->setObjectName("label");
  row->addWidget(keys);
  auto* skipped = new QPushButton(tr("Skip"), this);
  skipped->setToolTip(tr("Submits without an answer (Esc)"));
  connect(skipped, &QPushButton::clicked, this, &ProbabilityStrip::skip);
  row->addWidget(skipped);
  auto* action = new QAction(tr("Submit without saying how sure"), this);
  action->setObjectName("skipProbability");
  connect(action, &QAction::triggered, this, &ProbabilityStrip::skip);
  addAction(action);
  withdraw();
}

void ProbabilityStrip::ask() {
  show();
  for (QAction* action : actions()) action->setEnabled(true);
  m_choices[3]->setFocus(Qt::ShortcutFocusReason);
}

void ProbabilityStrip::skip() { answer({}); }

void ProbabilityStrip::withdraw() {
  hide();
  for (QAction* action : actions()) action->setEnabled(false);
}

void ProbabilityStrip::answer(std::optional<double> probability) {
  if (!isVisible()) return;
  withdraw();
  emit answered(probability);
}

}  // namespace rehearse::gui
