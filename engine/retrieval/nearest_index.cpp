// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/nearest_index.hpp"

#include <algorithm>

#include "engine/retrieval/top_hits.hpp"

namespace rehearse::retrieval {
namespace {

constexpr std::pair<IndexKind, const char*> kIndexNames[] = {{IndexKind::exact, "exact"},
                                                             {IndexKind::hnsw, "hnsw"},
                                                             {IndexKind::ivf, "ivf"},
                                                             {IndexKind::ivf_pq, "ivf-pq"}};

std::vector<Hit> copied(std::span<const Hit> hits) { return {hits.begin(), hits.end()}; }

}  // namespace

const char* index_name(IndexKind kind) {
  return std::find_if(std::begin(kIndexNames), std::end(kIndexNames),
                      [kind](const auto& named) { return named.first == kind; })
      ->second;
}

Result<IndexKind> parse_index(const std::string& name) {
  for (const auto& [kind, word] : kIndexNames)
    if (name == word) return kind;
  return fail(Code::invalid_argument, "there is no index `{}`; there are exact, hnsw, ivf, ivf-pq",
              name);
}

const char* storage_name(Storage storage) {
  return storage == Storage::float32 ? "float32" : storage == Storage::float16 ? "float16" : "int8";
}

Result<NearestIndex> NearestIndex::build(std::span<const float> numbers, std::size_t dims,
                                         const NearestOptions& options, const Progress& progress) {
  NearestIndex index;
  index.options_ = options;
  auto vectors = Vectors::of(numbers, dims, options.similarity,
                             options.kind == IndexKind::exact ? options.storage : Storage::float32);
  if (!vectors) return fail(vectors.error());
  index.size_ = vectors->size(), index.dims_ = dims;
  if (options.kind == IndexKind::exact) {
    index.held_ = *std::move(vectors);
  } else if (options.kind == IndexKind::hnsw) {
    HnswOptions hnsw = options.hnsw;
    hnsw.storage = options.storage, hnsw.seed = options.seed;
    auto graph = Hnsw::build(*std::move(vectors), hnsw, progress);
    if (!graph) return fail(graph.error());
    index.held_ = *std::move(graph);
  } else {
    IvfOptions ivf = options.ivf;
    ivf.storage = options.storage, ivf.seed = options.seed;
    if (options.kind == IndexKind::ivf) ivf.subspaces = 0;
    if (options.kind == IndexKind::ivf_pq && ivf.subspaces == 0)
      return fail(Code::invalid_argument, "ivf-pq needs sub-spaces; 8 is a beginning");
    auto cells = Ivf::build(*vectors, ivf, progress);
    if (!cells) return fail(cells.error());
    index.held_ = *std::move(cells);
  }
  return index;
}

std::size_t NearestIndex::bytes() const {
  return std::visit([](const auto& held) { return held.bytes(); }, held_);
}

Result<std::vector<Hit>> NearestIndex::scan(std::span<const float> query, std::size_t k,
                                            NearestWork* work) const {
  const Vectors& vectors = std::get<Vectors>(held_);
  std::vector<float> prepared;
  if (auto fine = vectors.prepare(query, prepared); !fine) return fail(fine.error());
  if (at_origin(query)) return std::vector<Hit>();
  TopHits best(k);
  for (DocumentId id = 0; id < vectors.size(); ++id)
    if (!vectors.at_origin(id))
      best.offer({id, static_cast<double>(vectors.product(id, prepared.data()))});
  if (work) work->multiplications += static_cast<double>(size_ * dims_);
  return std::move(best).take();
}

Result<std::vector<Hit>> NearestIndex::search(std::span<const float> query, std::size_t k,
                                              const NearestEffort& effort, NearestWork* work,
                                              NearestTrace* trace) const {
  if (const Hnsw* graph = hnsw()) {
    thread_local WalkScratch scratch;
    WalkWork done;
    const auto hits = graph->search(
        query, k, {.ef = effort.ef, .work = &done, .trace = trace ? &trace->visits : nullptr},
        scratch);
    if (!hits) return fail(hits.error());
    if (work) {
      work->multiplications += static_cast<double>(done.products * dims_);
      work->jumps += static_cast<double>(done.products + done.hops);
    }
    return copied(*hits);
  }
  if (const Ivf* cells = ivf()) {
    thread_local ProbeScratch scratch;
    ProbeWork done;
    const auto hits = cells->search(query, k,
                                    {.probes = effort.probes,
                                     .rerank = effort.rerank,
                                     .work = &done,
                                     .trace = trace ? &trace->probes : nullptr},
                                    scratch);
    if (!hits) return fail(hits.error());
    if (work) {
      work->multiplications += static_cast<double>((done.products + done.reranked) * dims_);
      work->lookups += static_cast<double>(done.codes * cells->options().subspaces);
      work->jumps += static_cast<double>(
          std::min(std::max<std::size_t>(effort.probes, 1), cells->lists()) + done.reranked);
    }
    return copied(*hits);
  }
  return scan(query, k, work);
}

}  // namespace rehearse::retrieval
