// SPDX-License-Identifier: GPL-3.0-or-later
//
// Points for tests of vector search, and the nearest of them by brute force.
#pragma once

#include <algorithm>
#include <set>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/retrieval/vectors.hpp"

namespace rehearse::retrieval {

inline std::vector<float> drawn_numbers(std::uint64_t seed, std::size_t count) {
  std::vector<float> numbers;
  Stream stream(seed, "test.points");
  while (numbers.size() < count) numbers.push_back(static_cast<float>(stream.normal()));
  return numbers;
}

// Around `clusters` centres, as embeddings lie.
inline std::vector<float> clustered_numbers(std::uint64_t seed, std::size_t points,
                                            std::size_t dims, std::size_t clusters) {
  const auto centres = drawn_numbers(42, clusters * dims),
             noise = drawn_numbers(seed, points * dims);
  std::vector<float> numbers;
  for (std::size_t i = 0; i < points * dims; ++i)
    numbers.push_back(centres[i / dims % clusters * dims + i % dims] + 0.7F * noise[i]);
  return numbers;
}

// The k nearest of those that `counts` admits, by one product after another.
template <class Counts>
std::vector<Hit> nearest_by_hand(const Vectors& vectors, const std::vector<float>& query,
                                 std::size_t k, Counts&& counts) {
  std::vector<float> prepared;
  if (!vectors.prepare(query, prepared)) return {};
  std::vector<Hit> hits;
  for (DocumentId id = 0; id < vectors.size(); ++id)
    if (!vectors.at_origin(id) && counts(id))
      hits.push_back({id, static_cast<double>(vectors.product(id, prepared.data()))});
  std::sort(hits.begin(), hits.end(), before);
  if (hits.size() > k) hits.resize(k);
  return hits;
}

inline std::vector<Hit> nearest_by_hand(const Vectors& vectors, const std::vector<float>& query,
                                        std::size_t k) {
  return nearest_by_hand(vectors, query, k, [](DocumentId) { return true; });
}

// Of `due`, the share that `found` has.
template <class Hits>
double recall_of(const Hits& found, const std::vector<Hit>& due) {
  std::set<DocumentId> ids;
  for (const Hit& hit : found) ids.insert(hit.document);
  double there = 0;
  for (const Hit& hit : due) there += static_cast<double>(ids.count(hit.document));
  return due.empty() ? 1 : there / static_cast<double>(due.size());
}

}  // namespace rehearse::retrieval
