// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/impute.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::features;

const double kNan = std::nan("");

Frame table(std::vector<double> x, const std::vector<std::string>& word,
            std::vector<std::uint8_t> has_word) {
  Frame::Builder builder;
  builder.add("x", std::move(x), {.role = Role::feature, .unit = "votes"});
  builder.add("word", word, {.role = Role::feature}).missing(std::move(has_word));
  builder.add("whole", std::vector<std::int32_t>(word.size(), 4), {.role = Role::feature});
  return *std::move(builder).build();
}

Frame past() {
  return table({1, kNan, 4, 4, 10, 2}, {"a", "b", "b", "c", "", "c"}, {1, 1, 1, 1, 0, 1});
}

double filled(Filling filling, int digits = -1, double constant = -1) {
  ImputeOptions options;
  options.columns = {"x"}, options.filling = filling, options.digits = digits;
  options.constant = constant;
  const auto imputer = Imputer::fit(past(), options);
  REQUIRE(imputer);
  const auto out = imputer->apply(past());
  REQUIRE(out);
  CHECK(out->find("x_missing")->numbers() == std::vector<double>{0, 1, 0, 0, 0, 0});
  CHECK(out->find("x")->number(0) == 1);
  CHECK(out->find("x")->role() == Role::feature);
  CHECK(out->find("x")->unit() == "votes");
  return out->find("x")->number(1);
}

}  // namespace

TEST_CASE("missing: each filling is what it says, by hand") {
  CHECK(filled(Filling::zero) == 0);
  CHECK(filled(Filling::constant, -1, -7) == -7);
  CHECK(filled(Filling::mean) == Approx(4.2));
  CHECK(filled(Filling::mean, 0) == 4);
  CHECK(filled(Filling::median) == 4);
  CHECK(filled(Filling::most_common) == 4);
  CHECK(std::isnan(filled(Filling::none)));
}

TEST_CASE("missing: scikit-learn's SimpleImputer and MissingIndicator give the same cells") {
  const Json oracle = oracle::read("features/encoders.json")["impute"];
  std::vector<double> x;
  for (const Json& cell : oracle["x"]) x.push_back(cell.is_null() ? kNan : cell.get<double>());
  Frame::Builder builder;
  builder.add("x", x, {.role = Role::feature});
  const Frame rows = *std::move(builder).build();
  for (const auto& [name, filling] : {std::pair("mean", Filling::mean),
                                      {"median", Filling::median},
                                      {"most_frequent", Filling::most_common}}) {
    INFO(name);
    ImputeOptions options;
    options.filling = filling;
    const auto out = Imputer::fit(rows, options)->apply(rows);
    REQUIRE(out);
    const auto want = oracle::numbers(oracle[name]);
    REQUIRE(want.size() == rows.rows());
    for (std::size_t row = 0; row < rows.rows(); ++row)
      CHECK(out->find("x")->number(row) == Approx(want[row]).epsilon(1e-12));
    CHECK(out->find("x_missing")->numbers() == oracle::numbers(oracle["indicator"]));
  }
}

TEST_CASE(
    "missing: the filling comes from the fitting rows, never from the rows it is applied to") {
  const Frame live = table({100, kNan}, {"z", ""}, {1, 0});
  const auto imputer = Imputer::fit(past(), {.filling = Filling::mean});
  REQUIRE(imputer);
  CHECK(imputer->apply(live)->find("x")->number(1) == Approx(4.2));
  CHECK(imputer->apply(live)->find("word")->text(1) == "missing");
}

TEST_CASE("missing: words take the most common one, by name where several are") {
  const auto imputer = Imputer::fit(past(), {.columns = {"word"}, .filling = Filling::most_common});
  REQUIRE(imputer);
  CHECK(imputer->apply(past())->find("word")->text(4) == "b");
}

TEST_CASE("missing: columns without a gap are left alone unless they are named") {
  const Frame rows[] = {past()};
  CHECK(columns_with_missing(rows) == std::vector<std::string>{"x", "word"});
  const auto out = Imputer::fit(past(), {.columns = {"whole"}})->apply(past());
  REQUIRE(out);
  CHECK(out->find("whole_missing")->numbers() == std::vector<double>(6, 0));
}

TEST_CASE("missing: what cannot be filled is an error that says how to mend it") {
  Frame::Builder builder;
  builder.add("x", std::vector<double>{kNan, kNan}, {.role = Role::feature});
  builder.add("click", std::vector<double>{0, 1}, {.role = Role::label});
  const Frame rows = *std::move(builder).build();
  const auto empty = Imputer::fit(rows, {.columns = {"x"}, .filling = Filling::mean});
  REQUIRE_FALSE(empty);
  CHECK(empty.error().message.find("constant") != std::string::npos);
  CHECK_FALSE(Imputer::fit(rows, {.columns = {"click"}, .filling = Filling::zero}));
  CHECK_FALSE(Imputer::fit(rows, {.columns = {"y"}, .filling = Filling::zero}));
  CHECK_FALSE(parse_filling("average"));
  CHECK(Imputer::fit(rows, {.columns = {"x"}, .filling = Filling::zero})
            ->apply(rows)
            ->find("x")
            ->number(0) == 0);
}
