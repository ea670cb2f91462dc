// SPDX-License-Identifier: GPL-3.0-or-later
//
// Definition: a drill file's table turned into a Drill, field by field. Every error names the file,
// the line where the field stands (found by its name in the text) and how to mend it.
#pragma once

#include <string>

#include "drills/judge/drill.hpp"

namespace rehearse::judge {

// `table` is what the file returned, its functions replaced by the string "function".
Result<Drill> read_definition(const Value& table, const std::string& source,
                              const std::string& path);

// Where `name =` first stands in a Lua text: 1-based line, 0 when nowhere.
int line_of_field(std::string_view source, std::string_view name);

}  // namespace rehearse::judge
