// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/review_view.hpp"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include "app/gui/card_text.hpp"
#include "app/gui/question_view.hpp"
#include "app/present/app_context.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::gui {

using present::qs;

ReviewView::ReviewView(present::AppContext& context, present::StudySession& session,
                       QWidget* parent)
    : QWidget(parent), m_context(context), m_session(session) {
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  split->addWidget(makeProse(split));
  split->addWidget(makeQuestion(split));
  split->setStretchFactor(0, 1);
  split->setStretchFactor(1, 1);
  split->setSizes({600, 600});
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(split);
  connect(m_question, &QuestionView::answered, this, [this] {
    if (!m_session.revealed()) m_session.advance();
  });
}

QWidget* ReviewView::makeProse(QWidget* parent) {
  auto* left = new QWidget(parent);
  auto* prose = new QVBoxLayout(left);
  prose->setContentsMargins(24, 20, 16, 16);
  prose->setSpacing(12);
  m_changed = label({}, "muted", left);
  m_text = new CardText(m_context.cards(), left);
  m_text->setAccessibleName(tr("The card"));
  const auto button = [left](const QString& text, const QString& name, const QString& tip) {
    auto* made = new QPushButton(text, left);
    made->setAccessibleName(name);
    made->setToolTip(tip);
    return made;
  };
  m_read =
      button(tr("Read the card  R"), tr("Read the card"), tr("Its text, before the answer (R)"));
  m_bury = button(tr("Not today"), tr("Bury this card until tomorrow"),
                  tr("It is asked again tomorrow (Ctrl+B)"));
  m_suspend = button(tr("Suspend"), tr("Suspend this card"),
                     tr("It is not asked until you put it back, in All cards (Ctrl+Shift+B)"));
  connect(m_read, &QPushButton::clicked, this, [this] {
    m_reading = true;
    showState();
  });
  connect(m_bury, &QPushButton::clicked, this, [this] {
    if (m_shown) emit buryWanted(qs(m_shown->id));
  });
  connect(m_suspend, &QPushButton::clicked, this, [this] {
    if (m_shown) emit suspendWanted(qs(m_shown->id));
  });
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(m_read);
  row->addStretch(1);
  row->addWidget(m_bury);
  row->addWidget(m_suspend);
  prose->addWidget(m_changed);
  prose->addWidget(m_text, 1);
  prose->addLayout(row);
  return left;
}

QWidget* ReviewView::makeQuestion(QWidget* parent) {
  auto* right = new QWidget(parent);
  right->setObjectName("surface");
  right->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* body = new QWidget;
  body->setObjectName("surface");
  auto* rows = new QVBoxLayout(body);
  rows->setContentsMargins(24, 20, 24, 16);
  m_question = new QuestionView(m_context.cards(), body);
  rows->addWidget(m_question);
  rows->addStretch(1);
  auto* scroll = new QScrollArea(right);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(body);
  column->addWidget(scroll, 1);
  column->addWidget(makeGrades(right));
  return right;
}

QWidget* ReviewView::makeGrades(QWidget* parent) {
  auto* foot = new QWidget(parent);
  auto* column = new QVBoxLayout(foot);
  column->setContentsMargins(24, 12, 24, 20);
  m_next = new QPushButton(foot);
  m_next->setObjectName("primary");
  m_next->setMinimumHeight(36);
  connect(m_next, &QPushButton::clicked, &m_session, &present::StudySession::advance);
  m_grades = new QWidget(foot);
  m_grades->setAccessibleName(tr("How well did you recall it?"));
  auto* rows = new QVBoxLayout(m_grades);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(8);
  rows->addWidget(
      label(tr("How well did you recall it? Forgot means forgot, however close it felt."), "label",
            m_grades));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  for (int key = 1; key <= 4; ++key) {
    const auto i = static_cast<std::size_t>(key - 1);
    const QString name = practice::rating_label(static_cast<practice::Rating>(key));
    auto* cell = new QVBoxLayout;
    cell->setSpacing(4);
    m_gradeButtons[i] = new QPushButton(QString("%1  %2").arg(name).arg(key), m_grades);
    m_gradeButtons[i]->setMinimumHeight(36);
    m_intervals[i] = label({}, "label", m_grades);
    m_intervals[i]->setWordWrap(false);
    m_intervals[i]->setAlignment(Qt::AlignHCenter);
    connect(m_gradeButtons[i], &QPushButton::clicked, this, [this, key] { grade(key); });
    cell->addWidget(m_gradeButtons[i]);
    cell->addWidget(m_intervals[i]);
    row->addLayout(cell, 1);
  }
  rows->addLayout(row);
  column->addWidget(m_next);
  column->addWidget(m_grades);
  return foot;
}

void ReviewView::goOn() {
  if (auto* button = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
      button && button != m_next)
    return button->click();
  m_session.advance();
}

void ReviewView::confirm() {
  m_session.question() && !m_session.revealed() ? m_session.advance() : goOn();
}

void ReviewView::readCard() {
  if (m_read->isVisible()) m_read->click();
}

void ReviewView::grade(int key) {
  if (!m_session.gradable()) return;
  const auto rating = static_cast<practice::Rating>(key);
  emit graded(qs(m_session.current()->card->title), practice::rating_label(rating));
  m_session.grade(rating);
}

void ReviewView::showState() {
  showCard(*m_session.current());
  showQuestion();
}

void ReviewView::showCard(const practice::QueueEntry& entry) {
  const practice::Card& card = *entry.card;
  if (m_shown != &card) m_reading = entry.fresh;
  m_shown = &card;
  if (m_session.gradable()) m_reading = true;
  m_changed->setVisible(entry.changed);
  m_changed->setText(card.changed.empty()
                         ? tr("Changed since you last saw it.")
                         : tr("Changed since you last saw it: %1").arg(qs(card.changed)));
  m_text->setBody(m_reading ? present::cardMarkdown(card, m_context.cards())
                            : tr("*You have met this card before. Answer first; its text comes "
                                 "after the last answer, or with R.*"));
  m_read->setVisible(!m_reading);
}

void ReviewView::showQuestion() {
  const practice::Question* question = m_session.question();
  const bool gradable = m_session.gradable();
  m_question->setQuestion(question, m_session.questionNumber(), m_session.questionCount());
  m_question->setRevealed(m_session.revealed());
  m_grades->setVisible(gradable);
  m_next->setVisible(!gradable);
  m_next->setText(
      m_session.revealed() ? tr("Next question  Space")
      : question ? tr("Show answer  %1").arg(m_question->takesInput() ? tr("Enter") : tr("Space"))
                 : tr("I have recalled it  Space"));
  m_next->setAccessibleName(m_next->text().section("  ", 0, 0));
  if (gradable) {
    const auto words = m_session.intervals();
    for (std::size_t i = 0; i < words.size(); ++i) {
      m_intervals[i]->setText(words[i]);
      m_gradeButtons[i]->setAccessibleName(
          tr("%1, again in %2")
              .arg(practice::rating_label(static_cast<practice::Rating>(i + 1)), words[i]));
    }
    m_gradeButtons[2]->setFocus(Qt::OtherFocusReason);
  } else if (m_session.revealed() || !m_question->focusAnswer()) {
    m_next->setFocus(Qt::OtherFocusReason);
  }
}

void ReviewView::setTheme(const Theme& theme) {
  m_text->setTheme(theme);
  m_question->setTheme(theme);
}

}  // namespace rehearse::gui
