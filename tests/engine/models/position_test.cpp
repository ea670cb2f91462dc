// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/position.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using models::PositionMethod;

constexpr double kAttraction[] = {0.05, 0.1, 0.2, 0.4};

// Slates of four kinds of posts, better ones more often on top; a fifth of the slates in random
// order; looked at with k^-1.
Frame ranked_log(std::size_t slates, double ranker, std::uint64_t seed = 1) {
  std::vector<std::string> kind;
  std::vector<std::uint8_t> position, click, random;
  std::vector<double> truth;
  for (std::size_t s = 0; s < slates; ++s) {
    Stream stream(seed, "test.position", 0, s);
    const bool shuffled = stream.uniform() < 0.2;
    std::array<int, 4> order = {0, 1, 2, 3};
    std::array<double, 4> score{};
    for (int i = 0; i < 4; ++i)
      score[static_cast<std::size_t>(i)] = (shuffled ? 0 : ranker * i) + stream.normal();
    std::sort(order.begin(), order.end(), [&](int a, int b) {
      return score[static_cast<std::size_t>(a)] > score[static_cast<std::size_t>(b)];
    });
    for (std::size_t k = 0; k < 4; ++k) {
      kind.push_back("kind " + std::to_string(order[k]));
      position.push_back(static_cast<std::uint8_t>(k + 1)), random.push_back(shuffled);
      truth.push_back(kAttraction[order[k]]);
      click.push_back(stream.uniform() < truth.back() / static_cast<double>(k + 1));
    }
  }
  Frame::Builder b;
  b.add("kind", kind, {.role = Role::feature})
      .add("position", std::move(position), {.role = Role::feature});
  b.add_boolean("random_slate", std::move(random)).add("attraction", std::move(truth));
  b.add("click", std::move(click), {.role = Role::label});
  return *std::move(b).build();
}

// Greatest relative error of the four attractions.
double worst_attraction(const Frame& log, PositionMethod method) {
  models::PositionOptions o;
  o.method = method, o.learner.lambda2 = 0;
  const auto model = models::train_position(log, o);
  REQUIRE(model);
  const auto scores = (*model)->score(log);
  REQUIRE(scores);
  double worst = 0;
  for (std::size_t row = 0; row < 400; ++row)
    worst = std::max(worst, std::abs((*scores)[row] / log.find("attraction")->number(row) - 1));
  return worst;
}

}  // namespace

TEST_CASE(
    "position: the best examination is the closed form's for one attraction, and a grid's else") {
  // n rows of one γ: θ = c / (n γ).
  const std::vector<double> same(90, 0.2);
  CHECK(models::best_examination(10, same) == Approx(10 / (100 * 0.2)).epsilon(1e-6));
  CHECK(models::best_examination(0, same) == 0);
  CHECK(models::best_examination(60, same) == 1);
  std::vector<double> gamma;
  Stream stream(2, "test.gamma");
  for (int i = 0; i < 200; ++i) gamma.push_back(0.05 + 0.5 * stream.uniform());
  const double best = models::best_examination(20, gamma);
  const auto likelihood = [&](double theta) {
    double sum = 20 * std::log(theta);
    for (const double g : gamma) sum += std::log(1 - theta * g);
    return sum;
  };
  for (double theta = 0.01; theta < 1; theta += 0.01)
    CHECK(likelihood(theta) <= likelihood(best) + 1e-9);
}

TEST_CASE("position: EM finds the curve that click rates exaggerate") {
  const Frame log = ranked_log(30000, 1.2);
  const auto naive = models::click_rate_curve(log),
             random = models::click_rate_curve(log, "click", "position", "random_slate");
  REQUIRE(naive);
  REQUIRE(random);
  models::PositionOptions o;
  const auto model = models::train_position(log, o);
  REQUIRE(model);
  for (std::size_t k = 1; k < 4; ++k) {
    const double truth = 1 / static_cast<double>(k + 1);
    CHECK(naive->examination[k] < 0.8 * truth);
    CHECK(random->examination[k] == Approx(truth).epsilon(0.15));
    CHECK((*model)->examination()[k] == Approx(truth).epsilon(0.08));
  }
  CHECK((*model)->examination()[0] == 1);
}

TEST_CASE(
    "position: attraction is recovered by EM and by weights, and not from clicks as they are") {
  const Frame log = ranked_log(30000, 1.2);
  CHECK(worst_attraction(log, PositionMethod::em) < 0.12);
  CHECK(worst_attraction(log, PositionMethod::ipw) < 0.2);
  CHECK(worst_attraction(log, PositionMethod::none) > 0.4);
}

TEST_CASE("position: one row's arithmetic is that of the model") {
  const Frame log = ranked_log(500, 1);
  const auto model = models::train_position(log);
  REQUIRE(model);
  for (const std::size_t row : {0U, 3U}) {
    const auto trail = (*model)->trail(log, row);
    REQUIRE(trail);
    const Column& v = *trail->find("value");
    const double theta = v.number(1), gamma = v.number(2);
    CHECK(theta == (*model)->examination()[row]);
    CHECK(v.number(3) == Approx(theta * gamma));
    CHECK(v.number(5) ==
          Approx(v.number(4) == 1 ? 1 : (1 - theta) * gamma / (1 - theta * gamma)).margin(1e-12));
  }
}

TEST_CASE("position: wrong tables are errors with their place") {
  const Frame log = ranked_log(50, 1);
  const std::vector<std::string> few = {"kind", "click"};
  CHECK(models::train_position(*log.select(few)).error().message.find("position") !=
        std::string::npos);
  models::PositionOptions o;
  o.method = PositionMethod::ipw, o.random = "nowhere";
  CHECK(models::train_position(log, o).error().message.find("random order") != std::string::npos);
  o.rounds = 0;
  CHECK_FALSE(models::train_position(log, o));
  CHECK_FALSE(models::click_rate_curve(log.slice(0, 0)));
}
