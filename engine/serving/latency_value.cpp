// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/latency_value.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/base/normal.hpp"
#include "engine/base/random.hpp"

namespace rehearse::serving {
namespace {

double converting(const LatencyLaw& law, double delay_ms) {
  return law.base * (1 - law.elasticity * delay_ms / 100);
}

}  // namespace

double quality_gain(const LatencyLaw& law, double size) {
  assert(size >= 0);
  return law.gain * std::log1p(size);
}

double net_gain(const LatencyLaw& law, double size, double elasticity) {
  const double delay = law.ms_per_size * size;
  return (1 + quality_gain(law, size)) * (1 - elasticity * delay / 100) - 1;
}

double best_size(const LatencyLaw& law, double elasticity, double most) {
  const double golden = 0.6180339887498949;
  double low = 0, high = most;
  while (high - low > 1e-9 * std::max(1.0, most)) {
    const double a = high - golden * (high - low), b = low + golden * (high - low);
    if (net_gain(law, a, elasticity) < net_gain(law, b, elasticity))
      low = a;
    else
      high = b;
  }
  return (low + high) / 2;
}

double break_even_ms(double gain, double elasticity) {
  return 100 / elasticity * (1 - 1 / (1 + gain));
}

Result<std::vector<SlowdownArm>> simulate_slowdown(const LatencyLaw& law,
                                                   const std::vector<double>& delays_ms,
                                                   std::int64_t users, std::uint64_t seed,
                                                   std::uint64_t replicate) {
  if (users < 1 || users > 1000000000)
    return fail(Code::invalid_argument, "{} users in each arm; give 1 to a billion", users);
  std::vector<SlowdownArm> arms;
  for (const double delay : delays_ms) {
    const double rate = converting(law, delay);
    if (!(delay >= 0) || !(rate > 0 && rate < 1))
      return fail(Code::invalid_argument,
                  "a delay of {} ms gives a conversion of {}; it must lie between 0 and 1", delay,
                  rate);
    Stream stream(seed, "latency.converted", replicate, arms.size());
    // The binomial's first two moments; counts are in the thousands.
    const double n = static_cast<double>(users);
    const double count = std::round(stream.normal(n * rate, std::sqrt(n * rate * (1 - rate))));
    arms.push_back({delay, n, std::clamp(count, 0.0, n)});
  }
  return arms;
}

Result<Elasticity> estimate_elasticity(const std::vector<SlowdownArm>& arms) {
  if (arms.size() < 2 || arms.front().delay_ms != 0)
    return fail(Code::invalid_argument,
                "an elasticity needs an arm without delay, first, and one with");
  for (const SlowdownArm& arm : arms)
    if (!(arm.users > 0) || !(arm.converted > 0))
      return fail(Code::bad_data, "the arm at {} ms has no conversions", arm.delay_ms);
  // Weighted least squares of the rate on the delay: rate = b0 + b1 Δ, e = -100 b1 / b0.
  double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
  for (const SlowdownArm& arm : arms) {
    const double rate = arm.converted / arm.users,
                 weight = arm.users / (rate * (1 - rate) + 1e-300);
    w += weight, wx += weight * arm.delay_ms, wy += weight * rate;
    wxx += weight * arm.delay_ms * arm.delay_ms, wxy += weight * arm.delay_ms * rate;
  }
  const double spread = w * wxx - wx * wx;
  if (!(spread > 0)) return fail(Code::invalid_argument, "no arm has a delay");
  const double slope = (w * wxy - wx * wy) / spread, base = (wy - slope * wx) / w;
  Elasticity result;
  result.value = -100 * slope / base;
  // Delta method on the ratio of slope and intercept.
  const double vs = w / spread, vb = wxx / spread, cov = -wx / spread;
  result.standard_error =
      100 / base *
      std::sqrt(std::max(0.0, vs - 2 * slope / base * cov + slope * slope / (base * base) * vb));
  result.low = result.value - kNormal975 * result.standard_error;
  result.high = result.value + kNormal975 * result.standard_error;
  return result;
}

}  // namespace rehearse::serving
