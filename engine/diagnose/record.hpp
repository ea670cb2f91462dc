// SPDX-License-Identifier: GPL-3.0-or-later
//
// Record: one JSON event as a value, read with limits. A log line comes from clients that nobody
// controls: it may nest without end, hold a million keys, name a key twice or stop in its middle.
// Each of these is refused here, with the place and a mend, before anything else looks at the line.
// For flat tables use base/read.hpp, which is ten times as fast.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"
#include "engine/base/json.hpp"

namespace rehearse::diagnose {

// Keys stand in alphabetical order: what JSON Schema and flattening need is lookup, not order.
using Record = nlohmann::json;

struct RecordLimits {
  std::size_t bytes = std::size_t{1} << 20;
  std::size_t depth = 32;      // objects and arrays inside each other
  std::size_t keys = 10000;    // of all objects of the record
  std::size_t items = 100000;  // of all arrays of the record
};

// What is wrong with a record: where (`user.id`, empty: the whole), what, and how to mend it.
struct Fault {
  std::string path, kind, reason, mend;
};

// One JSON value. Errors: what the limits forbid, a key that stands twice in one object, ill-formed
// UTF-8, a NUL, text that is no JSON (with the character's place), a record that stops in its
// middle. O(bytes).
tl::expected<Record, Fault> parse_record(std::string_view line, const RecordLimits& limits = {});

// "an object", "a text", "a whole number" …
std::string kind_of(const Record& value);

}  // namespace rehearse::diagnose
