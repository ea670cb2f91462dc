// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/bpr.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/recommend/small_world.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

constexpr double kRegularization = 0.03;

BprFactors drawn(std::size_t k) {
  BprFactors factors{FactorTable(2, k), FactorTable(3, k), {0.2, -0.4, 0.1}};
  Stream stream(9, "test.bpr");
  for (FactorTable* table : {&factors.users, &factors.items})
    for (std::size_t r = 0; r < table->rows(); ++r)
      for (double& value : table->row(r)) value = stream.normal();
  return factors;
}

// -ln σ(d) + ρ/2 of everything that a triple (0, 2, 1) touches.
double triple_loss(const BprFactors& f) {
  const double d = f.bias[2] - f.bias[1] + dot(f.users.row(0), f.items.row(2)) -
                   dot(f.users.row(0), f.items.row(1));
  return std::log1p(std::exp(-d)) +
         kRegularization / 2 *
             (dot(f.users.row(0), f.users.row(0)) + dot(f.items.row(1), f.items.row(1)) +
              dot(f.items.row(2), f.items.row(2)) + f.bias[1] * f.bias[1] + f.bias[2] * f.bias[2]);
}

BprOptions few_epochs(std::size_t epochs) {
  BprOptions options;
  options.factors = 4, options.epochs = epochs;
  return options;
}

}  // namespace

TEST_CASE("bpr: a step goes down the gradient of finite differences") {
  const double rate = 1e-3;
  const BprFactors before = drawn(3);
  BprFactors after = before;
  const double loss = bpr_step(after, 0, 2, 1, rate, kRegularization);
  BprFactors probe = before;
  const auto slope_at = [&](double& value) {
    constexpr double kStep = 1e-6;
    const double there = value;
    value = there + kStep;
    const double up = triple_loss(probe);
    value = there - kStep;
    const double down = triple_loss(probe);
    value = there;
    return (up - down) / (2 * kStep);
  };
  for (std::size_t f = 0; f < 3; ++f) {
    CHECK(after.users.row(0)[f] - before.users.row(0)[f] ==
          Approx(-rate * slope_at(probe.users.row(0)[f])).margin(1e-11));
    for (const std::size_t item : {1, 2})
      CHECK(after.items.row(item)[f] - before.items.row(item)[f] ==
            Approx(-rate * slope_at(probe.items.row(item)[f])).margin(1e-11));
    CHECK(after.users.row(1)[f] == before.users.row(1)[f]);
    CHECK(after.items.row(0)[f] == before.items.row(0)[f]);
  }
  for (const std::size_t item : {1, 2})
    CHECK(after.bias[item] - before.bias[item] ==
          Approx(-rate * slope_at(probe.bias[item])).margin(1e-11));
  CHECK(after.bias[0] == before.bias[0]);
  const double d = before.bias[2] - before.bias[1] + dot(before.users.row(0), before.items.row(2)) -
                   dot(before.users.row(0), before.items.row(1));
  CHECK(loss == Approx(std::log1p(std::exp(-d))));
}

TEST_CASE("bpr: far from 0 a step stays finite") {
  BprFactors factors = drawn(2);
  factors.bias = {0, 2000, -2000};
  CHECK(bpr_step(factors, 0, 2, 1, 0.1, 0) == Approx(4000).epsilon(0.01));
  factors.bias = {0, -2000, 2000};
  CHECK(bpr_step(factors, 0, 2, 1, 0.1, 0) == Approx(0).margin(1e-300));
  CHECK(std::isfinite(factors.bias[1]));
}

TEST_CASE("bpr: it learns which kind of item a user likes, and says so again") {
  const Interactions training = small_world(60, 30, 3);
  const auto model = fit_bpr(training, few_epochs(40)).value();
  CHECK(model->losses().front() < std::log(2.0) * 1.05);
  CHECK(model->losses().back() < 0.8 * model->losses().front());
  std::size_t right = 0, all = 0;
  for (std::uint32_t u = 0; u < training.users(); ++u)
    for (const Recommended& one : recommend_to(*model, u, 3)) {
      CHECK_FALSE(training.has(u, one.item));
      right += one.item % 2 == u % 2, ++all;
    }
  CHECK(static_cast<double>(right) > 0.7 * static_cast<double>(all));
  const auto again = fit_bpr(training, few_epochs(40)).value();
  CHECK(scores_of(*model, 5) == scores_of(*again, 5));
  BprOptions other = few_epochs(40);
  other.seed = 2;
  CHECK(scores_of(**fit_bpr(training, other), 5) != scores_of(*model, 5));
}

TEST_CASE("bpr: whoever had everything is passed over, and the one free item is found") {
  // User 0 had all; user 1 lacks the last, the first or the middle one.
  for (std::uint32_t free = 0; free < 3; ++free) {
    std::vector<std::uint32_t> user = {0, 0, 0}, item = {0, 1, 2};
    for (std::uint32_t i = 0; i < 3; ++i)
      if (i != free) user.push_back(1), item.push_back(i);
    const auto training = Interactions::of(user, item, 2, 3).value();
    const auto model = fit_bpr(training, few_epochs(200)).value();
    const auto scores = scores_of(*model, 1);
    for (std::uint32_t i = 0; i < 3; ++i)
      if (i != free) CHECK(scores[i] > scores[free]);
  }
  const std::vector<std::uint32_t> user = {0}, item = {0};
  CHECK(fit_bpr(Interactions::of(user, item, 1, 1).value()).error().message.find("every item") !=
        std::string::npos);
}

TEST_CASE("bpr: what it cannot do is refused") {
  const Interactions training = small_world(8, 8, 1);
  const auto refused = [&](auto&& change, const std::string& words) {
    BprOptions options = few_epochs(50);
    change(options);
    const auto model = fit_bpr(training, options);
    INFO((model ? "fitted" : model.error().message));
    return !model && model.error().message.find(words) != std::string::npos;
  };
  CHECK(refused([](BprOptions& o) { o.factors = 0; }, "factors"));
  CHECK(refused([](BprOptions& o) { o.epochs = 0; }, "epoch"));
  CHECK(refused([](BprOptions& o) { o.learning_rate = 0; }, "learning rate"));
  CHECK(refused([](BprOptions& o) { o.regularization = -1; }, "regularization"));
  CHECK(refused([](BprOptions& o) { o.learning_rate = 1e5; }, "beyond all bounds"));
  CHECK_FALSE(fit_bpr(Interactions()));
  std::stop_source source;
  source.request_stop();
  CHECK(fit_bpr(training, {}, Progress(source.get_token(), {})).error().code == Code::cancelled);
}
