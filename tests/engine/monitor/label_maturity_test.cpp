// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/label_maturity.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

constexpr double kHour = 3.6e9;

// Rows spread evenly over days, clicked with rate 0.2 after an exponential delay of mean 24 hours.
Frame log_of_days(int days, int rows_a_day, std::uint64_t replicate = 0) {
  std::vector<std::int64_t> time, arrival;
  std::vector<double> day, truth;
  std::vector<std::uint8_t> click, known;
  Stream stream(11, "test.maturity", replicate);
  for (int d = 0; d < days; ++d)
    for (int i = 0; i < rows_a_day; ++i) {
      const double at = (d + (i + 0.5) / rows_a_day) * 24 * kHour;
      time.push_back(static_cast<std::int64_t>(at)), day.push_back(d), truth.push_back(0.2);
      click.push_back(stream.uniform() < 0.2);
      arrival.push_back(static_cast<std::int64_t>(at + 24 * kHour * stream.exponential()));
      known.push_back(click.back());
    }
  Frame::Builder b;
  b.add_time("time", std::move(time)).add("day", std::move(day));
  b.add("click", std::move(click), {.role = Role::label});
  b.add_time("click_arrival", std::move(arrival)).missing(std::move(known));
  b.add("click_probability", std::move(truth), {.role = Role::truth});
  return *std::move(b).build();
}

}  // namespace

TEST_CASE("label delay: SciPy's exact interval of a Poisson count") {
  const Json oracle = oracle::read("monitor/poisson_interval.json");
  for (const Json& one : oracle) {
    const auto interval = poisson_interval(one["count"].get<double>(), one["level"].get<double>());
    INFO(one.dump());
    CHECK(interval.low == Approx(one["low"].get<double>()).margin(1e-9));
    CHECK(interval.high == Approx(one["high"].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("label delay: shares of an exponential delay are 1 - e^(-age), averaged over a day") {
  MaturityOptions o;
  o.now_day = 30, o.mature_days = 15;
  const auto made = label_maturity(log_of_days(30, 2000), o);
  REQUIRE(made);
  const Frame& days = made->days;
  for (const int age : {0, 1, 2, 5}) {
    const auto row = static_cast<std::size_t>(29 - age);
    // Mean of 1 - e^-a over a in [age, age + 1] days.
    const double share = 1 - (std::exp(-age) - std::exp(-age - 1.0));
    CHECK(days.find("share")->number(row) == Approx(share).margin(0.015));
    CHECK(days.find("effective_rows")->number(row) == Approx(2000 * share).epsilon(0.04));
    CHECK(days.find("corrected")->number(row) == Approx(0.2).margin(0.04));
    CHECK(days.find("naive")->number(row) == Approx(0.2 * share).margin(0.03));
  }
}

TEST_CASE("label delay: the interval of the corrected rate holds the truth 95% of the time") {
  int inside = 0;
  const int worlds = 300;
  MaturityOptions o;
  o.now_day = 12, o.mature_days = 6;
  for (int world = 0; world < worlds; ++world) {
    const auto made = label_maturity(log_of_days(12, 500, static_cast<std::uint64_t>(world)), o);
    const Frame& days = made->days;
    inside += days.find("low")->number(11) <= 0.2 && days.find("high")->number(11) >= 0.2;
  }
  // The exact interval covers a little more than 95%; the estimated law costs a little.
  CHECK(inside / double(worlds) >= 0.92);
  CHECK(inside / double(worlds) <= 0.995);
}

TEST_CASE("label delay: rows after now, a log without mature clicks and bad delays") {
  MaturityOptions o;
  o.now_day = 5, o.mature_days = 2;
  CHECK(label_maturity(log_of_days(10, 100), o)->days.rows() == 5);
  o.mature_days = 9;
  CHECK(label_maturity(log_of_days(10, 100), o).error().message.find("mature") !=
        std::string::npos);
  CHECK_FALSE(label_maturity(Frame(), o));
  CHECK_FALSE(DelayLaw::of({}));
  CHECK_FALSE(DelayLaw::of({1, -2}));
  CHECK_FALSE(DelayLaw::of({NAN}));
  CHECK(DelayLaw::of({1, 2, 3, 4})->arrived_within(2) == 0.5);
}
