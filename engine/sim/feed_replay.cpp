// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/sim/feed_month.hpp"
#include "engine/sim/names.hpp"
#include "engine/sim/population.hpp"

namespace rehearse::sim {
namespace {

constexpr std::size_t kLastWeek = 7;

template <class Rows, class Field>
std::vector<double> column_of(const std::vector<Rows>& rows, Field Rows::*field) {
  std::vector<double> column;
  for (const Rows& row : rows) column.push_back(static_cast<double>(row.*field));
  return column;
}

}  // namespace

FeedReplay::FeedReplay(const FeedWorld& world, const FeedPolicy& policy,
                       std::vector<FeedKind> kinds)
    : world_(world), policy_(policy), kinds_(std::move(kinds)) {}

DayVisitor FeedReplay::begin(std::size_t user) {
  satisfaction_ = 0;
  happened_.emplace_back();
  return [this, user](std::size_t day, std::span<const FeedSession> sessions) {
    visit(user, day, sessions);
  };
}

void FeedReplay::visit(std::size_t user, std::size_t day, std::span<const FeedSession> sessions) {
  const FeedOptions& o = world_.options();
  const std::uint64_t entity = user * 1000 + day;  // days are at most 120
  Stream luck(stream_key(o.seed, "feed.visit"), o.replicate, entity);
  const ReturnLaw& law = world_.returns().law();
  if (luck.uniform() >= law.probability(satisfaction_)) return;
  double at = luck.uniform();
  std::size_t kind = 0;
  while (kind + 1 < kinds_.size() && at >= kinds_[kind].share) at -= kinds_[kind++].share;
  const FeedSession& session = sessions[kind];
  Happened& now = happened_.back();
  now.visits += 1;
  now.last_week += day + kLastWeek >= static_cast<std::size_t>(o.days);
  bool reading = true;
  const FeedPosts& posts = world_.posts(day);
  Stream reads(stream_key(o.seed, "feed.read"), o.replicate, entity);
  for (std::size_t place = 0; place < session.places.size(); ++place) {
    const FeedPlace& p = session.places[place];
    const double u_click = reads.uniform(), u_watch = reads.uniform_open(),
                 u_report = reads.uniform(), u_on = reads.uniform();
    const bool click = reading && u_click < p.click, report = reading && u_report < p.report;
    // U^((1-f)/f) has mean f: the share of the post that is watched.
    const double minutes = click ? p.minutes * std::pow(u_watch, (1 - p.finish) / p.finish) : 0;
    now.shown += reading, now.clicks += click, now.reports += report, now.minutes += minutes;
    log_.day.push_back(static_cast<std::int32_t>(day));
    log_.user.push_back(static_cast<std::int32_t>(user));
    log_.place.push_back(static_cast<std::int32_t>(place + 1));
    log_.post.push_back(static_cast<std::int32_t>(day * posts.size() + p.post));
    log_.topic.push_back(posts.topic[p.post]), log_.creator.push_back(posts.creator[p.post]);
    log_.list.push_back(static_cast<std::int32_t>(kinds_[kind].list));
    log_.seen.push_back(reading), log_.click.push_back(click), log_.report.push_back(report);
    log_.minutes.push_back(minutes);
    log_.click_probability.push_back(p.click), log_.finish_probability.push_back(p.finish);
    reading = reading && u_on < p.goes_on;
  }
  satisfaction_ = law.after(satisfaction_, session.satisfaction);
}

Result<Frame> FeedReplay::daily(const FeedOutcome& expected) const {
  std::vector<std::int32_t> day;
  for (std::size_t d = 0; d < expected.days.size(); ++d) day.push_back(static_cast<int>(d));
  const ColumnInfo truth{.role = Role::truth};
  Frame::Builder b;
  b.add("series", std::vector<std::string>(day.size(), policy_.name)).add("day", std::move(day));
  b.add("visits", column_of(expected.days, &FeedDay::visits), truth);
  b.add("satisfaction", column_of(expected.days, &FeedDay::satisfaction), truth);
  b.add("clicks", column_of(expected.days, &FeedDay::clicks), truth);
  b.add("minutes", column_of(expected.days, &FeedDay::minutes), truth);
  b.add("reports", column_of(expected.days, &FeedDay::reports), truth);
  b.add("shown", column_of(expected.days, &FeedDay::shown), truth);
  b.add("topics", column_of(expected.days, &FeedDay::topics), truth);
  return std::move(b).build();
}

Result<Frame> FeedReplay::users(const FeedOutcome& expected) const {
  const std::size_t n = happened_.size();
  std::vector<std::int32_t> user, bucket;
  for (std::size_t u = 0; u < n; ++u) {
    user.push_back(static_cast<std::int32_t>(u));
    bucket.push_back(Stream(world_.options().seed, "feed.bucket", 0, u).bernoulli(0.5) ? 1 : 0);
  }
  const ColumnInfo label{.role = Role::label};
  Frame::Builder b;
  b.add_dictionary("user", std::move(user), numbered_names("user", n), {.role = Role::id});
  b.add_dictionary("bucket", std::move(bucket), shared_names({"a", "b"}));
  b.add("visits", column_of(happened_, &Happened::visits), label);
  b.add("clicks", column_of(happened_, &Happened::clicks), label);
  b.add("minutes", column_of(happened_, &Happened::minutes), label);
  b.add("reports", column_of(happened_, &Happened::reports), label);
  b.add("shown", column_of(happened_, &Happened::shown), label);
  b.add("last_week", column_of(happened_, &Happened::last_week), label);
  const auto truth = [](const char* of) { return ColumnInfo{.role = Role::truth, .truth_of = of}; };
  b.add("expected_visits", column_of(expected.users, &FeedUser::visits), truth("visits"));
  b.add("expected_clicks", column_of(expected.users, &FeedUser::clicks), truth("clicks"));
  b.add("expected_minutes", column_of(expected.users, &FeedUser::minutes), truth("minutes"));
  b.add("expected_reports", column_of(expected.users, &FeedUser::reports), truth("reports"));
  b.add("expected_shown", column_of(expected.users, &FeedUser::shown), truth("shown"));
  b.add("return_probability", column_of(expected.users, &FeedUser::return_probability),
        {.role = Role::truth, .unit = "probability"});
  return std::move(b).build();
}

Result<Frame> FeedReplay::log() && {
  const FeedOptions& o = world_.options();
  const ColumnInfo feature{.role = Role::feature}, label{.role = Role::label};
  Frame::Builder b;
  b.add("day", std::move(log_.day));
  b.add_dictionary("user", std::move(log_.user), numbered_names("user", happened_.size()),
                   {.role = Role::id});
  b.add("place", std::move(log_.place), feature);
  b.add("post", std::move(log_.post), {.role = Role::id});
  b.add_dictionary("topic", std::move(log_.topic),
                   shared_names({kTopicNames.begin(), kTopicNames.begin() + kFeedTopics}), feature);
  b.add_dictionary("creator", std::move(log_.creator),
                   numbered_names("creator", static_cast<std::size_t>(o.creators)), feature);
  b.add_dictionary("list", std::move(log_.list), shared_names({"online", "cached", "fallback"}));
  b.add("seen", std::move(log_.seen), label).add("click", std::move(log_.click), label);
  b.add("report", std::move(log_.report), label);
  b.add("dwell_minutes", std::move(log_.minutes), {.role = Role::label, .unit = "minutes"});
  b.add("click_probability", std::move(log_.click_probability),
        {.role = Role::truth, .unit = "probability", .truth_of = "click"});
  b.add("finish_probability", std::move(log_.finish_probability),
        {.role = Role::truth, .unit = "probability", .truth_of = "dwell_minutes"});
  return std::move(b).build();
}

Result<FeedRows> FeedReplay::rows(const FeedOutcome& expected) && {
  auto by_day = daily(expected), by_user = users(expected), by_place = std::move(*this).log();
  for (const auto* frame : {&by_day, &by_user, &by_place})
    if (!*frame) return fail(frame->error());
  return FeedRows{expected, *std::move(by_day), *std::move(by_user), *std::move(by_place)};
}

}  // namespace rehearse::sim
