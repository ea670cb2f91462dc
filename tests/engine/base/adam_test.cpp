// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/adam.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

namespace {

using rehearse::Adam;

TEST_CASE("adam: follows the published algorithm, its two corrected means written out") {
  constexpr double kRate = 0.02, kFirst = 0.9, kSecond = 0.999;
  constexpr std::array<double, 6> kSlopes = {0.5, -1.25, 3, 0.001, -40, 2};
  Adam<double> adam(1, kRate);
  double weight = 1, expected = 1, m = 0, v = 0;
  for (std::size_t t = 1; t <= kSlopes.size(); ++t) {
    const double g = kSlopes[t - 1];
    adam.next_step();
    adam.move(0, weight, g);
    m = kFirst * m + (1 - kFirst) * g, v = kSecond * v + (1 - kSecond) * g * g;
    const double m_hat = m / (1 - std::pow(kFirst, t)), v_hat = v / (1 - std::pow(kSecond, t));
    expected -= kRate * m_hat / std::sqrt(v_hat);
    CHECK(weight == Approx(expected).epsilon(1e-6));
  }
}

TEST_CASE("adam: the first step is the learning rate long, whatever the slope") {
  for (const double slope : {1e-3, 0.7, -12.0, 1e6}) {
    Adam<double> adam(1, 0.1);
    double weight = 0;
    adam.next_step();
    adam.move(0, weight, slope);
    CHECK(weight == Approx(slope > 0 ? -0.1 : 0.1).epsilon(1e-3));
  }
}

TEST_CASE("adam: a weight that is not moved keeps its means, and decay shrinks one without slope") {
  Adam<double> adam(2, 0.1, 0.5);
  std::array<double, 2> weights = {1, 1};
  adam.step(weights, std::array<double, 2>{0, 0});
  CHECK(weights[0] == Approx(0.95));
  Adam<double> lazy(2, 0.1);
  double often = 0, once = 0;
  for (int t = 0; t < 3; ++t) {
    lazy.next_step();
    lazy.move(0, often, 1.0);
  }
  lazy.next_step();
  lazy.move(1, once, 1.0);
  // Its first slope, corrected as if three had been 0.
  const double m = 0.1 / (1 - std::pow(0.9, 4)), v = 0.001 / (1 - std::pow(0.999, 4));
  CHECK(once == Approx(-0.1 * m / std::sqrt(v)).epsilon(1e-6));
}

}  // namespace
