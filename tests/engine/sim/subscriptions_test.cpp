// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/subscriptions.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

namespace {

using namespace rehearse;
using namespace rehearse::sim;

SubscriptionOptions few_subscriptions() {
  SubscriptionOptions options;
  options.users = 300, options.communities = 80, options.joins = 12, options.seed = 9;
  return options;
}

using JoinedPairs = std::set<std::pair<std::string, std::string>>;

JoinedPairs pairs_in(const Frame& table) {
  JoinedPairs pairs;
  for (std::size_t row = 0; row < table.rows(); ++row)
    pairs.emplace(table.find("user")->text(row), table.find("item")->text(row));
  return pairs;
}

}  // namespace

TEST_CASE("subscriptions: as many join as the chances say, and each once") {
  const auto made = simulate_subscriptions(few_subscriptions());
  REQUIRE(made);
  double expected = 0;
  for (const double chance : made->chances.find("chance")->numbers()) expected += chance;
  CHECK(expected == Approx(12 * 300).epsilon(1e-6));
  const JoinedPairs known = pairs_in(made->training), held = pairs_in(made->test);
  CHECK(known.size() == made->training.rows());
  for (const auto& pair : held) CHECK_FALSE(known.count(pair));
  const auto joined = static_cast<double>(known.size() + held.size());
  CHECK(joined == Approx(expected).margin(4 * std::sqrt(expected)));
  CHECK(static_cast<double>(held.size()) / joined == Approx(0.3).margin(0.03));
}

TEST_CASE("subscriptions: where the chance is higher more join") {
  const auto made = simulate_subscriptions(few_subscriptions());
  REQUIRE(made);
  JoinedPairs joined = pairs_in(made->training);
  joined.merge(pairs_in(made->test));
  double expected[2] = {}, seen[2] = {};
  for (std::size_t row = 0; row < made->chances.rows(); ++row) {
    const double chance = made->chances.find("chance")->number(row);
    const int half = chance > 0.2;
    expected[half] += chance;
    seen[half] +=
        static_cast<double>(joined.count({std::string(made->chances.find("user")->text(row)),
                                          std::string(made->chances.find("item")->text(row))}));
  }
  for (const int half : {0, 1})
    CHECK(seen[half] == Approx(expected[half]).margin(4 * std::sqrt(expected[half])));
}

TEST_CASE(
    "subscriptions: the same seed the same joins; another replicate others of the same chances") {
  SubscriptionOptions options = few_subscriptions();
  const auto first = simulate_subscriptions(options), again = simulate_subscriptions(options);
  options.replicate = 1;
  const auto other = simulate_subscriptions(options);
  REQUIRE((first && again && other));
  CHECK(first->training.hash() == again->training.hash());
  CHECK(first->training.hash() != other->training.hash());
  CHECK(first->chances.hash() == other->chances.hash());
}

TEST_CASE("subscriptions: what cannot be is refused") {
  SubscriptionOptions options = few_subscriptions();
  options.joins = 60;
  CHECK(simulate_subscriptions(options).error().message.find("joins is 60") == 0);
  options = few_subscriptions(), options.users = 20000, options.communities = 5000;
  CHECK(simulate_subscriptions(options).error().code == Code::limit);
  options = few_subscriptions(), options.users = 2, options.communities = 2, options.joins = 0.1;
  options.held = 1e-6;
  CHECK(simulate_subscriptions(options).error().message.find("held out") != std::string::npos);
}
