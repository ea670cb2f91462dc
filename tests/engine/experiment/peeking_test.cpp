// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/peeking.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/experiment/binomial.hpp"
#include "engine/experiment/tails.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::experiment;

double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

}  // namespace

TEST_CASE("binomial draws: counts follow the exact law, by inversion and by rejection") {
  const std::pair<int, double> cases[] = {
      {5, 0.3}, {40, 0.1}, {60, 0.4}, {200, 0.93}, {5000, 0.02}};
  for (const auto& [n, p] : cases) {
    const int draws = 20000;
    std::vector<double> count(static_cast<std::size_t>(n) + 1, 0);
    for (int i = 0; i < draws; ++i) {
      Stream stream(6, "test.binomial", 0, static_cast<std::uint64_t>(i));
      const auto k = draw_binomial(stream, n, p);
      REQUIRE((k >= 0 && k <= n));
      count[static_cast<std::size_t>(k)] += 1;
    }
    // χ² over cells that expect at least 5; the rest is one cell.
    double chi = 0, cells = 0, rest = 0, rest_expected = 0;
    for (int k = 0; k <= n; ++k) {
      const double expected =
          draws * std::exp(log_choose(n, k) + k * std::log(p) + (n - k) * std::log1p(-p));
      const double seen = count[static_cast<std::size_t>(k)];
      if (expected >= 5)
        chi += (seen - expected) * (seen - expected) / expected, cells += 1;
      else
        rest += seen, rest_expected += expected;
    }
    if (rest_expected > 1) chi += (rest - rest_expected) * (rest - rest_expected) / rest_expected;
    INFO(n << " " << p);
    CHECK(chi_square_tail(chi, cells) > 1e-4);
  }
  Stream stream(1, "test.binomial");
  CHECK(draw_binomial(stream, 10, 0) == 0);
  CHECK(draw_binomial(stream, 10, 1) == 10);
  CHECK(draw_binomial(stream, 0, 0.5) == 0);
}

TEST_CASE(
    "peeking: a thousand experiments do what the integral says, under the null and an effect") {
  PeekingOptions options;
  options.rules = {"fixed", "naive", "pocock", "obrien-fleming", "always-valid", "bayesian"};
  options.replicates = 4000, options.users_per_day = 400;
  for (const double lift : {0.0, 0.015}) {
    options.lift = lift;
    const auto rules = *watch_repeatedly(options);
    for (const WatchedRule& rule : rules) {
      const double error = std::sqrt(rule.rejected_expected * (1 - rule.rejected_expected) / 4000);
      INFO(rule.rule << " at " << lift);
      CHECK(rule.rejected == Approx(rule.rejected_expected).margin(4 * error + 0.004));
      CHECK(rule.days == Approx(rule.days_expected).margin(0.45));
      for (std::size_t k = 1; k < rule.measured.size(); ++k)
        CHECK(rule.measured[k] >= rule.measured[k - 1]);
    }
  }
}

TEST_CASE(
    "peeking: twenty looks at nothing reject a quarter of the time, boundaries one in twenty") {
  PeekingOptions options;
  options.rules = {"naive", "pocock", "obrien-fleming"};
  const auto rules = *watch_repeatedly(options);
  CHECK(rules[0].rejected == Approx(0.248).margin(0.045));
  CHECK(rules[1].rejected < 0.08);
  CHECK(rules[2].rejected < 0.08);
  CHECK(rules[0].rejected_expected == Approx(0.248).margin(0.0006));
}

TEST_CASE("peeking: who stops early believes in too large a lift") {
  PeekingOptions options;
  options.rules = {"fixed", "naive"};
  options.lift = 0.01;
  const auto rules = *watch_repeatedly(options);
  CHECK(rules[1].lift_of_winners > rules[0].lift_of_winners);
  CHECK(rules[0].lift_of_winners > 0.01);
}

TEST_CASE("peeking: another set of rules meets the same users; one history is its replicate") {
  PeekingOptions options;
  options.replicates = 50;
  options.rules = {"pocock"};
  const double alone = watch_repeatedly(options)->front().days;
  options.rules = {"naive", "pocock"};
  CHECK((*watch_repeatedly(options))[1].days == alone);
  const auto once = *watch_once(options, 3), again = *watch_once(options, 3);
  CHECK(once.z == again.z);
  CHECK(once.day.size() == 20);
  options.looks = 5;
  CHECK(watch_once(options, 3)->z[0] == once.z[3]);
}

TEST_CASE("peeking: what cannot be asked is refused with a reason") {
  PeekingOptions options;
  options.looks = 7;
  CHECK(watch_repeatedly(options).error().message.find("multiple") != std::string::npos);
  options = {}, options.baseline = 0.99, options.lift = 0.02;
  CHECK_FALSE(watch_repeatedly(options));
  options = {}, options.rules = {};
  CHECK_FALSE(watch_repeatedly(options));
  options = {}, options.users_per_day = 0;
  CHECK_FALSE(watch_repeatedly(options));
  options = {};
  std::stop_source source;
  source.request_stop();
  CHECK(watch_repeatedly(options, Progress(source.get_token(), {})).error().code ==
        Code::cancelled);
}
