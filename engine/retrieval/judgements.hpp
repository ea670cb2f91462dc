// SPDX-License-Identifier: GPL-3.0-or-later
//
// Judgements: which documents answer which query, as people said (qrels), in the form of TREC:
//
//   query iteration document relevance        5 0 552 1
//
// parted by spaces or tabs; the iteration is not used. A relevance of 0 or less says that the
// document was looked at and does not answer. A document without a judgement counts as one that
// does not answer, which holds an unjudged find against the ranker: compare rankers whose first
// ranks are about as well judged.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/retrieval/inverted_index.hpp"

namespace rehearse::retrieval {

struct Judgement {
  std::string query, document;
  int relevance = 0;  // in [-1000, 1000]
};

struct Judgements {
  std::vector<Judgement> rows;
  std::size_t skipped = 0;    // bad lines left out (skip_bad)
  std::string first_skipped;  // why the first of them was left out
};

// Errors, each with its line: not four fields, a relevance that is no whole number within range,
// the same query and document twice, no judgement at all, not UTF-8. O(bytes).
Result<Judgements> read_judgements(const std::string& path, bool skip_bad = false);
Result<Judgements> parse_judgements(std::string_view text, const std::string& name,
                                    bool skip_bad = false);

// How the judgements call a query: by its identifier, or by its place in the file from 1 (the
// Cranfield collection in TREC form numbers its topics 1, 2, 4, 8, … and its judgements 1 to 225).
enum class QueryKey { id, place };

// What is known of one query.
struct JudgedQuery {
  std::unordered_map<DocumentId, int> relevance;  // above 0 alone
  std::vector<int> missing;  // relevances above 0 of documents that the corpus does not hold
  std::size_t judged = 0;    // rows, of any relevance
  std::size_t relevant() const { return relevance.size() + missing.size(); }
};

struct JudgedQueries {
  std::vector<JudgedQuery> queries;  // in the order of the queries
  // Judged, but not in the file of queries (their rows are left out), or not in the corpus (no
  // ranking can find them: those that are relevant count against recall, as in trec_eval).
  std::vector<std::string> unknown_queries, unknown_documents;
  std::size_t unjudged_queries = 0;  // without a row
};

JudgedQueries join_judgements(const Judgements& judgements, std::span<const std::string> query_ids,
                              std::span<const std::string> document_ids,
                              QueryKey key = QueryKey::id);

// Whether identifiers leave judged queries unknown although every one of them is a place in the
// file: then it is the place that the judgements mean.
bool judged_by_place(const Judgements& judgements, std::span<const std::string> query_ids);

}  // namespace rehearse::retrieval
