// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/drill_text.hpp"

#include <QDateTime>
#include <QObject>
#include <QRegularExpression>
#include <QStringList>

#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

// A code block that no backtick of the content can close.
QString codeBlock(const QString& code) {
  QString fence = "```";
  while (code.contains(fence)) fence += '`';
  return fence + "\n" + code + "\n" + fence + "\n\n";
}

QString argumentsText(const std::vector<judge::Value>& values,
                      const std::vector<judge::Parameter>& parameters) {
  QStringList shown;
  for (std::size_t i = 0; i < values.size() && i < parameters.size(); ++i)
    shown.append(qs(judge::show(values[i], parameters[i].type, 400)));
  return shown.join(", ");
}

QString callText(const judge::Callable& callable, const std::vector<judge::Value>& arguments) {
  return QString("%1(%2)").arg(qs(callable.name), argumentsText(arguments, callable.parameters));
}

QString exampleText(const judge::Signature& signature, const judge::Example& example) {
  const QString first = callText(signature.function, example.input.args);
  if (!signature.is_class)
    return first + "\n→ " + qs(judge::show(example.result, signature.function.result, 800));
  QStringList lines = {first};
  const lua::Table* results = example.result.table();
  for (std::size_t i = 0; i < example.input.calls.size(); ++i) {
    const judge::Call& call = example.input.calls[i];
    const judge::Callable* method = signature.method(call.method);
    if (!method) continue;
    QString line = callText(*method, call.args);
    if (method->result.kind != judge::Type::Kind::nothing && results && i < results->array.size())
      line += "  → " + qs(judge::show(results->array[i], method->result, 400));
    lines.append(line);
  }
  return lines.join('\n');
}

QString growthWords(const judge::Drill& drill) {
  const auto how = [](const std::string& claim) {
    return claim == "1" ? QObject::tr("must not grow with n")
                        : QObject::tr("may grow like %1, not faster").arg(qs(claim));
  };
  QStringList sentences;
  if (!drill.growth.time.empty())
    sentences.append(QObject::tr("Work %1.").arg(how(drill.growth.time)));
  if (!drill.growth.memory.empty())
    sentences.append(QObject::tr("Memory %1.").arg(how(drill.growth.memory)));
  if (!sentences.isEmpty())
    sentences.append(QObject::tr("Submit measures both on growing inputs."));
  return sentences.join(' ');
}

}  // namespace

QString statementMarkdown(const judge::Drill& drill) {
  QString text = qs(drill.statement).trimmed() + "\n\n" +
                 codeBlock(qs(judge::to_text(drill.signature)).trimmed());
  int number = 0;
  for (const judge::Example& example : drill.examples) {
    text += drill.examples.size() == 1 ? QObject::tr("**Example**\n\n")
                                       : QObject::tr("**Example %1**\n\n").arg(++number);
    text += codeBlock(exampleText(drill.signature, example));
    if (!example.note.empty()) text += qs(example.note) + "\n\n";
  }
  text += QObject::tr("**Limits.** %1 ms of processor time and %2 MB a case. ")
              .arg(drill.limits.time_ms)
              .arg(drill.limits.memory_mb);
  return text + growthWords(drill) + "\n\n";
}

QString debriefMarkdown(const judge::Drill& drill) {
  QString text;
  if (!drill.explain.empty())
    text += QObject::tr("\n\n### Why it works\n\n") + qs(drill.explain).trimmed() + "\n\n";
  if (!drill.follow_ups.empty()) text += QObject::tr("\n\n### Asked next\n\n");
  for (const judge::FollowUp& next : drill.follow_ups)
    text += QString("**%1**\n\n%2\n\n").arg(qs(next.ask).trimmed(), qs(next.answer).trimmed());
  return text;
}

QString minutesText(qint64 seconds) {
  const QString sign = seconds < 0 ? QStringLiteral("−") : QString();
  seconds = std::abs(seconds);
  const QString tail = QString("%1").arg(seconds % 60, 2, 10, QChar('0'));
  if (seconds < 3600) return sign + QString("%1:%2").arg(seconds / 60).arg(tail);
  return sign + QString("%1:%2:%3")
                    .arg(seconds / 3600)
                    .arg(seconds / 60 % 60, 2, 10, QChar('0'))
                    .arg(tail);
}

AttemptLine attemptLine(const practice::Attempt& attempt) {
  AttemptLine line;
  const QDateTime when = QDateTime::fromSecsSinceEpoch(attempt.submitted_at);
  const bool today = when.date() == QDate::currentDate();
  const QLocale english(QLocale::English);
  line.when = english.toString(when, today ? "HH:mm" : "d MMM HH:mm");
  line.day = english.toString(when, today ? "HH:mm" : "d MMM");
  const auto verdict = judge::verdict_from_code(attempt.verdict);
  line.verdict = verdict ? QString(judge::verdict_words(*verdict)) : qs(attempt.verdict);
  if (attempt.reason == "growth") line.verdict += QObject::tr(" (growth)");
  line.cases = QString("%1 / %2").arg(attempt.passed).arg(attempt.total);
  line.time = minutesText(attempt.elapsed_s);
  line.text = qs(attempt.text);
  line.accepted = attempt.accepted();
  return line;
}

QString attemptDetails(const practice::Attempt& attempt) {
  QString clock = attempt.kind == "grade"   ? QObject::tr("From the command line.")
                  : attempt.mode == "timed" ? QObject::tr("Timed.")
                                            : QObject::tr("Practice.");
  QStringList pauses;
  for (const practice::Pause& pause : attempt.pauses)
    pauses.append(QObject::tr("%1 to %2").arg(minutesText(pause.from_s), minutesText(pause.to_s)));
  if (!pauses.isEmpty()) clock = QObject::tr("Practice, paused from %1.").arg(pauses.join(", "));
  QStringList parts = {clock};
  if (attempt.hints > 0)
    parts.append(attempt.hints == 1 ? QObject::tr("1 hint.")
                                    : QObject::tr("%1 hints.").arg(attempt.hints));
  if (attempt.stated) parts.append(QObject::tr("%1 % sure.").arg(qRound(100 * *attempt.stated)));
  return parts.join(' ');
}

QString attemptHead(const practice::Attempt& attempt) {
  const AttemptLine line = attemptLine(attempt);
  return QObject::tr("%1, %2, %3, after %4").arg(line.when, line.verdict, line.cases, line.time);
}

int errorLine(const judge::SubmissionReport& report) {
  static const QRegularExpression place(R"(:(\d+):)");
  QStringList messages;
  if (report.first_failure) messages.append(qs(report.first_failure->message));
  messages.append(qs(report.message));
  for (const QString& message : messages)
    if (const auto match = place.match(message); match.hasMatch()) return match.captured(1).toInt();
  return 0;
}

}  // namespace rehearse::present
