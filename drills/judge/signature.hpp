// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signatures: what a drill asks for, as a function or as a class, and the types of its values.
//
//   window_maximum(nums: int[], k: int) -> int[]
//
//   class TtlStore()
//     set(key: string, value: string, ttl_s: int, now_s: int)
//     get(key: string, now_s: int) -> string?
//
// Types: int (64 bit), float (NaN and infinities travel), bool, string (bytes), T[], T? (not inside
// T[]), map<K,V> (keys int, bool or string), and tuples (A, B). A method without `->` returns
// nothing. Names avoid the keywords of every language that a drill may be solved in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/lua/value.hpp"

namespace rehearse::judge {

using lua::Field;
using lua::Table;
using lua::Value;

struct Type {
  enum class Kind { nothing, integer, real, boolean, string, list, optional, map, tuple };
  Kind kind = Kind::nothing;
  std::vector<Type> parts;  // list, optional: one; map: key, value; tuple: two or more

  bool operator==(const Type&) const = default;
};

struct Parameter {
  std::string name;
  Type type;
};

// A function, a constructor (no result) or a method.
struct Callable {
  std::string name;
  std::vector<Parameter> parameters;
  Type result;
};

struct Signature {
  bool is_class = false;
  Callable function;              // a class's constructor: its name is the class's
  std::vector<Callable> methods;  // of a class

  // Nullptr when there is no such method.
  const Callable* method(std::string_view name) const;
};

// Errors: what is wrong, at which line of the signature and before which text.
Result<Type> parse_type(std::string_view text);
Result<Signature> parse_signature(std::string_view text);

// As it is written in a drill: "map<string, int>[]".
std::string to_text(const Type& type);
std::string to_text(const Callable& callable);
std::string to_text(const Signature& signature);

// Brings what a Lua script produced into the one form that `type` asks for: 3 becomes 3.0 for a
// float, 3.0 becomes 3 for an int, an empty table is an empty list or map, map keys are fields.
// Errors: where the value stands ("[3].key") and what is due: "[3]: a string where int is due".
Result<Value> conform(const Value& value, const Type& type);

// The values of a parameter list, in order; `what` names the list in errors.
Result<std::vector<Value>> conform_arguments(const std::vector<Value>& given,
                                             const std::vector<Parameter>& parameters,
                                             std::string_view what);

// A value for people, in the notation of its type: [1, 2], (3, 4), {"a": 1}, "text", nan, none.
// Strings are escaped so that no control byte and no invalid UTF-8 is left. Longer than `limit`
// bytes, the middle is left out and said.
std::string show(const Value& value, const Type& type, std::size_t limit = 2000);

// JSON of a conformed value: tuples and lists are arrays, maps are objects, NaN and infinities are
// the strings "NaN", "Infinity", "-Infinity"; bytes that are not UTF-8 are written as \xNN.
Json to_json(const Value& value, const Type& type);

}  // namespace rehearse::judge
