// SPDX-License-Identifier: GPL-3.0-or-later
//
// How well does search find what people judged relevant? A corpus, queries and judgements of the
// user's own: the means over queries, how fast it was, the queries that are served worst, and for
// the worst of them, term by term, why another document stood first.
//
// It needs three files, so it is asked on the command line alone.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/base/stop.hpp"
#include "engine/retrieval/collection.hpp"
#include "engine/retrieval/evaluation.hpp"
#include "engine/retrieval/retriever.hpp"

namespace rehearse::analysis {

struct RetrievalOptions {
  retrieval::RetrieverOptions retriever;
  std::size_t k = 10;  // ranks of nDCG and MRR, in [1, 1000]
  // How the judgements call a query. Nothing: by identifier, or, where the queries are TREC topics
  // and only their places fit all judgements, by place (which the notices then say).
  std::optional<retrieval::QueryKey> key;
};

struct RetrievalFiles {
  retrieval::Collection corpus;
  retrieval::Queries queries;
  retrieval::Judgements judgements;
};

// One query of the worst.
struct QueryFind {
  std::string id, text;
  std::size_t relevant = 0;
  double ndcg = 0;
  std::size_t first_relevant_rank = 0;  // 0: none within 1000
  std::string first_document;           // what stands first; empty: nothing was found
};

// Two documents for one query: what stands first and does not answer, and the best that would.
struct Overtaken {
  std::string query, text, first, relevant;
  retrieval::Explanation of_first, of_relevant;
};

struct Retrieval {
  retrieval::RetrievalReport means;
  std::size_t documents = 0, documents_without_words = 0, queries_without_words = 0;
  std::size_t unjudged_queries = 0, unknown_queries = 0, unknown_documents = 0;
  std::size_t skipped = 0;
  retrieval::QueryKey key = retrieval::QueryKey::id;
  double index_seconds = 0, queries_per_second = 0;  // top k, on one core, tokenizing included
  std::size_t dims = 0;                              // of the embeddings; 0: there are none
  double mean_length = 0;
  std::vector<double> ndcg;            // of the defined queries, in order of queries
  std::vector<QueryFind> worst;        // by nDCG ascending, the first 20
  std::optional<Overtaken> overtaken;  // of BM25 alone: the others have no terms
  std::vector<std::string> notices;    // what was left out, or looks wrong: to be told
};

// The first 1000 of one query as it is ranked, under the name by which the judgements call it.
using Ranked = std::function<void(const std::string& query, std::span<const retrieval::Hit> hits)>;

// Errors: those of Retriever::build; no judged query is among the queries; no
// judged document is in the corpus; cancelled.
Result<Retrieval> measure_retrieval(const RetrievalFiles& files, const RetrievalOptions& options,
                                    const Ranked& ranked = {}, const Progress& progress = {});

std::string summary_of(const RetrievalOptions& options, const Retrieval& retrieval);

Document document_of(const std::string& corpus, const RetrievalOptions& options,
                     const Retrieval& retrieval);

// `query Q0 document rank score tag`, a line a hit: the form that trec_eval reads. Errors: an
// identifier with a space in it.
class RunWriter {
 public:
  RunWriter(const RetrievalFiles& files, std::string tag) : files_(files), tag_(std::move(tag)) {}
  Result<void> check() const;
  void add(const std::string& query, std::span<const retrieval::Hit> hits);
  const std::string& text() const { return text_; }

 private:
  const RetrievalFiles& files_;
  std::string tag_, text_;
};

}  // namespace rehearse::analysis
