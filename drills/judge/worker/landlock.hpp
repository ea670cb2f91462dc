// SPDX-License-Identifier: GPL-3.0-or-later
//
// Landlock (Salaün, Linux 5.13): a process takes file and network access away from itself, without
// privileges. Here: all of it, as far as the running kernel knows how.
#pragma once

#include <string>

#include "drills/judge/worker/sandbox.hpp"

namespace rehearse::judge {

// No files but what lies in the request's `folders` (to read), in its `programs` (to read and
// execute) and in `workplace` (to write), no TCP, no abstract sockets, no signals out. `why` says
// what was missing.
bool deny_files_and_network(const WallRequest& request, const std::string& workplace,
                            std::string& why);

}  // namespace rehearse::judge
