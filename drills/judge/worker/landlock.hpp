// SPDX-License-Identifier: GPL-3.0-or-later
//
// Landlock (Salaün, Linux 5.13): a process takes file and network access away from itself, without
// privileges. Here: all of it, as far as the running kernel knows how.
#pragma once

#include <string>

namespace rehearse::judge {

// No new files, no TCP, no abstract sockets, no signals out. `why` says what was missing.
bool deny_files_and_network(std::string& why);

}  // namespace rehearse::judge
