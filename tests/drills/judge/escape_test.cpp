// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/escape.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/base/json.hpp"

using namespace rehearse;
using namespace rehearse::judge;

namespace {

bool plain(const std::string& text, bool lines) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7F ? true : lines && (c == '\n' || c == '\t');
  });
}

// nlohmann refuses to dump what is not UTF-8.
bool is_utf8(const std::string& text) {
  try {
    return !Json(text).dump().empty();
  } catch (const Json::exception&) {
    return false;
  }
}

}  // namespace

TEST_CASE("escape: whatever the bytes, what comes out is printable UTF-8") {
  CHECK(rc::check([] {
    auto bytes = *rc::gen::arbitrary<std::string>();
    RC_ASSERT(plain(escape_for_terminal(bytes), false));
    RC_ASSERT(plain(escape_for_terminal(bytes, Quotes::kept, true), true));
    RC_ASSERT(plain(escape_invalid_utf8(bytes), true));
    RC_ASSERT(is_utf8(escape_for_terminal(bytes)));
    RC_ASSERT(is_utf8(escape_invalid_utf8(bytes)));
    auto xml = escape_xml(bytes);
    RC_ASSERT(plain(xml, true));
    RC_ASSERT(xml.find_first_of("<>\"'") == std::string::npos);
  }));
}

TEST_CASE("escape: an excerpt is the front of what the whole would be") {
  CHECK(rc::check([] {
    const auto words = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("a", "\n", "\x1b", "\xff", "é", "…", "\xe2\x80\xae", "𝄞"));
    std::string bytes;
    for (const std::string& word : words) bytes += word;
    const auto limit = *rc::gen::inRange<std::size_t>(0, 40);
    RC_ASSERT(safe_excerpt(bytes, limit) == shorten(escape_for_terminal(bytes), limit));
  }));
}

TEST_CASE("escape: ordinary text is left as it is") {
  std::string text = "naïve café, 漢字, emoji 🎉, \\backslash, \"quotes\"";
  CHECK(escape_for_terminal(text) == text);
  CHECK(escape_invalid_utf8(text + "\n\t") == text + "\n\t");
}

TEST_CASE("escape: sequences that a terminal or an XML parser would act on become text") {
  CHECK(escape_for_terminal("\x1b]0;x\7") == "\\x1B]0;x\\x07");
  CHECK(escape_for_terminal("a\r\nb") == "a\\r\\nb");
  CHECK(escape_for_terminal("\xc2\x9b"
                            "31m") == "\\u{9B}31m");
  CHECK(escape_for_terminal("\xe2\x80\xae") == "\\u{202E}");
  CHECK(escape_for_terminal("\xed\xa0\x80") == "\\xED\\xA0\\x80");  // a surrogate
  CHECK(escape_for_terminal("\xc0\xaf") == "\\xC0\\xAF");           // an overlong form
  CHECK(escape_for_terminal("\xf4\x90\x80\x80") == "\\xF4\\x90\\x80\\x80");
  CHECK(escape_xml("]]><!--&'\"") == "]]&gt;&lt;!--&amp;&apos;&quot;");
  CHECK(escape_xml("\xef\xbf\xbe") == "\\u{FFFE}");
}

TEST_CASE("escape: a cut never leaves half a character") {
  CHECK(rc::check([] {
    auto text = escape_for_terminal(*rc::gen::arbitrary<std::string>()) + "漢字🎉é";
    auto size = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    RC_ASSERT(is_utf8(shorten(text, size)));
  }));
}
