// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/question_view.hpp"

#include <QButtonGroup>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

#include "app/gui/card_text.hpp"
#include "app/practice/card_library.hpp"
#include "app/present/qt_text.hpp"
#include "app/present/study_session.hpp"

namespace rehearse::gui {

using present::qs;
namespace {

using Kind = practice::Question::Kind;

// Items of an ordering question in an order that does not give the answer away, the same each time.
std::vector<std::string> mixed(std::vector<std::string> items) {
  const std::vector<std::string> right = items;
  std::sort(items.begin(), items.end());
  if (items == right) std::reverse(items.begin(), items.end());
  return items;
}

QString promptMarkdown(const practice::Question& question) {
  QString text = qs(question.prompt);
  if (question.kind != Kind::order) return text;
  for (const std::string& item : mixed(question.items)) text += "\n\n- " + qs(item);
  return text + QObject::tr("\n\nPut these in order, then look.");
}

}  // namespace

QuestionView::QuestionView(const practice::CardLibrary& library, QWidget* parent)
    : QWidget(parent),
      m_library(library),
      m_number(new QLabel(this)),
      m_verdict(new QLabel(this)),
      m_answerTitle(new QLabel(tr("Answer"), this)),
      m_prompt(new CardText(library, this)),
      m_answer(new CardText(library, this)),
      m_typed(new QLineEdit(this)),
      m_column(new QVBoxLayout(this)) {
  m_column->setContentsMargins(0, 0, 0, 0);
  m_column->setSpacing(8);
  m_number->setObjectName("label");
  m_answerTitle->setObjectName("label");
  m_verdict->setWordWrap(true);
  m_typed->setPlaceholderText(tr("Your number, then Enter"));
  m_typed->setAccessibleName(tr("Your answer, a number"));
  m_typed->setMaximumWidth(260);
  m_prompt->setAccessibleName(tr("Question"));
  m_answer->setAccessibleName(tr("Answer"));
  for (CardText* text : {m_prompt, m_answer}) text->setFitting(true);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_number, m_prompt, m_typed, m_verdict,
                                                         m_answerTitle, m_answer})
    m_column->addWidget(widget);
  connect(m_typed, &QLineEdit::returnPressed, this, &QuestionView::answered);
}

void QuestionView::setTheme(const Theme& theme) {
  m_prompt->setTheme(theme);
  m_answer->setTheme(theme);
}

void QuestionView::setQuestion(const practice::Question* question, int number, int count) {
  setVisible(question != nullptr);
  if (question && count > 0) m_number->setText(tr("Question %1 of %2").arg(number).arg(count));
  if (question == m_question) return;
  m_question = question;
  m_typed->clear();
  delete m_options;
  m_options = nullptr;
  m_group = nullptr;
  if (!question) return;
  m_prompt->setBody(present::withFormulas(promptMarkdown(*question), m_library));
  m_answer->setBody(present::withFormulas(qs(practice::answer_markdown(*question)), m_library));
  m_typed->setVisible(question->kind == Kind::numeric);
  if (question->kind == Kind::choice) makeOptions();
  setRevealed(false);
}

void QuestionView::makeOptions() {
  m_options = new QWidget(this);
  m_options->setAccessibleName(tr("Options"));
  auto* rows = new QVBoxLayout(m_options);
  rows->setContentsMargins(0, 0, 0, 0);
  m_group = new QButtonGroup(m_options);
  for (std::size_t i = 0; i < m_question->options.size(); ++i) {
    auto* option = new QRadioButton(qs(m_question->options[i]).remove('`'), m_options);
    m_group->addButton(option, static_cast<int>(i));
    rows->addWidget(option);
  }
  m_column->insertWidget(m_column->indexOf(m_typed), m_options);
}

QString QuestionView::verdict(bool& right) const {
  if (m_question->kind == Kind::numeric && !m_typed->text().trimmed().isEmpty()) {
    const auto check = present::checkNumber(*m_question, m_typed->text());
    if (!check.readable)
      return tr("“%1” is not a number; 0.25, 25 % and 1/4 all are.").arg(m_typed->text());
    right = check.right;
    return check.right ? tr("Right.") : tr("Not right: you said %1.").arg(check.value);
  }
  if (m_question->kind == Kind::choice && m_group && m_group->checkedId() >= 0) {
    right = m_group->checkedId() == m_question->right;
    return right ? tr("Right.") : tr("Not right.");
  }
  return {};
}

void QuestionView::setRevealed(bool revealed) {
  if (!m_question) return;
  bool right = false;
  m_verdict->setText(revealed ? verdict(right) : QString());
  m_verdict->setObjectName(right ? "ok" : "bad");
  m_verdict->style()->unpolish(m_verdict);
  m_verdict->style()->polish(m_verdict);
  m_verdict->setVisible(!m_verdict->text().isEmpty());
  m_answerTitle->setVisible(revealed);
  m_answer->setVisible(revealed);
  m_typed->setReadOnly(revealed);
  if (m_options) m_options->setEnabled(!revealed);
}

bool QuestionView::takesInput() const {
  if (!m_question) return false;
  return m_question->kind == Kind::numeric || (m_group && !m_group->buttons().isEmpty());
}

bool QuestionView::focusAnswer() {
  if (!takesInput()) return false;
  if (m_question->kind == Kind::numeric)
    m_typed->setFocus();
  else
    m_group->buttons().first()->setFocus();
  return true;
}

}  // namespace rehearse::gui
