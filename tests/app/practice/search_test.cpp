// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/search.hpp"

#include <rapidcheck.h>

#include "app/practice/script_text.hpp"
#include "tests/app/practice/test_folder.hpp"

namespace {

using namespace rehearse::practice;
using rehearse::test::on_a_full_disk;
using rehearse::test::put_file;
using rehearse::test::TestFolder;
using rehearse::test::text_of;

struct SearchHome {
  TestFolder folder;
  Home home;
  SearchHome() {
    home.data = folder.file("home"), home.cache = folder.file("cache");
    home.builtin = folder.file("product");
    home.user_drills = home.data + "/drills", home.user_designs = home.data + "/designs";
    home.user_content = home.data + "/content";
    std::filesystem::create_directories(home.cache);
    put_file(home.builtin + "/drills/heaps/top-k.lua",
             "-- title = \"no\"\nreturn drill { title = \"The top k\", statement = [==[\nKeep the "
             "largest [[k]] of a stream.\n]==], hints = { { text = \"quickselect\" } } }");
    put_file(
        home.builtin + "/designs/drift.lua",
        "design \"Feature drift\" { asks = \"Did the world change?\" }\nchapter \"Caf\xC3\xA9\" "
        "[[ A caching layer. ]]\nshow.line { title = \"Clicks\", see = \"it wobbles\" }");
    card("calibration", "ece", "Expected calibration error",
         "Bins of **scores** {{formula:ece}} against rates.");
    card("calibration", "platt", "Platt scaling", "A logistic map of scores; calibrated after.");
  }
  void card(const std::string& topic, const std::string& id, const std::string& title,
            const std::string& body) const {
    put_file(home.builtin + "/content/" + topic + "/" + id + ".md",
             "+++\nid = \"" + id + "\"\nkind = \"concept\"\ntitle = \"" + title +
                 "\"\narea = \"ml\"\ncovers = []\nminutes = 2\nrevision = 1\n+++\n## In thirty "
                 "seconds\n\n" +
                 body +
                 "\n\n## Questions\n\n### recall\n\nWhy?\n\n```toml\nanswer "
                 "= \"Sharpness differs.\"\n```\n");
  }
  std::vector<std::string> find(const std::string& query,
                                const std::vector<SearchKind>& kinds = {}) const {
    auto index = SearchIndex::open(home);
    if (!index) FAIL(index.error().message);
    auto hits = index->find(query, 10, kinds);
    if (!hits) FAIL(hits.error().message);
    std::vector<std::string> ids;
    for (const SearchHit& hit : *hits) ids.push_back(hit.id);
    return ids;
  }
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("search: words, beginnings, phrases and what must not be there") {
  const SearchHome home;
  CHECK(home.find("stream") == Ids{"top-k"});
  CHECK(home.find("calib") == Ids{"ece", "platt"});
  CHECK(home.find("calibrat") == Ids{"ece", "platt"});  // longer than the stem
  CHECK(home.find("calibrating") == Ids{"ece", "platt"});  // by its stem, the title first
  CHECK(home.find("\"logistic map\"") == Ids{"platt"});
  CHECK(home.find("\"map logistic\"").empty());
  CHECK(home.find("scores -logistic") == Ids{"ece"});
  CHECK(home.find("scores -\"logistic map\"") == Ids{"ece"});
  CHECK(home.find("cafe") == Ids{"drift"});
  CHECK(home.find("wobbles world") == Ids{"drift"});
  CHECK(home.find("sharpness").size() == 2);
  CHECK(home.find("heaps") == Ids{"top-k"});
  CHECK(home.find("platt stream").size() == 2);  // nothing has both
  CHECK(home.find("quickselect").empty());       // a hint gives nothing away
  CHECK(home.find("scores", {SearchKind::design, SearchKind::drill}).empty());
  CHECK(home.find("  ").empty());
  CHECK(home.find("-platt").empty());
}

TEST_CASE("search: a snippet marks what was found") {
  const SearchHome home;
  const auto hits = *SearchIndex::open(home.home)->find("logistic", 1);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].snippet.find("\x02logistic\x03 map") != std::string::npos);
  CHECK(hits[0].topic == "calibration");
  CHECK(hits[0].title == "Platt scaling");
}

TEST_CASE("search: what changes is found at the next opening, and nothing is made twice") {
  const SearchHome home;
  CHECK(home.find("isotonic").empty());
  const auto made = std::filesystem::last_write_time(home.home.cache + "/search.db");
  CHECK(home.find("scores").size() == 2);
  CHECK(std::filesystem::last_write_time(home.home.cache + "/search.db") == made);
  home.card("calibration", "isotonic", "Isotonic", "Steps.");
  CHECK(home.find("isotonic") == Ids{"isotonic"});
  put_file(home.home.user_drills + "/mine/own.lua", "return drill { title = \"Own isotonic\" }");
  CHECK(home.find("isotonic").size() == 2);
  std::filesystem::remove(home.home.user_drills + "/mine/own.lua");
  CHECK(home.find("isotonic") == Ids{"isotonic"});
}

TEST_CASE("search: a damaged index is made anew, and a broken card is found by its text") {
  const SearchHome home;
  CHECK(home.find("stream") == Ids{"top-k"});
  const std::string path = home.home.cache + "/search.db", whole = text_of(path);
  for (const std::string& damaged :
       {std::string("junk"), std::string(), whole.substr(0, whole.size() / 2),
        whole.substr(0, 5000) + std::string(whole.size() - 5000, 'x')}) {
    put_file(path, damaged);
    CHECK(home.find("stream") == Ids{"top-k"});
  }
  put_file(home.home.user_content + "/mine/broken.md", "no front matter, but a zebra");
  CHECK(home.find("zebra") == Ids{"broken"});
}

TEST_CASE("search: where the index cannot be made it is told") {
  SearchHome home;
  home.home.cache = home.folder.file("absent/cache");
  const auto index = SearchIndex::open(home.home);
  REQUIRE_FALSE(index);
  CHECK_THAT(index.error().message, Catch::Contains("absent/cache"));
}

TEST_CASE("search: no text that a person types is an error") {
  const SearchHome home;
  const auto index = SearchIndex::open(home.home);
  REQUIRE(index);
  for (const char* typed :
       {"\"",  "\"\"", "-",   "--",       "a\"b", "\"open phrase", "NEAR(a b)", "a AND",  "title:x",
        "^a",  "a*",   "*",   "(",        "a OR", "NOT a",         "{a} : b",   "+",      "'",
        "C++", "a -",  "-\"", "\xC3\xA9", "\\",   "a;b",           "--\"x",     "a\"b\"c"}) {
    INFO(typed);
    CHECK(index->find(typed, 5));
  }
  CHECK_FALSE(index->find("\xFF", 5));
  CHECK(index->find(std::string(100'000, 'a'), 5));
  CHECK(rc::check("any text of awkward letters", [&index] {
    const auto typed = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("ab \"-*()^:+{}[]'\\NEAROT,;\t")));
    RC_ASSERT(index->find(typed, 5).has_value());
  }));
}

TEST_CASE("search: words of a script are read without running it") {
  const ScriptText script = text_of_script(
      "--[[ title = 'a comment' ]]\nlocal s = 'title'\nreturn drill { title = 'Say \\'hi\\'', "
      "statement = [[ one ]] .. x, explain = [[ two ]] ");
  CHECK(script.title == "Say 'hi'");
  CHECK(script.prose.find("one") != std::string::npos);
  CHECK(script.prose.find("two") == std::string::npos);
  for (const char* torn : {"", "[[", "title = [==[ x", "title = \"x", "--[[", "'\\", "[=", "--"})
    CHECK_NOTHROW(text_of_script(torn));
}
