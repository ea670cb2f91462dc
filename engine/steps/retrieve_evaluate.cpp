// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search of a corpus by one or several methods, judged: a row a query, and a row for each method
// and kind of query. What a search costs is counted, not timed: postings read and products taken.
#include <cmath>
#include <map>
#include <optional>

#include "engine/retrieval/evaluation.hpp"
#include "engine/steps/retrieve_call.hpp"

namespace rehearse::steps {
namespace {

using retrieval::Hit;

constexpr const char* kAllKinds = "all";
constexpr double kMostRelevance = 1000;

struct SearchedCorpus {
  std::vector<std::string> ids, texts, query_ids, queries, kinds;
  retrieval::JudgedQueries judged;
};

Result<SearchedCorpus> searched_corpus(const StepCall& call) {
  SearchedCorpus corpus;
  const Frame &documents = call.input("documents")->as_frame(),
              &queries = call.input("queries")->as_frame(),
              &rows = call.input("judgements")->as_frame();
  const std::tuple<const Frame*, const char*, std::vector<std::string>*> columns[] = {
      {&documents, "document", &corpus.ids},
      {&documents, "text", &corpus.texts},
      {&queries, "query", &corpus.query_ids},
      {&queries, "text", &corpus.queries}};
  for (const auto& [frame, name, into] : columns) {
    auto texts = texts_of(*frame, name);
    if (!texts) return fail(texts.error());
    *into = *std::move(texts);
  }
  corpus.kinds.assign(corpus.queries.size(), kAllKinds);
  if (queries.find("kind")) {
    auto kinds = texts_of(queries, "kind");
    if (!kinds) return fail(kinds.error());
    corpus.kinds = *std::move(kinds);
  }
  auto query = texts_of(rows, "query"), document = texts_of(rows, "document");
  auto relevance = rows.require("relevance");
  if (!query) return fail(query.error());
  if (!document) return fail(document.error());
  if (!relevance) return fail(relevance.error());
  if (!(*relevance)->numeric())
    return fail(Code::bad_data, "the column `relevance` holds texts; whole numbers are due");
  retrieval::Judgements judgements;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const double value = (*relevance)->number(row);
    if (!(std::abs(value) <= kMostRelevance) || value != std::floor(value))
      return fail(Code::bad_data, "row {}: the relevance is {:g}; a whole number is due", row + 1,
                  value);
    judgements.rows.push_back({(*query)[row], (*document)[row], static_cast<int>(value)});
  }
  corpus.judged = retrieval::join_judgements(judgements, corpus.query_ids, corpus.ids);
  return corpus;
}

// Rows by query, and sums by method and kind.
struct EvaluatedRows {
  std::vector<std::string> method, query, kind, text, first;
  std::vector<double> ndcg, recall, reciprocal, rank;

  void add(const std::string& by, const SearchedCorpus& corpus, std::size_t q,
           const std::vector<Hit>& hits, const retrieval::QueryMeasures& m) {
    method.push_back(by), query.push_back(corpus.query_ids[q]), kind.push_back(corpus.kinds[q]);
    text.push_back(corpus.queries[q]);
    first.push_back(hits.empty() ? "" : corpus.texts[hits.front().document]);
    ndcg.push_back(m.ndcg), recall.push_back(m.recall_100);
    reciprocal.push_back(m.reciprocal_rank);
    rank.push_back(static_cast<double>(m.first_relevant_rank));
  }
};

struct Summed {
  double queries = 0, ndcg = 0, recall = 0, reciprocal = 0;
};

// A query counts under its own kind and under all of them, once where there are no kinds.
std::vector<std::string> kinds_of(const std::string& kind) {
  if (kind == kAllKinds) return {kind};
  return {kind, kAllKinds};
}

Result<Frame> summary_of(const EvaluatedRows& rows,
                         const std::map<std::string, std::pair<double, double>>& costs) {
  std::vector<std::string> methods, kinds;
  std::map<std::pair<std::string, std::string>, Summed> sums;
  std::vector<std::pair<std::string, std::string>> places;
  for (std::size_t i = 0; i < rows.query.size(); ++i)
    for (const std::string& kind : kinds_of(rows.kind[i])) {
      const auto [sum, fresh] = sums.try_emplace({rows.method[i], kind});
      if (fresh) places.push_back(sum->first);
      sum->second.queries += 1, sum->second.ndcg += rows.ndcg[i];
      sum->second.recall += rows.recall[i], sum->second.reciprocal += rows.reciprocal[i];
    }
  std::vector<double> queries, ndcg, recall, reciprocal, operations, kilobytes;
  for (const auto& place : places) {
    const Summed& sum = sums[place];
    methods.push_back(place.first), kinds.push_back(place.second);
    queries.push_back(sum.queries), ndcg.push_back(sum.ndcg / sum.queries);
    recall.push_back(sum.recall / sum.queries), reciprocal.push_back(sum.reciprocal / sum.queries);
    operations.push_back(costs.at(place.first).first);
    kilobytes.push_back(costs.at(place.first).second);
  }
  Frame::Builder b;
  b.add("method", methods).add("kind", kinds).add("queries", std::move(queries));
  b.add("ndcg", std::move(ndcg)).add("recall_100", std::move(recall));
  b.add("mrr", std::move(reciprocal)).add("operations", std::move(operations));
  b.add("kilobytes", std::move(kilobytes));
  return std::move(b).build();
}

// Operations a query and kilobytes: postings read for BM25, products for the embedding.
std::pair<double, double> cost_of(const retrieval::Retriever& retriever, retrieval::Method by,
                                  const std::vector<retrieval::Query>& queries, std::size_t k) {
  double operations = 0, bytes = 0;
  if (by != retrieval::Method::dense) {
    bytes += static_cast<double>(retriever.index().bytes());
    for (const retrieval::Query& query : queries) {
      retrieval::SearchWork work;
      retriever.bm25().search(query, k, &work);
      operations += static_cast<double>(work.scored + work.looked_up);
    }
    operations /= static_cast<double>(std::max<std::size_t>(1, queries.size()));
  }
  if (by != retrieval::Method::bm25) {
    const auto products =
        static_cast<double>(retriever.index().documents()) * static_cast<double>(retriever.dims());
    operations += products, bytes += 4 * products;
  }
  return {operations, bytes / 1024};
}

// One index, and one embedding where a method needs it, for all methods.
Result<retrieval::Retriever> retriever_for(const StepCall& call, const StepContext& context,
                                           const SearchedCorpus& corpus,
                                           const std::vector<retrieval::Method>& methods) {
  retrieval::RetrieverOptions options = retriever_options(call, context);
  for (const retrieval::Method method : methods)
    if (method != retrieval::Method::bm25) options.method = retrieval::Method::hybrid;
  return retrieval::Retriever::build(corpus.texts, options, context.progress);
}

Result<std::vector<retrieval::Query>> asked_of(const retrieval::Retriever& retriever,
                                               const SearchedCorpus& corpus) {
  std::vector<retrieval::Query> asked;
  for (const std::string& text : corpus.queries) {
    auto query = retriever.query(text);
    if (!query) return fail(query.error());
    asked.push_back(*std::move(query));
  }
  return asked;
}

Result<Outputs> run_retrieve_evaluate(const StepCall& call, const StepContext& context) {
  std::vector<retrieval::Method> methods;
  for (const std::string& name : call.texts("methods")) {
    auto method = parse_method(name);
    if (!method) return fail(method.error());
    methods.push_back(*method);
  }
  auto corpus = searched_corpus(call);
  if (!corpus) return fail(corpus.error());
  auto retriever = retriever_for(call, context, *corpus, methods);
  if (!retriever) return fail(retriever.error());
  auto asked = asked_of(*retriever, *corpus);
  if (!asked) return fail(asked.error());
  const auto k = static_cast<std::size_t>(call.integer("k"));
  EvaluatedRows rows;
  std::map<std::string, std::pair<double, double>> costs;
  for (std::size_t m = 0; m < methods.size(); ++m) {
    const std::string name = call.texts("methods")[m];
    for (std::size_t q = 0; q < asked->size(); ++q) {
      const std::vector<Hit> hits =
          retriever->search((*asked)[q], retrieval::kEvaluatedRanks, methods[m]);
      if (const auto measures = retrieval::measure_query(hits, corpus->judged.queries[q], k))
        rows.add(name, *corpus, q, hits, *measures);
      if (!context.progress.report(static_cast<double>(m * asked->size() + q) /
                                   static_cast<double>(methods.size() * asked->size())))
        return cancelled();
    }
    costs[name] = cost_of(*retriever, methods[m], *asked, k);
  }
  if (rows.query.empty())
    return fail(Code::bad_data, "no query has a relevant document, so no search can be judged");
  auto summary = summary_of(rows, costs);
  if (!summary) return fail(summary.error());
  Frame::Builder b;
  b.add("method", rows.method).add("query", rows.query).add("kind", rows.kind);
  b.add("text", rows.text).add("ndcg", std::move(rows.ndcg));
  b.add("recall_100", std::move(rows.recall)).add("reciprocal_rank", std::move(rows.reciprocal));
  b.add("first_relevant_rank", std::move(rows.rank)).add("first_found", rows.first);
  return two(std::move(b).build(), std::move(summary));
}

const StepRegistration kRetrieveEvaluate{{
    .name = "retrieve.evaluate",
    .version = 2,
    .sentence = "Search a corpus by words, by meaning or by both, and judge what is found.",
    .example = "local by_query, summary = retrieve.evaluate { posts, questions, answers, methods = "
               "{ \"bm25\", \"hybrid\" } }",
    .inputs = {{.name = "documents", .kind = Kind::frame, .sentence = "document, text"},
               {.name = "queries", .kind = Kind::frame, .sentence = "query, text, perhaps kind"},
               {.name = "judgements",
                .kind = Kind::frame,
                .sentence = "query, document, relevance"}},
    .outputs = {{.name = "by_query",
                 .kind = Kind::frame,
                 .sentence = "method, query, kind, ndcg, recall_100, first_relevant_rank"},
                {.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "a row a method and kind: ndcg, recall_100, mrr, operations (postings "
                             "read and products taken, a query), kilobytes"}},
    .parameters =
        joined_parameters({{.name = "methods",
                            .type = ParameterType::texts,
                            .initial = std::vector<std::string>{"bm25", "dense", "hybrid"},
                            .sentence = "bm25, dense (an embedding), hybrid"},
                           integer_parameter("k", 10, 1, 1000, "ranks of nDCG and MRR")},
                          retriever_parameters()),
    .run = run_retrieve_evaluate,
}};

}  // namespace
}  // namespace rehearse::steps
