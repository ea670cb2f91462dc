// SPDX-License-Identifier: GPL-3.0-or-later
//
// Profiles against SciPy (tests/oracles/diagnose), suspicions against what was planted, and a
// loader's judgement by hand.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/base/random.hpp"
#include "engine/diagnose/judgement.hpp"
#include "engine/diagnose/suspicion.hpp"
#include "tests/oracles/oracle.hpp"

using namespace rehearse;
using namespace rehearse::diagnose;

TEST_CASE("profile: moments, quantiles, cardinality and AUC of SciPy") {
  const Json one = oracle::read("diagnose/diagnose.json")["profile"];
  Frame::Builder builder;
  builder.add("x", oracle::numbers(one["x"])).add("y", oracle::numbers(one["label"]));
  const auto got = profile(*std::move(builder).build(), {"y"});
  REQUIRE(got);
  const ColumnProfile& x = got->columns[0];
  CHECK(x.mean == Approx(one["mean"].get<double>()).epsilon(1e-9));
  CHECK(x.deviation == Approx(one["sd"].get<double>()).epsilon(1e-9));
  CHECK(x.skewness == Approx(one["skewness"].get<double>()).epsilon(1e-9));
  CHECK(x.kurtosis == Approx(one["kurtosis"].get<double>()).epsilon(1e-9));
  CHECK(x.distinct == one["distinct"].get<std::size_t>());
  CHECK(x.auc == Approx(one["auc"].get<double>()).epsilon(1e-9));
  REQUIRE(x.quantiles.size() == one["quantiles"].size());
  for (std::size_t q = 0; q < x.quantiles.size(); ++q)
    CHECK(x.quantiles[q] == Approx(one["quantiles"][q].get<double>()).epsilon(1e-9));
}

TEST_CASE("profile: each suspicion is raised by what it is for, and a clean table raises none") {
  std::vector<double> clean, jump, sentinel, leak, label, rare;
  std::vector<std::int64_t> id;
  std::vector<std::string> casing, digits, constant;
  for (std::size_t i = 0; i < 1000; ++i) {
    Stream stream(6, "test.profile", 0, i);
    const double v = std::exp(stream.normal(2, 0.4));
    clean.push_back(v), jump.push_back(i % 20 ? v : v * 1000), sentinel.push_back(i % 50 ? v : -1);
    label.push_back(i % 10 == 0), leak.push_back(v + 1000 * label.back());
    id.push_back(static_cast<std::int64_t>(i * 7919)), rare.push_back(i < 3);
    casing.emplace_back(i % 3 ? "iOS" : i % 2 ? "ios" : "web");
    digits.push_back(i == 7 ? "n/a?" : std::to_string(i % 30));
    constant.emplace_back("v1");
  }
  Frame::Builder builder;
  builder.add("clean", clean).add("jump", std::move(jump)).add("sentinel", std::move(sentinel));
  builder.add("leak", std::move(leak)).add("label", std::move(label)).add("id", std::move(id));
  builder.add("casing", casing).add("digits", digits).add("constant", constant).add("copy", clean);
  const auto got = profile(*std::move(builder).build(), {"label"});
  REQUIRE(got);
  std::map<std::string, std::string> found;
  for (const Suspicion& s : got->suspicions) found[s.column] += s.kind + ";";
  CHECK_FALSE(found.count("clean"));
  CHECK_FALSE(found.count("label"));
  CHECK(found["jump"] == "unit jump;");
  CHECK(found["sentinel"] == "sentinel;");
  CHECK(found["leak"].find("leak;") != std::string::npos);
  CHECK(found["id"] == "id-like;");
  CHECK(found["casing"] == "casing;");
  CHECK(found["digits"] == "numbers as text;");
  CHECK(found["constant"] == "constant;");
  CHECK(found["copy"] == "duplicate;");
  const auto json = to_json(*got);
  CHECK(json["rows"] == 1000);
  CHECK(json["columns"]["clean"]["quantiles"].size() == 7);
  CHECK(json["suspicions"].size() == got->suspicions.size());
}

TEST_CASE("profile: an empty table, a column without values and infinities are answered") {
  Frame::Builder none;
  none.add("x", std::vector<double>{});
  CHECK(profile(*std::move(none).build()));
  Frame::Builder builder;
  builder.add("x", std::vector<double>{1, INFINITY, std::nan(""), -INFINITY});
  builder.add("gone", std::vector<double>(4, std::nan(""))).missing({0, 0, 0, 0});
  const auto got = profile(*std::move(builder).build());
  REQUIRE(got);
  CHECK(got->columns[0].not_finite == 3);
  CHECK(got->columns[0].mean == 1);
  CHECK(std::isnan(got->columns[1].mean));
  CHECK(to_json(*got)["columns"]["gone"]["mean"].is_null());
  Frame::Builder wrong;
  wrong.add("y", std::vector<double>{0, 1, 2});
  CHECK_FALSE(profile(*std::move(wrong).build(), {"y"}));
}

TEST_CASE("unit jump: two heaps of one unit or none are no jump") {
  std::vector<double> values;
  for (std::size_t i = 0; i < 2000; ++i) {
    Stream stream(8, "test.jump", 0, i);
    values.push_back(std::exp(stream.normal(0, 2)));
  }
  std::sort(values.begin(), values.end());
  CHECK(unit_jump(values).ratio == 0);
  for (std::size_t i = 0; i < 100; ++i) values[i * 20] = 1e7 + static_cast<double>(i);
  std::sort(values.begin(), values.end());
  CHECK(unit_jump(values).share == Approx(0.05));
}

TEST_CASE("judgement: set aside, repaired, absent and wrong are told apart by fault") {
  Frame::Builder lines, rows, bad;
  lines.add("line", std::vector<std::int64_t>{1, 2, 3, 4, 5})
      .add("planted", std::vector<std::string>{"none", "unit", "none", "unit", "type"});
  rows.add("line", std::vector<std::int64_t>{1, 2, 5})
      .add("repairs", std::vector<std::int32_t>{0, 0, 1});
  rows.add("dwell", std::vector<double>{3, 4000, 5})
      .add("true_dwell", std::vector<double>{3, 4, 5});
  bad.add("line", std::vector<std::int64_t>{3, 4});
  const auto got = judge_loading(*std::move(lines).build(), *std::move(rows).build(),
                                 *std::move(bad).build(), {{"dwell", "true_dwell"}});
  REQUIRE(got);
  CHECK(got->find("fault")->cell(2) == "unit");
  CHECK(got->find("quarantined")->numbers() == std::vector<double>{1, 0, 1});
  CHECK(got->find("wrong")->numbers() == std::vector<double>{0, 0, 1});
  CHECK(got->find("repaired")->numbers() == std::vector<double>{0, 1, 0});
  const auto facts = judgement_facts(*got, 3);
  REQUIRE(facts);
  CHECK(facts->find("good_lost")->number(0) == 0.5);
  CHECK(facts->find("wrong_rate")->number(0) == Approx(1.0 / 3));
}
