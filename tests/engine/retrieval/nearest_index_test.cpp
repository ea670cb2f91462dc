// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/nearest_index.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/retrieval/projection.hpp"
#include "tests/engine/retrieval/points.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

constexpr std::size_t kKindSize = 400, kKindDims = 8;

NearestIndex built_kind(IndexKind kind) {
  NearestOptions options;
  options.kind = kind;
  options.ivf.lists = 10, options.ivf.subspaces = 4;
  return *NearestIndex::build(clustered_numbers(1, kKindSize, kKindDims, 6), kKindDims, options);
}

}  // namespace

TEST_CASE("nearest index: with all effort every kind finds what a look at all finds") {
  const auto numbers = clustered_numbers(1, kKindSize, kKindDims, 6),
             query = drawn_numbers(8, kKindDims);
  const auto due = nearest_by_hand(*Vectors::of(numbers, kKindDims), query, 10);
  for (const IndexKind kind :
       {IndexKind::exact, IndexKind::hnsw, IndexKind::ivf, IndexKind::ivf_pq}) {
    INFO(index_name(kind));
    CHECK(*parse_index(index_name(kind)) == kind);
    const NearestIndex index = built_kind(kind);
    CHECK(*index.search(query, 10, {.ef = kKindSize, .probes = 10, .rerank = kKindSize}) == due);
    CHECK_FALSE(index.search(std::vector<float>{1}, 10, {}));
    CHECK(index.search(std::vector<float>(kKindDims, 0), 10, {})->empty());
  }
  CHECK(parse_index("tree").error().message.find("there is no index `tree`") == 0);
}

TEST_CASE("nearest index: work is what each kind really looks at") {
  const auto query = drawn_numbers(8, kKindDims);
  const auto work = [&](IndexKind kind, const NearestEffort& effort) {
    NearestWork done;
    NearestTrace trace;
    const auto found = built_kind(kind).search(query, 10, effort, &done, &trace);
    REQUIRE(found);
    return std::pair(done, trace);
  };
  CHECK(work(IndexKind::exact, {}).first.multiplications == kKindSize * kKindDims);
  const auto [walked, hops] = work(IndexKind::hnsw, {.ef = 20});
  CHECK(walked.multiplications == static_cast<double>(hops.visits.size() * kKindDims));
  CHECK(walked.jumps > static_cast<double>(hops.visits.size()));
  const auto [looked, cells] = work(IndexKind::ivf, {.probes = 3});
  double compared = 10;
  for (const Probe& probe : cells.probes) compared += static_cast<double>(probe.vectors);
  CHECK(looked.multiplications == compared * kKindDims);
  CHECK(looked.jumps == 3);
  const auto coded = work(IndexKind::ivf_pq, {.probes = 3, .rerank = 20}).first;
  CHECK(coded.multiplications == (10 + 256 + 20) * kKindDims);
  CHECK(coded.lookups == (compared - 10) * 4);
  CHECK(coded.jumps == 3 + 20);
}

TEST_CASE("projection: the axes are those of a stretched cloud, and the share is what they hold") {
  const auto noise = drawn_numbers(3, 3000);
  std::vector<float> points;  // spread 5 along (1, 1, 0), 2 along (0, 0, 1), 0.1 across
  for (std::size_t i = 0; i < 3000; i += 3) {
    const float along = 5 * noise[i] / std::sqrt(2.0F),
                across = 0.1F * noise[i + 1] / std::sqrt(2.0F);
    points.insert(points.end(), {along + across + 7, along - across, 2 * noise[i + 2]});
  }
  const auto projection = Projection::fit(points, 3);
  REQUIRE(projection);
  CHECK(projection->share() > 0.999);
  const auto origin = (*projection)(std::vector<float>{0, 0, 0}),
             step = (*projection)(std::vector<float>{1, 1, 0}),
             up = (*projection)(std::vector<float>{0, 0, 1});
  CHECK(step[0] - origin[0] == Approx(std::sqrt(2.0)).epsilon(0.01));
  CHECK(step[1] - origin[1] == Approx(0).margin(0.1));
  CHECK(up[1] - origin[1] == Approx(1).epsilon(0.01));
  CHECK(Projection::fit(std::vector<float>(8, 1), 2)->share() == 1);
  CHECK_FALSE(Projection::fit(points, 1));
  CHECK_FALSE(Projection::fit(std::vector<float>(), 2));
  CHECK_FALSE(Projection::fit(std::vector<float>{1, NAN}, 2));
}
