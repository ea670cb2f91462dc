// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/metrics/discrimination.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/metrics/reliability.hpp"
#include "engine/metrics/report.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::metrics;

struct Rows {
  std::vector<double> scores, labels;
  Scored scored() const { return *Scored::of(scores, labels); }
};

// Scores on a coarse grid, so that ties are common; both classes present.
Rows random_rows() {
  const auto size = *rc::gen::inRange<std::size_t>(2, 60);
  Rows rows;
  for (std::size_t i = 0; i < size; ++i) {
    rows.scores.push_back(*rc::gen::inRange(1, 20) / 20.0);
    rows.labels.push_back(*rc::gen::inRange(0, 2));
  }
  rows.labels[0] = 0, rows.labels[1] = 1;
  return rows;
}

double brute_auc(const Rows& rows) {
  double wins = 0, pairs = 0;
  for (std::size_t i = 0; i < rows.scores.size(); ++i)
    for (std::size_t j = 0; j < rows.scores.size(); ++j) {
      if (rows.labels[i] != 1 || rows.labels[j] != 0) continue;
      pairs += 1;
      wins += rows.scores[i] > rows.scores[j] ? 1 : rows.scores[i] == rows.scores[j] ? 0.5 : 0;
    }
  return wins / pairs;
}

TEST_CASE(
    "metrics: the log loss of a logit is that of its probability, and far out it is the logit") {
  for (const double z : {-8.0, -3.5, -0.1, 0.0, 0.2, 4.0, 7.0}) {
    const double p = sigmoid(z);
    CHECK(log_loss_of_logit(z, 1.0) == Approx(-std::log(p)).epsilon(1e-9));
    CHECK(log_loss_of_logit(z, 0.25) ==
          Approx(-0.25 * std::log(p) - 0.75 * std::log(sigmoid(-z))).epsilon(1e-9));
    CHECK(softplus(z) == Approx(-std::log(sigmoid(-z))).epsilon(1e-9));
  }
  CHECK(softplus(1000.0) == 1000);
  CHECK(softplus(-1000.0) == 0);
  CHECK(log_loss_of_logit(-800.0, 1.0) == 800);
}

}  // namespace

TEST_CASE("metrics: scikit-learn gives the same numbers, weights and ties included") {
  const Json oracle = oracle::read("metrics/metrics.json");
  for (const Json& one : oracle["cases"]) {
    const auto scores = oracle::numbers(one["scores"]), labels = oracle::numbers(one["labels"]),
               weights = oracle::numbers(one["weights"]);
    const auto data = Scored::of(scores, labels, weights);
    INFO(one["name"].get<std::string>());
    REQUIRE(data);
    CHECK(log_loss(*data) == Approx(one["log_loss"].get<double>()).epsilon(1e-9));
    CHECK(brier(*data) == Approx(one["brier"].get<double>()).epsilon(1e-9));
    CHECK(roc_auc(*data).value == Approx(one["roc_auc"].get<double>()).epsilon(1e-9));
    CHECK(average_precision(*data).value ==
          Approx(one["average_precision"].get<double>()).epsilon(1e-9));
    CHECK(kolmogorov_smirnov(*data).value == Approx(one["ks"].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("roc auc: equals the share of pairs in the right order, counted one by one") {
  rc::check([] {
    const Rows rows = random_rows();
    RC_ASSERT(std::abs(roc_auc(rows.scored()).value - brute_auc(rows)) < 1e-12);
  });
}

TEST_CASE("metrics of order: no increasing map of the scores changes them") {
  rc::check([] {
    const Rows rows = random_rows();
    Rows mapped = rows;
    for (double& s : mapped.scores) s = s * s / 2;
    RC_ASSERT(std::abs(roc_auc(rows.scored()).value - roc_auc(mapped.scored()).value) < 1e-12);
    RC_ASSERT(std::abs(average_precision(rows.scored()).value -
                       average_precision(mapped.scored()).value) < 1e-12);
  });
}

TEST_CASE("whole weights count as repeated rows") {
  rc::check([] {
    const Rows rows = random_rows();
    std::vector<double> weights;
    Rows repeated;
    for (std::size_t i = 0; i < rows.scores.size(); ++i) {
      weights.push_back(*rc::gen::inRange(1, 4));
      for (int k = 0; k < static_cast<int>(weights.back()); ++k)
        repeated.scores.push_back(rows.scores[i]), repeated.labels.push_back(rows.labels[i]);
    }
    const Scored weighted = *Scored::of(rows.scores, rows.labels, weights);
    RC_ASSERT(std::abs(log_loss(weighted) - log_loss(repeated.scored())) < 1e-12);
    RC_ASSERT(std::abs(roc_auc(weighted).value - roc_auc(repeated.scored()).value) < 1e-12);
    RC_ASSERT(std::abs(expected_calibration_error(reliability_curve(weighted)) -
                       expected_calibration_error(reliability_curve(repeated.scored()))) < 1e-12);
  });
}

TEST_CASE("ece: a case worked by hand") {
  // Two bins of ten are filled: [0.1, 0.2) with mean score 0.15 and half clicked, [0.9, 1] with
  // mean 1 and all clicked.
  const std::vector<double> scores = {0.1, 0.2 - 1e-9, 1.0, 1.0}, labels = {0, 1, 1, 1};
  const auto bins = reliability_curve(*Scored::of(scores, labels));
  REQUIRE(bins.size() == 2);
  CHECK(bins[1].lower == Approx(0.9));
  CHECK(bins[1].count == 2);
  CHECK(expected_calibration_error(bins) == Approx(0.5 * 0.35).epsilon(1e-6));
  CHECK(maximum_calibration_error(bins) == Approx(0.35).epsilon(1e-6));
  CHECK(average_calibration_error(bins) == Approx(0.175).epsilon(1e-6));
}

TEST_CASE("binning: mass gives the first bins one more, quantile keeps equal scores together") {
  const std::vector<double> scores = {0.5, 0.5, 0.5, 0.5, 0.1, 0.2, 0.9},
                            labels = {0, 1, 0, 1, 0, 0, 1};
  const Scored data = *Scored::of(scores, labels);
  const auto mass = reliability_curve(data, 3, Binning::mass);
  REQUIRE(mass.size() == 3);
  CHECK(mass[0].count == 3);
  CHECK(mass[1].count == 2);
  CHECK(mass[2].count == 2);
  const auto quantile = reliability_curve(data, 3, Binning::quantile);
  std::size_t holding = 0;
  for (const Bin& bin : quantile) holding += bin.lower <= 0.5 && 0.5 <= bin.upper && bin.count >= 4;
  CHECK(holding == 1);
}

TEST_CASE("bins of every kind hold all rows, and their means give back the base rate") {
  rc::check([] {
    const Rows rows = random_rows();
    for (const Binning binning : {Binning::width, Binning::mass, Binning::quantile}) {
      double weight = 0, positives = 0;
      for (const Bin& bin : reliability_curve(rows.scored(), 7, binning)) {
        weight += bin.weight, positives += bin.weight * bin.mean_label;
        RC_ASSERT(bin.low <= bin.mean_label + 1e-12 && bin.mean_label <= bin.high + 1e-12);
      }
      RC_ASSERT(std::abs(weight - static_cast<double>(rows.scores.size())) < 1e-9);
      RC_ASSERT(std::abs(positives / weight - rows.scored().base_rate()) < 1e-12);
    }
  });
}

TEST_CASE("log loss: a certain mistake costs ln(1e15), not infinity") {
  const std::vector<double> scores = {0.0}, labels = {1};
  CHECK(log_loss(*Scored::of(scores, labels)) == Approx(15 * std::log(10.0)).epsilon(1e-12));
}

TEST_CASE("downsampling undone: odds come back to what they were") {
  for (const double truth : {0.001, 0.03, 0.5}) {
    for (const double keep : {0.01, 0.1, 1.0}) {
      const double sampled = truth / (truth + (1 - truth) * keep);
      CHECK(undo_downsampling(sampled, keep) == Approx(truth).epsilon(1e-12));
    }
  }
}

TEST_CASE("excess log loss: zero for the truth itself, positive for anything else") {
  const std::vector<double> truth = {0.1, 0.4, 0.7}, other = {0.2, 0.4, 0.6}, labels = {0, 1, 1};
  CHECK(metric("excess_log_loss", *Scored::of(truth, labels), truth)->value ==
        Approx(0).margin(1e-12));
  CHECK(metric("excess_log_loss", *Scored::of(other, labels), truth)->value > 0.01);
}

TEST_CASE("metrics: what is undefined says why and is no number") {
  const std::vector<double> scores = {0.2, 0.3}, zeros = {0, 0};
  const Scored data = *Scored::of(scores, zeros);
  for (const char* name : {"roc_auc", "average_precision", "ks", "normalized_entropy",
                           "calibration_ratio", "excess_log_loss"}) {
    const auto measure = metric(name, data, {});
    INFO(name);
    REQUIRE(measure);
    CHECK(std::isnan(measure->value));
    CHECK_FALSE(measure->why.empty());
  }
  CHECK(to_json(report(data))["roc_auc"].is_null());
  CHECK(to_json(report(data))["roc_auc_why"].is_string());
}

TEST_CASE("metrics: bad rows are refused with their number") {
  const std::vector<double> ok = {0.5, 0.5}, nan = {0.5, NAN}, big = {0.5, 1.5}, labels = {0, 1},
                            two = {0, 2}, one = {1}, negative = {1, -1};
  for (const auto& [scores, classes] : {std::pair{nan, labels}, {big, labels}, {ok, two}}) {
    const auto data = Scored::of(scores, classes);
    REQUIRE_FALSE(data);
    CHECK(data.error().message.find("row 2") != std::string::npos);
  }
  CHECK_FALSE(Scored::of(ok, one));
  CHECK_FALSE(Scored::of(ok, labels, negative));
  CHECK_FALSE(Scored::of({}, {}));
  CHECK(metric("auc_roc", *Scored::of(ok, labels), {}).error().message.find("roc_auc") !=
        std::string::npos);
}
