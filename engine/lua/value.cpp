// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lua/value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <lua.hpp>

namespace rehearse::lua {

const Value* Table::find(std::string_view key) const {
  for (const Field& field : fields) {
    const std::string* name = field.key.string();
    if (name && *name == key) return &field.value;
  }
  return nullptr;
}

bool Value::number(double& out) const {
  if (const auto* i = integer()) return out = static_cast<double>(*i), true;
  if (const auto* d = real()) return out = *d, true;
  return false;
}

const char* Value::type_name() const {
  static constexpr const char* kNames[] = {"nil", "boolean", "integer", "float", "string", "table"};
  return kNames[data.index()];
}

bool operator==(const Value& a, const Value& b) {
  if (a.data.index() != b.data.index()) return false;
  if (const double* x = a.real()) {
    double y = *b.real();
    return *x == y || (std::isnan(*x) && std::isnan(y));
  }
  return a.data == b.data;
}

bool operator==(const Table& a, const Table& b) {
  auto same_field = [](const Field& x, const Field& y) {
    return x.key == y.key && x.value == y.value;
  };
  return a.array == b.array && a.fields.size() == b.fields.size() &&
         std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), same_field);
}

namespace {

// Numbers ascending, then strings, then booleans; NaN cannot be a key.
bool key_before(const Field& a, const Field& b) {
  auto rank = [](const Value& v) { return v.boolean() ? 2 : v.string() ? 1 : 0; };
  int ra = rank(a.key), rb = rank(b.key);
  if (ra != rb) return ra < rb;
  if (ra == 1) return *a.key.string() < *b.key.string();
  if (ra == 2) return *a.key.boolean() < *b.key.boolean();
  if (a.key.integer() && b.key.integer()) return *a.key.integer() < *b.key.integer();
  double x = 0, y = 0;
  a.key.number(x);
  b.key.number(y);
  return x < y;
}

class Reader {
 public:
  Reader(lua_State* L, const ReadLimits& limits) : lua_(L), limits_(limits) {}

  Result<Value> read(int index, int depth) {
    if (++nodes_ > limits_.nodes) return fail(Code::limit, "more than {} values", limits_.nodes);
    switch (lua_type(lua_, index)) {
      case LUA_TNIL: return Value();
      case LUA_TBOOLEAN: return Value(lua_toboolean(lua_, index) != 0);
      case LUA_TNUMBER:
        if (lua_isinteger(lua_, index)) {
          return Value(static_cast<std::int64_t>(lua_tointeger(lua_, index)));
        }
        return Value(lua_tonumber(lua_, index));
      case LUA_TSTRING: return read_string(index);
      case LUA_TTABLE: return read_table(lua_absindex(lua_, index), depth);
      default:
        return fail(Code::bad_data, "a {} is not a value",
                    lua_typename(lua_, lua_type(lua_, index)));
    }
  }

 private:
  Result<Value> read_string(int index) {
    std::size_t size = 0;
    const char* text = lua_tolstring(lua_, index, &size);
    bytes_ += size;
    if (bytes_ > limits_.bytes)
      return fail(Code::limit, "more than {} bytes of strings", limits_.bytes);
    return Value(std::string(text, size));
  }

  Result<Value> read_table(int index, int depth) {
    // A cycle never ends, so it is met as too much depth; no separate set of visited tables.
    if (depth >= limits_.depth || !lua_checkstack(lua_, 4)) {
      return fail(Code::limit, "tables nest deeper than {} (or contain themselves)", limits_.depth);
    }
    Table table;
    auto length = static_cast<lua_Integer>(lua_rawlen(lua_, index));
    for (lua_Integer i = 1; i <= length; ++i) {
      lua_rawgeti(lua_, index, i);
      auto element = read(-1, depth + 1);
      lua_pop(lua_, 1);
      if (!element) return at(fmt::format("[{}]", i), std::move(element));
      table.array.push_back(std::move(*element));
    }
    if (auto fields = read_fields(index, depth, length, table); !fields)
      return fail(fields.error());
    std::sort(table.fields.begin(), table.fields.end(), key_before);
    return Value(std::move(table));
  }

  Result<void> read_fields(int index, int depth, lua_Integer length, Table& table) {
    lua_pushnil(lua_);
    while (lua_next(lua_, index)) {
      bool in_array = lua_isinteger(lua_, -2) && lua_tointeger(lua_, -2) >= 1 &&
                      lua_tointeger(lua_, -2) <= length;
      if (!in_array) {
        auto key = read(-2, depth + 1);
        auto value = key ? read(-1, depth + 1) : Result<Value>();
        if (!key || key->table() || !value) {
          std::string place = describe_key(-2);
          lua_pop(lua_, 2);
          if (!key || key->table())
            return fail(Code::bad_data, "[{}]: not a key that can be read", place);
          return fail(value.error().code, "[{}]: {}", place, value.error().message);
        }
        table.fields.push_back({std::move(*key), std::move(*value)});
      }
      lua_pop(lua_, 1);
    }
    return {};
  }

  // lua_tolstring would change a number key in place and confuse lua_next.
  std::string describe_key(int index) {
    if (lua_type(lua_, index) == LUA_TSTRING) {
      return std::string(lua_tostring(lua_, index)).substr(0, 60);
    }
    if (lua_isinteger(lua_, index)) return fmt::format("{}", lua_tointeger(lua_, index));
    if (lua_type(lua_, index) == LUA_TNUMBER) return fmt::format("{}", lua_tonumber(lua_, index));
    return lua_typename(lua_, lua_type(lua_, index));
  }

  lua_State* lua_;
  ReadLimits limits_;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

Result<Value> read_value(lua_State* L, int index, const ReadLimits& limits) {
  int top = lua_gettop(L);
  auto value = Reader(L, limits).read(index, 0);
  lua_settop(L, top);
  return value;
}

void push_value(lua_State* L, const Value& value) {
  luaL_checkstack(L, 4, "value nests too deep");
  if (value.is_nil()) return lua_pushnil(L);
  if (const auto* b = value.boolean()) return lua_pushboolean(L, *b);
  if (const auto* i = value.integer()) return lua_pushinteger(L, *i);
  if (const auto* d = value.real()) return lua_pushnumber(L, *d);
  if (const auto* s = value.string())
    return static_cast<void>(lua_pushlstring(L, s->data(), s->size()));
  const Table& table = *value.table();
  lua_createtable(L, static_cast<int>(table.array.size()), static_cast<int>(table.fields.size()));
  lua_Integer position = 0;
  for (const Value& element : table.array) {
    push_value(L, element);
    lua_rawseti(L, -2, ++position);
  }
  for (const Field& field : table.fields) {
    push_value(L, field.key);
    push_value(L, field.value);
    lua_rawset(L, -3);
  }
}

namespace {

std::string key_text(const Value& key) {
  if (const auto* s = key.string()) return *s;
  if (const auto* i = key.integer()) return fmt::format("{}", *i);
  if (const auto* d = key.real()) return fmt::format("{}", *d);
  return key.boolean() && *key.boolean() ? "true" : "false";
}

}  // namespace

Json to_json(const Value& value) {
  if (value.is_nil()) return nullptr;
  if (const auto* b = value.boolean()) return *b;
  if (const auto* i = value.integer()) return *i;
  if (const auto* d = value.real()) return number_or_null(*d);
  if (const auto* s = value.string()) return *s;
  const Table& table = *value.table();
  if (table.fields.empty()) {
    Json array = Json::array();
    for (const Value& element : table.array) array.push_back(to_json(element));
    return array;
  }
  Json object = Json::object();
  for (std::size_t i = 0; i < table.array.size(); ++i) {
    object[std::to_string(i + 1)] = to_json(table.array[i]);
  }
  for (const Field& field : table.fields) object[key_text(field.key)] = to_json(field.value);
  return object;
}

Value from_json(const Json& json) {
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX)
    return Value(json.get<double>());
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  if (json.is_number_float()) return Value(json.get<double>());
  if (json.is_string()) return Value(json.get<std::string>());
  Table table;
  if (json.is_array()) {
    for (const Json& element : json) table.array.push_back(from_json(element));
  } else if (json.is_object()) {
    for (const auto& [key, element] : json.items())
      table.fields.push_back({key, from_json(element)});
  } else {
    return Value();
  }
  return Value(std::move(table));
}

}  // namespace rehearse::lua
