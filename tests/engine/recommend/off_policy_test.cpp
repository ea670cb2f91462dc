// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/off_policy.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/recommend/policy_table.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

// Two contexts, three actions, rewards with a known mean: rounds drawn by a known policy.
struct World {
  static constexpr std::size_t kContexts = 2, kActions = 3;
  double reward[2][3] = {{0.1, 0.4, 0.2}, {0.5, 0.3, 0.05}};
  double behaviour[2][3] = {{0.6, 0.2, 0.2}, {0.1, 0.3, 0.6}};
  double target[2][3] = {{0.1, 0.7, 0.2}, {0.8, 0.1, 0.1}};
  double share[2] = {0.7, 0.3};

  double value(const double (&policy)[2][3]) const {
    double sum = 0;
    for (int c = 0; c < 2; ++c)
      for (int a = 0; a < 3; ++a) sum += share[c] * policy[c][a] * reward[c][a];
    return sum;
  }
};

struct Log {
  std::vector<std::string> context, action;
  std::vector<double> reward, behaviour, target;
  LoggedRounds view() const { return {reward, behaviour, target}; }
  Frame frame() const {
    Frame::Builder builder;
    builder.add("who", context).add("what", action);
    return *std::move(builder).build();
  }
};

const char* const kWho[] = {"new", "old"};
const char* const kWhat[] = {"a", "b", "c"};

Log drawn(const World& world, std::size_t n, std::uint64_t replicate) {
  Log log;
  for (std::size_t i = 0; i < n; ++i) {
    Stream stream(7, "test.log", replicate, i);
    const std::size_t c = stream.categorical(world.share);
    const std::size_t a = stream.categorical(world.behaviour[c]);
    log.context.emplace_back(kWho[c]), log.action.emplace_back(kWhat[a]);
    log.reward.push_back(stream.bernoulli(world.reward[c][a]));
    log.behaviour.push_back(world.behaviour[c][a]), log.target.push_back(world.target[c][a]);
  }
  return log;
}

Frame table_of(const double (&policy)[2][3]) {
  std::vector<std::string> who, what;
  std::vector<double> p;
  for (int c = 0; c < 2; ++c)
    for (int a = 0; a < 3; ++a)
      who.push_back(kWho[c]), what.push_back(kWhat[a]), p.push_back(policy[c][a]);
  Frame::Builder builder;
  builder.add("who", who).add("what", what).add("p", std::move(p));
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("off-policy: three rounds by hand") {
  const std::vector<double> reward = {1, 0, 1}, behaviour = {0.5, 0.25, 0.1},
                            target = {0.25, 0.5, 0.4};
  const LoggedRounds rounds{reward, behaviour, target};  // weights 1/2, 2, 4
  REQUIRE(check(rounds));
  CHECK(on_policy(rounds).value == Approx(2.0 / 3));
  const Estimate plain = ips(rounds);
  CHECK(plain.value == Approx(1.5));
  // w r = 1/2, 0, 4: variance with n - 1 is ((1)² + (1.5)² + (2.5)²) / 2.
  CHECK(plain.standard_error == Approx(std::sqrt((1 + 2.25 + 6.25) / 2 / 3)));
  const Estimate self = snips(rounds);
  CHECK(self.value == Approx(4.5 / 6.5));
  const double v = 4.5 / 6.5;
  CHECK(self.standard_error ==
        Approx(std::sqrt(0.25 * (1 - v) * (1 - v) + 4 * v * v + 16 * (1 - v) * (1 - v)) / 6.5));
  CHECK(clipped_ips(rounds, 2).value == Approx(2.5 / 3));
  CHECK(effective_sample_size(rounds) == Approx(6.5 * 6.5 / (0.25 + 4 + 16)));
  const std::vector<double> shown = {0.5, 0.5, 0.5}, expected = {0.2, 0.4, 0.6};
  CHECK(direct_method(rounds, {shown, expected}).value == Approx(0.4));
  CHECK(doubly_robust(rounds, {shown, expected}).value ==
        Approx(0.4 + (0.5 * 0.5 - 2 * 0.5 + 4 * 0.5) / 3));
  CHECK(switch_doubly_robust(rounds, {shown, expected}, 2).value ==
        Approx(0.4 + (0.5 * 0.5 - 2 * 0.5) / 3));
  const Weights weights = weights_of(rounds, 1);
  CHECK(weights.mean == Approx(6.5 / 3));
  CHECK(weights.greatest == 4);
  CHECK(weights.above_limit == 2);
  CHECK(weights.share_of_top == Approx(4 / 6.5));
}

TEST_CASE(
    "off-policy: the log's own policy is estimated by its mean reward, whatever the estimator") {
  const Log log = drawn(World(), 500, 1);
  const LoggedRounds rounds{log.reward, log.behaviour, log.behaviour};
  const double mean = on_policy(rounds).value;
  CHECK(ips(rounds).value == Approx(mean));
  CHECK(snips(rounds).value == Approx(mean));
  CHECK(ips(rounds).standard_error == Approx(on_policy(rounds).standard_error));
  CHECK(effective_sample_size(rounds) == Approx(500));
}

TEST_CASE("off-policy: a policy that never does what the log did has no weight") {
  const std::vector<double> reward = {1, 1}, behaviour = {0.5, 0.5}, target = {0, 0};
  const LoggedRounds rounds{reward, behaviour, target};
  CHECK(ips(rounds).value == 0);
  CHECK(std::isnan(snips(rounds).value));
  CHECK(effective_sample_size(rounds) == 0);
}

TEST_CASE("off-policy: over 400 logs the estimators hit the truth, and their intervals cover it") {
  const World world;
  const double truth = world.value(world.target);
  const auto policy = PolicyTable::of(table_of(world.target), "who", "what", "p");
  REQUIRE(policy);
  constexpr int kLogs = 400;
  constexpr std::size_t kRounds = 800;
  double sum[4] = {}, covered[4] = {}, squares[4] = {};
  for (int log_number = 0; log_number < kLogs; ++log_number) {
    const Log log = drawn(world, kRounds, static_cast<std::uint64_t>(log_number));
    const auto rounds = coded(log.frame(), "who", "what", *policy);
    REQUIRE(rounds);
    const auto rewards =
        RewardTable(*rounds, log.reward, 2, RewardTable::By::cell).rewards(*rounds, *policy);
    // A reward model that is wrong on purpose: doubly robust is unbiased all the same.
    std::vector<double> wrong(kRounds, 0.9), wrong_expected(kRounds, 0.9);
    const Estimate estimates[] = {ips(log.view()), snips(log.view()),
                                  doubly_robust(log.view(), rewards.view()),
                                  doubly_robust(log.view(), {wrong, wrong_expected})};
    for (int e = 0; e < 4; ++e) {
      sum[e] += estimates[e].value;
      squares[e] += std::pow(estimates[e].value - truth, 2);
      covered[e] += estimates[e].interval.low <= truth && truth <= estimates[e].interval.high;
    }
  }
  for (int e = 0; e < 4; ++e) {
    CAPTURE(e);
    const double rmse = std::sqrt(squares[e] / kLogs);
    CHECK(std::abs(sum[e] / kLogs - truth) < 4 * rmse / std::sqrt(kLogs));
    CHECK(covered[e] / kLogs > 0.91);
    CHECK(covered[e] / kLogs < 0.985);
  }
  CHECK(squares[1] < squares[0]);  // self-normalizing and a reward model both save noise here
  CHECK(squares[2] < squares[0]);
}

TEST_CASE("off-policy: rounds that cannot be are told with their row") {
  const std::vector<double> fine = {0.5, 0.5}, zero = {0.5, 0}, above = {0.5, 1.5};
  const std::vector<double> nan = {0.5, std::nan("")};
  const auto message = [](const LoggedRounds& rounds) {
    const auto result = check(rounds);
    REQUIRE_FALSE(result);
    return result.error().message;
  };
  CHECK(message({fine, zero, fine}).find("row 2: the propensity is 0") == 0);
  CHECK(message({fine, above, fine}).find("row 2: the propensity is 1.5") == 0);
  CHECK(message({fine, nan, fine}).find("row 2: the propensity is nan") == 0);
  CHECK(message({nan, fine, fine}).find("row 2: the reward") == 0);
  CHECK(message({fine, fine, above}).find("row 2: the target policy") == 0);
  CHECK(message({{}, {}, {}}).find("no rounds") != std::string::npos);
  CHECK(message({fine, std::span(fine).first(1), fine}).find("2 rewards, 1 prop") == 0);
}

TEST_CASE("policy table: rows become probabilities, pairs that are left out have none") {
  const World world;
  const auto policy = PolicyTable::of(table_of(world.target), "who", "what", "p");
  REQUIRE(policy);
  CHECK(policy->probability(1, 0) == 0.8);
  CHECK(policy->probability(0, 99) == 0);
  Log log;
  log.context = {"old", "new"}, log.action = {"c", "z"};
  const auto rounds = coded(log.frame(), "who", "what", *policy);
  REQUIRE(rounds);
  CHECK(target_of(*rounds, *policy) == std::vector<double>{0.1, 0});
  CHECK(rounds->actions.size() == 4);
  // `old` saw only c (0.1 of the policy), `new` only z: 0.9 and 1 of the policy were never seen.
  CHECK(never_logged(*rounds, *policy) == Approx((0.9 + 1) / 2));
}

TEST_CASE("policy table: what is no policy is told") {
  const auto message = [](Frame table) {
    const auto result = PolicyTable::of(table, "who", "what", "p");
    REQUIRE_FALSE(result);
    return result.error().message;
  };
  const auto rows = [](std::vector<std::string> who, std::vector<std::string> what,
                       std::vector<double> p) {
    Frame::Builder builder;
    builder.add("who", who).add("what", what).add("p", std::move(p));
    return *std::move(builder).build();
  };
  CHECK(message(rows({"x", "x"}, {"a", "b"}, {0.5, 0.4})).find("in `x` sum to 0.9") !=
        std::string::npos);
  CHECK(message(rows({"x", "x"}, {"a", "a"}, {0.5, 0.5})).find("row 2: `a` in `x`") == 0);
  CHECK(message(rows({"x", "x"}, {"a", "b"}, {1.5, -0.5})).find("row 1: `p` is 1.5") == 0);
  CHECK(message(rows({"x"}, {"a"}, {std::nan("")})).find("row 1: `p` is nan") == 0);
  CHECK(message(rows({}, {}, {})).find("a context and an action") != std::string::npos);
  const auto policy = PolicyTable::of(rows({"x"}, {"a"}, {1}), "who", "what", "p");
  Log log;
  log.context = {"x", "y"}, log.action = {"a", "a"};
  CHECK(coded(log.frame(), "who", "what", *policy).error().message.find("row 2: the policy does") ==
        0);
}

TEST_CASE("reward table: means of cells, falling back on the action and on everything") {
  const auto policy = PolicyTable::of(table_of(World().target), "who", "what", "p");
  Log log;
  log.context = {"new", "new", "old"}, log.action = {"a", "a", "b"};
  log.reward = {1, 0, 1};
  const auto rounds = coded(log.frame(), "who", "what", *policy);
  const RewardTable cells(*rounds, log.reward, 2, RewardTable::By::cell);
  CHECK(cells.mean(0, 0) == 0.5);
  CHECK(cells.mean(1, 0) == 0.5);              // no round in `old`: the action's mean
  CHECK(cells.mean(0, 2) == Approx(2.0 / 3));  // an action never shown: the mean of all
  const RewardTable actions(*rounds, log.reward, 2, RewardTable::By::action);
  const auto rewards = actions.rewards(*rounds, *policy);
  CHECK(rewards.shown == std::vector<double>{0.5, 0.5, 1});
  CHECK(rewards.expected[2] == Approx(0.8 * 0.5 + 0.1 * 1 + 0.1 * 2 / 3));
}
