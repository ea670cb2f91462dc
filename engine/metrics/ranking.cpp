// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace rehearse::metrics {
namespace {

constexpr double kGreatestRelevance = 1000;  // 2^1000 is still a double

double gain_of(double relevance, Gain gain) {
  return gain == Gain::linear ? relevance : std::exp2(relevance) - 1;
}

double discount(std::size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 1); }

// A run of ranks, from `first`, whose documents tie: one document where rows break ties.
struct RankRun {
  std::size_t first = 1, count = 0;
  double gain = 0;  // sum
  double relevant = 0;
};

struct QueryScores {
  double ndcg = 0, mrr = 0, map = 0, recall = 0, precision = 0, err = 0;
};

// The probability that the first of `relevant` documents among `count` in random order stands at
// place j (from 1): every order is as likely.
double first_relevant_at(std::size_t j, double relevant, double count) {
  double p = 1;
  for (std::size_t i = 1; i < j; ++i) {
    const double left = count - static_cast<double>(i) + 1;
    p *= std::max(0.0, left - relevant) / left;
  }
  return p * relevant / (count - static_cast<double>(j) + 1);
}

double run_reciprocal_rank(const RankRun& run, std::size_t k) {
  double sum = 0;
  for (std::size_t j = 1; j <= run.count && run.first + j - 1 <= k; ++j)
    sum += first_relevant_at(j, run.relevant, static_cast<double>(run.count)) /
           static_cast<double>(run.first + j - 1);
  return sum;
}

// Σ over the run's places of P(relevant there) · E[precision there | relevant there].
double run_precisions(const RankRun& run, double relevant_before) {
  const double n = static_cast<double>(run.count), r = run.relevant;
  double sum = 0;
  for (std::size_t j = 1; j <= run.count; ++j) {
    const double others = n > 1 ? (r - 1) / (n - 1) : 0;
    const double found = relevant_before + 1 + static_cast<double>(j - 1) * others;
    sum += r / n * found / static_cast<double>(run.first + j - 1);
  }
  return sum;
}

class QueryJudge {
 public:
  QueryJudge(std::span<const double> relevance, std::span<const double> scores,
             const RankingOptions& options)
      : relevance_(relevance), scores_(scores), options_(options) {}

  // Nothing where no document is relevant. `rows` in row order.
  std::optional<QueryScores> judge(std::span<const std::uint32_t> rows) const {
    std::vector<std::uint32_t> order(rows.begin(), rows.end());
    std::stable_sort(order.begin(), order.end(),
                     [this](std::uint32_t a, std::uint32_t b) { return scores_[a] > scores_[b]; });
    double relevant = 0;
    for (const std::uint32_t row : rows) relevant += relevance_[row] > 0 ? 1 : 0;
    if (relevant == 0) return std::nullopt;
    QueryScores q;
    double dcg = 0, found = 0, within = 0;
    for (const RankRun& run : runs(order)) {
      const double mean_gain = run.gain / static_cast<double>(run.count);
      std::size_t inside = 0;
      for (std::size_t j = 0; j < run.count && run.first + j <= options_.k; ++j, ++inside)
        dcg += mean_gain * discount(run.first + j);
      within += run.relevant * static_cast<double>(inside) / static_cast<double>(run.count);
      if (found == 0 && run.relevant > 0) q.mrr = run_reciprocal_rank(run, options_.k);
      if (run.relevant > 0) q.map += run_precisions(run, found);
      found += run.relevant;
    }
    q.ndcg = dcg / ideal(rows);
    q.map /= relevant;
    q.recall = within / relevant;
    q.precision = within / static_cast<double>(options_.k);
    q.err = expected_reciprocal_rank(order);
    return q;
  }

 private:
  std::vector<RankRun> runs(std::span<const std::uint32_t> order) const {
    std::vector<RankRun> all;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const bool tied =
          options_.ties == RankTies::mean && i > 0 && scores_[order[i]] == scores_[order[i - 1]];
      if (!tied) all.push_back({i + 1, 0, 0, 0});
      RankRun& run = all.back();
      ++run.count;
      run.gain += gain_of(relevance_[order[i]], options_.gain);
      run.relevant += relevance_[order[i]] > 0 ? 1 : 0;
    }
    return all;
  }

  double ideal(std::span<const std::uint32_t> rows) const {
    std::vector<double> best;
    for (const std::uint32_t row : rows) best.push_back(relevance_[row]);
    std::sort(best.rbegin(), best.rend());
    return dcg(best, options_.k, options_.gain);
  }

  double expected_reciprocal_rank(std::span<const std::uint32_t> order) const {
    double reached = 1, sum = 0;
    for (std::size_t i = 0; i < std::min(order.size(), options_.k); ++i) {
      const double stops =
          (std::exp2(relevance_[order[i]]) - 1) / std::exp2(options_.max_relevance);
      sum += reached * stops / static_cast<double>(i + 1);
      reached *= 1 - stops;
    }
    return sum;
  }

  std::span<const double> relevance_, scores_;
  RankingOptions options_;
};

Result<void> check_ranking(std::span<const std::uint32_t> query, std::span<const double> relevance,
                           std::span<const double> scores, const RankingOptions& options) {
  if (query.size() != relevance.size() || query.size() != scores.size())
    return fail(Code::invalid_argument,
                "a query, a relevance and a score are due a row: {}, {} and {} were given",
                query.size(), relevance.size(), scores.size());
  if (query.empty()) return fail(Code::bad_data, "there are no rows to measure");
  if (options.k < 1) return fail(Code::invalid_argument, "k is 0; it is at least 1");
  for (std::size_t i = 0; i < query.size(); ++i) {
    if (!std::isfinite(scores[i]))
      return fail(Code::bad_data, "row {}: the score is {}; every score must be a finite number",
                  i + 1, scores[i]);
    if (!(relevance[i] >= 0 && relevance[i] <= kGreatestRelevance))
      return fail(Code::bad_data, "row {}: the relevance is {}; it lies in [0, {:g}]", i + 1,
                  relevance[i], kGreatestRelevance);
  }
  return {};
}

}  // namespace

double dcg(std::span<const double> relevance, std::size_t k, Gain gain) {
  double sum = 0;
  for (std::size_t i = 0; i < std::min(relevance.size(), k); ++i)
    sum += gain_of(relevance[i], gain) * discount(i + 1);
  return sum;
}

Result<RankingReport> ranking_report(std::span<const std::uint32_t> query,
                                     std::span<const double> relevance,
                                     std::span<const double> scores,
                                     const RankingOptions& options) {
  if (auto valid = check_ranking(query, relevance, scores, options); !valid)
    return fail(valid.error());
  RankingOptions used = options;
  if (used.max_relevance <= 0)
    used.max_relevance = *std::max_element(relevance.begin(), relevance.end());
  std::vector<std::uint32_t> order(query.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [query](std::uint32_t a, std::uint32_t b) { return query[a] < query[b]; });
  const QueryJudge judge(relevance, scores, used);
  RankingReport report;
  QueryScores sum;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && query[order[end]] == query[order[begin]]) ++end;
    ++report.queries;
    const auto one = judge.judge(std::span<const std::uint32_t>(order).subspan(begin, end - begin));
    begin = end;
    if (!one) {
      ++report.undefined_queries;
      continue;
    }
    sum.ndcg += one->ndcg, sum.mrr += one->mrr, sum.map += one->map;
    sum.recall += one->recall, sum.precision += one->precision, sum.err += one->err;
  }
  const double n = static_cast<double>(report.queries - report.undefined_queries);
  const auto mean = [n](double total) {
    return n > 0 ? Measure{total / n, ""} : undefined("no query has a relevant document");
  };
  report.ndcg = mean(sum.ndcg), report.mrr = mean(sum.mrr), report.map = mean(sum.map);
  report.recall = mean(sum.recall), report.precision = mean(sum.precision);
  report.err = options.ties == RankTies::mean
                   ? undefined("ERR has no closed form over the orders of ties; use row order")
                   : mean(sum.err);
  return report;
}

}  // namespace rehearse::metrics
