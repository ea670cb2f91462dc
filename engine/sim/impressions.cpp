// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/impressions.hpp"

#include <algorithm>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <thread>

#include "engine/base/random.hpp"
#include "engine/sim/population.hpp"

namespace rehearse::sim {
namespace {

constexpr int kCandidates = 2;  // posts looked at for each place of a slate
constexpr int kActivityDays = 7;
constexpr std::uint64_t kSessionsPerUserDay = 16, kDaysPerUser = 512;
constexpr double kMicrosPerHour = 3.6e9, kHoursPerMicro = 1 / kMicrosPerHour;
// Share of candidates of 0, 1 and 2 days back, summed: 1 - exp(-1.4 days).
constexpr std::array<double, 4> kBack = {0, 0.7534, 0.9392, 1};
// Share of sessions begun in each local hour.
constexpr std::array<double, 24> kHourShare = {3, 2, 1, 1, 1, 1, 2, 4, 5, 5, 4, 4,
                                               5, 5, 4, 4, 4, 5, 6, 7, 8, 8, 7, 5};

struct Session {
  std::int64_t time = 0;  // microseconds from day 0's midnight
  std::uint64_t key = 0;  // of its streams
  std::int32_t user = 0, day = 0;
  std::int32_t activity = 0;  // sessions of the user in the seven days before
  std::uint8_t hour = 0;
  bool newcomer = false;
};

// One column each, in order of rows.
struct Columns {
  std::vector<std::int64_t> impression_id, time, arrival;
  std::vector<std::int32_t> session_id, user_id, post_id, day, activity, tenure, votes, affinity,
      platform, country, community, topic, media;
  std::vector<float> age, ranker;
  std::vector<std::uint8_t> position, hour, random_slate, click, arrived, broken;
  std::vector<double> probability;  // until the intercept is known: the taste

  void resize(std::size_t n) {
    for (auto* c : {&impression_id, &time, &arrival}) c->resize(n);
    for (auto* c : {&session_id, &user_id, &post_id, &day, &activity, &tenure, &votes, &affinity,
                    &platform, &country, &community, &topic, &media})
      c->resize(n);
    for (auto* c : {&age, &ranker}) c->resize(n);
    for (auto* c : {&position, &hour, &random_slate, &click, &arrived, &broken}) c->resize(n);
    probability.resize(n);
  }
};

struct Shown {  // left uninitialized: a session has dozens, each filled at once
  const Post* post;
  std::int32_t id;
  double age_hours, log_age, taste;
  float score;
};

constexpr int kMostCandidates = 12 * kCandidates;

// Where each of `all` stands when the highest score comes first, equal ones in their order. Counts
// every pair: for a few dozen that beats a sort, whose branches nobody can predict.
void rank_by_score(std::span<const Shown> all, std::array<std::uint8_t, kMostCandidates>& order) {
  std::array<std::uint8_t, kMostCandidates> rank{};
  for (std::size_t i = 1; i < all.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const bool behind = all[j].score >= all[i].score;
      rank[i] = static_cast<std::uint8_t>(rank[i] + behind);
      rank[j] = static_cast<std::uint8_t>(rank[j] + !behind);
    }
  for (std::size_t i = 0; i < all.size(); ++i) order[rank[i]] = static_cast<std::uint8_t>(i);
}

template <class Work>
void in_parallel(std::size_t count, unsigned threads, const Work& work) {
  if (threads <= 1) return work(0, count);
  std::vector<std::jthread> pool;
  for (unsigned t = 0; t < threads; ++t)
    pool.emplace_back([&, t] { work(count * t / threads, count * (t + 1) / threads); });
}

class Simulation {
 public:
  Simulation(const SiteOptions& o, unsigned threads)
      : o_(o),
        threads_(threads),
        people_(make_population(o)),
        examination_(examination_curve(o.slate_size, o.position_bias)) {}

  Result<Frame> run(const Progress& progress) {
    make_sessions();
    const std::size_t slate = static_cast<std::size_t>(o_.slate_size),
                      rows = sessions_.size() * slate;
    columns_.resize(rows);
    constexpr std::size_t kPart = 8192;
    for (std::size_t begin = 0; begin < sessions_.size(); begin += kPart) {
      const std::size_t end = std::min(sessions_.size(), begin + kPart);
      in_parallel(end - begin, threads_, [&](std::size_t a, std::size_t b) {
        for (std::size_t s = begin + a; s < begin + b; ++s) show(s);
      });
      if (!progress.report(0.8 * static_cast<double>(end) /
                           static_cast<double>(std::max<std::size_t>(1, sessions_.size()))))
        return cancelled();
    }
    const double intercept = solve_intercept();
    in_parallel(sessions_.size(), threads_, [&](std::size_t a, std::size_t b) {
      for (std::size_t s = a; s < b; ++s) click(s, intercept);
    });
    if (!progress.report(0.95)) return cancelled();
    return frame();
  }

 private:
  bool drifts(DriftKind kind, int day) const {
    return o_.drift.kind == kind && day >= o_.drift.day;
  }
  const User& user_of(const Session& s) const {
    return (s.newcomer ? people_.newcomers : people_.users)[static_cast<std::size_t>(s.user)];
  }

  // A user's sessions are a Poisson process from a week before the log on, so that activity is
  // known on day 0.
  void add_sessions(int user, const AliasTable& hours) {
    const auto rate =
        static_cast<double>(people_.users[static_cast<std::size_t>(user)].sessions_per_day);
    if (rate <= 0) return;
    Stream stream(visit_key_, o_.replicate, static_cast<std::uint64_t>(user));
    std::vector<int>& visits = visit_days_;
    visits.clear();
    std::size_t week = 0, today = 0;  // the first visit of the seven days before, and of the day
    for (double at = stream.exponential(rate) - kActivityDays; at < o_.days;
         at += stream.exponential(rate)) {
      const int day = static_cast<int>(std::floor(at));
      if (visits.empty() || visits.back() < day) today = visits.size();
      while (week < today && visits[week] < day - kActivityDays) ++week;
      visits.push_back(day);
      const std::size_t place = visits.size() - 1 - today;
      if (day >= 0 && place < kSessionsPerUserDay)
        sessions_.push_back(
            begin_session(user, day, place, static_cast<std::int32_t>(today - week), hours));
    }
  }

  void make_sessions() {
    const AliasTable hours(kHourShare);
    for (int user = 0; user < o_.users; ++user) add_sessions(user, hours);
    std::sort(sessions_.begin(), sessions_.end(), [](const Session& a, const Session& b) {
      return a.time != b.time ? a.time < b.time : a.key < b.key;
    });
  }

  Session begin_session(int user, int day, std::size_t place, std::int32_t activity,
                        const AliasTable& hours) const {
    Session s;
    s.user = user, s.day = day;
    s.key = (static_cast<std::uint64_t>(user) * kDaysPerUser + static_cast<std::uint64_t>(day)) *
                kSessionsPerUserDay +
            place;
    Stream stream(time_key_, o_.replicate, s.key);
    const auto local = static_cast<std::int64_t>(hours.draw(stream));
    const double within = stream.uniform();
    s.newcomer = stream.uniform() < o_.drift.strength && drifts(DriftKind::audience, day);
    s.activity = s.newcomer ? 1 : activity;
    const int offset = user_of(s).hour_offset;
    const std::int64_t utc = (local + 24 - offset) % 24;
    s.hour = static_cast<std::uint8_t>(local);
    s.time = day * kMicrosPerDay +
             static_cast<std::int64_t>((static_cast<double>(utc) + within) * kMicrosPerHour);
    return s;
  }

  // The youngest posts before `time`, younger ones more often.
  const Post& candidate(const Session& s, Stream& stream, std::int32_t& id) const {
    // One draw for both: which day, and within that day's share, which of its posts.
    const double lot = stream.uniform();
    const int back = (lot >= kBack[1]) + (lot >= kBack[2]);
    const auto share = static_cast<std::size_t>(back);
    const double within = (lot - kBack[share]) / (kBack[share + 1] - kBack[share]);
    const int place = std::min(static_cast<int>(within * o_.posts_per_day), o_.posts_per_day - 1);
    id = (s.day - back + kPostHistory) * o_.posts_per_day + place;
    if (people_.posts[static_cast<std::size_t>(id)].created > s.time) id -= o_.posts_per_day;
    return people_.posts[static_cast<std::size_t>(id)];
  }

  void show(std::size_t index) {
    const Session& s = sessions_[index];
    const User& user = user_of(s);
    const auto slate = static_cast<std::size_t>(o_.slate_size);
    Stream stream(slate_key_, o_.replicate, s.key);
    const Taste taste{drifts(DriftKind::concept_shift, s.day) ? o_.drift.strength : 0};
    std::array<Shown, kMostCandidates> all;
    std::array<std::uint8_t, kMostCandidates> order;
    const std::size_t count = slate * kCandidates;
    for (std::size_t i = 0; i < count; ++i) {
      Shown& one = all[i];
      one.post = &candidate(s, stream, one.id);
      one.age_hours = static_cast<double>(s.time - one.post->created) * kHoursPerMicro;
      one.log_age = std::log(1 + one.age_hours);
      // The ranker knows yesterday's tastes and much noise.
      const double known = 0.5 * static_cast<double>(user.interest[one.post->topic]) +
                           0.4 * static_cast<double>(one.post->quality) - 0.1 * one.log_age;
      one.score = static_cast<float>(known + o_.ranker_noise * stream.normal());
      order[i] = static_cast<std::uint8_t>(i);
    }
    const bool random = stream.uniform() < o_.random_slates;
    if (!random) rank_by_score({all.data(), count}, order);
    for (std::size_t k = 0; k < slate; ++k) {
      Shown& shown = all[order[k]];
      shown.taste = taste(user, *shown.post, shown.log_age);
      put(index, k, s, user, shown, random);
    }
  }

  void put(std::size_t index, std::size_t k, const Session& s, const User& user, const Shown& shown,
           bool random) {
    const std::size_t row = index * static_cast<std::size_t>(o_.slate_size) + k;
    Columns& c = columns_;
    c.impression_id[row] = static_cast<std::int64_t>(s.key * 16 + k);
    c.session_id[row] = static_cast<std::int32_t>(index);
    c.user_id[row] = s.user + (s.newcomer ? o_.users : 0);
    c.post_id[row] = shown.id;
    c.time[row] = o_.start_micros + s.time;
    c.day[row] = s.day;
    c.platform[row] = user.platform, c.country[row] = user.country;
    c.activity[row] = s.activity;
    c.tenure[row] = user.tenure_days + (s.newcomer ? std::max(0, s.day - o_.drift.day) : s.day);
    c.community[row] = shown.post->community, c.topic[row] = shown.post->topic,
    c.media[row] = shown.post->media;
    c.age[row] = static_cast<float>(std::round(shown.age_hours * 10) / 10);
    c.votes[row] = static_cast<std::int32_t>(static_cast<double>(shown.post->votes) *
                                             (1 - std::exp(-shown.age_hours / 10)));
    c.affinity[row] = user.affinity[shown.post->topic];
    c.position[row] = static_cast<std::uint8_t>(k + 1), c.hour[row] = s.hour;
    c.ranker[row] = shown.score, c.random_slate[row] = random;
    c.probability[row] = shown.taste;
  }

  // The intercept for which the mean click probability of the first week is base_ctr. A day before
  // the drift knows nothing of it, so neither may the intercept.
  double solve_intercept() const {
    const std::size_t used = solve_rows();
    std::uintmax_t steps = 60;
    return boost::math::tools::newton_raphson_iterate(
        [&](double intercept) {
          const auto [mean, slope] = mean_probability(intercept, used);
          return std::pair(mean - o_.base_ctr, slope);
        },
        std::log(o_.base_ctr), -20.0, 20.0, 48, steps);
  }

  // The rows of the first week, or of the days before a drift that begins sooner.
  std::size_t solve_rows() const {
    const bool clicks_move =
        o_.drift.kind == DriftKind::audience || o_.drift.kind == DriftKind::concept_shift;
    const int days = clicks_move ? std::max(1, std::min({o_.days, kSolveDays, o_.drift.day}))
                                 : std::min(o_.days, kSolveDays);
    const auto end = std::upper_bound(columns_.day.begin(), columns_.day.end(), days - 1);
    return static_cast<std::size_t>(end - columns_.day.begin());
  }

  // With its derivative.
  std::pair<double, double> mean_probability(double intercept, std::size_t rows) const {
    double sum = 0, slope = 0;
    const std::size_t step = std::max<std::size_t>(1, rows / 60000);
    std::size_t count = 0;
    for (std::size_t row = 0; row < rows; row += step, ++count) {
      const double examined = examination_[columns_.position[row] - 1U],
                   p = probability(row, intercept);
      sum += p, slope += p * (1 - p / examined);
    }
    if (!count) return {o_.base_ctr, 1};
    return {sum / static_cast<double>(count), slope / static_cast<double>(count)};
  }

  double probability(std::size_t row, double intercept) const {
    return examination_[columns_.position[row] - 1U] /
           (1 + std::exp(-(intercept + columns_.probability[row])));
  }

  void click(std::size_t index, double intercept) {
    const Session& s = sessions_[index];
    Stream noise(noise_key_, o_.replicate, s.key), breaks(break_key_, o_.replicate, s.key);
    const bool breaks_today = drifts(DriftKind::broken_feature, s.day);
    for (int k = 0; k < o_.slate_size; ++k) {
      const std::size_t row =
          index * static_cast<std::size_t>(o_.slate_size) + static_cast<std::size_t>(k);
      Columns& c = columns_;
      c.probability[row] = probability(row, intercept);
      c.click[row] = noise.uniform() < c.probability[row];
      c.arrived[row] = c.click[row];
      if (c.click[row]) {
        Stream delay(delay_key_, o_.replicate, static_cast<std::uint64_t>(c.impression_id[row]));
        c.arrival[row] =
            c.time[row] + static_cast<std::int64_t>(delay.weibull(kClickDelayShape, delay_scale_) *
                                                    kMicrosPerHour);
      }
      if (breaks_today) c.broken[row] = breaks.uniform() < o_.drift.strength;
    }
  }

  // Applies the breakage to a published column; the world went on as it was.
  template <class T>
  std::vector<std::uint8_t> break_column(const char* name, std::vector<T>& values) const {
    std::vector<std::uint8_t> valid;
    if (o_.drift.kind != DriftKind::broken_feature || o_.drift.column != name) return valid;
    if (o_.drift.breakage == Breakage::null) valid.assign(values.size(), 1);
    for (std::size_t row = 0; row < values.size(); ++row) {
      if (!columns_.broken[row]) continue;
      switch (o_.drift.breakage) {
        case Breakage::null: valid[row] = 0; break;
        case Breakage::scaled:
          values[row] =
              static_cast<T>(std::min<double>(static_cast<double>(values[row]) * 1000, 2e9));
          break;
        case Breakage::stale:
          values[row] = static_cast<T>(std::max<double>(
              0, static_cast<double>(values[row]) - (columns_.day[row] - o_.drift.day)));
          break;
      }
    }
    return valid;
  }

  template <class T>
  void add_feature(Frame::Builder& builder, const char* name, std::vector<T>& values,
                   ColumnInfo info = {
                       .role = Role::feature, .privacy = Privacy::open, .unit = {}}) const {
    auto valid = break_column(name, values);
    builder.add(name, std::move(values), std::move(info));
    if (!valid.empty()) builder.missing(std::move(valid));
  }

  Result<Frame> frame() {
    Columns& c = columns_;
    Frame::Builder b;
    const ColumnInfo id{.role = Role::id, .privacy = Privacy::open, .unit = {}},
        feature{.role = Role::feature, .privacy = Privacy::open, .unit = {}};
    b.add("impression_id", std::move(c.impression_id), id)
        .add("session_id", std::move(c.session_id), id);
    b.add("user_id", std::move(c.user_id), {.role = Role::id, .privacy = Privacy::pii, .unit = {}})
        .add("post_id", std::move(c.post_id), id);
    b.add_time("time", std::move(c.time),
               {.role = Role::time, .privacy = Privacy::open, .unit = {}});
    b.add_time("click_arrival", std::move(c.arrival),
               {.role = Role::time, .privacy = Privacy::open, .unit = {}})
        .missing(std::move(c.arrived));
    std::vector<std::int32_t> days = c.day;  // the broken features still ask for it
    b.add("day", std::move(days), {.role = Role::none, .privacy = Privacy::open, .unit = "days"});
    const auto dictionary = [](const auto& names) {
      return std::make_shared<const std::vector<std::string>>(names.begin(), names.end());
    };
    b.add_dictionary("platform", std::move(c.platform), dictionary(kPlatformNames), feature);
    b.add_dictionary("country", std::move(c.country), dictionary(kCountryNames),
                     {.role = Role::feature, .privacy = Privacy::sensitive, .unit = {}});
    add_feature(b, "user_activity", c.activity);
    add_feature(b, "user_tenure_days", c.tenure,
                {.role = Role::feature, .privacy = Privacy::open, .unit = "days"});
    b.add_dictionary("community", std::move(c.community), dictionary(people_.community_name),
                     feature);
    b.add_dictionary("topic", std::move(c.topic), dictionary(kTopicNames), feature);
    b.add_dictionary("media", std::move(c.media), dictionary(kMediaNames), feature);
    add_feature(b, "post_age_hours", c.age,
                {.role = Role::feature, .privacy = Privacy::open, .unit = "hours"});
    add_feature(b, "post_votes", c.votes);
    add_feature(b, "affinity", c.affinity);
    b.add("position", std::move(c.position), feature).add("hour", std::move(c.hour), feature);
    b.add("ranker_score", std::move(c.ranker))
        .add_boolean("random_slate", std::move(c.random_slate));
    b.add("click", std::move(c.click), {.role = Role::label, .privacy = Privacy::open, .unit = {}});
    b.add("click_probability", std::move(c.probability),
          {.role = Role::truth,
           .privacy = Privacy::open,
           .unit = "probability",
           .truth_of = "click"});
    return std::move(b).build();
  }

  static constexpr int kSolveDays = 7;
  const SiteOptions& o_;
  const unsigned threads_;
  const Population people_;
  const std::vector<double> examination_;
  const double delay_scale_ = o_.click_delay_hours / std::tgamma(1 + 1 / kClickDelayShape);
  const StreamKey visit_key_ = stream_key(o_.seed, "session.visit"),
                  time_key_ = stream_key(o_.seed, "session.time"),
                  slate_key_ = stream_key(o_.seed, "session.slate"),
                  noise_key_ = stream_key(o_.seed, "click.noise"),
                  delay_key_ = stream_key(o_.seed, "click.delay"),
                  break_key_ = stream_key(o_.seed, "feature.breakage");
  std::vector<int> visit_days_;  // of the user at hand
  std::vector<Session> sessions_;
  Columns columns_;
};

}  // namespace

Result<Frame> simulate_impressions(const SiteOptions& options, const Progress& progress,
                                   unsigned threads) {
  if (auto fine = validate(options); !fine) return fail(fine.error());
  return Simulation(options, threads ? threads : std::max(1U, std::thread::hardware_concurrency()))
      .run(progress);
}

}  // namespace rehearse::sim
