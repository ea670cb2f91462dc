// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of the user's own below the data folder: drills/, designs/, content/ and cases/. Part
// of archive.hpp.
#pragma once

#include "app/practice/archive.hpp"

namespace rehearse::practice {

// In order of path; hidden files are left out. Errors: one cannot be read, or is over 16 MB.
Result<std::vector<OwnFile>> own_files(const std::string& data);

// Errors: a path that is refused (refused_path) or stands twice.
Result<void> check_paths(const std::vector<OwnFile>& files);

// Writes what is not there; a file that differs stays as it is and is reported, unless the target
// is to be replaced: then it is moved below `aside`, as are those that the archive does not have.
// Errors: the disk refuses; the files written until then are in the report.
Result<void> write_own_files(const std::vector<OwnFile>& files, const ImportTarget& target,
                             const std::string& aside, ImportReport& report);

}  // namespace rehearse::practice
