// SPDX-License-Identifier: GPL-3.0-or-later
//
// Databases of every version that was ever written open and lose no row, and one that is locked is
// told and written later.
#include <SQLiteCpp/SQLiteCpp.h>

#include "app/practice/archive.hpp"
#include "app/practice/attempts.hpp"
#include "app/practice/reviews.hpp"
#include "app/practice/schema.hpp"
#include "tests/app/practice/test_folder.hpp"

namespace {

using namespace rehearse::practice;
using rehearse::test::TestFolder;

// A file as version `version` wrote it: the first migrations, and in each table a row in which
// every column holds something.
std::map<std::string, std::string> file_of_version(const std::string& path, std::size_t version) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (std::size_t i = 0; i < version; ++i) db.exec(kMigrations[i]);
  db.exec("PRAGMA user_version = " + std::to_string(version));
  std::map<std::string, std::string> rows;
  SQLite::Statement tables(db, "SELECT name FROM sqlite_master WHERE type = 'table'");
  while (tables.executeStep()) {
    const std::string table = tables.getColumn(0).getString();
    std::string values, columns;
    SQLite::Statement column(db, "SELECT name, type FROM pragma_table_info(?)");
    column.bind(1, table);
    while (column.executeStep()) {
      const std::string type = column.getColumn(1).getString();
      columns += (columns.empty() ? "" : ", ") + column.getColumn(0).getString();
      values += values.empty() ? "" : ", ";
      values += type == "INTEGER" ? "3" : type == "REAL" ? "2.5" : "'{}'";
    }
    db.exec("INSERT INTO " + table + "(" + columns + ") VALUES(" + values + ")");
    rows[table] = columns;
  }
  return rows;
}

std::string row_of(SQLite::Database& db, const std::string& table, const std::string& columns) {
  std::string text;
  SQLite::Statement row(db, "SELECT " + columns + " FROM " + table);
  while (row.executeStep())
    for (int i = 0; i < row.getColumnCount(); ++i) text += row.getColumn(i).getString() + "|";
  return text;
}

}  // namespace

TEST_CASE("versions: a file of every earlier version opens and keeps its rows") {
  for (std::size_t version = 1; version <= kMigrations.size(); ++version) {
    INFO("version " << version);
    const TestFolder folder;
    const std::string path = folder.file("rehearse.db");
    const auto tables = file_of_version(path, version);
    std::map<std::string, std::string> before;
    {
      SQLite::Database raw(path);
      for (const auto& [table, columns] : tables) before[table] = row_of(raw, table, columns);
    }
    auto database = Database::open(path, [] { return std::int64_t{1'790'000'000}; });
    if (!database) FAIL(database.error().message);
    CHECK((*database)->version() == Database::newest_version());
    for (const auto& [table, columns] : tables)
      CHECK(row_of((*database)->connection(), table, columns) == before[table]);
    CHECK(all_attempts(**database)->size() == 1);
    CHECK(card_states(**database)->size() == 1);
    CHECK(read_archive(**database, folder.path.string()));
    const std::string copy = path + ".backup-v" + std::to_string(version) + "-20260921T141320Z";
    CHECK(std::filesystem::exists(copy) == (version < kMigrations.size()));
  }
}

TEST_CASE("versions: a file of a newer version is refused and left byte for byte") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db");
  file_of_version(path, kMigrations.size());
  SQLite::Database(path, SQLite::OPEN_READWRITE)
      .exec("PRAGMA user_version = " + std::to_string(kMigrations.size() + 1));
  const std::string before = rehearse::test::text_of(path);
  const auto refused = Database::open(path);
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message, Catch::Contains("newer Rehearse"));
  CHECK(rehearse::test::text_of(path) == before);
}

TEST_CASE("versions: a draft that a lock kept out is told, kept by the caller and saved later") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db");
  auto database = *Database::open(path);
  const Draft draft{"typed meanwhile", 3, 1'790'000'000};
  {
    SQLite::Database other(path, SQLite::OPEN_READWRITE);
    SQLite::Transaction lock(other, SQLite::TransactionBehavior::IMMEDIATE);
    const auto kept_out = save_draft(*database, "d", "lua", draft);
    REQUIRE_FALSE(kept_out);
    CHECK_THAT(kept_out.error().message, Catch::Contains("in use by another program"));
  }
  REQUIRE(save_draft(*database, "d", "lua", draft));
  CHECK((*draft_of(*database, "d", "lua"))->text == draft.text);
}
