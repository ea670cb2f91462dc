// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation/search.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "engine/base/random.hpp"
#include "engine/validation/gaussian_process.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using validation::Dimension;
using validation::Search;

// A narrow valley in the first dimension; the third does not matter.
double valley(const validation::Setting& s) {
  return std::pow(std::log10(s[0]) + 1.3, 2) + 0.3 * std::pow(s[1] - 0.7, 2);
}
const std::vector<Dimension> kCube = {
    {.name = "rate", .low = 1e-4, .high = 10, .log = true}, {.name = "share"}, {.name = "idle"}};

double best_after(Search method, int budget, std::uint64_t replicate) {
  validation::SearchOptions o;
  o.method = method, o.budget = budget, o.replicate = replicate;
  const auto trials = validation::search(
      kCube, [](const auto& s, int) -> Result<double> { return valley(s); }, o);
  REQUIRE(trials);
  REQUIRE(trials->size() == static_cast<std::size_t>(budget));
  return validation::best_of(*trials).loss;
}

}  // namespace

TEST_CASE("gaussian process: posterior and likelihood are scikit-learn's") {
  const Json oracle = oracle::read("validation/gaussian_process.json");
  for (const Json& one : oracle["cases"]) {
    validation::Kernel kernel;
    kernel.covariance =
        one["covariance"] == "rbf" ? validation::Covariance::rbf : validation::Covariance::matern52;
    kernel.length = oracle::numbers(one["length"]);
    kernel.variance = one["variance"], kernel.noise = one["noise"];
    kernel.mean = one["prior_mean"];
    const auto process =
        validation::GaussianProcess::fit(one["points"].get<std::vector<validation::Point>>(),
                                         oracle::numbers(one["values"]), kernel);
    REQUIRE(process);
    CHECK(process->log_marginal_likelihood() ==
          Approx(one["log_marginal_likelihood"].get<double>()).epsilon(1e-9));
    for (std::size_t i = 0; i < one["at"].size(); ++i) {
      const auto at = process->at(oracle::numbers(one["at"][i]));
      CHECK(at.mean == Approx(one["mean"][i].get<double>()).epsilon(1e-9));
      CHECK(at.sd == Approx(one["sd"][i].get<double>()).epsilon(1e-7));
    }
  }
}

TEST_CASE("gaussian process: expected improvement is its integral") {
  const Json oracle = oracle::read("validation/gaussian_process.json");
  for (const Json& one : oracle["improvement"])
    CHECK(validation::expected_improvement({one["mean"], one["sd"]}, one["best"]) ==
          Approx(one["value"].get<double>()).epsilon(1e-7).margin(1e-12));
  CHECK(validation::expected_improvement({1, 0}, 3) == 2);
  CHECK(validation::expected_improvement({3, 0}, 1) == 0);
}

TEST_CASE("gaussian process: fitted by likelihood it is at least as likely as any of its grid") {
  std::vector<validation::Point> points;
  std::vector<double> values;
  Stream stream(4, "test.gp");
  for (int i = 0; i < 15; ++i) {
    points.push_back({stream.uniform(), stream.uniform()});
    values.push_back(std::sin(6 * points.back()[0]) + 0.05 * stream.normal());
  }
  const auto fitted = validation::GaussianProcess::fit_by_likelihood(points, values);
  REQUIRE(fitted);
  validation::Kernel start = fitted->kernel();
  for (const double factor : {0.25, 0.5, 2.0, 4.0}) {
    validation::Kernel other = start;
    other.variance *= factor, other.noise *= factor;  // the same shape at another scale
    CHECK(validation::GaussianProcess::fit(points, values, other)->log_marginal_likelihood() <=
          fitted->log_marginal_likelihood() + 1e-9);
  }
  CHECK(fitted->kernel().length[1] > fitted->kernel().length[0]);  // the second does not matter
}

TEST_CASE("gaussian process: what cannot be fitted is an error") {
  using validation::GaussianProcess;
  const std::vector<double> one = {1.0}, two = {1.0, 2.0};
  CHECK_FALSE(GaussianProcess::fit({}, {}, {}));
  CHECK_FALSE(GaussianProcess::fit({{0.5}}, two, {.length = {1}}));
  CHECK_FALSE(GaussianProcess::fit({{0.5}, {0.1, 0.2}}, two, {.length = {1}}));
  CHECK_FALSE(GaussianProcess::fit({{NAN}}, one, {.length = {1}}));
  CHECK_FALSE(GaussianProcess::fit({{0.5}}, one, {.length = {0}}));
  CHECK_FALSE(GaussianProcess::fit({{0.5}, {0.5}}, two, {.length = {1}, .noise = 0}));
}

TEST_CASE("search: the Halton sequence is the one of the book") {
  const double third = 1.0 / 3;
  CHECK(validation::halton(0, 2) == std::vector<double>{0.5, third});
  CHECK(validation::halton(2, 1)[0] == Approx(0.75));
  CHECK(validation::halton(3, 2)[1] == Approx(1.0 / 9 + third));
}

TEST_CASE("search: a dimension's value and its place in the unit interval undo each other") {
  const Dimension log{.name = "l", .low = 0.01, .high = 100, .log = true},
      whole{.name = "w", .low = 2, .high = 9, .integer = true};
  CHECK(log.value(0.5) == Approx(1));
  CHECK(log.unit(log.value(0.3)) == Approx(0.3));
  CHECK(whole.value(0.49) == 5);
  CHECK(whole.unit(5) == Approx(3.0 / 7));
}

TEST_CASE(
    "search: with 25 trials the model finds the valley better than chance, in the mean of 12") {
  double random = 0, bayesian = 0;
  for (std::uint64_t r = 0; r < 12; ++r)
    random += best_after(Search::random, 25, r), bayesian += best_after(Search::bayesian, 25, r);
  CHECK(bayesian < 0.25 * random);
  CHECK(bayesian / 12 < 0.01);
}

TEST_CASE(
    "search: best so far never rises, patience ends it, the same seed gives the same trials") {
  validation::SearchOptions o;
  o.budget = 30, o.patience = 4;
  const auto objective = [](const auto& s, int) -> Result<double> { return valley(s); };
  const auto trials = validation::search(kCube, objective, o),
             again = validation::search(kCube, objective, o);
  REQUIRE(trials);
  REQUIRE(again);
  CHECK(trials->size() == again->size());
  CHECK(trials->back().setting == again->back().setting);
  for (std::size_t i = 1; i < trials->size(); ++i)
    CHECK((*trials)[i].best_so_far <= (*trials)[i - 1].best_so_far);
  CHECK(trials->back().loss > trials->back().best_so_far);
  CHECK(trials->size() < 30);
}

TEST_CASE("search: a whole-number dimension is not tried at every fraction") {
  validation::SearchOptions o;
  o.budget = 12;
  std::set<double> seen;
  const auto trials = validation::search(
      {{.name = "depth", .low = 1, .high = 4, .integer = true}},
      [&](const auto& s, int) -> Result<double> {
        seen.insert(s[0]);
        return std::abs(s[0] - 3);
      },
      o);
  REQUIRE(trials);
  CHECK(validation::best_of(*trials).setting[0] == 3);
  for (const double value : seen) CHECK(value == std::round(value));
}

TEST_CASE(
    "search: losses that are not finite lose; nothing but such is an error; so are wrong options") {
  validation::SearchOptions o;
  o.budget = 10;
  const auto half = [](const auto& s, int) -> Result<double> { return s[1] < 0.5 ? NAN : s[1]; };
  const auto trials = validation::search(kCube, half, o);
  REQUIRE(trials);
  CHECK(validation::best_of(*trials).loss >= 0.5);
  CHECK_FALSE(validation::search(
      kCube, [](const auto&, int) -> Result<double> { return NAN; }, o));
  CHECK_FALSE(validation::search({}, half, o));
  CHECK_FALSE(validation::search({{.name = "bad", .low = 0, .high = 1, .log = true}}, half, o));
  o.budget = 0;
  CHECK_FALSE(validation::search(kCube, half, o));
}
