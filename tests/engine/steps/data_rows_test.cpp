// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps that pick rows: data.holdout, data.where, data.sample, data.known_at.
#include <catch2/catch.hpp>

#include "engine/plan/step.hpp"
#include "engine/sim/impressions.hpp"
#include "engine/steps/moments.hpp"
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;

const Frame& site_log() {
  static const Frame log = [] {
    sim::SiteOptions o;
    o.users = 300, o.days = 8, o.sessions_per_day = 1, o.base_ctr = 0.2, o.seed = 5;
    return *sim::simulate_impressions(o);
  }();
  return log;
}

Result<plan::Outputs> run(const char* name, const Frame& rows, const test::StepValues& given) {
  return test::StepUnderTest(name).input("rows", rows).set(given).outputs();
}

Frame rows_of(const char* name, const std::map<std::string, plan::Value>& given) {
  auto outputs = run(name, site_log(), given);
  INFO((outputs ? "" : outputs.error().message));
  REQUIRE(outputs);
  return outputs->front()->as_frame();
}

}  // namespace

TEST_CASE("data.holdout: two parts that make the whole") {
  const auto parts =
      run("data.holdout", site_log(), {{"share", 0.25}, {"by", std::string("user")}});
  REQUIRE(parts);
  REQUIRE(parts->size() == 2);
  CHECK((*parts)[0]->as_frame().rows() + (*parts)[1]->as_frame().rows() == site_log().rows());
  const auto late = run("data.holdout", site_log(), {});
  REQUIRE(late);
  const Frame &train = (*late)[0]->as_frame(), &held = (*late)[1]->as_frame();
  CHECK(train.find("time")->number(train.rows() - 1) < held.find("time")->number(0));
  CHECK(static_cast<double>(held.rows()) ==
        Approx(0.2 * static_cast<double>(site_log().rows())).margin(6));
}

TEST_CASE("data.where: conditions on texts and numbers, and the rows that do not meet them") {
  const Frame ios = rows_of("data.where",
                            {{"column", std::string("platform")}, {"is", std::string("ios")}}),
              others = rows_of("data.where", {{"column", std::string("platform")},
                                              {"is", std::string("ios")},
                                              {"otherwise", true}});
  CHECK(ios.rows() + others.rows() == site_log().rows());
  for (std::size_t row = 0; row < ios.rows(); ++row)
    REQUIRE(ios.find("platform")->text(row) == "ios");
  const Frame middle =
      rows_of("data.where", {{"column", std::string("position")}, {"above", 1.0}, {"below", 4.0}});
  CHECK(middle.rows() * 3 == site_log().rows());  // positions 2 and 3 of 6
  CHECK(rows_of("data.where", {{"column", std::string("position")}, {"at_least", 6.0}}).rows() *
            6 ==
        site_log().rows());
  CHECK(rows_of("data.where", {{"column", std::string("position")}, {"equals", 1.0}}).rows() * 6 ==
        site_log().rows());
}

TEST_CASE("data.where: no such row is an empty table where that is asked for") {
  CHECK(rows_of(
            "data.where",
            {{"column", std::string("platform")}, {"is", std::string("fridge")}, {"or_none", true}})
            .rows() == 0);
}

TEST_CASE("data.where: what cannot be asked says so") {
  const auto message = [](const std::map<std::string, plan::Value>& given) {
    const auto made = run("data.where", site_log(), given);
    REQUIRE_FALSE(made);
    return made.error().message;
  };
  CHECK(message({{"column", std::string("platform")}}).find("needs a condition") !=
        std::string::npos);
  CHECK(message({{"column", std::string("platform")}, {"is", std::string("iso")}})
            .find("did you mean `ios`") != std::string::npos);
  CHECK(message({{"column", std::string("platform")}, {"above", 1.0}}).find("holds texts") !=
        std::string::npos);
  CHECK(message({{"column", std::string("position")}, {"above", 99.0}}).find("no row") !=
        std::string::npos);
}

TEST_CASE("data.sample: a share or a count of rows, in their order") {
  CHECK(rows_of("data.sample", {{"count", std::int64_t{100}}}).rows() == 100);
  const Frame tenth = rows_of("data.sample", {{"share", 0.1}});
  for (std::size_t row = 1; row < tenth.rows(); ++row)
    REQUIRE(tenth.find("time")->number(row) >= tenth.find("time")->number(row - 1));
  CHECK_FALSE(run("data.sample", site_log().slice(0, 0), {}));
}

TEST_CASE("data.known_at: no row and no click from after the moment") {
  const auto moment = steps::start_of_day(site_log(), 4);
  REQUIRE(moment);
  CHECK(moment->micros == sim::SiteOptions::kStart + 4 * sim::kMicrosPerDay);
  const Frame known = rows_of("data.known_at", {{"day", 4.0}});
  double clicks = 0, in_the_end = 0;
  for (std::size_t row = 0; row < known.rows(); ++row) {
    REQUIRE(known.find("day")->number(row) < 4);
    clicks += known.find("click")->number(row);
    in_the_end += site_log().find("click")->number(row);
    const bool arrived =
        !site_log().find("click_arrival")->missing(row) &&
        site_log().find("click_arrival")->values<std::int64_t>()[row] <= moment->micros;
    REQUIRE(known.find("click")->number(row) == (arrived ? 1 : 0));
  }
  CHECK(clicks < in_the_end);
  const Frame waited = rows_of("data.known_at", {{"day", 4.0}, {"wait_hours", 24.0}});
  CHECK(waited.find("day")->number(waited.rows() - 1) == 2);
  CHECK_FALSE(run("data.known_at", site_log(), {{"day", 0.0}}));
}
