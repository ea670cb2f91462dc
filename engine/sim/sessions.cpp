// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/sessions.hpp"

#include <algorithm>
#include <cmath>

namespace rehearse::sim {

const std::array<const char*, kSurfaces> kSurfaceNames = {"home", "community", "search"};

namespace {

constexpr int kActivityDays = 7;
constexpr std::uint64_t kSessionsPerUserDay = 16, kDaysPerUser = 512;
constexpr double kMicrosPerHour = 3.6e9;
// Share of sessions begun in each local hour.
constexpr std::array<double, 24> kHourShare = {3, 2, 1, 1, 1, 1, 2, 4, 5, 5, 4, 4,
                                               5, 5, 4, 4, 4, 5, 6, 7, 8, 8, 7, 5};
constexpr std::array<double, kSurfaces> kSurfaceShare = {0.60, 0.25, 0.15};

// Days on which a Poisson process of rate 1 a day ran slower or faster: its operational time, made
// real. Weeks last as long in both.
class Calendar {
 public:
  explicit Calendar(const SiteOptions& o) : plain_(o.effects.seasonality <= 0) {
    for (int d = 0; d < 7; ++d)
      traffic_[static_cast<std::size_t>(d)] =
          weekday_traffic(weekday_of(o.start_micros, d), o.effects.seasonality);
  }
  double real(double operational) const {
    if (plain_) return operational;
    const double week = std::floor(operational / 7) * 7;
    double left = operational - week;
    for (std::size_t d = 0; d < 7; ++d) {
      if (left < traffic_[d]) return week + static_cast<double>(d) + left / traffic_[d];
      left -= traffic_[d];
    }
    return week + 7;
  }

 private:
  std::array<double, 7> traffic_{};
  const bool plain_;
};

class Sessions {
 public:
  Sessions(const SiteOptions& o, const Population& people) : o_(o), people_(people), calendar_(o) {}

  std::vector<Session> make() {
    sessions_.reserve(static_cast<std::size_t>(1.05 * o_.users * o_.days * o_.sessions_per_day));
    for (int user = 0; user < o_.users; ++user) add(user);
    sort();
    return std::move(sessions_);
  }

 private:
  void add(int user) {
    const User& who = people_.users[static_cast<std::size_t>(user)];
    const auto rate = static_cast<double>(who.sessions_per_day);
    if (rate <= 0) return;
    Stream stream(visit_key_, o_.replicate, static_cast<std::uint64_t>(user));
    visit_days_.clear();
    std::size_t week = 0, today = 0;  // the first visit of the seven days before, and of the day
    for (double clock = stream.exponential(rate) - kActivityDays;;
         clock += stream.exponential(rate)) {
      const double at = calendar_.real(clock);
      if (at >= o_.days) break;
      if (who.entrant() && at < static_cast<double>(who.enters)) continue;
      const int day = static_cast<int>(std::floor(at));
      if (visit_days_.empty() || visit_days_.back() < day) today = visit_days_.size();
      while (week < today && visit_days_[week] < day - kActivityDays) ++week;
      visit_days_.push_back(day);
      const std::size_t place = visit_days_.size() - 1 - today;
      if (day >= 0 && place < kSessionsPerUserDay)
        sessions_.push_back(begin(user, day, place, static_cast<std::int32_t>(today - week)));
    }
  }

  Session begin(int user, int day, std::size_t place, std::int32_t activity) const {
    Session s;
    s.user = user, s.day = day;
    s.key = (static_cast<std::uint64_t>(user) * kDaysPerUser + static_cast<std::uint64_t>(day)) *
                kSessionsPerUserDay +
            place;
    Stream stream(time_key_, o_.replicate, s.key);
    const auto local = static_cast<std::int64_t>(hours_.draw(stream));
    const double within = stream.uniform();
    s.newcomer = o_.drift.kind == DriftKind::audience && day >= o_.drift.day &&
                 stream.uniform() < o_.drift.strength;
    s.activity = s.newcomer ? 1 : activity;
    const int offset = user_of(people_, s).hour_offset;
    const std::int64_t utc = (local + 24 - offset) % 24;
    s.hour = static_cast<std::uint8_t>(local);
    s.time = day * kMicrosPerDay +
             static_cast<std::int64_t>((static_cast<double>(utc) + within) * kMicrosPerHour);
    if (surfaces_asked_) {
      Stream surface(surface_key_, o_.replicate, s.key);
      s.surface = static_cast<std::uint8_t>(surface.categorical(kSurfaceShare));
    }
    return s;
  }

  // By hour first: a plain sort of all would take four times as long.
  void sort() {
    constexpr std::int64_t kHour = 3'600'000'000;
    std::vector<std::size_t> begin(static_cast<std::size_t>(o_.days) * 24 + 1, 0);
    const auto hour = [](const Session& s) { return static_cast<std::size_t>(s.time / kHour); };
    for (const Session& s : sessions_) ++begin[hour(s) + 1];
    for (std::size_t h = 1; h < begin.size(); ++h) begin[h] += begin[h - 1];
    std::vector<Session> ordered(sessions_.size());
    std::vector<std::size_t> next = begin;
    for (const Session& s : sessions_) ordered[next[hour(s)]++] = s;
    for (std::size_t h = 0; h + 1 < begin.size(); ++h)
      std::sort(ordered.data() + begin[h], ordered.data() + begin[h + 1],
                [](const Session& a, const Session& b) {
                  return a.time != b.time ? a.time < b.time : a.key < b.key;
                });
    sessions_ = std::move(ordered);
  }

  const SiteOptions& o_;
  const Population& people_;
  const Calendar calendar_;
  const AliasTable hours_{kHourShare};
  const bool surfaces_asked_ = o_.columns[Extra::surface];
  const StreamKey visit_key_ = stream_key(o_.seed, "session.visit"),
                  time_key_ = stream_key(o_.seed, "session.time"),
                  surface_key_ = stream_key(o_.seed, "session.surface");
  std::vector<int> visit_days_;  // of the user at hand
  std::vector<Session> sessions_;
};

}  // namespace

std::vector<Session> make_sessions(const SiteOptions& options, const Population& people) {
  return Sessions(options, people).make();
}

}  // namespace rehearse::sim
