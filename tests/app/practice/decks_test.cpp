// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/decks.hpp"

#include "app/practice/attempts.hpp"
#include "tests/app/practice/test_folder.hpp"

namespace {

using namespace rehearse::practice;
using rehearse::test::put_file;
using rehearse::test::TestFolder;

constexpr std::int64_t kStudyDay = 1'790'000'000, kOneDayS = 86400;

CardLibrary two_topics(const TestFolder& folder) {
  for (const char* at : {"a/one", "a/two", "b/three"}) {
    const std::string id = std::filesystem::path(at).filename().string();
    put_file(folder.file("content/" + std::string(at) + ".md"),
             "+++\nid = \"" + id + "\"\nkind = \"concept\"\ntitle = \"" + id +
                 "\"\narea = \"ml\"\ncovers = []\nminutes = 2\nrevision = 2\nchanged = \"The bound "
                 "is new.\"\n+++\n## In thirty seconds\nText.\n");
  }
  return CardLibrary::open({folder.file("content")});
}

std::vector<std::string> asked(const Database& database, const CardLibrary& library,
                               const std::string& topic, std::int64_t now = kStudyDay) {
  std::vector<std::string> ids;
  const auto queue = study_queue(database, library, now, {}, topic);
  REQUIRE(queue);
  for (const QueueEntry& entry : queue->due) ids.push_back(entry.card->id);
  return ids;
}

}  // namespace

TEST_CASE("decks: counted by topic, with what changed, what leaks and what is shelved") {
  const TestFolder folder;
  auto database = *Database::open(folder.file("r.db"));
  const CardLibrary library = two_topics(folder);
  REQUIRE(library.cards().size() == 3);
  CHECK(library.find("one")->changed == "The bound is new.");
  Card older = *library.find("one");
  older.revision = 1;
  for (int i = 0; i < kLeechAt; ++i)
    REQUIRE(record_review(*database, older, Rating::forgot, kStudyDay - 5 * kOneDayS + i, 3));
  REQUIRE(record_review(*database, *library.find("two"), Rating::easy, kStudyDay - 60, 3));
  auto overview = *deck_overview(*database, library, kStudyDay);
  REQUIRE(overview.decks.size() == 2);
  const Deck& a = overview.decks[0];
  CHECK(a.topic == "a");
  CHECK(std::vector{a.all, a.met, a.due, a.changed, a.leeches, a.shelved} ==
        std::vector<std::size_t>{2, 2, 1, 1, 1, 0});
  CHECK(overview.decks[1].met == 0);
  CHECK(overview.marks.size() == 1);
  CHECK(overview.marks.at("one").leech);
  Shelf shelved;
  shelved.suspended = {"one"};
  REQUIRE(save_shelf(*database, shelved));
  overview = *deck_overview(*database, library, kStudyDay);
  CHECK(overview.decks[0].due == 0);
  CHECK(overview.decks[0].shelved == 1);
  CHECK(overview.marks.at("one").suspended);
}

TEST_CASE("decks: a queue of one deck, and without what is on the shelf until it is over") {
  const TestFolder folder;
  auto database = *Database::open(folder.file("r.db"));
  const CardLibrary library = two_topics(folder);
  CHECK(asked(*database, library, "").size() == 3);
  CHECK(asked(*database, library, "b") == std::vector<std::string>{"three"});
  Shelf shelved;
  shelved.suspended = {"one"};
  shelved.buried = {{"two", kStudyDay + 10}};
  REQUIRE(save_shelf(*database, shelved));
  const Shelf back = *shelf(*database);
  CHECK(back == shelved);
  CHECK(asked(*database, library, "") == std::vector<std::string>{"three"});
  CHECK(asked(*database, library, "", kStudyDay + 10).size() == 2);
  REQUIRE(set_setting(*database, "study.buried", "torn"));
  CHECK(shelf(*database)->suspended == shelved.suspended);
}
