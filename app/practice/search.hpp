// SPDX-License-Identifier: GPL-3.0-or-later
//
// SearchIndex: full-text search (SQLite FTS5, BM25) over drills, designs and cards, the product's
// and the user's. The index is a file of the cache folder: it is made anew when any of the files
// changed, is damaged or is missing, beside itself and then renamed, so that two programs may do it
// at once. Words are found by their stem and without accents.
//
//   auto index = SearchIndex::open(home);
//   for (const SearchHit& hit : *index->find("calibrat \"log loss\" -platt", 20)) …
//
// Opening reads all files (2 MB, some 10 ms; 100 ms more where the index is made), so the window
// does it on a worker thread. One index a thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/practice/home.hpp"

namespace SQLite {
class Database;
}

namespace rehearse::practice {

enum class SearchKind { drill, design, card };
const char* kind_name(SearchKind kind);  // "drill"

struct SearchHit {
  SearchKind kind = SearchKind::card;
  std::string id, title, topic;
  // Words around the place; what was found stands between '\x02' and '\x03'.
  std::string snippet;
  double rank = 0;  // less is better, as BM25 of SQLite is
};

class SearchIndex {
 public:
  // Errors: the cache folder cannot be written.
  static Result<SearchIndex> open(const Home& home);
  ~SearchIndex();
  SearchIndex(SearchIndex&&) noexcept;
  SearchIndex& operator=(SearchIndex&&) noexcept;

  // Best first. As a person types: words (also their beginnings) that must all be there, "a
  // phrase", -without; where nothing has all of the words, what has some of them. No query is an
  // error; one that says nothing finds nothing. `kinds` empty: all.
  Result<std::vector<SearchHit>> find(const std::string& query, std::size_t limit,
                                      const std::vector<SearchKind>& kinds = {}) const;

 private:
  SearchIndex();
  std::unique_ptr<SQLite::Database> database_;
  std::string path_;
};

}  // namespace rehearse::practice
