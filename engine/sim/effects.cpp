// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/effects.hpp"

#include <cmath>
#include <numbers>

#include "engine/sim/site.hpp"

namespace rehearse::sim {
namespace {

constexpr double kLogisticVariance = std::numbers::pi * std::numbers::pi / 3;
constexpr double kEvening = 0.30, kPeakHour = 21;                // log-odds
constexpr double kWeekendClicks = 0.20, kWeekdayClicks = -0.08;  // log-odds, mean 0 over a week
constexpr double kWeekendTraffic = -0.15, kWeekdayTraffic = 0.06;

bool weekend(int weekday) { return weekday >= 5; }

}  // namespace

Result<DelayLaw> parse_delay_law(std::string_view name) {
  if (name == "weibull") return DelayLaw::weibull;
  if (name == "mixture") return DelayLaw::mixture;
  return fail(Code::invalid_argument, "`{}` is no law of delay; there are weibull and mixture",
              name);
}

double ClickDelay::arrived_within(double after_hours) const {
  if (after_hours <= 0) return 0;
  if (law == DelayLaw::mixture)
    return 1 - (1 - share_slow) * std::exp(-after_hours / hours) -
           share_slow * std::exp(-after_hours / slow_hours);
  const double scale = hours / std::tgamma(1 + 1 / kWeibullShape);
  return 1 - std::exp(-std::pow(after_hours / scale, kWeibullShape));
}

double ClickDelay::draw(Stream& stream) const {
  if (law == DelayLaw::mixture) {
    const double mean = stream.uniform() < share_slow ? slow_hours : hours;
    return stream.exponential(1 / mean);
  }
  return stream.weibull(kWeibullShape, hours / std::tgamma(1 + 1 / kWeibullShape));
}

Result<Segment> parse_segment(std::string_view name) {
  if (name == "platform") return Segment::platform;
  if (name == "country") return Segment::country;
  if (name == "surface") return Segment::surface;
  return fail(Code::invalid_argument, "`{}` is no segment; there are platform, country and surface",
              name);
}

double Effects::session_sd() const {
  return std::sqrt(session_correlation / (1 - session_correlation) * kLogisticVariance);
}

Result<void> validate(const Effects& e) {
  const std::tuple<const char*, double, double> ranges[] = {
      {"session_correlation", e.session_correlation, 0.9},
      {"user_spread", e.user_spread, 3},
      {"community_spread", e.community_spread, 3},
      {"seasonality", e.seasonality, 3},
      {"fatigue", e.fatigue, 2},
      {"new_users_per_day", e.new_users_per_day, 0.5},
      {"new_communities_per_day", e.new_communities_per_day, 0.5},
      {"miscalibration", e.miscalibration, 3}};
  for (const auto& [name, value, high] : ranges)
    if (auto fine = in_range(name, value, 0, high); !fine) return fine;
  return {};
}

double season_effect(int hour, int weekday) {
  return kEvening * std::cos(2 * std::numbers::pi * (hour - kPeakHour) / 24) +
         (weekend(weekday) ? kWeekendClicks : kWeekdayClicks);
}

double weekday_traffic(int weekday, double seasonality) {
  return 1 + seasonality * (weekend(weekday) ? kWeekendTraffic : kWeekdayTraffic);
}

int weekday_of(std::int64_t start_micros, int day) {
  // 1970-01-01 was a Thursday.
  const std::int64_t days = start_micros / kMicrosPerDay - (start_micros % kMicrosPerDay < 0) + day;
  return static_cast<int>(((days + 3) % 7 + 7) % 7);
}

double segment_offset(int level, int levels, double strength) {
  return strength * (1 - 2.0 * level / (levels - 1));
}

}  // namespace rehearse::sim
