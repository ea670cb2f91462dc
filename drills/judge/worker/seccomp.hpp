// SPDX-License-Identifier: GPL-3.0-or-later
//
// seccomp: the list of system calls that a worker still needs once its walls are up. Any other ends
// the process (SIGSYS), which the judge reports as a crash of the submission.
#pragma once

#include <string>

#include "drills/judge/worker/sandbox.hpp"

namespace rehearse::judge {

// Reading and writing is allowed on `channel` alone (writing on 2 as well: a dying C library tells
// why). Memory may be mapped, but never executable.
// Another program that is executed afterwards has a list of its own (see Calls): it may also map
// code and look at itself, an interpreter open and read what the other walls leave, a compiler write
// and start processes. What it may not is refused (EPERM), since it asks for much that it does not
// need.
bool allow_few_system_calls(int channel, Calls calls, std::string& why);

}  // namespace rehearse::judge
