// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics of ranked lists: each query has documents with a relevance and a score, and is judged by
// the order of its scores.
//
//   nDCG@k     Σ gain/log2(rank+1) over the first k, divided by that of the best order; gain
//   2^rel-1
//              or rel (Järvelin, Kekäläinen 2002; Burges et al. 2005)
//   MRR@k      1/rank of the first relevant document within k, else 0
//   MAP        mean over relevant documents of the precision at their rank, whole list
//   recall@k, precision@k   relevant among the first k, over all relevant, over k
//   ERR@k      Σ 1/rank P(stopped there), stopping at a document with probability
//              (2^rel-1)/2^max (Chapelle, Metzler, Zhang, Grinspan 2009)
//
// A document counts as relevant with relevance > 0. A query without one is undefined: it is left
// out and counted. Use nDCG for graded relevance, MRR where one answer is enough, recall for the
// first stage of a funnel. Documents that tie keep the order of their rows, or every metric is the
// mean over all orders of the ties (McSherry, Najork 2008), which an arbitrary order cannot
// flatter.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

enum class Gain { exponential, linear };
enum class RankTies { row_order, mean };

struct RankingOptions {
  std::size_t k = 10;  // >= 1
  Gain gain = Gain::exponential;
  RankTies ties = RankTies::row_order;
  double max_relevance = 0;  // for ERR; 0: the greatest there is
};

// Σ gain/log2(rank+1) over the first k of a list, given from its top; O(k).
double dcg(std::span<const double> relevance, std::size_t k, Gain gain = Gain::exponential);

struct RankingReport {
  std::size_t queries = 0, undefined_queries = 0;  // queries counts all of them
  Measure ndcg, mrr, map, recall, precision, err;  // means over defined queries
};

// `query` is a code a row, in any order. Errors: sizes differ, no rows, k is 0, a score or
// relevance is not finite, a relevance is negative or (exponential gain, ERR) above 1000. O(n log
// n). ERR is undefined with RankTies::mean, which has no closed form for it.
Result<RankingReport> ranking_report(std::span<const std::uint32_t> query,
                                     std::span<const double> relevance,
                                     std::span<const double> scores,
                                     const RankingOptions& options = {});

}  // namespace rehearse::metrics
