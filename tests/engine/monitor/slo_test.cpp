// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/slo.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

// Minutes of 1,000 requests with `rate` errors in [begin, end).
Frame constant_burn(std::size_t minutes, std::size_t begin, std::size_t end, double errors) {
  std::vector<std::int32_t> minute, requests;
  std::vector<double> bad;
  std::vector<std::string> outage;
  for (std::size_t t = 0; t < minutes; ++t) {
    minute.push_back(static_cast<std::int32_t>(t)), requests.push_back(1000);
    bad.push_back(t >= begin && t < end ? errors : 0);
    outage.emplace_back(t >= begin && t < end ? "outage" : "");
  }
  Frame::Builder b;
  b.add("minute", minute).add("requests", requests).add("errors", bad).add("outage", outage);
  return *std::move(b).build();
}

SloOptions only(BurnRule rule) {
  SloOptions o;
  o.rules = {std::move(rule)};
  return o;
}

}  // namespace

TEST_CASE("slo: the time to a page at a constant burn is the closed form, in the stream too") {
  const BurnRule rule{"r", "page", 60, 5, 14.4};
  for (const double errors : {15.0, 20.0, 60.0, 150.0, 1000.0}) {
    // A target of 0.999 and 1,000 requests: `errors` a minute burn at that rate.
    const auto report = evaluate_slo(constant_burn(600, 120, 600, errors), only(rule));
    REQUIRE(report);
    REQUIRE(report->pages.rows() == 1);
    const double waited = report->pages.find("minute")->number(0) - 120 + 1;  // minutes of errors
    INFO(errors);
    CHECK(waited == std::ceil(minutes_to_page(rule, errors) - 1e-9));
  }
  CHECK(std::isinf(minutes_to_page(rule, 14)));
  CHECK(evaluate_slo(constant_burn(600, 120, 600, 14), only(rule))->pages.rows() == 0);
}

TEST_CASE("slo: the workbook's rules spend 2%, 5% and 10% of a month's budget before they speak") {
  const auto rules = workbook_rules();
  const double month = 30 * 24 * 60;
  CHECK(budget_at_page(rules[0], month) == Approx(0.02));
  CHECK(budget_at_page(rules[1], month) == Approx(0.05));
  CHECK(budget_at_page(rules[2], month) == Approx(0.10));
}

TEST_CASE("slo: the short window ends an alert as fast as its closed form says") {
  const BurnRule rule{"r", "page", 60, 5, 10};
  CHECK(minutes_to_silence(rule, 20) == Approx(2.5));
  CHECK(minutes_to_silence(rule, 5) == 0);
  SloOptions o = only(rule);
  o.quiet_minutes = 0;
  const auto report = evaluate_slo(constant_burn(1440, 300, 420, 20), o);
  // Firing is thinned to every 15 minutes: it is on at 405 and off at 435.
  const Frame& burns = report->burns;
  for (std::size_t row = 0; row < burns.rows(); ++row) {
    const double minute = burns.find("minute")->number(row);
    INFO(minute);
    CHECK((burns.find("firing")->number(row) == 1) == (minute >= 329 && minute < 423));
  }
}

TEST_CASE("slo: burn rates of any window equal a sum over its minutes (brute force)") {
  rc::check([] {
    const auto minutes = *rc::gen::inRange<std::size_t>(70, 200);
    const auto errors = *rc::gen::container<std::vector<int>>(minutes, rc::gen::inRange(0, 40));
    std::vector<double> minute, requests(minutes, 50), bad(errors.begin(), errors.end());
    for (std::size_t t = 0; t < minutes; ++t) minute.push_back(static_cast<double>(t));
    Frame::Builder b;
    b.add("minute", minute).add("requests", requests).add("errors", bad);
    const auto report = evaluate_slo(*std::move(b).build(), only({"r", "page", 60, 7, 1e9}));
    RC_ASSERT(report.has_value());
    const Frame& burns = report->burns;
    for (std::size_t row = 0; row < burns.rows(); ++row) {
      const auto t = static_cast<std::size_t>(burns.find("minute")->number(row));
      double sum = 0, n = 0;
      for (std::size_t u = t + 1 >= 7 ? t + 1 - 7 : 0; u <= t; ++u) sum += bad[u], n += 50;
      RC_ASSERT(std::fabs(burns.find("burn_short")->number(row) - sum / n / 0.001) < 1e-6);
    }
  });
}

TEST_CASE("slo: the budget left is one less what was spent of it") {
  // 10 bad a minute of 1,000: ten times the budget's pace; a tenth of 30 days spends it.
  const auto report = evaluate_slo(constant_burn(4321, 0, 4321, 10));
  const Frame& budget = report->budget;
  CHECK(budget.find("budget_left")->number(0) == Approx(1 - 10 / 43200.0));
  CHECK(budget.find("budget_left")->number(budget.rows() - 1) == Approx(0).margin(1e-3));
}

TEST_CASE("slo: a page is judged by the outage it falls into") {
  const auto report =
      evaluate_slo(constant_burn(1440, 300, 360, 100), only({"r", "page", 10, 1, 5}));
  const Frame& rules = report->rules;
  CHECK(rules.find("recall")->number(0) == 1);
  CHECK(rules.find("precision")->number(0) == 1);
  CHECK(rules.find("delay_minutes")->number(0) == 0);
  // The first minute of the outage: 100 of a budget of 43,200.
  CHECK(rules.find("budget_spent")->number(0) == Approx(100 / 43200.0));
}

TEST_CASE("slo: bad streams and options are refused with the row and the range") {
  Frame::Builder b;
  b.add("minute", std::vector<double>{0, 2}).add("requests", std::vector<double>{1, 1});
  b.add("errors", std::vector<double>{0, 0});
  CHECK(evaluate_slo(*std::move(b).build()).error().message.find("row 2") != std::string::npos);
  Frame::Builder more;
  more.add("minute", std::vector<double>{0}).add("requests", std::vector<double>{1});
  more.add("errors", std::vector<double>{2});
  const Frame wrong = *std::move(more).build();
  CHECK_FALSE(evaluate_slo(wrong));
  SloOptions o;
  o.target = 1;
  CHECK_FALSE(evaluate_slo(constant_burn(10, 0, 0, 0), o));
  o = {};
  o.rules = {{"r", "page", 5, 60, 1}};
  CHECK_FALSE(evaluate_slo(constant_burn(10, 0, 0, 0), o));
  CHECK_FALSE(evaluate_slo(Frame()));
}
