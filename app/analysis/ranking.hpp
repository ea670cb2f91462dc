// SPDX-License-Identifier: GPL-3.0-or-later
//
// How good is the order of search results or of a feed? The means over queries, each query's own
// nDCG, and the queries that are served worst.
#pragma once

#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/metrics/ranking.hpp"

namespace rehearse::analysis {

struct RankingColumns {
  std::string query, relevance, score;
  metrics::RankingOptions options;
};

struct QueryScore {
  std::string query;
  std::size_t documents = 0;
  double relevant = 0;  // documents with relevance above 0
  double ndcg = 0;
};

struct Ranking {
  metrics::RankingReport means;
  std::vector<QueryScore> queries;  // those with a relevant document, by nDCG ascending
};

// Errors: a column is missing, empty in a row or of texts where numbers are due; those of
// metrics::ranking_report. O(n log n).
Result<Ranking> measure_ranking(const Frame& table, const RankingColumns& columns);

// Over how many queries, and how many say nothing.
std::string summary_of(const RankingColumns& columns, const metrics::RankingReport& report);

Document document_of(const std::string& file, const RankingColumns& columns,
                     const Ranking& ranking);

}  // namespace rehearse::analysis
