// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/feed.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/ranges.hpp"
#include "engine/sim/feed_month.hpp"

namespace rehearse::sim {
namespace {

constexpr double kFirstImpression = 30, kSignalLife = 20, kDayWeighs = 0.85, kHoursPerDay = 24;

Result<void> check_policy(const FeedPolicy& p, const FeedOptions& o) {
  if (auto fine = check_ranges({{"click", p.click, 0, 1000},
                                {"dwell", p.dwell, 0, 1000},
                                {"report", p.report, 0, 1000},
                                {"fresh", p.fresh, 0, 1000},
                                {"diversity", p.diversity, 0, 1000},
                                {"explore", p.explore, 0, 1},
                                {"candidates", p.candidates, 0, o.posts},
                                {"retrieval_noise", p.retrieval_noise, 0, 5},
                                {"noise", p.noise, 0, 5},
                                {"knows", p.knows, 0, 1},
                                {"learns", p.learns, 0, 100},
                                {"signal_minutes", p.signal_minutes, 0, 1e6},
                                {"pool_hours", p.pool_hours, 0, 48},
                                {"cached", p.cached, 0, 1},
                                {"list_hours", p.list_hours, 0, 48},
                                {"fallback", p.fallback, 0, 1},
                                {"wait_ms", p.wait_ms, 0, 60000}},
                               p.name);
      !fine)
    return fine;
  if (p.cached + p.fallback > 1 + 1e-9)
    return fail(Code::invalid_argument,
                "{}: {:g} of the requests are answered from the cache and {:g} by the fallback; "
                "together that is more than all",
                p.name, p.cached, p.fallback);
  return {};
}

// Taste as it is believed after `seen` posts of each topic.
TopicNumbers belief(const FeedWorld& world, const FeedPolicy& policy, std::size_t user,
                    const TopicNumbers& seen) {
  const TopicNumbers& taste = world.taste(user);
  const double wrong = std::sqrt(1 - policy.knows * policy.knows) * world.options().taste;
  TopicNumbers believed{};
  for (std::size_t t = 0; t < kFeedTopics; ++t) {
    const double first = policy.knows * taste[t] + wrong * world.misjudged(user)[t],
                 n = policy.learns * seen[t];
    believed[t] = (n * taste[t] + kFirstImpression * first) / (n + kFirstImpression);
  }
  return believed;
}

TopicNumbers sum_of(const TopicNumbers& a, const TopicNumbers& b, double times) {
  TopicNumbers sum = a;
  for (std::size_t t = 0; t < kFeedTopics; ++t) sum[t] += times * b[t];
  return sum;
}

double effective_topics(const TopicNumbers& shown) {
  const double all = std::accumulate(shown.begin(), shown.end(), 0.0);
  double nats = 0;
  for (const double value : shown)
    if (value > 0) nats -= value / all * std::log(value / all);
  return std::exp(nats);
}

}  // namespace

FeedUser FeedOutcome::mean() const {
  FeedUser mean;
  const auto n = static_cast<double>(users.size());
  for (const FeedUser& u : users) {
    mean.visits += u.visits / n, mean.clicks += u.clicks / n, mean.minutes += u.minutes / n;
    mean.reports += u.reports / n, mean.shown += u.shown / n;
    mean.return_probability += u.return_probability / n;
  }
  return mean;
}

FeedMonth::FeedMonth(const FeedWorld& world, const FeedPolicy& policy)
    : world_(world), policy_(policy), ranker_(world, policy) {
  const double online = std::max(0.0, 1 - policy.cached - policy.fallback);
  if (online > 0) kinds_.push_back({FeedList::online, online});
  if (policy.cached > 0) kinds_.push_back({FeedList::cached, policy.cached});
  if (policy.fallback > 0) kinds_.push_back({FeedList::fallback, policy.fallback});
}

FeedSession FeedMonth::session(FeedList list, std::size_t user, std::size_t day,
                               const TopicNumbers& believed, const TopicNumbers& mood,
                               const FeedReader& reader) {
  std::span<const std::uint32_t> chosen;
  if (list == FeedList::online) {
    const double known = std::exp(-policy_.signal_minutes / kSignalLife);
    chosen = ranker_.list(user, day, FeedReader(sum_of(believed, mood, known)),
                          policy_.pool_hours / kHoursPerDay);
  } else if (list == FeedList::cached) {
    chosen = ranker_.list(user, day, FeedReader(believed), policy_.list_hours / kHoursPerDay);
  } else {
    chosen = ranker_.popular(day);
  }
  return feed_session(world_.options(), world_.posts(day), reader, chosen, policy_.wait_ms);
}

FeedUser FeedMonth::user(std::size_t user, std::vector<FeedDay>& days, const DayVisitor& visitor) {
  FeedUser total;
  ReturnForward state(world_.returns());
  TopicNumbers seen{}, lately{};
  std::vector<FeedSession> sessions(kinds_.size());
  std::vector<SessionChance> chances(kinds_.size());
  for (std::size_t d = 0; d < days.size(); ++d) {
    const TopicNumbers mood = world_.mood(user, d), believed = belief(world_, policy_, user, seen);
    const FeedReader reader(sum_of(world_.taste(user), mood, 1));
    FeedDay& day = days[d];
    const double visits = state.visit_probability();
    day.visits += visits, day.satisfaction += state.mean_satisfaction(), total.visits += visits;
    for (double& value : lately) value *= kDayWeighs;
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      const double share = kinds_[i].share, weight = visits * share;
      sessions[i] = session(kinds_[i].list, user, d, believed, mood, reader);
      const FeedSession& s = sessions[i];
      chances[i] = {share, s.satisfaction};
      day.clicks += weight * s.clicks, day.minutes += weight * s.minutes;
      day.reports += weight * s.reports, day.shown += weight * s.shown;
      total.clicks += weight * s.clicks, total.minutes += weight * s.minutes;
      total.reports += weight * s.reports, total.shown += weight * s.shown;
      seen = sum_of(seen, s.topics, weight), lately = sum_of(lately, s.topics, weight);
    }
    day.topics += effective_topics(lately);
    if (visitor) visitor(d, sessions);
    state.advance(chances);
  }
  total.return_probability = state.visit_probability();
  return total;
}

Result<FeedOutcome> FeedMonth::all(const Progress& progress, const UserVisitor& visitor) {
  const FeedOptions& o = world_.options();
  FeedOutcome out;
  out.days.resize(static_cast<std::size_t>(o.days));
  const auto n = static_cast<std::size_t>(o.users);
  for (std::size_t u = 0; u < n; ++u) {
    if (u % 8 == 0 && !progress.report(static_cast<double>(u) / static_cast<double>(n)))
      return cancelled();
    out.users.push_back(user(u, out.days, visitor ? visitor(u) : DayVisitor()));
  }
  for (FeedDay& day : out.days)
    for (double* value : {&day.visits, &day.satisfaction, &day.clicks, &day.minutes, &day.reports,
                          &day.shown, &day.topics})
      *value /= static_cast<double>(n);
  return out;
}

Result<FeedOutcome> expect_feed(const FeedWorld& world, const FeedPolicy& policy,
                                const Progress& progress) {
  if (auto fine = check_policy(policy, world.options()); !fine) return fail(fine.error());
  return FeedMonth(world, policy).all(progress, {});
}

Result<FeedRows> simulate_feed(const FeedWorld& world, const FeedPolicy& policy,
                               const Progress& progress) {
  if (auto fine = check_policy(policy, world.options()); !fine) return fail(fine.error());
  FeedMonth month(world, policy);
  FeedReplay replay(world, policy, month.kinds());
  auto outcome = month.all(progress, [&replay](std::size_t u) { return replay.begin(u); });
  if (!outcome) return fail(outcome.error());
  return std::move(replay).rows(*outcome);
}

}  // namespace rehearse::sim
