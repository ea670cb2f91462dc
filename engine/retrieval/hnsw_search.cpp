// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/retrieval/hnsw_walk.hpp"

namespace rehearse::retrieval {

void WalkScratch::begin(std::size_t size) {
  if (stamps_.size() != size || stamp_ == 0xFF) {
    stamps_.assign(size, 0);
    stamp_ = 0;
  }
  ++stamp_;
}

// Step by step down to the layer above `layer`, from where searches begin.
WalkScratch::Entry Hnsw::nearest_above(const float* query, unsigned layer,
                                       const WalkOptions& options, WalkScratch& scratch) const {
  WalkScratch::Entry at{vectors_.product(entry_, query), entry_, false, true};
  if (options.work) ++options.work->products;
  if (options.trace) options.trace->push_back({entry_, entry_, top_, at.similarity, true});
  for (unsigned above = top_; above > layer; --above) {
    walk<false>(query, at, 1, above, options, scratch);
    at = scratch.beam_.front();
  }
  return at;
}

Result<std::span<const Hit>> Hnsw::search(std::span<const float> query, std::size_t k,
                                          const WalkOptions& options, WalkScratch& scratch) const {
  if (!options.allowed.empty() && options.allowed.size() != size())
    return fail(Code::invalid_argument, "the filter speaks of {} vectors; there are {}",
                options.allowed.size(), size());
  std::vector<Hit>& hits = scratch.hits_;
  hits.clear();
  if (auto fine = vectors_.prepare(query, scratch.query_); !fine) return fail(fine.error());
  const float* prepared = scratch.query_.data();
  if (!entered_ || at_origin(query) || k == 0) return std::span<const Hit>(hits);
  const WalkScratch::Entry from = nearest_above(prepared, 0, options, scratch);
  const std::size_t ef = std::max(options.ef, k);
  if (options.allowed.empty() && removed_.empty())
    walk<false>(prepared, from, ef, 0, options, scratch);
  else
    walk<true>(prepared, from, ef, 0, options, scratch);
  for (const WalkScratch::Entry& entry : scratch.beam_) {
    if (hits.size() == k) break;
    if (entry.counted) hits.push_back({entry.id, static_cast<double>(entry.similarity)});
  }
  return std::span<const Hit>(hits);
}

}  // namespace rehearse::retrieval
