// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/ease.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/recommend/small_world.hpp"

using namespace rehearse;
using namespace rehearse::recommend;

TEST_CASE("ease: each column is the ridge regression of an item on all the others") {
  for (const std::size_t items : {1, 2, 7, 70}) {  // 70: more than one panel of columns
    const Interactions training = small_world(90, items, 11);
    const Dense counts = counts_of(training);
    const double lambda = 3;
    const auto model = fit_ease(training, {lambda}).value();
    for (std::uint32_t target = 0; target<items; target += items> 10 ? 13 : 1) {
      std::vector<std::uint32_t> others;
      for (std::uint32_t i = 0; i < items; ++i)
        if (i != target) others.push_back(i);
      Dense a(others.size(), std::vector<double>(others.size(), 0));
      std::vector<double> b(others.size(), 0);
      for (const auto& row : counts)
        for (std::size_t i = 0; i < others.size(); ++i) {
          if (row[others[i]] == 0) continue;
          for (std::size_t j = 0; j < others.size(); ++j) a[i][j] += row[others[j]] > 0;
          b[i] += row[target] > 0;
        }
      for (std::size_t i = 0; i < others.size(); ++i) a[i][i] += lambda;
      const auto due = solved(a, b);
      REQUIRE(model->weight(target, target) == 0);
      for (std::size_t i = 0; i < others.size(); ++i)
        REQUIRE(model->weight(others[i], target) == Approx(due[i]).margin(1e-9));
    }
  }
}

TEST_CASE("ease: a score is the sum of what the user's items say") {
  const Interactions training = small_world(30, 12, 4);
  const auto model = fit_ease(training, {10}).value();
  const auto scores = scores_of(*model, 6);
  for (std::uint32_t item = 0; item < training.items(); ++item) {
    double due = 0;
    for (const std::uint32_t had : training.items_of(6)) due += model->weight(had, item);
    CHECK(scores[item] == Approx(due).margin(1e-12));
  }
}

TEST_CASE("ease: too many items are refused before memory is taken") {
  const std::vector<std::uint32_t> user = {0}, item = {0};
  const auto training = Interactions::of(user, item, 1, 3'000'000).value();
  const auto model = fit_ease(training);
  REQUIRE_FALSE(model);
  CHECK(model.error().code == Code::limit);
  CHECK(model.error().message.find("3000000 × 3000000") != std::string::npos);
  CHECK(model.error().message.find("item-knn") != std::string::npos);
  CHECK(ease_bytes(1000) == 16'000'000);
}

TEST_CASE("ease: what it cannot do is refused") {
  const Interactions training = small_world(5, 5, 1);
  CHECK_FALSE(fit_ease(training, {0}));
  CHECK_FALSE(fit_ease(training, {std::nan("")}));
  CHECK_FALSE(fit_ease(Interactions()));
  std::stop_source source;
  source.request_stop();
  CHECK(fit_ease(training, {}, Progress(source.get_token(), {})).error().code == Code::cancelled);
}
