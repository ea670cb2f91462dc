// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/escape.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace rehearse::judge {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t size = 0;  // bytes; 0: not UTF-8
};

// The well-formed sequences of Unicode's table 3-7: no overlong forms, no surrogates.
Character decode(std::string_view text) {
  auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first >= 0xC2 && first <= 0xDF && follows(1))
    return {(first & 0x1F) << 6 | (byte(1) & 0x3F), 2};
  if (first >= 0xE0 && first <= 0xEF && follows(1) && follows(2)) {
    std::uint32_t code = (first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    if (code >= 0x800 && (code < 0xD800 || code > 0xDFFF)) return {code, 3};
  }
  if (first >= 0xF0 && first <= 0xF4 && follows(1) && follows(2) && follows(3)) {
    std::uint32_t code =
        (first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    if (code >= 0x10000 && code <= 0x10FFFF) return {code, 4};
  }
  return {};
}

// Characters that reorder or hide what stands beside them, and what XML forbids.
bool misleading(std::uint32_t code) {
  return (code >= 0x7F && code <= 0x9F) || code == 0x61C || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
         code == 0xFEFF || (code & 0xFFFE) == 0xFFFE;
}

std::string hex_byte(char c) { return fmt::format("\\x{:02X}", static_cast<unsigned char>(c)); }

std::string control(char c) {
  switch (c) {
    case '\n': return "\\n";
    case '\t': return "\\t";
    case '\r': return "\\r";
    default: return hex_byte(c);
  }
}

template <class Each>
void each_character(std::string_view bytes, Each&& each) {
  while (!bytes.empty()) {
    Character next = decode(bytes);
    std::string_view raw = bytes.substr(0, next.size ? next.size : 1);
    each(next, raw);
    bytes.remove_prefix(raw.size());
  }
}

}  // namespace

std::string escape_for_terminal(std::string_view bytes, Quotes quotes, bool keep_lines) {
  std::string out;
  out.reserve(bytes.size());
  each_character(bytes, [&](const Character& c, std::string_view raw) {
    if (c.size == 0)
      out += hex_byte(raw[0]);
    else if (keep_lines && (c.code == '\n' || c.code == '\t'))
      out += raw;
    else if (c.code < 0x20)
      out += control(raw[0]);
    else if (misleading(c.code))
      out += fmt::format("\\u{{{:X}}}", c.code);
    else if (quotes == Quotes::escaped && (c.code == '"' || c.code == '\\'))
      (out += '\\') += raw;
    else
      out += raw;
  });
  return out;
}

std::string escape_invalid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  each_character(bytes, [&](const Character& c, std::string_view raw) {
    bool kept = c.size > 0 && (c.code >= 0x20 || c.code == '\n' || c.code == '\t');
    if (!kept)
      out += hex_byte(raw[0]);
    else if (misleading(c.code))
      out += fmt::format("\\u{{{:X}}}", c.code);
    else
      out += raw;
  });
  return out;
}

std::string escape_xml(std::string_view bytes) {
  std::string out;
  for (char c : escape_invalid_utf8(bytes)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      default: out += c;
    }
  }
  return out;
}

void trim_partial_utf8(std::string& text) {
  std::size_t back = 0;
  while (back < 3 && back < text.size() &&
         (static_cast<unsigned char>(text[text.size() - 1 - back]) & 0xC0) == 0x80) {
    ++back;
  }
  if (back >= text.size()) return;
  std::size_t start = text.size() - 1 - back;
  if (static_cast<unsigned char>(text[start]) >= 0x80 &&
      decode(std::string_view(text).substr(start)).size != back + 1) {
    text.resize(start);
  }
}

std::string safe_excerpt(std::string_view bytes, std::size_t limit, bool keep_lines) {
  constexpr std::size_t kLongestCharacter =
      4;  // one byte more would do, but might part a character
  return shorten(
      escape_for_terminal(bytes.substr(0, limit + kLongestCharacter), Quotes::kept, keep_lines),
      limit);
}

std::string shorten(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  text.resize(limit);
  trim_partial_utf8(text);
  return text + " …";
}

}  // namespace rehearse::judge
