// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/source_report.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

// One user who had item 0 and will take items 1 and 4; one who had 4 and will take 0.
struct TwoUsers {
  Interactions training, test;
  TwoUsers() {
    const std::vector<std::uint32_t> user = {0, 1}, item = {0, 4};
    training = *Interactions::of(user, item, 2, 5);
    const std::vector<std::uint32_t> later_user = {0, 0, 1}, later_item = {1, 4, 0};
    test = *Interactions::of(later_user, later_item, 2, 5);
  }
  NamedRecommender given(const char* name, std::vector<double> scores) const {
    return {name, std::make_shared<const GivenScores>(training, std::move(scores))};
  }
};

double recall_at(const Frame& depths, const std::string& series, int depth) {
  for (std::size_t row = 0; row < depths.rows(); ++row)
    if (depths.find("series")->text(row) == series && depths.find("depth")->number(row) == depth)
      return depths.find("recall")->number(row);
  FAIL(series << " at " << depth);
  return 0;
}

}  // namespace

TEST_CASE("sources: recall by depth and the merged list by hand") {
  const TwoUsers world;
  // For user 0 the first source orders 1 2 3 4, the second 4 3 2 1; for user 1: 0 1 2 3, 3 2 1 0.
  const auto report = report_on_sources({world.given("up", {9, 8, 7, 6, 5, 9, 8, 7, 6, 0}),
                                         world.given("down", {9, 5, 6, 7, 8, 1, 2, 3, 4, 0})},
                                        world.test, 2, true);
  REQUIRE(report);
  CHECK(recall_at(report->depths, "up", 1) == Approx((0.5 + 1) / 2));
  CHECK(recall_at(report->depths, "down", 1) == Approx((0.5 + 0) / 2));
  // Merged: user 0 gets 1 4 2 3, user 1 gets 0 3 1 2.
  CHECK(recall_at(report->depths, "merged", 1) == Approx((0.5 + 1) / 2));
  CHECK(recall_at(report->depths, "merged", 2) == 1);
  CHECK(recall_at(report->depths, "down", 3) == Approx((0.5 + 0) / 2));
  CHECK(recall_at(report->depths, "down", 5) == 1);
  REQUIRE(report->summary.rows() == 2);
  CHECK(report->summary.find("recall")->number(0) == Approx((0.5 + 1) / 2));
  // Lists of two: 1 2 and 0 1 of the first source.
  CHECK(report->summary.find("coverage")->number(0) == Approx(3.0 / 5));
  CHECK(report->summary.find("kilobytes")->number(0) == Approx(80.0 / 1024));
}

TEST_CASE("sources: the best possible has no turn in the merged list") {
  const TwoUsers world;
  const auto report =
      report_on_sources({world.given("down", {9, 5, 6, 7, 8, 1, 2, 3, 4, 0}),
                         world.given("best possible", {0, 9, 1, 1, 9, 9, 1, 1, 1, 0})},
                        world.test, 2, true);
  REQUIRE(report);
  for (const int depth : {1, 2, 3, 5})
    CHECK(recall_at(report->depths, "merged", depth) == recall_at(report->depths, "down", depth));
  CHECK(recall_at(report->depths, "best possible", 2) == 1);
}

TEST_CASE("sources: none, and a stop, are told") {
  const TwoUsers world;
  CHECK_FALSE(report_on_sources({}, world.test, 2, true));
  std::stop_source stop;
  stop.request_stop();
  CHECK(report_on_sources({world.given("up", std::vector<double>(10, 1))}, world.test, 2, false,
                          Progress(stop.get_token(), {}))
            .error()
            .code == Code::cancelled);
}
