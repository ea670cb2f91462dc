// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/embedding.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

Vectors gaussian(std::size_t n, std::size_t dims, std::uint64_t replicate, double mean = 0) {
  Vectors v{dims, {}};
  Stream stream(2, "test.embedding", replicate);
  for (std::size_t i = 0; i < n * dims; ++i) v.values.push_back(stream.normal(mean, 1));
  return v;
}

}  // namespace

TEST_CASE("embedding: the mean shift's p-value by permutation is uniform when nothing moved") {
  int below = 0;
  for (std::uint64_t turn = 0; turn < 200; ++turn)
    below +=
        mean_shift(gaussian(20, 3, 2 * turn), gaussian(25, 3, 2 * turn + 1), 99, 1, turn)->p <= 0.1;
  CHECK(below / 200.0 == Approx(0.1).margin(0.065));  // three standard errors
  CHECK(mean_shift(gaussian(50, 3, 1), gaussian(50, 3, 2, 1), 199, 1)->p == Approx(1 / 200.0));
}

TEST_CASE("embedding: the statistic is that of two means in one dimension") {
  const Vectors a{1, {1, 2, 3}}, b{1, {5, 7}};
  CHECK(mean_shift(a, b, 9, 1)->statistic == Approx(3.0 * 2 / 5 * 16));
}

TEST_CASE("embedding: nearest neighbours and recall by brute force") {
  const Vectors items = gaussian(60, 4, 5), queries = gaussian(7, 4, 6);
  std::vector<std::vector<std::uint32_t>> relevant;
  for (std::size_t q = 0; q < 7; ++q) {
    std::vector<std::pair<double, std::uint32_t>> all;
    for (std::uint32_t i = 0; i < 60; ++i)
      all.emplace_back(-cosine(items.row(i), queries.row(q)), i);
    std::sort(all.begin(), all.end());
    const auto found = nearest(items, queries.row(q), 10);
    for (std::size_t k = 0; k < 10; ++k) CHECK(found[k] == all[k].second);
    relevant.push_back({all[0].second, all[30].second});
  }
  CHECK(*recall_at(items, queries, relevant, 10) == Approx(0.5));
  CHECK(*recall_at(items, queries, relevant, 60) == 1);
  CHECK(nearest(items, queries.row(0), 99).size() == 60);
}

TEST_CASE("embedding: empty sides, other dimensions, values without length") {
  CHECK_FALSE(mean_shift({3, {}}, gaussian(5, 3, 1), 9, 1));
  CHECK_FALSE(mean_shift(gaussian(5, 2, 1), gaussian(5, 3, 1), 9, 1));
  CHECK(mean_shift({1, {1, NAN}}, {1, {1}}, 9, 1).error().message.find("vector 2") !=
        std::string::npos);
  const std::vector<double> zero = {0, 0}, one = {1, 0};
  CHECK(std::isnan(cosine(zero, one)));
  const std::vector<std::vector<std::uint32_t>> none(5), wrong(5, {99});
  CHECK_FALSE(recall_at(gaussian(9, 2, 1), gaussian(5, 2, 2), none, 3));
  CHECK_FALSE(recall_at(gaussian(9, 2, 1), gaussian(5, 2, 2), wrong, 3));
  CHECK_FALSE(recall_at(gaussian(9, 2, 1), gaussian(5, 2, 2), none, 0));
}
