// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/assignment.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <map>

#include "engine/experiment/srm.hpp"

using namespace rehearse;
using namespace rehearse::experiment;

TEST_CASE("assignment: a unit has the same arm on every call, and a number is its digits") {
  const auto plan = Assignment::of("onboarding-1", {1, 1});
  REQUIRE(plan);
  for (std::int64_t user = 0; user < 100; ++user)
    CHECK(plan->arm(user) == plan->arm(std::to_string(user)));
  CHECK(position("s", std::int64_t{42}) == position("s", "42"));
}

TEST_CASE("assignment: shares follow the weights, and the counts pass their own check") {
  const auto plan = Assignment::of("weights", {1, 2, 1});
  REQUIRE(plan);
  std::vector<double> counts(3, 0);
  for (std::int64_t user = 0; user < 40000; ++user)
    counts[static_cast<std::size_t>(plan->arm(user))] += 1;
  const auto ratio = sample_ratio(counts, std::vector<double>{1, 2, 1});
  REQUIRE(ratio);
  CHECK(ratio->p > 0.001);
  CHECK(sample_ratio(counts)->p < 1e-10);  // against equal weights they do not
}

TEST_CASE("assignment: two salts are independent of each other") {
  const auto first = Assignment::of("experiment-a", {1, 1}),
             second = Assignment::of("experiment-b", {1, 1});
  std::vector<double> cells(4, 0);
  for (std::int64_t user = 0; user < 40000; ++user)
    cells[static_cast<std::size_t>(2 * first->arm(user) + second->arm(user))] += 1;
  CHECK(sample_ratio(cells)->p > 0.001);
  // One salt for both is the same users again.
  const auto again = Assignment::of("experiment-a", {1, 1});
  for (std::int64_t user = 0; user < 1000; ++user) CHECK(first->arm(user) == again->arm(user));
}

TEST_CASE("assignment: a ramp keeps everybody who was exposed in the arm they had") {
  rc::prop("for any two shares", [] {
    const double low = *rc::gen::inRange(0, 1000) / 1000.0;
    const double high = low + (1 - low) * (*rc::gen::inRange(0, 1001) / 1000.0);
    const auto before = Assignment::of("ramp", {1, 1}, low),
               after = Assignment::of("ramp", {1, 1}, high);
    for (std::int64_t user = 0; user < 300; ++user) {
      if (before->arm(user) == Assignment::kNotExposed) continue;
      RC_ASSERT(after->arm(user) == before->arm(user));
    }
  });
  const auto tenth = Assignment::of("ramp", {1, 1}, 0.1);
  int exposed = 0;
  for (std::int64_t user = 0; user < 20000; ++user) exposed += tenth->arm(user) >= 0;
  CHECK(exposed == Approx(2000).margin(5 * std::sqrt(1800.0)));
}

TEST_CASE("assignment: neighbouring keys fall into all buckets evenly") {
  std::vector<double> counts(100, 0);
  for (std::int64_t user = 0; user < 100000; ++user)
    counts[bucket("even", std::to_string(user), 100)] += 1;
  CHECK(sample_ratio(counts)->p > 0.001);
}

TEST_CASE("assignment: an arm of weight 0 gets nobody, wherever it stands") {
  for (const auto& weights : {std::vector<double>{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}) {
    const auto plan = Assignment::of("zero", weights);
    for (std::int64_t user = 0; user < 2000; ++user)
      CHECK(weights[static_cast<std::size_t>(plan->arm(user))] > 0);
  }
}

TEST_CASE("assignment: blocks keep every stratum within one of its planned share") {
  rc::prop("for any strata", [] {
    const auto strata = *rc::gen::container<std::vector<std::int32_t>>(rc::gen::inRange(0, 6));
    const auto arms = blocked_assignment("b", strata, std::vector<double>{1, 1, 2}, 7);
    RC_ASSERT(arms.has_value());
    std::map<std::int32_t, std::vector<double>> counts;
    for (std::size_t i = 0; i < strata.size(); ++i) {
      auto& of = counts[strata[i]];
      of.resize(3);
      of[static_cast<std::size_t>((*arms)[i])] += 1;
    }
    for (const auto& [stratum, of] : counts) {
      const double n = of[0] + of[1] + of[2];
      RC_ASSERT(std::abs(of[0] - n / 4) < 1);
      RC_ASSERT(std::abs(of[1] - n / 4) < 1);
      RC_ASSERT(std::abs(of[2] - n / 2) < 1);
    }
  });
}

TEST_CASE("assignment: what cannot be assigned is refused with a reason") {
  CHECK_FALSE(Assignment::of("", {1, 1}));
  CHECK_FALSE(Assignment::of("s", {}));
  CHECK_FALSE(Assignment::of("s", {0, 0}));
  CHECK_FALSE(Assignment::of("s", {1, -1}));
  CHECK_FALSE(Assignment::of("s", {1, std::nan("")}));
  CHECK_FALSE(Assignment::of("s", {1, 1}, 1.5));
}

TEST_CASE("srm: the statistic is the sum of squared deviations over the expected counts") {
  const auto ratio = sample_ratio(std::vector<double>{5200, 4800});
  REQUIRE(ratio);
  CHECK(ratio->statistic == Approx(16).epsilon(1e-12));  // 2 · 200² / 5000
  CHECK(ratio->p == Approx(6.334248366623995e-05).epsilon(1e-9));
  CHECK(ratio->blocked());
  CHECK_FALSE(sample_ratio(std::vector<double>{5100, 4900})->blocked());
}

TEST_CASE("srm: bad counts are refused") {
  CHECK_FALSE(sample_ratio(std::vector<double>{10}));
  CHECK_FALSE(sample_ratio(std::vector<double>{0, 0}));
  CHECK_FALSE(sample_ratio(std::vector<double>{-1, 2}));
  CHECK_FALSE(sample_ratio(std::vector<double>{1, 2}, std::vector<double>{1}));
  CHECK_FALSE(sample_ratio(std::vector<double>{1, 2}, std::vector<double>{1, 0}));
}
