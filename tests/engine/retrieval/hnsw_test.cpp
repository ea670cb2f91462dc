// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/hnsw.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "tests/engine/retrieval/points.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

constexpr std::size_t kWalkDims = 24, kWalkPoints = 1500, kWalkQueries = 40, kWalkTop = 10;

Vectors points_of_graph(Similarity similarity = Similarity::cosine) {
  return *Vectors::of(clustered_numbers(1, kWalkPoints, kWalkDims, 12), kWalkDims, similarity);
}

std::vector<float> walk_query(std::size_t i) {
  static const auto all = clustered_numbers(2, kWalkQueries, kWalkDims, 12);
  const auto begin = all.begin() + static_cast<std::ptrdiff_t>(i * kWalkDims);
  return {begin, begin + static_cast<std::ptrdiff_t>(kWalkDims)};
}

// Mean over the queries of the share of the true ten.
double walk_recall(const Hnsw& graph, const Vectors& truth, std::size_t ef) {
  WalkScratch scratch;
  double sum = 0;
  for (std::size_t q = 0; q < kWalkQueries; ++q)
    sum += recall_of(*graph.search(walk_query(q), kWalkTop, {.ef = ef}, scratch),
                     nearest_by_hand(truth, walk_query(q), kWalkTop));
  return sum / static_cast<double>(kWalkQueries);
}

}  // namespace

TEST_CASE("hnsw: recall grows with ef, and is near 1 for a fraction of the comparisons") {
  const Vectors vectors = points_of_graph();
  const auto graph = Hnsw::build(vectors, {.m = 12, .ef_construction = 100});
  REQUIRE(graph);
  CHECK(walk_recall(*graph, vectors, 100) > 0.98);
  CHECK(walk_recall(*graph, vectors, 100) > walk_recall(*graph, vectors, 10));
  WalkWork work;
  WalkScratch scratch;
  for (std::size_t q = 0; q < kWalkQueries; ++q)
    REQUIRE(graph->search(walk_query(q), kWalkTop, {.ef = 50, .work = &work}, scratch));
  CHECK(work.products < kWalkQueries * kWalkPoints / 3);
  CHECK(work.hops <= work.products);
}

TEST_CASE("hnsw: with ef as great as the graph all that can be reached is found, in exact order") {
  const Vectors vectors = points_of_graph(Similarity::inner_product);
  const auto graph = Hnsw::build(vectors, {.m = 16, .ef_construction = 200});
  REQUIRE(graph);
  REQUIRE(graph->unreachable() == 0);
  WalkScratch scratch;
  for (std::size_t q = 0; q < 5; ++q) {
    const auto hits = *graph->search(walk_query(q), 50, {.ef = kWalkPoints}, scratch);
    CHECK(std::vector<Hit>(hits.begin(), hits.end()) ==
          nearest_by_hand(vectors, walk_query(q), 50));
  }
}

TEST_CASE("hnsw: links keep their bounds, point to others, and layers thin out") {
  const auto graph = Hnsw::build(points_of_graph(), {.m = 6, .ef_construction = 60});
  REQUIRE(graph);
  std::map<unsigned, std::size_t> on_layer;
  for (DocumentId id = 0; id < kWalkPoints; ++id)
    for (unsigned layer = 0; layer <= graph->top_layer(id); ++layer) {
      ++on_layer[layer];
      const auto links = graph->links(id, layer);
      CHECK(links.size() <= (layer == 0 ? 12 : 6));
      std::set<DocumentId> different(links.begin(), links.end());
      CHECK(different.size() == links.size());
      CHECK(different.count(id) == 0);
      for (const DocumentId other : links) CHECK(graph->top_layer(other) >= layer);
    }
  CHECK(graph->layers() == on_layer.rbegin()->first + 1);
  // A sixth of a layer is expected on the next: 1500 draws, six standard deviations.
  CHECK(static_cast<double>(on_layer[1]) == Approx(kWalkPoints / 6.0).margin(100));
  CHECK(graph->unreachable() <= kWalkPoints / 200);
}

TEST_CASE("hnsw: a graph no larger than its links joins all with all") {
  const auto vectors = *Vectors::of(drawn_numbers(9, 8 * 5), 5);
  const auto graph = Hnsw::build(vectors, {.m = 8});
  REQUIRE(graph);
  for (DocumentId a = 0; a < 8; ++a) CHECK(graph->links(a, 0).size() == 7);
}

TEST_CASE("hnsw: what is removed or filtered out is not returned, and what remains is found") {
  const Vectors vectors = points_of_graph();
  auto graph = *Hnsw::build(vectors, {.m = 12, .ef_construction = 100});
  for (DocumentId id = 0; id < kWalkPoints; id += 3) REQUIRE(graph.remove(id));
  std::vector<std::uint8_t> allowed(kWalkPoints, 0);
  for (DocumentId id = 0; id < kWalkPoints; id += 5) allowed[id] = 1;
  const auto there = [&](DocumentId id) { return id % 3 != 0 && id % 5 == 0; };
  WalkScratch scratch;
  double sum = 0;
  for (std::size_t q = 0; q < kWalkQueries; ++q) {
    const auto hits =
        *graph.search(walk_query(q), kWalkTop, {.ef = 60, .allowed = allowed}, scratch);
    CHECK(hits.size() == kWalkTop);
    for (const Hit& hit : hits) CHECK(there(hit.document));
    sum += recall_of(hits, nearest_by_hand(vectors, walk_query(q), kWalkTop, there));
    const auto left = *graph.search(walk_query(q), kWalkTop, {.ef = 60}, scratch);
    for (const Hit& hit : left) CHECK_FALSE(graph.removed(hit.document));
  }
  CHECK(sum / static_cast<double>(kWalkQueries) > 0.98);
  CHECK(graph.remove(3).error().message.find("vector 3 is removed already") == 0);
  CHECK(graph.remove(kWalkPoints).error().code == Code::not_found);
}

TEST_CASE("hnsw: a filter that lets few through finds those few") {
  const Vectors vectors = points_of_graph();
  const auto graph = *Hnsw::build(vectors);
  std::vector<std::uint8_t> allowed(kWalkPoints, 0);
  allowed[7] = allowed[1400] = 1;
  WalkScratch scratch;
  const auto hits = *graph.search(walk_query(0), kWalkTop, {.allowed = allowed}, scratch);
  const auto due = nearest_by_hand(vectors, walk_query(0), kWalkTop,
                                   [](DocumentId id) { return id == 7 || id == 1400; });
  CHECK(std::vector<Hit>(hits.begin(), hits.end()) == due);
  CHECK_FALSE(graph.search(walk_query(0), 1, {.allowed = std::span(allowed).first(5)}, scratch));
}

TEST_CASE("hnsw: the trace holds every comparison, each from a vector that was seen before") {
  const auto graph = *Hnsw::build(points_of_graph(), {.m = 8, .ef_construction = 60});
  WalkScratch scratch;
  WalkWork work;
  std::vector<Visit> trace;
  const auto hits =
      *graph.search(walk_query(3), kWalkTop, {.ef = 20, .work = &work, .trace = &trace}, scratch);
  CHECK(trace.size() == work.products);
  REQUIRE_FALSE(trace.empty());
  CHECK(trace.front().node == trace.front().from);
  CHECK(trace.front().layer + 1 == graph.layers());
  CHECK(trace.back().layer == 0);
  std::set<DocumentId> seen{trace.front().node};
  for (std::size_t i = 1; i < trace.size(); ++i) {
    CHECK(trace[i].layer <= trace[i - 1].layer);
    CHECK(seen.count(trace[i].from) == 1);
    const auto links = graph.links(trace[i].from, trace[i].layer);
    CHECK(std::count(links.begin(), links.end(), trace[i].node) == 1);
    seen.insert(trace[i].node);
  }
  for (const Hit& hit : hits) CHECK(seen.count(hit.document) == 1);
}

TEST_CASE("hnsw: the same seed gives the same graph, another seed another") {
  const Vectors vectors = points_of_graph();
  const auto one = *Hnsw::build(vectors, {.ef_construction = 40}),
             again = *Hnsw::build(vectors, {.ef_construction = 40}),
             other = *Hnsw::build(vectors, {.ef_construction = 40, .seed = 2});
  bool differs = false;
  for (DocumentId id = 0; id < kWalkPoints; ++id) {
    const auto a = one.links(id, 0), b = again.links(id, 0);
    CHECK(std::equal(a.begin(), a.end(), b.begin(), b.end()));
    differs = differs || one.top_layer(id) != other.top_layer(id);
  }
  CHECK(differs);
}

TEST_CASE("hnsw: halves and bytes lose little and weigh less") {
  const Vectors vectors = points_of_graph();
  const auto floats = *Hnsw::build(vectors, {.ef_construction = 60}),
             halves = *Hnsw::build(vectors, {.ef_construction = 60, .storage = Storage::float16}),
             bytes = *Hnsw::build(vectors, {.ef_construction = 60, .storage = Storage::int8});
  CHECK(walk_recall(halves, vectors, 100) > 0.98);
  CHECK(walk_recall(bytes, vectors, 100) > 0.93);
  CHECK(floats.bytes() - halves.bytes() == kWalkPoints * kWalkDims * 2);
  CHECK(halves.bytes() > bytes.bytes());
}

TEST_CASE("hnsw: none, one, equal vectors and the origin are no trouble") {
  WalkScratch scratch;
  const std::vector<float> query{1, 1};
  const auto none = Hnsw::build(*Vectors::of(std::vector<float>(), 2));
  REQUIRE(none);
  CHECK(none->search(query, 5, {}, scratch)->empty());
  CHECK(none->layers() == 0);
  const auto one = Hnsw::build(*Vectors::of(std::vector<float>{1, 0}, 2));
  CHECK(one->search(query, 5, {}, scratch)->size() == 1);
  CHECK(one->search(query, 0, {}, scratch)->empty());
  const auto equal = Hnsw::build(*Vectors::of(std::vector<float>(400, 1), 2), {.m = 4});
  const auto hits = *equal->search(query, 5, {}, scratch);
  CHECK(hits.size() == 5);
  for (const Hit& hit : hits) CHECK(hit.score == Approx(1));
  const auto origin = Hnsw::build(*Vectors::of(std::vector<float>{0, 0, 1, 0, 0, 0, 0, 1}, 2));
  CHECK(origin->search(query, 5, {}, scratch)->size() == 2);
  CHECK(origin->search(std::vector<float>{0, 0}, 5, {}, scratch)->empty());
  CHECK(Hnsw::build(*Vectors::of(std::vector<float>{0, 0}, 2))
            ->search(query, 5, {}, scratch)
            ->empty());
}

TEST_CASE("hnsw: what cannot be built or asked is told") {
  const auto vectors = *Vectors::of(std::vector<float>{1, 0, 0, 1}, 2);
  CHECK(Hnsw::build(vectors, {.m = 1}).error().message.find("m is 1") == 0);
  CHECK(Hnsw::build(vectors, {.m = 300}).error().message.find("m is 300") == 0);
  CHECK(Hnsw::build(vectors, {.ef_construction = 0}).error().message.find("ef_construction") == 0);
  std::stop_source stop;
  stop.request_stop();
  CHECK(Hnsw::build(vectors, {}, Progress(stop.get_token(), {})).error().code == Code::cancelled);
  const auto graph = *Hnsw::build(vectors);
  WalkScratch scratch;
  CHECK(
      graph.search(std::vector<float>{1}, 1, {}, scratch).error().message.find("the query has 1") ==
      0);
  CHECK_FALSE(graph.search(std::vector<float>{1, NAN}, 1, {}, scratch));
}
