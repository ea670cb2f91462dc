// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/loss.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/models/lbfgs.hpp"
#include "engine/models/smooth_fit.hpp"

namespace rehearse::models::loss_test {
namespace {

const Loss kLosses[] = {{LossKind::logistic},
                        {LossKind::focal, 2},
                        {LossKind::focal, 0.5},
                        {LossKind::squared},
                        {LossKind::huber, 1.3},
                        {LossKind::pinball, 0.8},
                        {LossKind::poisson},
                        {LossKind::negative_binomial, 0.7},
                        {LossKind::negative_binomial, 1e-6},
                        {LossKind::positive_poisson}};

double outcome(const Loss& loss, int draw) {
  if (loss.probabilistic()) return draw % 2;
  if (loss.kind == LossKind::positive_poisson) return 1 + draw % 9;
  return loss.counts() ? draw % 10 : draw / 7.0;
}

}  // namespace

TEST_CASE("loss: every slope is the derivative of its value") {
  rc::check([] {
    const Loss& loss = kLosses[*rc::gen::inRange<std::size_t>(0, std::size(kLosses))];
    const double y = outcome(loss, *rc::gen::inRange(0, 60));
    const double eta = *rc::gen::inRange(-5000, 5000) / 1000.0 + 0.00037;
    const double h = 1e-6;
    const double slope = (loss.value(y, eta + h) - loss.value(y, eta - h)) / (2 * h);
    RC_ASSERT(std::abs(loss.slope(y, eta) - slope) < 1e-5 * (1 + std::abs(slope)));
    const Loss::Both both = loss.both(y, eta);
    RC_ASSERT(std::abs(both.value - loss.value(y, eta)) < 1e-12 * (1 + std::abs(both.value)));
    RC_ASSERT(std::abs(both.slope - loss.slope(y, eta)) < 1e-12 * (1 + std::abs(both.slope)));
  });
}

TEST_CASE("loss: focal with γ = 0 is log loss, a tiny dispersion is Poisson") {
  for (double eta : {-3.0, -0.2, 0.0, 1.4, 5.0}) {
    for (double y : {0.0, 1.0}) {
      CHECK(Loss{LossKind::focal, 0}.value(y, eta) ==
            Approx(Loss{LossKind::logistic}.value(y, eta)));
      CHECK(Loss{LossKind::focal, 0}.slope(y, eta) ==
            Approx(Loss{LossKind::logistic}.slope(y, eta)));
    }
    CHECK(Loss{LossKind::negative_binomial, 1e-9}.value(4, eta) ==
          Approx(Loss{LossKind::poisson}.value(4, eta)).epsilon(1e-6));
  }
}

TEST_CASE("loss: counts are probabilities that sum to one") {
  for (const Loss& loss : {Loss{LossKind::poisson}, Loss{LossKind::negative_binomial, 0.7},
                           Loss{LossKind::positive_poisson}}) {
    double total = 0, mean = 0;
    const double eta = std::log(2.3);
    for (int y = loss.kind == LossKind::positive_poisson ? 1 : 0; y < 400; ++y) {
      total += std::exp(-loss.value(y, eta));
      mean += y * std::exp(-loss.value(y, eta));
    }
    INFO(loss.name());
    CHECK(total == Approx(1).epsilon(1e-9));
    CHECK(mean == Approx(loss.predicted(eta)).epsilon(1e-9));
  }
}

TEST_CASE("loss: values stay finite far out") {
  for (const Loss& loss : kLosses)
    for (double eta : {-700.0, 700.0}) {
      INFO(loss.name() << " at " << eta);
      CHECK(std::isfinite(loss.value(outcome(loss, 8), eta)));
      CHECK(std::isfinite(loss.slope(outcome(loss, 8), eta)));
    }
}

TEST_CASE("lbfgs: finds the corner of Rosenbrock's valley, never going up") {
  double last = INFINITY;
  bool rose = false;
  const auto valley = [](std::span<const double> x, std::span<double> g) {
    const double a = 1 - x[0], b = x[1] - x[0] * x[0];
    g[0] = -2 * a - 400 * x[0] * b, g[1] = 200 * b;
    return a * a + 100 * b * b;
  };
  const auto found =
      minimize(valley, {-1.2, 1}, {.tolerance = 1e-10}, {}, [&](std::span<const double> x, int) {
        std::vector<double> g(2);
        const double value = valley(x, g);
        rose = rose || value > last;
        last = value;
        return true;
      });
  REQUIRE(found);
  CHECK(found->converged);
  CHECK_FALSE(rose);
  CHECK(found->x[0] == Approx(1).epsilon(1e-7));
  CHECK(found->x[1] == Approx(1).epsilon(1e-7));
}

TEST_CASE("lbfgs: a function that is not finite at the start is an error") {
  CHECK_FALSE(minimize(
      [](std::span<const double>, std::span<double> g) {
        g[0] = 0;
        return std::nan("");
      },
      {0}));
}

TEST_CASE("smooth fit: the gradient of the whole objective is that of finite differences") {
  // Through the minimizer: at the optimum every partial derivative of the penalised loss vanishes.
  Sample sample{EncodedRows{4, 2, {0, 1, 0, 1, 0, 1, 0, 1}, {1, -1, 1, 0.5, 1, 2, 1, 0.3}},
                {0, 2, 5, 1},
                {1, 2, 1, 0.5}};
  const Loss loss{LossKind::poisson};
  const double l2 = 0.3;
  const auto fit = fit_smooth(sample, 2, loss, {.l2 = l2, .search = {.tolerance = 1e-12}});
  REQUIRE(fit);
  const auto objective = [&](std::vector<double> w) {
    return mean_loss(sample, w, loss) + l2 / 2 * w[1] * w[1];
  };
  for (std::size_t j = 0; j < 2; ++j) {
    auto up = fit->weights, down = fit->weights;
    up[j] += 1e-5, down[j] -= 1e-5;
    CHECK(std::abs(objective(up) - objective(down)) / 2e-5 < 1e-8);
  }
}

}  // namespace rehearse::models::loss_test
