// SPDX-License-Identifier: GPL-3.0-or-later
//
// Value: a plain copy of what a Lua script holds, so that no other code touches the Lua stack.
//
// A Lua table becomes a Table: `array` holds the values of keys 1…n, `fields` all other keys in a
// fixed order (numbers ascending, then strings, then booleans), so that the same table always
// reads the same. Integers and floats stay apart (3 is not 3.0); NaN and infinities travel;
// strings are bytes. Functions, userdata, threads and cycles are errors that name their place.
//
// Reading is raw: no metamethod of the script runs, and depth and size are limited.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/json.hpp"

struct lua_State;

namespace rehearse::lua {

struct Value;
struct Field;

struct Table {
  std::vector<Value> array;
  std::vector<Field> fields;

  // The value of a string key, or nullptr.
  const Value* find(std::string_view key) const;
  bool empty() const { return array.empty() && fields.empty(); }
};

struct Value {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Table> data;

  Value() = default;
  Value(bool value);
  Value(std::int64_t value);
  Value(int value);
  Value(double value);
  Value(std::string value);
  Value(std::string_view value);
  Value(const char* value);
  Value(Table value);

  bool is_nil() const { return data.index() == 0; }
  const bool* boolean() const { return std::get_if<bool>(&data); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
  const double* real() const { return std::get_if<double>(&data); }
  const std::string* string() const { return std::get_if<std::string>(&data); }
  const Table* table() const { return std::get_if<Table>(&data); }
  Table* table() { return std::get_if<Table>(&data); }

  // Either kind of number as a double.
  bool number(double& out) const;
  // "nil", "boolean", "integer", "float", "string" or "table".
  const char* type_name() const;
};

struct Field {
  Value key;
  Value value;
};

// Here, where a Field is complete: a Value that cannot be made is taken apart again.
inline Value::Value(bool value) : data(value) {}
inline Value::Value(std::int64_t value) : data(value) {}
inline Value::Value(int value) : data(static_cast<std::int64_t>(value)) {}
inline Value::Value(double value) : data(value) {}
inline Value::Value(std::string value) : data(std::move(value)) {}
inline Value::Value(std::string_view value) : data(std::string(value)) {}
inline Value::Value(const char* value) : data(std::string(value)) {}
inline Value::Value(Table value) : data(std::move(value)) {}

// Identity, not arithmetic: 3 differs from 3.0, NaN equals NaN.
bool operator==(const Value& a, const Value& b);
bool operator==(const Table& a, const Table& b);

struct ReadLimits {
  int depth = 64;                 // tables within tables
  std::size_t nodes = 4'000'000;  // values in all
  std::size_t bytes = 64u << 20;  // of strings in all
};

// The value at `index`. Never raises a Lua error and runs no script code.
// Errors: a function or other thing without a value, a cycle or too much depth, too many nodes.
Result<Value> read_value(lua_State* L, int index, const ReadLimits& limits = {});

// Pushes one value. May raise a Lua memory error: call it where a protected call catches that.
void push_value(lua_State* L, const Value& value);

// JSON keys are strings, so an integer key k becomes "k"; a table with fields is an object (its
// array part under "1", "2", …), any other an array; NaN and infinities become null.
Json to_json(const Value& value);
// Objects become fields, null becomes nil; a whole number becomes an integer.
Value from_json(const Json& json);

}  // namespace rehearse::lua
