// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/telemetry.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"

using namespace rehearse;
using namespace rehearse::monitor;

TEST_CASE("telemetry: simulated releases are seen somewhat before the closed form") {
  const Channel proxy{"starts", 1, 0.6, 0.58, 0}, labels{"finished", 1, 0.25, 0.24, 24};
  for (const Channel& channel : {proxy, labels}) {
    const double formula = hours_to_see(channel, 400, 4);
    const auto simulated = simulated_hours_to_see(channel, 400, 4, 400, 400, 1);
    REQUIRE(simulated);
    INFO(channel.name);
    // The mean deviation reaches z at the formula; the first hour beyond it comes earlier.
    CHECK(*simulated - channel.delay_hours <= formula - channel.delay_hours + 1);
    CHECK(*simulated - channel.delay_hours >= 0.5 * (formula - channel.delay_hours));
  }
  CHECK(reports_to_see({"x", 1, 0.1, 0.2, 0}, 4) == Approx(16 * 0.09 / 0.01).epsilon(1e-12));
  CHECK(std::isinf(reports_to_see({"x", 1, 0.1, 0.1, 0}, 4)));
  CHECK(std::isinf(*simulated_hours_to_see({"x", 0, 0.1, 0.2, 0}, 100, 4, 11, 50, 1)));
}

TEST_CASE("telemetry: the tail with logging is the quantile of the mixture (brute force)") {
  CHECK(p99_with_logging(55, 94, 0, 30) == Approx(94).epsilon(1e-8));
  CHECK(p99_with_logging(55, 94, 1, 30) == Approx(124).epsilon(1e-8));
  const double share = 0.02, x = p99_with_logging(55, 94, share, 30);
  const double sd = std::log(94 / 55.0) / normal_quantile(0.99);
  Stream stream(3, "test.telemetry");
  int above = 0;
  const int n = 400000;
  for (int i = 0; i < n; ++i) {
    const double extra = stream.uniform() < share ? 30 : 0;
    above += 55 * std::exp(sd * stream.normal()) + extra > x;
  }
  // 4,000 expected, ± 63 (one standard error).
  CHECK(above / double(n) == Approx(0.01).margin(0.0005));
}

TEST_CASE("telemetry: shares and rates out of range are refused") {
  CHECK_FALSE(simulated_hours_to_see({"x", 1.5, 0.1, 0.2, 0}, 100, 4, 10, 10, 1));
  CHECK_FALSE(simulated_hours_to_see({"x", 1, 0, 0.2, 0}, 100, 4, 10, 10, 1));
  CHECK_FALSE(simulated_hours_to_see({"x", 1, 0.1, NAN, 0}, 100, 4, 10, 10, 1));
}
