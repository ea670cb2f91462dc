// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/retrieval
//
// HNSW beside hnswlib at equal m, efConstruction and ef, and IVF-PQ beside FAISS at equal lists,
// probes and sub-spaces: build times, recall@10 and queries a second on one core, over clustered
// vectors of 64 numbers compared by cosine. Sizes may be given (`retrieval_hnsw_bench 10000`).
// Times are of the processor and not of the clock, so that what else runs is not counted.
#include "engine/retrieval/hnsw.hpp"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <set>

#include "engine/base/random.hpp"
#include "engine/retrieval/exact.hpp"
#include "engine/retrieval/ivf.hpp"
#include "tests/bench/bench.hpp"

#ifdef REHEARSE_HNSWLIB
#include <hnswlib/hnswlib.h>
#endif
#ifdef REHEARSE_FAISS
#include <faiss/IndexFlat.h>
#include <faiss/IndexIVFPQ.h>
#include <omp.h>
#endif

namespace {

using namespace rehearse;
using namespace rehearse::retrieval;

constexpr std::size_t kDims = 64, kQueries = 1'000, kTop = 10, kClusters = 100;
constexpr std::size_t kM = 16, kEfConstruction = 100, kLists = 128, kSubspaces = 16;
constexpr std::size_t kEfs[] = {10, 20, 40, 80, 160}, kProbes[] = {4, 16};
constexpr int kRuns = 5;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double busy_seconds(Work&& work) {
  const double begin = processor_seconds();
  work();
  return processor_seconds() - begin;
}

std::vector<float> drawn(const char* process, std::size_t count) {
  Stream centres(1, "bench.centre"), noise(1, process);
  std::vector<float> numbers, middle;
  for (std::size_t i = 0; i < kClusters * kDims; ++i)
    middle.push_back(static_cast<float>(centres.normal()));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t cluster = noise.below(kClusters);
    double squares = 0;
    for (std::size_t j = 0; j < kDims; ++j) {
      numbers.push_back(middle[cluster * kDims + j] + 0.7F * static_cast<float>(noise.normal()));
      squares += static_cast<double>(numbers.back()) * static_cast<double>(numbers.back());
    }
    for (std::size_t j = numbers.size() - kDims; j < numbers.size(); ++j)
      numbers[j] /= static_cast<float>(std::sqrt(squares));
  }
  return numbers;
}

struct World {
  std::vector<float> points, queries;
  std::vector<std::set<DocumentId>> truth;
  std::span<const float> query(std::size_t i) const {
    return std::span(queries).subspan(i * kDims, kDims);
  }
};

World world_of(std::size_t size) {
  World world{drawn("bench.points", size), drawn("bench.queries", kQueries), {}};
  const ExactIndex exact = *ExactIndex::over(world.points, kDims);
  for (std::size_t i = 0; i < kQueries; ++i) {
    auto& ids = world.truth.emplace_back();
    for (const Hit& hit : exact.search(world.query(i), kTop)) ids.insert(hit.document);
  }
  return world;
}

struct Rate {
  double recall = 0, per_second = 0;
};

// `found(i, each)` calls each(id) for what query i finds. Stretches of 50, each at its best.
template <class Found>
Rate rate_of(const World& world, Found&& found) {
  constexpr std::size_t kStretch = 50;
  double hits = 0, time = 0;
  for (std::size_t i = 0; i < kQueries; ++i)
    found(i, [&](std::size_t id) {
      hits += static_cast<double>(world.truth[i].count(static_cast<DocumentId>(id)));
    });
  for (std::size_t begin = 0; begin < kQueries; begin += kStretch) {
    double best = 1e9;
    for (int run = 0; run < kRuns; ++run)
      best = std::min(best, busy_seconds([&] {
                        for (std::size_t i = begin; i < begin + kStretch; ++i)
                          found(i, [](std::size_t id) { bench::keep(id); });
                      }));
    time += best;
  }
  return {hits / static_cast<double>(kQueries * kTop), static_cast<double>(kQueries) / time};
}

void print(const std::string& what, const Rate& rate) {
  bench::line(what + fmt::format(", recall {:.3f}", rate.recall), rate.per_second / 1e3,
              "k queries/s");
}

void hnsw(const World& world) {
  const std::size_t size = world.points.size() / kDims;
  Hnsw graph;
  const double built = busy_seconds([&] {
    graph = *Hnsw::build(*Vectors::of(world.points, kDims),
                         {.m = kM, .ef_construction = kEfConstruction});
  });
  bench::line("hnsw: build", built, "s");
  bench::line("  vectors that layer 0 does not reach", static_cast<double>(graph.unreachable()),
              "");
  WalkScratch scratch;
  const auto ours = [&](std::size_t ef) {
    return rate_of(world, [&](std::size_t i, auto&& each) {
      for (const Hit& hit : *graph.search(world.query(i), kTop, {.ef = ef}, scratch))
        each(hit.document);
    });
  };
#ifdef REHEARSE_HNSWLIB
  hnswlib::InnerProductSpace space(kDims);
  hnswlib::HierarchicalNSW<float> peer(&space, size, kM, kEfConstruction);
  const double peer_built = busy_seconds([&] {
    for (std::size_t id = 0; id < size; ++id) peer.addPoint(world.points.data() + id * kDims, id);
  });
  bench::line("  peer: hnswlib, build", peer_built, "s");
  bench::line("  ours over theirs", built / peer_built, "times", bench::at_most(1.5));
  for (const std::size_t ef : kEfs) {
    const Rate own = ours(ef);
    peer.setEf(ef);
    const Rate theirs = rate_of(world, [&](std::size_t i, auto&& each) {
      auto found = peer.searchKnn(world.query(i).data(), kTop);
      for (; !found.empty(); found.pop()) each(found.top().second);
    });
    print(fmt::format("hnsw: ef {}", ef), own);
    print("  peer: hnswlib", theirs);
    bench::line("  ours of theirs", own.per_second / theirs.per_second, "",
                own.recall >= 0.95 ? bench::at_least(0.7) : bench::Limit());
  }
#else
  static_cast<void>(size);
  for (const std::size_t ef : kEfs) print(fmt::format("hnsw: ef {}", ef), ours(ef));
  fmt::print("peer: hnswlib is not installed (libhnswlib-dev)\n");
#endif
}

void ivf_pq(const World& world) {
  Ivf index;
  bench::line("ivf-pq: build", busy_seconds([&] {
                index = *Ivf::build(*Vectors::of(world.points, kDims),
                                    {.lists = kLists, .subspaces = kSubspaces});
              }),
              "s");
  ProbeScratch scratch;
  for (const std::size_t probes : kProbes)
    for (const std::size_t rerank : {std::size_t{0}, std::size_t{100}})
      print(fmt::format("ivf-pq: {} probes{}", probes, rerank ? ", 100 again" : ""),
            rate_of(world, [&](std::size_t i, auto&& each) {
              for (const Hit& hit : *index.search(world.query(i), kTop,
                                                  {.probes = probes, .rerank = rerank}, scratch))
                each(hit.document);
            }));
#ifdef REHEARSE_FAISS
  omp_set_num_threads(1);
  const auto size = static_cast<faiss::Index::idx_t>(world.points.size() / kDims);
  faiss::IndexFlatIP coarse(kDims);
  faiss::IndexIVFPQ peer(&coarse, kDims, kLists, kSubspaces, 8, faiss::METRIC_INNER_PRODUCT);
  bench::line("  peer: FAISS, build", busy_seconds([&] {
                peer.train(size, world.points.data());
                peer.add(size, world.points.data());
              }),
              "s");
  for (const std::size_t probes : kProbes) {
    peer.nprobe = probes;
    print(fmt::format("  peer: FAISS, {} probes", probes),
          rate_of(world, [&](std::size_t i, auto&& each) {
            float scores[kTop];
            faiss::Index::idx_t ids[kTop];
            peer.search(1, world.query(i).data(), kTop, scores, ids);
            for (const auto id : ids) each(static_cast<std::size_t>(id));
          }));
  }
#else
  fmt::print("peer: FAISS is not installed (libfaiss-dev)\n");
#endif
}

}  // namespace

int main(int count, char** arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::vector<std::size_t> sizes;
  for (int i = 1; i < count; ++i)
    sizes.push_back(static_cast<std::size_t>(std::max(1000L, std::atol(arguments[i]))));
  if (sizes.empty()) sizes = {10'000, 50'000};
  for (const std::size_t size : sizes) {
    fmt::print("{} vectors of {} numbers\n", size, kDims);
    const World world = world_of(size);
    hnsw(world);
    if (size == sizes.front()) ivf_pq(world);  // FAISS trains for long
  }
}
