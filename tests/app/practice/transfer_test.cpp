// SPDX-License-Identifier: GPL-3.0-or-later
//
// Export and import: what goes out comes back, twice is once, and what is torn is refused.
#include <SQLiteCpp/SQLiteCpp.h>

#include "app/practice/archive.hpp"
#include "app/practice/archive_csv.hpp"
#include "app/practice/archive_json.hpp"
#include "app/practice/attempts.hpp"
#include "app/practice/backups.hpp"
#include "app/practice/base64.hpp"
#include "app/practice/reviews.hpp"
#include "tests/app/practice/test_folder.hpp"

namespace {

using namespace rehearse::practice;
namespace fs = std::filesystem;
using rehearse::test::on_a_full_disk;
using rehearse::test::put_file;
using rehearse::test::TestFolder;
using rehearse::test::text_of;

constexpr std::int64_t kThen = 1'790'000'000;

// A home with a row in every table, awkward texts among them, and a file in every own folder.
struct FilledHome {
  TestFolder folder;
  std::unique_ptr<Database> database;

  explicit FilledHome(bool filled = true) {
    database = *Database::open(folder.file("rehearse.db"));
    if (filled) fill();
  }
  void fill() {
    Attempt attempt;
    attempt.drill = "d", attempt.text = "a,\"b\"\r\n\xC3\xA9\nc", attempt.verdict = "WA";
    attempt.submitted_at = kThen, attempt.report = R"({"x": [1, 2.5]})";
    REQUIRE(add_attempt(*database, attempt));
    REQUIRE(add_attempt(*database, attempt));  // twice the same is two attempts
    attempt.text = std::string("nul\0byte and \xFF", 14), attempt.reason = "";
    REQUIRE(add_attempt(*database, attempt));
    REQUIRE(save_draft(*database, "d", "lua", {"half", 4, kThen}));
    REQUIRE(add_design_run(*database, {"x", "{}", 18446744073709551615ULL, true, 5, kThen}));
    REQUIRE(begin_session(*database, "drill", kThen));  // its end is missing
    REQUIRE(set_setting(*database, "theme", "\"dark\""));
    Card card;
    card.id = "one";
    REQUIRE(record_review(*database, card, Rating::recalled, kThen, 30));
    REQUIRE(record_review(*database, card, Rating::forgot, kThen + 86400, 7));
    put_file(folder.file("drills/state/mine.lua"), "return drill {}");
    put_file(folder.file("designs/mine.lua"), "design \"x\" {}\n");
    put_file(folder.file("content/topic/mine.md"), "+++\r\nid\xFF");
    put_file(folder.file("cases/d.json"), "[]");
    put_file(folder.file("cases/.hidden"), "left out");
  }
  Archive archive() const {
    auto read = read_archive(*database, folder.path.string());
    if (!read) FAIL(read.error().message);
    return *read;
  }
  std::string json() const { return to_json_text(archive()); }
  rehearse::Result<ImportReport> import_from(const Archive& from, bool replace = false) {
    return import_archive(*database, from, {folder.path.string(), folder.file("product"), replace},
                          kThen);
  }
};

Archive parsed(const std::string& json) {
  auto archive = archive_from_json(json, "x.json");
  if (!archive) FAIL(archive.error().message);
  return *archive;
}

}  // namespace

TEST_CASE("transfer: JSON into an empty home and out again is the same bytes") {
  const FilledHome full;
  const std::string out = full.json();
  FilledHome empty(false);
  const auto report = empty.import_from(parsed(out));
  if (!report) FAIL(report.error().message);
  CHECK(report->written.size() == 4);
  CHECK(empty.json() == out);
}

TEST_CASE("transfer: CSV into an empty home and out again is the same bytes") {
  const FilledHome full;
  const std::string csv = full.folder.file("out.csv");
  REQUIRE(write_csv_folder(full.archive(), csv));
  CHECK_FALSE(write_csv_folder(full.archive(), csv));  // it exists
  CHECK(text_of(csv + "/drafts.csv") ==
        "drill,language,text,cursor,saved_at\r\nd,lua,half,4,1790000000\r\n");
  FilledHome empty(false);
  const auto back = read_csv_folder(csv);
  if (!back) FAIL(back.error().message);
  const auto report = empty.import_from(*back);
  if (!report) FAIL(report.error().message);
  CHECK(empty.json() == full.json());
}

TEST_CASE("transfer: a second import changes nothing") {
  const FilledHome full;
  FilledHome other(false);
  REQUIRE(other.import_from(full.archive()));
  const std::string once = other.json();
  const auto again = other.import_from(full.archive());
  REQUIRE(again);
  CHECK(again->added_rows() + again->replaced + again->written.size() == 0);
  CHECK(again->known > 8);
  CHECK(other.json() == once);
}

TEST_CASE("transfer: two histories become one, and of two the newer stays") {
  FilledHome home, other(false);
  REQUIRE(save_draft(*other.database, "d", "lua", {"newer", 5, kThen + 1}));
  REQUIRE(save_draft(*other.database, "e", "lua", {"another", 7, kThen}));
  REQUIRE(set_setting(*other.database, "theme", "\"light\""));
  Attempt attempt;
  attempt.drill = "e", attempt.submitted_at = kThen - 5, attempt.verdict = "AC";
  REQUIRE(add_attempt(*other.database, attempt));
  put_file(other.folder.file("designs/mine.lua"), "design \"changed\" {}\n");
  const auto report = home.import_from(other.archive());
  if (!report) FAIL(report.error().message);
  CHECK(report->added.at("attempts") == 1);
  CHECK(report->replaced == 1);
  CHECK(report->kept == std::vector<std::string>{"designs/mine.lua"});
  CHECK((*draft_of(*home.database, "d", "lua"))->text == "newer");
  CHECK((*draft_of(*home.database, "e", "lua"))->text == "another");
  CHECK(**setting(*home.database, "theme") == "\"dark\"");
  CHECK(all_attempts(*home.database)->size() == 4);
  // Into the other one the older draft does not come.
  REQUIRE(other.import_from(home.archive()));
  CHECK((*draft_of(*other.database, "d", "lua"))->text == "newer");
}

TEST_CASE("transfer: a row whose number is taken gets another, even where there is no higher one") {
  FilledHome home(false);
  REQUIRE(home.import_from(parsed(R"({"rehearse_export": 1, "schema": 1, "tables": {"sessions":
    {"columns": ["id", "kind", "started_at"], "rows": [[9223372036854775807, "drill", 5],
      [9223372036854775807, "drill", 6], [3, "drill", 7], [3, "drill", 8]]}}, "files": []})")));
  CHECK(home.database->connection()
            .execAndGet("SELECT count(*) FROM sessions WHERE id > 0")
            .getInt() == 4);
}

TEST_CASE("transfer: an imported older review is not the one that undo takes back") {
  FilledHome home(false), other(false);
  Card card;
  card.id = "late";
  REQUIRE(record_review(*home.database, card, Rating::recalled, kThen, 3));
  card.id = "early";
  REQUIRE(record_review(*other.database, card, Rating::recalled, kThen - 1000, 3));
  REQUIRE(home.import_from(other.archive()));
  CHECK(reviews(*home.database)->front().card == "early");
  CHECK(*undo_review(*home.database) == "late");
}

TEST_CASE("transfer: replacing takes a backup, and moves files that give way aside") {
  FilledHome home;
  const FilledHome other;
  put_file(home.folder.file("designs/mine.lua"), "mine, changed");
  put_file(home.folder.file("designs/second.lua"), "only here");
  REQUIRE(save_draft(*home.database, "only-here", "lua", {"x", 0, kThen}));
  const auto report = home.import_from(other.archive(), true);
  if (!report) FAIL(report.error().message);
  CHECK(home.json() == other.json());
  CHECK(fs::exists(report->aside));
  const std::string aside = home.folder.file("backups/rehearse-20260921T141320Z-files/designs/");
  CHECK(text_of(aside + "mine.lua") == "mine, changed");
  CHECK(text_of(aside + "second.lua") == "only here");
  REQUIRE(restore(home.folder.file("rehearse.db"), report->aside, kThen));
  CHECK((*draft_of(*home.database, "only-here", "lua"))->text == "x");
}

TEST_CASE("transfer: an export of an earlier version gets the columns that it does not have") {
  FilledHome home(false);
  const Archive older = parsed(R"({"rehearse_export": 1, "schema": 1, "tables": {"sessions":
    {"columns": ["id", "kind", "started_at"], "rows": [[3, "drill", 5]]}}, "files": []})");
  REQUIRE(home.import_from(older));
  CHECK(home.database->connection()
            .execAndGet("SELECT ended_at IS NULL AND id = 3 FROM sessions")
            .getInt() == 1);
}

TEST_CASE("transfer: a torn or foreign file is refused with its place, and nothing changes") {
  FilledHome home;
  const std::string before = home.json();
  const auto refused = [&](const std::string& text) -> std::string {
    const auto archive = archive_from_json(text, "x.json");
    if (!archive) return archive.error().message;
    const auto report = home.import_from(*archive);
    CHECK_FALSE(report);
    CHECK(home.json() == before);
    return report ? "" : report.error().message;
  };
  const auto with_tables = [](const std::string& tables) {
    return R"({"rehearse_export": 1, "schema": 1, "tables": {)" + tables + R"(}, "files": []})";
  };
  using Catch::Contains;
  CHECK_THAT(refused(before.substr(0, before.size() / 2)), Contains("x.json"));
  CHECK_THAT(refused("[]"), Contains("no export"));
  CHECK_THAT(refused(R"({"rehearse_export": 1, "schema": 99, "tables": {}, "files": []})"),
             Contains("newer"));
  CHECK_THAT(refused(with_tables(R"("x": {"columns": [], "rows": []})")), Contains("`x`"));
  CHECK_THAT(refused(with_tables(R"("settings": {"columns": ["nope"], "rows": []})")),
             Contains("nope"));
  CHECK_THAT(refused(with_tables(
                 R"("settings": {"columns": ["key", "value"], "rows": [["a", "b"], ["a", 1]]})")),
             Contains("settings, row 2") && Contains("`value`"));
  CHECK_THAT(refused(with_tables(R"("settings": {"columns": ["key"], "rows": [["a"]]})")),
             Contains("`value`"));
  CHECK_THAT(refused(with_tables(R"("settings": {"columns": ["key", "value"], "rows": [["a"]]})")),
             Contains("1 cells"));
  for (const char* path : {"../x.md", "content/../../x.md", "/etc/x", "rehearse.db", "content",
                           "content//x", "content/.x/y", "backups/x.db", "content/a\\\\b"}) {
    INFO(path);
    CHECK_THAT(refused(R"({"rehearse_export": 1, "schema": 1, "tables": {}, "files": [{"path": ")" +
                       std::string(path) + R"(", "text": "x"}]})"),
               Contains("refused"));
  }
}

TEST_CASE("transfer: CSV that is torn is refused with its line") {
  const TestFolder folder;
  put_file(folder.file("a/schema.csv"), "schema\r\n1\r\n");
  put_file(folder.file("a/drafts.csv"), "drill,language\r\n\"one\ntwo\",x\r\n\"open");
  const auto torn = read_csv_folder(folder.file("a"));
  REQUIRE_FALSE(torn);
  CHECK_THAT(torn.error().message, Catch::Contains("drafts.csv:4"));
  put_file(folder.file("a/drafts.csv"), "drill\r\n\"one\"two\r\n");
  CHECK_FALSE(read_csv_folder(folder.file("a")));
  CHECK_FALSE(read_csv_folder(folder.file("none")));
  put_file(folder.file("b/drafts.csv"), "drill\r\n");
  CHECK_FALSE(read_csv_folder(folder.file("b")));
}

TEST_CASE("transfer: on a full disk an import changes no row and an export leaves nothing half") {
  FilledHome home(false);
  Archive large;
  large.schema = Database::newest_version();
  large.tables = {{"drafts",
                   {"drill", "language", "text", "cursor", "saved_at"},
                   {{std::string("d"), std::string("lua"), std::string(400'000, 'x'),
                     std::int64_t{0}, kThen}}}};
  const std::string out = home.folder.file("out.csv");
  home.database.reset();
  CHECK(on_a_full_disk(200'000, [&] {
          auto database = Database::open(home.folder.file("rehearse.db"));
          if (!database) return 1;
          if (import_archive(**database, large, {home.folder.path.string(), "", false}, kThen))
            return 2;
          return write_csv_folder(large, out) ? 3 : 0;
        }) == 0);
  home.database = *Database::open(home.folder.file("rehearse.db"));
  CHECK(drills_with_drafts(*home.database)->empty());
  for (const auto& entry : fs::directory_iterator(home.folder.path))
    CHECK_THAT(entry.path().filename().string(), !Catch::Contains("out.csv"));
}

TEST_CASE("transfer: base64 is what it was, and what is no base64 is refused") {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    CHECK(from_base64(to_base64(bytes)) == bytes);
    bytes += static_cast<char>(i * 7);
  }
  CHECK(to_base64("Man") == "TWFu");
  CHECK(to_base64("M") == "TQ==");
  for (const char* bad : {"TQ=", "T===", "TQ==TQ==", "T Q=", "TR=="}) CHECK_FALSE(from_base64(bad));
}
