// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names and texts: the nearest name, UTF-8, interning, numbers in words.
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

#include "engine/base/interner.hpp"
#include "engine/base/name_words.hpp"
#include "engine/base/nearest.hpp"
#include "engine/base/number_words.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse {
namespace {

// Optimal string alignment by its recursive definition: exponential, for short words.
std::size_t brute_distance(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  std::size_t best = std::min(brute_distance(a.substr(1), b), brute_distance(a, b.substr(1))) + 1;
  best = std::min(best, brute_distance(a.substr(1), b.substr(1)) + (a[0] != b[0]));
  if (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0])
    best = std::min(best, brute_distance(a.substr(2), b.substr(2)) + 1);
  return best;
}

TEST_CASE("numbers in words: thousands in groups, no exponent where a number is large") {
  CHECK(grouped(16000) == "16,000");
  CHECK(grouped(-160) == "-160");
  CHECK(grouped(-1234567) == "-1,234,567");
  CHECK(number_words(13457.7) == "13,458");
  CHECK(number_words(-2500) == "-2,500");
  CHECK(number_words(412.53) == "412.5");
  CHECK(number_words(0.03125) == "0.03125");
  CHECK(number_words(1234.5, 6) == "1234.5");
  CHECK(number_words(1e6, 6) == "1,000,000");
  CHECK(number_words(1e20) == "1e+20");
}

TEST_CASE("numbers in words: tables group from five digits on") {
  CHECK(whole_words(8319) == "8319");
  CHECK(whole_words(-9999) == "-9999");
  CHECK(whole_words(12000) == "12,000");
  CHECK(whole_words(-10000) == "-10,000");
}

TEST_CASE("names in words: an underscore within a name is a blank, any other stays") {
  CHECK(spaced_names("excess_log_loss is 0.04") == "excess log loss is 0.04");
  CHECK(spaced_names("_x y_ a__b 1_2") == "_x y_ a__b 1 2");
  CHECK(spaced_names("").empty());
}

TEST_CASE("nearest: known distances") {
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("scroe", "score") == 1);
  CHECK(edit_distance("Score", "score") == 0);
  CHECK(edit_distance("ca", "abc") == 3);  // each part is edited once
}

TEST_CASE("nearest: distance agrees with its definition") {
  rc::check("", [] {
    const auto word =
        rc::gen::resize(6, rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c')));
    const std::string a = *word, b = *word;
    RC_ASSERT(edit_distance(a, b) == brute_distance(a, b));
    RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
  });
}

TEST_CASE("nearest: the closest name is offered, and none that is far") {
  const std::vector<std::string> names = {"label", "score", "segment", "id"};
  CHECK(nearest_name("scores", names) == "score");
  CHECK(nearest_name("lable", names) == "label");
  CHECK(nearest_name("LABEL", names) == "label");
  CHECK(nearest_name("temperature", names).empty());
  CHECK(nearest_name("ix", names) == "id");
  CHECK(nearest_name("score", {}).empty());
  CHECK(nearest_name(std::string(100'000, 's'), names).empty());
  CHECK(did_you_mean("scor", names) == "; did you mean `score`?");
  CHECK(did_you_mean("temperature", names).empty());
}

TEST_CASE("utf-8: well-formed text passes, whatever its alignment") {
  for (std::size_t pad = 0; pad < 9; ++pad)
    for (const char* text :
         {"", "plain", "é", "€", "😀", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"})
      CHECK(invalid_utf8_at(std::string(pad, 'x') + text + "yyyyyyyyy") == std::string_view::npos);
}

TEST_CASE("utf-8: each kind of ill-formed sequence is found where it begins") {
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
                          "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC3x"})
    for (std::size_t pad : {0, 3, 8, 13}) {
      const std::string text = std::string(pad, 'x') + bad;
      CHECK(invalid_utf8_at(text) == pad);
    }
}

TEST_CASE("utf-8: every scalar value is written well-formed and in its own way") {
  std::string all;
  std::size_t length = 0;
  for (std::uint32_t scalar = 0; scalar <= 0x10FFFF; ++scalar) {
    if (scalar >= 0xD800 && scalar <= 0xDFFF) continue;
    append_utf8(all, scalar);
    length += scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  }
  CHECK(all.size() == length);
  CHECK(invalid_utf8_at(all) == std::string_view::npos);
  std::string euro;
  append_utf8(euro, 0x20AC);
  CHECK(euro == "€");
}

TEST_CASE("utf-8: long texts are cut between characters") {
  CHECK(abbreviated("short") == "short");
  CHECK(abbreviated("éééé", 5) == "éé…");
  CHECK(abbreviated(std::string(50, 'x')) == std::string(40, 'x') + "…");
}

TEST_CASE("interner: codes count up in order of first appearance, as a map would give them") {
  rc::check("", [] {
    const auto texts = *rc::gen::container<std::vector<std::string>>(
        rc::gen::resize(3, rc::gen::container<std::string>(rc::gen::element('a', 'b'))));
    Interner interner;
    std::map<std::string, std::int32_t> oracle;
    for (const std::string& text : texts) {
      const auto expected =
          oracle.try_emplace(text, static_cast<std::int32_t>(oracle.size())).first->second;
      RC_ASSERT(interner.code(text) == expected);
    }
    RC_ASSERT(interner.size() == oracle.size());
    const auto taken = interner.take();
    for (const auto& [text, code] : oracle)
      RC_ASSERT(taken[static_cast<std::size_t>(code)] == text);
    RC_ASSERT(interner.code("new") == 0);
  });
}

TEST_CASE("interner: many texts keep their codes while the table grows") {
  Interner interner;
  for (int i = 0; i < 20'000; ++i) REQUIRE(interner.code(std::to_string(i)) == i);
  for (int i = 0; i < 20'000; ++i) REQUIRE(interner.code(std::to_string(i)) == i);
}

}  // namespace
}  // namespace rehearse
