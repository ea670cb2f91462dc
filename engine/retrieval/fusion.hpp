// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fusion: one ranking from several of the same query, so that what one retriever is blind to the
// other may see.
//
//   RRF           Σ over lists 1 / (k + rank), k = 60 (Cormack, Clarke, Büttcher 2009)
//   weighted sum  Σ over lists weight · (score - least) / (greatest - least), the list's own
//                 extremes (a list whose scores are all equal counts 1 for each of its documents);
//                 a document that a list does not hold gets 0 from it (Fox, Shaw 1994, CombSUM)
//
// RRF needs no scores that can be compared and no tuning, and throws away how sure each list was.
// The weighted sum keeps that, and wants its weight chosen on judged queries.
#pragma once

#include <span>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/retrieval/bm25.hpp"

namespace rehearse::retrieval {

inline constexpr double kFusionRankOffset = 60;

// Each list is best first and names a document once; the k best of all, ties by document order.
// O(hits · log k).
std::vector<Hit> reciprocal_rank_fusion(std::span<const std::vector<Hit>> lists, std::size_t k,
                                        double rank_offset = kFusionRankOffset);

// Errors: not one weight a list, a weight that is negative or not finite.
Result<std::vector<Hit>> weighted_sum(std::span<const std::vector<Hit>> lists,
                                      std::span<const double> weights, std::size_t k);

}  // namespace rehearse::retrieval
