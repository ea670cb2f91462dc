// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/signals.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

Frame small_log() {
  Frame::Builder b;
  b.add("day", std::vector<double>{0, 0, 0, 1, 1});
  b.add("x", std::vector<double>{1, 3, NAN, 10, 20});
  b.add("level", std::vector<std::string>{"a", "b", "a", "c", "a"});
  b.add("segment", std::vector<std::string>{"s", "s", "t", "s", "t"});
  return *std::move(b).build();
}

}  // namespace

TEST_CASE("signals: a small log by hand, numbers") {
  SignalOptions o;
  o.column = "x";
  const std::vector<double> scores = {0.1, 0.2, 0.3, 0.4, 0.6}, clicks = {0, 1, 0, 1, 1};
  const auto made = signals_of(small_log(), scores, clicks, o);
  REQUIRE(made);
  REQUIRE(made->rows() == 2);
  const auto at = [&](const char* name, std::size_t row) { return made->find(name)->number(row); };
  CHECK(at("rows", 0) == 3);
  CHECK(at("mean", 0) == 2);
  CHECK(at("sd", 0) == Approx(std::sqrt(2)));
  CHECK(at("missing_rate", 0) == Approx(1 / 3.0));
  CHECK(at("score_mean", 0) == Approx(0.2));
  CHECK(at("score_p50", 1) == Approx(0.5));
  CHECK(at("calibration_ratio", 0) == Approx(0.6));
  CHECK(at("calibration_low", 0) < 0.6);
  CHECK(at("calibration_high", 0) > 0.6);
}

TEST_CASE("signals: texts, segments and levels that the reference did not have") {
  SignalOptions o;
  o.column = "level", o.segment = "segment", o.reference_until = 1;
  const auto made = signals_of(small_log(), {}, {}, o);
  REQUIRE(made);
  REQUIRE(made->rows() == 4);
  CHECK(made->find("series")->text(2) == "s");
  CHECK(made->find("cardinality")->number(0) == 2);
  CHECK(made->find("new_levels")->number(2) == 1);  // c is new
  CHECK(made->find("new_levels")->number(3) == 0);
}

TEST_CASE("signals: a bucket of texts, a missing column and no rows are refused") {
  SignalOptions o;
  o.bucket = "level";
  CHECK_FALSE(signals_of(small_log(), {}, {}, o));
  o.bucket = "hour";
  CHECK_FALSE(signals_of(small_log(), {}, {}, o));
  CHECK_FALSE(signals_of(small_log().slice(0, 0), {}, {}, {}));
  const std::vector<double> short_scores = {0.1};
  CHECK_FALSE(signals_of(small_log(), short_scores, {}, {}));
}
