// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/features/cross.hpp"
#include "engine/features/frequency.hpp"
#include "engine/features/one_hot.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::features;

Frame words(const std::vector<std::string>& values, const char* name = "x") {
  Frame::Builder builder;
  builder.add(name, values, {.role = Role::feature});
  return *std::move(builder).build();
}

Frame numbers(std::vector<double> values) {
  Frame::Builder builder;
  builder.add("x", std::move(values), {.role = Role::feature});
  return *std::move(builder).build();
}

std::vector<std::string> texts(const Column& column) {
  std::vector<std::string> all;
  for (std::size_t row = 0; row < column.size(); ++row) all.emplace_back(column.text(row));
  return all;
}

}  // namespace

TEST_CASE("one-hot: scikit-learn encodes the same, new values to zero in all columns") {
  const Json oracle = oracle::read("features/encoders.json")["one_hot"];
  const Frame past = words(oracle["past"]), live = words(oracle["live"]);
  const auto encoder = OneHot::fit(past, {.columns = {"x"}});
  REQUIRE(encoder);
  CHECK(encoder->levels().front().names == oracle["names"].get<std::vector<std::string>>());
  const auto out = encoder->apply(live);
  REQUIRE(out);
  for (std::size_t row = 0; row < live.rows(); ++row)
    for (std::size_t level = 0; level < oracle["names"].size(); ++level) {
      const std::string name = "x=" + oracle["names"][level].get<std::string>();
      CHECK(out->find(name)->number(row) == oracle["encoded"][row][level].get<double>());
    }
}

TEST_CASE("one-hot: rare and new values share a column, as scikit-learn pools them") {
  const Json oracle = oracle::read("features/encoders.json")["one_hot"];
  const auto encoder =
      OneHot::fit(words(oracle["past"]),
                  {.columns = {"x"}, .min_count = oracle["min_count"], .pool_rare = true});
  REQUIRE(encoder);
  const auto out = encoder->apply(words(oracle["live"]));
  REQUIRE(out);
  const auto& names = oracle["pooled_names"];
  REQUIRE(out->columns() == names.size() + 1);
  for (std::size_t row = 0; row < out->rows(); ++row)
    for (std::size_t column = 0; column < names.size(); ++column)
      CHECK(out->column(column + 1).number(row) == oracle["pooled"][row][column].get<double>());
}

TEST_CASE("one-hot: many values are refused with the count, unless the rare are pooled") {
  std::vector<std::string> many;
  for (int i = 0; i < 30; ++i)
    for (int k = 0; k <= i; ++k) many.push_back("v" + std::to_string(100 + i));
  const auto refused = OneHot::fit(words(many), {.columns = {"x"}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("30 values") != std::string::npos);
  const auto pooled = OneHot::fit(words(many), {.columns = {"x"}, .most = 3, .pool_rare = true});
  REQUIRE(pooled);
  CHECK(pooled->levels().front().names == std::vector<std::string>{"v127", "v128", "v129"});
  const auto out = pooled->apply(words({"v129", "v100"}));
  REQUIRE(out);
  CHECK(out->find("x=v129")->numbers() == std::vector<double>{1, 0});
  CHECK(out->find("x=other")->numbers() == std::vector<double>{0, 1});
}

TEST_CASE("frequency: counts, shares, ranks and order of appearance, by hand") {
  const Frame past = words({"b", "a", "b", "c", "c", "b"}), live = words({"c", "b", "new", "a"});
  const auto encoded = [&](FrequencyKind kind) {
    const auto encoder = Frequency::fit(past, {"x"}, kind);
    REQUIRE(encoder);
    const auto out = encoder->apply(live);
    REQUIRE(out);
    return *out->find(std::string("x_") + name_of(kind));
  };
  CHECK(encoded(FrequencyKind::count).numbers() == std::vector<double>{2, 3, 0, 1});
  CHECK(encoded(FrequencyKind::share).numbers() == std::vector<double>{2. / 6, .5, 0, 1. / 6});
  const Column rank = encoded(FrequencyKind::rank), ordinal = encoded(FrequencyKind::ordinal);
  CHECK(rank.number(0) == 2);
  CHECK(rank.number(1) == 1);
  CHECK(rank.number(3) == 3);
  CHECK(rank.missing(2));
  CHECK(ordinal.number(0) == 2);
  CHECK(ordinal.number(1) == 0);
  CHECK(ordinal.missing(2));
}

TEST_CASE("cross: texts of the parts together, a missing part by name, the strictest privacy") {
  Frame::Builder builder;
  builder.add("platform", std::vector<std::string>{"ios", "web", ""}, {.role = Role::feature})
      .missing({1, 1, 0});
  builder.add("user", std::vector<std::int32_t>{7, 8, 7}, {.privacy = Privacy::pii});
  const Frame rows = *std::move(builder).build();
  const auto both = cross(rows, {.columns = {"platform", "user"}});
  REQUIRE(both);
  const Column& made = *both->find("platform_x_user");
  CHECK(texts(made) == std::vector<std::string>{"ios × 7", "web × 8", "missing × 7"});
  CHECK(made.privacy() == Privacy::pii);
  CHECK(made.role() == Role::feature);
  const auto one = cross(rows, {.columns = {"user"}, .name = "user_text"});
  REQUIRE(one);
  CHECK(texts(*one->find("user_text")) == std::vector<std::string>{"7", "8", "7"});
  const auto refused = cross(rows, {.columns = {"platform", "user"}, .most = 2});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("3 combinations") != std::string::npos);
}

TEST_CASE("bins: scikit-learn cuts at the same edges and sorts into the same bins") {
  const Json oracle = oracle::read("features/encoders.json")["bins"];
  const auto binner = Binner::fit(numbers(oracle::numbers(oracle["values"])),
                                  {.columns = {"x"}, .bins = oracle["bins"]});
  REQUIRE(binner);
  const auto edges = oracle::numbers(oracle["edges"]);
  REQUIRE(binner->edges(0).size() == edges.size() - 2);
  for (std::size_t i = 0; i < binner->edges(0).size(); ++i)
    CHECK(binner->edges(0)[i] == Approx(edges[i + 1]).epsilon(1e-9));
  const auto out = binner->apply(numbers(oracle::numbers(oracle["probe"])));
  REQUIRE(out);
  const auto want = oracle::numbers(oracle["binned"]);
  for (std::size_t row = 0; row < want.size(); ++row)
    CHECK(out->find("x_bin")->values<std::int32_t>()[row] == want[row]);
}

TEST_CASE("bins: a constant has one bin, a missing value has a name, infinities lie outside") {
  const auto constant = Binner::fit(numbers({3, 3, 3}), {.columns = {"x"}, .bins = 4});
  REQUIRE(constant);
  CHECK(texts(*constant->apply(numbers({3, 9}))->find("x_bin")) ==
        std::vector<std::string>{"01 all", "01 all"});
  const auto two = Binner::fit(numbers({1, 2, 3, 4}), {.columns = {"x"}, .bins = 2});
  REQUIRE(two);
  CHECK(texts(*two->apply(numbers({-INFINITY, 2.5, INFINITY, std::nan("")}))->find("x_bin")) ==
        std::vector<std::string>{"01 < 2.5", "02 ≥ 2.5", "02 ≥ 2.5", "missing"});
}

TEST_CASE("bins: as numbers they are the means of their fitting rows") {
  const auto binner =
      Binner::fit(numbers({1, 2, 3, 10}), {.columns = {"x"}, .bins = 2, .means = true});
  REQUIRE(binner);
  const auto out = binner->apply(numbers({0, 99, std::nan("")}));
  REQUIRE(out);
  CHECK(out->find("x_bin")->number(0) == Approx(1.5));
  CHECK(out->find("x_bin")->number(1) == Approx(6.5));
  CHECK(out->find("x_bin")->missing(2));
}

TEST_CASE("encoders: labels, truth and columns that are not there are refused") {
  Frame::Builder builder;
  builder.add("click", std::vector<double>{0, 1}, {.role = Role::label});
  builder.add("p", std::vector<double>{.1, .2}, {.role = Role::truth});
  const Frame rows = *std::move(builder).build();
  for (const std::string name : {"click", "p", "nothing"}) {
    INFO(name);
    CHECK_FALSE(OneHot::fit(rows, {.columns = {name}}));
    CHECK_FALSE(Frequency::fit(rows, {name}, FrequencyKind::count));
    CHECK_FALSE(cross(rows, {.columns = {name}}));
    CHECK_FALSE(Binner::fit(rows, {.columns = {name}}));
  }
  CHECK_FALSE(Binner::fit(words({"a"}), {.columns = {"x"}}));
  CHECK_FALSE(Binner::fit(numbers({std::nan("")}), {.columns = {"x"}}));
  CHECK_FALSE(OneHot::fit(rows, {}));
  CHECK_FALSE(Frequency::fit(rows, {}, FrequencyKind::count));
  CHECK_FALSE(cross(rows, {}));
}
