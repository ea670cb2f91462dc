// SPDX-License-Identifier: GPL-3.0-or-later
//
// QuestionView: one question of a card and, once it is asked for, its answer. A numeric question
// takes a typed number and says whether it is right; a choice takes an option; the others are
// answered aloud or on paper.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"
#include "app/practice/card.hpp"

class QButtonGroup;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace rehearse::practice {
class CardLibrary;
}

namespace rehearse::gui {

class CardText;

class QuestionView : public QWidget {
  Q_OBJECT

 public:
  explicit QuestionView(const practice::CardLibrary& library, QWidget* parent = nullptr);

  // Null clears the view. A question other than the one shown starts without an answer.
  void setQuestion(const practice::Question* question, int number, int count);
  void setRevealed(bool revealed);
  void setTheme(const Theme& theme);
  // An answer is typed or picked.
  bool takesInput() const;
  // Puts the focus there; false where nothing is typed or picked.
  bool focusAnswer();

 signals:
  // Enter in the field of a typed answer.
  void answered();

 private:
  void makeOptions();
  QString verdict(bool& right) const;

  const practice::CardLibrary& m_library;
  const practice::Question* m_question = nullptr;
  QLabel *m_number, *m_verdict, *m_answerTitle;
  CardText *m_prompt, *m_answer;
  QLineEdit* m_typed;
  QWidget* m_options = nullptr;
  QButtonGroup* m_group = nullptr;
  QVBoxLayout* m_column;
};

}  // namespace rehearse::gui
