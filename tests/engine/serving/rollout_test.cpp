// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/rollout.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/serving/canary_size.hpp"
#include "engine/serving/latency_value.hpp"
#include "engine/serving/shadow.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::serving;

// Exact by summing the law, and by trying every n.
double mass_from(std::int64_t from, std::int64_t to, std::int64_t n, double p) {
  double sum = 0;
  for (std::int64_t k = std::max<std::int64_t>(0, from); k <= std::min(to, n); ++k)
    sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                    k * std::log(p) + (n - k) * std::log1p(-p));
  return sum;
}

std::int64_t least_by_trial(const CanaryQuestion& q) {
  for (std::int64_t n = 1; n < 5000; ++n)
    for (std::int64_t k = 0; k <= n; ++k) {
      const bool rise = q.after > q.before;
      const double alarm = rise ? mass_from(k, n, n, q.before) : mass_from(0, k, n, q.before);
      if (alarm > q.alpha) continue;
      if ((rise ? mass_from(k, n, n, q.after) : mass_from(0, k, n, q.after)) >= q.power) return n;
    }
  return -1;
}

RolloutPolicy calm() {
  RolloutPolicy policy;
  policy.least_requests = 1;
  return policy;
}

}  // namespace

TEST_CASE("canary size: the least number of events is that of trying all, for rises and drops") {
  const std::pair<double, double> rates[] = {{0.01, 0.06}, {0.02, 0.2}, {0.3, 0.5},
                                             {0.5, 0.3},   {0.9, 0.7},  {0.1, 0.02}};
  for (const auto& [before, after] : rates) {
    CanaryQuestion q;
    q.before = before, q.after = after;
    INFO(before << " to " << after);
    const auto size = *canary_size(q);
    CHECK(size.exact);
    CHECK(size.events == least_by_trial(q));
    const double alarm = after > before ? binomial_at_least(size.threshold, size.events, before)
                                        : binomial_at_most(size.threshold, size.events, before);
    CHECK(alarm <= q.alpha);
  }
}

TEST_CASE("canary size: with many counts the exact size comes to the normal formula") {
  CanaryQuestion q;
  q.before = 0.2, q.after = 0.16, q.share = 1e-6;
  const auto size = *canary_size(q);
  CHECK(size.exact);
  CHECK(static_cast<double>(size.events) == Approx(size.normal_events).epsilon(0.04));
  // A tenth of a percent of a rate of 20%: far too many counts to try.
  q.after = 0.199;
  CHECK_FALSE(canary_size(q)->exact);
  CHECK(canary_size(q)->events > 900000);
}

TEST_CASE("canary size: minutes are events over the canary's traffic; nonsense is refused") {
  CanaryQuestion q;
  q.share = 0.05, q.events_per_minute = 600;
  const auto size = *canary_size(q);
  CHECK(size.minutes == Approx(static_cast<double>(size.events) / 30));
  for (auto wrong : {0.0, 1.0, 0.2}) {
    CanaryQuestion bad = q;
    bad.after = wrong;
    CHECK_FALSE(canary_size(bad));
  }
  q.share = 0;
  CHECK_FALSE(canary_size(q));
  q.share = 0.05, q.events_per_minute = NAN;
  CHECK_FALSE(canary_size(q));
  q.events_per_minute = 10, q.power = 0.01;
  CHECK_FALSE(canary_size(q));
}

TEST_CASE("shadow: agreement counts decisions, ranks ties at their mean and names a bad row") {
  const std::vector<double> live = {0.1, 0.2, 0.3, 0.4}, other = {0.1, 0.35, 0.3, 0.2};
  const auto a = *agreement(live, other, 0.3);
  CHECK(a.same_decision == Approx(0.5));
  CHECK(a.mean_difference == Approx(-0.0125));
  CHECK(a.greatest == Approx(0.2));
  // Ranks 0 1 2 3 against 0 3 2 1: 1 - 6 Σd² / n(n² - 1) = 1 - 48/60.
  CHECK(a.rank_correlation == Approx(0.2));
  const std::vector<double> ties = {1, 1, 2, 2}, one = {3, 3, 3, 3};
  CHECK(rank_correlation(ties, ties) == Approx(1));
  CHECK(std::isnan(rank_correlation(ties, one)));
  CHECK(agreement(live, live, 0.3)->same_decision == 1);
  const std::vector<double> broken = {0.1, NAN, 0.3, 0.4};
  CHECK(agreement(live, broken, 0.3).error().message.find("row 2") != std::string::npos);
  CHECK_FALSE(agreement(live, one, 0.3).value().same_decision == 1);
  CHECK_FALSE(agreement({}, {}, 0.3));
}

TEST_CASE("rollout: a total crash is caught as soon as a breach may be called one") {
  RolloutPolicy policy = calm();
  policy.sustained = 3, policy.rollback_minutes = 5;
  Site site;
  const auto deploy = *simulate_deploy(policy, site, {"crash", 0.9}, 1, 0);
  CHECK(deploy.outcome.rolled_back);
  CHECK(deploy.outcome.guardrail == "failures");
  CHECK(deploy.outcome.minute == 3);
  // Three minutes and five of going back, at 1% of 600 a minute.
  CHECK(deploy.outcome.exposed == Approx(8 * 6));
  CHECK(deploy.outcome.hurt == Approx(8 * 6 * 0.9));
}

TEST_CASE("rollout: what no guardrail sees hurts until the horizon, as the arithmetic says") {
  RolloutPolicy policy = calm();
  policy.failures = policy.slow = policy.conversion = 1;
  policy.stages = {{0.1, 60}, {1, 60}};
  Site site;
  site.horizon = 600;
  const auto reports = *replay_faults(policy, site, {{"crash", 0.03}, {"none", 0}}, 3, 1);
  CHECK(reports[0].caught == 0);
  CHECK(reports[0].hurt == Approx(600 * 0.03 * (60 * 0.1 + 540)));
  CHECK(reports[0].hurt_unguarded == Approx(600 * 0.03 * 600));
  CHECK(reports[1].hurt == 0);
  CHECK(std::isnan(reports[0].minutes));
  CHECK(minutes_to_complete(policy) == 120);
}

TEST_CASE(
    "rollout: breaches of a window with no noise left are called as often as the normal law says") {
  // One window, one minute sustained, no weather: P(difference > threshold) for two Poisson rates.
  RolloutPolicy policy = calm();
  policy.stages = {{0.5, 1}};
  policy.window_minutes = 1, policy.sustained = 1;
  policy.slow = policy.conversion = 1, policy.failures = 0.004;
  Site site;
  site.requests_per_minute = 20000, site.failures = 0.02, site.weather = 0;
  site.horizon = 1;
  const double sd = std::sqrt(2 * 0.02 / 10000), z = (0.006 - 0.004) / sd;
  const auto report = replay_faults(policy, site, {{"crash", 0.006}, {"none", 0}}, 2000, 4);
  CHECK((*report)[0].caught == Approx(0.5 * std::erfc(-z / std::sqrt(2))).margin(0.04));
  CHECK((*report)[1].caught == Approx(0.5 * std::erfc(0.004 / sd / std::sqrt(2))).margin(0.02));
}

TEST_CASE("rollout: the shadow refuses skew before anybody is hurt, and cannot see a worse model") {
  RolloutPolicy policy;
  policy.shadow_minutes = 60;
  const auto reports =
      *replay_faults(policy, {}, {{"skew", 0.1}, {"worse", 0.1}, {"none", 0}}, 30, 2);
  CHECK(reports[0].in_shadow == 1);
  CHECK(reports[0].hurt == 0);
  CHECK(reports[1].in_shadow == 0);
  CHECK(reports[2].in_shadow == 0);
}

TEST_CASE("rollout: an overload shows at no canary, and only at the stage that has the load") {
  RolloutPolicy policy;
  policy.conversion = 1;  // its noise aside
  policy.least_requests = 500;
  const auto report = replay_faults(policy, {}, {{"overload", 0.06}}, 20, 2)->front();
  CHECK(report.caught == 1);
  CHECK(report.share == 1);
}

TEST_CASE("rollout: the same seed gives the same deploy, whatever the stages after it") {
  RolloutPolicy policy;
  const auto a = *simulate_deploy(policy, {}, {"leak", 0.03}, 5, 7, true);
  const auto b = *simulate_deploy(policy, {}, {"leak", 0.03}, 5, 7, true);
  REQUIRE(a.minutes.size() == b.minutes.size());
  CHECK(a.outcome.minute == b.outcome.minute);
  policy.stages.back().share = 0.5;
  const auto c = *simulate_deploy(policy, {}, {"leak", 0.03}, 5, 7, true);
  CHECK(c.minutes[10].canary[0] == a.minutes[10].canary[0]);
}

TEST_CASE("rollout: policies that cannot be are refused") {
  RolloutPolicy policy;
  policy.stages = {{0.5, 10}, {0.1, 10}};
  CHECK_FALSE(simulate_deploy(policy, {}, {}, 1, 0));
  policy = {}, policy.stages = {};
  CHECK_FALSE(simulate_deploy(policy, {}, {}, 1, 0));
  policy = {}, policy.failures = 0;
  CHECK_FALSE(simulate_deploy(policy, {}, {}, 1, 0));
  CHECK_FALSE(simulate_deploy({}, {}, {"gremlins", 0.1}, 1, 0));
  CHECK_FALSE(simulate_deploy({}, {}, {"crash", 2}, 1, 0));
  Site site;
  site.failures = NAN;
  CHECK_FALSE(simulate_deploy({}, site, {}, 1, 0));
}

TEST_CASE(
    "latency: the best size is that of a fine grid; break-even is where net gain is nothing") {
  LatencyLaw law;
  const double best = best_size(law, 0.01, 50);
  for (double size = 0; size <= 50; size += 0.05)
    CHECK(net_gain(law, size, 0.01) <= net_gain(law, best, 0.01) + 1e-12);
  const double ms = break_even_ms(0.03, 0.01);
  CHECK((1 + 0.03) * (1 - 0.01 * ms / 100) == Approx(1));
}

TEST_CASE("latency: the interval of the elasticity covers the truth 95 times in 100") {
  LatencyLaw law;
  int covered = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const auto found = estimate_elasticity(*simulate_slowdown(law, {0, 50, 200}, 30000, 6, i));
    covered += found->low <= law.elasticity && law.elasticity <= found->high;
  }
  CHECK(covered == Approx(950).margin(28));
  // Two arms: the closed form of a relative difference.
  const auto two = *estimate_elasticity({{0, 10000, 2000}, {100, 10000, 1900}});
  CHECK(two.value == Approx(0.05));
  CHECK_FALSE(estimate_elasticity({{10, 100, 20}, {100, 100, 20}}));
  CHECK_FALSE(estimate_elasticity({{0, 100, 0}, {100, 100, 20}}));
  CHECK_FALSE(estimate_elasticity({{0, 100, 20}, {0, 100, 20}}));
  CHECK_FALSE(simulate_slowdown(law, {0, 1e6}, 100, 1));
}
