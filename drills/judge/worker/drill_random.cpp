// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/drill_random.hpp"

namespace rehearse::judge {
namespace {

DrillRandom& stream(lua_State* L) {
  return *static_cast<DrillRandom*>(lua_touserdata(L, lua_upvalueindex(1)));
}

// rand() in [0, 1); rand(n) in 1…n; rand(low, high), both ends included. The table itself is at 1.
int draw(lua_State* L) {
  if (lua_gettop(L) == 1) return lua_pushnumber(L, stream(L).uniform()), 1;
  lua_Integer low = lua_gettop(L) == 2 ? 1 : luaL_checkinteger(L, 2);
  lua_Integer high = luaL_checkinteger(L, lua_gettop(L) == 2 ? 2 : 3);
  if (low > high) return luaL_error(L, "rand(%I, %I): the range is empty", low, high);
  auto width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  std::uint64_t offset = width == UINT64_MAX ? stream(L).next() : stream(L).below(width + 1);
  const std::uint64_t drawn = static_cast<std::uint64_t>(low) + offset;
  lua_pushinteger(L, static_cast<lua_Integer>(drawn));
  return 1;
}

// rand.float() in [0, 1), or rand.float(low, high).
int draw_float(lua_State* L) {
  double low = luaL_optnumber(L, 1, 0), high = luaL_optnumber(L, 2, 1);
  lua_pushnumber(L, low + (high - low) * stream(L).uniform());
  return 1;
}

int pick(lua_State* L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Unsigned length = lua_rawlen(L, 1);
  if (length == 0) return luaL_error(L, "rand.pick: the list is empty");
  lua_rawgeti(L, 1, static_cast<lua_Integer>(stream(L).below(length)) + 1);
  return 1;
}

// In place (Fisher, Yates), and returned.
int shuffle(lua_State* L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  for (auto i = static_cast<lua_Integer>(lua_rawlen(L, 1)); i > 1; --i) {
    auto j = static_cast<lua_Integer>(stream(L).below(static_cast<std::uint64_t>(i))) + 1;
    lua_rawgeti(L, 1, i);
    lua_rawgeti(L, 1, j);
    lua_rawseti(L, 1, i);
    lua_rawseti(L, 1, j);
  }
  return 1;
}

}  // namespace

void push_rand(lua_State* L, DrillRandom& random) {
  lua_newtable(L);
  const luaL_Reg functions[] = {
      {"float", draw_float}, {"pick", pick}, {"shuffle", shuffle}, {nullptr, nullptr}};
  lua_pushlightuserdata(L, &random);
  luaL_setfuncs(L, functions, 1);
  lua_newtable(L);
  lua_pushlightuserdata(L, &random);
  lua_pushcclosure(L, draw, 1);
  lua_setfield(L, -2, "__call");
  lua_setmetatable(L, -2);
}

}  // namespace rehearse::judge
