// SPDX-License-Identifier: GPL-3.0-or-later
//
// The recommenders and their metrics against scikit-learn (tests/oracles/recommend).
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/recommend/als.hpp"
#include "engine/recommend/ease.hpp"
#include "engine/recommend/evaluate.hpp"
#include "engine/recommend/item_knn.hpp"
#include "tests/engine/recommend/small_world.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

const Json& made() {
  static const Json json = oracle::read("recommend/recommend.json");
  return json;
}

Interactions given() {
  const auto user = made()["users"].get<std::vector<std::uint32_t>>(),
             item = made()["items"].get<std::vector<std::uint32_t>>();
  return Interactions::of(user, item, 40, 18).value();
}

}  // namespace

TEST_CASE("second library: EASE has the weights of one ridge regression an item") {
  const Json& due = made()["ease"];
  const auto model = fit_ease(given(), {.lambda = due["lambda"].get<double>()}).value();
  for (std::uint32_t i = 0; i < 18; ++i)
    for (std::uint32_t j = 0; j < 18; ++j)
      CHECK(model->weight(i, j) == Approx(due["weights"][i][j].get<double>()).margin(1e-10));
}

TEST_CASE("second library: item-kNN without shrinkage has the cosines") {
  const auto model = fit_item_knn(given(), {.neighbours = 18, .shrinkage = 0}).value();
  for (std::uint32_t i = 0; i < 18; ++i) {
    std::size_t similar = 0;
    for (std::uint32_t j = 0; j < 18; ++j)
      similar += i != j && made()["cosine"][i][j].get<double>() > 0;
    CHECK(model->neighbours_of(i).size() == similar);
    for (const Neighbour& near : model->neighbours_of(i))
      CHECK(near.similarity == Approx(made()["cosine"][i][near.item].get<double>()).margin(1e-12));
  }
}

TEST_CASE("second library: ALS comes down to the loss and the scores of weighted ridges") {
  const Json& due = made()["als"];
  AlsOptions options{.factors = due["factors"].get<std::size_t>(),
                     .iterations = 400,
                     .alpha = due["alpha"].get<double>(),
                     .lambda = due["lambda"].get<double>()};
  std::shared_ptr<const Als> best;  // the problem has valleys beside the deepest
  for (options.seed = 1; options.seed <= 8; ++options.seed) {
    const auto model = fit_als(given(), options).value();
    if (!best || model->losses().back() < best->losses().back()) best = model;
  }
  CHECK(best->losses().back() == Approx(due["loss"].get<double>()).epsilon(1e-8));
  for (std::uint32_t u = 0; u < 40; ++u)
    for (std::uint32_t i = 0; i < 18; ++i)
      CHECK(scores_of(*best, u)[i] == Approx(due["scores"][u][i].get<double>()).margin(1e-4));
}

TEST_CASE("second library: nDCG and average precision of lists") {
  const Interactions training = given();
  const auto model = fit_ease(training, {.lambda = made()["ease"]["lambda"].get<double>()}).value();
  std::vector<std::uint32_t> user, item;
  for (const Json& list : made()["lists"])
    for (const Json& relevant : list["relevant"])
      user.push_back(list["user"].get<std::uint32_t>()),
          item.push_back(relevant.get<std::uint32_t>());
  const auto test = Interactions::of(user, item, 40, 18).value();
  const Evaluation measured = evaluate(*model, test, 5).value();
  REQUIRE(measured.users.size() == made()["lists"].size());
  REQUIRE(measured.users.size() >= 5);
  for (std::size_t n = 0; n < measured.users.size(); ++n) {
    CHECK(measured.users[n].ndcg == Approx(made()["lists"][n]["ndcg"].get<double>()));
    CHECK(measured.users[n].average_precision == Approx(made()["lists"][n]["ap"].get<double>()));
  }
}
