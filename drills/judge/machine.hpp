// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the machine has: interpreters and compilers are found where they are, and asked themselves
// what they need to see. Nothing here runs a stranger's code.
#pragma once

#include <string>
#include <vector>

namespace rehearse::judge {

// Paths at which a program of one of these names can be executed, in order: /usr/bin,
// /usr/local/bin, then the folders of PATH.
std::vector<std::string> programs_named(const std::vector<std::string>& names);

// What a program prints on its standard output (and on standard error too, where asked for), given
// an empty standard input and no environment but PATH. "" when it fails or prints nothing.
std::string output_of(const std::vector<std::string>& command, bool errors_too = false);

// The file behind a path's links, or "".
std::string real_path(const std::string& path);
std::string folder_of(const std::string& path);

// The folders that exist, by their real paths, without those that lie in another one.
std::vector<std::string> outermost(const std::vector<std::string>& folders);

// The shared objects that a program loads, and its loader, by the paths that `ldd` tells; empty for a
// static one.
std::vector<std::string> libraries_of(const std::string& program);

}  // namespace rehearse::judge
