// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/challenge_card.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>

#include "app/present/challenge_text.hpp"

namespace rehearse::gui {

ChallengeCard::ChallengeCard(const QString& task, QWidget* parent)
    : QWidget(parent),
      m_time(new QLabel("0:00", this)),
      m_verdict(new QLabel(this)),
      m_goals(new QVBoxLayout),
      m_submit(new QPushButton(tr("Submit"), this)),
      m_tick(new QTimer(this)) {
  setObjectName("card");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 16, 20, 16);
  auto* top = new QHBoxLayout;
  auto* text = new QLabel(tr("Challenge: %1").arg(task), this);
  text->setObjectName("chapter");
  text->setWordWrap(true);
  m_time->setObjectName("clock");
  auto* close = new QPushButton(tr("Leave"), this);
  m_submit->setObjectName("primary");
  m_submit->setToolTip(tr("Check the goals on the run you see (Ctrl+Enter)"));
  m_submit->setShortcut(QKeySequence("Ctrl+Return"));
  m_time->setAccessibleName(tr("Time since the challenge began"));
  close->setToolTip(tr("Leave the challenge; the knobs stay as they are"));
  top->addWidget(text, 1);
  top->addWidget(m_time);
  top->addWidget(close);
  top->addWidget(m_submit);
  column->addLayout(top);
  auto* how = new QLabel(tr("Move the knobs until you believe it holds, then submit. The goals are "
                            "checked on the run you see."),
                         this);
  how->setObjectName("muted");
  how->setWordWrap(true);
  column->addWidget(how);
  m_verdict->setObjectName("ok");
  m_verdict->hide();
  column->addWidget(m_verdict);
  column->addLayout(m_goals);
  m_tick->setInterval(1000);
  connect(m_tick, &QTimer::timeout, this, [this] {
    m_time->setText(QString("%1:%2").arg(seconds() / 60).arg(seconds() % 60, 2, 10, QChar('0')));
  });
  connect(m_submit, &QPushButton::clicked, this, &ChallengeCard::submitted);
  connect(close, &QPushButton::clicked, this, &ChallengeCard::closed);
}

void ChallengeCard::start() {
  while (QLayoutItem* item = m_goals->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  m_verdict->hide();
  m_clock.start();
  m_tick->start();
  m_time->setText("0:00");
}

void ChallengeCard::stop() { m_tick->stop(); }

void ChallengeCard::setReady(bool ready) { m_submit->setEnabled(ready); }

bool ChallengeCard::judge(const plan::Run& run) {
  while (QLayoutItem* item = m_goals->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  bool all = !run.goals.empty();
  for (const plan::Check& goal : run.goals) {
    const bool held = goal.state == plan::Check::State::held;
    all = all && held;
    auto* line = new QLabel(present::goalLine(goal), this);
    line->setObjectName(held ? "ok" : "bad");
    line->setWordWrap(true);
    m_goals->addWidget(line);
    if (held || goal.expectation.because.empty()) continue;
    auto* because = new QLabel(
        tr("Why it is asked: %1").arg(QString::fromStdString(goal.expectation.because)), this);
    because->setObjectName("muted");
    because->setWordWrap(true);
    m_goals->addWidget(because);
  }
  m_verdict->setText(present::verdictLine(run.goals, seconds()));
  m_verdict->setObjectName(all ? "ok" : "bad");
  m_verdict->style()->unpolish(m_verdict);
  m_verdict->style()->polish(m_verdict);
  m_verdict->show();
  if (all) stop();
  return all;
}

}  // namespace rehearse::gui
