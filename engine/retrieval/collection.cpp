// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/collection.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <new>
#include <optional>

#include "engine/base/json.hpp"
#include "engine/base/read.hpp"
#include "engine/base/utf8.hpp"
#include "engine/retrieval/source_text.hpp"
#include "engine/retrieval/trec.hpp"

namespace rehearse::retrieval {
namespace {

constexpr std::size_t kEntriesPerReport = 4096;
constexpr std::size_t kShownMembers = 12;

enum class Format { jsonl, csv, tsv, trec, unknown };

Format format_of(const std::string& path, std::string_view text) {
  const auto ends = [&](std::string_view ending) { return path.ends_with(ending); };
  if (ends(".jsonl") || ends(".ndjson")) return Format::jsonl;
  if (ends(".csv")) return Format::csv;
  if (ends(".tsv")) return Format::tsv;
  const std::string_view front = trimmed(text.substr(0, 4096));
  if (front.starts_with('{')) return Format::jsonl;
  return front.starts_with('<') ? Format::trec : Format::unknown;
}

// What an object of a corpus says under one name: a text, or a whole number as one.
struct MemberText {
  std::string text;
  std::string why;  // not empty: no such text
};

MemberText text_member(const Json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end()) {
    std::vector<std::string> names;
    for (const auto& [key, value] : object.items())
      if (names.size() < kShownMembers) names.push_back(abbreviated(key));
    return {"", fmt::format("there is no member `{}`; there are {}. Name the one that is meant",
                            name, fmt::join(names, ", "))};
  }
  if (found->is_string()) return {found->get<std::string>(), ""};
  if (found->is_number_integer()) return {found->dump(), ""};
  if (found->is_null()) return {};
  return {"", fmt::format("`{}` is neither a text nor a whole number", name)};
}

Result<void> add_object(CollectionBuilder& builder, const Lines& lines,
                        const CollectionOptions& options) {
  Json object;
  try {
    object = Json::parse(lines.line());
  } catch (const Json::parse_error& error) {
    return builder.bad(
        lines.number(),
        fmt::format("not JSON, at character {}; one object a line is due", error.byte));
  } catch (const Json::exception&) {
    return builder.bad(lines.number(), "not JSON that can be read: a number is out of range");
  }
  if (!object.is_object())
    return builder.bad(lines.number(), "not an object; one object a line is due");
  const MemberText id = text_member(object, options.id);
  if (!id.why.empty()) return builder.bad(lines.number(), id.why);
  std::string text;
  for (const std::string& name : options.text) {
    const MemberText part = text_member(object, name);
    if (!part.why.empty()) return builder.bad(lines.number(), part.why);
    if (&name != &options.text.front()) text += ' ';
    text += part.text;
  }
  return builder.add(id.text, std::move(text), lines.number());
}

Result<Collection> parse_collection(const std::string& text, Format format, const std::string& path,
                                    const CollectionOptions& options, const std::string& entry,
                                    const Progress& progress) {
  const std::string name = path == "-" ? "standard input" : path;
  switch (format) {
    case Format::jsonl: return parse_jsonl_collection(text, options, entry, name, progress);
    case Format::csv: return parse_csv_collection(text, ',', options, entry, name, progress);
    case Format::tsv: return parse_csv_collection(text, '\t', options, entry, name, progress);
    case Format::trec:
    case Format::unknown: break;
  }
  return entry == "query" ? parse_trec_topics(text, options, name)
                          : parse_trec_documents(text, options, name, progress);
}

}  // namespace

Result<void> CollectionBuilder::bad(std::size_t place, const std::string& why) {
  const std::string message = fmt::format("{}: {} {}: {}", name_, unit_, place, why);
  if (!skip_bad_) return fail(Code::bad_data, "{}", message);
  if (collection_.skipped++ == 0) collection_.first_skipped = message;
  return {};
}

Result<void> CollectionBuilder::add(std::string_view id, std::string text, std::size_t place) {
  id = trimmed(id);
  if (id.empty()) return bad(place, fmt::format("the {} has no identifier; give it one", entry_));
  if (text.size() > kLongestText)
    return bad(place, fmt::format("the {} `{}` has {} MB of text, more than {}; cut it into "
                                  "passages first",
                                  entry_, abbreviated(id), text.size() >> 20, kLongestText >> 20));
  const auto [known, fresh] = places_.emplace(id, place);
  if (!fresh)
    return bad(place, fmt::format("the {} `{}` stands twice, first at {} {}; identifiers stand "
                                  "once",
                                  entry_, abbreviated(id), unit_, known->second));
  collection_.ids.emplace_back(id);
  collection_.texts.push_back(std::move(text));
  return {};
}

Result<Collection> CollectionBuilder::build() && {
  if (collection_.ids.empty())
    return fail(Code::bad_data, "{}: there is no {} in it{}", name_, entry_,
                collection_.skipped > 0
                    ? " that can be read; the first: " + collection_.first_skipped
                    : std::string());
  return std::move(collection_);
}

Result<Collection> parse_jsonl_collection(std::string_view text, const CollectionOptions& options,
                                          const std::string& entry, const std::string& name,
                                          const Progress& progress) {
  CollectionBuilder builder(entry, name, options.skip_bad);
  for (Lines lines(text); lines.next();) {
    if (blank(lines.line())) continue;
    if (auto added = add_object(builder, lines, options); !added) return fail(added.error());
    if (lines.number() % kEntriesPerReport == 0 &&
        !progress.report(1 - static_cast<double>(lines.bytes_left()) /
                                 static_cast<double>(text.size())))
      return cancelled();
  }
  return std::move(builder).build();
}

Result<Collection> parse_csv_collection(std::string_view text, char separator,
                                        const CollectionOptions& options, const std::string& entry,
                                        const std::string& name, const Progress& progress) {
  ReadOptions reading{.separator = separator, .skip_bad = options.skip_bad};
  reading.numbers.emplace();  // none: identifiers stay as they are written
  const auto table = parse_csv(text, reading, name, progress);
  if (!table) return fail(table.error());
  const auto id = table->frame.require(options.id);
  if (!id) return fail(Code::not_found, "{}: {}", name, id.error().message);
  std::vector<const Column*> parts;
  for (const std::string& column : options.text) {
    const auto part = table->frame.require(column);
    if (!part) return fail(Code::not_found, "{}: {}", name, part.error().message);
    parts.push_back(*part);
  }
  CollectionBuilder builder(entry, name, options.skip_bad, "row");
  for (std::size_t row = 0; row < table->frame.rows(); ++row) {
    std::string joined;
    for (const Column* part : parts) {
      if (part != parts.front()) joined += ' ';
      joined += part->cell(row);
    }
    if (auto added = builder.add((*id)->cell(row), std::move(joined), row + 1); !added)
      return fail(added.error());
  }
  auto collection = std::move(builder).build();
  if (collection && table->skipped > 0) {
    collection->skipped += table->skipped;
    collection->first_skipped = table->first_skipped;
  }
  return collection;
}

Result<Collection> parse_tsv_queries(std::string_view text, const CollectionOptions& options,
                                     const std::string& name) {
  CollectionBuilder builder("query", name, options.skip_bad);
  for (Lines lines(text); lines.next();) {
    if (blank(lines.line())) continue;
    const std::size_t tab = lines.line().find('\t');
    const auto added =
        tab == std::string_view::npos
            ? builder.bad(lines.number(), fmt::format("there is no tab in `{}`; an identifier, a "
                                                      "tab and the query are due",
                                                      abbreviated(lines.line())))
            : builder.add(lines.line().substr(0, tab), std::string(lines.line().substr(tab + 1)),
                          lines.number());
    if (!added) return fail(added.error());
  }
  return std::move(builder).build();
}

Result<Collection> read_corpus(const std::string& path, const CollectionOptions& options,
                               const Progress& progress) try {
  const auto text = read_source_text(path, options.max_bytes);
  if (!text) return fail(text.error());
  const Format format = format_of(path, *text);
  if (format == Format::unknown)
    return fail(Code::bad_data,
                "{}: not a corpus that can be read: JSONL (lines of {{…}}), a .csv or .tsv file "
                "with a header, or TREC documents (<doc>…</doc>) are due",
                path);
  return parse_collection(*text, format, path, options, "document", progress);
} catch (const std::bad_alloc&) {
  return fail(Code::limit, "{}: the corpus does not fit into memory; search a part of it", path);
}

Result<Queries> read_queries(const std::string& path, const CollectionOptions& options,
                             const Progress& progress) try {
  const auto text = read_source_text(path, options.max_bytes);
  if (!text) return fail(text.error());
  const Format format = format_of(path, *text);
  auto collection = format == Format::tsv || format == Format::unknown
                        ? parse_tsv_queries(*text, options, path)
                        : parse_collection(*text, format, path, options, "query", progress);
  if (!collection) return fail(collection.error());
  return Queries{std::move(*collection), format == Format::trec};
} catch (const std::bad_alloc&) {
  return fail(Code::limit, "{}: the queries do not fit into memory; ask a part of them", path);
}

}  // namespace rehearse::retrieval
