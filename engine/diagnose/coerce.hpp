// SPDX-License-Identifier: GPL-3.0-or-later
//
// Repairs of a record before it is validated: keys renamed, units mended, and values cast to the
// type that the schema asks for ("12" to 12, "true" to true, 1780272000 to a time). Cast early and
// count every cast: a value that is repaired in silence hides the bug that made it wrong.
//
// A value is cast only where nothing can be lost: "12.5" becomes a number, "12,5" and "about 12"
// stay what they are and are refused by the schema.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/diagnose/schema.hpp"

namespace rehearse::diagnose {

// What was repaired, by (path, kind): "text to number", "renamed" …
using RepairCounts = std::map<std::pair<std::string, std::string>, std::size_t>;

struct Rename {
  std::string from, to;  // post.is_nsfw, post.nsfw
};
// Numbers at `path` above `above` are divided by `by`: a unit that changed.
struct Rescale {
  std::string path;
  double above = 0, by = 1;
};
// "post.is_nsfw=post.nsfw"; "dwell_seconds>600/1000". Errors: written in another way.
Result<Rename> parse_rename(std::string_view text);
Result<Rescale> parse_rescale(std::string_view text);

// Moves the value to the new path, where it is free; objects on the way are made. 1 if it did.
std::size_t rename(Record& record, const Rename& rename, RepairCounts& counts);
std::size_t rescale(Record& record, const Rescale& rescale, RepairCounts& counts);
// Casts what the schema's fields ask for; items of arrays too. The number of values cast.
std::size_t coerce(Record& record, const JsonSchema& schema, RepairCounts& counts);

}  // namespace rehearse::diagnose
