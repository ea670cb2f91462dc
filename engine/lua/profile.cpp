// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which library functions each profile has: everything is taken away first, and named things are
// put back, so that a function of a newer Lua is absent until somebody thinks about it.
#include "engine/lua/profile.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "engine/lua/state.hpp"

namespace rehearse::lua {
namespace {

struct Names {
  const char* library;  // nullptr: the globals of `base`
  lua_CFunction open;
  std::vector<const char*> kept;
};

const std::vector<const char*> kMath = {"abs",  "ceil", "floor", "fmod",       "max",       "min",
                                        "modf", "sqrt", "exp",   "log",        "sin",       "cos",
                                        "tan",  "asin", "acos",  "atan",       "tointeger", "type",
                                        "ult",  "pi",   "huge",  "maxinteger", "mininteger"};

std::vector<const char*> with(std::vector<const char*> names,
                              std::initializer_list<const char*> more) {
  names.insert(names.end(), more);
  return names;
}

// Nothing here runs long without the interpreter's loop: see state.hpp.
std::vector<Names> design_libraries() {
  return {{nullptr,
           luaopen_base,
           {"_VERSION", "assert", "error", "ipairs", "print", "rawequal", "rawget", "rawlen",
            "select", "tonumber", "tostring", "type"}},
          {"math", luaopen_math, kMath},
          {"string",
           luaopen_string,
           {"byte", "char", "format", "len", "lower", "reverse", "sub", "upper"}},
          {"table", luaopen_table, {"concat", "insert", "pack", "remove", "sort", "unpack"}},
          {"utf8", luaopen_utf8, {"char", "charpattern", "codepoint", "codes", "len", "offset"}}};
}

const std::vector<const char*> kString = {
    "byte",  "char", "find",     "format", "gmatch",  "gsub", "len",    "lower",
    "match", "pack", "packsize", "rep",    "reverse", "sub",  "unpack", "upper"};
const std::vector<const char*> kBase = {"_VERSION", "assert", "error",  "getmetatable", "ipairs",
                                        "next",     "pcall",  "print",  "rawequal",     "rawget",
                                        "rawlen",   "rawset", "select", "setmetatable", "tonumber",
                                        "tostring", "type",   "xpcall"};
const std::vector<const char*> kTable = {"concat", "insert", "move",  "pack",
                                         "remove", "sort",   "unpack"};
const std::vector<const char*> kUtf8 = {"char",  "charpattern", "codepoint",
                                        "codes", "len",         "offset"};

// A drill draws from `rand`, which is the same on every machine; math.random is not.
std::vector<Names> drill_file_libraries() {
  return {{nullptr, luaopen_base, kBase},
          {"math", luaopen_math, kMath},
          {"string", luaopen_string, kString},
          {"table", luaopen_table, kTable},
          {"utf8", luaopen_utf8, kUtf8}};
}

std::vector<Names> submission_libraries() {
  return {{nullptr, luaopen_base, with(kBase, {"pairs"})},
          {"math", luaopen_math, with(kMath, {"random", "randomseed"})},
          {"string", luaopen_string, kString},
          {"table", luaopen_table, kTable},
          {"utf8", luaopen_utf8, kUtf8},
          {"coroutine",
           luaopen_coroutine,
           {"close", "create", "isyieldable", "resume", "running", "status", "wrap", "yield"}}};
}

std::vector<Names> libraries_of(Profile profile) {
  switch (profile) {
    case Profile::design: return design_libraries();
    case Profile::drill_file: return drill_file_libraries();
    case Profile::submission: return submission_libraries();
  }
  return {};
}

// Copies the kept names of the table at the top into the table below it, and pops the former.
void keep_names(lua_State* L, const std::vector<const char*>& names) {
  for (const char* name : names) {
    lua_getfield(L, -1, name);
    lua_setfield(L, -3, name);
  }
  lua_pop(L, 1);
}

// Libraries are opened with a scratch table as globals, then only what is kept moves over.
void open_library(lua_State* L, const Names& names) {
  if (!names.library) {
    lua_createtable(L, 0, 32);  // the new globals
    lua_pushcfunction(L, names.open);
    lua_call(L, 0, 1);  // base fills the old globals and returns them
    keep_names(L, names.kept);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    return;
  }
  lua_createtable(L, 0, 16);
  lua_pushcfunction(L, names.open);
  lua_call(L, 0, 1);
  keep_names(L, names.kept);
  if (std::strcmp(names.library, "string") == 0) {
    // ("x"):method() finds what string.method finds, and nothing more.
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 2);
  }
  lua_setglobal(L, names.library);
}

struct OrderedKey {
  int rank;
  double number;
  std::string text;
  lua_Integer position;
};

bool before(const OrderedKey& a, const OrderedKey& b) {
  if (a.rank != b.rank) return a.rank < b.rank;
  return a.rank == 0 ? a.number < b.number : a.text < b.text;
}

OrderedKey ordered_key(lua_State* L, int index, lua_Integer position) {
  OrderedKey key{3, 0, "", position};
  int type = lua_type(L, index);
  if (type == LUA_TNUMBER) {
    key.rank = 0;
    key.number = lua_tonumber(L, index);
  } else if (type == LUA_TSTRING) {
    std::size_t size = 0;
    const char* text = lua_tolstring(L, index, &size);
    key.rank = 1;
    key.text.assign(text, size);
  } else if (type == LUA_TBOOLEAN) {
    key.rank = 2;
    key.text = lua_toboolean(L, index) ? "true" : "false";
  }
  return key;
}

// Upvalues: the table, its keys in order, the position.
int next_in_order(lua_State* L) {
  for (;;) {
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(3)) + 1;
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(3));
    if (lua_rawgeti(L, lua_upvalueindex(2), position) == LUA_TNIL) return 1;
    lua_pushvalue(L, -1);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 2;
    lua_pop(L, 2);  // removed while the loop ran
  }
}

// Keys that are tables or functions come last, in an order that is not fixed.
int ordered_pairs(lua_State* L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_newtable(L);  // keys as they come
  std::vector<OrderedKey> order;
  lua_Integer count = 0;
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    order.push_back(ordered_key(L, -1, ++count));
    lua_pushvalue(L, -1);
    lua_rawseti(L, 2, count);
  }
  std::stable_sort(order.begin(), order.end(), before);
  lua_pushvalue(L, 1);
  lua_createtable(L, static_cast<int>(count), 0);
  lua_Integer position = 0;
  for (const OrderedKey& key : order) {
    lua_rawgeti(L, 2, key.position);
    lua_rawseti(L, -2, ++position);
  }
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_in_order, 3);
  return 1;
}

const char* read_piece(lua_State* L, void*, std::size_t* size) {
  // As the library's own reader: the function at 1 is called for the next piece, kept at slot 5.
  luaL_checkstack(L, 2, "too many nested functions");
  lua_pushvalue(L, 1);
  lua_call(L, 0, 1);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    *size = 0;
    return nullptr;
  }
  if (!lua_isstring(L, -1)) luaL_error(L, "reader function must return a string");
  lua_replace(L, 5);
  return lua_tolstring(L, 5, size);
}

// load(chunk [, name [, mode [, env]]]) that compiles text and nothing else, whatever mode says.
int load_text(lua_State* L) {
  const char* mode = luaL_optstring(L, 3, "bt");
  bool has_env = !lua_isnone(L, 4);
  int status = LUA_OK;
  if (!std::strchr(mode, 't')) {
    lua_pushnil(L);
    lua_pushliteral(L, "attempt to load a binary chunk (only text is loaded here)");
    return 2;
  }
  if (std::size_t size = 0; const char* text = lua_tolstring(L, 1, &size)) {
    status = luaL_loadbufferx(L, text, size, luaL_optstring(L, 2, text), "t");
  } else {
    const char* name = luaL_optstring(L, 2, "=(load)");
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 5);
    status = lua_load(L, read_piece, nullptr, name, "t");
  }
  if (status != LUA_OK) {
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  if (has_env) {
    lua_pushvalue(L, 4);
    if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  }
  return 1;
}

// Only the options that look or clean: the collector's pace is the judge's.
int collect_garbage(lua_State* L) {
  static const char* const kOptions[] = {"collect", "count", nullptr};
  if (luaL_checkoption(L, 1, "collect", kOptions) == 0) {
    lua_pushinteger(L, lua_gc(L, LUA_GCCOLLECT));
  } else {
    lua_pushnumber(L, lua_gc(L, LUA_GCCOUNT) + lua_gc(L, LUA_GCCOUNTB) / 1024.0);
  }
  return 1;
}

void seed_random(lua_State* L, std::uint64_t seed) {
  lua_getglobal(L, "math");
  lua_getfield(L, -1, "randomseed");
  lua_pushinteger(L, static_cast<lua_Integer>(seed));
  lua_pushinteger(L, 0x5eed);
  lua_call(L, 2, 0);
  lua_pop(L, 1);
}

}  // namespace

void open_profile(lua_State* L, Profile profile, std::uint64_t random_seed) {
  for (const Names& names : libraries_of(profile)) open_library(L, names);
  if (profile == Profile::submission) {
    lua_register(L, "load", load_text);
    lua_register(L, "collectgarbage", collect_garbage);
    seed_random(L, random_seed);
  } else {
    lua_register(L, "pairs", ordered_pairs);
  }
}

}  // namespace rehearse::lua
