// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/lua_codec.hpp"

#include <fmt/format.h>

#include <cstring>

namespace rehearse::judge {

void push_encoded(lua_State* L, wire::Reader& in) {
  luaL_checkstack(L, 4, "input nests too deep");
  switch (in.u8()) {
    case 'F': return lua_pushboolean(L, 0);
    case 'T': return lua_pushboolean(L, 1);
    case 'I': return lua_pushinteger(L, in.i64());
    case 'D': return lua_pushnumber(L, in.f64());
    case 'S': {
      std::string_view text = in.text();
      lua_pushlstring(L, text.data(), text.size());
      return;
    }
    case 'M': break;
    case 'N': return lua_pushnil(L);
    default: in.give_up(); return lua_pushnil(L);
  }
  std::uint32_t elements = in.count(), pairs = in.count();
  lua_createtable(L, static_cast<int>(elements), static_cast<int>(pairs));
  for (std::uint32_t i = 1; i <= elements && in.ok(); ++i) {
    push_encoded(L, in);
    lua_rawseti(L, -2, i);
  }
  for (std::uint32_t i = 0; i < pairs && in.ok(); ++i) {
    push_encoded(L, in);
    push_encoded(L, in);
    if (lua_isnil(L, -2)) {
      lua_pop(L, 2);
      in.give_up();
      break;
    }
    lua_rawset(L, -3);
  }
}

void skip_encoded(wire::Reader& in, int depth) {
  switch (in.u8()) {
    case 'N':
    case 'F':
    case 'T': return;
    case 'I': in.i64(); return;
    case 'D': in.f64(); return;
    case 'S': in.text(); return;
    case 'M': break;
    default: in.give_up(); return;
  }
  std::uint64_t elements = in.count(), pairs = in.count();
  if (depth > 64) return in.give_up();
  for (std::uint64_t i = 0; i < elements + 2 * pairs && in.ok(); ++i) skip_encoded(in, depth + 1);
}

namespace {

class Encoder {
 public:
  Encoder(lua_State* L, wire::Writer& out, const EncodeLimits& limits, std::string& why)
      : lua_(L), out_(out), limits_(limits), why_(why), start_(out.size()) {}

  Encoded encode(int index, int depth) {
    if (out_.size() - start_ > limits_.bytes) return Encoded::too_large;
    switch (lua_type(lua_, index)) {
      case LUA_TNIL: out_.u8('N'); return Encoded::whole;
      case LUA_TBOOLEAN: out_.u8(lua_toboolean(lua_, index) ? 'T' : 'F'); return Encoded::whole;
      case LUA_TNUMBER: number(index); return Encoded::whole;
      case LUA_TSTRING: return string(index);
      case LUA_TTABLE: return table(lua_absindex(lua_, index), depth);
      default: return unreadable("", fmt::format("a {}", luaL_typename(lua_, index)));
    }
  }

 private:
  void number(int index) {
    if (lua_isinteger(lua_, index)) {
      out_.u8('I');
      out_.i64(lua_tointeger(lua_, index));
    } else {
      out_.u8('D');
      out_.f64(lua_tonumber(lua_, index));
    }
  }

  Encoded string(int index) {
    std::size_t size = 0;
    const char* text = lua_tolstring(lua_, index, &size);
    if (size > limits_.bytes) return Encoded::too_large;
    out_.u8('S');
    out_.text({text, size});
    return Encoded::whole;
  }

  Encoded unreadable(const std::string& place, const std::string& what) {
    why_ = place.empty() ? what : place + what;
    return Encoded::unreadable;
  }

  Encoded within(const std::string& place, Encoded inner) {
    // The innermost places are enough to find it.
    bool told = why_.size() > 60;
    if (inner == Encoded::unreadable && !told)
      why_ = place + (why_.starts_with('[') ? "" : ": ") + why_;
    return inner;
  }

  Encoded table(int index, int depth) {
    if (depth >= limits_.depth || !lua_checkstack(lua_, 4)) {
      return unreadable("", "a table that contains itself (or nests too deep)");
    }
    auto length = static_cast<lua_Integer>(lua_rawlen(lua_, index));
    if (length > static_cast<lua_Integer>(limits_.bytes)) return Encoded::too_large;
    out_.u8('M');
    out_.u32(static_cast<std::uint32_t>(length));
    std::size_t pairs_at = out_.size();
    out_.u32(0);
    for (lua_Integer i = 1; i <= length; ++i) {
      lua_rawgeti(lua_, index, i);
      Encoded done = encode(-1, depth + 1);
      lua_pop(lua_, 1);
      if (done != Encoded::whole) return within(fmt::format("[{}]", i), done);
    }
    std::uint32_t pairs = 0;
    Encoded done = fields(index, depth, length, pairs);
    std::memcpy(out_.bytes().data() + pairs_at, &pairs, sizeof pairs);
    return done;
  }

  bool in_array(int index, lua_Integer length) {
    if (!lua_isinteger(lua_, index)) return false;
    lua_Integer key = lua_tointeger(lua_, index);
    return key >= 1 && key <= length;
  }

  // Without lua_tolstring on numbers, which would change the key and confuse lua_next.
  std::string key_text(int index) {
    if (lua_type(lua_, index) == LUA_TSTRING)
      return std::string(lua_tostring(lua_, index)).substr(0, 40);
    return lua_isinteger(lua_, index) ? fmt::format("{}", lua_tointeger(lua_, index))
                                      : luaL_typename(lua_, index);
  }

  Encoded fields(int index, int depth, lua_Integer length, std::uint32_t& pairs) {
    lua_pushnil(lua_);
    while (lua_next(lua_, index)) {
      if (!in_array(-2, length)) {
        Encoded done = encode(-2, depth + 1);
        if (done == Encoded::whole) done = within("[" + key_text(-2) + "]", encode(-1, depth + 1));
        if (done != Encoded::whole) {
          lua_pop(lua_, 2);
          return done;
        }
        ++pairs;
      }
      lua_pop(lua_, 1);
    }
    return Encoded::whole;
  }

  lua_State* lua_;
  wire::Writer& out_;
  const EncodeLimits& limits_;
  std::string& why_;
  std::size_t start_;
};

}  // namespace

Encoded encode_raw(lua_State* L, int index, wire::Writer& out, const EncodeLimits& limits,
                   std::string& why) {
  int top = lua_gettop(L);
  std::size_t start = out.size();
  Encoded done = Encoder(L, out, limits, why).encode(index, 0);
  lua_settop(L, top);
  if (done != Encoded::whole) out.bytes().resize(start);
  return done;
}

}  // namespace rehearse::judge
