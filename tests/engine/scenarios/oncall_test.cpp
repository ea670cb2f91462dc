// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/oncall.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "engine/scenarios/oncall_sample.hpp"
#include "engine/scenarios/oncall_usual.hpp"
#include "engine/sim/operations.hpp"

namespace {

using namespace rehearse;

constexpr double kPage = 24 * 22 + 10, kBegin = kPage - 6;

Frame world(const char* kind, double magnitude = 1.5, const char* segment = "all") {
  sim::OperationsOptions options;
  options.days = 26;
  options.incidents_per_week = 0, options.spikes_per_week = 0;
  options.seed = 11;
  if (kind) options.planted.push_back({kind, kBegin, 24 * 26, magnitude, segment});
  auto made = sim::simulate_operations(options);
  REQUIRE(made);
  return std::move(made->signals);
}

Frame seen(const Frame& table) {
  auto cut = scenarios::seen_until(table, kPage);
  REQUIRE(cut);
  return *std::move(cut);
}

double outcome(const scenarios::ActionResult& result, const char* column) {
  return result.outcome.find(column)->number(0);
}

scenarios::ActionResult acted(const Frame& broken, const Frame& clean,
                              const scenarios::Response& response,
                              const scenarios::Happening& happening = {kBegin, "bad_deploy"}) {
  auto result = scenarios::act(broken, clean, kPage, happening, response);
  INFO((result ? "" : result.error().message));
  REQUIRE(result);
  return *std::move(result);
}

constexpr double kUntil = kPage + 48;

}  // namespace

TEST_CASE("on-call: what is seen ends before the page and holds no truth") {
  const Frame cut = seen(world("bad_deploy"));
  for (const double hour : cut.find("hour")->numbers()) CHECK(hour < kPage);
  CHECK_FALSE(cut.has_role(Role::truth));
  CHECK_FALSE(scenarios::seen_until(cut, 0));
  CHECK_FALSE(scenarios::seen_until(cut, 1e6));
}

TEST_CASE("on-call: usual values of a pure wave are that wave, and its spread is nothing") {
  scenarios::HourlySeries series;
  for (int hour = 0; hour < 24 * 21; ++hour) {
    series.hour.push_back(hour);
    series.value.push_back(
        100 * std::exp(0.3 * std::sin(hour * 2 * M_PI / 24) + (hour / 24 % 7 >= 5 ? -0.2 : 0)));
  }
  const auto usual = scenarios::Usual::of(series, sim::Scale::log, 24 * 21);
  REQUIRE(usual);
  for (const double hour : {5.0, 24 * 5 + 7.0, 24 * 13 + 23.0})
    CHECK(usual->value(hour) == Approx(series.value[static_cast<std::size_t>(hour)]).epsilon(1e-9));
}

TEST_CASE(
    "on-call: the most unusual signal of a null feature is its null rate; nothing is unusual "
    "on a quiet day") {
  const auto levels = scenarios::signal_levels(seen(world("null_feature")));
  REQUIRE(levels);
  CHECK(levels->find("signal")->text(0) == "null_rate");
  CHECK(levels->rows() == sim::operation_signals().size());
  const auto quiet = scenarios::signal_levels(seen(world(nullptr)));
  REQUIRE(quiet);
  CHECK(std::abs(quiet->find("σ from usual")->number(0)) < 5);
}

TEST_CASE("on-call: the worst segment is the one that was struck") {
  const auto slices =
      scenarios::segment_levels(seen(world("null_feature", 2, "android")), "null_rate");
  REQUIRE(slices);
  CHECK(slices->find("segment")->text(0) == "all");
  CHECK(slices->find("segment")->text(1) == "android");
  CHECK_FALSE(scenarios::segment_levels(seen(world(nullptr)), "no_such_signal"));
}

TEST_CASE("on-call: the first sign is in the hour of the beginning and none comes before it") {
  const auto signs = scenarios::first_signs(seen(world("bad_deploy")), kBegin);
  REQUIRE(signs);
  REQUIRE(signs->rows() > 1);
  const Column& after = *signs->find("hours after it began");
  CHECK(after.number(0) == 0);
  for (std::size_t row = 1; row < signs->rows(); ++row)
    CHECK(after.number(row) >= after.number(row - 1));
}

TEST_CASE("on-call: an action's loss is the damage that it leaves and the clicks that it costs") {
  const Frame clean = world(nullptr), broken = world("bad_deploy");
  const auto waiting = acted(broken, clean, {"wait", 0, 0, 1, 0, 0, 0, kUntil});
  // Brute force over the two worlds.
  double lost = 0, expected = 0;
  const auto sum = [](const Frame& frame, auto&& body) {
    const Column &hour = *frame.find("hour"), &segment = *frame.find("segment"),
                 &sessions = *frame.find("sessions"), &rate = *frame.find("true_ctr");
    for (std::size_t row = 0; row < frame.rows(); ++row)
      if (segment.text(row) == "all" && hour.number(row) >= kPage && hour.number(row) < kUntil)
        body(sessions.number(row) * scenarios::kImpressionsPerSession * rate.number(row));
  };
  sum(clean, [&](double clicks) { lost += clicks, expected += clicks; });
  sum(broken, [&](double clicks) { lost -= clicks; });
  CHECK(outcome(waiting, "lost") == Approx(lost).epsilon(1e-9));
  CHECK(outcome(waiting, "expected") == Approx(expected).epsilon(1e-9));
  CHECK(lost > 0);
  CHECK(waiting.outcome.find("recovered_h")->missing(0));
  const auto half = acted(broken, clean, {"half", 0, 0, 0.5, 0, 0, 0, kUntil});
  CHECK(outcome(half, "lost") == Approx(lost / 2).epsilon(1e-9));
  const auto mended = acted(broken, clean, {"mend", 0, 0, 0, 0, 0, 0, kUntil});
  CHECK(outcome(mended, "lost") == Approx(0).margin(1e-9));
  CHECK(outcome(mended, "recovered_h") == 0);
  const auto costly = acted(broken, clean, {"cost", 0, 0, 0, 0, 0.1, 0, kUntil});
  CHECK(outcome(costly, "lost") == Approx(0.1 * expected).epsilon(1e-9));
  const auto late = acted(broken, clean, {"late", 30, 60, 0, 0, 0, 0, kUntil});
  CHECK(outcome(late, "lost") > 0);
  CHECK(outcome(late, "recovered_h") == 2);
}

TEST_CASE("on-call: harmless happenings cost nothing, hidden ones what is said of them") {
  const Frame clean = world(nullptr), broken = world("holiday");
  const scenarios::Response wait{"wait", 0, 0, 1, 0, 0, 0, kUntil};
  CHECK(outcome(acted(broken, clean, wait, {kBegin, "holiday", 0, true}), "lost") == 0);
  const auto hidden = acted(broken, clean, wait, {kBegin, "label_delay", 0.05, false});
  CHECK(outcome(hidden, "lost") == Approx(0.05 * outcome(hidden, "expected")).epsilon(1e-6));
  CHECK_FALSE(scenarios::act(broken, clean, kPage, {kBegin, "no_such_kind"}, wait));
  CHECK_FALSE(scenarios::act(broken, clean, kPage, {kBegin, "holiday"},
                             {"wait", 0, 0, 1, 0, 0, 0, kPage - 1}));
}

TEST_CASE("on-call: damage of groups averages to the damage of the site") {
  const Frame clean = seen(world(nullptr)), broken = seen(world("bad_deploy"));
  const auto groups = scenarios::group_rates(
      broken, clean, {"version", {"new", "old"}, {0.9, 0.1}, {1, 0}, 3, 1}, 5);
  REQUIRE(groups);
  const Column &clicks = *groups->find("clicks"), &shown = *groups->find("impressions"),
               &low = *groups->find("low"), &usual = *groups->find("usual CTR"),
               &high = *groups->find("high");
  CHECK(usual.number(1) > low.number(1));
  CHECK(usual.number(1) < high.number(1));
  CHECK(high.number(0) < usual.number(0));
  // Together they are the broken site, within the noise of their counts (5σ).
  double n = 0, k = 0, whole = 0, weight = 0;
  for (std::size_t row = 0; row < 2; ++row) n += shown.number(row), k += clicks.number(row);
  const auto sessions = scenarios::hourly(broken, "sessions", "all");
  const auto ctr = scenarios::hourly(broken, "ctr", "all");
  REQUIRE(sessions);
  REQUIRE(ctr);
  for (std::size_t i = ctr->value.size() - 3; i < ctr->value.size(); ++i)
    whole += sessions->value[i] * ctr->value[i], weight += sessions->value[i];
  const double p = whole / weight;
  CHECK(std::abs(k / n - p) < 5 * std::sqrt(p * (1 - p) / n));
  CHECK_FALSE(scenarios::group_rates(broken, clean, {"v", {"a"}, {1}, {0}, 3, 1}, 5));
  CHECK_FALSE(scenarios::group_rates(broken, clean, {"v", {"a"}, {1, 2}, {1}, 3, 1}, 5));
}

TEST_CASE("on-call: logged rows differ as often as their fault says, and only where it strikes") {
  const Frame quiet = seen(world(nullptr));
  scenarios::SampleOptions options;
  options.fault = scenarios::RowFault::null, options.affected = 0.5, options.segment = "android";
  options.kept = 0.2;
  const auto sample = scenarios::sample_logs(quiet, options, 3);
  REQUIRE(sample);
  CHECK(sample->lines.rows() == 12);
  const Column &segment = *sample->summary.find("segment"),
               &missing = *sample->summary.find("online missing, %");
  for (std::size_t row = 0; row < segment.size(); ++row) {
    if (segment.text(row) == "android")
      CHECK(missing.number(row) == Approx(50).margin(5));
    else if (segment.text(row) != "all")
      CHECK(missing.number(row) == 0);
  }
  options.fault = scenarios::RowFault::none;
  const auto clean = scenarios::sample_logs(quiet, options, 3);
  REQUIRE(clean);
  for (const double share : clean->summary.find("differs, %")->numbers()) CHECK(share == 0);
  CHECK_FALSE(scenarios::parse_row_fault("nul"));
  options.affected = 2;
  CHECK_FALSE(scenarios::sample_logs(quiet, options, 3));
}

TEST_CASE("on-call: facts speak of every signal, and of clicks lost only where something is lost") {
  const auto facts =
      scenarios::incident_facts(world("bad_deploy"), world(nullptr), kPage, {kBegin, "bad_deploy"});
  REQUIRE(facts);
  const auto fact = [&](const std::string& name) {
    for (std::size_t row = 0; row < facts->rows(); ++row)
      if (facts->find("name")->text(row) == name)
        return std::string(facts->find("text")->text(row));
    FAIL(name);
    return std::string();
  };
  CHECK(fact("hours") == "6");
  CHECK(fact("ctr change").front() == '-');
  CHECK(fact("lost") != "0");
  CHECK(fact("now") == scenarios::clock_of(kPage));
  CHECK(scenarios::clock_of(0) == "Mon 00:00");
  CHECK(scenarios::clock_of(24 * 8 + 13.5) == "Tue 13:30");
  const auto none = scenarios::incident_facts(world("holiday"), world(nullptr), kPage,
                                              {kBegin, "holiday", 0, true});
  REQUIRE(none);
}
