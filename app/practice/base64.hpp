// SPDX-License-Identifier: GPL-3.0-or-later
//
// Base64 (RFC 4648, with padding): bytes inside a text format, as an export's JSON or an Anki note.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rehearse::practice {

std::string to_base64(std::string_view bytes);
// Nothing where `text` is not what to_base64 writes.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace rehearse::practice
