// SPDX-License-Identifier: GPL-3.0-or-later
//
// The small words that all rooms share: errors, progress, JSON numbers.
#include "engine/base/error.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/json.hpp"
#include "engine/base/stop.hpp"

namespace rehearse {
namespace {

TEST_CASE("error: a place is put in front, and every code has a name") {
  const Result<int> placed = at("scores.csv", Result<int>(fail(Code::bad_data, "line {}: no", 3)));
  REQUIRE_FALSE(placed.has_value());
  CHECK(placed.error().message == "scores.csv: line 3: no");
  CHECK(placed.error().code == Code::bad_data);
  CHECK(at("x", Result<int>(5)).value() == 5);
  CHECK(std::string(code_name(Code::not_found)) == "not found");
}

TEST_CASE("progress: says stop once it was asked to, and reports without a listener") {
  CHECK(Progress().report(0.5));
  std::stop_source source;
  double last = 0;
  const Progress progress(source.get_token(), [&](double fraction) { last = fraction; });
  CHECK(progress.report(0.25));
  source.request_stop();
  CHECK_FALSE(progress.report(0.5));
  CHECK(last == 0.5);
  CHECK(progress.stop_requested());
  CHECK(cancelled().value().code == Code::cancelled);
}

TEST_CASE("json: what JSON cannot say is null") {
  CHECK(number_or_null(NAN).is_null());
  CHECK(number_or_null(-INFINITY).is_null());
  CHECK(number_or_null(0.1).dump() == "0.1");
}

}  // namespace
}  // namespace rehearse
