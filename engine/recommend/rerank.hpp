// SPDX-License-Identifier: GPL-3.0-or-later
//
// Re-ranking: from candidates that score well one by one to a list that is good as a whole.
//
//   MMR      next = argmax λ r_i - (1 - λ) max_{j shown} s_ij    (Carbonell, Goldstein 1998)
//   DPP      greedy argmax log det L_S, L_ij = q_i s_ij q_j       (Kulesza, Taskar 2012; the greedy
//            MAP with an incremental Cholesky factor: Chen, Zhang, Zhou 2018)
//   caps     the best by score with at most c of each group
//
// Use caps where a rule can be said ("two posts of an author"), MMR where one number for the trade
// is enough, DPP where it matters how all of the list differ together: MMR looks at the nearest
// shown item alone. None of them knows what diversity is worth: that is measured, over sessions.
//
// Candidates are numbered as they are given; similarity is row by row, n × n, symmetric, and 1 on
// its diagonal in the usual case. Equal values: the lowest number first. Thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::recommend {

// The first k in the order of being chosen. λ = 1 is the order of relevance. Errors: sizes that do
// not fit, a number that is not finite, λ outside [0, 1]. O(k n).
Result<std::vector<std::size_t>> mmr(std::span<const double> relevance,
                                     std::span<const double> similarity, std::size_t k,
                                     double lambda);

// L of a DPP with quality q_i = exp(strength · r_i): the greater `strength`, the more relevance
// counts against diversity. Errors: as above; a strength that is negative or not finite, a quality
// that overflows. O(n²).
Result<std::vector<double>> dpp_kernel(std::span<const double> relevance,
                                       std::span<const double> similarity, double strength);

// At most k items, each the one that adds most to log det L_S; fewer where nothing is left that
// those chosen do not already span (a gain of determinant below 1e-10 of the item's own L_ii).
// Errors: the kernel is not n × n, not finite or has a negative diagonal. O(n k²).
Result<std::vector<std::size_t>> greedy_dpp(std::span<const double> kernel, std::size_t n,
                                            std::size_t k);

// At most k of greatest score with at most `cap` of each group, best first. Errors: sizes differ, a
// score is not finite, the cap is 0. O(n log n).
Result<std::vector<std::size_t>> capped(std::span<const double> score,
                                        std::span<const std::uint32_t> group, std::size_t k,
                                        std::size_t cap);

}  // namespace rehearse::recommend
