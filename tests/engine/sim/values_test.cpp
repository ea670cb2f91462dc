// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/values.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "engine/base/random.hpp"
#include "tests/engine/sim/site_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

constexpr ValueLaw kLaws[] = {ValueLaw::linear,          ValueLaw::curved,
                              ValueLaw::heteroscedastic, ValueLaw::heavy_tailed,
                              ValueLaw::zero_inflated,   ValueLaw::counts};

Frame table_of(const ValueOptions& o) {
  auto table = simulate_values(o);
  REQUIRE(table);
  return std::move(*table);
}

}  // namespace

TEST_CASE("values: the mean is the integral of the quantiles, for every law") {
  for (const ValueLaw law : kLaws) {
    const Conditional y{law, 0.4, 0.3, -0.8, 0.7};
    constexpr int kSteps = 400000;
    double sum = 0, positive = 0;
    for (int i = 0; i < kSteps; ++i) {
      const double q = y.quantile((i + 0.5) / kSteps);
      sum += q, positive += q > 0;
    }
    INFO(value_law_name(law));
    CHECK(sum / kSteps == Approx(y.mean()).epsilon(2e-3));
    CHECK(positive / kSteps == Approx(y.positive()).margin(1e-4));
  }
}

TEST_CASE("values: quantiles of counts are the least value that reaches them, by brute force") {
  for (const double noise : {0.0, 0.5, 1.5}) {
    const Conditional y{ValueLaw::counts, 1.2, 0, 0, noise};
    Stream stream(1, "test");
    std::vector<double> all;
    for (int i = 0; i < 200000; ++i) {
      const double rate =
          noise > 0 ? y.mean() * stream.gamma(1 / (noise * noise), noise * noise) : y.mean();
      all.push_back(static_cast<double>(stream.poisson(rate)));
    }
    CHECK(mean_of(all) == Approx(y.mean()).epsilon(0.02));
    CHECK(variance_of(all) == Approx(y.mean() + noise * noise * y.mean() * y.mean()).epsilon(0.05));
    for (const double q : {0.1, 0.5, 0.9}) {
      const double at = y.quantile(q);
      double within = 0, below = 0;
      for (const double one : all) within += one <= at, below += one < at;
      CHECK(within / 200000 >= q - 0.005);
      CHECK(below / 200000 < q + 0.005);
    }
  }
}

TEST_CASE("values: y has the mean, the median and the quantiles that stand beside it") {
  for (const ValueLaw law : kLaws) {
    ValueOptions o;
    o.law = law, o.rows = 40000, o.noise = 0.8;
    const Frame table = table_of(o);
    INFO(value_law_name(law));
    const std::vector<double> y = numbers(table, "y"), mean = numbers(table, "y_mean"),
                              median = numbers(table, "y_median"), q10 = numbers(table, "y_q10"),
                              q90 = numbers(table, "y_q90");
    double sum = 0, squares = 0, half = 0, ten = 0, ninety = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      sum += y[i] - mean[i], squares += (y[i] - mean[i]) * (y[i] - mean[i]);
      half += y[i] <= median[i], ten += y[i] <= q10[i], ninety += y[i] <= q90[i];
    }
    CHECK(std::abs(sum) < 4 * std::sqrt(squares));
    const bool atoms = law == ValueLaw::counts || law == ValueLaw::zero_inflated;
    for (const auto& [seen, q] : {std::pair{half, 0.5}, {ten, 0.1}, {ninety, 0.9}}) {
      CHECK(seen / 40000 > q - 0.01);
      if (!atoms) CHECK(seen / 40000 < q + 0.01);
    }
  }
}

TEST_CASE("values: columns say what they are") {
  ValueOptions o;
  o.law = ValueLaw::counts, o.features = 5, o.outlier_share = 0.1, o.quantiles = {0.05};
  const Frame table = table_of(o);
  CHECK(table.find("x5")->role() == Role::feature);
  CHECK(table.find("group")->role() == Role::feature);
  CHECK(table.find("y")->role() == Role::label);
  CHECK(table.find("y")->type() == Type::int32);
  CHECK(table.find("y_mean")->truth_of() == "y");
  CHECK(table.find("y_q5")->role() == Role::truth);
  CHECK(table.find("outlier")->role() == Role::truth);
  CHECK(!table.find("x6"));
  const auto time = table.find("time")->values<std::int64_t>();
  for (std::size_t row = 1; row < table.rows(); ++row) REQUIRE(time[row] >= time[row - 1]);
}

TEST_CASE("values: outliers are recorded too high, as often as asked, and the truth ignores them") {
  ValueOptions clean, o;
  o.outlier_share = 0.05;
  const Frame a = table_of(clean), b = table_of(o);
  CHECK(numbers(a, "y_mean") == numbers(b, "y_mean"));
  double wrong = 0;
  for (std::size_t row = 0; row < a.rows(); ++row) {
    const double gap = b.find("y")->number(row) - a.find("y")->number(row);
    REQUIRE((gap > 0) == (b.find("outlier")->number(row) == 1));
    wrong += gap > 0;
  }
  CHECK(wrong / static_cast<double>(a.rows()) == Approx(0.05).margin(0.013));
}

TEST_CASE("values: days remember the day before as much as asked") {
  ValueOptions o;
  o.rows = 3000, o.days = 3000, o.groups = 1, o.group_spread = 0, o.noise = 0;
  o.day_spread = 1.5, o.day_memory = 0.7;
  const Frame table = table_of(o);
  std::vector<double> effect;  // what is left of y without x: a row a day, no noise
  const double weights[] = {1, -0.6, 0.4};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    double eta = (table.find("y")->number(row) - 10) / 3;
    for (int j = 0; j < 3; ++j)
      eta -= weights[j] * table.find("x" + std::to_string(j + 1))->number(row);
    effect.push_back(eta);
  }
  CHECK(std::sqrt(variance_of(effect)) == Approx(1.5).epsilon(0.1));
  double product = 0;
  for (std::size_t d = 1; d < effect.size(); ++d) product += effect[d] * effect[d - 1];
  CHECK(product / 2999 / variance_of(effect) == Approx(0.7).margin(0.06));
}

TEST_CASE("values: a trend moves the mean from the first day to the last") {
  ValueOptions o;
  o.trend = 2;
  const Frame table = table_of(o), flat = table_of({});
  CHECK(numbers(table, "y_mean").front() == Approx(numbers(flat, "y_mean").front()));
  CHECK(numbers(table, "y_mean").back() == Approx(numbers(flat, "y_mean").back() + 6));
}

TEST_CASE("values: groups differ in size, and their effect is theirs") {
  ValueOptions o;
  o.groups = 20, o.noise = 0;
  const Frame table = table_of(o);
  std::map<std::string, int> rows;
  for (std::size_t row = 0; row < table.rows(); ++row)
    ++rows[std::string(table.find("group")->text(row))];
  CHECK(rows["group 1"] > 8 * rows["group 20"]);
}

TEST_CASE("values: another feature leaves the draws of the others alone") {
  ValueOptions two, three;
  two.features = 2, three.features = 3;
  const Frame a = table_of(two), b = table_of(three);
  CHECK(a.find("x1")->hash() == b.find("x1")->hash());
  CHECK(a.find("x2")->hash() == b.find("x2")->hash());
}

TEST_CASE("values: options out of range are refused by name") {
  ValueOptions o;
  o.rows = 1;
  CHECK(simulate_values(o).error().message.find("rows") != std::string::npos);
  o = {};
  o.noise = std::nan("");
  CHECK(simulate_values(o).error().message.find("noise") != std::string::npos);
  o = {};
  o.quantiles = {1.0};
  CHECK(!simulate_values(o));
  CHECK(!parse_value_law("quadratic"));
  std::stop_source stop;
  stop.request_stop();
  CHECK(simulate_values({}, Progress(stop.get_token(), {})).error().code == Code::cancelled);
}
