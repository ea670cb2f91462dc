// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/calibration/isotonic.hpp"
#include "engine/calibration/map.hpp"
#include "engine/calibration/platt.hpp"
#include "engine/metrics/probability.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::calibration;

struct Rows {
  std::vector<double> scores, labels;
};

Rows random_rows() {
  const auto size = *rc::gen::inRange<std::size_t>(1, 40);
  Rows rows;
  for (std::size_t i = 0; i < size; ++i) {
    rows.scores.push_back(*rc::gen::inRange(0, 15) / 15.0);
    rows.labels.push_back(*rc::gen::inRange(0, 2));
  }
  return rows;
}

// The min-max formula: the value at s is the greatest, over starts a <= s, of the least mean of a …
// b over ends b >= s.
double min_max_isotonic(const Rows& rows, double s) {
  double best = -1;
  for (const double a : rows.scores) {
    if (a > s) continue;
    double least = 2;
    for (const double b : rows.scores) {
      if (b < s) continue;
      double sum = 0, count = 0;
      for (std::size_t i = 0; i < rows.scores.size(); ++i)
        if (rows.scores[i] >= a && rows.scores[i] <= b) sum += rows.labels[i], count += 1;
      least = std::min(least, sum / count);
    }
    best = std::max(best, least);
  }
  return best;
}

}  // namespace

TEST_CASE("isotonic: scikit-learn gives the same values at the training points") {
  const Json oracle = oracle::read("calibration/calibration.json");
  for (const Json& one : oracle["cases"]) {
    const auto scores = oracle::numbers(one["scores"]), labels = oracle::numbers(one["labels"]),
               weights = oracle::numbers(one["weights"]);
    const auto want = oracle::numbers(one["isotonic"]);
    const auto map = fit_isotonic(scores, labels, weights);
    INFO(one["name"].get<std::string>());
    REQUIRE(map);
    for (std::size_t i = 0; i < scores.size(); ++i)
      CHECK((**map)(scores[i]) == Approx(want[i]).epsilon(1e-9).margin(1e-12));
  }
}

TEST_CASE("isotonic: equals the min-max formula, counted one by one") {
  rc::check([] {
    const Rows rows = random_rows();
    const auto map = *fit_isotonic(rows.scores, rows.labels);
    for (const double s : rows.scores)
      RC_ASSERT(std::abs((*map)(s)-min_max_isotonic(rows, s)) < 1e-12);
  });
}

TEST_CASE("isotonic: predictions never decrease, and their mean is the base rate") {
  rc::check([] {
    const Rows rows = random_rows();
    for (const auto interpolation : {Interpolation::step, Interpolation::linear}) {
      const auto map = *fit_isotonic(rows.scores, rows.labels, {}, interpolation);
      double last = -1;
      for (int i = -5; i <= 105; ++i) {
        const double value = (*map)(i / 100.0);
        RC_ASSERT(value >= last - 1e-15);
        last = value;
      }
    }
    const auto map = *fit_isotonic(rows.scores, rows.labels);
    double mean = 0, base = 0;
    for (std::size_t i = 0; i < rows.scores.size(); ++i)
      mean += (*map)(rows.scores[i]), base += rows.labels[i];
    RC_ASSERT(std::abs(mean - base) < 1e-9);
  });
}

TEST_CASE("platt: the optimum of the same likelihood, found by SciPy") {
  const Json oracle = oracle::read("calibration/calibration.json");
  for (const Json& one : oracle["cases"]) {
    if (!one.contains("platt")) continue;
    const auto scores = oracle::numbers(one["scores"]), labels = oracle::numbers(one["labels"]);
    INFO(one["name"].get<std::string>());
    const auto same = [&](const PlattOptions& options, const Json& want) {
      if (want.is_null()) return;
      const auto map = *fit_platt(scores, labels, options);
      CHECK(map->a() == Approx(want[0].get<double>()).epsilon(1e-6));
      CHECK(map->b() == Approx(want[1].get<double>()).epsilon(1e-6));
    };
    same({PlattInput::score, true}, one["platt"]);
    same({PlattInput::score, false}, one["platt_raw"]);
    same({PlattInput::logit, true}, one["platt_logit"]);
  }
}

TEST_CASE("platt: separable data stay finite with smoothed targets") {
  const std::vector<double> scores = {0.1, 0.2, 0.8, 0.9}, labels = {0, 0, 1, 1};
  const auto map = *fit_platt(scores, labels);
  CHECK(std::isfinite(map->a()));
  CHECK((*map)(0.9) < 1);
  CHECK((*map)(0.9) > (*map)(0.1));
}

TEST_CASE("platt: one class is refused without smoothing and is a constant near it with") {
  const std::vector<double> scores = {0.1, 0.5, 0.9}, labels = {0, 0, 0};
  CHECK_FALSE(fit_platt(scores, labels, {PlattInput::score, false}));
  CHECK((**fit_platt(scores, labels))(0.5) == Approx(0.2).epsilon(1e-4));
}

TEST_CASE("prior: undoes the sampling in closed form, and refuses an impossible rate") {
  CHECK((**prior_map(0.1))(0.2) == Approx(0.2 / (0.2 + 8)).epsilon(1e-12));
  CHECK((**prior_map(1))(0.2) == Approx(0.2).epsilon(1e-12));
  for (const double rate : {0.0, -1.0, 1.5, std::nan("")}) CHECK_FALSE(prior_map(rate));
}

TEST_CASE("calibration: bad rows are refused with their number") {
  const std::vector<double> bad = {0.5, INFINITY}, labels = {0, 1}, two = {0, 2}, ok = {0.2, 0.4},
                            logits = {0.2, 3};
  CHECK(fit_isotonic(bad, labels).error().message.find("row 2") != std::string::npos);
  CHECK(fit_platt(ok, two).error().message.find("row 2") != std::string::npos);
  CHECK(fit_platt(logits, labels, {PlattInput::logit, true}).error().message.find("row 2") !=
        std::string::npos);
  CHECK_FALSE(fit_isotonic({}, {}));
}
