// SPDX-License-Identifier: GPL-3.0-or-later
//
// Losses of a ranked list: what a scorer is told about the candidates of one request.
//
//   pointwise  Σ_i softplus(s_i) - t_i s_i,   t = (2^rel - 1) / (2^most - 1)      each by itself
//   pairwise   Σ_{rel_i > rel_j} softplus(-(s_i - s_j))      RankNet (Burges et al. 2005), BPR
//   lambda     the same, each pair weighted by |ΔnDCG@k|, what swapping both would change now
//              (LambdaRank: Burges 2010, "From RankNet to LambdaRank to LambdaMART")
//
//   ∂/∂s_i of a pair = -w σ(-(s_i - s_j)),   curvature w σ (1 - σ),   w = 1 or |ΔnDCG|
//   |ΔnDCG| = |gain_i - gain_j| |1/log2(1+rank_i) - 1/log2(1+rank_j)| / DCG of the best order,
//   where a rank beyond k is worth 0; ranks are those of the present scores
//
// Use pointwise where the score itself is needed (a probability to bid with, to add up with other
// goals); it spends its fit on the level of candidates that no list will show. Pairwise knows only
// order, and counts a wrong pair at the bottom as one at the top. Lambda looks at the top of the
// list. A list whose candidates are all equally relevant says nothing to the last two.
//
// Every list counts alike: pairwise is divided by its pairs, pointwise by its candidates.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::models {

enum class RankLoss { pointwise, pairwise, lambda };
// "pointwise", "pairwise", "lambda".
Result<RankLoss> parse_rank_loss(std::string_view name);

// 2^relevance - 1.
double rank_gain(double relevance);

// The places of the candidates by descending score, from 0; among equals the first row first.
std::vector<std::size_t> rank_places(std::span<const double> scores);

// |ΔnDCG@k| of swapping the candidates i and j, which stand at `place`; `best` is the DCG of the
// best order, above 0.
double swap_worth(std::span<const double> relevance, std::span<const std::size_t> place,
                  std::size_t i, std::size_t j, std::size_t k, double best);
// DCG@k of the best order of these relevances; 0 where none is relevant.
double best_dcg(std::span<const double> relevance, std::size_t k);

// The loss of one list; its gradient and curvature by score are written (overwritten) to spans of
// the list's size. `most` is the greatest relevance there is, for pointwise. For lambda the loss is
// that of the pairs with the weights of the present order: only its gradient is what is followed.
// Sizes equal (asserted). O(n) pointwise, else O(n²).
double rank_gradient(RankLoss loss, std::span<const double> scores,
                     std::span<const double> relevance, double most, std::size_t k,
                     std::span<double> gradient, std::span<double> curvature);

}  // namespace rehearse::models
