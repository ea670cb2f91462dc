// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/long_dwell.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/sim/impressions.hpp"

namespace rehearse::sim::long_dwell_test {

TEST_CASE("long dwell: the log's own share of long stays is what the probabilities say") {
  SiteOptions site;
  site.users = 1500, site.days = 14;
  site.outcomes = *OutcomeSet::of({"dwell_seconds"});
  site.columns = *ExtraSet::of({"examination", "attraction"});
  const Frame log = *simulate_impressions(site);
  const Column& dwell = *log.find("dwell_seconds");
  for (const double seconds : {3.0, 30.0, 120.0}) {
    const auto truth = *dwell_exceeds(log, seconds);
    double expected = 0, variance = 0, counted = 0;
    for (std::size_t row = 0; row < truth.size(); ++row) {
      expected += truth[row], variance += truth[row] * (1 - truth[row]);
      counted += dwell.number(row) > seconds;
    }
    INFO(seconds);
    CHECK(std::abs(counted - expected) < 4 * std::sqrt(variance));
  }
}

TEST_CASE("long dwell: a moment is as probable as any stay at all, an age is not") {
  const double positive = 0.7 * (0.1 + 0.9 * 0.4);
  CHECK(dwell_exceeds(0.7, 0.1, positive, 1e-9) == Approx(positive));
  CHECK(dwell_exceeds(0.7, 0.1, positive, 1e9) < 1e-12);
}

TEST_CASE("long dwell: a log without the columns has no truth") {
  Frame::Builder b;
  b.add("dwell_seconds", std::vector<double>{1, 2});
  CHECK_FALSE(dwell_exceeds(*std::move(b).build(), 30));
}

}  // namespace rehearse::sim::long_dwell_test
