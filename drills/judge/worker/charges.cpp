// SPDX-License-Identifier: GPL-3.0-or-later
//
// Charging versions of the library functions whose cost is not one step: each works out what the
// call will touch, charges it, and calls the original, which it holds as an upvalue.
#include <algorithm>
#include <cstring>

#include "drills/judge/worker/meter.hpp"

namespace rehearse::judge {
namespace {

void charge(lua_Integer steps) {
  if (Meter* meter = Meter::current(); meter && steps > 0)
    meter->charge(static_cast<std::uint64_t>(steps));
}

// Calls the original with the arguments on the stack; all its results are ours.
int original(lua_State* L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

lua_Integer raw_length(lua_State* L) {
  return lua_istable(L, 1) ? static_cast<lua_Integer>(lua_rawlen(L, 1)) : 0;
}

lua_Integer integer_or(lua_State* L, int index, lua_Integer otherwise) {
  int is_number = 0;
  lua_Integer value = lua_tointegerx(L, index, &is_number);
  return is_number ? value : otherwise;
}

// How many of first…last there are, without overflow for absurd bounds.
lua_Integer span(lua_Integer first, lua_Integer last) {
  if (last < first) return 0;
  auto width = static_cast<lua_Unsigned>(last) - static_cast<lua_Unsigned>(first);
  return static_cast<lua_Integer>(std::min<lua_Unsigned>(width, lua_Unsigned{1} << 60)) + 1;
}

int insert(lua_State* L) {
  if (lua_gettop(L) == 3) charge(span(integer_or(L, 2, 1), raw_length(L)));
  return original(L);
}

int remove(lua_State* L) {
  lua_Integer length = raw_length(L);
  charge(span(integer_or(L, 2, length), length));
  return original(L);
}

int move(lua_State* L) {
  charge(span(integer_or(L, 2, 1), integer_or(L, 3, 0)));
  return original(L);
}

int concat(lua_State* L) {
  charge(span(integer_or(L, 3, 1), integer_or(L, 4, raw_length(L))));
  return original(L);
}

int unpack(lua_State* L) {
  charge(span(integer_or(L, 2, 1), integer_or(L, 3, raw_length(L))));
  return original(L);
}

int pack(lua_State* L) {
  charge(lua_gettop(L));
  return original(L);
}

int sort(lua_State* L) {
  // With a comparison of its own its calls are counted; the swaps are charged in both cases.
  lua_Integer length = raw_length(L), levels = 1;
  while ((lua_Integer{1} << levels) < length) ++levels;
  charge(length * levels);
  return original(L);
}

lua_Integer text_length(lua_State* L) {
  std::size_t size = 0;
  if (lua_type(L, 1) == LUA_TSTRING) lua_tolstring(L, 1, &size);
  return static_cast<lua_Integer>(size);
}

lua_Integer start_of_search(lua_State* L, lua_Integer length) {
  lua_Integer init = integer_or(L, 3, 1);
  if (init < 0) init = std::max<lua_Integer>(length + init + 1, 1);
  return std::max<lua_Integer>(init, 1);
}

// find and match are charged up to the end of what they found, or to the end of the text: a loop
// that walks through a text by its matches is linear. `match` does not say where it ended, so the
// same search is made with find, whose function is the second upvalue.
lua_Integer searched(lua_State* L, int find_index, int arguments) {
  lua_Integer length = text_length(L), from = start_of_search(L, length);
  int top = lua_gettop(L);
  lua_pushvalue(L, find_index);
  for (int i = 1; i <= std::min(arguments, 4); ++i) lua_pushvalue(L, i);
  lua_call(L, std::min(arguments, 4), 2);
  lua_Integer end = lua_isnil(L, -1) ? length : lua_tointeger(L, -1);
  lua_settop(L, top);
  return span(from, end) / 4 + 1;
}

int find(lua_State* L) {
  charge(searched(L, lua_upvalueindex(1), lua_gettop(L)));
  return original(L);
}

int match(lua_State* L) {
  charge(searched(L, lua_upvalueindex(2), std::min(lua_gettop(L), 3)));
  return original(L);
}

// One pass over the text, charged when it begins.
int whole_text(lua_State* L) {
  charge(text_length(L) / 4);
  return original(L);
}

int byte(lua_State* L) {
  lua_Integer first = integer_or(L, 2, 1);
  charge(span(first, integer_or(L, 3, first)));
  return original(L);
}

struct Charge {
  const char* library;
  const char* name;
  lua_CFunction charging;
};

constexpr Charge kCharges[] = {
    {"table", "insert", insert},       {"table", "remove", remove},
    {"table", "move", move},           {"table", "concat", concat},
    {"table", "unpack", unpack},       {"table", "pack", pack},
    {"table", "sort", sort},           {"string", "find", find},
    {"string", "match", match},        {"string", "gmatch", whole_text},
    {"string", "gsub", whole_text},    {"string", "upper", whole_text},
    {"string", "lower", whole_text},   {"string", "reverse", whole_text},
    {"string", "byte", byte},          {"utf8", "len", whole_text},
    {"utf8", "codepoint", whole_text}, {"utf8", "offset", whole_text},
};

}  // namespace

void install_charges(lua_State* L) {
  lua_getglobal(L, "string");
  lua_getfield(L, -1, "find");
  int find_at = lua_gettop(L);
  for (const Charge& entry : kCharges) {
    lua_getglobal(L, entry.library);
    lua_getfield(L, -1, entry.name);
    lua_pushvalue(L, find_at);
    lua_pushcclosure(L, entry.charging, 2);
    lua_setfield(L, -2, entry.name);
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
}

}  // namespace rehearse::judge
