// SPDX-License-Identifier: GPL-3.0-or-later
//
// Letters: what the Unicode Character Database says of one scalar value, as far as finding words
// needs it: whether it belongs to a word (letters, marks, decimal digits), its simple lower case,
// and whether its script writes words without spaces between them.
//
// The tables are Boost's (Unicode 5.2), so every machine sees the same words; the locale of the
// process plays no part. Letters added to Unicode since are separators.
#pragma once

#include <cstdint>
#include <string_view>

namespace rehearse::retrieval {

bool in_word(std::uint32_t scalar);
// Combining marks and variation selectors: part of a word, and never its beginning.
bool mark(std::uint32_t scalar);
std::uint32_t lower_case(std::uint32_t scalar);
// Han and Hiragana: without a dictionary each character is taken as a word of its own, as in
// UAX #29 and Lucene's StandardTokenizer.
bool word_by_itself(std::uint32_t scalar);

struct Scalar {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
};
// The scalar at the front of well-formed UTF-8 (not empty).
Scalar front_scalar(std::string_view text);

}  // namespace rehearse::retrieval
