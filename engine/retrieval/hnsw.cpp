// SPDX-License-Identifier: GPL-3.0-or-later
//
// The graph: how it is laid out and how a vector comes in. The walk is in hnsw_search.cpp.
#include "engine/retrieval/hnsw.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/retrieval/hnsw_walk.hpp"

namespace rehearse::retrieval {
namespace {

constexpr std::size_t kMostVectors = std::size_t{1} << 31, kReportEvery = 256;

Result<void> check_hnsw(const Vectors& vectors, const HnswOptions& options) {
  if (options.m < 2 || options.m > 256)
    return fail(Code::invalid_argument, "m is {}; a graph has 2 to 256 links", options.m);
  if (options.ef_construction < 1 || options.ef_construction > 10'000)
    return fail(Code::invalid_argument, "ef_construction is {}; it lies between 1 and 10,000",
                options.ef_construction);
  if (vectors.size() > kMostVectors)
    return fail(Code::limit, "{} vectors are more than a graph can number; split them",
                vectors.size());
  return {};
}

}  // namespace

DocumentId* Hnsw::block(DocumentId id, unsigned layer) {
  const std::span<const DocumentId> there = links(id, layer);
  return (layer == 0 ? base_.data() + (there.data() - base_.data())
                     : upper_.data() + (there.data() - upper_.data())) -
         1;
}

void Hnsw::draw_levels() {
  const StreamKey key = stream_key(options_.seed, "hnsw.layer");
  const double scale = 1 / std::log(static_cast<double>(options_.m));
  std::size_t places = 0;
  levels_.reserve(size()), upper_begins_.reserve(size());
  for (std::size_t id = 0; id < size(); ++id) {
    Stream stream(key, 0, id);
    const auto level = static_cast<std::uint8_t>(-std::log(stream.uniform_open()) * scale);
    levels_.push_back(level), upper_begins_.push_back(places);
    places += level * (options_.m + 1);
  }
  upper_.assign(places, 0);
  base_.assign(size() * (2 * options_.m + 1), 0);
}

Result<Hnsw> Hnsw::build(Vectors vectors, const HnswOptions& options, const Progress& progress) {
  assert(vectors.storage() == Storage::float32);
  if (auto fine = check_hnsw(vectors, options); !fine) return fail(fine.error());
  Hnsw graph;
  graph.options_ = options;
  graph.options_.ef_construction = std::max(options.ef_construction, options.m);
  graph.vectors_ = std::move(vectors);
  graph.draw_levels();
  WalkScratch scratch;
  for (std::size_t id = 0; id < graph.size(); ++id) {
    if (id % kReportEvery == 0 &&
        !progress.report(static_cast<double>(id) / static_cast<double>(graph.size())))
      return cancelled();
    if (!graph.vectors_.at_origin(static_cast<DocumentId>(id)))
      graph.insert(static_cast<DocumentId>(id), scratch);
  }
  graph.pruned_ = {};
  if (options.storage != Storage::float32) {
    auto stored = graph.vectors_.stored_as(options.storage);
    if (!stored) return fail(stored.error());
    graph.vectors_ = *std::move(stored);
  }
  return graph;
}

void Hnsw::insert(DocumentId id, WalkScratch& scratch) {
  const unsigned level = levels_[id];
  if (!entered_) {
    entered_ = true, entry_ = id, top_ = level;
    return;
  }
  const float* query = vectors_.floats(id);
  const WalkOptions options;
  WalkScratch::Entry from = nearest_above(query, level, options, scratch);
  for (unsigned layer = std::min(level, top_) + 1; layer-- > 0;) {
    walk<false>(query, from, options_.ef_construction, layer, options, scratch);
    std::vector<WalkScratch::Entry>& chosen = scratch.beam_;
    from = chosen.front();
    choose(chosen, options_.m);
    DocumentId* own = block(id, layer);
    for (const WalkScratch::Entry& neighbour : chosen) own[++*own] = neighbour.id;
    for (const WalkScratch::Entry& neighbour : chosen)
      link(neighbour.id, id, layer, neighbour.similarity);
  }
  if (level > top_) entry_ = id, top_ = level;
}

// From best to worst; a candidate stays unless one that stayed is nearer to it than the centre is.
void Hnsw::choose(std::vector<WalkScratch::Entry>& candidates, std::size_t most) const {
  if (candidates.size() <= most) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < candidates.size() && kept < most; ++i) {
    const WalkScratch::Entry candidate = candidates[i];
    const float* row = vectors_.floats(candidate.id);
    const bool stays =
        std::none_of(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(kept),
                     [&](const WalkScratch::Entry& other) {
                       return vectors_.product(other.id, row) > candidate.similarity;
                     });
    if (stays) candidates[kept++] = candidate;
  }
  candidates.resize(kept);
}

void Hnsw::link(DocumentId from, DocumentId to, unsigned layer, float similarity) {
  DocumentId* links = block(from, layer);
  const std::size_t most = most_links(layer);
  if (*links < most) {
    links[++*links] = to;
    return;
  }
  const float* centre = vectors_.floats(from);
  pruned_.clear();
  pruned_.push_back({similarity, to, false, true});
  for (std::size_t i = 1; i <= most; ++i)
    pruned_.push_back({vectors_.product(links[i], centre), links[i], false, true});
  std::sort(pruned_.begin(), pruned_.end(), nearer);
  choose(pruned_, most);
  *links = 0;
  for (const WalkScratch::Entry& kept : pruned_) links[++*links] = kept.id;
}

std::size_t Hnsw::bytes() const {
  return vectors_.bytes() + levels_.size() + removed_.size() +
         (base_.size() + upper_.size()) * sizeof(DocumentId) +
         upper_begins_.size() * sizeof(std::size_t);
}

Result<void> Hnsw::remove(DocumentId id) {
  if (id >= size()) return fail(Code::not_found, "there is no vector {}; there are {}", id, size());
  if (removed(id)) return fail(Code::invalid_argument, "vector {} is removed already", id);
  if (removed_.empty()) removed_.assign(size(), 0);
  removed_[id] = 1;
  return {};
}

std::size_t Hnsw::unreachable() const {
  std::vector<std::uint8_t> seen(size(), 0);
  std::vector<DocumentId> waiting;
  std::size_t reached = 0, there = 0;
  for (std::size_t id = 0; id < size(); ++id)
    there += !vectors_.at_origin(static_cast<DocumentId>(id));
  if (entered_) waiting.push_back(entry_), seen[entry_] = 1;
  while (!waiting.empty()) {
    const DocumentId id = waiting.back();
    waiting.pop_back(), ++reached;
    for (const DocumentId next : links(id, 0))
      if (!std::exchange(seen[next], std::uint8_t{1})) waiting.push_back(next);
  }
  return there - reached;
}

}  // namespace rehearse::retrieval
