// SPDX-License-Identifier: GPL-3.0-or-later
//
// The walk of an HNSW graph, for those who build it and those who search it (hnsw.hpp): the `ef`
// best of a layer in a list that is kept in order. What comes in is mostly worse than most of the
// list, so that a place near its end is found and made room for in a few moves; two heaps, as the
// paper has them, cost more and give the same.
#pragma once

#include <algorithm>

#include "engine/retrieval/hnsw.hpp"

namespace rehearse::retrieval {

inline constexpr auto nearer = [](const auto& a, const auto& b) {
  return a.similarity != b.similarity ? a.similarity > b.similarity : a.id < b.id;
};

// Leaves in scratch.beam_ the ef nearest that count, best first; gated, also those that do not
// count and lie before them.
template <bool kGated>
void Hnsw::walk(const float* query, WalkScratch::Entry from, std::size_t ef, unsigned layer,
                const WalkOptions& options, WalkScratch& scratch) const {
  using Entry = WalkScratch::Entry;
  const auto counts = [&](DocumentId id) {
    return !removed(id) && (options.allowed.empty() || options.allowed[id]);
  };
  std::vector<Entry>& beam = scratch.beam_;
  std::vector<DocumentId>& fresh = scratch.fresh_;
  scratch.begin(size());
  scratch.visit(from.id);
  from.expanded = false, from.counted = !kGated || counts(from.id);
  beam.assign(1, from);
  std::size_t counted = from.counted, products = 0, hops = 0;
  for (std::size_t next = 0; next < beam.size();) {
    if (beam[next].expanded) {
      ++next;
      continue;
    }
    beam[next].expanded = true;
    const DocumentId at = beam[next].id;
    ++hops;
    fresh.clear();
    for (const DocumentId neighbour : links(at, layer))
      if (scratch.visit(neighbour)) {
        vectors_.prefetch(neighbour);
        fresh.push_back(neighbour);
      }
    products += fresh.size();
    for (const DocumentId id : fresh) {
      const Entry seen{vectors_.product(id, query), id, false, !kGated || counts(id)};
      const bool enters = counted < ef || seen.similarity > beam.back().similarity;
      if (options.trace)
        options.trace->push_back({id, at, layer, seen.similarity, enters && seen.counted});
      if (!enters) continue;
      const auto place = std::upper_bound(beam.begin(), beam.end(), seen, nearer);
      next = std::min(next, static_cast<std::size_t>(place - beam.begin()));
      beam.insert(place, seen);
      counted += seen.counted;
      while (counted > ef || (kGated && counted == ef && !beam.back().counted)) {
        counted -= beam.back().counted;
        beam.pop_back();
      }
    }
  }
  if (options.work) options.work->products += products, options.work->hops += hops;
}

}  // namespace rehearse::retrieval
