// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Today and Progress say of the days and the attempts.
#include <catch2/catch.hpp>
#include <cmath>

#include "app/present/first_steps.hpp"
#include "app/present/progress_trend.hpp"
#include "app/present/week.hpp"
#include "engine/metrics/interval.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using namespace rehearse::present;

namespace {

constexpr std::int64_t kDay = 86400, kNoon = 20000 * kDay + kDay / 2;

practice::Attempt attemptAt(std::int64_t at, bool accepted, std::optional<double> stated = {}) {
  practice::Attempt attempt;
  attempt.drill = "add-two";
  attempt.submitted_at = at;
  attempt.verdict = accepted ? "AC" : "WA";
  attempt.stated = stated;
  return attempt;
}

ProgressInput inputWith(std::vector<practice::Attempt> attempts) {
  ProgressInput input;
  input.attempts = std::move(attempts);
  input.now = kNoon;
  return input;
}

double numberNamed(const Figure& figure, const std::string& name) {
  for (std::size_t row = 0; row < figure.data.rows(); ++row)
    if (figure.data.find("name")->cell(row) == name) return figure.data.find("value")->number(row);
  return std::nan("");
}

}  // namespace

TEST_CASE("week: seven days up to today, each with its own, and the days in a row") {
  ProgressInput input =
      inputWith({attemptAt(kNoon - 7 * kDay, true), attemptAt(kNoon - 2 * kDay, true),
                 attemptAt(kNoon - kDay, false), attemptAt(kNoon - kDay, true)});
  input.reviews.resize(1);
  input.reviews[0].reviewed_at = kNoon - kDay;
  const Week week = weekOf(input);
  CHECK(week.days[6].day == QDate(1970, 1, 1).addDays(20000));
  CHECK(week.days[6].total() == 0);
  CHECK(week.days[5].submissions == 2);
  CHECK(week.days[5].reviews == 1);
  CHECK(week.days[4].total() == 1);
  CHECK(week.days[0].total() == 0);
  // Today is not over: nothing done yet breaks no row.
  CHECK(week.streak == 2);
  CHECK(weekWords(week) == "3 submissions, 1 card; 2 days in a row.");
  CHECK(dayWords(week.days[3]).endsWith(": nothing."));
}

TEST_CASE("week: days are the reader's own") {
  ProgressInput input = inputWith({attemptAt(kNoon, true)});
  input.utcOffsetSeconds = 13 * 3600;  // noon in Greenwich is the next day there
  const Week week = weekOf(input);
  CHECK(week.days[6].day == QDate(1970, 1, 1).addDays(20001));
  CHECK(week.days[6].submissions == 1);
}

TEST_CASE("trend: from the fifth submission on, over the last ones, with Wilson's interval") {
  std::vector<practice::Attempt> attempts;
  for (int i = 0; i < 4; ++i) attempts.push_back(attemptAt(kNoon + i, false));
  CHECK(acceptanceTrend(inputWith(attempts), 5).data.rows() == 0);
  for (int i = 4; i < 9; ++i) attempts.push_back(attemptAt(kNoon + i, true));
  const Figure figure = acceptanceTrend(inputWith(attempts), 5);
  std::vector<double> share;
  double low = 0, high = 0;
  for (std::size_t row = 0; row < figure.data.rows(); ++row) {
    if (figure.data.find("style")->cell(row) == "series")
      share.push_back(figure.data.find("y")->number(row));
    else
      low = figure.data.find("low")->number(row), high = figure.data.find("high")->number(row);
  }
  CHECK(share == std::vector<double>{0.2, 0.4, 0.6, 0.8, 1.0});
  CHECK(low == Approx(metrics::wilson_interval(5, 5).low));
  CHECK(high == Approx(metrics::wilson_interval(5, 5).high));
}

TEST_CASE("own calibration: nothing is said of fewer than ten answers") {
  std::vector<practice::Attempt> attempts(9, attemptAt(kNoon, true, 0.8));
  attempts.push_back(attemptAt(kNoon, true));       // not asked
  attempts.push_back(attemptAt(kNoon, true, 1.5));  // no probability
  const OwnCalibration own = ownCalibration(inputWith(attempts));
  CHECK(own.answers == 9);
  CHECK_FALSE(own.enough());
}

TEST_CASE("own calibration: Brier score, bins with counts, and which way it leans") {
  // Six times 0.9 with three accepted, four times 0.1 with none: by hand
  // (3·0.01 + 3·0.81 + 4·0.01) / 10 = 0.25.
  std::vector<practice::Attempt> attempts;
  for (int i = 0; i < 6; ++i) attempts.push_back(attemptAt(kNoon, i < 3, 0.9));
  for (int i = 0; i < 4; ++i) attempts.push_back(attemptAt(kNoon, false, 0.1));
  const OwnCalibration own = ownCalibration(inputWith(attempts));
  REQUIRE(own.enough());
  CHECK(numberNamed(own.numbers, "Brier score (0 is perfect)") == Approx(0.25));
  CHECK(numberNamed(own.numbers, "Brier of always stating your rate") == Approx(0.3 * 0.7));
  CHECK(numberNamed(own.numbers, "stated above accepted") == Approx(0.58 - 0.3));
  REQUIRE(own.curve.data.rows() == 2);
  CHECK(own.curve.data.find("count")->number(0) == 4);
  CHECK(own.curve.data.find("count")->number(1) == 6);
  CHECK(own.curve.data.find("y")->number(1) == Approx(0.5));
  CHECK(own.curve.see.find("promise too much: by 28 points") != std::string::npos);
  CHECK(own.curve.see.find("4, 6") != std::string::npos);
}

TEST_CASE("progress: the report leaves out what has no rows") {
  const Document little = progressReport(inputWith({attemptAt(kNoon, true)}));
  const Document more =
      progressReport(inputWith(std::vector<practice::Attempt>(12, attemptAt(kNoon, true, 0.9))));
  CHECK(more.blocks.size() > little.blocks.size());
  for (const auto& block : little.blocks) CHECK(std::get<Figure>(block).data.rows() > 0);
}

TEST_CASE("first steps: each is done by doing it, and when all are they are gone") {
  const test::Product product;
  test::writeFile(product.path("product/designs/small.lua"),
                  "design \"Small\" { asks = \"Does it fit?\" }\nchapter \"One\" \"Text.\"\n");
  const auto context = product.open();
  QList<FirstStep> steps = firstSteps(*context);
  REQUIRE(steps.size() == 3);
  for (const FirstStep& step : steps) CHECK_FALSE(step.done);
  CHECK(steps[0].offer.id == "add-two");
  REQUIRE(practice::add_attempt(context->database(), attemptAt(kNoon, false)));
  CHECK_FALSE(firstSteps(*context)[0].done);
  REQUIRE(practice::add_attempt(context->database(), attemptAt(kNoon, true)));
  CHECK(firstSteps(*context)[0].done);
  noteKnobMoved(*context);
  CHECK(firstSteps(*context)[1].done);
  REQUIRE(practice::record_review(context->database(), context->cards().cards().front(),
                                  practice::Rating::recalled, kNoon, 5));
  CHECK(firstSteps(*context).isEmpty());
}

TEST_CASE("first steps: skipped ones can be had again") {
  const test::Product product;
  const auto context = product.open();
  skipFirstSteps(*context, true);
  CHECK(firstSteps(*context).isEmpty());
  skipFirstSteps(*context, false);
  CHECK_FALSE(firstSteps(*context).isEmpty());
}
