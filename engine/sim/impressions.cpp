// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/impressions.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "engine/sim/fatigue.hpp"
#include "engine/sim/happenings.hpp"
#include "engine/sim/intercept.hpp"
#include "engine/sim/parallel.hpp"
#include "engine/sim/slate.hpp"

namespace rehearse::sim {
namespace {

class Simulation {
 public:
  Simulation(const SiteOptions& o, unsigned threads)
      : o_(o),
        threads_(threads),
        people_(make_population(o)),
        slates_(o_, people_),
        examination_(examination_curve(o.slate_size, o.position_bias)) {}

  Result<Frame> run(const Progress& progress) {
    sessions_ = make_sessions(o_, people_);
    columns_.resize(sessions_.size() * slate_, o_);
    constexpr std::size_t kPart = 8192;
    for (std::size_t begin = 0; begin < sessions_.size(); begin += kPart) {
      const std::size_t end = std::min(sessions_.size(), begin + kPart);
      in_parallel(end - begin, threads_, [&](std::size_t a, std::size_t b) {
        for (std::size_t s = begin + a; s < begin + b; ++s) show(s);
      });
      if (!progress.report(0.7 * static_cast<double>(end) / static_cast<double>(sessions_.size())))
        return cancelled();
    }
    if (o_.columns[Extra::recent_seen]) tire(columns_, o_, people_, sessions_, threads_);
    if (!progress.report(0.75)) return cancelled();
    const double intercept = solve_intercept(columns_, o_, examination_);
    in_parallel(sessions_.size(), threads_, [&](std::size_t a, std::size_t b) {
      for (std::size_t s = a; s < b; ++s) click(s, intercept);
    });
    if (!progress.report(0.95)) return cancelled();
    return publish(std::move(columns_), o_, people_);
  }

 private:
  bool clicks_drift(DriftKind kind, int day) const {
    return o_.drift.kind == kind && day >= o_.drift.day;
  }

  // What a session's impressions share, in log-odds; kept where a column asks for it.
  float shared_logit(std::size_t index, const Session& s, const User& user) {
    const float log_tenure =
        user.entrant() ? std::log1p(static_cast<float>(std::max(0, user.tenure_days + s.day)))
                       : user.log_tenure;
    float logit = Taste::of_user(user, log_tenure);
    if (!any_effect_) return logit;
    const Effects& e = o_.effects;
    float sitting = 0, season = 0, segment = 0;
    if (e.session_correlation > 0) {
      Stream stream(sitting_key_, o_.replicate, s.key);
      sitting = static_cast<float>(session_sd_ * stream.normal());
    }
    const int weekday = weekday_of(o_.start_micros, s.day);
    if (e.seasonality > 0)
      season = static_cast<float>(e.seasonality * season_effect(s.hour, weekday));
    if (e.miscalibration > 0) segment = static_cast<float>(offset_of(s, user));
    keep(index, Extra::user_effect, user.effect);
    keep(index, Extra::session_effect, sitting);
    keep(index, Extra::season_effect, season);
    keep(index, Extra::segment_offset, segment);
    return logit + user.effect + sitting + season + segment;
  }

  double offset_of(const Session& s, const User& user) const {
    const double m = o_.effects.miscalibration;
    switch (o_.effects.segment) {
      case Segment::platform: return segment_offset(user.platform, kPlatforms, m);
      case Segment::country: return segment_offset(user.country, kCountries, m);
      case Segment::surface: return segment_offset(s.surface, kSurfaces, m);
    }
    return 0;
  }

  void keep(std::size_t index, Extra extra, float value) {
    std::vector<float>& column = columns_.number(extra);
    if (column.empty()) return;
    for (std::size_t row = index * slate_; row < (index + 1) * slate_; ++row) column[row] = value;
  }

  void show(std::size_t index) {
    const Session& s = sessions_[index];
    const User& user = user_of(people_, s);
    const Taste taste{clicks_drift(DriftKind::concept_shift, s.day)
                          ? static_cast<float>(o_.drift.strength)
                          : 0.0F};
    const float shared = shared_logit(index, s, user);
    Slate slate;
    const bool random = slates_.fill(s, slate);
    const std::size_t begin = index * slate_;
    put_session(begin, s, user, random);
    put_posts(begin, s, user, slate);
    for_each_place(columns_.probability, begin, [&](std::size_t k) {
      const float log_age = slates_.ages().log_hours[static_cast<std::size_t>(slate[k].age_tenths)];
      return static_cast<double>(shared + taste.of_post(user, *slate[k].post, log_age));
    });
    if (!more_columns_) return;
    for (std::size_t k = 0; k < slate_; ++k) put_more(begin + k, s, user, slate[k]);
  }

  // A session's rows of one column, which lie side by side: column by column, its memory is looked
  // up once a session and not once a row.
  template <class T, class Value>
  void for_each_place(std::vector<T>& column, std::size_t begin, Value&& value) {
    T* const rows = column.data() + begin;
    for (std::size_t k = 0, places = slate_; k < places; ++k) rows[k] = static_cast<T>(value(k));
  }

  void put_session(std::size_t begin, const Session& s, const User& user, bool random) {
    Columns& c = columns_;
    const auto same = [&](auto& column, auto value) {
      for_each_place(column, begin, [value](std::size_t) { return value; });
    };
    for_each_place(c.impression_id, begin, [&s](std::size_t k) { return s.key * 16 + k; });
    for_each_place(c.position, begin, [](std::size_t k) { return k + 1; });
    same(c.session_id, begin / slate_);
    same(c.user_id, s.user + (s.newcomer ? o_.users : 0));
    same(c.time, o_.start_micros + s.time);
    same(c.day, s.day);
    same(c.platform, user.platform), same(c.country, user.country);
    same(c.activity, s.activity);
    same(c.tenure, user.tenure_days + (s.newcomer ? std::max(0, s.day - o_.drift.day) : s.day));
    same(c.hour, s.hour);
    same(c.random_slate, random);
  }

  void put_posts(std::size_t begin, const Session& s, const User& user, const Slate& slate) {
    Columns& c = columns_;
    const auto each = [&](auto& column, auto&& value) {
      for_each_place(column, begin, [&](std::size_t k) { return value(slate[k]); });
    };
    each(c.post_id, [](const Shown& shown) { return shown.id; });
    each(c.community, [](const Shown& shown) { return shown.post->community; });
    each(c.topic, [](const Shown& shown) { return shown.post->topic; });
    each(c.media, [](const Shown& shown) { return shown.post->media; });
    each(c.age, [](const Shown& shown) { return static_cast<float>(shown.age_tenths) / 10; });
    each(c.votes, [&](const Shown& shown) {
      return shown.post->votes *
             slates_.ages().votes_share[static_cast<std::size_t>(shown.age_tenths)];
    });
    each(c.ranker, [](const Shown& shown) { return shown.score; });
    if (!user.entrant())
      each(c.affinity, [&](const Shown& shown) { return user.affinity[shown.post->topic]; });
    else
      each(c.affinity, [&, days = age_days(s, user)](const Shown& shown) {
        return affinity_known(user, shown.post->topic, days);
      });
  }

  // Days since the user was first seen, at the session's time.
  static double age_days(const Session& s, const User& user) {
    const double day = static_cast<double>(s.time) / static_cast<double>(kMicrosPerDay);
    return std::max(
        0.0, user.entrant() ? day - static_cast<double>(user.enters) : day + user.tenure_days);
  }

  void put_more(std::size_t row, const Session& s, const User& user, const Shown& shown) {
    Columns& c = columns_;
    const Community& community =
        people_.communities[static_cast<std::size_t>(shown.post->community)];
    c.probability[row] += static_cast<double>(community.effect);
    if (!c.surface.empty()) c.surface[row] = s.surface;
    if (!c.weekday.empty())
      c.weekday[row] = static_cast<std::uint8_t>(weekday_of(o_.start_micros, s.day));
    const auto set = [&](Extra extra, double value) {
      if (!c.number(extra).empty()) c.number(extra)[row] = static_cast<float>(value);
    };
    set(Extra::community_effect, static_cast<double>(community.effect));
    set(Extra::user_age_days, age_days(s, user));
    set(Extra::community_age_days,
        std::max(0.0, static_cast<double>(community.age_days) +
                          static_cast<double>(s.time) / static_cast<double>(kMicrosPerDay)));
  }

  void click(std::size_t index, double intercept) {
    Columns& c = columns_;
    Stream noise(noise_key_, o_.replicate, sessions_[index].key);
    const bool delay_asked = o_.columns[Extra::click_delay_hours], more = more_of_clicks_;
    double* const probability = c.probability.data() + index * slate_;
    std::uint8_t* const clicked = c.click.data() + index * slate_;
    for (std::size_t k = 0, places = slate_; k < places; ++k) {
      const double logit = probability[k];
      const double attraction = 1 / (1 + std::exp(-(intercept + logit)));
      probability[k] = examination_[k] * attraction;
      clicked[k] = noise.uniform() < probability[k];
      if (clicked[k] || delay_asked) arrive(index * slate_ + k, delay_asked);
      if (more) put_more_of_click(index * slate_ + k, k, logit, attraction);
    }
  }

  void arrive(std::size_t row, bool delay_asked) {
    Columns& c = columns_;
    Stream stream(delay_key_, o_.replicate, static_cast<std::uint64_t>(c.impression_id[row]));
    const double hours = o_.delay.draw(stream);
    if (delay_asked) c.number(Extra::click_delay_hours)[row] = static_cast<float>(hours);
    if (c.click[row]) c.arrival[row] = c.time[row] + static_cast<std::int64_t>(hours * 3.6e9);
  }

  void put_more_of_click(std::size_t row, std::size_t k, double logit, double attraction) {
    Columns& c = columns_;
    if (o_.columns[Extra::examination])
      c.number(Extra::examination)[row] = static_cast<float>(examination_[k]);
    if (o_.columns[Extra::attraction])
      c.number(Extra::attraction)[row] = static_cast<float>(attraction);
    if (!any_outcome_) return;
    const Post& post = people_.posts[static_cast<std::size_t>(c.post_id[row])];
    happenings_.draw(c, row,
                     {examination_[k], attraction, logit, static_cast<double>(post.quality)});
  }

  const SiteOptions& o_;
  const unsigned threads_;
  const Population people_;
  const SlateMaker slates_;
  const std::vector<double> examination_;
  const std::size_t slate_ = static_cast<std::size_t>(o_.slate_size);
  const double session_sd_ = o_.effects.session_sd();
  const bool more_columns_ = o_.columns.any() || o_.effects.community_spread > 0;
  const bool any_outcome_ = o_.outcomes.any();
  const bool more_of_clicks_ =
      any_outcome_ || o_.columns[Extra::examination] || o_.columns[Extra::attraction];
  const bool any_effect_ = more_columns_ || o_.effects.session_correlation > 0 ||
                           o_.effects.user_spread > 0 || o_.effects.miscalibration > 0;
  const StreamKey noise_key_ = stream_key(o_.seed, "click.noise"),
                  delay_key_ = stream_key(o_.seed, "click.delay"),
                  sitting_key_ = stream_key(o_.seed, "session.effect");
  const Happenings happenings_{o_};
  std::vector<Session> sessions_;
  Columns columns_;
};

}  // namespace

Result<Frame> simulate_impressions(const SiteOptions& options, const Progress& progress,
                                   unsigned threads) {
  if (auto fine = validate(options); !fine) return fail(fine.error());
  SiteOptions whole = options;
  whole.columns = columns_of(options);
  return Simulation(whole, threads ? threads : std::max(1U, std::thread::hardware_concurrency()))
      .run(progress);
}

}  // namespace rehearse::sim
