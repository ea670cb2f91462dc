// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/ranking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "app/analysis/analysis.hpp"
#include "app/analysis/pieces.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::analysis {
namespace {

constexpr std::size_t kNdcgBins = 20, kWorstQueries = 20;

struct Queries {
  std::vector<std::uint32_t> codes;  // of each row
  std::vector<std::string> names;    // by code
};

Result<Queries> queries_of(const Frame& table, const std::string& name) {
  auto column = table.require(name);
  if (!column) return fail(column.error());
  Queries queries;
  std::map<std::string, std::uint32_t> codes;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if ((*column)->missing(row))
      return fail(Code::bad_data, "row {}: the column `{}` is empty; fill it or leave the row out",
                  row + 1, name);
    const auto [found, fresh] =
        codes.emplace((*column)->cell(row), static_cast<std::uint32_t>(codes.size()));
    if (fresh) queries.names.push_back(found->first);
    queries.codes.push_back(found->second);
  }
  return queries;
}

Result<std::vector<QueryScore>> by_query(const Queries& queries,
                                         const std::vector<double>& relevance,
                                         const std::vector<double>& score,
                                         const metrics::RankingOptions& options) {
  std::vector<std::vector<std::uint32_t>> rows(queries.names.size());
  for (std::size_t row = 0; row < queries.codes.size(); ++row)
    rows[queries.codes[row]].push_back(static_cast<std::uint32_t>(row));
  std::vector<QueryScore> all;
  std::vector<double> own_relevance, own_score;
  std::vector<std::uint32_t> own_codes;
  for (std::size_t query = 0; query < rows.size(); ++query) {
    own_relevance.clear(), own_score.clear();
    for (const std::uint32_t row : rows[query])
      own_relevance.push_back(relevance[row]), own_score.push_back(score[row]);
    own_codes.assign(own_score.size(), 0);
    auto report = metrics::ranking_report(own_codes, own_relevance, own_score, options);
    if (!report) return fail(report.error());
    if (!report->ndcg.defined()) continue;
    const auto relevant =
        std::count_if(own_relevance.begin(), own_relevance.end(), [](double r) { return r > 0; });
    all.push_back({queries.names[query], own_score.size(), static_cast<double>(relevant),
                   report->ndcg.value});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const QueryScore& a, const QueryScore& b) { return a.ndcg < b.ndcg; });
  return all;
}

Frame ndcg_shares(const std::vector<QueryScore>& queries) {
  std::vector<double> lower, upper, y(kNdcgBins, 0);
  for (const QueryScore& query : queries)
    y[std::min(kNdcgBins - 1, static_cast<std::size_t>(query.ndcg * kNdcgBins))] +=
        1 / static_cast<double>(queries.size());
  for (std::size_t bin = 0; bin < kNdcgBins; ++bin) {
    lower.push_back(static_cast<double>(bin) / kNdcgBins);
    upper.push_back(static_cast<double>(bin + 1) / kNdcgBins);
  }
  Frame::Builder builder;
  builder.add("series", std::vector<std::string>(kNdcgBins, "queries"))
      .add("style", std::vector<std::string>(kNdcgBins, view_data::kSeries))
      .add("lower", std::move(lower))
      .add("upper", std::move(upper))
      .add("y", std::move(y));
  return std::move(builder).build().value_or(Frame());
}

Frame worst_queries(const std::vector<QueryScore>& queries, const std::string& name) {
  std::vector<std::string> names;
  std::vector<double> documents, relevant, ndcg;
  for (std::size_t i = 0; i < std::min(queries.size(), kWorstQueries); ++i) {
    names.push_back(queries[i].query);
    documents.push_back(static_cast<double>(queries[i].documents));
    relevant.push_back(queries[i].relevant), ndcg.push_back(queries[i].ndcg);
  }
  Frame::Builder builder;
  builder.add(name == "ndcg" || name == "documents" || name == "relevant" ? "query" : name, names)
      .add("documents", std::move(documents))
      .add("relevant", std::move(relevant))
      .add("ndcg", std::move(ndcg));
  return std::move(builder).build().value_or(Frame());
}

std::vector<std::string> ranking_meanings(const RankingColumns& c) {
  return {
      fmt::format("**nDCG@{}** compares the gain of the first ranks, discounted by the log of "
                  "the rank, with that of the best order there could be: 1 is perfect.",
                  c.options.k),
      "**MRR** asks how far down the first relevant one stands, so it is for questions with one "
      "good answer. **MAP** wants all of them high.",
      fmt::format("**Recall@{0}** is what a first stage of a funnel is judged by, since what it "
                  "loses no later stage finds. **Precision@{0}** is what a reader of the first "
                  "page sees.",
                  c.options.k)};
}

std::vector<std::string> ranking_next(const RankingColumns& c, const Ranking& r) {
  std::vector<std::string> next;
  if (!r.queries.empty())
    next.push_back(
        fmt::format("Read the worst queries below by hand; `{}` comes first. Are their "
                    "labels wrong, or their documents missing from the candidates?",
                    r.queries.front().query));
  if (r.means.undefined_queries > 0)
    next.push_back(
        fmt::format("{} of {} queries have no relevant document. They count in no mean, "
                    "so track their share beside it.",
                    r.means.undefined_queries, r.means.queries));
  if (c.options.ties == metrics::RankTies::row_order)
    next.emplace_back(
        "Do scores tie? Then the order of rows decides here: measure again with the "
        "mean over all orders.");
  next.emplace_back(
      "Compare two rankers on the same queries, by the difference per query; the "
      "spread between queries is far larger than that between rankers.");
  return next;
}

Result<Document> answer_ranking(const Question& question) {
  const RankingColumns columns{
      question.value("query"),
      question.value("relevance"),
      question.value("score"),
      {static_cast<std::size_t>(question.number("k")),
       question.value("gain") == "linear" ? metrics::Gain::linear : metrics::Gain::exponential,
       question.value("ties") == "mean" ? metrics::RankTies::mean : metrics::RankTies::row_order}};
  auto ranking = measure_ranking(question.table, columns);
  if (!ranking) return fail(ranking.error());
  return document_of(question.file, columns, *ranking);
}

const Registration kRanking{
    {.name = "ranking",
     .asks = "How good is the order of your search results or feed?",
     .fields = {{.name = "query",
                 .sentence = "the column that tells queries apart",
                 .guesses = {"query", "query_id", "qid", "session_id", "session", "request_id"}},
                {.name = "relevance",
                 .sentence = "the column of relevance, from 0",
                 .guesses = {"relevance", "rel", "grade", "label", "click", "clicked"},
                 .numeric = true},
                {.name = "score",
                 .sentence = "the column of scores, higher first",
                 .guesses = {"score", "prediction", "pred", "ranker_score", "p"},
                 .numeric = true},
                {.name = "k",
                 .kind = Field::Kind::number,
                 .sentence = "ranks that are looked at",
                 .initial = "10",
                 .low = 1,
                 .high = 1000000},
                {.name = "gain",
                 .kind = Field::Kind::choice,
                 .sentence = "gain of a relevance: 2^rel - 1 or rel",
                 .choices = {"exp", "linear"},
                 .initial = "exp"},
                {.name = "ties",
                 .kind = Field::Kind::choice,
                 .sentence = "equal scores: in order of rows, or the mean of all orders",
                 .choices = {"row-order", "mean"},
                 .initial = "row-order"}},
     .answer = answer_ranking}};

}  // namespace

Result<Ranking> measure_ranking(const Frame& table, const RankingColumns& columns) {
  auto relevance = numbers_of(table, columns.relevance), score = numbers_of(table, columns.score);
  if (!relevance) return fail(relevance.error());
  if (!score) return fail(score.error());
  auto queries = queries_of(table, columns.query);
  if (!queries) return fail(queries.error());
  auto means = metrics::ranking_report(queries->codes, *relevance, *score, columns.options);
  if (!means) return fail(means.error());
  auto each = by_query(*queries, *relevance, *score, columns.options);
  if (!each) return fail(each.error());
  return Ranking{std::move(*means), std::move(*each)};
}

std::string summary_of(const RankingColumns& columns, const metrics::RankingReport& r) {
  if (r.queries == r.undefined_queries)
    return "No query has a relevant document, so no order of theirs can be judged.";
  std::string text = fmt::format("Over {} queries with a relevant document, the first {} ranks.",
                                 r.queries - r.undefined_queries, columns.options.k);
  if (r.undefined_queries > 0)
    text += fmt::format(
        " {} queries have none: they are left out, so a change that empties queries would not show "
        "here.",
        r.undefined_queries);
  return text;
}

Document document_of(const std::string& file, const RankingColumns& c, const Ranking& r) {
  Document document{"Ranking of " + file,
                    fmt::format("query {}, relevance {}, score {}", c.query, c.relevance, c.score),
                    {}};
  document.blocks.push_back(Banner{
      Banner::Tone::neutral,
      r.means.ndcg.defined() ? fmt::format("nDCG@{} is {:.3f}.", c.options.k, r.means.ndcg.value)
                             : "Nothing can be said.",
      summary_of(c, r.means)});
  document.blocks.push_back(KeyNumbers()
                                .add(fmt::format("nDCG@{}", c.options.k), r.means.ndcg)
                                .add(fmt::format("MRR@{}", c.options.k), r.means.mrr)
                                .add("MAP", r.means.map)
                                .add(fmt::format("recall@{}", c.options.k), r.means.recall)
                                .add(fmt::format("precision@{}", c.options.k), r.means.precision)
                                .figure("Means over queries", ""));
  if (!r.queries.empty())
    document.blocks.push_back(Figure{"histogram", "nDCG query by query", "nDCG of a query",
                                     "share of queries",
                                     "a mean hides two crowds: queries served well, and queries "
                                     "that get nothing",
                                     Json::object(), ndcg_shares(r.queries)});
  append_list(document, "What the numbers mean", ranking_meanings(c));
  if (!r.queries.empty())
    document.blocks.push_back(Figure{"table", "The worst queries", "", "", "", Json::object(),
                                     worst_queries(r.queries, c.query)});
  append_list(document, "What to look at next", ranking_next(c, r));
  return document;
}

}  // namespace rehearse::analysis
