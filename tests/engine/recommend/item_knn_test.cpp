// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/item_knn.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/recommend/popularity.hpp"
#include "tests/engine/recommend/small_world.hpp"

using namespace rehearse;
using namespace rehearse::recommend;

TEST_CASE("popularity: an item's score is how many users had it, however often") {
  const Interactions training = small_world(15, 9, 2);
  const Dense counts = counts_of(training);
  const auto model = fit_popularity(training);
  const auto scores = scores_of(*model, 0);
  for (std::uint32_t i = 0; i < training.items(); ++i) {
    double users = 0;
    for (const auto& row : counts) users += row[i] > 0;
    CHECK(scores[i] == users);
  }
  CHECK(model->bytes() >= 9 * sizeof(double));
}

TEST_CASE("item-kNN: scores are those of the dense cosine, cut to the nearest") {
  const Interactions training = small_world(25, 14, 3);
  const Dense counts = counts_of(training);
  const std::size_t items = training.items();
  const ItemKnnOptions options{4, 1.5};
  const auto model = fit_item_knn(training, options).value();
  Dense similarity(items, std::vector<double>(items, 0));
  std::vector<double> users(items, 0);
  for (const auto& row : counts)
    for (std::size_t i = 0; i < items; ++i) {
      users[i] += row[i] > 0;
      for (std::size_t j = 0; j < items; ++j)
        if (i != j) similarity[i][j] += row[i] > 0 && row[j] > 0;
    }
  for (std::size_t i = 0; i < items; ++i)
    for (std::size_t j = 0; j < items; ++j)
      similarity[i][j] /= std::sqrt(users[i] * users[j]) + options.shrinkage;
  for (std::uint32_t u = 0; u < training.users(); ++u) {
    const auto scores = scores_of(*model, u);
    for (std::uint32_t i = 0; i < items; ++i) {
      std::vector<std::uint32_t> order;
      for (std::uint32_t j = 0; j < items; ++j)
        if (similarity[i][j] > 0) order.push_back(j);
      std::stable_sort(order.begin(), order.end(),
                       [&](auto a, auto b) { return similarity[i][a] > similarity[i][b]; });
      order.resize(std::min(order.size(), options.neighbours));
      double due = 0;
      for (const std::uint32_t j : order) due += counts[u][j] > 0 ? similarity[i][j] : 0;
      REQUIRE(scores[i] == Approx(due).margin(1e-12));
    }
  }
}

TEST_CASE("item-kNN: items without a common user are no neighbours, whatever K is") {
  const std::vector<std::uint32_t> user = {0, 0, 1, 2}, item = {0, 1, 2, 2};
  const auto model = fit_item_knn(Interactions::of(user, item, 3, 4).value(), {100, 0}).value();
  REQUIRE(model->neighbours_of(0).size() == 1);
  CHECK(model->neighbours_of(0)[0] == Neighbour{1, 1.0});
  CHECK(model->neighbours_of(2).empty());
  CHECK(model->neighbours_of(3).empty());
}

TEST_CASE("item-kNN: options out of range are refused, and a stop is heard") {
  const Interactions training = small_world(5, 5, 1);
  CHECK_FALSE(fit_item_knn(training, {0, 0}));
  CHECK_FALSE(fit_item_knn(training, {5, -1}));
  CHECK_FALSE(fit_item_knn(training, {5, std::nan("")}));
  std::stop_source source;
  source.request_stop();
  CHECK(fit_item_knn(training, {}, Progress(source.get_token(), {})).error().code ==
        Code::cancelled);
}

TEST_CASE("item-kNN of counts: exact counts give what the interactions give; bad ones are told") {
  const Interactions training = small_world(25, 14, 3);
  const Dense dense = counts_of(training);
  std::vector<double> counts(14 * 14, 0);
  for (const auto& row : dense)
    for (std::size_t i = 0; i < 14; ++i)
      for (std::size_t j = 0; j < 14; ++j) counts[i * 14 + j] += row[i] > 0 && row[j] > 0;
  const auto plain = fit_item_knn(training, {5, 2}).value();
  const auto given = item_knn_of_counts(training, counts, {5, 2}).value();
  for (std::uint32_t item = 0; item < 14; ++item) {
    const auto a = plain->neighbours_of(item), b = given->neighbours_of(item);
    REQUIRE(a.size() == b.size());
    for (std::size_t n = 0; n < a.size(); ++n) {
      CHECK(a[n].item == b[n].item);
      CHECK(a[n].similarity == Approx(b[n].similarity));
    }
  }
  counts[3] = -4;  // as noise may make it: no neighbour
  const auto noisy = item_knn_of_counts(training, counts, {14, 2}).value();
  for (const Neighbour& near : noisy->neighbours_of(0)) CHECK(near.item != 3);
  counts[3] = std::nan("");
  CHECK(item_knn_of_counts(training, counts, {}).error().message.find("items 0 and 3") !=
        std::string::npos);
  CHECK(item_knn_of_counts(training, {}, {}).error().message.find("196 are due") !=
        std::string::npos);
}
