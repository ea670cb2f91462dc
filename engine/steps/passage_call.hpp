// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps from passages to answers share: passages and hits as tables, and back.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "engine/metrics/reliability.hpp"
#include "engine/retrieval/judgements.hpp"
#include "engine/retrieval/reader.hpp"
#include "engine/steps/retrieve_call.hpp"

namespace rehearse::steps {

// Whole numbers of at least 0. Errors: no such column, another cell (its row).
inline Result<std::vector<std::size_t>> counts_of(const Frame& table, const std::string& name) {
  auto column = table.require(name);
  if (!column) return fail(column.error());
  std::vector<std::size_t> counts;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double value = (*column)->numeric() ? (*column)->number(row) : std::nan("");
    if (!(value >= 0 && value <= 9e15) || value != std::floor(value))
      return fail(Code::bad_data, "row {}: the column `{}` holds no whole number of 0 or more",
                  row + 1, name);
    counts.push_back(static_cast<std::size_t>(value));
  }
  return counts;
}

// Places of unique texts. Errors: one stands twice (both rows).
inline Result<std::unordered_map<std::string, std::size_t>> places_of(
    const std::vector<std::string>& ids, const char* what) {
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (const auto [known, fresh] = places.emplace(ids[i], i); !fresh)
      return fail(Code::bad_data, "row {}: the {} `{}` stands in row {} already", i + 1, what,
                  ids[i], known->second + 1);
  return places;
}

// The table of retrieve.chunk.
struct PassageTable {
  std::vector<std::string> ids, documents, texts;
  std::vector<std::size_t> begins, context_bytes;
  std::vector<retrieval::DocumentId> document_codes;  // equal for passages of one document
  std::vector<std::optional<double>> days;
  std::unordered_map<std::string, std::size_t> places;  // by id
  std::size_t size() const { return ids.size(); }
  std::size_t own_bytes(std::size_t i) const { return texts[i].size() - context_bytes[i]; }
};

inline Result<PassageTable> passages_of(const Frame& table) {
  PassageTable passages;
  for (const auto& [name, into] : {std::pair{"passage", &passages.ids},
                                   {"document", &passages.documents},
                                   {"text", &passages.texts}}) {
    auto texts = texts_of(table, name);
    if (!texts) return fail(texts.error());
    *into = *std::move(texts);
  }
  auto begins = counts_of(table, "begin"), context = counts_of(table, "context_bytes");
  auto places = places_of(passages.ids, "passage");
  if (!begins) return fail(begins.error());
  if (!context) return fail(context.error());
  if (!places) return fail(places.error());
  passages.begins = *std::move(begins), passages.context_bytes = *std::move(context);
  passages.places = *std::move(places);
  for (std::size_t i = 0; i < passages.size(); ++i)
    if (passages.context_bytes[i] > passages.texts[i].size())
      return fail(Code::bad_data, "row {}: a text of {} bytes has a context of {}", i + 1,
                  passages.texts[i].size(), passages.context_bytes[i]);
  std::unordered_map<std::string, retrieval::DocumentId> codes;
  for (const std::string& document : passages.documents)
    passages.document_codes.push_back(
        codes.emplace(document, static_cast<retrieval::DocumentId>(codes.size())).first->second);
  passages.days.resize(passages.size());
  if (const Column* days = table.find("day"); days && days->numeric())
    for (std::size_t i = 0; i < passages.size(); ++i)
      if (const double day = days->number(i); !std::isnan(day)) passages.days[i] = day;
  return passages;
}

struct AskedTable {
  std::vector<std::string> ids, texts, kinds;  // kinds: "all" where there are none
  std::unordered_map<std::string, std::size_t> places;
};

inline Result<AskedTable> asked_in(const Frame& table) {
  auto ids = texts_of(table, "query"), texts = texts_of(table, "text");
  if (!ids) return fail(ids.error());
  if (!texts) return fail(texts.error());
  AskedTable asked{*std::move(ids), *std::move(texts), {}, {}};
  asked.kinds.assign(asked.ids.size(), "all");
  if (table.find("kind")) {
    auto kinds = texts_of(table, "kind");
    if (!kinds) return fail(kinds.error());
    asked.kinds = *std::move(kinds);
  }
  auto places = places_of(asked.ids, "query");
  if (!places) return fail(places.error());
  asked.places = *std::move(places);
  return asked;
}

// What was found, by query: passages best first, and what the search has cost so far.
struct FoundTable {
  struct OfQuery {
    std::vector<std::size_t> passages;
    std::vector<double> scores;
    double operations = 0;
  };
  std::vector<OfQuery> queries;
};

// Errors: a query or passage that is not in its table, a column that is missing. Rows of a query
// stand in order of rank.
inline Result<FoundTable> found_in(const Frame& table, const AskedTable& asked,
                                   const PassageTable& passages) {
  auto query = texts_of(table, "query"), passage = texts_of(table, "passage");
  auto score = table.require("score"), operations = table.require("operations");
  for (const auto* column : {&score, &operations})
    if (!*column) return fail((*column).error());
  if (!query) return fail(query.error());
  if (!passage) return fail(passage.error());
  if (!(*score)->numeric() || !(*operations)->numeric())
    return fail(Code::bad_data, "the columns `score` and `operations` hold numbers");
  FoundTable found;
  found.queries.resize(asked.ids.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto q = asked.places.find((*query)[row]);
    const auto p = passages.places.find((*passage)[row]);
    if (q == asked.places.end() || p == passages.places.end())
      return fail(Code::bad_data, "row {}: the {} `{}` is not among those given", row + 1,
                  q == asked.places.end() ? "query" : "passage",
                  q == asked.places.end() ? (*query)[row] : (*passage)[row]);
    FoundTable::OfQuery& of = found.queries[q->second];
    of.passages.push_back(p->second), of.scores.push_back((*score)->number(row));
    of.operations = (*operations)->number(row);
  }
  return found;
}

inline Result<Frame> found_rows(const FoundTable& found, const AskedTable& asked,
                                const PassageTable& passages) {
  std::vector<std::string> query, passage;
  std::vector<double> rank, score, operations;
  for (std::size_t q = 0; q < found.queries.size(); ++q)
    for (std::size_t r = 0; r < found.queries[q].passages.size(); ++r) {
      query.push_back(asked.ids[q]), passage.push_back(passages.ids[found.queries[q].passages[r]]);
      rank.push_back(static_cast<double>(r + 1)), score.push_back(found.queries[q].scores[r]);
      operations.push_back(found.queries[q].operations);
    }
  Frame::Builder b;
  b.add("query", query).add("rank", std::move(rank)).add("passage", passage);
  b.add("score", std::move(score)).add("operations", std::move(operations));
  return std::move(b).build();
}

// Where the value that a question asks for stands, by query and document; without a range,
// somewhere in the document.
struct StatedValue {
  std::string document;
  std::optional<retrieval::ByteRange> range;
  int relevance = 0;
};

// `relevance` may be absent, and is then 2 everywhere; `begin` and `end` may, both.
inline Result<std::vector<std::vector<StatedValue>>> stated_in(const Frame& table,
                                                               const AskedTable& asked) {
  auto query = texts_of(table, "query"), document = texts_of(table, "document");
  for (const auto* texts : {&query, &document})
    if (!*texts) return fail(texts->error());
  const bool ranges = table.find("begin") || table.find("end");
  constexpr std::size_t kAnswers = 2;
  std::vector<std::size_t> relevance(table.rows(), kAnswers), begin, end;
  for (const auto& [name, into, there] :
       {std::tuple{"relevance", &relevance, table.find("relevance") != nullptr},
        {"begin", &begin, ranges},
        {"end", &end, ranges}}) {
    if (!there) continue;
    auto counts = counts_of(table, name);
    if (!counts) return fail(counts.error());
    *into = *std::move(counts);
  }
  std::vector<std::vector<StatedValue>> stated(asked.ids.size());
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (const auto q = asked.places.find((*query)[row]); q != asked.places.end()) {
      StatedValue value{(*document)[row], std::nullopt, static_cast<int>(relevance[row])};
      if (ranges) value.range = {begin[row], end[row]};
      stated[q->second].push_back(std::move(value));
    }
  return stated;
}

// Whether the range holds a value of the relevance.
inline bool holds_value(const std::vector<StatedValue>& stated, const std::string& document,
                        const retrieval::ByteRange& range, int relevance) {
  for (const StatedValue& one : stated)
    if (one.relevance == relevance && one.document == document &&
        (!one.range || (range.begin <= one.range->begin && one.range->end <= range.end)))
      return true;
  return false;
}

// Relevance of passages by query: of those that hold a judged range, or, where judgements have no
// ranges, of those of a judged document. Errors: as stated_in.
inline Result<std::vector<retrieval::JudgedQuery>> judged_passages(const Frame& table,
                                                                   const AskedTable& asked,
                                                                   const PassageTable& passages) {
  std::unordered_map<std::string, std::vector<std::size_t>> of_document;
  for (std::size_t p = 0; p < passages.size(); ++p) of_document[passages.documents[p]].push_back(p);
  const bool ranges = table.find("begin") && table.find("end");
  auto query = texts_of(table, "query"), document = texts_of(table, "document");
  auto relevance = counts_of(table, "relevance");
  if (!query) return fail(query.error());
  if (!document) return fail(document.error());
  if (!relevance) return fail(relevance.error());
  std::vector<std::size_t> begin(table.rows(), 0), end(table.rows(), 0);
  if (ranges)
    for (const auto& [name, into] : {std::pair{"begin", &begin}, std::pair{"end", &end}}) {
      auto counts = counts_of(table, name);
      if (!counts) return fail(counts.error());
      *into = *std::move(counts);
    }
  std::vector<retrieval::JudgedQuery> judged(asked.ids.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto q = asked.places.find((*query)[row]);
    if (q == asked.places.end() || (*relevance)[row] == 0) continue;
    for (const std::size_t p : of_document[(*document)[row]]) {
      const std::size_t first = passages.begins[p], last = first + passages.own_bytes(p);
      if (ranges && !(first <= begin[row] && end[row] <= last)) continue;
      int& best = judged[q->second].relevance[static_cast<retrieval::DocumentId>(p)];
      best = std::max(best, static_cast<int>(std::min<std::size_t>((*relevance)[row], 1000)));
    }
  }
  return judged;
}

// Of times in any order; not empty.
inline double time_quantile(std::vector<double> times, double share) {
  std::sort(times.begin(), times.end());
  return metrics::quantile_sorted(times, share);
}

inline std::vector<plan::Parameter> search_price_parameters() {
  return {number_parameter("fixed_ms", 10, 0, 1e6, "of every question", "milliseconds"),
          number_parameter("operation_ns", 5, 0, 1e6, "price of an operation of the search",
                           "nanoseconds")};
}

}  // namespace rehearse::steps
