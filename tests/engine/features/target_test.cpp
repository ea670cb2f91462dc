// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/target.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/features/history.hpp"
#include "tests/engine/features/tables.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::features;
using features::testing::kHour;
using features::testing::small_log;
using features::testing::SmallLog;

TargetOptions options_of(TargetMethod method, double smoothing = 3) {
  TargetOptions options;
  options.columns = {"user_id"};
  options.label = "click";
  options.method = method;
  options.smoothing = smoothing;
  options.arrival = "click_arrival";
  options.allow_leak = true;
  return options;
}

std::vector<double> encoded(const Frame& rows, const TargetOptions& options) {
  const Frame tables[] = {rows};
  const auto out = encode_target(tables, options);
  INFO((out ? "" : out.error().message));
  REQUIRE(out);
  return out->front().find("user_id_target")->numbers();
}

// The definition of history.hpp, row against row.
struct Brute {
  double rows = 0, sum = 0, all_rows = 0, all_sum = 0;
  std::int64_t last = kNoRowBefore;
};
Brute brute(const SmallLog& log, std::size_t i, std::int64_t window, std::int64_t wait) {
  Brute out;
  const std::int64_t t = log.time[i];
  for (std::size_t j = 0; j < log.time.size(); ++j) {
    if (log.time[j] + wait >= t) continue;
    const bool same = log.user[j] == log.user[i];
    if (same) out.last = std::max(out.last, log.time[j]);
    if (window > 0 && log.time[j] < t - window) continue;
    const bool known = log.click[j] && log.arrival[j] <= t;
    out.all_rows += 1, out.all_sum += known;
    if (same) out.rows += 1, out.sum += known;
  }
  return out;
}

}  // namespace

TEST_CASE("history: a sweep counts what a comparison of every pair of rows counts") {
  rc::check([] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 60);
    const SmallLog log = small_log(rows, *rc::gen::inRange<std::uint64_t>(0, 1000), 3);
    const std::int64_t window = *rc::gen::element<std::int64_t>(0, kHour, 3 * kHour, 10 * kHour),
                       wait = *rc::gen::element<std::int64_t>(0, kHour / 2, 4 * kHour);
    std::vector<std::int64_t> known;
    std::vector<double> value;
    for (std::size_t i = 0; i < rows; ++i)
      known.push_back(log.click[i] ? log.arrival[i] : kNeverKnown), value.push_back(log.click[i]);
    const auto history =
        known_before({log.time, known, value, log.user, 3}, {.window = window, .wait = wait});
    RC_ASSERT(history.has_value());
    for (std::size_t i = 0; i < rows; ++i) {
      Brute want = brute(log, i, window, wait);
      // A row that counts only once it has left the window never counts.
      RC_ASSERT(history->rows[i] == want.rows);
      RC_ASSERT(history->sum[i] == want.sum);
      RC_ASSERT(history->all_rows[i] == want.all_rows);
      RC_ASSERT(history->all_sum[i] == want.all_sum);
      RC_ASSERT(history->last[i] == want.last);
    }
  });
}

TEST_CASE("history: rows out of order count as if they were sorted") {
  const std::vector<std::int64_t> time = {30, 10, 20, 40};
  const std::vector<double> value = {1, 1, 1, 1};
  const std::vector<std::int32_t> key = {0, 0, 0, 0};
  const auto history = known_before({time, time, value, key, 1}, {});
  REQUIRE(history);
  CHECK(history->rows == std::vector<double>{2, 0, 1, 3});
  CHECK(history->sum == std::vector<double>{2, 0, 1, 3});
  CHECK(history->last == std::vector<std::int64_t>{20, kNoRowBefore, 10, 30});
}

TEST_CASE(
    "target: the time-aware encoding of a row is the m-estimate of what was known before it") {
  const SmallLog log = small_log(80, 4);
  const auto values = encoded(log.frame(), options_of(TargetMethod::time));
  for (std::size_t i = 0; i < log.time.size(); ++i) {
    const Brute known = brute(log, i, 0, 0);
    const double prior = known.all_rows > 0 ? known.all_sum / known.all_rows : 0;
    CHECK(values[i] == Approx((known.sum + 3 * prior) / (known.rows + 3)).epsilon(1e-12));
  }
}

TEST_CASE("target: a time-aware encoding never changes when later rows change") {
  rc::check([] {
    const auto rows = *rc::gen::inRange<std::size_t>(2, 60);
    const auto cut = *rc::gen::inRange<std::size_t>(1, rows);
    SmallLog log = small_log(rows, *rc::gen::inRange<std::uint64_t>(0, 1000));
    TargetOptions options = options_of(TargetMethod::time);
    options.wait_hours = *rc::gen::element(0.0, 1.0, 5.0);
    const Frame before[] = {log.frame()};
    // Every row not before the cut's time gets another outcome, known at once.
    for (std::size_t i = 0; i < rows; ++i) {
      if (log.time[i] < log.time[cut]) continue;
      log.click[i] = !log.click[i], log.arrival[i] = log.click[i] ? log.time[i] : -1;
    }
    const Frame after[] = {log.frame()};
    const auto one = encode_target(before, options), two = encode_target(after, options);
    RC_ASSERT(one && two);
    for (std::size_t i = 0; i < rows; ++i)
      if (log.time[i] <= log.time[cut])
        RC_ASSERT(one->front().find("user_id_target")->number(i) ==
                  two->front().find("user_id_target")->number(i));
  });
}

TEST_CASE("target: out of fold leaves the row's own fold out of sum, count and prior") {
  const Frame rows = small_log(90, 8).frame();
  TargetOptions options = options_of(TargetMethod::folds, 5);
  options.folds = 4;
  const auto values = encoded(rows, options);
  const auto fold = folds_of(rows, 4, "", options.seed);
  REQUIRE(fold);
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    double n = 0, sum = 0, all = 0, all_sum = 0;
    for (std::size_t j = 0; j < rows.rows(); ++j) {
      if ((*fold)[j] == (*fold)[i]) continue;
      const double y = rows.find("click")->number(j);
      all += 1, all_sum += y;
      if (rows.find("user_id")->number(j) == rows.find("user_id")->number(i)) n += 1, sum += y;
    }
    CHECK(values[i] == Approx((sum + 5 * all_sum / all) / (n + 5)).epsilon(1e-12));
  }
}

TEST_CASE("target: NumPy gives the same digits by the written-out formula") {
  const Json oracle = oracle::read("features/encoders.json")["target"];
  Frame::Builder builder;
  builder.add("level", oracle["level"].get<std::vector<std::string>>());
  builder.add("y", oracle::numbers(oracle["y"]), {.role = Role::label});
  builder.add("fold", oracle::numbers(oracle["fold"]));
  const Frame rows = *std::move(builder).build();
  const Frame tables[] = {rows};
  TargetOptions options;
  options.label = "y", options.method = TargetMethod::naive, options.allow_leak = true;
  options.smoothing = oracle["smoothing"].get<double>();
  const auto naive = target_encoding(tables, "level", options);
  REQUIRE(naive);
  const auto want = oracle::numbers(oracle["naive"]);
  REQUIRE(want.size() == rows.rows());
  for (std::size_t i = 0; i < want.size(); ++i)
    CHECK(naive->front().value[i] == Approx(want[i]).epsilon(1e-9));
}

TEST_CASE("target: rows of one group stay in one fold, and folds are of about one size") {
  const Frame rows = small_log(2000, 3, 400).frame();
  const auto fold = folds_of(rows, 5, "user_id", 1);
  REQUIRE(fold);
  std::vector<int> of_user(400, -1), size(5);
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    int& own = of_user[static_cast<std::size_t>(rows.find("user_id")->number(i))];
    if (own < 0) own = (*fold)[i];
    CHECK(own == (*fold)[i]);
    ++size[static_cast<std::size_t>((*fold)[i])];
  }
  for (const int rows_of_fold : size) CHECK(rows_of_fold == Approx(400).margin(150));
}

TEST_CASE("target: a value never seen gets the prior; later tables are encoded from the first") {
  const SmallLog log = small_log(60, 2);
  SmallLog next = log;
  for (std::int32_t& user : next.user) user = 99;
  const Frame tables[] = {log.frame(), next.frame()};
  double clicks = 0;
  for (const auto click : log.click) clicks += click;
  const auto out = encode_target(tables, options_of(TargetMethod::folds));
  REQUIRE(out);
  for (const double value : (*out)[1].find("user_id_target")->numbers())
    CHECK(value == Approx(clicks / 60).epsilon(1e-12));
}

TEST_CASE("target: log-odds are finite where every label is the same") {
  SmallLog log = small_log(40, 6);
  for (auto& click : log.click) click = 0;
  for (auto& arrival : log.arrival) arrival = -1;
  TargetOptions options = options_of(TargetMethod::naive, 0);
  options.log_odds = true;
  for (const double value : encoded(log.frame(), options)) CHECK(std::isfinite(value));
}

TEST_CASE("target: what would look at the row's own label is refused unless it is meant") {
  const Frame tables[] = {small_log(10, 1).frame()};
  TargetOptions options = options_of(TargetMethod::naive);
  options.allow_leak = false;
  const auto out = encode_target(tables, options);
  REQUIRE_FALSE(out);
  CHECK(out.error().message.find("allow_leak") != std::string::npos);
  options.method = TargetMethod::time;
  CHECK(encode_target(tables, options));
}

TEST_CASE("target: rows from before the end of the fitting rows are not told their future") {
  const Frame rows = small_log(60, 3).frame();
  const Frame late[] = {rows.slice(0, 40), rows.slice(40, 60)},
              early[] = {rows.slice(20, 60), rows.slice(0, 20)};
  TargetOptions options = options_of(TargetMethod::folds);
  options.allow_leak = false;
  CHECK(encode_target(late, options));
  const auto refused = encode_target(early, options);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("table 2") != std::string::npos);
  options.method = TargetMethod::time;
  CHECK(encode_target(early, options));
  options.method = TargetMethod::folds, options.allow_leak = true;
  CHECK(encode_target(early, options));
}

TEST_CASE("target: bad input is an error that names what and where") {
  SmallLog log = small_log(10, 1);
  const auto message = [&](const Frame& rows, const TargetOptions& options) {
    const Frame tables[] = {rows};
    const auto out = encode_target(tables, options);
    REQUIRE_FALSE(out);
    CHECK(out.error().code != Code::internal);
    return out.error().message;
  };
  TargetOptions options = options_of(TargetMethod::time);
  CHECK(message(log.frame().slice(0, 0), options).find("no rows") != std::string::npos);
  options.columns = {"usr_id"};
  CHECK(message(log.frame(), options).find("did you mean `user_id`") != std::string::npos);
  options = options_of(TargetMethod::time);
  options.arrival = "click";
  CHECK(message(log.frame(), options).find("time of arrival") != std::string::npos);
  options = options_of(TargetMethod::folds);
  options.folds = 11;
  CHECK(message(log.frame(), options).find("11 folds of 10 rows") != std::string::npos);
  options = options_of(TargetMethod::time);
  log.click[4] = 1, log.arrival[4] = 0, log.time[4] = kHour;
  CHECK(message(log.frame(), options).find("row 5") != std::string::npos);
  Frame::Builder builder;
  builder.add("user_id", std::vector<double>{1, 2});
  builder.add("click", std::vector<double>{0, std::nan("")}, {.role = Role::label});
  options = options_of(TargetMethod::folds), options.folds = 2;
  CHECK(message(*std::move(builder).build(), options).find("row 2") != std::string::npos);
}
