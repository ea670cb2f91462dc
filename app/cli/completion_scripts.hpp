// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scripts by which a shell completes the command line: verbs, flags, values that are one of a few,
// and ids, which the script asks of `rehearse completions --ids KIND` when they are wanted.
#pragma once

#include <string>
#include <vector>

#include "app/cli/shape.hpp"

namespace rehearse::cli {

std::string bash_script(const std::vector<VerbShape>& verbs);
std::string zsh_script(const std::vector<VerbShape>& verbs);
std::string fish_script(const std::vector<VerbShape>& verbs);

}  // namespace rehearse::cli
