// SPDX-License-Identifier: GPL-3.0-or-later
//
// Thresholds, utility, orders and the best possible.
#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/metrics/best_possible.hpp"
#include "engine/metrics/discrimination.hpp"
#include "engine/metrics/order.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/metrics/report.hpp"
#include "engine/metrics/slates.hpp"
#include "engine/metrics/threshold.hpp"
#include "engine/metrics/utility.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::metrics;

// Scores and true probabilities on coarse grids, so that ties are common.
struct Known {
  std::vector<double> scores, truth, labels;
};
Known random_known(std::size_t most) {
  Known known;
  const auto size = *rc::gen::inRange<std::size_t>(2, most);
  for (std::size_t i = 0; i < size; ++i) {
    known.scores.push_back(*rc::gen::inRange(0, 9) / 8.0);
    known.truth.push_back(*rc::gen::inRange(1, 8) / 8.0);
    known.labels.push_back(*rc::gen::inRange(0, 2));
  }
  known.labels[0] = 0, known.labels[1] = 1;
  return known;
}

// Calls f(labels, probability) for each outcome of the coins.
template <class F>
void each_outcome(const std::vector<double>& truth, const F& f) {
  for (std::size_t mask = 0; mask < (std::size_t{1} << truth.size()); ++mask) {
    std::vector<double> labels;
    double p = 1;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      labels.push_back((mask >> i) & 1 ? 1 : 0);
      p *= labels[i] == 1 ? truth[i] : 1 - truth[i];
    }
    f(labels, p);
  }
}

double named(const char* name, const Known& known) {
  const auto value = metric(name, *Scored::of(known.scores, known.labels), known.truth);
  INFO(name);
  REQUIRE(value);
  return value->value;
}

}  // namespace

TEST_CASE("metrics of decisions: scikit-learn gives the same numbers") {
  const Json oracle = oracle::read("metrics/decisions.json");
  for (const Json& one : oracle["decisions"]) {
    const auto scores = oracle::numbers(one["scores"]), labels = oracle::numbers(one["labels"]),
               weights = oracle::numbers(one["weights"]);
    const Scored data = *Scored::of(scores, labels, weights);
    for (const char* name :
         {"accuracy", "balanced_accuracy", "precision", "recall", "f1", "f2", "f0.5", "mcc"}) {
      INFO(one["name"].get<std::string>() << ": " << name);
      const auto value =
          metric(fmt::format("{}@{}", name, one["threshold"].get<double>()), data, {});
      REQUIRE(value);
      CHECK(value->value == Approx(one[name].get<double>()).epsilon(1e-9));
    }
  }
}

TEST_CASE("order: the radix sort agrees with a stable sort, at any size and sign") {
  Stream stream(5, "order.test");
  for (const std::size_t n : {1U, 100U, 2048U, 5000U, 70000U}) {
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) {
      const double v = stream.normal();
      // Ties, zeros of both signs, huge and tiny numbers.
      values.push_back(i % 5 == 0    ? std::round(v * 4) / 4
                       : i % 7 == 0  ? (i % 2 ? 0.0 : -0.0)
                       : i % 11 == 0 ? v * 1e300
                       : i % 13 == 0 ? v * 1e-310
                                     : v);
    }
    std::vector<std::uint32_t> want(n);
    std::iota(want.begin(), want.end(), 0U);
    std::stable_sort(want.begin(), want.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; });
    CHECK(ascending_order(values) == want);
  }
  const std::vector<double> constant(5000, 0.25);
  const auto kept = ascending_order(constant);
  CHECK(std::is_sorted(kept.begin(), kept.end()));
}

TEST_CASE("gain and lift: a case worked by hand, ties at the cut taken in part") {
  const std::vector<double> scores = {0.9, 0.5, 0.5, 0.1}, labels = {1, 1, 0, 0};
  const OrderedScores data(*Scored::of(scores, labels));
  CHECK(gain(data, 0.25).value == Approx(0.5));
  CHECK(gain(data, 0.5).value == Approx(0.75));
  CHECK(lift(data, 0.5).value == Approx(1.5));
  CHECK(gain(data, 1).value == Approx(1));
  const std::vector<double> none = {0, 0, 0, 0};
  CHECK_FALSE(gain(OrderedScores(*Scored::of(scores, none)), 0.5).defined());
}

TEST_CASE("decisions without a positive, a negative or a call have no such metric, and say why") {
  CHECK_FALSE(precision({0, 0, 3, 5}).defined());
  CHECK_FALSE(recall({0, 2, 0, 5}).defined());
  CHECK_FALSE(specificity({1, 0, 2, 0}).defined());
  CHECK_FALSE(balanced_accuracy({1, 0, 2, 0}).defined());
  CHECK_FALSE(matthews_correlation({0, 0, 3, 5}).defined());
  CHECK_FALSE(f_beta({0, 0, 0, 5}, 1).defined());
  CHECK(accuracy({0, 0, 3, 97}) == Approx(0.97));
  CHECK_FALSE(decision_metric("f", {1, 1, 1, 1}));
  CHECK_FALSE(decision_metric("f-1", {1, 1, 1, 1}));
}

TEST_CASE("best possible: the closed forms are the expectations over all outcomes") {
  rc::check([] {
    const Known known = random_known(8);
    double right = 0, pairs = 0, precise = 0, positives = 0, square = 0;
    each_outcome(known.truth, [&](const std::vector<double>& labels, double p) {
      const double n = static_cast<double>(labels.size()),
                   positive = std::accumulate(labels.begin(), labels.end(), 0.0);
      const Scored data = *Scored::of(known.scores, labels);
      square += p * brier(data);
      if (positive == 0) return;
      positives += p * positive;
      precise += p * positive * average_precision(data).value;
      if (positive == n) return;
      pairs += p * positive * (n - positive);
      right += p * positive * (n - positive) * roc_auc(data).value;
    });
    RC_ASSERT(std::abs(expected_roc_auc(known.scores, known.truth).value - right / pairs) < 1e-9);
    RC_ASSERT(std::abs(expected_average_precision(known.scores, known.truth).value -
                       precise / positives) < 1e-9);
    RC_ASSERT(std::abs(best_brier(known.truth) + brier_above_best(known.scores, known.truth) -
                       square) < 1e-9);
  });
}

TEST_CASE("best possible: no scores do better than the truth itself") {
  rc::check([] {
    const Known known = random_known(40);
    RC_ASSERT(named("excess_log_loss", known) >= 0);
    RC_ASSERT(named("excess_brier", known) >= 0);
    RC_ASSERT(named("missed_roc_auc", known) >= -1e-12);
    RC_ASSERT(named("true_ece", known) >= 0);
  });
}

TEST_CASE("best possible: weights are those of the metrics, over all outcomes") {
  rc::check([] {
    const Known known = random_known(8);
    std::vector<double> weights;
    for (std::size_t i = 0; i < known.truth.size(); ++i) weights.push_back(*rc::gen::inRange(1, 4));
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    double right = 0, pairs = 0, precise = 0, positives = 0, square = 0;
    each_outcome(known.truth, [&](const std::vector<double>& labels, double p) {
      const Scored data = *Scored::of(known.scores, labels, weights);
      const double positive = data.positive_weight(), negative = total - positive;
      square += p * brier(data);
      if (positive == 0) return;
      positives += p * positive;
      precise += p * positive * average_precision(data).value;
      if (negative == 0) return;
      pairs += p * positive * negative;
      right += p * positive * negative * roc_auc(data).value;
    });
    const auto& [scores, truth, labels] = known;
    RC_ASSERT(std::abs(expected_roc_auc(scores, truth, weights).value - right / pairs) < 1e-9);
    RC_ASSERT(std::abs(expected_average_precision(scores, truth, weights).value -
                       precise / positives) < 1e-9);
    RC_ASSERT(std::abs(best_brier(truth, weights) + brier_above_best(scores, truth, weights) -
                       square) < 1e-9);
  });
}

TEST_CASE("utility: the closed form is where the truth's own expected utility is greatest") {
  rc::check([] {
    const Known known = random_known(40);
    const UtilityMatrix worth{*rc::gen::inRange(1, 20) / 4.0, -*rc::gen::inRange(1, 20) / 4.0,
                              -*rc::gen::inRange(0, 5) / 4.0, *rc::gen::inRange(0, 5) / 4.0};
    const double best = *best_utility(known.truth, worth);
    for (double t = 0; t <= 1.01; t += 0.0625)
      RC_ASSERT(expected_utility(known.truth, known.truth, t, worth) <= best + 1e-12);
    RC_ASSERT(expected_utility(known.scores, known.truth, 0.4, worth) <= best + 1e-12);
  });
}

TEST_CASE("utility: the curve agrees with counting at every threshold, and its best is the best") {
  rc::check([] {
    const Known known = random_known(40);
    const Scored data = *Scored::of(known.scores, known.labels);
    const UtilityMatrix worth{1, -0.3, -0.1, 0.05};
    double most = -1e9;
    for (const UtilityPoint& point : utility_curve(OrderedScores(data), worth)) {
      RC_ASSERT(std::abs(point.utility - mean_utility(data, point.threshold, worth)) < 1e-12);
      RC_ASSERT(std::abs(point.selected_share -
                         selected_share(confusion_at(data, point.threshold))) < 1e-12);
      most = std::max(most, point.utility);
    }
    RC_ASSERT(best_empirical_point(OrderedScores(data), worth).utility == most);
  });
  CHECK(*utility_threshold({1, -0.25, 0, 0}) == Approx(0.2));
  CHECK_FALSE(utility_threshold({0, -1, 0, 0}));
  CHECK_FALSE(utility_threshold({1, 0, 0, 0}));
  CHECK_FALSE(utility_threshold({std::numeric_limits<double>::infinity(), -1, 0, 0}));
}

TEST_CASE("ece floor: what a perfectly calibrated model shows on average") {
  double sum = 0, floor = 0;
  constexpr int kRuns = 200;
  for (int run = 0; run < kRuns; ++run) {
    Stream stream(11, "floor.test", static_cast<std::uint64_t>(run));
    std::vector<double> scores, labels;
    for (int i = 0; i < 2000; ++i) {
      scores.push_back(stream.uniform(0.05, 0.6));
      labels.push_back(stream.bernoulli(scores.back()) ? 1 : 0);
    }
    const Scored data = *Scored::of(scores, labels);
    sum += metric("ece_quantile", data, {})->value;
    floor += metric("ece_quantile_floor", data, {})->value;
  }
  CHECK(floor / kRuns == Approx(sum / kRuns).epsilon(0.05));
}

TEST_CASE("metrics by name: arguments are read, refused out of their range, and listed") {
  const std::vector<double> scores = {0.2, 0.4, 0.7}, labels = {0, 1, 1};
  const Scored data = *Scored::of(scores, labels);
  CHECK(metric("precision@0.3", data, {})->value == 1);
  CHECK(metric("recall@0.5", data, {})->value == 0.5);
  CHECK(metric("recall", data, {})->value == 0.5);
  CHECK(metric("ece@1", data, {})->value == Approx(std::abs(2.0 / 3 - 1.3 / 3)));
  CHECK_FALSE(metric("ece@0", data, {}));
  CHECK_FALSE(metric("precision@1.5", data, {}));
  CHECK_FALSE(metric("roc_auc@0.5", data, {}));
  CHECK_FALSE(metric("precision@", data, {}));
  CHECK(metric("auc", data, {}).error().message.find("roc_auc") != std::string::npos);
  for (const std::string& name : metric_names()) {
    INFO(name);
    const auto without = metric(name, data, {}), with = metric(name, data, scores);
    REQUIRE(without);
    REQUIRE(with);
    CHECK(without->defined() == !std::isnan(without->value));
    CHECK(with->defined() == !std::isnan(with->value));
  }
}

TEST_CASE("slates: the truth's order earns most, and the order shown earns what it earned") {
  rc::check([] {
    std::vector<std::uint32_t> slate;
    std::vector<double> attraction, scores, as_shown;
    const std::vector<double> examination = {1, 0.6, 0.4, 0.3};
    for (std::uint32_t s = 0; s < 5; ++s)
      for (int k = 0; k < 4; ++k) {
        slate.push_back(s);
        attraction.push_back(*rc::gen::inRange(0, 11) / 10.0);
        scores.push_back(*rc::gen::inRange(0, 5));
        as_shown.push_back(-k);
      }
    const auto total = [&](const std::vector<double>& by) {
      const auto clicks = reranked_clicks(slate, attraction, by, examination);
      return std::accumulate(clicks->begin(), clicks->end(), 0.0);
    };
    double shown = 0;
    for (std::size_t i = 0; i < slate.size(); ++i) shown += attraction[i] * examination[i % 4];
    RC_ASSERT(std::abs(total(as_shown) - shown) < 1e-12);
    RC_ASSERT(total(attraction) >= total(scores) - 1e-12);
  });
  const std::vector<std::uint32_t> slate = {0};
  const std::vector<double> wild = {1.5}, fine = {0.5};
  CHECK_FALSE(reranked_clicks(slate, wild, fine, fine));
  CHECK_FALSE(reranked_clicks(slate, fine, fine, wild));
  CHECK_FALSE(reranked_clicks({}, {}, {}, fine));
}
