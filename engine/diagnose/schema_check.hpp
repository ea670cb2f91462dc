// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is looked for in a schema before valijson sees it: what valijson would get wrong in silence,
// and what would make it run for ever. Used by schema.cpp alone.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/diagnose/record.hpp"

namespace rehearse::diagnose {

struct SchemaFacts {
  bool patterns = false;  // some text is matched with a regular expression
};

// Errors: a reference in a circle that consumes nothing ({"allOf": [{"$ref": "#"}]}), a pattern
// that is no regular expression (bad_data); a reference that is relative to an `$id` or that names
// the meta-schema, a pattern with nested repetitions (unsupported).
Result<SchemaFacts> check_schema(const Record& schema,
                                 const std::map<std::string, Record>& documents);

// The schema that a `$ref` into `root` (`#`, `#/definitions/user`) stands for; null where there is
// none.
const Record* local_reference(const Record& root, const Record& schema);

// Takes `format` out of every schema below: valijson compiles the expressions of a format anew for
// each value. What this room knows of formats it checks itself (see JsonSchema).
void strip_formats(Record& schema);

// std::regex takes stack with the length of its text; longer texts are refused where a schema has
// patterns.
std::optional<Fault> text_too_long_for_patterns(const Record& record);

}  // namespace rehearse::diagnose
