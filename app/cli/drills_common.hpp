// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the verbs about drills share: the library with the built-in and the user's folders, and the
// worker's whereabouts.
#pragma once

#include "app/cli/verb.hpp"
#include "drills/judge/grade.hpp"
#include "drills/judge/library.hpp"

namespace rehearse::cli {

judge::Workshop workshop(const Context& context);
Result<judge::Library> open_drills(const Context& context);

// The files that name sets of drills (app/practice/drill_sets.hpp): the product's and the user's.
std::vector<std::string> set_files(const Context& context);

// Where the user's own cases lie, a file a drill (drills/judge/own_cases.hpp).
std::string own_cases_folder(const Context& context);

// A solution's file; `language` names what its ending does not tell, or "".
// Errors: unreadable, larger than 1 MB, an unknown language.
Result<judge::Submission> read_submission(const std::string& path, const std::string& language);

}  // namespace rehearse::cli
