// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/effects.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numbers>

#include "tests/engine/sim/site_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

double attraction_logit(const Frame& log, std::size_t row) {
  return logit(log.find("click_probability")->number(row) / log.find("examination")->number(row));
}

}  // namespace

TEST_CASE("effects: all of them at zero are the plain world, to the byte") {
  SiteOptions named = small_site();
  named.effects.segment = Segment::country;
  named.delay.share_slow = 0.9, named.missing.rate = 0.5, named.leaks.strength = 0;
  CHECK(log_of(named).hash() == log_of(small_site()).hash());
}

TEST_CASE("effects: a column asked for changes no other") {
  SiteOptions asked = small_site();
  asked.columns.has.fill(true), asked.outcomes.has.fill(true);
  const Frame plain = log_of(small_site()), whole = log_of(asked);
  for (const std::string& name : plain.names()) {
    INFO(name);
    CHECK(plain.find(name)->hash() == whole.find(name)->hash());
  }
}

TEST_CASE("effects: any number of threads gives the same bytes with everything on") {
  SiteOptions o = real_site();
  o.users = 300, o.days = 9, o.columns.has.fill(true), o.outcomes.has.fill(true);
  o.leaks = {true, true, 0.7}, o.missing.mechanism = Mechanism::mar;
  const auto one = log_of(o, 1).hash();
  CHECK(one == log_of(o, 2).hash());
  CHECK(one == log_of(o, 4).hash());
}

TEST_CASE("effects: examination times attraction is the click probability") {
  SiteOptions o = real_site();
  o.users = 200, o.days = 5, o.columns = *ExtraSet::of({"examination", "attraction"});
  const Frame log = log_of(o);
  const std::vector<double> curve = examination_curve(o.slate_size, o.position_bias);
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const auto k = static_cast<std::size_t>(log.find("position")->number(row));
    REQUIRE(log.find("examination")->number(row) == Approx(curve[k - 1]).epsilon(1e-6));
    REQUIRE(log.find("click_probability")->number(row) ==
            Approx(curve[k - 1] * log.find("attraction")->number(row)).epsilon(1e-5));
  }
}

TEST_CASE(
    "effects: the log-odds of a click are those of the plain world and what the effects add") {
  SiteOptions plain = site_with({"examination"});
  SiteOptions o = plain;
  o.effects.session_correlation = 0.2, o.effects.user_spread = 0.7;
  o.effects.community_spread = 0.5, o.effects.miscalibration = 0.6, o.effects.fatigue = 0.3;
  o.columns.has.fill(true);
  const Frame a = log_of(plain), b = log_of(o);
  REQUIRE(a.rows() == b.rows());
  double shift = 0;  // the intercepts differ; nothing else may
  for (std::size_t row = 0; row < a.rows(); ++row) {
    double added = 0;
    for (const char* name : {"user_effect", "community_effect", "session_effect", "season_effect",
                             "fatigue_effect", "segment_offset"})
      added += b.find(name)->number(row);
    const double left = attraction_logit(b, row) - attraction_logit(a, row) - added;
    if (row == 0) shift = left;
    REQUIRE(left == Approx(shift).margin(1e-4));
  }
}

TEST_CASE("effects: a session's clicks correlate as much as asked") {
  SiteOptions o = site_with({"session_effect"});
  o.users = 2000, o.effects.session_correlation = 0.3;
  const Frame log = log_of(o);
  std::vector<double> effects;
  for (std::size_t row = 0; row < log.rows(); row += 6) {
    effects.push_back(log.find("session_effect")->number(row));
    for (std::size_t k = 1; k < 6; ++k)
      REQUIRE(log.find("session_effect")->number(row + k) == effects.back());
  }
  const double logistic_variance = std::numbers::pi * std::numbers::pi / 3;
  const double variance = variance_of(effects);
  CHECK(variance / (variance + logistic_variance) == Approx(0.3).margin(0.01));
  CHECK(std::abs(mean_of(effects)) < 4 * std::sqrt(variance / static_cast<double>(effects.size())));
}

TEST_CASE("effects: with correlated sessions clicks come in pairs more often than by chance") {
  const auto pairs = [](double correlation) {
    SiteOptions o = small_site();
    o.users = 2000, o.base_ctr = 0.1, o.effects.session_correlation = correlation;
    const std::vector<double> click = numbers(log_of(o), "click"),
                              p = numbers(log_of(o), "click_probability");
    double together = 0, expected = 0;
    for (std::size_t row = 0; row + 1 < click.size(); row += 6)
      together += click[row] * click[row + 1], expected += p[row] * p[row + 1];
    CHECK(together == Approx(expected).epsilon(0.15));  // given the effect, they are independent
    return together;
  };
  CHECK(pairs(0.5) > 1.3 * pairs(0));
}

TEST_CASE("effects: users and communities spread as asked, each with one effect of its own") {
  SiteOptions o = site_with({"user_effect", "community_effect"});
  o.users = 3000, o.communities = 800, o.effects.user_spread = 0.8,
  o.effects.community_spread = 0.6;
  const Frame log = log_of(o);
  std::map<double, double> user;
  std::map<std::string, double> community;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const double u = log.find("user_effect")->number(row),
                 c = log.find("community_effect")->number(row);
    REQUIRE(user.emplace(log.find("user_id")->number(row), u).first->second == u);
    REQUIRE(community.emplace(log.find("community")->text(row), c).first->second == c);
  }
  std::vector<double> users, communities;
  for (const auto& [id, effect] : user) users.push_back(effect);
  for (const auto& [name, effect] : community) communities.push_back(effect);
  CHECK(std::sqrt(variance_of(users)) == Approx(0.8).epsilon(0.06));
  CHECK(std::sqrt(variance_of(communities)) == Approx(0.6).epsilon(0.12));
}

TEST_CASE("effects: the season peaks at nine in the evening and on weekends") {
  CHECK(season_effect(21, 0) - season_effect(9, 0) == Approx(0.6));
  CHECK(season_effect(12, 5) - season_effect(12, 4) == Approx(0.28));
  double week = 0;
  for (int d = 0; d < 7; ++d)
    for (int h = 0; h < 24; ++h) week += season_effect(h, d);
  CHECK(std::abs(week) < 1e-9);
  CHECK(weekday_of(0, 0) == 3);                    // 1970-01-01 was a Thursday
  CHECK(weekday_of(SiteOptions::kStart, 0) == 0);  // 2026-06-01 is a Monday
  CHECK(weekday_of(-86'400'000'000, 0) == 2);
  CHECK(weekday_of(-1, 0) == 2);
}

TEST_CASE("effects: with a season the log tells its weekday, clicks and traffic follow it") {
  SiteOptions o = site_with({"season_effect"});
  o.users = 3000, o.days = 28, o.sessions_per_day = 0.5, o.effects.seasonality = 1.5;
  const Frame log = log_of(o);
  double sessions[7] = {};
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const int weekday = static_cast<int>(log.find("weekday")->number(row)),
              hour = static_cast<int>(log.find("hour")->number(row));
    REQUIRE(weekday == static_cast<int>(log.find("day")->number(row)) % 7);
    REQUIRE(log.find("season_effect")->number(row) ==
            Approx(1.5 * season_effect(hour, weekday)).margin(1e-6));
    sessions[weekday] += 1.0 / 6;
  }
  double all = 0;
  for (const double one : sessions) all += one;
  for (int d = 0; d < 7; ++d) {
    const double expected = all / 7 * weekday_traffic(d, 1.5);
    CHECK(std::abs(sessions[d] - expected) < 4 * std::sqrt(expected));
  }
}

TEST_CASE("effects: fatigue counts what the user saw of the community, by brute force") {
  SiteOptions o = site_with({"recent_seen", "fatigue_effect"});
  o.users = 60, o.communities = 6, o.effects.fatigue = 0.4;
  const Frame log = log_of(o);
  const auto time = log.find("time")->values<std::int64_t>();
  for (std::size_t row = 0; row < log.rows(); row += 7) {
    double seen = 0;
    for (std::size_t before = 0; before < row; ++before)
      if (log.find("user_id")->number(before) == log.find("user_id")->number(row) &&
          log.find("community")->text(before) == log.find("community")->text(row))
        seen += std::exp2(-static_cast<double>(time[row] - time[before]) / 3.6e9 / 72);
    REQUIRE(log.find("recent_seen")->number(row) == Approx(seen).epsilon(1e-5).margin(1e-6));
    REQUIRE(log.find("fatigue_effect")->number(row) ==
            Approx(-0.4 * std::log1p(seen)).epsilon(1e-5).margin(1e-6));
  }
}

TEST_CASE("effects: a segment's levels are offset evenly, and only they explain it") {
  CHECK(segment_offset(0, 3, 0.5) == 0.5);
  CHECK(segment_offset(1, 3, 0.5) == 0);
  CHECK(segment_offset(7, 8, 0.5) == -0.5);
  SiteOptions o = site_with({"segment_offset"});
  o.effects.miscalibration = 0.5;
  const Frame log = log_of(o);
  const std::map<std::string, double, std::less<>> expected = {
      {"home", 0.5}, {"community", 0}, {"search", -0.5}};
  for (std::size_t row = 0; row < log.rows(); ++row)
    REQUIRE(log.find("segment_offset")->number(row) ==
            Approx(expected.find(log.find("surface")->text(row))->second));
}

TEST_CASE("effects: the real site still has the click rate asked for in its first week") {
  SiteOptions o = real_site();
  o.users = 3000, o.days = 7, o.base_ctr = 0.02;
  CHECK(mean_of(numbers(log_of(o), "click_probability")) == Approx(0.02).epsilon(0.03));
}

TEST_CASE("effects: options out of range are refused by name") {
  const auto refusal = [](auto change) {
    SiteOptions o = small_site();
    change(o);
    const auto log = simulate_impressions(o);
    return log ? std::string() : log.error().message;
  };
  const std::pair<const char*, double Effects::*> all[] = {
      {"session_correlation", &Effects::session_correlation},
      {"user_spread", &Effects::user_spread},
      {"community_spread", &Effects::community_spread},
      {"seasonality", &Effects::seasonality},
      {"fatigue", &Effects::fatigue},
      {"new_users_per_day", &Effects::new_users_per_day},
      {"new_communities_per_day", &Effects::new_communities_per_day},
      {"miscalibration", &Effects::miscalibration}};
  for (const auto& [name, member] : all)
    for (const double bad : {-0.1, 9.0, std::nan("")}) {
      const auto m = member;
      CHECK(refusal([&](SiteOptions& o) { o.effects.*m = bad; }).find(name) != std::string::npos);
    }
  CHECK(refusal([](SiteOptions& o) { o.delay.share_slow = 2; }).find("share_slow") !=
        std::string::npos);
  CHECK(refusal([](SiteOptions& o) { o.delay.slow_hours = 0; }).find("slow_hours") !=
        std::string::npos);
  CHECK(refusal([](SiteOptions& o) { o.leaks.strength = -1; }).find("leak_strength") !=
        std::string::npos);
  CHECK(refusal([](SiteOptions& o) { o.missing.rate = 0.95; }).find("missing rate") !=
        std::string::npos);
  CHECK(!parse_delay_law("gamma"));
  CHECK(!parse_segment("age"));
  CHECK(!parse_mechanism("never"));
  CHECK(ExtraSet::of({"colour"}).error().message.find("surface") != std::string::npos);
  CHECK(OutcomeSet::of({"likes"}).error().message.find("dwell_seconds") != std::string::npos);
}
