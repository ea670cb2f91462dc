// SPDX-License-Identifier: GPL-3.0-or-later
//
// Strangers' bytes made safe to show. A submission may print escape sequences that retitle, clear
// or paste into a terminal, bytes that are not UTF-8, and characters that XML 1.0 forbids; none of
// them leaves the judge.
#pragma once

#include <string>
#include <string_view>

namespace rehearse::judge {

enum class Quotes { kept, escaped };

// Printable text: control bytes (C0, DEL and C1), bidirectional overrides and invalid UTF-8 become
// \n, \t, \xNN or \u{NNNN}; a backslash becomes \\ only together with escaped quotes. Newlines and
// tabs are kept when `keep_lines`.
std::string escape_for_terminal(std::string_view bytes, Quotes quotes = Quotes::kept,
                                bool keep_lines = false);

// Valid UTF-8 without C0 controls other than newline and tab; what is not becomes \xNN. For JSON
// values, which must round-trip ordinary text untouched.
std::string escape_invalid_utf8(std::string_view bytes);

// For XML text and attributes: as above, with & < > " and ' as entities.
std::string escape_xml(std::string_view bytes);

// Drops an incomplete last character after a cut at a byte.
void trim_partial_utf8(std::string& text);

// The front of a text made safe to show: at most `limit` bytes of it, the end marked with " …" when
// cut. Escaping only makes longer, so what lies behind is not looked at, however much it is.
std::string safe_excerpt(std::string_view bytes, std::size_t limit, bool keep_lines = false);

// At most `limit` bytes, the end marked with " …" when cut.
std::string shorten(std::string text, std::size_t limit);

}  // namespace rehearse::judge
