// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/telemetry.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/base/random.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();

Result<void> check(const Channel& c) {
  if (!(c.share >= 0 && c.share <= 1) || !(c.good > 0 && c.good < 1) ||
      !(c.broken >= 0 && c.broken <= 1) || !(c.delay_hours >= 0))
    return fail(
        Code::invalid_argument,
        "channel `{}`: a share of {:g}, rates of {:g} and {:g}, a delay of {:g} hours; shares "
        "and rates lie between 0 and 1, the good one within",
        c.name, c.share, c.good, c.broken, c.delay_hours);
  return {};
}

// Events among n reports: exact where there are few, normal where their variance is 30 or more.
double drawn_events(Stream& stream, double n, double p) {
  constexpr double kNormalFrom = 30, kRare = 0.05;
  const double variance = n * p * (1 - p);
  if (variance >= kNormalFrom)
    return std::clamp(std::round(stream.normal(n * p, std::sqrt(variance))), 0.0, n);
  if (p < kRare) return p > 0 ? static_cast<double>(stream.poisson(n * p)) : 0;
  double events = 0;
  for (double i = 0; i < n; ++i) events += stream.uniform() < p;
  return events;
}

}  // namespace

double reports_to_see(const Channel& c, double z) {
  const double moved = std::fabs(c.broken - c.good);
  if (moved == 0) return kForever;
  const double by_noise = z * z * c.good * (1 - c.good) / (moved * moved);
  return std::max(by_noise, kLeastEvents / std::max(c.broken, c.good));
}

double hours_to_see(const Channel& c, double requests_per_hour, double z) {
  assert(requests_per_hour > 0);
  if (c.share <= 0) return kForever;
  return c.delay_hours + reports_to_see(c, z) / (requests_per_hour * c.share);
}

Result<double> simulated_hours_to_see(const Channel& c, double requests_per_hour, double z,
                                      int replicates, int most_hours, std::uint64_t seed) {
  if (auto fine = check(c); !fine) return fail(fine.error());
  std::vector<double> seen;
  const double n = requests_per_hour * c.share;
  for (int r = 0; r < replicates; ++r) {
    Stream stream(seed, "monitor.telemetry", static_cast<std::uint64_t>(r));
    double reports = 0, events = 0, at = kForever;
    for (int hour = 1; hour <= most_hours && std::isinf(at); ++hour) {
      const double told = n > 0 ? static_cast<double>(stream.poisson(n)) : 0;
      reports += told, events += drawn_events(stream, told, c.broken);
      const double sd = std::sqrt(reports * c.good * (1 - c.good));
      const bool enough = std::max(events, reports * c.good) >= kLeastEvents;
      if (sd > 0 && enough && std::fabs(events - reports * c.good) / sd >= z)
        at = c.delay_hours + hour;
    }
    seen.push_back(at);
  }
  std::nth_element(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(seen.size() / 2),
                   seen.end());
  return seen[seen.size() / 2];
}

double p99_with_logging(double p50_ms, double p99_ms, double share, double extra_ms) {
  assert(0 < p50_ms && p50_ms < p99_ms && share >= 0 && share <= 1 && extra_ms >= 0);
  const double sd = std::log(p99_ms / p50_ms) / normal_quantile(0.99);
  const auto below = [&](double x) {
    return x <= 0 ? 0 : std::erfc(-std::log(x / p50_ms) / sd / std::sqrt(2.0)) / 2;
  };
  double low = p50_ms, high = p99_ms + extra_ms;
  while (high - low > 1e-9 * high) {
    const double x = (low + high) / 2;
    ((1 - share) * below(x) + share * below(x - extra_ms) < 0.99 ? low : high) = x;
  }
  return (low + high) / 2;
}

}  // namespace rehearse::monitor
