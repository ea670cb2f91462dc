// SPDX-License-Identifier: GPL-3.0-or-later
//
// Temperature, beta, histogram and what is done by segment.
#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/calibration/beta.hpp"
#include "engine/calibration/decision.hpp"
#include "engine/calibration/histogram.hpp"
#include "engine/calibration/platt.hpp"
#include "engine/calibration/segments.hpp"
#include "engine/calibration/temperature.hpp"
#include "engine/metrics/probability.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::calibration;

// Scores as they stand in the column `score`.
class ColumnScorer : public Scorer {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override {
    auto column = rows.require("score");
    if (!column) return fail(column.error());
    return (*column)->numbers();
  }
  std::string describe() const override { return "as they stand"; }
  std::size_t bytes() const override { return sizeof(*this); }
};

Frame site_of(std::vector<double> scores, const std::vector<std::string>& platforms) {
  Frame::Builder builder;
  builder.add("score", std::move(scores)).add("platform", platforms);
  return *std::move(builder).build();
}

struct Sample {
  std::vector<double> scores, labels;
};
// Labels drawn from σ(a logit(s) + b).
Sample drawn(std::size_t n, double a, double b, std::uint64_t seed) {
  Stream stream(seed, "maps.test");
  Sample sample;
  for (std::size_t i = 0; i < n; ++i) {
    const double s = stream.uniform(0.02, 0.98);
    sample.scores.push_back(s);
    sample.labels.push_back(stream.bernoulli(metrics::sigmoid(a * metrics::logit(s) + b)) ? 1 : 0);
  }
  return sample;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("temperature, beta and offsets: SciPy finds the same numbers") {
  const Json oracle = oracle::read("calibration/maps.json");
  for (const Json& one : oracle["cases"]) {
    INFO(one["name"].get<std::string>());
    const auto scores = oracle::numbers(one["scores"]), labels = oracle::numbers(one["labels"]);
    const auto temperature = fit_temperature(scores, labels);
    REQUIRE(temperature);
    CHECK(1 / (*temperature)->temperature() == Approx(one["slope"].get<double>()).epsilon(1e-6));
    const auto beta = fit_beta(scores, labels);
    REQUIRE(beta);
    CHECK((*beta)->a() == Approx(one["beta"][0].get<double>()).epsilon(1e-5));
    CHECK((*beta)->b() == Approx(one["beta"][1].get<double>()).epsilon(1e-5));
    CHECK((*beta)->c() == Approx(one["beta"][2].get<double>()).epsilon(1e-5));
    Segments segments;
    segments.names = {"0", "1", "2", "3"};
    for (const Json& code : one["segments"]) segments.codes.push_back(code.get<std::uint32_t>());
    for (const auto& [shrinkage, want] : one["offsets"].items()) {
      const auto fitted = fit_segment_offsets(scores, labels, segments, std::stod(shrinkage));
      REQUIRE(fitted);
      CHECK(fitted->common == Approx(one["common"].get<double>()).epsilon(1e-6));
      for (std::size_t g = 0; g < 4; ++g)
        CHECK(fitted->by_segment.at(segments.names[g]).offset ==
              Approx(want[g].get<double>()).epsilon(1e-5).margin(1e-7));
    }
  }
}

TEST_CASE("temperature: finds the one a model was sharpened with, and keeps the order") {
  const Sample sample = drawn(20000, 0.5, 0, 3);
  const auto map = fit_temperature(sample.scores, sample.labels);
  REQUIRE(map);
  CHECK((*map)->temperature() == Approx(2).epsilon(0.06));
  CHECK((**map)(0.5) == Approx(0.5));
  CHECK((**map)(0.9) < 0.9);
  CHECK((**map)(0.1) > 0.1);
}

TEST_CASE("beta: with a = b it is Platt on the logit; the map never falls") {
  const Sample sample = drawn(5000, 1.4, -0.8, 4);
  const auto beta = fit_beta(sample.scores, sample.labels);
  const auto platt = fit_platt(sample.scores, sample.labels, {PlattInput::logit, false});
  REQUIRE(beta);
  REQUIRE(platt);
  for (double s = 0.05; s < 1; s += 0.05) CHECK((**beta)(s) == Approx((**platt)(s)).margin(0.03));
  rc::check([] {
    Sample any;
    const auto size = *rc::gen::inRange<std::size_t>(2, 30);
    for (std::size_t i = 0; i < size; ++i) {
      any.scores.push_back(*rc::gen::inRange(0, 21) / 20.0);
      any.labels.push_back(*rc::gen::inRange(0, 2));
    }
    any.labels[0] = 0, any.labels[1] = 1;
    const auto map = fit_beta(any.scores, any.labels);
    RC_ASSERT(map.has_value());
    double before = -1;
    for (double s = 0; s <= 1; s += 0.1) {
      RC_ASSERT((**map)(s) >= before - 1e-12);
      before = (**map)(s);
      RC_ASSERT(before >= 0 && before <= 1);
    }
  });
}

TEST_CASE("maps with an intercept give back the base rate of the rows they were fitted on") {
  const Sample sample = drawn(3000, 0.7, -1.2, 5);
  const double base = mean_of(sample.labels);
  const auto through = [&](const CalibrationMap& map) {
    double sum = 0;
    for (const double s : sample.scores) sum += map(s);
    return sum / static_cast<double>(sample.scores.size());
  };
  CHECK(through(**fit_beta(sample.scores, sample.labels)) == Approx(base).epsilon(1e-6));
  CHECK(through(**fit_platt(sample.scores, sample.labels, {PlattInput::logit, false})) ==
        Approx(base).epsilon(1e-6));
  CHECK(through(**fit_histogram(sample.scores, sample.labels, 15)) == Approx(base).epsilon(1e-9));
}

TEST_CASE("histogram: a case worked by hand, and a bin without rows leaves scores alone") {
  const std::vector<double> scores = {0.05, 0.15, 0.85, 0.95}, labels = {0, 1, 1, 1};
  const auto map = fit_histogram(scores, labels, 4, metrics::Binning::width);
  REQUIRE(map);
  CHECK((**map)(0.1) == 0.5);
  CHECK((**map)(0.24) == 0.5);
  CHECK((**map)(0.9) == 1);
  CHECK((**map)(0.6) == 0.6);
  const auto quantile = fit_histogram(scores, labels, 2);
  REQUIRE(quantile);
  CHECK((**quantile)(0.0) == 0.5);
  CHECK((**quantile)(1.0) == 1);
  CHECK_FALSE(fit_histogram(scores, labels, 4, metrics::Binning::mass));
  CHECK_FALSE(fit_histogram(scores, labels, 0));
}

TEST_CASE("shrinkage: a segment with as much evidence as the prior goes about half its way") {
  // All rows at p = 0.5, so that a segment's evidence is n / 4; one tenth of a log-odd off.
  const std::size_t n = 4000;
  Sample sample;
  Segments segments;
  segments.names = {"other", "odd"};
  for (std::size_t i = 0; i < 2 * n; ++i) {
    sample.scores.push_back(0.5);
    const bool odd = i % 2 == 1;
    const double rate = odd ? 0.55 : 0.45;
    sample.labels.push_back(static_cast<double>(i / 2) < rate * static_cast<double>(n) ? 1 : 0);
    segments.codes.push_back(odd ? 1 : 0);
  }
  const auto offset = [&](double shrinkage) {
    return fit_segment_offsets(sample.scores, sample.labels, segments, shrinkage)
        ->by_segment.at("odd")
        .offset;
  };
  const double own = offset(0);
  CHECK(own == Approx(metrics::logit(0.55)).epsilon(1e-3));
  CHECK(offset(static_cast<double>(n) / 4) == Approx(own / 2).epsilon(0.02));
  CHECK(offset(1e9) == Approx(0).margin(1e-4));
  CHECK(std::abs(offset(100)) < std::abs(own));
}

TEST_CASE("offsets by segment: known segments move, an unknown one by the common offset") {
  const Sample sample = drawn(4000, 1, 0, 6);
  std::vector<std::string> platform;
  Sample shifted = sample;
  for (std::size_t i = 0; i < sample.scores.size(); ++i) {
    platform.push_back(i % 2 ? "ios" : "web");
    if (i % 2) shifted.scores[i] = metrics::sigmoid(metrics::logit(sample.scores[i]) + 1);
  }
  const Frame rows = site_of(shifted.scores, platform);
  const std::vector<std::string> by = {"platform"};
  const auto segments = segments_of(rows, by);
  REQUIRE(segments);
  CHECK(segments->names == std::vector<std::string>{"web", "ios"});
  const auto offsets = fit_segment_offsets(shifted.scores, sample.labels, *segments, 1);
  REQUIRE(offsets);
  CHECK(offsets->by_segment.at("ios").offset - offsets->by_segment.at("web").offset ==
        Approx(-1).margin(0.2));
  const OffsetScorer scorer(std::make_shared<ColumnScorer>(), by, *offsets);
  const auto mended = scorer.score(site_of({0.5, 0.5, 0.5}, {"ios", "web", "tv"}));
  REQUIRE(mended);
  CHECK((*mended)[0] < (*mended)[1]);
  CHECK((*mended)[2] == Approx(metrics::sigmoid(offsets->common)));
}

TEST_CASE("a map per segment: its own with rows enough, the whole's without") {
  const Sample sample = drawn(2000, 1, -1, 8);
  std::vector<std::string> platform;
  for (std::size_t i = 0; i < sample.scores.size(); ++i) platform.push_back(i < 20 ? "tv" : "web");
  const Frame rows = site_of(sample.scores, platform);
  const std::vector<std::string> by = {"platform"};
  const auto fit = [](std::span<const double> s, std::span<const double> y) -> Result<MapPtr> {
    auto map = fit_platt(s, y, {PlattInput::logit, true});
    if (!map) return fail(map.error());
    return MapPtr(std::move(*map));
  };
  const auto segments = *segments_of(rows, by);
  const auto apart = fit_segment_maps(std::make_shared<ColumnScorer>(), sample.scores,
                                      sample.labels, segments, by, fit, 1);
  const auto guarded = fit_segment_maps(std::make_shared<ColumnScorer>(), sample.scores,
                                        sample.labels, segments, by, fit, 100);
  REQUIRE(apart);
  REQUIRE(guarded);
  const auto whole = fit(sample.scores, sample.labels);
  const Frame one = site_of({0.3, 0.3}, {"tv", "radio"});
  CHECK((*(*guarded)->score(one))[0] == Approx((**whole)(0.3)));
  CHECK((*(*apart)->score(one))[0] != Approx((**whole)(0.3)));
  CHECK((*(*apart)->score(one))[1] == Approx((**whole)(0.3)));
}

TEST_CASE("segments: columns are crossed, missing cells are one of their own, ids are refused") {
  Frame::Builder builder;
  builder.add("platform", std::vector<std::string>{"ios", "", "web"}).missing({1, 0, 1});
  builder.add("hour", std::vector<std::int32_t>{7, 7, 9});
  const Frame rows = *std::move(builder).build();
  const std::vector<std::string> both = {"platform", "hour"}, none, absent = {"country"};
  CHECK(segments_of(rows, both)->names ==
        std::vector<std::string>{"ios · 7", "(missing) · 7", "web · 9"});
  CHECK_FALSE(segments_of(rows, none));
  CHECK_FALSE(segments_of(rows, absent));
  CHECK_FALSE(segments_of(rows, both, 2));
}

TEST_CASE("maps: what cannot be fitted is an error that says what to do") {
  const std::vector<double> scores = {0.2, 0.8}, alike = {1, 1}, labels = {0, 1}, against = {1, 0},
                            wild = {0.2, 1.8},
                            nan = {0.2, std::numeric_limits<double>::quiet_NaN()};
  CHECK(fit_temperature(scores, alike).error().message.find("alike") != std::string::npos);
  CHECK((*fit_temperature(scores, against))->temperature() == Approx(1000));
  CHECK(fit_temperature(wild, labels).error().message.find("row 2") != std::string::npos);
  CHECK(fit_beta(nan, labels).error().message.find("row 2") != std::string::npos);
  CHECK_FALSE(fit_beta(scores, alike));
  CHECK_FALSE(fit_beta({}, {}));
  Segments segments{{0, 1}, {"a", "b"}};
  CHECK_FALSE(fit_segment_offsets(scores, labels, segments, -1));
  CHECK_FALSE(fit_segment_offsets(scores, alike, segments, 1));
  // Separable labels have no finite answer; the bounds keep the map one.
  const auto separable = fit_beta(scores, labels);
  REQUIRE(separable);
  CHECK(std::isfinite((**separable)(0.5)));
}

TEST_CASE("decision: 1 from its threshold on, which is a fact of it") {
  const Decision decision(std::make_shared<ColumnScorer>(), 0.3, {});
  const auto made = decision.score(site_of({0.29, 0.3, 1}, {"a", "a", "a"}));
  REQUIRE(made);
  CHECK(*made == std::vector<double>{0, 1, 1});
  CHECK(decision.facts().back().first == "threshold");
  CHECK(decision.facts().back().second == 0.3);
}
