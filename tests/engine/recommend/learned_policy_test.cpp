// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/learned_policy.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

// `a` in `x`: 30 of 100 clicked; `b` in `x`: 10 of 100; `y` saw only `b`, 1 of 1.
Frame clicked() {
  std::vector<std::string> who, what;
  std::vector<double> click;
  const auto add = [&](const char* c, const char* a, int rounds, int clicks) {
    for (int i = 0; i < rounds; ++i)
      who.emplace_back(c), what.emplace_back(a), click.push_back(i < clicks);
  };
  add("x", "a", 100, 30), add("x", "b", 100, 10), add("y", "b", 1, 1);
  Frame::Builder builder;
  builder.add("who", who).add("what", what).add("click", std::move(click));
  return *std::move(builder).build();
}

std::map<std::pair<std::string, std::string>, std::pair<double, double>> by_pair(const Frame& p) {
  std::map<std::pair<std::string, std::string>, std::pair<double, double>> all;
  for (std::size_t row = 0; row < p.rows(); ++row)
    all[{std::string(p.find("context")->text(row)), std::string(p.find("action")->text(row))}] = {
        p.find("target")->number(row), p.find("score")->number(row)};
  return all;
}

}  // namespace

TEST_CASE("learned policy: its probabilities are a policy, and prefer what was clicked") {
  const auto learned = learn_policy(clicked(), "who", "what", "click", {20, 0.5, 0.1});
  REQUIRE(learned);
  REQUIRE(PolicyTable::of(*learned, "context", "action", "target"));
  auto pairs = by_pair(*learned);
  const auto [target, score] = pairs[{"x", "a"}];
  const double ratio = std::exp((score - pairs[{"x", "b"}].second) / 0.5);
  CHECK(target == Approx(0.9 * ratio / (1 + ratio) + 0.05));
  CHECK(target > 0.8);
}

TEST_CASE("learned policy: one lucky round does not decide") {
  auto free = by_pair(*learn_policy(clicked(), "who", "what", "click", {0, 0.5, 0}));
  auto shrunk = by_pair(*learn_policy(clicked(), "who", "what", "click", {50, 0.5, 0}));
  CHECK(free[{"y", "b"}].first > 0.9);
  CHECK(shrunk[{"y", "b"}].first < 0.5);
  CHECK(shrunk[{"y", "a"}].first > 0.5);  // never shown to `y`: it stands by its own rate
}

TEST_CASE("counted propensities: the share of a context's rounds") {
  const auto shares = counted_propensities(clicked(), "who", "what");
  REQUIRE(shares);
  CHECK(shares->front() == 0.5);
  CHECK(shares->back() == 1);
}

TEST_CASE("learned policy: what cannot be is told") {
  const auto message = [](const char* reward, const LearnedPolicyOptions& o) {
    const auto made = learn_policy(clicked(), "who", "what", reward, o);
    REQUIRE_FALSE(made);
    return made.error().message;
  };
  CHECK(message("klick", {}).find("klick") != std::string::npos);
  CHECK(message("who", {}).find("row 1: `who` is `x`") == 0);
  CHECK(message("click", {20, 0, 0}).find("a temperature") != std::string::npos);
  CHECK(message("click", {20, 1, 2}).find("exploration from 0 to 1") != std::string::npos);
  CHECK_FALSE(learn_policy(clicked().slice(0, 0), "who", "what", "click", {}));
}
