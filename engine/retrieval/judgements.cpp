// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/judgements.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <unordered_set>

#include "engine/base/utf8.hpp"
#include "engine/retrieval/source_text.hpp"

namespace rehearse::retrieval {
namespace {

constexpr int kGreatestRelevance = 1000;
constexpr std::size_t kJudgementBytes = std::size_t{1} << 30;

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// The first five fields of a line and how many there are, five standing for more.
struct LineFields {
  std::array<std::string_view, 5> of;
  std::size_t count = 0;
};

LineFields fields_of(std::string_view line) {
  constexpr std::string_view kSpaces = " \t";
  LineFields fields;
  for (std::size_t at = line.find_first_not_of(kSpaces);
       at != std::string_view::npos && fields.count < fields.of.size();
       at = line.find_first_not_of(kSpaces, at)) {
    const std::size_t end = std::min(line.find_first_of(kSpaces, at), line.size());
    fields.of[fields.count++] = line.substr(at, end - at);
    at = end;
  }
  return fields;
}

class JudgementReader {
 public:
  // What is wrong with the line; nothing where it was read.
  std::optional<std::string> read(std::string_view line, std::size_t number) {
    const LineFields fields = fields_of(line);
    if (fields.count != 4)
      return fmt::format("`{}` has {} fields; query, iteration, document and relevance are due",
                         abbreviated(line),
                         fields.count > 4 ? "more than four" : std::to_string(fields.count));
    const auto relevance = whole_number<int>(fields.of[3]);
    if (!relevance || std::abs(*relevance) > kGreatestRelevance)
      return fmt::format("the relevance `{0}` is not a whole number in [-{1}, {1}]",
                         abbreviated(fields.of[3]), kGreatestRelevance);
    const auto [known, fresh] =
        lines_.emplace(fmt::format("{}\n{}", fields.of[0], fields.of[2]), number);
    if (!fresh)
      return fmt::format(
          "query {} and document {} were judged on line {} already; one judgement "
          "each is due",
          fields.of[0], fields.of[2], known->second);
    judgements.rows.push_back({std::string(fields.of[0]), std::string(fields.of[2]), *relevance});
    return std::nullopt;
  }

  Judgements judgements;

 private:
  std::unordered_map<std::string, std::size_t> lines_;
};

std::optional<std::size_t> place_of_query(const std::string& text, std::size_t queries) {
  const auto place = whole_number<std::size_t>(text);
  return place && *place >= 1 && *place <= queries ? std::optional(*place - 1) : std::nullopt;
}

std::unordered_map<std::string_view, std::size_t> places_of(std::span<const std::string> ids) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < ids.size(); ++i) places.emplace(ids[i], i);
  return places;
}

}  // namespace

Result<Judgements> parse_judgements(std::string_view text, const std::string& name, bool skip_bad) {
  JudgementReader reader;
  for (Lines lines(text); lines.next();) {
    if (blank(lines.line())) continue;
    const auto wrong = reader.read(lines.line(), lines.number());
    if (!wrong) continue;
    const std::string message = fmt::format("{}: line {}: {}", name, lines.number(), *wrong);
    if (!skip_bad) return fail(Code::bad_data, "{}", message);
    if (reader.judgements.skipped++ == 0) reader.judgements.first_skipped = message;
  }
  if (reader.judgements.rows.empty())
    return fail(Code::bad_data, "{}: there is no judgement in it", name);
  return std::move(reader.judgements);
}

Result<Judgements> read_judgements(const std::string& path, bool skip_bad) {
  const auto text = read_source_text(path, kJudgementBytes);
  if (!text) return fail(text.error());
  return parse_judgements(*text, path, skip_bad);
}

JudgedQueries join_judgements(const Judgements& judgements, std::span<const std::string> query_ids,
                              std::span<const std::string> document_ids, QueryKey key) {
  const auto queries = places_of(query_ids), documents = places_of(document_ids);
  std::unordered_set<std::string_view> lost_queries, lost_documents;
  JudgedQueries joined;
  joined.queries.resize(query_ids.size());
  for (const Judgement& row : judgements.rows) {
    std::optional<std::size_t> place;
    if (key == QueryKey::place)
      place = place_of_query(row.query, query_ids.size());
    else if (const auto found = queries.find(row.query); found != queries.end())
      place = found->second;
    if (!place) {
      if (lost_queries.insert(row.query).second) joined.unknown_queries.push_back(row.query);
      continue;
    }
    JudgedQuery& query = joined.queries[*place];
    ++query.judged;
    const auto document = documents.find(row.document);
    if (document == documents.end()) {
      if (lost_documents.insert(row.document).second)
        joined.unknown_documents.push_back(row.document);
      if (row.relevance > 0) query.missing.push_back(row.relevance);
    } else if (row.relevance > 0) {
      query.relevance[static_cast<DocumentId>(document->second)] = row.relevance;
    }
  }
  joined.unjudged_queries = static_cast<std::size_t>(
      std::count_if(joined.queries.begin(), joined.queries.end(),
                    [](const JudgedQuery& query) { return query.judged == 0; }));
  return joined;
}

bool judged_by_place(const Judgements& judgements, std::span<const std::string> query_ids) {
  const auto ids = places_of(query_ids);
  bool unknown = false;
  for (const Judgement& row : judgements.rows) {
    if (!place_of_query(row.query, query_ids.size())) return false;
    unknown = unknown || !ids.contains(row.query);
  }
  return unknown;
}

}  // namespace rehearse::retrieval
