// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/study_session.hpp"

#include <QRegularExpression>
#include <cmath>

#include "app/practice/brief_wait.hpp"
#include "app/present/app_context.hpp"
#include "app/present/preferences.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

// A card left open over lunch did not take an hour to recall.
constexpr qint64 kLongestSeconds = 600;

std::optional<double> readNumber(QString text) {
  text = text.trimmed().replace(QChar(0x2212), '-').remove(' ').remove('_');
  double scale = 1;
  if (text.endsWith('%')) {
    scale = 0.01;
    text.chop(1);
  }
  bool ok = false, okBelow = true;
  double value = text.section('/', 0, 0).toDouble(&ok);
  if (text.contains('/')) {
    const double below = text.section('/', 1).toDouble(&okBelow);
    value = below == 0 ? std::nan("") : value / below;
  }
  if (!ok || !okBelow || !std::isfinite(value)) return {};
  return value * scale;
}

QString questionsMarkdown(const practice::Card& card, const practice::CardLibrary& library) {
  QString text;
  if (!card.questions.empty()) text = QObject::tr("## Questions\n\n");
  for (const practice::Question& question : card.questions)
    text +=
        QString("**%1**\n\n%2\n\n")
            .arg(qs(question.prompt).trimmed(), qs(practice::answer_markdown(question)).trimmed());
  return withFormulas(text, library);
}

QString followUpsMarkdown(const practice::Card& card, const practice::CardLibrary& library) {
  QStringList links;
  for (const auto* ids : {&card.prereq, &card.follow_ups})
    for (const std::string& id : *ids)
      if (const practice::Card* other = library.find(id))
        links.append(QString("[%1](card:%2)").arg(qs(other->title), qs(id)));
  return links.isEmpty() ? QString()
                         : QObject::tr("\n\n**Read with it:** %1\n").arg(links.join(" · "));
}

}  // namespace

NumericCheck checkNumber(const practice::Question& question, const QString& typed) {
  const std::optional<double> value = readNumber(typed);
  if (!value) return {};
  // Rounding of the decimal texts must not decide at the edge of the tolerance.
  const double slack = 1e-12 * std::max(1.0, std::abs(question.number));
  return {true, std::abs(*value - question.number) <= question.tolerance + slack, *value};
}

QString withFormulas(const QString& markdown, const practice::CardLibrary& library) {
  static const QRegularExpression mark(R"(\{\{formula:([A-Za-z0-9_-]+)\}\})");
  QString text;
  qsizetype end = 0;
  for (auto it = mark.globalMatch(markdown); it.hasNext();) {
    const auto match = it.next();
    text += markdown.mid(end, match.capturedStart() - end);
    end = match.capturedEnd();
    const auto found = library.formulas().find(match.captured(1).toStdString());
    if (found == library.formulas().end())
      text += QObject::tr("*(the formula `%1` is missing)*").arg(match.captured(1));
    else if (found->second.picture.empty())
      text += "`" + qs(found->second.tex) + "`";
    else
      text += QString("![%1](formula:%2)")
                  .arg(qs(found->second.alt).remove('[').remove(']'), match.captured(1));
  }
  return text + markdown.mid(end);
}

QString cardMarkdown(const practice::Card& card, const practice::CardLibrary& library) {
  QString text;
  for (const auto& [heading, body] : card.sections)
    text += QString("## %1\n\n%2\n\n").arg(qs(heading), withFormulas(qs(body), library));
  return text;
}

QString readingMarkdown(const practice::Card& card, const practice::CardLibrary& library) {
  return QString("# %1\n\n").arg(qs(card.title)) + cardMarkdown(card, library) +
         questionsMarkdown(card, library) + followUpsMarkdown(card, library);
}

StudySession::StudySession(AppContext& context, QObject* parent)
    : QObject(parent), m_context(context) {}

void StudySession::refresh() {
  const practice::Card* before = current() ? current()->card : nullptr;
  auto queue =
      practice::study_queue(m_context.database(), m_context.cards(), practice::system_seconds(),
                            queueLimits(m_context), m_deck.toStdString());
  if (!queue) return emit failed(qs(queue.error().message));
  m_queue = std::move(*queue);
  for (std::size_t i = 0; before && i < m_queue.due.size(); ++i) {
    if (m_queue.due[i].card != before) continue;
    m_index = i;
    return emit changed();
  }
  front(0);
}

void StudySession::studyDeck(const QString& topic) {
  m_deck = topic;
  m_index = m_queue.due.size();
  refresh();
}

void StudySession::front(std::size_t index) {
  m_index = index;
  m_question = 0;
  m_revealed = false;
  m_since.start();
  emit changed();
}

const practice::QueueEntry* StudySession::current() const {
  return m_index < m_queue.due.size() ? &m_queue.due[m_index] : nullptr;
}

QString StudySession::nextDueWords() const {
  if (m_queue.next_due == 0) return {};
  const auto wait = std::max<std::int64_t>(60, m_queue.next_due - practice::system_seconds());
  return tr("in %1").arg(qs(practice::interval_words(wait)));
}

int StudySession::questionCount() const {
  return current() ? static_cast<int>(current()->card->questions.size()) : 0;
}

const practice::Question* StudySession::question() const {
  return m_question < questionCount()
             ? &current()->card->questions[static_cast<std::size_t>(m_question)]
             : nullptr;
}

bool StudySession::gradable() const {
  return current() && m_revealed && m_question + 1 >= questionCount();
}

void StudySession::advance() {
  if (!current() || gradable()) return;
  if (m_revealed) ++m_question;
  m_revealed = !m_revealed;
  emit changed();
}

std::array<QString, 4> StudySession::intervals() const {
  std::array<QString, 4> words;
  if (!current()) return words;
  const std::int64_t now = practice::system_seconds();
  const auto states = practice::preview(current()->memory, now);
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = qs(practice::interval_words(states[i].due - now));
  return words;
}

void StudySession::grade(practice::Rating rating) {
  if (!gradable()) return;
  const qint64 seconds = std::min(kLongestSeconds, m_since.elapsed() / 1000);
  const practice::BriefWait brief(m_context.database());
  const auto state = practice::record_review(m_context.database(), *current()->card, rating,
                                             practice::system_seconds(), seconds);
  if (!state) return emit failed(qs(state.error().message));
  // The card in front is done with; a forgotten one comes back by its due time.
  m_index = m_queue.due.size();
  refresh();
  emit m_context.recorded();
}

void StudySession::undo() {
  const practice::BriefWait brief(m_context.database());
  const auto id = practice::undo_review(m_context.database());
  if (!id) return emit failed(qs(id.error().message));
  if (id->empty()) return;
  m_index = m_queue.due.size();
  refresh();
  const practice::Card* card = m_context.cards().find(*id);
  for (std::size_t i = 0; i < m_queue.due.size(); ++i)
    if (m_queue.due[i].card == card) front(i);
  emit m_context.recorded();
  emit undone(card ? qs(card->title) : qs(*id));
}

}  // namespace rehearse::present
