// SPDX-License-Identifier: GPL-3.0-or-later
//
// Landlock (Salaün, Linux 5.13): a process takes file and network access away from itself, without
// privileges. Here: all of it, as far as the running kernel knows how.
#pragma once

#include <string>
#include <vector>

namespace rehearse::judge {

// No files but what lies in `folders` (to read) and `programs` (to read and execute), no TCP, no
// abstract sockets, no signals out. `why` says what was missing.
bool deny_files_and_network(const std::vector<std::string>& folders,
                            const std::vector<std::string>& programs, std::string& why);

}  // namespace rehearse::judge
