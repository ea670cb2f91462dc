// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/rate_stream.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/random.hpp"

namespace rehearse::sim {
namespace {

constexpr double kMostTrials = 1e8, kPeakHour = 20, kForgetsHours = 12, kHighestRate = 0.95;

Result<void> check_rate_stream(const RateStreamOptions& o) {
  const auto within = [](double value, double low, double high) {
    return value >= low && value <= high;
  };
  if (!within(o.days, 1, 3660) || !within(o.per_day, 1, 1440) || !within(o.trials, 1, 1e6) ||
      !within(o.rate, 1e-6, kHighestRate) || !within(o.change, -1, 100) ||
      !within(o.change_day, 0, 1e6) || !within(o.ramp_days, 0, 1e6) || !within(o.rhythm, 0, 1) ||
      !within(o.wander, 0, 2))
    return fail(
        Code::invalid_argument,
        "a rate stream needs 1 to 3660 days, 1 to 1440 observations a day, 1 to 1e6 trials, "
        "a rate from 1e-6 to 0.95, a change of at least -1, a rhythm from 0 to 1 and a "
        "wander from 0 to 2");
  if (static_cast<double>(o.days) * o.per_day * o.trials > kMostTrials)
    return fail(Code::limit, "{} days of {} observations of {:g} trials are more than 1e8 in all",
                o.days, o.per_day, o.trials);
  return {};
}

double changed_share(const RateStreamOptions& o, double day) {
  if (day < o.change_day) return 0;
  return o.ramp_days > 0 ? std::min(1.0, (day - o.change_day) / o.ramp_days) : 1;
}

}  // namespace

Result<Frame> simulate_rate_stream(const RateStreamOptions& o, const Progress& progress) {
  if (auto fine = check_rate_stream(o); !fine) return fail(fine.error());
  const auto n = static_cast<std::size_t>(o.days) * static_cast<std::size_t>(o.per_day);
  std::vector<double> day(n), rate(n), truth(n);
  std::vector<std::int32_t> hour(n), trials(n), events(n);
  const StreamKey traffic = stream_key(o.seed, "rate.trials"),
                  outcome = stream_key(o.seed, "rate.events"),
                  walk = stream_key(o.seed, "rate.wander");
  const double kept = std::exp(-24.0 / o.per_day / kForgetsHours);
  double wander = Stream(walk, 0, 0).normal();
  for (std::size_t i = 0; i < n; ++i) {
    day[i] = static_cast<double>(i) / o.per_day;
    const double at = (day[i] - std::floor(day[i])) * 24;
    hour[i] = static_cast<std::int32_t>(at + 1e-9);
    wander = kept * wander + std::sqrt(1 - kept * kept) * Stream(walk, 0, i + 1).normal();
    const double p = o.rate * (1 + o.change * changed_share(o, day[i])) *
                     (1 + o.rhythm * std::cos(2 * std::numbers::pi * (at - kPeakHour) / 24)) *
                     std::exp(o.wander * wander);
    truth[i] = std::clamp(p, 0.0, kHighestRate);
    trials[i] = static_cast<std::int32_t>(
        std::max<std::int64_t>(1, Stream(traffic, 0, i).poisson(o.trials)));
    Stream draws(outcome, 0, i);
    for (std::int32_t trial = 0; trial < trials[i]; ++trial) events[i] += draws.bernoulli(truth[i]);
    rate[i] = static_cast<double>(events[i]) / trials[i];
    if (i % 256 == 0 && !progress.report(static_cast<double>(i) / static_cast<double>(n)))
      return cancelled();
  }
  Frame::Builder builder;
  builder.add("day", std::move(day), {.unit = "days"})
      .add("hour", std::move(hour))
      .add("trials", std::move(trials))
      .add("events", std::move(events));
  builder.add("rate", std::move(rate), {.unit = "share"})
      .add("rate_true", std::move(truth),
           {.role = Role::truth, .unit = "share", .truth_of = "rate"});
  return std::move(builder).build();
}

}  // namespace rehearse::sim
