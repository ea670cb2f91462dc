// SPDX-License-Identifier: GPL-3.0-or-later
//
// Isolation: which walls stand around a submission on this machine. None needs root, setuid, a
// container or a cgroup; each is used when the kernel gives it, and the report says which did.
//
//   namespaces  own user, mount, process, network, IPC and host name spaces; an empty root
//   landlock    no file or network access even where a name space is missing
//   seccomp     a list of allowed system calls; any other ends the worker
//   rlimits     address space, processor time, file size, open files, no core
#pragma once

#include <string>
#include <vector>

#include "drills/judge/drill.hpp"

namespace rehearse::judge {

struct Isolation {
  std::vector<std::string> layers;   // that held, in the order above
  std::vector<std::string> missing;  // "namespaces: the kernel refused (EPERM)"
  bool full() const { return layers.size() == 4; }
};

// Starts a worker and asks it. Errors: no worker, or it does not start.
Result<Isolation> isolation_level(const Workshop& workshop = {});

}  // namespace rehearse::judge
