// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/alerts.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

constexpr std::size_t kBaseline = 14 * 24;

// Signals `a` and `b` of independent standard normals, hour by hour, with additions.
Frame noise(std::size_t hours, const std::vector<std::pair<std::size_t, double>>& a = {},
            const std::vector<std::pair<std::size_t, double>>& b = {},
            std::uint64_t replicate = 0) {
  Stream of_a(3, "test.a", replicate), of_b(3, "test.b", replicate);
  std::vector<double> hour, x, y;
  for (std::size_t t = 0; t < hours; ++t) {
    hour.push_back(static_cast<double>(t)), x.push_back(of_a.normal()), y.push_back(of_b.normal());
  }
  for (const auto& [at, value] : a) x[at] = value;
  for (const auto& [at, value] : b) y[at] = value;
  Frame::Builder builder;
  builder.add("hour", hour).add("a", x).add("b", y);
  return *std::move(builder).build();
}

BaselineOptions plain(int days = 14) {
  BaselineOptions o;
  o.seasonal = false, o.days = days;
  return o;
}

std::vector<std::size_t> pages(const Frame& frame, const AlertRule& rule, int days = 14) {
  const auto d = SignalDeviations::of(frame, {"a", "b"}, plain(days));
  REQUIRE(d);
  const auto found = pages_of(*d, rule);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("alerts: a rule of one hour pages at its false-alarm rate on independent noise") {
  AlertRule rule;
  rule.threshold = 3, rule.signals = {0}, rule.quiet = 0;
  const std::size_t hours = 40000;
  const double measured = static_cast<double>(pages(noise(hours), rule, 400).size()) /
                          static_cast<double>(hours - 400 * 24);
  // 2 (1 - Φ(3)) = 0.0027, about 82 hours, ± 15% with the spread's own error.
  CHECK(measured == Approx(0.0027).margin(0.0012));
}

TEST_CASE("alerts: sustained for two independent hours squares the rate") {
  AlertRule rule;
  rule.threshold = 2, rule.signals = {0}, rule.quiet = 0, rule.sustain = 2, rule.within = 1;
  const std::size_t hours = 60000;
  const double p = 0.0455;  // of |z| ≥ 2
  const double measured = static_cast<double>(pages(noise(hours), rule, 400).size()) /
                          static_cast<double>(hours - 400 * 24);
  // A run of two begins after an hour within bounds: p² (1 - p).
  CHECK(measured == Approx(p * p * (1 - p)).epsilon(0.4));
}

TEST_CASE("alerts: sustain, corroboration and quiet do what they say, hour by hour") {
  const std::size_t at = 500;
  AlertRule rule;
  rule.threshold = 8, rule.quiet = 0, rule.within = 1;
  const Frame frame =
      noise(600, {{at, 20}, {at + 1, 20}, {at + 2, 20}, {at + 10, 20}}, {{at + 2, 20}});
  CHECK(pages(frame, rule) == std::vector<std::size_t>{at, at + 10});
  rule.quiet = 12;
  CHECK(pages(frame, rule) == std::vector<std::size_t>{at});
  rule.quiet = 0, rule.sustain = 2;
  CHECK(pages(frame, rule) == std::vector<std::size_t>{at + 1});
  rule.sustain = 1, rule.corroborate = 2;
  CHECK(pages(frame, rule) == std::vector<std::size_t>{at + 2});
  rule.within = 9;  // b spoke at +2 and a again at +10: within nine hours
  CHECK(pages(frame, rule) == std::vector<std::size_t>{at + 2});
}

TEST_CASE("alerts: what goes on is paged again, and layers are witnesses where signals are not") {
  std::vector<std::pair<std::size_t, double>> long_one, other;
  for (std::size_t t = 400; t < 440; ++t) long_one.emplace_back(t, 30);
  for (std::size_t t = 410; t < 412; ++t) other.emplace_back(t, 30);
  AlertRule rule;
  rule.threshold = 8, rule.quiet = 0, rule.within = 1, rule.repeat = 24;
  const Frame frame = noise(600, long_one, other);
  CHECK(pages(frame, rule) == std::vector<std::size_t>{400, 424});
  rule.corroborate = 2;
  CHECK(pages(frame, rule) == std::vector<std::size_t>{410});
  rule.layer = {0, 0};
  CHECK(pages(frame, rule).empty());
  rule.layer = {0, 1};
  CHECK(pages(frame, rule) == std::vector<std::size_t>{410});
}

TEST_CASE("alerts: a season is no deviation where hours are compared with their like") {
  std::vector<double> hour, x;
  Stream stream(1, "test.season");
  for (int t = 0; t < 24 * 60; ++t) {
    hour.push_back(t);
    x.push_back(100 * std::exp(0.5 * std::cos(2 * M_PI * t / 24.0) + 0.02 * stream.normal()));
  }
  Frame::Builder b;
  b.add("hour", hour).add("x", x);
  const Frame frame = *std::move(b).build();
  AlertRule rule;
  rule.threshold = 5;
  const auto seasonal = SignalDeviations::of(frame, {"x"}, {});
  REQUIRE(seasonal);
  CHECK(pages_of(*seasonal, rule)->empty());
  double worst = 0;
  for (std::size_t t = kBaseline; t < seasonal->hours(); ++t)
    worst = std::max(worst, std::fabs(seasonal->change(0)[t]));
  CHECK(worst < 0.15);
  rule.threshold = 2;
  CHECK_FALSE(pages_of(*seasonal, rule)->empty());
  rule.least_change = 0.5;  // significant, and too small to matter
  CHECK(pages_of(*seasonal, rule)->empty());
}

TEST_CASE("alerts: precision, recall and delay of pages against known outages") {
  const std::vector<Outage> outages = {
      {"one", 10, 20, true}, {"calm", 30, 40, false}, {"two", 50, 60, true}};
  const std::vector<std::size_t> hours = {5, 12, 15, 35, 64};
  const PageVerdict v = judge_pages(hours, outages, 6);
  CHECK(v.pages == 5);
  CHECK(v.useless == 2);  // 5 spoke of nothing, 35 of what harms nobody
  CHECK(v.precision == Approx(0.6));
  CHECK(v.recall == 1);
  CHECK(v.delay == Approx((2 + 14) / 2.0));
  CHECK(std::isnan(judge_pages({}, outages, 6).precision));
  CHECK(judge_pages({}, outages, 6).recall == 0);
  CHECK(std::isnan(judge_pages(hours, {}, 6).recall));
}

TEST_CASE("alerts: a signal that cannot be judged is refused with its reason") {
  const Frame frame = noise(600);
  CHECK_FALSE(SignalDeviations::of(frame, {"c"}, plain()));
  CHECK_FALSE(SignalDeviations::of(frame, {}, plain()));
  CHECK_FALSE(SignalDeviations::of(frame.slice(0, 300), {"a"}, plain()));
  CHECK(SignalDeviations::of(noise(600, {{77, NAN}}), {"a"}, plain())
            .error()
            .message.find("row 78") != std::string::npos);
  Frame::Builder b;
  b.add("hour", frame.find("hour")->numbers()).add("x", std::vector<double>(600, 2.0));
  CHECK(SignalDeviations::of(*std::move(b).build(), {"x"}, plain())
            .error()
            .message.find("constant") != std::string::npos);
  const auto d = SignalDeviations::of(frame, {"a", "b"}, plain());
  AlertRule rule;
  rule.corroborate = 3;
  CHECK_FALSE(pages_of(*d, rule));
  rule = {};
  rule.threshold = 0;
  CHECK_FALSE(pages_of(*d, rule));
}
