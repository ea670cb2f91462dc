// SPDX-License-Identifier: GPL-3.0-or-later
//
// Starting a program in fresh name spaces without root: clone with vfork semantics. Used by
// WorkerProcess alone.
#pragma once

#include <sys/types.h>

#include <string>

#include "engine/base/error.hpp"

namespace rehearse::judge {

// Starts `path` with `channel` as descriptor 3, /dev/null as 0, 1 and 2, and an empty environment.
// Its one argument is "namespaces" when the kernel gave them, else "plain".
Result<pid_t> spawn_isolated(const std::string& path, int channel);

}  // namespace rehearse::judge
