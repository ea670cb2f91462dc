// SPDX-License-Identifier: GPL-3.0-or-later
//
// Collection: texts with an identifier each, as they stand in a file: a corpus of documents, or a
// set of queries. Read from
//
//   JSONL   one object a line; `id` and `text` name its members (other members may be anything)
//   CSV     a header line; `id` and `text` name columns; .tsv is parted by tabs
//   TREC    <doc> elements (trec.hpp), or <top> elements for queries
//   TSV     queries only: identifier, tab, text; no header
//
// Several text members or columns are joined by a space in the order given (title, then body).
// Identifiers are texts, whatever they look like, and stand once.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::retrieval {

struct Collection {
  std::vector<std::string> ids, texts;
  std::size_t skipped = 0;    // bad entries left out (skip_bad)
  std::string first_skipped;  // why the first of them was left out
  std::size_t size() const { return ids.size(); }
};

// Of one text; longer is no passage that a reader could be sent to.
inline constexpr std::size_t kLongestText = std::size_t{16} << 20;

struct CollectionOptions {
  std::string id = "id";
  std::vector<std::string> text = {"text"};
  bool skip_bad = false;
  std::size_t max_bytes = std::size_t{2} << 30;  // of the file
};

// Collects entries; what is wrong with one is an error, or is counted where bad ones are skipped.
class CollectionBuilder {
 public:
  // `entry` is what one is called in messages ("document"), `name` the file, `unit` that in which
  // places are counted ("line", "row").
  CollectionBuilder(std::string entry, std::string name, bool skip_bad, std::string unit = "line")
      : entry_(std::move(entry)),
        name_(std::move(name)),
        unit_(std::move(unit)),
        skip_bad_(skip_bad) {}

  // Errors: no identifier, one that stands twice (both places), a text over kLongestText.
  Result<void> add(std::string_view id, std::string text, std::size_t place);
  // An entry that cannot be read: an error, or counted.
  Result<void> bad(std::size_t place, const std::string& why);
  // Errors: none was read.
  Result<Collection> build() &&;

 private:
  std::string entry_, name_, unit_;
  bool skip_bad_;
  Collection collection_;
  std::unordered_map<std::string, std::size_t> places_;  // by identifier
};

// By the file's ending (.jsonl, .ndjson, .csv, .tsv), else by its first character: `{` is JSONL,
// `<` TREC; `-` is standard input. Errors, each with file and line: those of read_file, not UTF-8,
// a NUL byte, an unknown format, a member or column that is not there, an empty identifier or one
// that stands twice, a text over 16 MB, truncated markup, no entry at all, cancelled. O(bytes).
Result<Collection> read_corpus(const std::string& path, const CollectionOptions& options = {},
                               const Progress& progress = {});
// As a corpus, where .tsv and every unknown format is TSV without a header. `topics` tells that the
// file was TREC: its judgements may count the queries in file order instead of by number.
struct Queries {
  Collection collection;
  bool topics = false;
};
Result<Queries> read_queries(const std::string& path, const CollectionOptions& options = {},
                             const Progress& progress = {});

// The same of a text in memory.
Result<Collection> parse_jsonl_collection(std::string_view text, const CollectionOptions& options,
                                          const std::string& entry, const std::string& name,
                                          const Progress& progress = {});
Result<Collection> parse_csv_collection(std::string_view text, char separator,
                                        const CollectionOptions& options, const std::string& entry,
                                        const std::string& name, const Progress& progress = {});
Result<Collection> parse_tsv_queries(std::string_view text, const CollectionOptions& options,
                                     const std::string& name);

}  // namespace rehearse::retrieval
