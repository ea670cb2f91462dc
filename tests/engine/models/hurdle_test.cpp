// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/hurdle.hpp"

#include "engine/base/random.hpp"
#include "engine/models/linear_regression.hpp"
#include "engine/models/transform.hpp"
#include "tests/engine/models/linear_tables.hpp"

namespace rehearse::models::hurdle_test {
namespace {

using linear_tables::fact_of;

// Seconds read: 60% do not open; who does stays lognormally. Truth: the mean of each row.
struct Reading {
  Frame rows;
  std::vector<double> mean;
};
Reading reading(std::size_t n) {
  Stream stream(12, "test.hurdle");
  std::vector<double> x, y, mean;
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(stream.normal());
    const double opens = 1 / (1 + std::exp(0.5 - x.back()));
    const double eta = 2 - 0.4 * x.back();
    y.push_back(stream.bernoulli(opens) ? std::exp(eta + 0.8 * stream.normal()) : 0);
    mean.push_back(opens * std::exp(eta + 0.32));
  }
  Frame::Builder b;
  b.add("x", std::move(x), {.role = Role::feature}).add("y", std::move(y), {.role = Role::label});
  return {*std::move(b).build(), std::move(mean)};
}

double rmse(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum / static_cast<double>(a.size()));
}

}  // namespace

TEST_CASE("hurdle: two parts recover a mean that one straight line cannot") {
  const Reading log = reading(20000);
  const auto hurdle = train_hurdle(log.rows);
  REQUIRE(hurdle);
  const double two = rmse(*hurdle->model->score(log.rows), log.mean);
  const double line = rmse(*(*train_linear(log.rows))->score(log.rows), log.mean);
  CHECK(two < 0.35 * line);
  CHECK(two < 0.15);
  CHECK(hurdle->model->amount().weights()[1] < 0);
  CHECK(hurdle->model->above().weights()[1] > 0);
}

TEST_CASE("hurdle: the Poisson part is the maximum of the likelihood, found by SciPy") {
  const Frame rows = linear_tables::fixture("count");
  HurdleOptions o;
  o.positive = PositivePart::poisson;
  o.l2 = 0;
  const auto fit = train_hurdle(rows, o);
  REQUIRE(fit);
  // Its columns are standardised over the rows above 0; the fixture's over all: compare losses.
  const double above = fact_of(*fit->model, "rows_above");
  CHECK(above * fact_of(fit->model->amount(), "loss") ==
        Approx(linear_tables::oracle()["positive_poisson"]["loss"].get<double>()).epsilon(1e-9));
}

TEST_CASE("hurdle: the trail ends in the model's own score") {
  const Reading log = reading(800);
  for (const auto positive : {PositivePart::lognormal}) {
    HurdleOptions o;
    o.positive = positive;
    const auto model = train_hurdle(log.rows, o)->model;
    const Frame trail = *model->trail(log.rows, 5);
    CHECK(trail.find("prediction")->number(trail.rows() - 1) ==
          Approx((*model->score(log.rows))[5]).epsilon(1e-12));
  }
}

TEST_CASE("hurdle: no zeros, only zeros and negative labels are refused") {
  const auto of = [](std::vector<double> y) {
    Frame::Builder b;
    b.add("x", std::vector<double>(y.size(), 1.0), {.role = Role::feature});
    b.add("y", std::move(y), {.role = Role::label});
    return *std::move(b).build();
  };
  CHECK_FALSE(train_hurdle(of({1, 2})));
  CHECK_FALSE(train_hurdle(of({0, 0})));
  CHECK(train_hurdle(of({0, -2})).error().message.find("row 1") != std::string::npos);
}

TEST_CASE("box-cox: λ is that of SciPy, and there and back is where one was") {
  const auto values = oracle::numbers(linear_tables::oracle()["skewed"]);
  CHECK(*box_cox_lambda(values) ==
        Approx(linear_tables::oracle()["box_cox"]["lambda"].get<double>()).margin(1e-6));
  for (const double lambda : {-0.7, 0.0, 0.4, 1.0, 2.0}) {
    const Transform t{TransformKind::box_cox, lambda, 1, 1e6};
    for (double y : {0.0, 0.3, 5.0, 120.0}) CHECK(t.back(t.forward(y)) == Approx(y).margin(1e-9));
  }
  CHECK_FALSE(box_cox_lambda(std::vector<double>{1, 0}));
  CHECK_FALSE(box_cox_lambda(std::vector<double>{2, 2, 2}));
}

TEST_CASE("box-cox: beyond the end of the transform a prediction stays within what was seen") {
  const auto t = *fit_transform(TransformKind::box_cox, std::vector<double>{1, 1.1, 1.2, 50});
  REQUIRE(t.lambda < 0);
  CHECK(t.back(1e6) == 50);
  const Transform up{TransformKind::box_cox, 0.5, 1, 0};
  CHECK(up.back(-10) == -1);
}

}  // namespace rehearse::models::hurdle_test
