// SPDX-License-Identifier: GPL-3.0-or-later
//
// seccomp: the list of system calls that a worker still needs once its walls are up. Any other ends
// the process (SIGSYS), which the judge reports as a crash of the submission.
#pragma once

#include <string>

namespace rehearse::judge {

// Reading and writing is allowed on `channel` alone (writing on 2 as well: a dying C library tells
// why). Memory may be mapped, but never executable.
// An `interpreter` that is executed afterwards may also open and read what the other walls leave,
// map code, and look at itself; what it may not is refused (EPERM), since it asks for much that it
// does not need.
bool allow_few_system_calls(int channel, bool interpreter, std::string& why);

}  // namespace rehearse::judge
