// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/base/random.hpp"
#include "engine/models/mlp.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;

// Two texts whose click rate is high where they agree: no sum over columns can say that.
Frame agreeing(std::size_t n) {
  Stream s(3, "test.wide");
  std::vector<std::string> left, right;
  std::vector<std::uint8_t> click;
  for (std::size_t i = 0; i < n; ++i) {
    const auto a = s.below(3), b = s.below(3);
    left.push_back("a" + std::to_string(a)), right.push_back("b" + std::to_string(b));
    click.push_back(s.bernoulli(a == b ? 0.6 : 0.1));
  }
  Frame::Builder builder;
  builder.add("left", left, {.role = Role::feature}).add("right", right, {.role = Role::feature});
  builder.add("click", std::move(click), {.role = Role::label});
  return *std::move(builder).build();
}

NetworkOptions wide_only() {
  NetworkOptions o;
  o.deep = false, o.wide_bits = 12, o.epochs = 40, o.learning_rate = 0.02;
  return o;
}

using Cell = std::pair<std::string, std::string>;

std::map<Cell, std::pair<double, double>> rates(const Frame& rows) {  // clicks, rows
  std::map<Cell, std::pair<double, double>> by;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    auto& [clicks, count] =
        by[{std::string(rows.find("left")->text(i)), std::string(rows.find("right")->text(i))}];
    clicks += rows.find("click")->number(i), count += 1;
  }
  return by;
}

}  // namespace

TEST_CASE("wide: with a cross it gives each pair of levels the rate that was seen, as ML does") {
  const Frame rows = agreeing(4000);
  NetworkOptions o = wide_only();
  o.crosses = {{"left", "right"}};
  const auto scores = *train_network(rows, nullptr, o)->model->score(rows);
  const auto seen = rates(rows);
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const auto& [clicks, count] = seen.at(
        {std::string(rows.find("left")->text(i)), std::string(rows.find("right")->text(i))});
    REQUIRE(scores[i] == Approx(clicks / count).margin(0.02));
  }
}

TEST_CASE("wide: without a cross the same column sums cannot tell who agrees") {
  const Frame rows = agreeing(4000);
  const auto scores = *train_network(rows, nullptr, wide_only())->model->score(rows);
  for (const double p : scores) REQUIRE((p > 0.15 && p < 0.4));
}

TEST_CASE("wide: weights that no row mentions stay 0; a network beside it finds the pairs too") {
  const Frame rows = agreeing(3000);
  const auto model = train_network(rows, nullptr, wide_only())->model;
  const auto& wide = model->weights().wide;
  CHECK(std::count_if(wide.begin(), wide.end(), [](float w) { return w != 0; }) == 7);
  CHECK(model->describe() == "logistic regression");

  NetworkOptions both = wide_only();
  both.deep = true;
  const auto deep = train_network(rows, nullptr, both)->model;
  const auto scores = *deep->score(rows);
  double agree = 0, other = 0, agreed = 0;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const bool same = rows.find("left")->text(i)[1] == rows.find("right")->text(i)[1];
    (same ? agree : other) += scores[i], agreed += same;
  }
  CHECK(agree / agreed == Approx(0.6).margin(0.05));
  CHECK(other / (3000 - agreed) == Approx(0.1).margin(0.04));
  CHECK(deep->describe() == "wide & deep");
}

TEST_CASE("wide: a cross of a column that is not there is refused") {
  NetworkOptions o = wide_only();
  o.crosses = {{"left", "rihgt"}};
  CHECK(train_network(agreeing(50), nullptr, o).error().message.find("right") != std::string::npos);
}
