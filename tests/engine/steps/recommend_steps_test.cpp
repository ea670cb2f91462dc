// SPDX-License-Identifier: GPL-3.0-or-later
//
// Candidate sources from simulated joins, step by step.
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;
using test::StepUnderTest;

StepUnderTest sources_of(const StepUnderTest& world) {
  StepUnderTest step("recommend.sources", 3);
  step.input("training", world.table(0)).input("test", world.table(1));
  return step.input("chances", world.table(2));
}

}  // namespace

TEST_CASE("recommend.sources: no source beats whoever knows every chance, and taste beats size") {
  StepUnderTest world("simulate.subscriptions", 3);
  world.set("users", std::int64_t{300}).set("communities", std::int64_t{120}).set("taste", 5.0);
  StepUnderTest step = sources_of(world);
  step.set("factors", std::int64_t{8});
  step.set("methods", std::vector<std::string>{"popularity", "item-knn", "als", "bpr", "ease"});
  const Frame summary = step.table(0), depths = step.table(1);
  REQUIRE(summary.rows() == 6);
  const double best = summary.find("ndcg")->number(5), popularity = summary.find("ndcg")->number(0);
  for (std::size_t row = 0; row < 5; ++row) CHECK(summary.find("ndcg")->number(row) < best);
  CHECK(summary.find("ndcg")->number(2) > popularity);
  CHECK(summary.find("ndcg")->number(4) > popularity);
  // With every community handed on nothing is lost.
  for (std::size_t row = 0; row < depths.rows(); ++row)
    if (depths.find("depth")->number(row) == 120) CHECK(depths.find("recall")->number(row) == 1);
}

TEST_CASE("recommend.sources: an unknown source and chances of other pairs are told") {
  StepUnderTest world("simulate.subscriptions", 3);
  world.set("users", std::int64_t{60}).set("communities", std::int64_t{40});
  StepUnderTest step = sources_of(world);
  step.set("methods", std::vector<std::string>{"svd"});
  CHECK(step.error().find("there is no source `svd`") == 0);
  step.set("methods", std::vector<std::string>{"popularity"});
  step.input("chances", world.table(2).slice(0, 100));
  CHECK(step.error().find("the chances do not name every user") == 0);
}
