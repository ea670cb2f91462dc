// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/week.hpp"

#include <QLocale>
#include <QObject>
#include <QStringList>
#include <set>

namespace rehearse::present {
namespace {

// The reader's own day: times are seconds UTC.
QDate dateOf(std::int64_t seconds, const ProgressInput& input) {
  constexpr std::int64_t kSecondsOfADay = 86400;
  const std::int64_t local = seconds + input.utcOffsetSeconds;
  const std::int64_t days = local / kSecondsOfADay - (local % kSecondsOfADay < 0 ? 1 : 0);
  return QDate(1970, 1, 1).addDays(days);
}

QString doneWords(int submissions, int reviews, int designs) {
  QStringList parts;
  if (submissions > 0)
    parts.append(submissions == 1 ? QObject::tr("1 submission")
                                  : QObject::tr("%1 submissions").arg(submissions));
  if (reviews > 0)
    parts.append(reviews == 1 ? QObject::tr("1 card") : QObject::tr("%1 cards").arg(reviews));
  if (designs > 0)
    parts.append(designs == 1 ? QObject::tr("1 challenge")
                              : QObject::tr("%1 challenges").arg(designs));
  return parts.isEmpty() ? QObject::tr("nothing yet") : parts.join(", ");
}

}  // namespace

Week weekOf(const ProgressInput& input) {
  Week week;
  const QDate today = dateOf(input.now, input);
  for (std::size_t i = 0; i < week.days.size(); ++i)
    week.days[i].day =
        today.addDays(static_cast<qint64>(i) + 1 - static_cast<qint64>(week.days.size()));
  std::set<QDate> active;
  const auto note = [&](std::int64_t at, int DayDone::*kind) {
    const QDate day = dateOf(at, input);
    active.insert(day);
    const qint64 place = week.days.front().day.daysTo(day);
    if (place >= 0 && place < static_cast<qint64>(week.days.size()))
      ++(week.days[static_cast<std::size_t>(place)].*kind);
  };
  for (const auto& attempt : input.attempts) note(attempt.submitted_at, &DayDone::submissions);
  for (const auto& review : input.reviews) note(review.reviewed_at, &DayDone::reviews);
  for (const auto& run : input.designRuns) note(run.ended_at, &DayDone::designs);
  for (QDate day = active.count(today) ? today : today.addDays(-1); active.count(day);
       day = day.addDays(-1))
    ++week.streak;
  return week;
}

QString weekWords(const Week& week) {
  int submissions = 0, reviews = 0, designs = 0;
  for (const DayDone& day : week.days) {
    submissions += day.submissions;
    reviews += day.reviews;
    designs += day.designs;
  }
  const QString done = doneWords(submissions, reviews, designs);
  return week.streak > 1 ? QObject::tr("%1; %2 days in a row.").arg(done).arg(week.streak)
                         : done + ".";
}

QString dayWords(const DayDone& day) {
  return QObject::tr("%1: %2.").arg(QLocale(QLocale::English).dayName(day.day.dayOfWeek()),
                                    day.total() == 0
                                        ? QObject::tr("nothing")
                                        : doneWords(day.submissions, day.reviews, day.designs));
}

}  // namespace rehearse::present
