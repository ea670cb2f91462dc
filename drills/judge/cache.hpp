// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cache: what a drill file made, kept by the file's content, so that judging does not run it again.
//
// An entry holds the whole source it was made from and a checksum. It is used only when both fit;
// anything else (a torn write, another version, a clash of hashes) counts as absent and is made
// anew. Entries appear by an atomic rename, so concurrent judges never see half of one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rehearse::judge {

// The payload, or nothing. An empty `folder` means no cache.
std::optional<std::string> read_cache(const std::string& folder, const std::string& name,
                                      std::string_view source);

// Best effort: a full or read-only disk costs time later and nothing else.
void write_cache(const std::string& folder, const std::string& name, std::string_view source,
                 std::string_view payload);

}  // namespace rehearse::judge
