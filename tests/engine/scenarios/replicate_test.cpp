// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/replicate.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/interval.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::scenarios;

Frame finding(double effect, double truth, double se) {
  const double p = std::erfc(std::abs(effect / se) / std::sqrt(2.0));
  Frame::Builder b;
  b.add("effect", std::vector<double>{effect}).add("true_effect", std::vector<double>{truth});
  b.add("ci_low", std::vector<double>{effect - 1.96 * se});
  b.add("ci_high", std::vector<double>{effect + 1.96 * se});
  b.add("p", std::vector<double>{p});
  return *std::move(b).build();
}

// One normal estimate of `truth`, standard error 1, `shift` off.
RepeatedBody normal_estimate(double truth, double shift = 0) {
  return [=](std::uint64_t replicate) -> Result<std::vector<Frame>> {
    const double z = Stream(3, "test.estimate", replicate).normal();
    return std::vector<Frame>{finding(truth + shift + z, truth, 1)};
  };
}

double figure(const Frame& summary, const char* name, std::size_t row = 0) {
  return summary.find(name)->number(row);
}

ReplicateOptions many(std::uint64_t repeats) {
  ReplicateOptions o;
  o.repeats = repeats;
  return o;
}

}  // namespace

TEST_CASE("replicate: bias, spread, coverage and power of a normal estimate are the closed forms") {
  const auto result = replicate(many(20000), normal_estimate(2, 0.5));
  REQUIRE(result);
  const Frame& s = result->summary;
  CHECK(figure(s, "true_effect") == Approx(2));
  CHECK(figure(s, "bias") == Approx(0.5).margin(0.03));
  CHECK(figure(s, "bias_low") < 0.5);
  CHECK(figure(s, "bias_high") > 0.5);
  CHECK(figure(s, "sd") == Approx(1).margin(0.02));
  CHECK(figure(s, "ci_width") == Approx(2 * 1.96));
  const auto below = [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; };
  CHECK(figure(s, "coverage") == Approx(below(1.46) - below(-2.46)).margin(0.01));
  CHECK(figure(s, "claimed") == Approx(1 - below(1.96 - 2.5)).margin(0.01));
  const auto interval = metrics::wilson_interval(figure(s, "claimed") * 20000, 20000);
  CHECK(figure(s, "claimed_low") == Approx(interval.low));
  CHECK(figure(s, "claimed_high") == Approx(interval.high));
}

TEST_CASE("replicate: without an effect claims are false at the rate alpha, and all are") {
  const auto result = replicate(many(20000), normal_estimate(0));
  REQUIRE(result);
  CHECK(figure(result->summary, "claimed") == Approx(0.05).margin(0.006));
  CHECK(figure(result->summary, "any_false") == Approx(figure(result->summary, "claimed")));
  CHECK(figure(result->summary, "coverage") == Approx(0.95).margin(0.006));
  CHECK(result->summary.find("wrong_sign")->missing(0));
}

TEST_CASE("replicate: with little power what is claimed is exaggerated and may have a wrong sign") {
  const auto result = replicate(many(20000), normal_estimate(0.2));
  REQUIRE(result);
  CHECK(figure(result->summary, "exaggeration") > 8);
  CHECK(figure(result->summary, "wrong_sign") > 0.1);
}

TEST_CASE("replicate: the best of k null analyses claims something in 1 - (1 - alpha)^k") {
  ReplicateOptions o = many(10000);
  o.pick = "best of five", o.series = {"a", "b"};
  const auto result = replicate(o, [](std::uint64_t r) -> Result<std::vector<Frame>> {
    std::vector<Frame> tables;
    for (std::uint64_t k = 0; k < 5; ++k)
      tables.push_back(finding(Stream(4, "test.null", r, k).normal(), 0, 1));
    return tables;
  });
  REQUIRE(result);
  REQUIRE(result->summary.rows() == 6);
  const Column& series = *result->summary.find("series");
  CHECK(series.text(0) == "a");
  CHECK(series.text(2) == "analysis 3");
  CHECK(series.text(5) == "best of five");
  CHECK(figure(result->summary, "claimed", 5) == Approx(1 - std::pow(0.95, 5)).margin(0.012));
  CHECK(result->runs.rows() == 60000);
}

TEST_CASE("replicate: false discoveries are counted over a table's rows, by hand") {
  const auto body = [](std::uint64_t r) -> Result<std::vector<Frame>> {
    // Repetition 0 claims a true and a false effect, 1 a true one, 2 nothing.
    const Frame rows[] = {finding(5, 5, 1), finding(r == 0 ? 4 : 0.1, 0, 1)};
    if (r == 2) return std::vector<Frame>{finding(0.5, 5, 1)};
    return std::vector<Frame>{*Frame::concat(rows)};
  };
  const auto result = replicate(many(3), body);
  REQUIRE(result);
  CHECK(figure(result->summary, "repeats") == 5);
  CHECK(figure(result->summary, "any_false") == Approx(1.0 / 3));
  CHECK(figure(result->summary, "false_discoveries") == Approx(0.5 / 3));
}

TEST_CASE("replicate: tables with other columns stand beside each other, missing where unknown") {
  const auto body = [](std::uint64_t r) -> Result<std::vector<Frame>> {
    Frame::Builder b;
    b.add("stopped_on", std::vector<std::int32_t>{static_cast<std::int32_t>(r)});
    b.add("decision", std::vector<std::string>{"ship"});
    return std::vector<Frame>{finding(1, 1, 1), *std::move(b).build()};
  };
  const auto result = replicate(many(4), body);
  REQUIRE(result);
  CHECK(result->runs.find("stopped_on")->missing(0));
  CHECK(result->runs.find("stopped_on")->number(3) == 1);
  CHECK(result->runs.find("decision")->text(1) == "ship");
  CHECK(result->runs.find("effect")->missing(1));
  CHECK(result->summary.find("coverage")->missing(1));
  CHECK(figure(result->summary, "coverage", 0) == 1);
}

TEST_CASE("replicate: a column may tell the series apart") {
  ReplicateOptions o = many(50);
  o.by = "method";
  const auto body = [](std::uint64_t) -> Result<std::vector<Frame>> {
    Frame::Builder b;
    b.add("method", std::vector<std::string>{"plain", "adjusted"});
    b.add("effect", std::vector<double>{1, 2});
    return std::vector<Frame>{*std::move(b).build()};
  };
  const auto result = replicate(o, body);
  REQUIRE(result);
  REQUIRE(result->summary.rows() == 2);
  CHECK(result->summary.find("series")->text(1) == "adjusted");
  CHECK(figure(result->summary, "effect", 1) == 2);
}

TEST_CASE("replicate: the same bytes on 1, 2 and 4 threads") {
  ReplicateOptions o = many(500);
  const std::uint64_t one = replicate(o, normal_estimate(1))->runs.hash();
  for (const unsigned threads : {2U, 4U}) {
    o.threads = threads;
    CHECK(replicate(o, normal_estimate(1))->runs.hash() == one);
  }
}

TEST_CASE("replicate: the first repetition that fails is named; wrong options say what may be") {
  const auto failing = [](std::uint64_t r) -> Result<std::vector<Frame>> {
    if (r == 3) return fail(Code::bad_data, "no users");
    return std::vector<Frame>{finding(0, 0, 1)};
  };
  const auto result = replicate(many(10), failing);
  REQUIRE(!result);
  CHECK(result.error().message == "repetition 4: no users");
  CHECK(!replicate(many(1), normal_estimate(0)));
  CHECK(!replicate(many(100001), normal_estimate(0)));
  ReplicateOptions o = many(10);
  o.alpha = 1;
  CHECK(!replicate(o, normal_estimate(0)));
  CHECK(!replicate(many(3), [](std::uint64_t) -> Result<std::vector<Frame>> {
    return std::vector<Frame>{Frame()};
  }));
}

TEST_CASE("replicate: stops when told") {
  std::stop_source stop;
  std::uint64_t calls = 0;
  const auto body = [&](std::uint64_t) -> Result<std::vector<Frame>> {
    if (++calls == 5) stop.request_stop();
    return std::vector<Frame>{finding(0, 0, 1)};
  };
  const auto result = replicate(many(1000), body, Progress(stop.get_token(), {}));
  REQUIRE(!result);
  CHECK(result.error().code == Code::cancelled);
  CHECK(calls < 10);
}
