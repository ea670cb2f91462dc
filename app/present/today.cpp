// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/today.hpp"

#include <QDateTime>
#include <QObject>
#include <algorithm>
#include <optional>
#include <set>

#include "app/practice/reviews.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_groups.hpp"
#include "app/present/drill_sets.hpp"
#include "app/present/preferences.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

constexpr int kMostDrafts = 3;

// Only the few drills that are offered are read; a file that is wrong keeps its id.
QString titleOf(const AppContext& context, const std::string& id) {
  const auto drill = context.drills().load(id);
  return qs(drill ? drill->title : id);
}

QString counted(qint64 count, const QString& one, const QString& many) {
  return QString("%1 %2").arg(count).arg(count == 1 ? one : many);
}

QList<Offer> cardOffers(AppContext& context, Agenda& agenda) {
  const auto queue = practice::study_queue(context.database(), context.cards(),
                                           practice::system_seconds(), queueLimits(context));
  if (!queue) {
    agenda.error = qs(queue.error().message);
    return {};
  }
  if (queue->due.empty()) return {};
  const auto fresh = std::count_if(queue->due.begin(), queue->due.end(),
                                   [](const auto& entry) { return entry.fresh; });
  const auto again = static_cast<std::ptrdiff_t>(queue->due.size()) - fresh;
  QStringList parts;
  if (again > 0) parts.append(QObject::tr("%1 to recall").arg(again));
  if (fresh > 0) parts.append(QObject::tr("%1 new").arg(fresh));
  QString sentence = parts.join(", ") + ".";
  if (queue->waiting > 0)
    sentence += " " + (queue->waiting == 1
                           ? QObject::tr("1 more waits for another day.")
                           : QObject::tr("%1 more wait for another day, so that none of it buries "
                                         "you.")
                                 .arg(queue->waiting));
  const QString count =
      counted(static_cast<qint64>(queue->due.size()), QObject::tr("card"), QObject::tr("cards"));
  return {
      {Offer::Kind::study, {}, QObject::tr("%1 due").arg(count), sentence, QObject::tr("Study")}};
}

QList<Offer> draftOffers(AppContext& context, std::set<std::string>& drafted) {
  QList<Offer> made;
  const auto drafts = practice::drills_with_drafts(context.database());
  if (!drafts) return made;
  for (const std::string& id : *drafts) {
    if (!context.drills().find(id) || made.size() >= kMostDrafts) continue;
    drafted.insert(id);
    const QString best = context.bestAttempt(qs(id));
    made.append({Offer::Kind::drill, qs(id),
                 QObject::tr("Go on with “%1”").arg(titleOf(context, id)),
                 best.isEmpty() ? QObject::tr("An unfinished draft, not submitted yet.")
                                : QObject::tr("An unfinished draft; best so far: %1.").arg(best),
                 QObject::tr("Open draft")});
  }
  return made;
}

// The day's own set, with what of it was accepted today; nothing once all of it was.
QList<Offer> setOffers(AppContext& context, const practice::DrillSet& daily) {
  const auto attempts = practice::all_attempts(context.database());
  if (!attempts) return {};
  QStringList titles;
  for (const std::string& id : daily.drills) {
    const bool done = std::any_of(attempts->begin(), attempts->end(), [&](const auto& attempt) {
      return attempt.drill == id && attempt.accepted() &&
             QDateTime::fromSecsSinceEpoch(attempt.submitted_at).date() == QDate::currentDate();
    });
    if (!done) titles.append(titleOf(context, id));
  }
  if (titles.isEmpty()) return {};
  const auto all = static_cast<qsizetype>(daily.drills.size());
  const QString count = counted(all, QObject::tr("drill"), QObject::tr("drills"));
  const QString title =
      titles.size() == all
          ? QObject::tr("Today's set: %1").arg(count)
          : QObject::tr("Today's set: %1 of %2 left").arg(titles.size()).arg(count);
  return {{Offer::Kind::set, qs(daily.id), title, titles.join(" · "), QObject::tr("Open set")}};
}

QList<Offer> drillOffers(AppContext& context, bool firstRun) {
  std::set<std::string> drafted;
  QList<Offer> made = draftOffers(context, drafted);
  const SetList sets = drillSets(context);
  // The first run is a single drill: it teaches the window.
  if (const practice::DrillSet* daily = firstRun ? nullptr : sets.find("daily"))
    return made + setOffers(context, *daily);
  for (const auto& entry : context.drills().entries()) {
    const auto best = practice::best_attempt(context.database(), entry.id);
    if (drafted.count(entry.id) || (best && *best && (*best)->accepted())) continue;
    const QString tried =
        best && *best
            ? QObject::tr("Tried before: %1.").arg(context.bestAttempt(qs(entry.id)))
            : QObject::tr("Not tried yet. Category: %1.").arg(qs(entry.category).replace('-', ' '));
    made.append({Offer::Kind::drill, qs(entry.id),
                 QObject::tr("Next drill: %1").arg(titleOf(context, entry.id)), tried,
                 QObject::tr("Start drill")});
    break;
  }
  return made;
}

QList<Offer> designOffers(AppContext& context) {
  std::set<std::string> reached;
  if (const auto runs = practice::design_runs(context.database()))
    for (const auto& run : *runs)
      if (run.reached) reached.insert(run.design);
  // In the gallery's order the first whose challenge is open; when all are reached, the first
  // again.
  std::optional<DesignCard> next;
  bool open = false;
  for (const DesignGroup& group : designGroups(context)) {
    for (const DesignCard& design : group.designs) {
      if (!design.error.isEmpty() || design.incident) continue;
      const bool fresh = reached.count(design.id.toStdString()) == 0;
      if (!next || (fresh && !open)) next = design, open = fresh;
    }
  }
  if (!next) return {};
  return {{Offer::Kind::design, next->id,
           QObject::tr("Design: %1").arg(next->title.isEmpty() ? next->id : next->title),
           next->asks, QObject::tr("Open design")}};
}

}  // namespace

Agenda todaysAgenda(AppContext& context) {
  Agenda agenda;
  const auto attempts = practice::all_attempts(context.database());
  if (!attempts) agenda.error = qs(attempts.error().message);
  const auto states = practice::card_states(context.database());
  agenda.firstRun = attempts && attempts->empty() && states && states->empty();
  const QList<Offer> cards = cardOffers(context, agenda);
  const QList<Offer> others = drillOffers(context, agenda.firstRun) + designOffers(context);
  agenda.offers = agenda.firstRun ? others + cards : cards + others;
  return agenda;
}

QString countdownWords(const QDate& interview, const QDate& today) {
  if (!interview.isValid()) return {};
  const qint64 days = today.daysTo(interview);
  if (days < 0) return QObject::tr("Interview passed");
  if (days == 0) return QObject::tr("Interview today");
  return QObject::tr("Interview in %1").arg(counted(days, QObject::tr("day"), QObject::tr("days")));
}

}  // namespace rehearse::present
