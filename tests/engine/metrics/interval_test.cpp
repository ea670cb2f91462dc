// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/interval.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/discrimination.hpp"
#include "engine/metrics/probability.hpp"

using namespace rehearse;
using namespace rehearse::metrics;

TEST_CASE("delong: the standard error is that of the definition, pair by pair") {
  rc::check([] {
    std::vector<double> scores = {0.3, 0.6, 0.4, 0.7}, labels = {0, 1, 0, 1};
    const auto more = *rc::gen::inRange<std::size_t>(0, 25);
    for (std::size_t i = 0; i < more; ++i) {
      scores.push_back(*rc::gen::inRange(0, 9) / 8.0);
      labels.push_back(*rc::gen::inRange(0, 2));
    }
    const Scored data = *Scored::of(scores, labels);
    std::vector<double> positive, negative;
    for (std::size_t i = 0; i < data.size(); ++i)
      (data.labels()[i] == 1 ? positive : negative).push_back(data.scores()[i]);
    const auto psi = [](double x, double y) { return x > y ? 1.0 : x == y ? 0.5 : 0.0; };
    const double auc = roc_auc(data).value, m = static_cast<double>(positive.size()),
                 n = static_cast<double>(negative.size());
    double s10 = 0, s01 = 0;
    for (const double x : positive) {
      double v = 0;
      for (const double y : negative) v += psi(x, y) / n;
      s10 += (v - auc) * (v - auc) / (m - 1);
    }
    for (const double y : negative) {
      double v = 0;
      for (const double x : positive) v += psi(x, y) / m;
      s01 += (v - auc) * (v - auc) / (n - 1);
    }
    const auto estimate = auc_estimate(data);
    RC_ASSERT(estimate.has_value());
    RC_ASSERT(std::abs(estimate->value - auc) < 1e-12);
    RC_ASSERT(std::abs(estimate->standard_error - std::sqrt(s10 / m + s01 / n)) < 1e-12);
  });
}

TEST_CASE("delong: its interval holds the true AUC about as often as it says") {
  // Normal scores one apart: AUC = Φ(1/√2).
  const double truth = 0.5 * std::erfc(-0.5);
  int held = 0;
  constexpr int kRuns = 400;
  for (int run = 0; run < kRuns; ++run) {
    Stream stream(9, "delong.test", static_cast<std::uint64_t>(run));
    std::vector<double> scores, labels;
    for (int i = 0; i < 200; ++i) {
      labels.push_back(i % 4 == 0 ? 1 : 0);
      scores.push_back(sigmoid(stream.normal() + labels.back()));
    }
    const auto estimate = auc_estimate(*Scored::of(scores, labels));
    held += estimate->interval.low <= truth && truth <= estimate->interval.high;
  }
  CHECK(held > 0.91 * kRuns);
  CHECK(held < 0.985 * kRuns);
}

TEST_CASE("delong: two models on the same rows; the difference knows that they agree") {
  Stream stream(10, "delong.pair");
  std::vector<double> good, same, noisy, labels;
  for (int i = 0; i < 600; ++i) {
    labels.push_back(i % 3 == 0 ? 1 : 0);
    const double z = stream.normal() + labels.back();
    good.push_back(sigmoid(z)), same.push_back(sigmoid(2 * z));
    noisy.push_back(sigmoid(z + stream.normal()));
  }
  const Scored a = *Scored::of(good, labels), b = *Scored::of(same, labels),
               c = *Scored::of(noisy, labels);
  CHECK(auc_difference(a, b)->difference.value == Approx(0).margin(1e-12));
  CHECK(auc_difference(a, b)->p == 1);
  const auto worse = auc_difference(a, c);
  CHECK(worse->difference.value > 0);
  CHECK(worse->p < 0.01);
  const double apart = std::hypot(auc_estimate(a)->standard_error, auc_estimate(c)->standard_error);
  CHECK(worse->difference.standard_error < apart);
  const std::vector<double> weights(labels.size(), 2), alike(labels.size(), 1);
  CHECK_FALSE(auc_estimate(*Scored::of(good, labels, weights)));
  CHECK_FALSE(auc_estimate(*Scored::of(good, alike)));
}

TEST_CASE("wilson and mean intervals: published and textbook cases") {
  // Newcombe (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29.
  const auto check = [](double r, double n, double low, double high) {
    const Interval i = wilson_interval(r, n);
    CHECK(i.low == Approx(low).margin(5e-5));
    CHECK(i.high == Approx(high).margin(5e-5));
  };
  check(81, 263, 0.2553, 0.3662);
  check(15, 148, 0.0624, 0.1605);
  check(0, 20, 0, 0.1611);
  check(1, 29, 0.0061, 0.1718);
  const std::vector<double> values = {1, 2, 3, 4, 5};
  const Estimate mean = mean_estimate(values);
  CHECK(mean.value == 3);
  CHECK(mean.standard_error == Approx(std::sqrt(2.5 / 5)));
  CHECK(mean.interval.high == Approx(3 + 1.959963984540054 * std::sqrt(0.5)));
  const std::vector<double> one = {7};
  CHECK(std::isnan(mean_estimate(one).standard_error));
}
