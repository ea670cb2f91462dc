// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation/bootstrap.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using validation::Statistic;

// Groups of `m` values that share a normal part of variance `rho`; total variance 1.
struct Grouped {
  std::vector<double> values;
  std::vector<std::uint64_t> clusters;
};
Grouped grouped(std::size_t groups, std::size_t m, double rho, std::uint64_t seed) {
  Grouped all;
  for (std::size_t g = 0; g < groups; ++g) {
    Stream stream(seed, "test.grouped", 0, g);
    const double shared = std::sqrt(rho) * stream.normal();
    for (std::size_t i = 0; i < m; ++i)
      all.values.push_back(shared + std::sqrt(1 - rho) * stream.normal()),
          all.clusters.push_back(g * 7919);
  }
  return all;
}

Statistic mean_of(const std::vector<double>& values) {
  return [&values](std::span<const std::uint32_t> rows) -> Result<metrics::Measure> {
    double sum = 0;
    for (const auto row : rows) sum += values[row];
    return metrics::Measure{sum / static_cast<double>(rows.size()), {}};
  };
}

}  // namespace

TEST_CASE("bootstrap: the standard error of a mean is the closed form's, by rows and by clusters") {
  const Grouped data = grouped(150, 8, 0.4, 3);
  validation::BootstrapOptions options;
  options.replicates = 4000;
  const auto rows = validation::bootstrap(data.values.size(), {}, mean_of(data.values), options);
  const auto users =
      validation::bootstrap(data.values.size(), data.clusters, mean_of(data.values), options);
  REQUIRE(rows);
  REQUIRE(users);
  std::vector<std::uint64_t> own(data.values.size());
  for (std::size_t i = 0; i < own.size(); ++i) own[i] = i;
  // 4,000 resamples know a standard error to 1/√8000 = 1.1%; four times that.
  CHECK(rows->standard_error ==
        Approx(validation::clustered_standard_error(data.values, own)).epsilon(0.045));
  CHECK(users->standard_error ==
        Approx(validation::clustered_standard_error(data.values, data.clusters)).epsilon(0.045));
  CHECK(rows->units == 1200);
  CHECK(users->units == 150);
  // Kish: √(1 + 7 · 0.4) = 1.95, known to some 10% from 150 groups.
  CHECK(users->standard_error / rows->standard_error ==
        Approx(std::sqrt(1 + 7 * 0.4)).epsilon(0.2));
  CHECK(users->low < users->value);
  CHECK(users->value < users->high);
  CHECK(users->high - users->low == Approx(2 * 1.96 * users->standard_error).epsilon(0.06));
}

TEST_CASE("bootstrap: clusters of one row are rows") {
  const Grouped data = grouped(60, 1, 0, 5);
  const auto rows = validation::bootstrap(60, {}, mean_of(data.values)),
             own = validation::bootstrap(60, data.clusters, mean_of(data.values));
  REQUIRE(rows);
  REQUIRE(own);
  CHECK(rows->low == own->low);
  CHECK(rows->high == own->high);
}

TEST_CASE("bootstrap: intervals by clusters keep their promise, by rows they do not") {
  const Grouped data = grouped(900, 10, 0.5, 11);
  validation::CoverageOptions options;
  options.sample_clusters = 60, options.samples = 200;
  const auto result = validation::coverage(data.clusters, mean_of(data.values), options);
  REQUIRE(result);
  CHECK(result->samples.size() == 200);
  CHECK(result->clusters.share > 0.89);  // 95% ± four standard errors of 1.5%
  CHECK(result->rows.share < 0.75);      // half as wide as they should be: P(|z| < 0.84) = 60%
  CHECK(result->clusters.width / result->rows.width == Approx(std::sqrt(5.5)).epsilon(0.12));
}

TEST_CASE("bootstrap: an undefined statistic has a reason and no interval") {
  const Statistic never = [](std::span<const std::uint32_t>) -> Result<metrics::Measure> {
    return metrics::undefined("one class");
  };
  const auto none = validation::bootstrap(10, {}, never);
  REQUIRE(none);
  CHECK(none->why == "one class");
  const Statistic rarely = [](std::span<const std::uint32_t> rows) -> Result<metrics::Measure> {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows[i] != i) return metrics::undefined("shuffled");
    return metrics::Measure{1, {}};
  };
  const auto few = validation::bootstrap(10, {}, rarely);
  REQUIRE(few);
  CHECK_FALSE(few->why.empty());
  CHECK(std::isnan(few->low));
}

TEST_CASE("bootstrap: wrong options, no rows and too few clusters are errors") {
  const std::vector<double> values(30, 1.0);
  validation::BootstrapOptions options;
  options.replicates = 3;
  CHECK_FALSE(validation::bootstrap(30, {}, mean_of(values), options));
  options.replicates = 50, options.level = 1;
  CHECK_FALSE(validation::bootstrap(30, {}, mean_of(values), options));
  CHECK_FALSE(validation::bootstrap(0, {}, mean_of(values)));
  CHECK_FALSE(validation::coverage(std::vector<std::uint64_t>(30, 1), mean_of(values)));
}
