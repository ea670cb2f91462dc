// SPDX-License-Identifier: GPL-3.0-or-later
//
// Zip files (libzip), as Anki's packages are: written whole, and read by name with a bound on what
// they may unpack to. Nothing is ever unpacked to a path that stands in a zip; one that holds names
// which lead out of a folder is refused all the same, since no honest program writes it.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::practice {

struct ZipEntry {
  std::string name, bytes;
};

// Whole or not at all; a file that is there is replaced. `now` dates the entries.
Result<void> write_zip(const std::string& path, const std::vector<ZipEntry>& entries,
                       std::int64_t now);

// The names of all entries. Errors: no such file, no zip or a torn one, over 100,000 entries, a
// name that leads out.
Result<std::vector<std::string>> zip_names(const std::string& path);

// One entry. Errors also: it is not there, it is torn (checksum), it is larger than `most_bytes`,
// whatever size it claims.
Result<std::string> read_zip_entry(const std::string& path, const std::string& name,
                                   std::size_t most_bytes);

}  // namespace rehearse::practice
