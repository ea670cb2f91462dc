// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/canary_size.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <cassert>
#include <cmath>
#include <functional>

#include "engine/base/random.hpp"

namespace rehearse::serving {
namespace {

constexpr std::int64_t kMostThreshold = 400, kMostEvents = std::int64_t{1} << 40;

// The least n ≥ from with holds(n), where it holds for all larger ones; -1: for none.
std::int64_t least(std::int64_t from, const std::function<bool(std::int64_t)>& holds) {
  std::int64_t high = std::max<std::int64_t>(from, 1), low = from - 1;
  while (!holds(high)) {
    low = high, high *= 2;
    if (high > kMostEvents) return -1;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

Result<void> check_canary(const CanaryQuestion& q) {
  const auto inside = [](double p) { return p > 0 && p < 1; };
  if (!inside(q.before) || !inside(q.after) || q.before == q.after)
    return fail(Code::invalid_argument,
                "the rate before is {} and after {}; they must differ and lie between 0 and 1",
                q.before, q.after);
  if (!inside(q.alpha) || !inside(q.power) || q.power <= q.alpha)
    return fail(Code::invalid_argument,
                "alpha is {} and power {}; both must lie between 0 and 1, alpha the smaller",
                q.alpha, q.power);
  if (!inside(q.share))
    return fail(Code::invalid_argument, "a canary's share of {} is not between 0 and 1", q.share);
  if (!(q.events_per_minute > 0) || !std::isfinite(q.events_per_minute))
    return fail(Code::invalid_argument, "{} events a minute; a canary needs traffic",
                q.events_per_minute);
  return {};
}

// Events and threshold for a rise: alarm at X ≥ k. For a given k, small n keep α and large n have
// the power; the first k for which both ranges meet gives the least n.
bool exact_rise(const CanaryQuestion& q, CanarySize& size) {
  for (std::int64_t k = 1; k <= kMostThreshold; ++k) {
    const std::int64_t powered =
        least(k, [&](std::int64_t n) { return binomial_at_least(k, n, q.after) >= q.power; });
    if (powered < 0) return false;
    if (binomial_at_least(k, powered, q.before) > q.alpha) continue;
    size.events = powered, size.threshold = k;
    return true;
  }
  return false;
}

// For a drop: alarm at X ≤ k. Large n keep α.
bool exact_drop(const CanaryQuestion& q, CanarySize& size) {
  for (std::int64_t k = 0; k <= kMostThreshold; ++k) {
    const std::int64_t kept =
        least(k + 1, [&](std::int64_t n) { return binomial_at_most(k, n, q.before) <= q.alpha; });
    if (kept < 0) return false;
    if (binomial_at_most(k, kept, q.after) < q.power) continue;
    size.events = kept, size.threshold = k;
    return true;
  }
  return false;
}

}  // namespace

double binomial_at_least(std::int64_t k, std::int64_t n, double p) {
  assert(n >= 0 && p > 0 && p < 1);
  if (k <= 0) return 1;
  if (k > n) return 0;
  return boost::math::ibeta(static_cast<double>(k), static_cast<double>(n - k + 1), p);
}

double binomial_at_most(std::int64_t k, std::int64_t n, double p) {
  assert(n >= 0 && p > 0 && p < 1);
  if (k < 0) return 0;
  if (k >= n) return 1;
  return boost::math::ibetac(static_cast<double>(k + 1), static_cast<double>(n - k), p);
}

Result<CanarySize> canary_size(const CanaryQuestion& q) {
  if (auto sound = check_canary(q); !sound) return fail(sound.error());
  CanarySize size;
  const double r = q.share / (1 - q.share), v0 = q.before * (1 - q.before),
               v1 = q.after * (1 - q.after);
  const double root = (-normal_quantile(q.alpha) * std::sqrt(v0 * (1 + r)) +
                       normal_quantile(q.power) * std::sqrt(v1 + r * v0)) /
                      (q.after - q.before);
  size.normal_events = root * root;
  // Far more events than the threshold can count: no need to try.
  const bool small = size.normal_events * std::min(q.before, q.after) < 1.5 * kMostThreshold;
  size.exact = small && (q.after > q.before ? exact_rise(q, size) : exact_drop(q, size));
  if (!size.exact)
    size.events = static_cast<std::int64_t>(std::ceil(std::min(size.normal_events, 9e18)));
  size.minutes = static_cast<double>(size.events) / (q.share * q.events_per_minute);
  return size;
}

}  // namespace rehearse::serving
