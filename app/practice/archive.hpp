// SPDX-License-Identifier: GPL-3.0-or-later
//
// Archive: all that a user has made, as values: the rows of every table of rehearse.db and the
// files of their own (drills, designs, cards, cases). What export writes and import reads; the
// forms on disk are in archive_json.hpp, archive_csv.hpp, archive_markdown.hpp and anki.hpp.
//
// Tables are taken as they come, by their columns, so a new table or column needs no line here.
// Rows of a table with a plain `id` are recognised by all that else stands in them; rows of a table
// with a key of its own by that key, and of two the newer stays.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "app/practice/database.hpp"

namespace rehearse::practice {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

struct TableRows {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

// `path` is below the data folder, as drills/state/my-drill.lua.
struct OwnFile {
  std::string path, content;
  bool operator==(const OwnFile&) const = default;
};

struct Archive {
  int schema = 0;  // 0: it has files alone
  std::vector<TableRows> tables;
  std::vector<OwnFile> files;
  bool cells_are_text = false;  // numbers are read from their digits (CSV)
};

// In order of name, rows in order of their key: the same data give the same archive.
// Errors: the database or a file cannot be read, a file over 16 MB.
Result<Archive> read_archive(const Database& database, const std::string& data);

// Why `path` may not be written below a data folder; empty where it may: a plain path below
// drills/, designs/, content/ or cases/, without "..", hidden names or what is no UTF-8.
std::string refused_path(const std::string& path);

struct ImportReport {
  std::map<std::string, std::size_t> added;  // rows by table
  std::size_t replaced = 0;                  // rows that gave way to newer ones
  std::size_t known = 0;                     // rows and files that were there already
  std::vector<std::string> written;          // files
  std::vector<std::string> kept;             // files that differ from yours, which stays
  std::string aside;                         // of --replace: where what gave way is kept
  std::size_t added_rows() const;
};

struct ImportTarget {
  std::string data, builtin;  // as Home has them
  bool replace = false;       // the archive takes the place of all that is there
};

// Adds what is not there yet; doing it twice adds nothing. The rows are one transaction. With
// `replace` a backup is taken first, and files that give way are moved beside the backups.
// Errors: written by a newer version, an unknown table or column, a cell of the wrong type (table,
// row and column are named), a path that is refused, a disk that is full; no row is changed then.
Result<ImportReport> import_archive(Database& database, const Archive& archive,
                                    const ImportTarget& target, std::int64_t now);

}  // namespace rehearse::practice
