// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/evaluation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

namespace rehearse::retrieval {
namespace {

constexpr std::size_t kShortRecall = 100;

double discounted(int relevance, std::size_t rank) {
  return static_cast<double>(relevance) / std::log2(static_cast<double>(rank) + 1);
}

double ideal_gain(const JudgedQuery& judged, std::size_t k) {
  std::vector<int> gains = judged.missing;
  for (const auto& [document, relevance] : judged.relevance) gains.push_back(relevance);
  std::sort(gains.begin(), gains.end(), std::greater<>());
  double sum = 0;
  for (std::size_t i = 0; i < std::min(k, gains.size()); ++i) sum += discounted(gains[i], i + 1);
  return sum;
}

}  // namespace

std::optional<QueryMeasures> measure_query(std::span<const Hit> ranked, const JudgedQuery& judged,
                                           std::size_t k) {
  assert(k >= 1 && k <= kEvaluatedRanks);
  const auto relevant = static_cast<double>(judged.relevant());
  if (relevant == 0) return std::nullopt;
  QueryMeasures m;
  double found = 0, gain = 0;
  for (std::size_t rank = 1; rank <= std::min(ranked.size(), kEvaluatedRanks); ++rank) {
    const auto hit = judged.relevance.find(ranked[rank - 1].document);
    if (hit == judged.relevance.end()) continue;
    ++found;
    m.average_precision += found / static_cast<double>(rank) / relevant;
    if (rank <= kShortRecall) m.recall_100 = found / relevant;
    if (m.first_relevant_rank == 0) m.first_relevant_rank = rank;
    if (rank <= k) gain += discounted(hit->second, rank);
  }
  m.recall_1000 = found / relevant;
  m.ndcg = gain / ideal_gain(judged, k);
  if (m.first_relevant_rank > 0 && m.first_relevant_rank <= k)
    m.reciprocal_rank = 1 / static_cast<double>(m.first_relevant_rank);
  return m;
}

RetrievalReport mean_measures(std::span<const std::optional<QueryMeasures>> queries) {
  RetrievalReport report;
  QueryMeasures sum;
  for (const auto& query : queries) {
    ++report.queries;
    if (!query) {
      ++report.undefined_queries;
      continue;
    }
    sum.ndcg += query->ndcg, sum.average_precision += query->average_precision;
    sum.recall_100 += query->recall_100, sum.recall_1000 += query->recall_1000;
    sum.reciprocal_rank += query->reciprocal_rank;
  }
  const auto n = static_cast<double>(report.queries - report.undefined_queries);
  const auto mean = [n](double total) {
    return n > 0 ? metrics::Measure{total / n, ""}
                 : metrics::undefined("no query has a relevant document");
  };
  report.ndcg = mean(sum.ndcg), report.map = mean(sum.average_precision);
  report.recall_100 = mean(sum.recall_100), report.recall_1000 = mean(sum.recall_1000);
  report.mrr = mean(sum.reciprocal_rank);
  return report;
}

}  // namespace rehearse::retrieval
