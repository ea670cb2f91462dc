// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/glm.hpp"

#include "engine/base/random.hpp"
#include "engine/models/hurdle.hpp"
#include "tests/engine/models/linear_tables.hpp"

namespace rehearse::models::glm_test {
namespace {

using linear_tables::fact_of;

CountOptions unpenalised() {
  CountOptions o;
  o.l2 = 0;
  o.tolerance = 1e-11;
  return o;
}

}  // namespace

TEST_CASE("poisson: weights and deviance are those of statsmodels' GLM") {
  const Json& wanted = linear_tables::oracle()["poisson"];
  const auto fit = train_poisson(linear_tables::fixture("count"), unpenalised());
  REQUIRE(fit);
  linear_tables::check_close(fit->model->weights(), wanted["weights"], 1e-7);
  CHECK(160 * fact_of(*fit->model, "deviance") ==
        Approx(wanted["deviance"].get<double>()).epsilon(1e-9));
  CHECK(fact_of(*fit->model, "null_deviance") > fact_of(*fit->model, "deviance"));
}

TEST_CASE("poisson: predictions sum to the counts") {
  const Frame rows = linear_tables::fixture("burst");
  const auto scores = *train_poisson(rows, unpenalised())->model->score(rows);
  double predicted = 0, counted = 0;
  for (std::size_t i = 0; i < scores.size(); ++i)
    predicted += scores[i], counted += rows.find("burst")->number(i);
  CHECK(predicted == Approx(counted).epsilon(1e-7));
}

TEST_CASE("negative binomial: weights, dispersion and deviance are those of statsmodels") {
  const Json& wanted = linear_tables::oracle()["negative_binomial"];
  const auto fit = train_negative_binomial(linear_tables::fixture("burst"), unpenalised());
  REQUIRE(fit);
  linear_tables::check_close(fit->model->weights(), wanted["weights"], 1e-5);
  CHECK(fact_of(*fit->model, "alpha") == Approx(wanted["alpha"].get<double>()).epsilon(1e-5));
  CHECK(160 * fact_of(*fit->model, "deviance") ==
        Approx(wanted["deviance"].get<double>()).epsilon(1e-5));
}

TEST_CASE("negative binomial: of Poisson counts the dispersion is near nothing") {
  const auto fit = train_negative_binomial(linear_tables::fixture("count"), unpenalised());
  REQUIRE(fit);
  CHECK(fact_of(*fit->model, "alpha") < 0.1);
  CHECK(fact_of(*train_poisson(linear_tables::fixture("burst"))->model, "dispersion") > 1.5);
  CHECK(fact_of(*fit->model, "dispersion") == Approx(1).margin(0.3));
}

TEST_CASE("count deviance: nothing at y = μ, and that of Poisson as α vanishes") {
  for (double y : {0.5, 1.0, 7.0}) {
    CHECK(count_deviance(y, y, 0) == Approx(0).margin(1e-12));
    CHECK(count_deviance(y, y, 0.8) == Approx(0).margin(1e-12));
    CHECK(count_deviance(y, 2, 1e-9) == Approx(count_deviance(y, 2, 0)).epsilon(1e-6));
  }
  CHECK(count_deviance(0, 3, 0) == Approx(6));
}

TEST_CASE("counts: fractions, negative numbers and nothing but zeros are refused") {
  const auto of = [](std::vector<double> y) {
    Frame::Builder b;
    b.add("x", std::vector<double>(y.size(), 1.0), {.role = Role::feature});
    b.add("y", std::move(y), {.role = Role::label});
    return *std::move(b).build();
  };
  CHECK(train_poisson(of({1, 2.5})).error().message.find("row 1") != std::string::npos);
  CHECK_FALSE(train_poisson(of({-1, 2})));
  CHECK_FALSE(train_negative_binomial(of({0, 0})));
  CHECK((*train_poisson(of({1, 2, 6}))->model->score(of({0})))[0] == Approx(3));
}

TEST_CASE(
    "count shares: they sum to one, their mean is the prediction's, hurdle's zeros are exact") {
  const Frame rows = linear_tables::fixture("burst");
  const auto model = train_negative_binomial(rows)->model;
  const auto shares = *model->count_shares(rows, 400);
  double total = 0, mean = 0, predicted = 0;
  for (std::size_t k = 0; k < shares.size(); ++k)
    total += shares[k], mean += static_cast<double>(k) * shares[k];
  const auto scores = *model->score(rows);
  for (double p : scores) predicted += p / static_cast<double>(rows.rows());
  CHECK(total == Approx(1).epsilon(1e-6));
  CHECK(mean == Approx(predicted).epsilon(1e-4));
  HurdleOptions o;
  o.positive = PositivePart::poisson;
  o.l2 = 0;
  const auto hurdle = *train_hurdle(rows, o)->model->count_shares(rows, 200);
  double zeros = 0, all = 0;
  for (std::size_t row = 0; row < rows.rows(); ++row) zeros += rows.find("burst")->number(row) == 0;
  for (double share : hurdle) all += share;
  CHECK(hurdle[0] == Approx(zeros / 160).epsilon(1e-5));
  CHECK(all == Approx(1).epsilon(1e-6));
}

}  // namespace rehearse::models::glm_test
