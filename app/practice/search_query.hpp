// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person types, in the language of FTS5 (www.sqlite.org/fts5.html, 3): words with their
// beginnings, "phrases", -without. Whatever is typed becomes a query that FTS5 accepts. Part of
// search.hpp.
#pragma once

#include <string>

namespace SQLite {
class Database;
}

namespace rehearse::practice {

// The terms joined by `join` (AND, OR); empty where nothing is asked for. `db` has a table `words`
// of all words and how many documents have each. Throws SQLite::Exception.
std::string fts_query(SQLite::Database& db, const std::string& typed, const std::string& join);

// Whether there is anything in it to look for: `-without` alone is not.
bool asks_for_something(const std::string& typed);

}  // namespace rehearse::practice
