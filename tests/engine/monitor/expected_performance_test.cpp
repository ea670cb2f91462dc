// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/expected_performance.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/discrimination.hpp"
#include "engine/metrics/probability.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

double expected(const std::vector<double>& p, Performance what, double threshold = 0.5) {
  const auto result = expected_performance(p, what, threshold);
  REQUIRE(result);
  return result->value;
}

// Sums over all 2^n outcomes, each with its probability.
struct Enumerated {
  double log_loss = 0, brier = 0, accuracy = 0, ordered = 0, pairs = 0;
};
Enumerated enumerate(const std::vector<double>& p, double threshold) {
  Enumerated e;
  const std::size_t n = p.size();
  for (std::size_t mask = 0; mask < (std::size_t{1} << n); ++mask) {
    double chance = 1, loss = 0, brier = 0, right = 0, ordered = 0, pairs = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const bool y = mask >> i & 1U;
      chance *= y ? p[i] : 1 - p[i];
      loss -= std::log(y ? p[i] : 1 - p[i]);
      brier += std::pow(p[i] - y, 2), right += (p[i] >= threshold) == y;
      for (std::size_t j = 0; j < n; ++j)
        if (y && !(mask >> j & 1U)) pairs += 1, ordered += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
    }
    const auto rows = static_cast<double>(n);
    e.log_loss += chance * loss / rows, e.brier += chance * brier / rows;
    e.accuracy += chance * right / rows;
    e.ordered += chance * ordered, e.pairs += chance * pairs;
  }
  return e;
}

}  // namespace

TEST_CASE("cbpe: every expectation is the sum over all outcomes, by brute force") {
  rc::check([] {
    const auto raw = *rc::gen::container<std::vector<int>>(9, rc::gen::inRange(1, 20));
    std::vector<double> p;
    for (const int one : raw) p.push_back(one / 20.0);
    const Enumerated e = enumerate(p, 0.4);
    RC_ASSERT(std::fabs(expected(p, Performance::log_loss) - e.log_loss) < 1e-9);
    RC_ASSERT(std::fabs(expected(p, Performance::brier) - e.brier) < 1e-9);
    RC_ASSERT(std::fabs(expected(p, Performance::accuracy, 0.4) - e.accuracy) < 1e-9);
    RC_ASSERT(std::fabs(expected(p, Performance::roc_auc) - e.ordered / e.pairs) < 1e-9);
  });
}

TEST_CASE("cbpe: realised values of calibrated scores fall into the interval 95% of the time") {
  const int days = 400;
  for (const Performance what :
       {Performance::roc_auc, Performance::log_loss, Performance::accuracy}) {
    int inside = 0;
    for (int day = 0; day < days; ++day) {
      Stream stream(7, "test.cbpe", static_cast<std::uint64_t>(day));
      std::vector<double> p, y;
      for (int i = 0; i < 400; ++i)
        p.push_back(stream.beta(1, 4)), y.push_back(stream.uniform() < p.back());
      const auto e = expected_performance(p, what, 0.3, 1, static_cast<std::uint64_t>(day));
      const auto scored = metrics::Scored::of(p, y);
      double seen = 0;
      if (what == Performance::roc_auc) seen = metrics::roc_auc(*scored).value;
      if (what == Performance::log_loss) seen = metrics::log_loss(*scored);
      if (what == Performance::accuracy)
        for (std::size_t i = 0; i < p.size(); ++i) seen += ((p[i] >= 0.3) == (y[i] == 1)) / 400.0;
      inside += seen >= e->interval.low && seen <= e->interval.high;
    }
    INFO(performance_name(what));
    CHECK(inside / double(days) == Approx(0.95).margin(0.035));  // three standard errors
  }
}

TEST_CASE("cbpe: what cannot be expected is refused") {
  CHECK_FALSE(expected_performance({}, Performance::brier));
  const std::vector<double> wrong = {0.2, 1.2}, none = {0, 0, 0}, nan = {0.1, NAN};
  CHECK(expected_performance(wrong, Performance::brier).error().message.find("row 2") !=
        std::string::npos);
  CHECK_FALSE(expected_performance(none, Performance::roc_auc));
  CHECK_FALSE(expected_performance(nan, Performance::log_loss));
  CHECK_FALSE(parse_performance("f1"));
  CHECK(expected({0, 1, 1}, Performance::log_loss) == Approx(0).margin(1e-9));
}
