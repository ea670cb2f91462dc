// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/mean_rate.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace rehearse::sim;

TEST_CASE("mean rate: one pair has the logit, two weighted ones the mean that was asked for") {
  const std::vector<double> zero = {0}, one = {1};
  CHECK(intercept_of_mean(zero, one, 0.08) == Approx(std::log(0.08 / 0.92)));
  const std::vector<double> odds = {-2, 1.5}, weights = {3, 1};
  const double b = intercept_of_mean(odds, weights, 0.3);
  const auto sigma = [](double x) { return 1 / (1 + std::exp(-x)); };
  CHECK((3 * sigma(b - 2) + sigma(b + 1.5)) / 4 == Approx(0.3));
}
