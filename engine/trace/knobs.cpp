// SPDX-License-Identifier: GPL-3.0-or-later
//
// slider("name", initial, { low, high, scale = "log", step = …, unit = …, apply = true })
// choice("name", initial, { "a", "b", …, apply = true })
// toggle("name", initial, { apply = true })
//
// Each returns the plain value that the knob has now.
#include <fmt/ranges.h>

#include <cmath>

#include "engine/trace/dsl.hpp"

namespace rehearse::trace {
namespace {

bool flag(lua_State* L, int table, const char* key) {
  lua_getfield(L, table, key);
  const bool on = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return on;
}

std::string text(lua_State* L, int table, const char* key) {
  lua_getfield(L, table, key);
  std::string value = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  lua_pop(L, 1);
  return value;
}

void push_value(lua_State* L, const plan::Value& value) {
  if (const auto* on = std::get_if<bool>(&value))
    lua_pushboolean(L, *on);
  else if (const auto* whole = std::get_if<std::int64_t>(&value))
    lua_pushinteger(L, *whole);
  else if (const auto* real = std::get_if<double>(&value))
    lua_pushnumber(L, *real);
  else
    lua_pushstring(L, std::get<std::string>(value).c_str());
}

Result<int> finish(lua_State* L, plan::Knob knob) {
  knob.at = location(L);
  auto value = recorder_of(L).add_knob(std::move(knob));
  if (!value) return fail(value.error());
  push_value(L, *value);
  return 1;
}

Result<plan::Knob> begin(lua_State* L, const char* usage, plan::Knob::Kind kind) {
  if (lua_type(L, 1) != LUA_TSTRING || lua_isnone(L, 2))
    return fail(Code::invalid_argument, "{}: a name and a default are due", usage);
  plan::Knob knob;
  knob.kind = kind;
  knob.name = lua_tostring(L, 1);
  if (lua_istable(L, 3)) knob.apply = flag(L, 3, "apply");
  return knob;
}

Result<double> bound(lua_State* L, int place, const std::string& name) {
  lua_rawgeti(L, 3, place);
  const bool fine = lua_type(L, -1) == LUA_TNUMBER && std::isfinite(lua_tonumber(L, -1));
  const double value = fine ? lua_tonumber(L, -1) : 0;
  lua_pop(L, 1);
  if (!fine)
    return fail(Code::invalid_argument,
                "slider `{}`: its range {{ low, high }} must hold two numbers", name);
  return value;
}

Result<void> check_slider(const plan::Knob& knob, double initial) {
  if (!(knob.low < knob.high))
    return fail(Code::invalid_argument, "slider `{}`: its range {} to {} is empty", knob.name,
                knob.low, knob.high);
  if (initial < knob.low || initial > knob.high)
    return fail(Code::invalid_argument,
                "slider `{}`: its default {} is outside its range, {} to {}", knob.name, initial,
                knob.low, knob.high);
  if (knob.log_scale && knob.low <= 0)
    return fail(Code::invalid_argument, "slider `{}`: a log scale cannot begin at {}", knob.name,
                knob.low);
  if (knob.step < 0)
    return fail(Code::invalid_argument, "slider `{}`: its step is negative", knob.name);
  return {};
}

Result<int> slider(lua_State* L) {
  constexpr const char* kUsage = "slider(\"name\", default, { low, high })";
  auto knob = begin(L, kUsage, plan::Knob::Kind::slider);
  if (!knob) return fail(knob.error());
  if (lua_type(L, 2) != LUA_TNUMBER || !lua_istable(L, 3))
    return fail(Code::invalid_argument, "{}: a number and a range are due", kUsage);
  auto low = bound(L, 1, knob->name), high = bound(L, 2, knob->name);
  if (!low) return fail(low.error());
  if (!high) return fail(high.error());
  knob->low = *low, knob->high = *high;
  const std::string scale = text(L, 3, "scale");
  if (!scale.empty() && scale != "log" && scale != "linear")
    return fail(Code::invalid_argument, "slider `{}`: scale is log or linear, not {}", knob->name,
                scale);
  knob->log_scale = scale == "log";
  knob->unit = text(L, 3, "unit");
  lua_getfield(L, 3, "step");
  knob->step = lua_tonumber(L, -1);
  lua_pop(L, 1);
  knob->integer = lua_isinteger(L, 2) && *low == std::floor(*low) && *high == std::floor(*high);
  const double initial = lua_tonumber(L, 2);
  if (auto fine = check_slider(*knob, initial); !fine) return fail(fine.error());
  knob->initial = knob->integer ? plan::Value(static_cast<std::int64_t>(lua_tointeger(L, 2)))
                                : plan::Value(initial);
  return finish(L, std::move(*knob));
}

Result<int> choice(lua_State* L) {
  constexpr const char* kUsage = "choice(\"name\", default, { \"a\", \"b\" })";
  auto knob = begin(L, kUsage, plan::Knob::Kind::choice);
  if (!knob) return fail(knob.error());
  if (lua_type(L, 2) != LUA_TSTRING || !lua_istable(L, 3))
    return fail(Code::invalid_argument, "{}: a text and its options are due", kUsage);
  for (lua_Integer i = 1; lua_rawgeti(L, 3, i) == LUA_TSTRING; ++i) {
    knob->choices.emplace_back(lua_tostring(L, -1));
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  const std::string initial = lua_tostring(L, 2);
  if (std::find(knob->choices.begin(), knob->choices.end(), initial) == knob->choices.end())
    return fail(Code::invalid_argument, "choice `{}`: its default `{}` is not one of {}",
                knob->name, initial, fmt::join(knob->choices, ", "));
  knob->initial = initial;
  return finish(L, std::move(*knob));
}

Result<int> toggle(lua_State* L) {
  auto knob = begin(L, "toggle(\"name\", true)", plan::Knob::Kind::toggle);
  if (!knob) return fail(knob.error());
  if (!lua_isboolean(L, 2))
    return fail(Code::invalid_argument, "toggle `{}`: its default is true or false", knob->name);
  knob->initial = lua_toboolean(L, 2) != 0;
  return finish(L, std::move(*knob));
}

}  // namespace

void install_knobs(lua_State* L) {
  lua_register(L, "slider", (lua::trampoline<slider>));
  lua_register(L, "choice", (lua::trampoline<choice>));
  lua_register(L, "toggle", (lua::trampoline<toggle>));
}

}  // namespace rehearse::trace
