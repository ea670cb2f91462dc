// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/sim/site_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

double mean(const Frame& f, const char* name) {
  double sum = 0;
  for (const double v : f.find(name)->numbers()) sum += v;
  return sum / static_cast<double>(f.rows());
}

}  // namespace

TEST_CASE("site: any number of threads gives the same bytes") {
  CHECK(log_of(small_site(), 1).hash() == log_of(small_site(), 3).hash());
}

TEST_CASE("site: the mean click probability tracks base_ctr") {
  for (const double ctr : {0.01, 0.05, 0.15}) {
    SiteOptions o = small_site();
    o.base_ctr = ctr;
    CHECK(mean(log_of(o), "click_probability") == Approx(ctr).epsilon(0.05));
  }
}

TEST_CASE("site: clicks come as often as their known probability says, in every bin") {
  SiteOptions o = small_site();
  o.base_ctr = 0.1;
  const Frame log = log_of(o);
  double expected[5] = {}, seen[5] = {}, variance[5] = {};
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const double p = log.find("click_probability")->number(row);
    const int bin = std::min(4, static_cast<int>(p * 20));
    expected[bin] += p, seen[bin] += log.find("click")->number(row), variance[bin] += p * (1 - p);
  }
  for (int b = 0; b < 5; ++b)
    CHECK(std::abs(seen[b] - expected[b]) < 4 * std::sqrt(variance[b]) + 1);
}

TEST_CASE("site: a higher base rate keeps every click and adds some") {
  SiteOptions low = small_site(), high = small_site();
  high.base_ctr = 0.06;
  const Frame a = log_of(low), b = log_of(high);
  REQUIRE(a.rows() == b.rows());
  for (std::size_t row = 0; row < a.rows(); ++row)
    REQUIRE(a.find("click")->number(row) <= b.find("click")->number(row));
}

TEST_CASE("site: days before a drift are the same to the byte as without it") {
  for (const DriftKind kind :
       {DriftKind::audience, DriftKind::concept_shift, DriftKind::broken_feature}) {
    SiteOptions drifting = small_site();
    drifting.drift.kind = kind;
    drifting.drift.day = 8;
    const int marks[] = {8};
    const auto calm = *split_by_day(log_of(small_site()), marks),
               moved = *split_by_day(log_of(drifting), marks);
    INFO(drift_name(kind));
    CHECK(calm[0].hash() == moved[0].hash());
    CHECK(calm[1].hash() != moved[1].hash());
  }
}

TEST_CASE("site: a broken feature changes its column and leaves the clicks alone") {
  SiteOptions broken = small_site();
  broken.drift.kind = DriftKind::broken_feature;
  broken.drift.day = 5;
  const Frame a = log_of(small_site()), b = log_of(broken);
  CHECK(a.find("click")->hash() == b.find("click")->hash());
  CHECK(a.find("user_tenure_days")->hash() != b.find("user_tenure_days")->hash());
  CHECK(a.find("affinity")->hash() == b.find("affinity")->hash());
}

TEST_CASE("site: position bias is what randomized slates show") {
  SiteOptions o = small_site();
  o.random_slates = 1, o.base_ctr = 0.15, o.days = 14, o.position_bias = 1;
  const Frame log = log_of(o);
  double clicks[7] = {}, rows[7] = {};
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const auto k = static_cast<std::size_t>(log.find("position")->number(row));
    rows[k] += 1, clicks[k] += log.find("click_probability")->number(row);
  }
  CHECK((clicks[2] / rows[2]) / (clicks[1] / rows[1]) == Approx(0.5).epsilon(0.05));
  CHECK((clicks[6] / rows[6]) / (clicks[1] / rows[1]) == Approx(1 / 6.0).epsilon(0.07));
}

TEST_CASE("site: labels known at a time hold only clicks that had arrived") {
  const Frame log = log_of(small_site());
  const Time at{log.find("time")->values<std::int64_t>()[log.rows() / 2]};
  const Frame known = *labels_known_at(log, at);
  double later = 0;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const bool arrived = !log.find("click_arrival")->missing(row) &&
                         log.find("click_arrival")->values<std::int64_t>()[row] <= at.micros;
    REQUIRE(known.find("click")->number(row) == (arrived ? 1 : 0));
    later += log.find("click")->number(row) - known.find("click")->number(row);
  }
  CHECK(later > 0);
}

TEST_CASE("site: options out of range are refused by name") {
  SiteOptions o = small_site();
  o.users = 3;
  CHECK(simulate_impressions(o).error().message.find("users") != std::string::npos);
  o = small_site();
  o.base_ctr = 0.3, o.position_bias = 2;
  CHECK(simulate_impressions(o).error().message.find("base_ctr") != std::string::npos);
}
