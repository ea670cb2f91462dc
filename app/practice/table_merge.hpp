// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows into tables, whatever the tables: the shape of each is asked of SQLite. Part of
// import_archive (archive.hpp), which says what is recognised by what.
#pragma once

#include "app/practice/archive.hpp"

namespace rehearse::practice {

// The rows of all tables. Throws SQLite::Exception.
std::vector<TableRows> read_tables(SQLite::Database& db);

// Checks the archive's cells against the tables and fills in the columns it does not have, so that
// every table has the columns of the database. Errors as import_archive.
Result<std::vector<TableRows>> conform(SQLite::Database& db, const Archive& archive);

// Both take what `conform` gave, inside a transaction of the caller's. Throw SQLite::Exception.
void merge_tables(SQLite::Database& db, const std::vector<TableRows>& tables, ImportReport& report);
void replace_tables(SQLite::Database& db, const std::vector<TableRows>& tables,
                    ImportReport& report);

}  // namespace rehearse::practice
