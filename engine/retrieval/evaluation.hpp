// SPDX-License-Identifier: GPL-3.0-or-later
//
// Evaluation of a retriever: each query's ranking against what people judged relevant. Unlike
// metrics/ranking.hpp, which judges a list that holds all there is, a retriever returns the first
// few of a corpus: what it did not return is lost and counts in every denominator.
//
//   nDCG@k        Σ rel / log2(rank + 1) over the first k, over that of the best order (linear
//   gain;
//                 Järvelin, Kekäläinen 2002)
//   AP            mean over all relevant documents of the precision at their rank, 0 for those not
//                 among the first 1000
//   recall@n      relevant documents among the first n, over all of them
//   MRR@k         1 / rank of the first relevant document within k, else 0
//
// As trec_eval counts: a query that finds nothing is 0, one without a relevant document is
// undefined, left out of the means and counted.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/metrics/scored.hpp"
#include "engine/retrieval/bm25.hpp"
#include "engine/retrieval/judgements.hpp"

namespace rehearse::retrieval {

inline constexpr std::size_t kEvaluatedRanks = 1000;

struct QueryMeasures {
  double ndcg = 0, average_precision = 0, recall_100 = 0, recall_1000 = 0, reciprocal_rank = 0;
  std::size_t first_relevant_rank = 0;  // within 1000; 0: none
};

// Nothing where no document is relevant. `ranked` is best first; ranks past 1000 are not looked at.
// k in [1, 1000] (asserted). O(ranks).
std::optional<QueryMeasures> measure_query(std::span<const Hit> ranked, const JudgedQuery& judged,
                                           std::size_t k);

struct RetrievalReport {
  std::size_t queries = 0, undefined_queries = 0;  // queries counts all of them
  metrics::Measure ndcg, map, recall_100, recall_1000, mrr;
};

// Means over the defined queries.
RetrievalReport mean_measures(std::span<const std::optional<QueryMeasures>> queries);

}  // namespace rehearse::retrieval
