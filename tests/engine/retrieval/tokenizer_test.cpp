// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/tokenizer.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <regex>

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

using Words = std::vector<std::string>;

Words words(std::string_view text, bool stem = false) {
  auto terms = Tokenizer({.stem = stem}).terms(text);
  REQUIRE(terms);
  return *terms;
}

}  // namespace

TEST_CASE("tokenizer: ASCII words are runs of letters and digits in lower case") {
  CHECK(words("GPT-4's F1: 0.93, x_y") == Words{"gpt", "4", "s", "f1", "0", "93", "x", "y"});
  CHECK(words("").empty());
  CHECK(words(" .,-_/\t\n").empty());
  CHECK(words("end") == Words{"end"});
}

TEST_CASE("tokenizer: ASCII words are those of the regular expression [a-z0-9]+") {
  rc::check("as std::regex finds them", [] {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::weightedOneOf<char>({{6, rc::gen::inRange<char>('A', 'z')},
                                      {1, rc::gen::inRange<char>('0', '9')},
                                      {2, rc::gen::inRange<char>(1, 127)}}));
    std::string lower = text;
    for (char& c : lower)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    static const std::regex word("[a-z0-9]+");
    Words due;
    for (std::sregex_iterator at(lower.begin(), lower.end(), word), end; at != end; ++at)
      due.push_back(at->str());
    RC_ASSERT(*Tokenizer().terms(text) == due);
  });
}

TEST_CASE("tokenizer: words of other scripts are whole and in lower case") {
  CHECK(words("Čeština, ПРИВЕТ мир!") == Words{"čeština", "привет", "мир"});
  CHECK(words("naïve café") == Words{"naïve", "café"});
  CHECK(words("e\u0301te\u0301") == Words{"e\u0301te\u0301"});  // marks belong to their letter
  CHECK(words("\u2764\uFE0F \u0301").empty());                  // and begin no word
  CHECK(words("हिन्दी में") == Words{"हिन्दी", "में"});
  CHECK(words("한국어 검색") == Words{"한국어", "검색"});
  CHECK(words("“quoted” — dash…") == Words{"quoted", "dash"});
  CHECK(words("a\U0001F600b \U0001F9D1") == Words{"a", "b"});
  CHECK(words("\U0001D400 \u212B") == Words{"\U0001D400", "å"});
}

TEST_CASE("tokenizer: Han and Hiragana stand alone, a character a word") {
  CHECK(words("検索する") == Words{"検", "索", "す", "る"});
  CHECK(words("abc検def") == Words{"abc", "検", "def"});
  CHECK(words("データ") == Words{"データ"});
}

TEST_CASE("tokenizer: with stem the stop words are dropped and stems are Porter2's") {
  // The sample vocabulary of snowballstem.org/algorithms/english.
  const std::pair<const char*, const char*> sample[] = {{"consign", "consign"},
                                                        {"consigned", "consign"},
                                                        {"consistency", "consist"},
                                                        {"consolation", "consol"},
                                                        {"consolatory", "consolatori"},
                                                        {"consolingly", "consol"},
                                                        {"consonant", "conson"},
                                                        {"conspicuously", "conspicu"},
                                                        {"knackeries", "knackeri"},
                                                        {"knavish", "knavish"},
                                                        {"kneeling", "kneel"},
                                                        {"knightly", "knight"},
                                                        {"skies", "sky"},
                                                        {"dying", "die"},
                                                        {"news", "news"},
                                                        {"generously", "generous"},
                                                        {"communism", "communism"},
                                                        {"happy", "happi"}};
  for (const auto& [word, stem] : sample) CHECK(words(word, true) == Words{stem});
  CHECK(words("The heated slabs are not in it", true) == Words{"heat", "slab"});
  CHECK(words("to be or not to be", true).empty());
  CHECK(words("To be", false) == Words{"to", "be"});
}

TEST_CASE("tokenizer: the stop words are the 33 of Lucene") {
  const Words all = words(
      "a an and are as at be but by for if in into is it no not of on or such that the their then "
      "there these they this to was will with");
  CHECK(all.size() == 33);
  for (const std::string& word : all) CHECK(stop_word(word));
  for (const char* word : {"", "i", "he", "from", "were", "thes", "The"})
    CHECK_FALSE(stop_word(word));
}

TEST_CASE("tokenizer: what is not UTF-8 is refused with its byte") {
  const auto refused = Tokenizer().terms("ab\xE9z");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::bad_data);
  CHECK(refused.error().message.find("byte 3") != std::string::npos);
}
