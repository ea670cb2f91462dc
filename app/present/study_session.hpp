// SPDX-License-Identifier: GPL-3.0-or-later
//
// StudySession: the cards that are due, one at a time, and one question of a card after the other.
// An answer is out of sight until it is asked for; after the last one the card is graded. No
// widgets: the page only shows what stands here.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <array>
#include <optional>

#include "app/practice/reviews.hpp"

namespace rehearse::present {

class AppContext;

// What a typed number is worth: unreadable, right, or off by so much.
struct NumericCheck {
  bool readable = false, right = false;
  double value = 0;
};
// Reads "0.25", "1e-3", "25 %" (a hundredth) and "1/4"; the answer's tolerance is absolute.
NumericCheck checkNumber(const practice::Question& question, const QString& typed);

// Markdown with `{{formula:name}}` turned into pictures `formula:name` with their alternative text,
// or into TeX where a formula has no picture.
QString withFormulas(const QString& markdown, const practice::CardLibrary& library);

// The sections under their headings.
QString cardMarkdown(const practice::Card& card, const practice::CardLibrary& library);

// The whole card under its title, with its questions, their answers, and links `card:ID`.
QString readingMarkdown(const practice::Card& card, const practice::CardLibrary& library);

class StudySession : public QObject {
  Q_OBJECT

 public:
  explicit StudySession(AppContext& context, QObject* parent = nullptr);

  // Reads the queue anew; stays on the card in front while it is still due.
  void refresh();
  // From now on only cards of this topic; empty: all again.
  void studyDeck(const QString& topic);
  const QString& deck() const { return m_deck; }
  // Null when nothing is due.
  const practice::QueueEntry* current() const;
  std::size_t dueCount() const { return m_queue.due.size(); }
  std::size_t waitingCount() const { return m_queue.waiting; }
  // "in 10 min"; empty when nothing ever is.
  QString nextDueWords() const;

  // Of the card in front: null when it has none left or has none at all.
  const practice::Question* question() const;
  int questionNumber() const { return m_question + 1; }
  int questionCount() const;
  bool revealed() const { return m_revealed; }
  // The answer of the last question is in sight: now the card may be graded.
  bool gradable() const;
  // Shows the answer, or goes to the next question when it is shown already.
  void advance();

  // "10 min", "2 d" for Forgot, Recalled hard, Recalled, Easy.
  std::array<QString, 4> intervals() const;
  // Nothing happens before gradable().
  void grade(practice::Rating rating);
  // Takes back the last review and puts its card in front again.
  void undo();

 signals:
  void changed();
  void undone(const QString& cardTitle);
  void failed(const QString& message);

 private:
  void front(std::size_t index);

  AppContext& m_context;
  practice::Queue m_queue;
  QString m_deck;
  std::size_t m_index = 0;
  int m_question = 0;
  bool m_revealed = false;
  QElapsedTimer m_since;
};

}  // namespace rehearse::present
