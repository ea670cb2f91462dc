// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/bandit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

BanditOptions three_posts(BanditKind kind) {
  BanditOptions options;
  options.kind = kind, options.contexts = 2, options.topic = {0, 1, 1};
  return options;
}

double share_of(Bandit& bandit, std::size_t context, std::size_t action, int draws = 4000) {
  double count = 0;
  for (int i = 0; i < draws; ++i) {
    Stream stream(3, "test.bandit", 0, static_cast<std::uint64_t>(i));
    count += bandit.choose(context, stream).action == action;
  }
  return count / draws;
}

void teach(Bandit& bandit, std::size_t context, std::size_t action, int rounds, int clicks) {
  for (int i = 0; i < rounds; ++i) bandit.learn(context, {action, true}, i < clicks);
}

}  // namespace

TEST_CASE("bandits: before anything is known every post is shown alike") {
  for (const BanditKind kind :
       {BanditKind::epsilon_greedy, BanditKind::bucket, BanditKind::thompson}) {
    CAPTURE(bandit_name(kind));
    auto bandit = make_bandit(three_posts(kind));
    REQUIRE(bandit);
    for (std::size_t a = 0; a < 3; ++a)
      CHECK(share_of(**bandit, 0, a) == Approx(1.0 / 3).margin(0.035));
  }
}

TEST_CASE("epsilon-greedy: the best gets 1 - ε + ε/3, and contexts learn apart") {
  BanditOptions options = three_posts(BanditKind::epsilon_greedy);
  options.explore = 0.3;
  auto bandit = *make_bandit(options);
  teach(*bandit, 0, 1, 50, 25), teach(*bandit, 0, 0, 50, 1), teach(*bandit, 0, 2, 50, 1);
  CHECK(share_of(*bandit, 0, 1) == Approx(0.7 + 0.1).margin(0.03));
  CHECK(share_of(*bandit, 1, 1) == Approx(1.0 / 3).margin(0.035));
}

TEST_CASE("bucket: what greedy visits earn teaches it nothing") {
  BanditOptions options = three_posts(BanditKind::bucket);
  options.explore = 0;
  auto bandit = *make_bandit(options);
  for (int i = 0; i < 100; ++i) bandit->learn(0, {2, false}, 1);
  CHECK(share_of(*bandit, 0, 2) == Approx(1.0 / 3).margin(0.035));
  teach(*bandit, 0, 2, 10, 5);
  CHECK(share_of(*bandit, 0, 2) == 1);
}

TEST_CASE("thompson: it shows a post as often as that is the best under its posterior") {
  BanditOptions options = three_posts(BanditKind::thompson);
  options.prior_rate = 0.5;  // Beta(1, 1)
  options.topic = {0, 1};
  auto bandit = *make_bandit(options);
  teach(*bandit, 0, 0, 3, 2), teach(*bandit, 0, 1, 3, 1);
  // P(Beta(3, 2) > Beta(2, 3)) = 53/70, by integrating 12 x² (1 - x) · (1 - (1-x)³ (1 + 3x)).
  double integral = 0;
  constexpr int kSteps = 20000;
  for (int i = 0; i < kSteps; ++i) {
    const double x = (i + 0.5) / kSteps;
    integral += 12 * x * x * (1 - x) * (1 - std::pow(1 - x, 3) * (1 + 3 * x)) / kSteps;
  }
  CHECK(share_of(*bandit, 0, 0, 20000) == Approx(integral).margin(0.012));
}

TEST_CASE("lin-ucb: without confidence it is the ridge regression, solved by hand") {
  BanditOptions options = three_posts(BanditKind::lin_ucb);
  options.contexts = 1, options.topic = {0, 0}, options.confidence = 0, options.prior_rate = 1e-12;
  auto bandit = *make_bandit(options);
  // Coefficients post 0, post 1, topic. Rounds: post 0 clicks 2 of 2, post 1 clicks 0 of 1.
  // (XᵀX + I) θ = Xᵀy: [3 0 2; 0 2 1; 2 1 4] θ = [2 0 2] gives θ = (6, -2, 4) / 13.
  teach(*bandit, 0, 0, 2, 2), teach(*bandit, 0, 1, 1, 0);
  CHECK(share_of(*bandit, 0, 0, 10) == 1);  // 10/13 against 2/13
  // With k more clicks of post 1 the system is [3 0 2; 0 2+k 1+k; 2 1+k 4+k] θ = [2 k 2+k]: at
  // k = 8 both stand at 6/7, so seven are too few and nine turn it.
  teach(*bandit, 0, 1, 7, 7);
  CHECK(share_of(*bandit, 0, 0, 10) == 1);
  teach(*bandit, 0, 1, 2, 2);
  CHECK(share_of(*bandit, 0, 1, 10) == 1);
}

TEST_CASE("lin-ucb: a post of a liked topic is tried before one of a disliked topic") {
  BanditOptions options = three_posts(BanditKind::lin_ucb);
  options.contexts = 1, options.topic = {0, 0, 1, 1}, options.confidence = 0.1;
  auto bandit = *make_bandit(options);
  teach(*bandit, 0, 0, 200, 80), teach(*bandit, 0, 2, 200, 2);
  teach(*bandit, 0, 0, 200, 40);
  CHECK(share_of(*bandit, 0, 1, 50) + share_of(*bandit, 0, 0, 50) == 1);
  CHECK(share_of(*bandit, 0, 3, 50) == 0);
}

TEST_CASE("bandits: options that cannot be are refused") {
  BanditOptions options = three_posts(BanditKind::epsilon_greedy);
  options.explore = 1.5;
  CHECK_FALSE(make_bandit(options));
  options = three_posts(BanditKind::lin_ucb);
  options.contexts = 1500;
  CHECK(make_bandit(options).error().code == Code::limit);
  options.topic.clear();
  CHECK_FALSE(make_bandit(options));
  CHECK_FALSE(parse_bandit("ucb"));
  CHECK(*parse_bandit("lin-ucb") == BanditKind::lin_ucb);
}
