// SPDX-License-Identifier: GPL-3.0-or-later
//
// What comes later than it might: clicks by their delay, users and communities by their entrance.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "engine/sim/effects.hpp"
#include "tests/engine/sim/site_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

// Share of the values at or below each of these.
double share_within(std::vector<double> values, double bound) {
  const auto in = std::count_if(values.begin(), values.end(), [&](double v) { return v <= bound; });
  return static_cast<double>(in) / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("arrivals: delays follow their law") {
  for (const DelayLaw law : {DelayLaw::weibull, DelayLaw::mixture}) {
    SiteOptions o = site_with({"click_delay_hours"});
    o.delay = {law, 3, 0.3, 60};
    const std::vector<double> delays = numbers(log_of(o), "click_delay_hours");
    const double bound = 4 * 0.5 / std::sqrt(static_cast<double>(delays.size()));
    for (const double hours : {0.2, 1.0, 3.0, 12.0, 48.0, 150.0})
      CHECK(std::abs(share_within(delays, hours) - o.delay.arrived_within(hours)) < bound);
  }
}

TEST_CASE("arrivals: the mixture of delays is its closed form, and its mean that of its parts") {
  const ClickDelay delay{DelayLaw::mixture, 2, 0.25, 50};
  CHECK(delay.arrived_within(2) ==
        Approx(1 - 0.75 * std::exp(-1.0) - 0.25 * std::exp(-2.0 / 50)).epsilon(1e-12));
  double mean = 0;  // ∫ (1 - F)
  for (double t = 0.005; t < 2000; t += 0.01) mean += 0.01 * (1 - delay.arrived_within(t));
  CHECK(mean == Approx(0.75 * 2 + 0.25 * 50).epsilon(1e-3));
  CHECK(delay.arrived_within(0) == 0);
}

TEST_CASE("arrivals: clicks arrive after their delay") {
  SiteOptions o = site_with({"click_delay_hours"});
  o.delay.law = DelayLaw::mixture;
  const Frame log = log_of(o);
  const auto time = log.find("time")->values<std::int64_t>(),
             arrival = log.find("click_arrival")->values<std::int64_t>();
  for (std::size_t row = 0; row < log.rows(); ++row) {
    REQUIRE(log.find("click_arrival")->missing(row) == (log.find("click")->number(row) == 0));
    if (!log.find("click_arrival")->missing(row))
      REQUIRE(static_cast<double>(arrival[row] - time[row]) / 3.6e9 ==
              Approx(log.find("click_delay_hours")->number(row)).epsilon(1e-5).margin(1e-6));
  }
}

TEST_CASE("arrivals: users enter at the rate asked for, without a past") {
  SiteOptions o = site_with({"user_age_days"});
  o.users = 4000, o.days = 20, o.sessions_per_day = 1, o.effects.new_users_per_day = 0.05;
  const Frame log = log_of(o);
  std::map<double, double> oldest;  // the age at the first impression
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const double age = log.find("user_age_days")->number(row), day = log.find("day")->number(row);
    REQUIRE(age >= 0);
    oldest.emplace(log.find("user_id")->number(row), age - day);
    if (age < 1 && age < day - 1) REQUIRE(log.find("affinity")->number(row) <= 3);
  }
  double entered = 0;
  for (const auto& [user, before] : oldest) entered += before <= 0.001;
  // Of those seen at all; with a session a day nearly everyone is.
  const double share = entered / static_cast<double>(oldest.size()),
               expected = 1 - 1 / (1 + 0.05 * 20);
  CHECK(share == Approx(expected).margin(0.05));
}

TEST_CASE("arrivals: a community that enters has no post before") {
  SiteOptions o = site_with({"community_age_days"});
  o.communities = 100, o.effects.new_communities_per_day = 0.1;
  const Frame log = log_of(o);
  std::map<std::string, double> first;  // the day on which it began
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const double post_age_days = log.find("post_age_hours")->number(row) / 24,
                 age = log.find("community_age_days")->number(row);
    REQUIRE(age >= post_age_days - 0.01);
    first.emplace(log.find("community")->text(row), log.find("day")->number(row) - age);
  }
  const auto young =
      std::count_if(first.begin(), first.end(), [](const auto& one) { return one.second > -0.99; });
  CHECK(young > 20);  // 50 of 100 enter within ten days; the last have few posts yet
  CHECK(young < 60);
}
