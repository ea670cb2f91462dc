// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/progress.hpp"

#include <QDateTime>
#include <algorithm>
#include <cmath>
#include <set>

#include "app/present/app_context.hpp"
#include "app/present/drill_text.hpp"
#include "app/present/progress_pieces.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::present {
namespace {

constexpr std::int64_t kDaySeconds = 86400;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::int64_t dayOf(std::int64_t seconds, const ProgressInput& input) {
  const std::int64_t local = seconds + input.utcOffsetSeconds;
  return local / kDaySeconds - (local % kDaySeconds < 0 ? 1 : 0);
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? kNone : static_cast<double>(part) / static_cast<double>(whole);
}

double median(std::vector<double> values) {
  if (values.empty()) return kNone;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

struct DailyEvent {
  std::int64_t at = 0;
  bool good = false;
};

Frame::Builder dailyLines(const std::vector<DailyEvent>& events, const std::string& all,
                          const std::string& good, const ProgressInput& input, int days) {
  const std::int64_t last = dayOf(input.now, input), first = last - days + 1;
  std::vector<double> total(static_cast<std::size_t>(days)), right(total);
  for (const DailyEvent& event : events) {
    const std::int64_t day = dayOf(event.at, input);
    if (day < first || day > last) continue;
    total[static_cast<std::size_t>(day - first)] += 1;
    right[static_cast<std::size_t>(day - first)] += event.good;
  }
  std::vector<std::string> series, style;
  std::vector<std::int64_t> x;
  std::vector<double> y;
  for (const auto& [name, counts] : {std::pair{&all, &total}, std::pair{&good, &right}}) {
    for (std::int64_t day = first; day <= last; ++day) {
      series.push_back(*name), style.push_back(view_data::kSeries);
      x.push_back(day * kDaySeconds * 1'000'000);
      y.push_back((*counts)[static_cast<std::size_t>(day - first)]);
    }
  }
  Frame::Builder builder;
  builder.add("series", series)
      .add("style", style)
      .add_time("x", std::move(x))
      .add("y", std::move(y));
  return builder;
}

// What the table of one group of attempts needs.
struct Tally {
  std::set<std::string> accepted, tried;
  std::size_t attempts = 0, right = 0;
  std::vector<double> minutes;  // of accepted attempts
  std::int64_t latest = 0;

  void add(const practice::Attempt& attempt) {
    tried.insert(attempt.drill);
    ++attempts;
    latest = std::max(latest, attempt.submitted_at);
    if (!attempt.accepted()) return;
    accepted.insert(attempt.drill);
    ++right;
    minutes.push_back(static_cast<double>(attempt.elapsed_s) / 60);
  }
};

std::string words(std::string id) {
  std::replace(id.begin(), id.end(), '-', ' ');
  return id;
}

std::string minutesOr(double minutes) {
  return std::isnan(minutes) ? "–" : minutesText(std::llround(minutes * 60)).toStdString();
}

std::string percentOr(double value) {
  return std::isnan(value) ? "–" : fmt::format("{:.0f}%", value * 100);
}

}  // namespace

Result<ProgressInput> readProgress(AppContext& context) {
  auto attempts = practice::all_attempts(context.database());
  auto reviews = practice::reviews(context.database());
  auto runs = practice::design_runs(context.database());
  auto states = practice::card_states(context.database());
  if (!attempts) return fail(attempts.error());
  if (!reviews) return fail(reviews.error());
  if (!runs) return fail(runs.error());
  if (!states) return fail(states.error());
  ProgressInput input;
  input.attempts = std::move(*attempts);
  input.reviews = std::move(*reviews);
  input.designRuns = std::move(*runs);
  for (const auto& entry : context.drills().entries()) input.categories[entry.id] = entry.category;
  input.drillCount = context.drills().entries().size();
  for (const auto& design : context.designs().designs()) {
    if (design.incident)
      input.incidents[design.id] = design.title;
    else
      ++input.designCount;
  }
  input.cardCount = context.cards().cards().size();
  input.cardsMet = states->size();
  input.now = practice::system_seconds();
  input.utcOffsetSeconds = QDateTime::currentDateTime().offsetFromUtc();
  return input;
}

Figure keyNumbers(const ProgressInput& input) {
  Tally all;
  for (const practice::Attempt& attempt : input.attempts) all.add(attempt);
  const auto recalled = static_cast<std::size_t>(
      std::count_if(input.reviews.begin(), input.reviews.end(),
                    [](const auto& row) { return row.rating != practice::Rating::forgot; }));
  std::set<std::string> reached, passed;
  for (const practice::DesignRun& run : input.designRuns)
    if (run.reached) (input.incidents.count(run.design) ? passed : reached).insert(run.design);
  Frame::Builder builder;
  builder
      .add("name",
           std::vector<std::string>{
               utf8(QObject::tr("drills accepted, of %1").arg(input.drillCount)),
               utf8(QObject::tr("attempts accepted")),
               utf8(QObject::tr("cards met, of %1").arg(input.cardCount)),
               utf8(QObject::tr("reviews recalled")),
               utf8(QObject::tr("challenges reached, of %1").arg(input.designCount)),
               utf8(QObject::tr("incidents passed, of %1").arg(input.incidents.size()))})
      .add("value",
           std::vector<double>{
               static_cast<double>(all.accepted.size()), share(all.right, all.attempts),
               static_cast<double>(input.cardsMet), share(recalled, input.reviews.size()),
               static_cast<double>(reached.size()), static_cast<double>(passed.size())})
      .add("unit", std::vector<std::string>{"", "%", "", "%", "", ""});
  return withRows({"number", utf8(QObject::tr("So far")), {}, {}, {}, Json::object(), {}},
                  std::move(builder));
}

Figure attemptsByDay(const ProgressInput& input, int days) {
  std::vector<DailyEvent> events;
  for (const practice::Attempt& attempt : input.attempts)
    events.push_back({attempt.submitted_at, attempt.accepted()});
  Figure figure{"line",
                utf8(QObject::tr("Submissions by day, last %1 days").arg(days)),
                utf8(QObject::tr("day")),
                utf8(QObject::tr("submissions")),
                {},
                Json::object(),
                {}};
  figure.see =
      utf8(QObject::tr("the gap between the lines is what was refused; it should narrow as the "
                       "interview comes near."));
  figure.options["y_from_zero"] = true;
  return withRows(std::move(figure), dailyLines(events, utf8(QObject::tr("submitted")),
                                                utf8(QObject::tr("accepted")), input, days));
}

Figure reviewsByDay(const ProgressInput& input, int days) {
  std::vector<DailyEvent> events;
  for (const practice::ReviewRow& row : input.reviews)
    events.push_back({row.reviewed_at, row.rating != practice::Rating::forgot});
  Figure figure{"line",
                utf8(QObject::tr("Card reviews by day, last %1 days").arg(days)),
                utf8(QObject::tr("day")),
                utf8(QObject::tr("reviews")),
                {},
                Json::object(),
                {}};
  figure.see =
      utf8(QObject::tr("about nine of ten are recalled when cards come back at the right time."));
  figure.options["y_from_zero"] = true;
  return withRows(std::move(figure), dailyLines(events, utf8(QObject::tr("reviewed")),
                                                utf8(QObject::tr("recalled")), input, days));
}

Figure byCategory(const ProgressInput& input) {
  std::map<std::string, Tally> tallies;
  std::map<std::string, int> drills;
  for (const auto& [drill, category] : input.categories) ++drills[category];
  for (const practice::Attempt& attempt : input.attempts) {
    const auto known = input.categories.find(attempt.drill);
    tallies[known == input.categories.end() ? utf8(QObject::tr("no longer there")) : known->second]
        .add(attempt);
  }
  std::vector<std::string> category, accepted, accuracy, time;
  std::vector<std::int64_t> attempts;
  for (const auto& [name, tally] : tallies) {
    category.push_back(words(name));
    accepted.push_back(drills.count(name)
                           ? fmt::format("{} of {}", tally.accepted.size(), drills[name])
                           : std::to_string(tally.accepted.size()));
    attempts.push_back(static_cast<std::int64_t>(tally.attempts));
    accuracy.push_back(percentOr(share(tally.right, tally.attempts)));
    time.push_back(minutesOr(median(tally.minutes)));
  }
  Frame::Builder builder;
  builder.add(utf8(QObject::tr("category")), category)
      .add(utf8(QObject::tr("drills")), accepted)
      .add(utf8(QObject::tr("attempts")), std::move(attempts))
      .add(utf8(QObject::tr("accepted")), accuracy)
      .add(utf8(QObject::tr("median time")), time);
  return withRows({"table",
                   utf8(QObject::tr("By category")),
                   {},
                   {},
                   utf8(QObject::tr("a category with many attempts and few accepted is the "
                                    "one to drill next.")),
                   Json::object(),
                   {}},
                  std::move(builder));
}

Figure byDrill(const ProgressInput& input) {
  std::map<std::string, Tally> tallies;
  for (const practice::Attempt& attempt : input.attempts) tallies[attempt.drill].add(attempt);
  std::vector<std::pair<std::string, Tally>> rows(tallies.begin(), tallies.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.second.latest > b.second.latest; });
  std::vector<std::string> drill, state, best;
  std::vector<std::int64_t> attempts;
  for (const auto& [name, tally] : rows) {
    drill.push_back(words(name));
    state.push_back(tally.accepted.empty() ? utf8(QObject::tr("not yet"))
                                           : utf8(QObject::tr("accepted")));
    attempts.push_back(static_cast<std::int64_t>(tally.attempts));
    best.push_back(minutesOr(tally.minutes.empty()
                                 ? kNone
                                 : *std::min_element(tally.minutes.begin(), tally.minutes.end())));
  }
  Frame::Builder builder;
  builder.add(utf8(QObject::tr("drill")), drill)
      .add(utf8(QObject::tr("state")), state)
      .add(utf8(QObject::tr("attempts")), std::move(attempts))
      .add(utf8(QObject::tr("best time")), best);
  return withRows({"table", utf8(QObject::tr("By drill")), {}, {}, {}, Json::object(), {}},
                  std::move(builder));
}

Figure byIncident(const ProgressInput& input) {
  struct Played {
    std::int64_t attempts = 0, latest = 0;
    double best = kNone;
    bool passed = false;
  };
  std::map<std::string, Played> played;
  for (const practice::DesignRun& run : input.designRuns) {
    if (input.incidents.count(run.design) == 0) continue;
    Played& incident = played[run.design];
    ++incident.attempts;
    incident.latest = std::max(incident.latest, run.ended_at);
    incident.passed = incident.passed || run.reached;
    const Json record = Json::parse(run.knobs, nullptr, false);
    if (!record.is_object() || !record.contains("points") || !record["points"].is_number())
      continue;
    const double points = record["points"].get<double>();
    if (!(incident.best >= points)) incident.best = points;
  }
  std::vector<std::pair<std::string, Played>> rows(played.begin(), played.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.second.latest > b.second.latest; });
  std::vector<std::string> incident, state, best;
  std::vector<std::int64_t> attempts;
  for (const auto& [id, row] : rows) {
    incident.push_back(input.incidents.at(id));
    state.emplace_back(row.passed ? utf8(QObject::tr("passed")) : utf8(QObject::tr("not yet")));
    attempts.push_back(row.attempts);
    best.push_back(std::isnan(row.best) ? "–"
                                        : utf8(QObject::tr("%1 of 100").arg(std::round(row.best))));
  }
  Frame::Builder builder;
  builder.add(utf8(QObject::tr("incident")), incident)
      .add(utf8(QObject::tr("state")), state)
      .add(utf8(QObject::tr("attempts")), std::move(attempts))
      .add(utf8(QObject::tr("best")), best);
  return withRows({"table", utf8(QObject::tr("By incident")), {}, {}, {}, Json::object(), {}},
                  std::move(builder));
}

}  // namespace rehearse::present
