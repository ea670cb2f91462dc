// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packages: Markdown pages, zips and Anki's packages go out and come back, and hostile ones are
// refused with words.
#include <SQLiteCpp/SQLiteCpp.h>

#include "app/practice/anki.hpp"
#include "app/practice/anki_collection.hpp"
#include "app/practice/archive_markdown.hpp"
#include "app/practice/card_html.hpp"
#include "app/practice/sha1.hpp"
#include "app/practice/transfer.hpp"
#include "app/practice/zip.hpp"
#include "tests/app/practice/test_folder.hpp"

namespace {

using namespace rehearse::practice;
using Catch::Contains;
using rehearse::test::put_file;
using rehearse::test::TestFolder;
using rehearse::test::text_of;

constexpr std::int64_t kMade = 1'790'000'000;

std::string card_text(const std::string& id) {
  return "+++\nid = \"" + id +
         "\"\nkind = \"quick-set\"\ntitle = \"A <b> & c\"\narea = \"ml\"\ncovers = []\nminutes = "
         "2\n"
         "revision = 1\n+++\n## In thirty seconds\n\nText.\n\n## Questions\n\n### recall\n\nIs 1 < "
         "2?"
         "\n\n```toml\nanswer = \"**Yes** & `no`.\"\n```\n\n### "
         "choice\n\nWhich?\n\n```toml\noptions "
         "= [\"this\", \"that\"]\nanswer = 1\n```\n";
}

// A home of a test's own with two cards, one of them shipped.
struct CardHome {
  TestFolder folder;
  Home home;
  std::unique_ptr<Database> database;
  CardHome() {
    home.data = folder.file("home"), home.builtin = folder.file("product");
    home.user_content = home.data + "/content";
    put_file(home.builtin + "/content/basics/shipped.md", card_text("shipped"));
    std::filesystem::create_directories(home.data);
    database = *Database::open(home.database());
  }
  void own(const std::string& id, const std::string& text) const {
    put_file(home.user_content + "/mine/" + id + ".md", text);
  }
  std::string exported(const std::string& name) const {
    const std::string path = folder.file(name);
    const auto report = export_to(*database, home, path, true, kMade);
    if (!report) FAIL(report.error().message);
    return path;
  }
  rehearse::Result<ImportReport> import(const std::string& path) const {
    return import_from(*database, home, path, false, kMade);
  }
};

std::string message_of(const std::string& path) {
  const auto read = read_apkg(path);
  return read ? "" : read.error().message;
}

std::string package(const TestFolder& folder, const std::vector<ZipEntry>& entries) {
  const std::string path = folder.file("package.apkg");
  REQUIRE(write_zip(path, entries, kMade));
  return path;
}

}  // namespace

TEST_CASE("packages: cards go through Anki's package and Markdown and come back byte for byte") {
  const CardHome from;
  from.own("one", card_text("one"));
  from.own("two", card_text("two").substr(0, card_text("two").size() - 1));  // no line end
  for (const char* name : {"out.apkg", "out.md"}) {
    INFO(name);
    const CardHome to;
    const auto report = to.import(from.exported(name));
    if (!report) FAIL(report.error().message);
    CHECK(report->written ==
          std::vector<std::string>{"content/mine/one.md", "content/mine/two.md"});
    CHECK(report->kept.empty());
    for (const char* id : {"one", "two"})
      CHECK(text_of(to.home.user_content + "/mine/" + id + ".md") ==
            text_of(from.home.user_content + "/mine/" + id + ".md"));
    const auto again = to.import(from.exported(name));
    CHECK(again->written.empty());
    CHECK_FALSE(import_from(*to.database, to.home, from.exported(name), true, kMade));
  }
}

TEST_CASE("packages: a page of Markdown keeps fences, marks and odd ends inside cards") {
  Archive archive;
  archive.files = {{"content/a/empty.md", ""},
                   {"content/a/fences.md", "````\n<!-- rehearse card: content/x.md -->\n```\n"},
                   {"content/a/line.md", "\n"},
                   {"content/a/open.md", "no end"},
                   {"designs/not-a-card.lua", "x"}};
  const auto back = cards_in_markdown(to_markdown(archive), "x.md");
  REQUIRE(back);
  archive.files.pop_back();
  CHECK(*back == archive.files);
  CHECK_FALSE(cards_in_markdown("# Rehearse\n", "x.md"));
  std::string torn = to_markdown(archive);
  torn.resize(torn.size() - 4);
  const auto refused = cards_in_markdown(torn, "x.md");
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message, Contains("x.md:") && Contains("not closed"));
}

TEST_CASE("packages: a note has its front, back, tags and deck, and one guid in every export") {
  const CardHome home;
  const auto notes_in = [](const std::string& path) {
    return *anki_notes(*read_zip_entry(path, "collection.anki2", 1 << 20), path);
  };
  const auto notes = notes_in(home.exported("a.apkg"));
  REQUIRE(notes.size() == 2);
  const AnkiNote& choice =
      notes[0].fields[0].find("Which") != std::string::npos ? notes[0] : notes[1];
  const AnkiNote& recall = &choice == &notes[0] ? notes[1] : notes[0];
  CHECK(recall.fields[0] == "<p>Is 1 &lt; 2?</p>");
  CHECK(recall.fields[1] == "<p><b>Yes</b> &amp; <code>no</code>.</p>");
  CHECK(choice.fields[0] == "<p>Which?</p><ul><li>this</li></ul><ul><li>that</li></ul>");
  CHECK(choice.deck == "Rehearse::basics");
  CHECK(choice.tags == " rehearse rehearse::basics ");
  CHECK(notes_in(home.exported("b.apkg"))[0].guid == notes[0].guid);
}

TEST_CASE("packages: other people's notes become cards that are read") {
  const CardHome home;
  const auto collection =
      anki_collection({{"g1",
                        "Deep::Learning stuff",
                        "",
                        {"What is <b>ECE</b>?<br>Two&nbsp;lines", "# A &lt;gap&gt;\n\"quoted\""}},
                       {"g2", "Other", "", {"no back", ""}}},
                      {"Front", "Back"}, kMade);
  const std::string path =
      package(home.folder, {{"collection.anki2", *collection}, {"media", "{}"}});
  const auto report = home.import(path);
  if (!report) FAIL(report.error().message);
  REQUIRE(report->written.size() == 1);
  const auto card = load_card(home.home.data + "/" + report->written[0]);
  if (!card) FAIL(card.error().message);
  CHECK(card->topic == "learning-stuff");
  CHECK(card->title == "What is ECE?");
  REQUIRE(card->questions.size() == 1);
  CHECK(card->questions[0].prompt == "What is ECE?\nTwo lines");
  CHECK(card->questions[0].answer == " # A <gap>\n\"quoted\"");
}

TEST_CASE("packages: a card that was changed here is not overwritten") {
  const CardHome from, to;
  from.own("one", card_text("one"));
  to.own("one", "changed here");
  const auto report = to.import(from.exported("out.apkg"));
  REQUIRE(report);
  CHECK(report->kept == std::vector<std::string>{"content/mine/one.md"});
  CHECK(text_of(to.home.user_content + "/mine/one.md") == "changed here");
}

TEST_CASE("packages: hostile and torn packages are refused with words") {
  const TestFolder folder;
  const std::string good = *anki_collection({{"g", "d", "", {"f", "b"}}}, {"Front", "Back"}, kMade);
  for (const char* name : {"../../evil", "/etc/evil", "a/../../evil", "C:\\evil"})
    CHECK_THAT(message_of(package(folder, {{"collection.anki2", good}, {name, "x"}})),
               Contains("leads out"));
  const std::string bomb = package(folder, {{"collection.anki2", std::string(3 << 20, '\0')}});
  CHECK(text_of(bomb).size() < 10'000);
  const auto unpacked = read_zip_entry(bomb, "collection.anki2", 2 << 20);
  REQUIRE_FALSE(unpacked);
  CHECK_THAT(unpacked.error().message, Contains("more than 2 MB"));
  CHECK_THAT(message_of(package(folder, {{"collection.anki2", "not a database"}})),
             Contains("collection"));
  CHECK_THAT(message_of(package(folder, {{"collection.anki21b", "x"}, {"collection.anki2", good}})),
             Contains("Support older"));
  CHECK_THAT(message_of(package(folder, {{"media", "{}"}})), Contains("without a collection"));
  CHECK_THAT(message_of(folder.file("absent.apkg")), Contains("absent.apkg"));
  const std::string whole = text_of(package(folder, {{"collection.anki2", good}}));
  for (std::size_t keep = 0; keep < whole.size(); keep += 97) {
    put_file(folder.file("torn.apkg"), whole.substr(0, keep));
    CHECK_FALSE(message_of(folder.file("torn.apkg")).empty());
  }
  std::string flipped = whole;
  for (std::size_t at = 60; at < 90; ++at) flipped[at] = static_cast<char>(~flipped[at]);
  put_file(folder.file("torn.apkg"), flipped);
  CHECK_FALSE(message_of(folder.file("torn.apkg")).empty());
}

TEST_CASE("packages: a collection whose notes are a view that never ends is refused") {
  const TestFolder folder;
  const std::string path = folder.file("c.db");
  {
    SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("CREATE TABLE cards(nid, did); CREATE TABLE col(decks)");
    db.exec(
        "CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT i AS id, 'g' AS guid, '' AS tags, 'f' AS flds FROM n");
  }
  CHECK_FALSE(message_of(package(folder, {{"collection.anki2", text_of(path)}})).empty());
}

TEST_CASE("packages: an export replaces no file unasked, and other endings are told") {
  const CardHome home;
  const std::string path = home.exported("out.json");
  CHECK_FALSE(export_to(*home.database, home.home, path, false, kMade));
  CHECK_FALSE(export_to(*home.database, home.home, home.folder.file("x.txt"), true, kMade));
  CHECK_FALSE(home.import(home.folder.file("x.txt")));
  CHECK_FALSE(home.import(home.folder.file("absent.json")));
}

TEST_CASE("packages: a folder of CSV may be named with a slash, and holds the user's files") {
  const CardHome from, to;
  from.own("one", card_text("one"));
  const auto report = to.import(from.exported("out.csv/"));
  if (!report) FAIL(report.error().message);
  CHECK(report->written == std::vector<std::string>{"content/mine/one.md"});
}

TEST_CASE("packages: SHA-1 is the standard's") {
  CHECK(sha1_hex("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
  CHECK(sha1_hex("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  CHECK(sha1_hex(std::string(1000, 'a')) == "291e9a6c66994949b57ba5e650361e98fc36b1ba");
}
