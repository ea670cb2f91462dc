// SPDX-License-Identifier: GPL-3.0-or-later
//
// Building: from a submission's text to a program, by a compiler that runs behind the same walls as
// submissions do (an `#include`, an `.incbin` or a compiler's bug reaches nothing), kept by content.
//
// Limits: 10 s of processor time, 1.5 GB of address space, 64 MB of files.
#pragma once

#include <string>
#include <vector>

#include "drills/judge/languages.hpp"

namespace rehearse::judge {

// A compiler and what it must see.
struct Toolchain {
  std::string driver, version;
  std::vector<std::string> programs;  // what it executes
  std::vector<std::string> folders;   // what it reads
  std::vector<std::string> tools;     // "as /usr/bin/x86_64-linux-gnu-as": names that it looks for
  std::vector<std::string> flags;     // of every call
};

struct BuildUnit {
  std::string file, text, product;
  std::vector<std::string> arguments;  // none: the file is only put there
  bool kept = false;  // an object that is the same for all submissions
};

// Runs the compiler on each unit in order, in one folder; the last one's product is the program.
// What was built before from the same units by the same compiler comes from the cache. Stopping the
// watch ends the compiler within a twentieth of a second.
Built build_program(const Toolchain& toolchain, const std::vector<BuildUnit>& units,
                    const Workshop& workshop, const BuildWatch& watch = {});

}  // namespace rehearse::judge
