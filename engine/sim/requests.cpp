// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/requests.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/sim/site.hpp"

namespace rehearse::sim {
namespace {

constexpr int kMinutesOfDay = 1440;

struct OutageKind {
  const char* name;
  double errors, slow;
  int minutes;
  bool harmful;
};
// Longest first: where two would overlap the longer one stands.
constexpr std::array kOutageKinds = {
    OutageKind{"leak", 0.003, 0.02, 1200, true}, OutageKind{"partial", 0.03, 0.15, 45, true},
    OutageKind{"crash", 0.30, 0.30, 8, true}, OutageKind{"blip", 0.20, 0.20, 1, false}};

Result<void> validate(const RequestOptions& o) {
  const std::tuple<const char*, double, double, double> ranges[] = {
      {"days", o.days, 1, 366},
      {"requests_per_minute", o.requests_per_minute, 1, 1e7},
      {"error_rate", o.error_rate, 0, 0.5},
      {"slow_rate", o.slow_rate, 0, 0.5},
      {"crash_days", o.crash_days, 0.1, 1e6},
      {"partial_days", o.partial_days, 0.1, 1e6},
      {"leak_days", o.leak_days, 0.1, 1e6},
      {"blips_a_day", o.blips_a_day, 0, 100},
      {"strength", o.strength, 0, 10}};
  for (const auto& [name, value, low, high] : ranges)
    if (auto fine = in_range(name, value, low, high); !fine) return fine;
  return {};
}

// The kind of outage of each minute, -1 for none.
std::vector<std::int32_t> outages(const RequestOptions& o) {
  const auto minutes = static_cast<std::size_t>(o.days) * kMinutesOfDay;
  const std::array<double, 4> a_day = {1 / o.leak_days, 1 / o.partial_days, 1 / o.crash_days,
                                       o.blips_a_day};
  std::vector<std::int32_t> kind(minutes, -1);
  for (std::size_t k = 0; k < kOutageKinds.size(); ++k) {
    if (a_day[k] <= 0) continue;
    Stream stream(o.seed, "requests.outage", o.replicate, k);
    const auto length = static_cast<std::size_t>(kOutageKinds[k].minutes);
    for (double at = 0;;) {
      at += stream.exponential(a_day[k] / kMinutesOfDay);
      if (at >= static_cast<double>(minutes)) break;
      const auto begin = static_cast<std::size_t>(at), end = std::min(minutes, begin + length),
                 before = begin > 0 ? begin - 1 : 0, after = std::min(minutes, end + 1);
      if (std::any_of(kind.begin() + static_cast<std::ptrdiff_t>(before),
                      kind.begin() + static_cast<std::ptrdiff_t>(after),
                      [](std::int32_t there) { return there >= 0; }))
        continue;
      std::fill(kind.begin() + static_cast<std::ptrdiff_t>(begin),
                kind.begin() + static_cast<std::ptrdiff_t>(end), static_cast<std::int32_t>(k));
      at += static_cast<double>(length);
    }
  }
  return kind;
}

std::int32_t drawn(Stream& stream, double mean, std::int32_t most) {
  return static_cast<std::int32_t>(
      std::min<std::int64_t>(most, mean > 0 ? stream.poisson(mean) : 0));
}

}  // namespace

Result<Frame> simulate_requests(const RequestOptions& o, const Progress& progress) {
  if (auto fine = validate(o); !fine) return fail(fine.error());
  std::vector<std::int32_t> outage = outages(o), minute, requests, errors, slow, bad;
  std::vector<double> day, rate;
  std::vector<std::uint8_t> harmful;
  const StreamKey key = stream_key(o.seed, "requests.minute");
  for (std::size_t t = 0; t < outage.size(); ++t) {
    if (t % kMinutesOfDay == 0 &&
        !progress.report(static_cast<double>(t) / static_cast<double>(outage.size())))
      return cancelled();
    Stream stream(key, o.replicate, t);
    const double hour = static_cast<double>(t % kMinutesOfDay) / 60;
    const double wave = 1 + 0.5 * std::cos(2 * M_PI * (hour - 20) / 24);
    const OutageKind* kind =
        outage[t] < 0 ? nullptr : &kOutageKinds[static_cast<std::size_t>(outage[t])];
    const auto added = [&](double share) { return kind ? o.strength * share : 0; };
    const double error = std::min(1.0, o.error_rate + added(kind ? kind->errors : 0)),
                 late = std::min(1.0, o.slow_rate + added(kind ? kind->slow : 0));
    const std::int32_t n = drawn(stream, o.requests_per_minute * wave, 2'000'000'000);
    minute.push_back(static_cast<std::int32_t>(t)),
        day.push_back(static_cast<double>(t) / kMinutesOfDay);
    requests.push_back(n), errors.push_back(drawn(stream, n * error, n));
    slow.push_back(drawn(stream, (n - errors.back()) * late, n - errors.back()));
    bad.push_back(errors.back() + slow.back());
    rate.push_back(error), harmful.push_back(kind && kind->harmful);
  }
  std::vector<std::string> names;
  for (const OutageKind& kind : kOutageKinds) names.emplace_back(kind.name);
  const auto truth = [](const char* of) {
    return ColumnInfo{.role = Role::truth, .privacy = Privacy::open, .unit = {}, .truth_of = of};
  };
  Frame::Builder b;
  b.add("minute", std::move(minute),
        {.role = Role::none, .privacy = Privacy::open, .unit = "minutes"});
  b.add("day", std::move(day), {.role = Role::none, .privacy = Privacy::open, .unit = "days"});
  b.add("requests", std::move(requests))
      .add("errors", std::move(errors))
      .add("slow", std::move(slow));
  b.add("bad", std::move(bad));
  b.add_dictionary("outage", std::move(outage),
                   std::make_shared<const std::vector<std::string>>(std::move(names)),
                   truth("outage"));
  b.add_boolean("harmful", std::move(harmful), truth("harmful"));
  b.add("error_rate", std::move(rate), truth("errors"));
  return std::move(b).build();
}

}  // namespace rehearse::sim
