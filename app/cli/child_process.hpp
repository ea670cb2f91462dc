// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs of ours that `rehearse` starts beside itself, since it links neither Qt nor a network:
// a job goes into a file of a folder that vanishes, what the child complains of comes back.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::cli {

// The folder of this executable.
std::string executable_folder();

// A folder of our own that goes when the scope ends. `path` is empty where none could be made.
struct ScratchFolder {
  std::string path;
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
};

// Waits for the child and gives its exit code (128 + the signal that ended it); its stderr goes to
// the file `log`, its stdout nowhere. Errors: it could not be started, or was lost.
Result<int> spawn_and_wait(const std::string& program, const std::vector<std::string>& arguments,
                           const std::string& log);

}  // namespace rehearse::cli
