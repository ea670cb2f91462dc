// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/exact.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "engine/base/random.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

TEST_CASE("exact search: the order is that of inner products, one by one") {
  Stream stream(1, "test.points");
  constexpr std::size_t kPoints = 500, kDims = 17;
  std::vector<float> points, query;
  for (std::size_t i = 0; i < kPoints * kDims; ++i)
    points.push_back(static_cast<float>(stream.normal()));
  for (std::size_t i = 0; i < kDims; ++i) query.push_back(static_cast<float>(stream.normal()));
  std::vector<Hit> due;
  for (DocumentId id = 0; id < kPoints; ++id) {
    double product = 0;
    for (std::size_t i = 0; i < kDims; ++i)
      product += static_cast<double>(points[id * kDims + i]) * static_cast<double>(query[i]);
    due.push_back({id, product});
  }
  std::sort(due.begin(), due.end(), before);
  const auto index = ExactIndex::over(points, kDims);
  REQUIRE(index);
  for (const std::size_t k : {std::size_t{1}, std::size_t{10}, std::size_t{1000}}) {
    const auto hits = index->search(query, k);
    REQUIRE(hits.size() == std::min(k, kPoints));
    for (std::size_t i = 0; i < hits.size(); ++i) {
      CHECK(hits[i].document == due[i].document);
      CHECK(hits[i].score == Approx(due[i].score).margin(1e-5));
    }
  }
  CHECK(index->search(query, 0).empty());
}

TEST_CASE("exact search: ties keep the order of points, and the origin is left out") {
  const auto index = ExactIndex::over({1, 0, 0, 0, 0, 1, 1, 0, -1, 0}, 2);
  REQUIRE(index);
  CHECK(index->size() == 5);
  const auto hits = index->search(std::vector<float>{2, 0}, 10);
  CHECK(hits == std::vector<Hit>{{0, 2.0}, {3, 2.0}, {2, 0.0}, {4, -2.0}});
  CHECK(index->search(std::vector<float>{2, 0}, 1) == std::vector<Hit>{{0, 2.0}});
  CHECK(index->search(std::vector<float>{0, 0}, 10).empty());
}

TEST_CASE("exact search: what is no set of points is refused") {
  CHECK_FALSE(ExactIndex::over({1, 2, 3}, 2));
  CHECK_FALSE(ExactIndex::over({1, 2}, 0));
  const auto wrong = ExactIndex::over({1, 2, 3, std::numeric_limits<float>::quiet_NaN()}, 2);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("point 2") == 0);
}
