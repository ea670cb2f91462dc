// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "engine/base/frame.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

struct Date {
  std::int64_t year;
  int month, day;
};

// Days since 1970-01-01 of the proleptic Gregorian calendar, and back (Hinnant 2013): years begin
// in March, so that the leap day is the last of them; an era is 400 years.
std::int64_t days_from_civil(Date date) {
  const std::int64_t y = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year =
      (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t doe = days - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {yoe + era * 400 + (month <= 2), month, static_cast<int>(doy - (153 * mp + 2) / 5 + 1)};
}

int days_in_month(std::int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// Reads from the front of a text; every step says whether it was there.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  bool accept(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `width` digits.
  std::optional<int> digits(std::size_t width) {
    if (rest_.size() < width) return std::nullopt;
    int value = 0;
    for (char c : rest_.substr(0, width)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }
  // A fraction's digits as microseconds; further digits are dropped.
  std::optional<std::int64_t> fraction_micros() {
    std::int64_t value = 0, unit = kSecond / 10;
    std::size_t count = 0;
    for (; count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9'; ++count, unit /= 10)
      value += unit * (rest_[count] - '0');
    if (count == 0) return std::nullopt;
    rest_.remove_prefix(count);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<std::int64_t> scan_date(Scanner& scan) {
  const auto year = scan.digits(4);
  if (!year || !scan.accept('-')) return std::nullopt;
  const auto month = scan.digits(2);
  if (!month || *month < 1 || *month > 12 || !scan.accept('-')) return std::nullopt;
  const auto day = scan.digits(2);
  if (!day || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  return days_from_civil({*year, *month, *day}) * kDay;
}

std::optional<std::int64_t> scan_hours_minutes(Scanner& scan, bool colon_needed) {
  const auto hour = scan.digits(2);
  if (!hour || *hour > 23 || (!scan.accept(':') && colon_needed)) return std::nullopt;
  const auto minute = scan.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  return (std::int64_t{*hour} * 60 + *minute) * 60 * kSecond;
}

// HH:MM[:SS[.fraction]][Z|±HH:MM]
std::optional<std::int64_t> scan_clock(Scanner& scan) {
  auto micros = scan_hours_minutes(scan, true);
  if (!micros) return std::nullopt;
  if (scan.accept(':')) {
    const auto second = scan.digits(2);
    if (!second || *second > 59) return std::nullopt;
    *micros += *second * kSecond;
    if (scan.accept('.')) {
      const auto fraction = scan.fraction_micros();
      if (!fraction) return std::nullopt;
      *micros += *fraction;
    }
  }
  if (scan.accept('Z')) return micros;
  const bool east = scan.accept('+'), west = !east && scan.accept('-');
  if (!east && !west) return micros;
  const auto offset = scan_hours_minutes(scan, false);
  if (!offset) return std::nullopt;
  return *micros + (east ? -*offset : *offset);
}

std::optional<std::int64_t> scan_calendar(std::string_view text) {
  Scanner scan(text);
  auto micros = scan_date(scan);
  if (!micros || scan.done()) return micros;
  if (!scan.accept('T') && !scan.accept(' ')) return std::nullopt;
  const auto clock = scan_clock(scan);
  if (!clock || !scan.done()) return std::nullopt;
  return *micros + *clock;
}

std::optional<std::int64_t> scan_seconds(std::string_view text) {
  std::int64_t whole = 0;
  const char* end = text.data() + text.size();
  if (auto [stop, error] = std::from_chars(text.data(), end, whole);
      error == std::errc() && stop == end) {
    std::int64_t micros = 0;
    if (__builtin_mul_overflow(whole, kSecond, &micros)) return std::nullopt;
    return micros;
  }
  double seconds = 0;
  const auto [stop, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc() || stop != end || !(std::abs(seconds) < 9.2e12)) return std::nullopt;
  return std::llround(seconds * static_cast<double>(kSecond));
}

}  // namespace

std::string iso8601(Time time) {
  std::int64_t days = time.micros / kDay, rest = time.micros % kDay;
  if (rest < 0) {
    rest += kDay;
    --days;
  }
  const Date date = civil_from_days(days);
  const std::int64_t second = rest / kSecond, micros = rest % kSecond;
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", date.year, date.month,
                                 date.day, second / 3600, second / 60 % 60, second % 60);
  if (micros != 0) {
    text += fmt::format(".{:06}", micros);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + 'Z';
}

Result<Time> parse_time(std::string_view text) {
  if (const auto micros = scan_calendar(text)) return Time{*micros};
  if (const auto micros = scan_seconds(text)) return Time{*micros};
  return fail(Code::bad_data,
              "`{}` is not a time; write 2026-06-15, 2026-06-15T08:30:00Z or seconds since 1970",
              text);
}

}  // namespace rehearse
