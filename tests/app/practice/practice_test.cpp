// SPDX-License-Identifier: GPL-3.0-or-later
#include <SQLiteCpp/SQLiteCpp.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/practice/attempts.hpp"
#include "app/practice/card_lint.hpp"
#include "app/practice/reviews.hpp"
#include "app/practice/schema.hpp"
#include "tests/app/practice/test_folder.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::practice;
namespace fs = std::filesystem;
using rehearse::test::TestFolder;

constexpr std::int64_t kNow = 1'790'000'000, kDay = 86400;

const char* kCard = R"(+++
id = "one"
kind = "concept"
title = "One"
area = "ml"
covers = ["S01-C01"]
prereq = []
minutes = 2
revision = 1
+++
## In thirty seconds
Text.
## Questions
### numeric
How much?
```toml
answer = 0.25
tolerance = 0.001
compute = "1 / 4"
```
)";

Card card_named(const std::string& id, std::vector<std::string> prereq = {}) {
  Card card = *parse_card(kCard, "x/one.md");
  card.id = id, card.prereq = std::move(prereq);
  return card;
}

CardLibrary library_of(const TestFolder& folder, const std::vector<std::string>& ids) {
  fs::create_directories(folder.path / "content/t");
  for (const std::string& id : ids) {
    std::string text = kCard;
    text.replace(text.find("\"one\""), 5, "\"" + id + "\"");
    std::ofstream(folder.path / "content/t" / (id + ".md")) << text;
  }
  return CardLibrary::open({folder.file("content")});
}

}  // namespace

TEST_CASE("database: attempts, drafts and settings come back as they were written") {
  const TestFolder folder;
  auto database = *Database::open(folder.file("r.db"));
  Attempt attempt;
  attempt.drill = "d", attempt.text = "return '\0 \xC3\xA9'", attempt.verdict = "WA",
  attempt.passed = 3, attempt.total = 9, attempt.submitted_at = kNow, attempt.elapsed_s = 60;
  REQUIRE(add_attempt(*database, attempt));
  attempt.verdict = "AC", attempt.passed = 9, attempt.submitted_at = kNow + 5;
  REQUIRE(add_attempt(*database, attempt));
  const auto all = *attempts_of(*database, "d");
  REQUIRE(all.size() == 2);
  CHECK(all[0].verdict == "AC");
  CHECK(all[1].text == attempt.text);
  CHECK((*best_attempt(*database, "d"))->verdict == "AC");
  CHECK_FALSE(*best_attempt(*database, "other"));
  REQUIRE(save_draft(*database, "d", "lua", {"half", 4, kNow}));
  CHECK((*draft_of(*database, "d", "lua"))->text == "half");
  REQUIRE(set_setting(*database, "theme", "dark"));
  CHECK(**setting(*database, "theme") == "dark");
}

TEST_CASE(
    "database: an older file is backed up and migrated, a newer one is refused and left alone") {
  const TestFolder folder;
  const std::string path = folder.file("r.db");
  REQUIRE(Database::open(path));
  {
    SQLite::Database raw(path, SQLite::OPEN_READWRITE);
    raw.exec("DROP TABLE design_runs");
    for (const char* column : {"stated", "mode", "pauses"})
      raw.exec(std::string("ALTER TABLE attempts DROP COLUMN ") + column);
    raw.exec("INSERT INTO settings VALUES('kept', 'yes')");
    raw.exec("PRAGMA user_version = 1");
  }
  {
    auto database = Database::open(path, [] { return std::int64_t{1'780'272'000}; });
    REQUIRE(database);
    CHECK((*database)->version() == Database::newest_version());
    CHECK(**setting(**database, "kept") == "yes");
    CHECK(add_design_run(**database, {"x", "{}", 1, true, 5, kNow}));
  }
  CHECK(fs::exists(path + ".backup-v1-20260601T000000Z"));
  {
    SQLite::Database raw(path, SQLite::OPEN_READWRITE);
    raw.exec("PRAGMA user_version = 99");
  }
  const auto newer = Database::open(path);
  REQUIRE_FALSE(newer);
  CHECK(newer.error().message.find("newer Rehearse") != std::string::npos);
  CHECK(SQLite::Database(path).execAndGet("PRAGMA user_version").getInt() == 99);
}

TEST_CASE("database: a file of version 2 opens and keeps every row of every table") {
  const TestFolder folder;
  const std::string path = folder.file("r.db");
  {
    SQLite::Database raw(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    raw.exec(kMigrations[0]);
    raw.exec(kMigrations[1]);
    raw.exec(
        "INSERT INTO attempts VALUES(1,'d','h','lua','return 1','timed',10,20,9,1,2,'AC','',3,3,"
        "'{}'),(2,'d','h','cpp','int x;','grade',30,40,5,0,0,'CE','',0,3,'{}');"
        "INSERT INTO drafts VALUES('d','lua','half',4,50);"
        "INSERT INTO card_states VALUES('c',1,2,NULL,3.5,4.5,60,50);"
        "INSERT INTO reviews VALUES(1,'c',1,3,50,7,NULL,'{}');"
        "INSERT INTO sessions VALUES(1,'drill',10,20);"
        "INSERT INTO settings VALUES('theme','\"dark\"');"
        "INSERT INTO design_runs VALUES(1,'x','{}',7,1,5,70);"
        "PRAGMA user_version = 2");
  }
  auto opened = Database::open(path);
  REQUIRE(opened);
  CHECK((*opened)->version() == Database::newest_version());
  const auto attempts = *attempts_of(**opened, "d");
  REQUIRE(attempts.size() == 2);
  CHECK(attempts[1].text == "return 1");
  CHECK(attempts[1].hints == 2);
  CHECK(attempts[0].verdict == "CE");
  for (const Attempt& attempt : attempts) {
    CHECK_FALSE(attempt.stated);
    CHECK(attempt.mode == "practice");
    CHECK(attempt.pauses.empty());
  }
  SQLite::Database raw(path, SQLite::OPEN_READONLY);
  for (const char* table :
       {"drafts", "card_states", "reviews", "sessions", "settings", "design_runs"}) {
    INFO(table);
    CHECK(raw.execAndGet(std::string("SELECT count(*) FROM ") + table).getInt() == 1);
  }
  Attempt later;
  later.drill = "d", later.stated = 0.8, later.mode = "timed", later.pauses = {{3, 9}, {20, 21}};
  later.submitted_at = 99;
  REQUIRE(add_attempt(**opened, later));
  const Attempt back = (*attempts_of(**opened, "d"))[0];
  CHECK(back.stated == 0.8);
  CHECK(back.mode == "timed");
  CHECK(back.pauses == later.pauses);
}

TEST_CASE("database: a file that is none, or another program's, is refused with a mend") {
  const TestFolder folder;
  std::ofstream(folder.file("junk.db")) << std::string(5000, 'x');
  const auto junk = Database::open(folder.file("junk.db"));
  REQUIRE_FALSE(junk);
  CHECK(junk.error().message.find("move") != std::string::npos);
  SQLite::Database(folder.file("other.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE t(x)");
  CHECK_FALSE(Database::open(folder.file("other.db")));
  CHECK_FALSE(Database::open(folder.file("no/such/folder/r.db")));
  std::filesystem::create_directory(folder.file("folder.db"));
  CHECK(Database::open(folder.file("folder.db")).error().message.find("is a folder") !=
        std::string::npos);
}

TEST_CASE("database: a full disk is said, and what was there stays") {
  const TestFolder folder;
  auto database = *Database::open(folder.file("r.db"));
  REQUIRE(save_draft(*database, "d", "lua", {"before", 0, kNow}));
  database->connection().exec("PRAGMA max_page_count = 30");
  const auto full = save_draft(*database, "d", "lua", {std::string(1 << 20, 'x'), 0, kNow});
  REQUIRE_FALSE(full);
  CHECK(full.error().message.find("full") != std::string::npos);
  CHECK((*draft_of(*database, "d", "lua"))->text == "before");
}

TEST_CASE("database: a killed process loses nothing that a call returned from") {
  const TestFolder folder;
  int pipe_of[2];
  REQUIRE(pipe(pipe_of) == 0);
  const pid_t child = fork();
  if (child == 0) {
    auto database = *Database::open(folder.file("r.db"));
    for (int i = 0;; ++i) {
      if (!save_draft(*database, "d", "lua", {std::to_string(i), 0, kNow})) _exit(1);
      if (write(pipe_of[1], &i, sizeof i) != sizeof i) _exit(1);
    }
  }
  int last = 0;
  for (int read_count = 0; read_count < 50; ++read_count)
    REQUIRE(read(pipe_of[0], &last, sizeof last) == sizeof last);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(pipe_of[1]);
  for (int i = 0; read(pipe_of[0], &i, sizeof i) == sizeof i;) last = i;
  auto database = Database::open(folder.file("r.db"));
  REQUIRE(database);
  CHECK(std::stoi((*draft_of(**database, "d", "lua"))->text) >= last);
}

TEST_CASE("reviews: a review moves the card, undo brings it back exactly") {
  const TestFolder folder;
  auto database = *Database::open(folder.file("r.db"));
  const Card card = card_named("one");
  REQUIRE(record_review(*database, card, Rating::recalled, kNow, 30));
  const MemoryState first = card_states(*database)->at("one").memory;
  REQUIRE(record_review(*database, card, Rating::forgot, kNow + 10 * kDay, 30));
  CHECK(card_states(*database)->at("one").memory.stability != first.stability);
  CHECK(*undo_review(*database) == "one");
  const MemoryState back = card_states(*database)->at("one").memory;
  CHECK(back.stability == first.stability);
  CHECK(back.due == first.due);
  CHECK(back.step == first.step);
  CHECK(*undo_review(*database) == "one");
  CHECK(card_states(*database)->empty());
  CHECK(undo_review(*database)->empty());
}

TEST_CASE("queue: new cards by day's limit, the rest waits; a changed card is flagged") {
  const TestFolder folder;
  auto database = *Database::open(folder.file("r.db"));
  const CardLibrary library = library_of(folder, {"a", "b", "c", "d"});
  REQUIRE(library.cards().size() == 4);
  const auto queue = *study_queue(*database, library, kNow, {60, 3});
  CHECK(queue.due.size() == 3);
  CHECK(queue.waiting == 1);
  Card older = *library.find("a");
  older.revision = 0;
  REQUIRE(record_review(*database, older, Rating::easy, kNow, 5));
  const auto later = *study_queue(*database, library, kNow + 400 * kDay);
  CHECK(later.due.front().card->id == "a");
  CHECK(later.due.front().changed);
}

TEST_CASE("cards: what is wrong is said with file and line, and hides no other card") {
  CHECK(parse_card("no front", "x.md").error().message.find("x.md:1") == 0);
  std::string text = kCard;
  text.replace(text.find("### numeric"), 11, "### riddle");
  CHECK(parse_card(text, "x.md").error().message.find("riddle") != std::string::npos);
  CHECK_FALSE(parse_card("\xFF\xFE", "x.md"));
  CHECK_FALSE(parse_card("", "x.md"));
  text = kCard;
  text.insert(text.find("minutes"), "oops = = 1\n");
  CHECK(parse_card(text, "x.md").error().message.find("x.md:8") == 0);
  const TestFolder folder;
  library_of(folder, {"a", "b"});
  std::ofstream(folder.path / "content/t/broken.md") << "nothing";
  const CardLibrary library = CardLibrary::open({folder.file("content")});
  CHECK(library.cards().size() == 2);
  CHECK(library.problems().size() == 1);
}

TEST_CASE("lint: broken links, copied runs and wrong numbers are found") {
  const TestFolder folder;
  const CardLibrary library = library_of(folder, {"one"});
  CardLintInput input;
  input.functions = arithmetic_functions();
  input.inventory = {"S99-C99"};
  input.guide_runs = word_runs("alpha beta gamma delta epsilon zeta eta theta");
  const auto found = lint_cards(library, input);
  const auto has = [&found](const std::string& words) {
    return std::any_of(found.begin(), found.end(),
                       [&](const auto& f) { return f.message.find(words) != std::string::npos; });
  };
  CHECK(has("S01-C01"));
  CHECK(has("Why it matters"));
  CHECK_FALSE(has("engine computes"));
  CHECK(word_runs("Alpha, beta gamma delta; epsilon zeta eta theta!") == input.guide_runs);
}

TEST_CASE("expressions: arithmetic as on paper, and errors that name the place") {
  const Functions functions = arithmetic_functions();
  CHECK(*evaluate("1 + 2 * 3 ^ 2", functions) == 19);
  CHECK(*evaluate("-(2 - 5) / 4", functions) == 0.75);
  CHECK(*evaluate("max(1, [4, 2])", functions) == 4);
  CHECK(*evaluate("sigmoid(logit(0.3))", functions) == Approx(0.3));
  for (const char* bad : {"", "1 +", "nope(1)", "log(0)", "(1", "1 2", "sqrt(1, 2)"}) {
    INFO(bad);
    CHECK_FALSE(evaluate(bad, functions));
  }
  CHECK_FALSE(evaluate(std::string(1000, '('), functions));
}
