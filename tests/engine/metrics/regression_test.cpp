// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/regression.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "engine/metrics/value_report.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::metrics;

struct ValueRows {
  std::vector<double> predictions, labels, weights;
  Valued valued() const { return *Valued::of(predictions, labels, weights); }
};

ValueRows random_values() {
  ValueRows rows;
  const auto size = *rc::gen::inRange<std::size_t>(2, 40);
  for (std::size_t i = 0; i < size; ++i) {
    rows.predictions.push_back(*rc::gen::inRange(1, 60) / 7.0);
    rows.labels.push_back(*rc::gen::inRange(0, 9));
    rows.weights.push_back(*rc::gen::inRange(1, 4));
  }
  return rows;
}

ValueRows repeated(const ValueRows& rows) {
  ValueRows all;
  for (std::size_t i = 0; i < rows.labels.size(); ++i)
    for (int k = 0; k < static_cast<int>(rows.weights[i]); ++k)
      all.predictions.push_back(rows.predictions[i]), all.labels.push_back(rows.labels[i]);
  return all;
}

double value(const char* name, const Valued& data, const ValueTruth& truth = {}) {
  const auto measure = value_metric(name, data, truth);
  INFO(name);
  REQUIRE(measure);
  return measure->value;
}

}  // namespace

TEST_CASE("metrics of values: scikit-learn and statsmodels give the same numbers") {
  const Json oracle = oracle::read("metrics/regression.json");
  for (const Json& one : oracle["cases"]) {
    const auto predictions = oracle::numbers(one["predictions"]),
               labels = oracle::numbers(one["labels"]), weights = oracle::numbers(one["weights"]);
    const auto data = Valued::of(predictions, labels, weights);
    REQUIRE(data);
    for (const auto& [key, expected] : one.items()) {
      if (!expected.is_number()) continue;
      INFO(one["name"].get<std::string>() << ": " << key);
      const auto measure = value_metric(key, *data);
      REQUIRE(measure);
      CHECK(measure->value == Approx(expected.get<double>()).epsilon(1e-9));
    }
    CHECK(root_mean_squared_error(*data) == Approx(std::sqrt(one["mse"].get<double>())));
  }
}

TEST_CASE("metrics of values: whole weights count as repeated rows") {
  rc::check([] {
    const ValueRows rows = random_values(), all = repeated(rows);
    for (const std::string& name : value_metric_names()) {
      if (name == "mape" || name.find("best_") == 0 || name.find("excess_") == 0) continue;
      if (name == "rmse_to_truth") continue;
      const auto weighted = value_metric(name, rows.valued()),
                 counted = value_metric(name, all.valued());
      RC_ASSERT(weighted.has_value() && counted.has_value());
      RC_ASSERT(weighted->defined() == counted->defined());
      if (weighted->defined())
        RC_ASSERT(std::abs(weighted->value - counted->value) <
                  1e-9 * (1 + std::abs(counted->value)));
    }
  });
}

TEST_CASE("pinball loss: the constant that minimizes it is the quantile, and at a half it is MAE") {
  const std::vector<double> labels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 100};
  const auto loss = [&](double constant, double q) {
    const std::vector<double> f(labels.size(), constant);
    return pinball_loss(*Valued::of(f, labels), q);
  };
  for (double c = 0; c <= 110; c += 0.5) {
    CHECK(loss(c, 0.75) >= loss(8, 0.75) - 1e-12);
    CHECK(loss(c, 0.5) >= loss(5.5, 0.5) - 1e-12);
  }
  const std::vector<double> f(labels.size(), 3.0);
  const Valued data = *Valued::of(f, labels);
  CHECK(2 * pinball_loss(data, 0.5) == Approx(mean_absolute_error(data)));
}

TEST_CASE("MAPE: halving every prediction beats doubling it, whatever the labels") {
  rc::check([] {
    ValueRows low = random_values();
    for (double& y : low.labels) y += 1;
    ValueRows high = low;
    for (std::size_t i = 0; i < low.labels.size(); ++i)
      low.predictions[i] = low.labels[i] / 2, high.predictions[i] = low.labels[i] * 2;
    RC_ASSERT(mean_absolute_percentage_error(low.valued()).value <
              mean_absolute_percentage_error(high.valued()).value);
  });
}

TEST_CASE("excess errors are never negative, are 0 for the truth, and add up with the noise") {
  rc::check([] {
    const ValueRows rows = random_values();
    std::vector<double> mean(rows.labels.size(), 3.0);
    const Valued data = rows.valued();
    const ValueTruth truth{mean, mean};
    RC_ASSERT(value_metric("excess_mse", data, truth)->value >= 0);
    RC_ASSERT(value_metric("excess_rmse", data, truth)->value >= 0);
    RC_ASSERT(value_metric("excess_mse", data.with_predictions(mean), truth)->value == 0);
  });
}

TEST_CASE("best possible errors are those of the truth column") {
  const std::vector<double> f = {1, 2, 3}, y = {2, 2, 5}, mean = {2, 2, 4}, median = {2, 1, 5};
  const Valued data = *Valued::of(f, y);
  CHECK(value("best_mse", data, {mean, median}) == Approx(1.0 / 3));
  CHECK(value("best_mae", data, {mean, median}) == Approx(1.0 / 3));
  CHECK(value("best_pinball_50", data, {mean, median}) == Approx(1.0 / 6));
  CHECK(value("excess_mse", data, {mean, median}) == Approx((1 + 0 + 1) / 1.0));
  CHECK(value("rmse_to_truth", data, {mean, median}) == Approx(std::sqrt(2.0 / 3)));
  const auto unknown = value_metric("best_mae", data, {mean, {}});
  REQUIRE(unknown);
  CHECK_FALSE(unknown->defined());
}

TEST_CASE("metrics of values that do not exist say why") {
  const std::vector<double> f = {0, 1}, y = {0, 0}, minus = {-1, 2};
  CHECK_FALSE(value_metric("r2", *Valued::of(f, y))->defined());
  CHECK_FALSE(value_metric("mape", *Valued::of(f, y))->defined());
  CHECK_FALSE(value_metric("poisson_deviance", *Valued::of(f, y))->defined());
  CHECK_FALSE(value_metric("poisson_deviance", *Valued::of(f, minus))->defined());
  CHECK_FALSE(value_metric("rmsle", *Valued::of(minus, y))->defined());
  CHECK_FALSE(value_metric("calibration_ratio", *Valued::of(f, y))->defined());
  CHECK(std::isnan(value_metric("r2", *Valued::of(f, y))->value));
}

TEST_CASE("metrics of values: what cannot be measured is an error with its row or its mend") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> ok = {1, 2}, bad = {1, nan}, huge = {1, 1e308};
  CHECK(Valued::of(bad, ok).error().message.find("row 2") != std::string::npos);
  CHECK(Valued::of(ok, bad).error().message.find("row 2") != std::string::npos);
  CHECK_FALSE(Valued::of(ok, ok, bad));
  CHECK_FALSE(Valued::of({}, {}));
  CHECK(Valued::of(huge, ok));
  const Valued data = *Valued::of(ok, ok);
  CHECK(value_metric("rmsd", data).error().message.find("rmse") != std::string::npos);
  CHECK_FALSE(value_metric("rmse@2", data));
  CHECK_FALSE(value_metric("pinball@1.5", data));
  CHECK_FALSE(value_metric("pinball@x", data));
}

TEST_CASE("intervals: coverage, width and score of a case worked by hand") {
  const std::vector<double> low = {0, 0, 5}, high = {1, 2, 6}, y = {1, 3, 4.5};
  const auto quality = interval_quality(low, high, y, 0.8);
  REQUIRE(quality);
  CHECK(quality->coverage == Approx(1.0 / 3));
  CHECK(quality->mean_width == Approx(4.0 / 3));
  // What lies outside, 1 and 0.5, costs ten times itself at the level 80%.
  CHECK(quality->interval_score == Approx((1 + (2 + 10) + (1 + 5)) / 3.0));
  CHECK(interval_quality(high, low, y, 0.8).error().message.find("row 1") != std::string::npos);
  CHECK_FALSE(interval_quality(low, high, {}, 0.8));
}
