// SPDX-License-Identifier: GPL-3.0-or-later
//
// What SQLite says of the tables of a database: their columns, types, defaults and keys, and their
// rows. Part of archive.hpp.
#pragma once

#include <optional>

#include "app/practice/archive.hpp"

namespace rehearse::practice {

struct ColumnShape {
  std::string name, type;
  bool required = false;
  Cell otherwise;  // the default; none where a value is due
  bool has_default = false;
  int key = 0;  // its place in the key, from 1
};

struct TableShape {
  std::string name;
  std::vector<ColumnShape> columns;

  // Its key is a plain `id`.
  bool numbered() const;
  std::vector<std::string> key() const;
  std::vector<std::string> names() const;
  std::optional<std::size_t> find(const std::string& column) const;
};

// All below throw SQLite::Exception. Names are in alphabetical order.
std::vector<std::string> table_names(SQLite::Database& db);
TableShape shape_of(SQLite::Database& db, const std::string& table);
// In order of the key.
TableRows rows_of(SQLite::Database& db, const TableShape& shape);
// "a", "b"
std::string quoted_list(const std::vector<std::string>& names);

}  // namespace rehearse::practice
