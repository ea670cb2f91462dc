// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/store.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/features/tables.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::features;
using features::testing::kHour;
using features::testing::small_log;
using features::testing::SmallLog;

// A value that names its row, so that what was served tells which row it came from.
Frame numbered(const SmallLog& log) {
  std::vector<double> own;
  for (std::size_t i = 0; i < log.time.size(); ++i) own.push_back(static_cast<double>(i));
  Frame::Builder builder;
  builder.add("own", own, {.role = Role::feature});
  return *log.frame().with((*std::move(builder).build()).column(0));
}

// Instant, reliable reads without a cache.
StoreOptions plain() {
  StoreOptions options;
  options.columns = {"own"}, options.entity = {"user_id"};
  options.slow_share = 0, options.lost_share = 0, options.deadline_ms = 1e6;
  return options;
}

Frame served(const Frame& rows, const StoreOptions& options) {
  const Frame tables[] = {rows};
  auto out = serve_from_store(tables, options);
  INFO((out ? "" : out.error().message));
  REQUIRE(out);
  return out->front();
}

// The definition of store.hpp, row against row; -1: no value.
std::int64_t brute(const SmallLog& log, std::size_t i, const StoreOptions& options) {
  const auto refresh = static_cast<std::int64_t>(options.refresh_hours * 3.6e9),
             delay = static_cast<std::int64_t>(options.delay_minutes * 6e7),
             ttl = static_cast<std::int64_t>(options.ttl_hours * 3.6e9), now = log.time[i];
  std::int64_t best = -1;
  for (std::size_t j = 0; j < log.time.size(); ++j) {
    if (log.user[j] != log.user[i]) continue;
    bool readable = log.time[j] < now && log.time[j] + delay <= now;
    if (refresh > 0) {
      const auto copies = static_cast<std::int64_t>(
          std::floor(static_cast<double>(now - delay) / static_cast<double>(refresh)));
      readable = log.time[j] < copies * refresh;
    }
    if (readable && (best < 0 || log.time[j] >= log.time[static_cast<std::size_t>(best)]))
      best = static_cast<std::int64_t>(j);
  }
  return best >= 0 && now - log.time[static_cast<std::size_t>(best)] > ttl ? -1 : best;
}

double number_of(const Frame& report, const char* name) { return report.find(name)->number(0); }

}  // namespace

TEST_CASE("store: what is served is the last copy that could be read, row against row") {
  rc::check([] {
    const SmallLog log = small_log(*rc::gen::inRange<std::size_t>(1, 80),
                                   *rc::gen::inRange<std::uint64_t>(0, 500), 3);
    StoreOptions options = plain();
    options.refresh_hours = *rc::gen::element(0.0, 1.0, 6.0, 24.0);
    options.delay_minutes = *rc::gen::element(0.0, 30.0, 90.0);
    options.ttl_hours = *rc::gen::element(1.0, 8.0, 1000.0);
    const Frame tables[] = {numbered(log)};
    const auto out = serve_from_store(tables, options);
    RC_ASSERT(out.has_value());
    for (std::size_t i = 0; i < log.time.size(); ++i) {
      const std::int64_t want = brute(log, i, options);
      RC_ASSERT(out->front().find("own")->missing(i) == (want < 0));
      if (want < 0) continue;
      RC_ASSERT(out->front().find("own")->number(i) == static_cast<double>(want));
      RC_ASSERT(out->front().find("store_age_hours")->number(i) ==
                static_cast<double>(log.time[i] - log.time[static_cast<std::size_t>(want)]) /
                    static_cast<double>(kHour));
    }
  });
}

TEST_CASE("store: a value that never changes is served as it is, from the first copy on") {
  SmallLog log = small_log(400, 2, 3);
  Frame rows = numbered(log);
  Frame::Builder builder;
  builder.add("own", std::vector<double>(400, 5.0), {.role = Role::feature});
  rows = *rows.with((*std::move(builder).build()).column(0));
  StoreOptions options = plain();
  options.refresh_hours = 1, options.ttl_hours = 10000;
  const Frame out = served(rows, options);
  for (std::size_t i = 0; i < 400; ++i)
    CHECK((out.find("store_differs")->number(i) == 0) ==
          (out.find("store_status")->text(i) == "store"));
}

TEST_CASE("store: the share of reads that fail, meet a pause or a deadline is what was asked for") {
  const Frame rows = numbered(small_log(20000, 3, 40));
  StoreOptions options = plain();
  options.refresh_hours = 0, options.delay_minutes = 0, options.ttl_hours = 1e6;
  options.lost_share = 0.2;
  const auto lost = store_report(served(rows, options));
  REQUIRE(lost);
  CHECK(number_of(*lost, "lost") == Approx(0.2).margin(0.02));
  CHECK(number_of(*lost, "store") == Approx(0.8).margin(0.03));
  // Half of the lognormal reads are slower than their median.
  options = plain(), options.refresh_hours = 0, options.deadline_ms = options.read_ms;
  const auto late = store_report(served(rows, options));
  CHECK(number_of(*late, "timeout") == Approx(0.5).margin(0.02));
  CHECK(number_of(*late, "p99_ms") == 3);
  // p50 of a lognormal is its median, its p99 exp(0.5 · 2.3263) times that.
  options.deadline_ms = 1e6;
  const auto plain_reads = store_report(served(rows, options));
  CHECK(number_of(*plain_reads, "p50_ms") == Approx(3).epsilon(0.03));
  CHECK(number_of(*plain_reads, "p99_ms") == Approx(3 * std::exp(0.5 * 2.3263)).epsilon(0.06));
  CHECK(number_of(*plain_reads, "p99_low") < number_of(*plain_reads, "p99_ms"));
  CHECK(number_of(*plain_reads, "p99_high") > number_of(*plain_reads, "p99_ms"));
}

TEST_CASE("store: a cache answers what it saw, until it is too old") {
  SmallLog log;
  for (const std::int64_t hour : {0, 1, 2, 3, 4}) {
    log.time.push_back(hour * kHour), log.user.push_back(1);
    log.click.push_back(0), log.arrival.push_back(-1);
  }
  StoreOptions options = plain();
  options.refresh_hours = 0, options.delay_minutes = 0, options.cache_minutes = 120;
  const Frame out = served(numbered(log), options);
  std::vector<std::string> status;
  for (std::size_t i = 0; i < 5; ++i) status.emplace_back(out.find("store_status")->text(i));
  CHECK(status == std::vector<std::string>{"absent", "store", "cache", "cache", "store"});
  CHECK(out.find("own")->number(2) == 0);
  CHECK(out.find("own")->number(3) == 0);
  CHECK(out.find("own")->number(4) == 3);
}

TEST_CASE("store: fallbacks are an empty cell, zero, or the mean of the first table") {
  const Frame rows = numbered(small_log(60, 4));
  StoreOptions options = plain();
  options.ttl_hours = 0;
  const Frame tables[] = {rows.slice(0, 20), rows.slice(20, 60)};
  CHECK(serve_from_store(tables, options)->back().find("own")->missing(3));
  options.fallback = StoreFallback::zero;
  CHECK(serve_from_store(tables, options)->back().find("own")->number(3) == 0);
  options.fallback = StoreFallback::mean;
  CHECK(serve_from_store(tables, options)->back().find("own")->number(3) == Approx(9.5));
}

TEST_CASE("store: percentiles that too few reads cannot tell are missing") {
  const auto report = store_report(served(numbered(small_log(40, 4)), plain()));
  REQUIRE(report);
  CHECK_FALSE(report->find("p50_ms")->missing(0));
  CHECK(report->find("p99_ms")->missing(0));
}

TEST_CASE("store: writes are one a key and copy, or one a moment when each is written") {
  SmallLog log;
  for (const std::int64_t half : {0, 1, 1, 5, 50, 51}) {
    log.time.push_back(half * kHour / 2), log.user.push_back(1);
    log.click.push_back(0), log.arrival.push_back(-1);
  }
  const auto writes = [&](double refresh) {
    StoreOptions options = plain();
    options.refresh_hours = refresh;
    double sum = 0;
    const Frame out = served(numbered(log), options);
    for (const double mark : out.find("store_writes")->numbers()) sum += mark;
    return sum;
  };
  CHECK(writes(24) == 2);
  CHECK(writes(1) == 3);
  CHECK(writes(0) == 5);
}

TEST_CASE("store: what cannot be served is an error that says why") {
  const Frame rows = numbered(small_log(20, 4));
  const auto message = [&](const StoreOptions& options) {
    const Frame tables[] = {rows};
    const auto out = serve_from_store(tables, options);
    REQUIRE_FALSE(out);
    CHECK(out.error().code != Code::internal);
    return out.error().message;
  };
  StoreOptions options = plain();
  options.columns = {"click"};
  CHECK(message(options).find("label") != std::string::npos);
  options = plain(), options.entity = {};
  CHECK(message(options).find("entity") != std::string::npos);
  options = plain(), options.refresh_hours = -1;
  CHECK(message(options).find("range") != std::string::npos);
  options = plain(), options.lost_share = 1.5;
  CHECK(message(options).find("range") != std::string::npos);
  CHECK_FALSE(store_report(rows));
  CHECK_FALSE(parse_store_fallback("last"));
}
