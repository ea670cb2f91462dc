// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/dsl.hpp"

#include <cmath>

namespace rehearse::trace {
namespace {

constexpr const char* kHandleType = "rehearse.handle";
char recorder_key;

Result<std::string> text_field(lua_State* L, int table, const char* key, const char* word) {
  lua_getfield(L, table, key);
  const bool absent = lua_isnil(L, -1);
  const bool is_text = lua_type(L, -1) == LUA_TSTRING;
  std::string text = is_text ? lua_tostring(L, -1) : "";
  lua_pop(L, 1);
  if (!absent && !is_text)
    return fail(Code::invalid_argument, "{}: `{}` must be a text", word, key);
  return text;
}

Result<std::vector<std::string>> texts_field(lua_State* L, int table, const char* key,
                                             const char* word) {
  lua_getfield(L, table, key);
  std::vector<std::string> texts;
  Result<void> fine;
  if (lua_istable(L, -1)) {
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; ++i) {
      texts.emplace_back(lua_tostring(L, -1));
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  } else if (!lua_isnil(L, -1)) {
    fine = fail(Code::invalid_argument, "{}: `{}` must be a list of texts", word, key);
  }
  lua_pop(L, 1);
  if (!fine) return fail(fine.error());
  return texts;
}

Result<int> fill_design(lua_State* L) {
  Recorder& recorder = recorder_of(L);
  if (!lua_istable(L, 1))
    return fail(Code::invalid_argument,
                "design \"Title\" {{ asks = …, covers = …, seed = … }}: the table is missing");
  auto asks = text_field(L, 1, "asks", "design");
  auto covers = texts_field(L, 1, "covers", "design");
  if (!asks) return fail(asks.error());
  if (!covers) return fail(covers.error());
  recorder.plan().asks = *asks;
  recorder.plan().covers = *covers;
  lua_getfield(L, 1, "seed");
  if (lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 0) {
    if (!recorder.seed_fixed)
      recorder.plan().seed = static_cast<std::uint64_t>(lua_tointeger(L, -1));
  } else if (!lua_isnil(L, -1)) {
    return fail(Code::invalid_argument, "design: `seed` must be a whole number from 0");
  }
  return 0;
}

Result<int> design(lua_State* L) {
  Recorder& recorder = recorder_of(L);
  if (lua_type(L, 1) != LUA_TSTRING)
    return fail(Code::invalid_argument, "design \"Title\" {{ … }}: the title is missing");
  if (recorder.designed)
    return fail(Code::invalid_argument, "design stands twice; a file holds one design");
  recorder.designed = true;
  recorder.plan().title = lua_tostring(L, 1);
  lua_pushcfunction(L, (lua::trampoline<fill_design>));
  return 1;
}

Result<int> fill_chapter(lua_State* L) {
  if (lua_type(L, 1) != LUA_TSTRING)
    return fail(Code::invalid_argument, "chapter \"Title\" [[ prose ]]: the prose must be a text");
  std::string prose = lua_tostring(L, 1);
  const auto first = prose.find_first_not_of(" \n");
  const auto last = prose.find_last_not_of(" \n");
  recorder_of(L).plan().chapters.back().prose =
      first == std::string::npos ? "" : prose.substr(first, last - first + 1);
  return 0;
}

Result<int> chapter(lua_State* L) {
  if (lua_type(L, 1) != LUA_TSTRING)
    return fail(Code::invalid_argument, "chapter \"Title\" [[ prose ]]: the title is missing");
  recorder_of(L).plan().chapters.push_back({lua_tostring(L, 1), ""});
  lua_pushcfunction(L, (lua::trampoline<fill_chapter>));
  return 1;
}

Result<int> source(lua_State* L) {
  Recorder& recorder = recorder_of(L);
  const Handle* handle = to_handle(L, 2);
  if (lua_type(L, 1) != LUA_TSTRING || !handle)
    return fail(Code::invalid_argument,
                "source(\"name\", handle, {{ columns }}): a name and a result are due");
  if (handle->kind != plan::Kind::frame)
    return fail(Code::invalid_argument, "source: only a table can be a source, this is a model");
  if (auto scoped = recorder.check_scope(*handle); !scoped) return fail(scoped.error());
  plan::Source made{lua_tostring(L, 1), handle->ref, {}, location(L)};
  for (const plan::Source& other : recorder.plan().sources)
    if (other.name == made.name)
      return fail(Code::invalid_argument, "two sources are named `{}`", made.name);
  if (lua_istable(L, 3)) {
    for (lua_Integer i = 1; lua_rawgeti(L, 3, i) == LUA_TSTRING; ++i) {
      made.schema.emplace_back(lua_tostring(L, -1));
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  recorder.set_label(*handle, made.name);
  recorder.plan().sources.push_back(std::move(made));
  lua_pushvalue(L, 2);
  return 1;
}

// Adds the entries of the table at `from` to the one at the top.
void add_entries(lua_State* L, int from) {
  lua_pushnil(L);
  while (lua_next(L, from) != 0) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, -4);
  }
}

Result<int> with(lua_State* L) {
  if (!lua_istable(L, 1) || !lua_istable(L, 2))
    return fail(Code::invalid_argument,
                "with({{ … }}, {{ … }}): two tables are due, the second one's entries count");
  lua_newtable(L);
  add_entries(L, 1);
  add_entries(L, 2);
  return 1;
}

Result<int> method(lua_State* L) {
  const Handle* self = to_handle(L, lua_upvalueindex(1));
  const auto* step = static_cast<const plan::StepInfo*>(lua_touserdata(L, lua_upvalueindex(2)));
  // handle:split{…} hands over the handle first; the table is what the step reads.
  const Handle copy = *self;
  lua_remove(L, 1);
  CallOptions options;
  options.first = &copy;
  auto handles = call_step(L, *step, options);
  if (!handles) return fail(handles.error());
  luaL_checkstack(L, static_cast<int>(handles->size()), "too many results");
  for (const Handle& handle : *handles) push_handle(L, handle);
  return static_cast<int>(handles->size());
}

Result<int> find_method(lua_State* L) {
  const std::string name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  for (const plan::StepInfo* step : plan::Registry::instance().all()) {
    const auto dot = step->name.rfind('.');
    const std::string last = dot == std::string::npos ? step->name : step->name.substr(dot + 1);
    if (!step->method || last != name) continue;
    lua_pushvalue(L, 1);
    lua_pushlightuserdata(L, const_cast<plan::StepInfo*>(step));
    lua_pushcclosure(L, (lua::trampoline<method>), 2);
    return 1;
  }
  return fail(Code::invalid_argument,
              "a result has no `{}`; it is a handle to what a run will make, so its values cannot "
              "be read here: write an expect or a step",
              name);
}

Result<int> no_values(lua_State*) {
  return fail(Code::invalid_argument,
              "a script cannot compute with or branch on a result, because nothing has run yet: "
              "write an expect or a step");
}

}  // namespace

Recorder& recorder_of(lua_State* L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &recorder_key);
  auto* recorder = static_cast<Recorder*>(lua_touserdata(L, -1));
  lua_pop(L, 1);
  return *recorder;
}

plan::Location location(lua_State* L) {
  lua_Debug frame{};
  for (int level = 1; lua_getstack(L, level, &frame); ++level) {
    lua_getinfo(L, "Sl", &frame);
    if (frame.currentline > 0)
      return {frame.source[0] == '@' ? frame.source + 1 : frame.source, frame.currentline};
  }
  return {};
}

const Handle* to_handle(lua_State* L, int index) {
  return static_cast<const Handle*>(luaL_testudata(L, index, kHandleType));
}

void push_handle(lua_State* L, const Handle& handle) {
  *static_cast<Handle*>(lua_newuserdatauv(L, sizeof(Handle), 0)) = handle;
  luaL_setmetatable(L, kHandleType);
}

Result<plan::Value> to_value(lua_State* L, int index) {
  index = lua_absindex(L, index);
  switch (lua_type(L, index)) {
    case LUA_TBOOLEAN: return plan::Value(lua_toboolean(L, index) != 0);
    case LUA_TSTRING: return plan::Value(std::string(lua_tostring(L, index)));
    case LUA_TNUMBER:
      if (lua_isinteger(L, index))
        return plan::Value(static_cast<std::int64_t>(lua_tointeger(L, index)));
      if (!std::isfinite(lua_tonumber(L, index)))
        return fail(Code::invalid_argument, "a value is not a finite number");
      return plan::Value(static_cast<double>(lua_tonumber(L, index)));
    case LUA_TTABLE: break;
    default:
      return fail(Code::invalid_argument, "a {} is no value of a parameter",
                  luaL_typename(L, index));
  }
  std::vector<double> numbers;
  std::vector<std::string> texts;
  bool fine = true;
  lua_Integer i = 1;
  for (; fine && lua_rawgeti(L, index, i) != LUA_TNIL; ++i) {
    if (lua_type(L, -1) == LUA_TNUMBER)
      numbers.push_back(lua_tonumber(L, -1));
    else if (lua_type(L, -1) == LUA_TSTRING)
      texts.emplace_back(lua_tostring(L, -1));
    else
      fine = false;
    lua_pop(L, 1);
  }
  if (fine) lua_pop(L, 1);
  if (!fine || (!numbers.empty() && !texts.empty()))
    return fail(Code::invalid_argument, "a list holds numbers or texts, not both and nothing else");
  if (!texts.empty()) return plan::Value(texts);
  return plan::Value(numbers);
}

void install_handles(lua_State* L) {
  luaL_newmetatable(L, kHandleType);
  lua_pushcfunction(L, (lua::trampoline<find_method>));
  lua_setfield(L, -2, "__index");
  for (const char* event : {"__add", "__sub", "__mul", "__div", "__mod", "__pow", "__unm", "__idiv",
                            "__lt", "__le", "__concat", "__len", "__call", "__newindex"}) {
    lua_pushcfunction(L, (lua::trampoline<no_values>));
    lua_setfield(L, -2, event);
  }
  lua_pop(L, 1);
}

void install_words(lua_State* L, Recorder& recorder) {
  lua_pushlightuserdata(L, &recorder);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &recorder_key);
  install_handles(L);
  lua_register(L, "design", (lua::trampoline<design>));
  lua_register(L, "chapter", (lua::trampoline<chapter>));
  lua_register(L, "with", (lua::trampoline<with>));
  lua_register(L, "source", (lua::trampoline<source>));
  install_knobs(L);
  install_steps(L);
  install_views(L);
  install_incident(L);
}

}  // namespace rehearse::trace
