// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <limits>

#include "engine/base/frame.hpp"

namespace rehearse {
namespace {

std::int64_t parsed(const char* text) {
  const auto time = parse_time(text);
  INFO(text);
  REQUIRE(time.has_value());
  return time->micros;
}

TEST_CASE("time: known moments, by date(1)") {
  CHECK(parsed("1970-01-01") == 0);
  CHECK(parsed("2026-06-15T08:30:00Z") == 1'781'512'200'000'000);
  CHECK(parsed("2026-06-15 08:30:00.25") == 1'781'512'200'250'000);
  CHECK(parsed("2024-02-29") == 1'709'164'800'000'000);
  CHECK(parsed("1969-12-31T23:59:59Z") == -1'000'000);
  CHECK(parsed("2026-06-15T08:30") == 1'781'512'200'000'000);
  CHECK(parsed("2026-06-15T10:30:00+02:00") == 1'781'512'200'000'000);
  CHECK(parsed("2026-06-15T00:30:00-0800") == 1'781'512'200'000'000);
  CHECK(parsed("2026-06-15T08:30:00.1234567Z") == 1'781'512'200'123'456);
}

TEST_CASE("time: a number is seconds since 1970") {
  CHECK(parsed("1781512200") == 1'781'512'200'000'000);
  CHECK(parsed("1781512200.25") == 1'781'512'200'250'000);
  CHECK(parsed("-1") == -1'000'000);
  CHECK(parsed("2026") == 2'026'000'000);
}

TEST_CASE("time: what is no time is refused, and named") {
  for (const char* text : {"",
                           "yesterday",
                           "2026-13-01",
                           "2026-00-01",
                           "2026-02-29",
                           "2026-06-31",
                           "2026-6-1",
                           "2026-06-15T",
                           "2026-06-15T24:00:00",
                           "2026-06-15T08:60:00",
                           "2026-06-15T08:30:61",
                           "2026-06-15T08:30:00.",
                           "2026-06-15T08:30:00Zx",
                           "2026-06-15T08:30:00+2",
                           "nan",
                           "inf",
                           "1e300",
                           "99999999999999999999",
                           "9223372036854775807",
                           " 2026-06-15",
                           "15/06/2026"}) {
    INFO(text);
    const auto time = parse_time(text);
    REQUIRE_FALSE(time.has_value());
    CHECK(time.error().code == Code::bad_data);
    CHECK_THAT(time.error().message, Catch::Contains(std::string("`") + text + "`"));
  }
}

TEST_CASE("time: printing is the inverse of parsing") {
  rc::check("", [] {
    // Years 0000 to 9999: what the four digits of a year can say.
    const Time time{
        *rc::gen::inRange<std::int64_t>(-62'167'219'200'000'000, 253'402'300'800'000'000)};
    RC_ASSERT(parse_time(iso8601(time)).value() == time);
  });
}

TEST_CASE("time: dates agree with the calendar of the standard library") {
  rc::check("", [] {
    const auto days = *rc::gen::inRange(-700'000, 2'900'000);
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
    const std::string expected =
        fmt::format("{:04}-{:02}-{:02}T00:00:00Z", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    RC_ASSERT(iso8601(Time{days * 86'400'000'000LL}) == expected);
  });
}

TEST_CASE("time: the ends of the range print without overflow") {
  CHECK(iso8601(Time{std::numeric_limits<std::int64_t>::min()}) ==
        "-290308-12-21T19:59:05.224192Z");
  CHECK(iso8601(Time{std::numeric_limits<std::int64_t>::max()}) == "294247-01-10T04:00:54.775807Z");
}

}  // namespace
}  // namespace rehearse
