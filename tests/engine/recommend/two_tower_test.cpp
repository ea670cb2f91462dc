// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/two_tower.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

Tower drawn_tower(std::size_t hidden, const char* process) {
  Tower tower{20, 3, hidden, {}};
  Stream stream(6, process);
  for (std::size_t i = 0; i < 20 * 3 + hidden * 7; ++i) tower.at.push_back(stream.normal(0, 0.5));
  return tower;
}

// Four topics of twelve items and of twenty users, who have joined items of their topic alone. The
// last user of a topic and its last item have no interaction.
struct TopicWorld {
  Interactions training;
  SideFeatures side;
  TopicWorld() {
    std::vector<std::uint32_t> user, item;
    for (std::uint32_t u = 0; u < 80; ++u) {
      side.users.push_back({"topic=" + std::to_string(u % 4)});
      Stream stream(8, "test.joins", 0, u);
      for (std::uint32_t i = u % 4; i < 44; i += 4)
        if (u < 76 && stream.bernoulli(0.6)) user.push_back(u), item.push_back(i);
    }
    for (std::uint32_t i = 0; i < 48; ++i) side.items.push_back({"topic=" + std::to_string(i % 4)});
    training = *Interactions::of(user, item, 80, 48);
  }
};

}  // namespace

TEST_CASE("two towers: gradients of all parameters against finite differences") {
  for (const std::size_t hidden : {0, 4}) {
    Tower user = drawn_tower(hidden, "test.users"), item = drawn_tower(hidden, "test.items");
    const std::vector<Bag> users = {{0, 3}, {0, 4, 9}, {0}, {0, 3}, {2, 2}},
                           items = {{1, 5}, {1, 6, 7}, {1, 5}, {1, 8}, {9}};
    std::vector<const Bag*> u, v;
    for (std::size_t i = 0; i < 5; ++i) u.push_back(&users[i]), v.push_back(&items[i]);
    const std::vector<std::uint32_t> item_of = {0, 1, 0, 2, 3};
    const std::vector<double> log_q = {-0.5, -1.5, -0.5, -2, -1};
    std::vector<double> by_user, by_item;
    in_batch_softmax(user, item, u, v, item_of, log_q, 0.7, by_user, by_item);
    const auto loss = [&] {
      std::vector<double> unused, too;
      return in_batch_softmax(user, item, u, v, item_of, log_q, 0.7, unused, too);
    };
    for (auto [tower, gradient] : {std::pair(&user, &by_user), std::pair(&item, &by_item)})
      for (std::size_t p = 0; p < tower->at.size(); ++p) {
        constexpr double kStep = 1e-5;
        const double kept = tower->at[p];
        tower->at[p] = kept + kStep;
        const double up = loss();
        tower->at[p] = kept - kStep;
        const double down = loss();
        tower->at[p] = kept;
        REQUIRE((*gradient)[p] == Approx((up - down) / (2 * kStep)).margin(1e-8));
      }
  }
}

TEST_CASE(
    "two towers: the loss of a batch by hand, with the correction and without equal negatives") {
  // One factor, one row a bag: u = 1, 2; v = 3, -1, 3 where the first and the last are one item.
  Tower user{20, 1, 0, std::vector<double>(20, 0)}, item = user;
  user.at[0] = 1, user.at[1] = 2, item.at[0] = 3, item.at[1] = -1;
  const std::vector<Bag> bags = {{0}, {1}};
  const std::vector<const Bag*> u = {&bags[0], &bags[1], &bags[0]},
                                v = {&bags[0], &bags[1], &bags[0]};
  const std::vector<std::uint32_t> item_of = {0, 1, 0};
  const std::vector<double> log_q = {std::log(2.0 / 3), std::log(1.0 / 3), std::log(2.0 / 3)};
  std::vector<double> a, b;
  const double loss = in_batch_softmax(user, item, u, v, item_of, log_q, 1, a, b);
  const double first = std::exp(3) * 1.5, second = std::exp(-1) * 3;
  const double of_first = -std::log(first / (first + second));
  const double yes = std::exp(-2) * 3, no = 2 * std::exp(6) * 1.5;
  CHECK(loss == Approx((2 * of_first - std::log(yes / (yes + no))) / 3));
}

TEST_CASE("two towers: with side features new users and new items are served, with ids alone not") {
  const TopicWorld world;
  TowerOptions options;
  options.factors = 8;
  const auto both = fit_two_tower(world.training, world.side, options);
  REQUIRE(both);
  CHECK((*both)->losses().back() < (*both)->losses().front());
  for (std::uint32_t user : {5U, 76U, 77U}) {  // one that is known, two without any training
    std::vector<double> scores(48);
    (*both)->score(user, scores);
    const auto list = top_k(scores, world.training.items_of(user), 4);
    for (const Recommended& one : list) CHECK(one.item % 4 == user % 4);
    // An item that nobody has joined stands before those of other topics.
    const std::uint32_t fresh = 44 + user % 4;
    for (std::uint32_t item = 0; item < 44; ++item)
      if (item % 4 != user % 4) CHECK(scores[fresh] > scores[item]);
  }
  const auto ids = fit_two_tower(world.training, {}, options);
  REQUIRE(ids);
  std::vector<double> one(48), other(48);
  (*ids)->score(76, one), (*ids)->score(77, other);
  CHECK(one == other);  // strangers are all alike
}

TEST_CASE(
    "two towers: the correction gives back to popular items what being a negative cost them") {
  // Item 0 is joined by everybody, the others by few; all fit everybody alike.
  std::vector<std::uint32_t> user, item;
  for (std::uint32_t u = 0; u < 100; ++u) {
    user.push_back(u), item.push_back(0);
    user.push_back(u), item.push_back(1 + u % 20);
  }
  const Interactions training = *Interactions::of(user, item, 100, 21);
  TowerOptions options;
  options.factors = 4, options.decay = 0;
  const auto popular_share = [&](bool correct) {
    options.correct = correct;
    const auto model = fit_two_tower(training, {}, options);
    REQUIRE(model);
    double first = 0;
    for (std::uint32_t u = 0; u < 100; ++u) {
      std::vector<double> scores(21);
      (*model)->score(u, scores);
      double rest = 0;
      for (std::size_t i = 1; i < 21; ++i) rest += scores[i] / 20;
      first += (scores[0] - rest) / 100;
    }
    return first;
  };
  CHECK(popular_share(true) > popular_share(false) + 1);
}

TEST_CASE("two towers: the same seed gives the same vectors; what is wrong is told") {
  const TopicWorld world;
  TowerOptions options;
  options.epochs = 3, options.hidden = 6;
  const auto one = fit_two_tower(world.training, world.side, options),
             two = fit_two_tower(world.training, world.side, options);
  REQUIRE(one);
  REQUIRE(two);
  for (std::uint32_t item = 0; item < 48; ++item)
    for (std::size_t f = 0; f < 16; ++f)
      REQUIRE((*one)->item_vectors().row(item)[f] == (*two)->item_vectors().row(item)[f]);
  const auto message = [&](const Interactions& training, const SideFeatures& side) {
    const auto fit = fit_two_tower(training, side, options);
    REQUIRE_FALSE(fit);
    return fit.error().message;
  };
  CHECK(message(Interactions(), {}).find("there are none") != std::string::npos);
  SideFeatures few = world.side;
  few.users.pop_back();
  CHECK(message(world.training, few).find("side features of 79 users") == 0);
  options.ids = false;
  CHECK(message(world.training, {}).find("from neither") != std::string::npos);
  options = {}, options.temperature = 0;
  CHECK(message(world.training, {}).find("temperature is 0") != std::string::npos);
  options = {};
  std::stop_source stop;
  stop.request_stop();
  CHECK(fit_two_tower(world.training, {}, options, Progress(stop.get_token(), {})).error().code ==
        Code::cancelled);
}
