// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/letters.hpp"

#include <boost/spirit/home/support/char_encoding/unicode/query.hpp>

namespace rehearse::retrieval {
namespace {

namespace ucd = boost::spirit::ucd;
using Properties = ucd::properties;

constexpr std::uint32_t kLastScalar = 0x10FFFF;

// The tables call what is unassigned an upper-case letter. Of those a real one has a lower case, or
// stands among the letterlike and mathematical symbols.
bool unassigned(std::uint32_t scalar) {
  const bool symbol = scalar < 0x2150 || (scalar >= 0x1D400 && scalar <= 0x1D7FF);
  return ucd::get_category(scalar) == Properties::uppercase_letter && !symbol &&
         ucd::to_lowercase(scalar) == scalar;
}

}  // namespace

bool in_word(std::uint32_t scalar) {
  if (scalar > kLastScalar || unassigned(scalar)) return false;
  const auto major = ucd::get_major_category(scalar);
  return major == Properties::letter || major == Properties::mark ||
         ucd::get_category(scalar) == Properties::decimal_number;
}

bool mark(std::uint32_t scalar) {
  return scalar <= kLastScalar && ucd::get_major_category(scalar) == Properties::mark;
}

std::uint32_t lower_case(std::uint32_t scalar) {
  return scalar > kLastScalar ? scalar : ucd::to_lowercase(scalar);
}

bool word_by_itself(std::uint32_t scalar) {
  if (!in_word(scalar) || ucd::get_major_category(scalar) != Properties::letter) return false;
  const auto script = ucd::get_script(scalar);
  return script == Properties::han || script == Properties::hiragana;
}

Scalar front_scalar(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])) : 0U;
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {(lead & 0x1F) << 6 | (byte(1) & 0x3F), 2};
  if (lead < 0xF0) return {(lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 3};
  return {(lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F),
          4};
}

}  // namespace rehearse::retrieval
