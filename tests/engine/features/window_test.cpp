// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/window.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/features/tables.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::features;
using features::testing::kHour;
using features::testing::small_log;
using features::testing::SmallLog;

struct Seen {
  double rows = 0, clicks = 0, all_rows = 0, all_clicks = 0, last = -1;
};
Seen seen(const SmallLog& log, std::size_t i, std::int64_t window) {
  Seen out;
  for (std::size_t j = 0; j < log.time.size(); ++j) {
    if (log.time[j] >= log.time[i]) continue;
    if (log.user[j] == log.user[i]) out.last = std::max(out.last, static_cast<double>(log.time[j]));
    if (window && log.time[j] < log.time[i] - window) continue;
    const bool click = log.click[j] && log.arrival[j] <= log.time[i];
    out.all_rows += 1, out.all_clicks += click;
    if (log.user[j] == log.user[i]) out.rows += 1, out.clicks += click;
  }
  return out;
}

WindowOptions everything() {
  WindowOptions options;
  options.by = {"user_id"};
  options.hours = {6, 0};
  options.measures = {"rows", "sum", "rate", "hours_since"};
  options.of = "click", options.arrival = "click_arrival", options.smoothing = 2;
  return options;
}

}  // namespace

TEST_CASE("window: rows, sums, rates and recency agree with a count over all pairs of rows") {
  const SmallLog log = small_log(120, 5);
  const Frame rows = log.frame();
  const Frame tables[] = {rows.slice(0, 70), rows.slice(70, 120)};
  const auto out = windows(tables, everything());
  REQUIRE(out);
  REQUIRE(out->size() == 2);
  for (std::size_t i = 0; i < 120; ++i) {
    INFO("row " << i);
    const Frame& table = (*out)[i < 70 ? 0 : 1];
    const std::size_t row = i < 70 ? i : i - 70;
    for (const auto& [length, window] : {std::pair("6h", 6 * kHour), {"ever", std::int64_t{0}}}) {
      const Seen want = seen(log, i, window);
      const std::string name = "user_id_";
      const double prior = want.all_rows > 0 ? want.all_clicks / want.all_rows : 0;
      CHECK(table.find(name + "rows_" + length)->number(row) == want.rows);
      CHECK(table.find(name + "click_sum_" + length)->number(row) == want.clicks);
      CHECK(table.find(name + "click_rate_" + length)->number(row) ==
            Approx((want.clicks + 2 * prior) / (want.rows + 2)).epsilon(1e-12));
    }
    const Seen want = seen(log, i, 0);
    const Column& since = *table.find("user_id_hours_since");
    if (want.last < 0)
      CHECK(since.missing(row));
    else
      CHECK(since.number(row) == Approx((static_cast<double>(log.time[i]) - want.last) / 3.6e9));
  }
}

TEST_CASE("window: counts need no label at all") {
  const Frame rows = small_log(30, 5).frame();
  const std::string names[] = {"user_id", "time"};
  const Frame tables[] = {*rows.select(names)};
  WindowOptions options;
  options.by = {"user_id"};
  REQUIRE(windows(tables, options));
  options.measures = {"rate"};
  CHECK_FALSE(windows(tables, options));
}

TEST_CASE("window: wrong measures, lengths and columns are errors") {
  const Frame tables[] = {small_log(30, 5).frame()};
  WindowOptions options = everything();
  options.measures = {"mean"};
  CHECK(windows(tables, options).error().message.find("hours_since") != std::string::npos);
  options = everything(), options.hours = {-1};
  CHECK_FALSE(windows(tables, options));
  options = everything(), options.by = {};
  CHECK_FALSE(windows(tables, options));
  options = everything(), options.time = "click_arrival";
  CHECK(windows(tables, options).error().message.find("is empty") != std::string::npos);
}

TEST_CASE("fallback: each level is drawn towards the next by its strength, in closed form") {
  SmallLog log = small_log(150, 9, 12);
  Frame rows = log.frame();
  std::vector<std::string> community;
  for (const std::int32_t user : log.user) community.push_back(user % 2 ? "odd" : "even");
  Frame::Builder builder;
  builder.add("community", community);
  rows = *rows.with((*std::move(builder).build()).column(0));
  const Frame tables[] = {rows};
  FallbackOptions options;
  options.levels = {"user_id", "community"};
  options.label = "click", options.arrival = "click_arrival";
  options.strength = 4, options.enough_rows = 3;
  const auto out = fallback(tables, options);
  REQUIRE(out);
  for (std::size_t i = 0; i < 150; ++i) {
    const Seen user = seen(log, i, 0);
    double rows_c = 0, clicks_c = 0;
    for (std::size_t j = 0; j < 150; ++j)
      if (log.time[j] < log.time[i] && community[j] == community[i])
        rows_c += 1, clicks_c += log.click[j] && log.arrival[j] <= log.time[i];
    const double all = user.all_rows > 0 ? user.all_clicks / user.all_rows : 0,
                 of_community = (clicks_c + 4 * all) / (rows_c + 4),
                 of_user = (user.clicks + 4 * of_community) / (user.rows + 4);
    CHECK(out->front().find("prior_rate")->number(i) == Approx(of_user).epsilon(1e-12));
    CHECK(out->front().find("prior_level")->text(i) == (user.rows >= 3 ? "user_id"
                                                        : rows_c >= 3  ? "community"
                                                                       : "everybody"));
  }
  options.shrink = false;
  const auto first = fallback(tables, options);
  REQUIRE(first);
  const Seen last = seen(log, 149, 0);
  REQUIRE(last.rows >= 3);
  CHECK(first->front().find("prior_rate")->number(149) == Approx(last.clicks / last.rows));
}

TEST_CASE("fallback: no levels, or too many, is an error") {
  const Frame tables[] = {small_log(10, 1).frame()};
  FallbackOptions options;
  options.label = "click";
  CHECK_FALSE(fallback(tables, options));
  options.levels.assign(9, "user_id");
  CHECK_FALSE(fallback(tables, options));
}
