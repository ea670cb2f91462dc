// SPDX-License-Identifier: GPL-3.0-or-later
//
// Own cases: inputs that a user keeps beside a drill's own, one file a drill, judged with it.
//
//   -- the week that broke production
//   name = "two equal votes", args = { { 3, 3 }, 6 }
//   { 1, 2, 3 }, 5
//   new = { 300 }, calls = { { "hit", 1 }, { "count", 5 } }
//
// A line is what stands between the braces of a case in a drill file, or the bare arguments. What is
// due is the reference's answer. Empty lines and lines that begin with -- are passed over.
#pragma once

#include <string>
#include <vector>

#include "drills/judge/cases.hpp"

namespace rehearse::judge {

// `<folder>/<id>.cases`
std::string own_cases_path(const std::string& folder, const Drill& drill);

// The cases of a file; none when there is no such file.
// Errors: a line that is no input, or that the reference does not answer (file:line).
Result<std::vector<Case>> load_own_cases(const Drill& drill, const std::string& path,
                                         const Workshop& workshop);

// Reads `text` as one line and appends it, if it is an input that the reference answers and no line
// says the same already. False when one does.
Result<bool> add_own_case(const Drill& drill, const std::string& path, const std::string& text,
                          const Workshop& workshop);

// An input as such a line: "args = { { 1, 2 }, 3 }".
std::string input_as_line(const Input& input, const Signature& signature);

}  // namespace rehearse::judge
