// SPDX-License-Identifier: GPL-3.0-or-later
//
// UTF-8: what is well-formed, as Unicode 15 (table 3-7) defines it: no overlong forms, no
// surrogates, nothing past U+10FFFF. ASCII passes eight bytes at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rehearse {

// Where the first ill-formed sequence begins; npos where the text is well-formed.
std::size_t invalid_utf8_at(std::string_view text);
// The encoding of a scalar value (not a surrogate, at most 0x10FFFF; asserted).
void append_utf8(std::string& out, std::uint32_t scalar);

// The front of a text for a message: at most `most` bytes, cut between characters, then "…".
std::string abbreviated(std::string_view text, std::size_t most = 40);

}  // namespace rehearse
