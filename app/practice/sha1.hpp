// SPDX-License-Identifier: GPL-3.0-or-later
//
// SHA-1 (FIPS 180-4), which Anki's note checksums are made of. For nothing that must be secret or
// safe: collisions can be made.
#pragma once

#include <string>
#include <string_view>

namespace rehearse::practice {

// 40 lower-case hexadecimal digits.
std::string sha1_hex(std::string_view text);

}  // namespace rehearse::practice
