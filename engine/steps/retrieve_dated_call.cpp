// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/retrieve_dated_call.hpp"

#include <cmath>
#include <map>

namespace rehearse::steps {
namespace {

// Errors: no such column, texts in it, an empty cell where none may be.
Result<std::vector<double>> numbers_of(const Frame& table, const char* name, double where_empty) {
  auto column = table.require(name);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::bad_data, "the column `{}` holds texts; numbers are due", name);
  std::vector<double> numbers = (*column)->numbers();
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (!std::isnan(numbers[row])) continue;
    if (std::isnan(where_empty))
      return fail(Code::bad_data, "row {}: the column `{}` is empty", row + 1, name);
    numbers[row] = where_empty;
  }
  return numbers;
}

Result<std::vector<double>> revisions_of(const Frame& table) {
  if (!table.find("revision")) return std::vector<double>(table.rows(), 1);
  return numbers_of(table, "revision", std::nan(""));
}

using PlaceOfRevision = std::map<std::pair<std::string, double>, retrieval::DocumentId>;

Result<PlaceOfRevision> add_documents(const Frame& table, retrieval::DatedCorpus& corpus) {
  auto ids = texts_of(table, "document"), texts = texts_of(table, "text");
  auto revisions = revisions_of(table), from = numbers_of(table, "from", std::nan("")),
       until = numbers_of(table, "until", retrieval::kStillStands);
  for (const auto* column : {&ids, &texts})
    if (!*column) return fail(column->error());
  for (const auto* column : {&revisions, &from, &until})
    if (!*column) return fail(column->error());
  PlaceOfRevision places;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::pair key{(*ids)[row], (*revisions)[row]};
    if (!places.emplace(key, static_cast<retrieval::DocumentId>(row)).second)
      return fail(Code::bad_data, "row {}: revision {:g} of document `{}` stands twice", row + 1,
                  key.second, key.first);
    corpus.documents.push_back({std::move((*texts)[row]), (*from)[row], (*until)[row]});
  }
  return places;
}

Result<void> add_relevant(const Frame& table, std::int64_t least, const PlaceOfRevision& places,
                          DatedTables& tables) {
  auto queries = texts_of(table, "query"), documents = texts_of(table, "document");
  auto revisions = revisions_of(table), relevance = numbers_of(table, "relevance", std::nan(""));
  for (const auto* column : {&queries, &documents})
    if (!*column) return fail(column->error());
  for (const auto* column : {&revisions, &relevance})
    if (!*column) return fail(column->error());
  std::map<std::string_view, std::size_t> asked;
  for (std::size_t q = 0; q < tables.query_ids.size(); ++q) asked[tables.query_ids[q]] = q;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto query = asked.find((*queries)[row]);
    const auto place = places.find({(*documents)[row], (*revisions)[row]});
    if (query == asked.end())
      return fail(Code::bad_data, "row {}: there is no question `{}`", row + 1, (*queries)[row]);
    if (place == places.end())
      return fail(Code::bad_data, "row {}: there is no revision {:g} of document `{}`", row + 1,
                  (*revisions)[row], (*documents)[row]);
    if ((*relevance)[row] >= static_cast<double>(least))
      tables.corpus.queries[query->second].relevant.push_back(place->second);
  }
  return {};
}

}  // namespace

Result<DatedTables> dated_tables(const StepCall& call, std::int64_t least) {
  DatedTables tables;
  auto places = add_documents(call.input("documents")->as_frame(), tables.corpus);
  if (!places) return at("documents", Result<DatedTables>(fail(places.error())));
  const Frame& queries = call.input("queries")->as_frame();
  auto ids = texts_of(queries, "query"), texts = texts_of(queries, "text");
  auto times = numbers_of(queries, "time", std::nan(""));
  for (const auto* column : {&ids, &texts})
    if (!*column) return at("queries", Result<DatedTables>(fail(column->error())));
  if (!times) return at("queries", Result<DatedTables>(fail(times.error())));
  tables.kinds.assign(queries.rows(), "all");
  if (queries.find("kind")) {
    auto kinds = texts_of(queries, "kind");
    if (!kinds) return at("queries", Result<DatedTables>(fail(kinds.error())));
    tables.kinds = *std::move(kinds);
  }
  tables.query_ids = *std::move(ids);
  for (std::size_t row = 0; row < queries.rows(); ++row)
    tables.corpus.queries.push_back({std::move((*texts)[row]), (*times)[row], {}});
  if (auto added = add_relevant(call.input("judgements")->as_frame(), least, *places, tables);
      !added)
    return at("judgements", Result<DatedTables>(fail(added.error())));
  return tables;
}

std::vector<plan::Port> dated_ports() {
  return {{.name = "documents", .kind = Kind::frame, .sentence = "document, from, until, text"},
          {.name = "queries", .kind = Kind::frame, .sentence = "query, time, text"},
          {.name = "judgements",
           .kind = Kind::frame,
           .sentence = "query, document, revision, relevance"}};
}

Result<Frame> NumberTable::build() && {
  Frame::Builder builder;
  for (auto& [name, values] : columns_) {
    std::vector<std::uint8_t> there;
    for (const double value : values) there.push_back(!std::isnan(value));
    const bool all = std::find(there.begin(), there.end(), 0) == there.end();
    builder.add(name, std::move(values));
    if (!all) builder.missing(std::move(there));
  }
  return std::move(builder).build();
}

}  // namespace rehearse::steps
