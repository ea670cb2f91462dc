// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/backups.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/practice/attempts.hpp"
#include "tests/app/practice/test_folder.hpp"

namespace {

using namespace rehearse::practice;
namespace fs = std::filesystem;
using rehearse::test::on_a_full_disk;
using rehearse::test::put_file;
using rehearse::test::TestFolder;
using rehearse::test::text_of;

constexpr std::int64_t kFirst = 1'790'000'000, kOneDay = 86400;

// A backup of a database whose theme is "then"; nobody has the database open any more.
std::string saved_then(const TestFolder& folder) {
  auto database = *Database::open(folder.file("rehearse.db"));
  REQUIRE(set_setting(*database, "theme", "then"));
  return *back_up(*database, folder.file("b"), kFirst);
}

std::string theme_in(const std::string& path) {
  auto database = Database::open(path);
  REQUIRE(database);
  return setting(**database, "theme")->value_or("none");
}

}  // namespace

TEST_CASE("backups: ten are kept, the oldest goes, and a migration's copy stays") {
  const TestFolder folder;
  auto database = *Database::open(folder.file("rehearse.db"));
  const std::string backups = folder.file("backups");
  put_file(folder.file("rehearse.db.backup-v1-20260101T000000Z"), "a migration's");
  put_file(backups + "/notes.db", "not a backup");
  for (int i = 0; i < 12; ++i) REQUIRE(back_up(*database, backups, kFirst + i));
  const auto all = list_backups(backups);
  REQUIRE(all.size() == kBackupsKept);
  CHECK(all.front().taken_at == kFirst + 11);
  CHECK(all.back().taken_at == kFirst + 2);
  CHECK(fs::path(all.back().path).filename() == "rehearse-20260921T141322Z.db");
  CHECK(fs::exists(backups + "/notes.db"));
  CHECK(fs::exists(folder.file("rehearse.db.backup-v1-20260101T000000Z")));
}

TEST_CASE("backups: two of one second are two files") {
  const TestFolder folder;
  auto database = *Database::open(folder.file("rehearse.db"));
  const auto first = back_up(*database, folder.file("b"), kFirst);
  const auto second = back_up(*database, folder.file("b"), kFirst);
  REQUIRE(first);
  REQUIRE(second);
  const auto all = list_backups(folder.file("b"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].path == *second);
}

TEST_CASE("backups: one a day, and none where there is nothing") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db"), backups = folder.file("b");
  CHECK(back_up_daily(path, backups, kFirst)->empty());
  CHECK_FALSE(fs::exists(path));
  REQUIRE(Database::open(path));
  CHECK_FALSE(back_up_daily(path, backups, kFirst)->empty());
  CHECK(back_up_daily(path, backups, kFirst + 60)->empty());
  CHECK_FALSE(back_up_daily(path, backups, kFirst + kOneDay)->empty());
  CHECK(list_backups(backups).size() == 2);
}

TEST_CASE("backups: a restore brings the history back and keeps the present one aside") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db");
  auto open_elsewhere = *Database::open(path);
  REQUIRE(set_setting(*open_elsewhere, "theme", "then"));
  const auto saved = back_up(*open_elsewhere, folder.file("b"), kFirst);
  REQUIRE(saved);
  REQUIRE(set_setting(*open_elsewhere, "theme", "now"));
  const auto aside = restore(path, *saved, kFirst + 5);
  if (!aside) FAIL(aside.error().message);
  // A connection that was open all the time sees it.
  CHECK(**setting(*open_elsewhere, "theme") == "then");
  CHECK(theme_in(path) == "then");
  REQUIRE(restore(path, *aside, kFirst + 6));
  CHECK(theme_in(path) == "now");
}

TEST_CASE("backups: a restore that a lock keeps out is told, and the present history stays") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db"), saved = saved_then(folder);
  REQUIRE(set_setting(**Database::open(path), "theme", "now"));
  {
    SQLite::Database other(path, SQLite::OPEN_READWRITE);
    SQLite::Transaction lock(other, SQLite::TransactionBehavior::IMMEDIATE);
    const auto kept_out = restore(path, saved, kFirst + 5);
    REQUIRE_FALSE(kept_out);
    CHECK_THAT(kept_out.error().message, Catch::Contains("in use by another program"));
  }
  CHECK(theme_in(path) == "now");
}

TEST_CASE("backups: a damaged database is moved aside by a restore, byte for byte") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db");
  const std::string saved = saved_then(folder);
  const std::string junk(5000, 'x');
  put_file(path, junk);
  const auto aside = restore(path, saved, kFirst);
  REQUIRE(aside);
  CHECK(text_of(*aside) == junk);
  CHECK(theme_in(path) == "then");
}

TEST_CASE("backups: a damaged database names the newest backup and the way to restore it") {
  const TestFolder folder;
  auto database = *Database::open(folder.file("r.db"));
  for (const std::int64_t now : {kFirst, kFirst + 86400})
    REQUIRE(back_up(*database, backups_folder(folder.path.string()), now));
  const std::string newest = list_backups(backups_folder(folder.path.string())).front().path;
  database.reset();
  std::filesystem::resize_file(folder.file("r.db"), 5000);
  const auto damaged = Database::open(folder.file("r.db"));
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().message.find("rehearse backup --restore " + newest + " --home " +
                                     folder.path.string()) != std::string::npos);
}

TEST_CASE("backups: a restore over a damaged database that fails says where that one is kept") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db"), said = folder.file("said");
  {
    auto database = *Database::open(path);
    REQUIRE(save_draft(*database, "d", "lua", {std::string(900'000, 'x'), 0, kFirst}));
  }
  const std::string saved = saved_then(folder), junk(5000, 'x');
  put_file(path, junk);
  CHECK(on_a_full_disk(400'000, [&] {
          const auto failed = restore(path, saved, kFirst);
          if (failed) return 1;
          std::ofstream(said) << failed.error().message;
          return 0;
        }) == 0);
  const std::string aside = path + ".before-restore-20260921T141320Z";
  CHECK_THAT(text_of(said), Catch::Contains("kept in " + aside));
  CHECK(text_of(aside) == junk);
}

TEST_CASE("backups: a backup of an earlier version is restored and brought up to date") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db");
  const std::string saved = saved_then(folder);
  {
    SQLite::Database raw(saved, SQLite::OPEN_READWRITE);
    raw.exec("DROP TABLE design_runs");
    raw.exec("DROP TABLE attempts");
    raw.exec("CREATE TABLE attempts(id INTEGER PRIMARY KEY)");
    raw.exec("PRAGMA user_version = 1");
  }
  REQUIRE(restore(path, saved, kFirst));
  CHECK((*Database::open(path))->version() == Database::newest_version());
  CHECK(theme_in(path) == "then");
}

TEST_CASE("backups: what is no backup is refused, and the present history stays") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db");
  {
    auto database = *Database::open(path);
    REQUIRE(set_setting(*database, "theme", "now"));
    REQUIRE(back_up_to(*database, folder.file("newer.db"), kFirst));
    CHECK_FALSE(back_up_to(*database, folder.file("newer.db"), kFirst));  // it exists
    REQUIRE(back_up_to(*database, folder.file("torn.db"), kFirst));
  }
  SQLite::Database(folder.file("newer.db"), SQLite::OPEN_READWRITE)
      .exec("PRAGMA user_version = 99");
  fs::resize_file(folder.file("torn.db"), fs::file_size(folder.file("torn.db")) / 2);
  put_file(folder.file("text.db"), "no database");
  for (const char* name : {"newer.db", "torn.db", "text.db", "absent.db", "rehearse.db"}) {
    INFO(name);
    CHECK_FALSE(restore(path, folder.file(name), kFirst));
  }
  CHECK(theme_in(path) == "now");
}

TEST_CASE("backups: on a full disk nothing older is dropped and nothing half is left") {
  const TestFolder folder;
  const std::string path = folder.file("rehearse.db"), backups = folder.file("b");
  {
    auto database = *Database::open(path);
    for (int i = 0; i < 10; ++i) REQUIRE(back_up(*database, backups, kFirst + i));
    REQUIRE(save_draft(*database, "d", "lua", {std::string(200'000, 'x'), 0, kFirst}));
  }
  const std::string said = folder.file("said");
  CHECK(on_a_full_disk(100'000, [&] {
          const auto failed = back_up_daily(path, backups, kFirst + kOneDay);
          if (failed) return 1;
          std::ofstream(said) << failed.error().message;
          return 0;
        }) == 0);
  CHECK(list_backups(backups).size() == 10);
  CHECK(std::distance(fs::directory_iterator(backups), fs::directory_iterator()) == 10);
  CHECK_THAT(text_of(said), Catch::Contains(backups) && Catch::Contains("kept"));
  auto database = Database::open(path);
  REQUIRE(database);
  CHECK((*draft_of(**database, "d", "lua"))->text.size() == 200'000);
}
