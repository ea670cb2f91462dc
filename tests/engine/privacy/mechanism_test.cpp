// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privacy/mechanism.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/normal.hpp"
#include "engine/privacy/accounting.hpp"

using namespace rehearse;
using namespace rehearse::privacy;

namespace {

// sup over S of P(S) - e^ε Q(S) of two normal laws, by the sum over a grid where P is greater.
double hockey_stick(double shift, double sigma, double epsilon) {
  const double step = 1e-4 * sigma;
  double sum = 0;
  for (double x = -12 * sigma; x < 12 * sigma + shift; x += step) {
    const double p = normal_density((x - shift) / sigma) / sigma;
    const double q = normal_density(x / sigma) / sigma;
    sum += std::max(0.0, p - std::exp(epsilon) * q) * step;
  }
  return sum;
}

}  // namespace

TEST_CASE("laplace: the density of the noise changes by e^epsilon at most, and just so") {
  const double scale = laplace_scale(3, 0.5).value();
  CHECK(scale == Approx(6));
  CHECK(std::exp(3 / scale) == Approx(std::exp(0.5)));
}

TEST_CASE("laplace: draws have the mean, the mean absolute value and the tail of the law") {
  double sum = 0, absolute = 0, beyond = 0;
  const int draws = 200000;
  Stream stream(1, "test.laplace");
  for (int i = 0; i < draws; ++i) {
    const double x = draw_laplace(stream, 2);
    sum += x, absolute += std::abs(x), beyond += x > 4;
  }
  CHECK(sum / draws == Approx(0).margin(5 * 2 * std::sqrt(2.0 / draws)));
  CHECK(absolute / draws == Approx(2).margin(5 * 2 / std::sqrt(draws)));
  const double tail = 0.5 * std::exp(-2);
  CHECK(beyond / draws == Approx(tail).margin(5 * std::sqrt(tail / draws)));
}

TEST_CASE("gaussian: the delta of a sigma is the hockey-stick divergence, added up on a grid") {
  for (const double sigma : {0.5, 1.0, 4.0})
    for (const double epsilon : {0.1, 1.0, 3.0})
      CHECK(gaussian_delta(2, sigma, epsilon) ==
            Approx(hockey_stick(2, sigma, epsilon)).margin(1e-6));
}

TEST_CASE("gaussian: the analytic sigma spends all of delta, and less noise than the classic") {
  for (const double epsilon : {0.01, 0.3, 1.0, 8.0})
    for (const double delta : {1e-9, 1e-5, 0.05}) {
      const double sigma = gaussian_sigma(2.5, epsilon, delta).value();
      CHECK(gaussian_delta(2.5, sigma, epsilon) == Approx(delta).epsilon(1e-6));
      CHECK(gaussian_epsilon(2.5, sigma, delta) == Approx(epsilon).epsilon(1e-6));
      if (epsilon <= 1) CHECK(sigma < gaussian_sigma_classic(2.5, epsilon, delta).value());
    }
  CHECK(gaussian_sigma_classic(1, 1, 1e-5).value() == Approx(std::sqrt(2 * std::log(1.25e5))));
  CHECK(gaussian_epsilon(1, 100, 0.1) == 0);
}

TEST_CASE("gaussian: an epsilon of thousands, whose power of e is beyond doubles, has its sigma") {
  for (const double epsilon : {500.0, 800.0, 1e4}) {
    const double sigma = gaussian_sigma(1, epsilon, 1e-6).value();
    // Δ²/2σ² of the loss is nearly all of ε.
    CHECK(sigma == Approx(1 / std::sqrt(2 * epsilon)).epsilon(0.3));
    CHECK(gaussian_delta(1, sigma, epsilon) == Approx(1e-6).epsilon(1e-6));
    CHECK(gaussian_epsilon(1, sigma, 1e-6) == Approx(epsilon).epsilon(1e-6));
  }
}

TEST_CASE("mechanisms: a budget that is none is refused") {
  CHECK(laplace_scale(0, 1).error().message.find("sensitivity") != std::string::npos);
  CHECK(laplace_scale(1, -1).error().message.find("epsilon is -1") != std::string::npos);
  CHECK(gaussian_sigma(1, 1, 0).error().message.find("delta is 0") != std::string::npos);
  CHECK(gaussian_sigma(1, std::nan(""), 1e-5).error().message.find("epsilon") != std::string::npos);
  CHECK(gaussian_sigma_classic(1, 2, 1e-5).error().message.find("up to 1") != std::string::npos);
}

TEST_CASE("randomized response: what two bits may be told as differs by e^epsilon") {
  const double p = truth_probability(1.3);
  CHECK(p / (1 - p) == Approx(std::exp(1.3)));
  CHECK(truth_probability(0) == 0.5);
}

TEST_CASE("accounting: basic adds up, advanced is the published formula") {
  const Budget basic = compose_basic({0.1, 1e-7}, 100);
  CHECK(basic.epsilon == Approx(10));
  CHECK(basic.delta == Approx(1e-5));
  const Budget advanced = compose_advanced({0.1, 0}, 100, 1e-5);
  CHECK(advanced.epsilon == Approx(0.1 * std::sqrt(200 * std::log(1e5)) + 10 * std::expm1(0.1)));
  CHECK(advanced.delta == Approx(1e-5));
}

TEST_CASE("accounting: of Gaussian noise exact needs least, then zCDP, then adding up") {
  for (const std::size_t releases : {4, 30, 365}) {
    const Budget total{2, 1e-6};
    const auto noise = [&](Composition composition) {
      return plan_noise(Noise::gaussian, composition, 3, total, releases).value().scale;
    };
    const double exact = noise(Composition::exact), zcdp = noise(Composition::zcdp),
                 basic = noise(Composition::basic);
    CHECK(exact < zcdp);
    CHECK(zcdp < basic);
    // n releases are one of the mean of them.
    CHECK(gaussian_delta(3, exact / std::sqrt(static_cast<double>(releases)), 2) ==
          Approx(1e-6).epsilon(1e-6));
    const double rho = static_cast<double>(releases) * 9 / (2 * zcdp * zcdp);
    CHECK(zcdp_epsilon(rho, 1e-6) == Approx(2).epsilon(1e-9));
  }
}

TEST_CASE("accounting: Laplace by advanced composition pays off for many releases alone") {
  const auto scale = [](Composition composition, std::size_t releases) {
    return plan_noise(Noise::laplace, composition, 5, {1, 1e-6}, releases).value().scale;
  };
  CHECK(scale(Composition::basic, 1) == Approx(5));
  CHECK(scale(Composition::advanced, 4) > scale(Composition::basic, 4));
  CHECK(scale(Composition::advanced, 365) < scale(Composition::basic, 365));
  const NoisePlan plan =
      plan_noise(Noise::laplace, Composition::advanced, 5, {1, 1e-6}, 365).value();
  CHECK(compose_advanced(plan.each, 365, 1e-6).epsilon == Approx(1));
  CHECK(plan.sd == Approx(std::sqrt(2) * plan.scale));
}

TEST_CASE("accounting: a composition that the noise has none of is told") {
  CHECK(plan_noise(Noise::laplace, Composition::zcdp, 1, {1, 1e-5}, 2)
            .error()
            .message.find("Gaussian") != std::string::npos);
  CHECK(plan_noise(Noise::gaussian, Composition::advanced, 1, {1, 1e-5}, 2)
            .error()
            .message.find("of Laplace") != std::string::npos);
  CHECK(plan_noise(Noise::gaussian, Composition::exact, 1, {1, 1e-5}, 0)
            .error()
            .message.find("nothing is released") != std::string::npos);
  CHECK(parse_composition("sum").error().message.find("`sum`") != std::string::npos);
  CHECK(parse_noise("pink").error().message.find("`pink`") != std::string::npos);
}
