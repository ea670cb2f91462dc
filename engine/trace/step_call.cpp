// SPDX-License-Identifier: GPL-3.0-or-later
//
// train.ftrl { past, keep_negatives = keep, as = "as trained" }
//
// Entries by position are inputs in the order of the step's ports, handles by name are named ports,
// everything else by name is a parameter; `as` names the result in legends.
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/trace/dsl.hpp"

namespace rehearse::trace {
namespace {

// Builds one node from the table at index 1.
class CallReader {
 public:
  CallReader(lua_State* L, const plan::StepInfo& step, const CallOptions& options)
      : L_(L), step_(step), options_(options) {
    node_.step = &step;
    node_.at = location(L);
  }

  Result<std::vector<Handle>> read() {
    if (!lua_istable(L_, 1))
      return fail(Code::invalid_argument, "{} takes one table: {}", step_.name,
                  step_.example.empty() ? step_.name + " { … }" : step_.example);
    if (options_.first)
      if (auto taken = take_input(*options_.first); !taken) return fail(taken.error());
    if (auto positional = read_positional(); !positional) return fail(positional.error());
    if (auto named = read_named(); !named) return fail(named.error());
    return recorder_of(L_).add_node(std::move(node_), label_);
  }

 private:
  Result<void> read_positional() {
    lua_Integer i = 1;
    for (; lua_rawgeti(L_, 1, i) != LUA_TNIL; ++i) {
      const Handle* handle = to_handle(L_, -1);
      if (!handle)
        return fail(Code::invalid_argument,
                    "{}: entry {} is a {}, not a result of another step; parameters are given by "
                    "name, as in {}",
                    step_.name, i, luaL_typename(L_, -1),
                    step_.example.empty() ? "name = value" : step_.example);
      if (auto taken = take_input(*handle); !taken) return taken;
      lua_pop(L_, 1);
    }
    lua_pop(L_, 1);
    count_ = i - 1;
    return {};
  }

  // The next positional port; a variadic one takes all that follow.
  Result<void> take_input(const Handle& handle) {
    std::size_t place = 0;
    for (const plan::Port& port : step_.inputs) {
      if (port.named) continue;
      if (place == next_port_ || (port.variadic && place < next_port_)) {
        ++next_port_;
        return connect(port, handle);
      }
      ++place;
    }
    return fail(Code::invalid_argument, "{}: too many inputs; it takes {}", step_.name, place);
  }

  Result<void> connect(const plan::Port& port, const Handle& handle) {
    Recorder& recorder = recorder_of(L_);
    if (auto scoped = recorder.check_scope(handle); !scoped) return scoped;
    if (port.kind != handle.kind)
      return fail(Code::invalid_argument, "{}: the input `{}` must be a {} ({}), and `{}` is a {}",
                  step_.name, port.name, kind_name(port.kind), port.sentence,
                  recorder.label_of(handle), kind_name(handle.kind));
    node_.inputs[port.name].push_back(handle.ref);
    node_.labels[port.name].push_back(recorder.label_of(handle));
    return {};
  }

  Result<void> read_named() {
    lua_pushnil(L_);
    while (lua_next(L_, 1)) {
      Result<void> fine;
      if (lua_type(L_, -2) == LUA_TSTRING)
        fine = read_entry(lua_tostring(L_, -2));
      else if (!lua_isinteger(L_, -2) || lua_tointeger(L_, -2) < 1 ||
               lua_tointeger(L_, -2) > count_)
        fine = fail(Code::invalid_argument,
                    "{}: an entry has a key that is neither a name nor a place", step_.name);
      if (!fine) return fine;
      lua_pop(L_, 1);
    }
    return {};
  }

  Result<void> read_entry(const std::string& key) {
    if (std::find(options_.leave.begin(), options_.leave.end(), key) != options_.leave.end())
      return {};
    if (key == "as") {
      if (lua_type(L_, -1) != LUA_TSTRING)
        return fail(Code::invalid_argument,
                    "{}: `as` names the result in legends and must be a text", step_.name);
      label_ = lua_tostring(L_, -1);
      return {};
    }
    if (const Handle* handle = to_handle(L_, -1)) {
      for (const plan::Port& port : step_.inputs)
        if (port.named && port.name == key) return connect(port, *handle);
    }
    for (const plan::Parameter& parameter : step_.parameters)
      if (parameter.name == key) return read_parameter(parameter);
    return unknown(key);
  }

  Result<void> read_parameter(const plan::Parameter& parameter) {
    if (parameter.type == plan::ParameterType::subplan && lua_isfunction(L_, -1))
      return read_loop(parameter);
    auto value = to_value(L_, -1);
    if (!value)
      return fail(Code::invalid_argument, "{}: `{}`: {} ({})", step_.name, parameter.name,
                  value.error().message, parameter.sentence);
    auto fits = fit_parameter(step_, parameter, std::move(*value));
    if (!fits) return fail(fits.error());
    node_.parameters[parameter.name] = std::move(*fits);
    return {};
  }

  // The function on top of the stack is run once with placeholder handles.
  Result<void> read_loop(const plan::Parameter& parameter) {
    Recorder& recorder = recorder_of(L_);
    const int top = lua_gettop(L_);
    lua_pushvalue(L_, -1);
    const auto handles = recorder.begin_loop(parameter.placeholders);
    for (const Handle& handle : handles) push_handle(L_, handle);
    if (lua_pcall(L_, static_cast<int>(handles.size()), LUA_MULTRET, 0) != LUA_OK) {
      recorder.abandon_loop();
      lua_error(L_);  // as it was: its place is inside the function
    }
    std::vector<Handle> results;
    for (int i = top + 1; i <= lua_gettop(L_); ++i)
      if (const Handle* handle = to_handle(L_, i)) results.push_back(*handle);
    lua_settop(L_, top);
    auto loop = recorder.end_loop(results);
    if (!loop)
      return fail(loop.error().code, "{}: `{}`: {}", step_.name, parameter.name,
                  loop.error().message);
    node_.parameters[parameter.name] = plan::Value(*loop);
    return {};
  }

  Result<void> unknown(const std::string& key) const {
    std::vector<std::string> names;
    for (const plan::Parameter& parameter : step_.parameters) names.push_back(parameter.name);
    for (const plan::Port& port : step_.inputs)
      if (port.named) names.push_back(port.name);
    names.insert(names.end(), options_.leave.begin(), options_.leave.end());
    return fail(Code::invalid_argument, "{} has no parameter `{}`{}; it has {}", step_.name, key,
                did_you_mean(key, names),
                names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")));
  }

  lua_State* L_;
  const plan::StepInfo& step_;
  const CallOptions& options_;
  plan::Node node_;
  std::string label_;
  std::size_t next_port_ = 0;
  lua_Integer count_ = 0;
};

Result<int> run_step(lua_State* L) {
  const auto* step = static_cast<const plan::StepInfo*>(lua_touserdata(L, lua_upvalueindex(1)));
  auto handles = call_step(L, *step);
  if (!handles) return fail(handles.error());
  luaL_checkstack(L, static_cast<int>(handles->size()), "too many results");
  for (const Handle& handle : *handles) push_handle(L, handle);
  return static_cast<int>(handles->size());
}

Result<int> unknown_step(lua_State* L) {
  const std::string name = std::string(lua_tostring(L, lua_upvalueindex(1))) + "." +
                           (lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?");
  const std::string near = plan::Registry::instance().nearest(name);
  return fail(Code::not_found, "there is no step `{}`{}", name,
              near.empty() ? "" : "; did you mean `" + near + "`?");
}

}  // namespace

Result<std::vector<Handle>> call_step(lua_State* L, const plan::StepInfo& step,
                                      const CallOptions& options) {
  return CallReader(L, step, options).read();
}

void install_steps(lua_State* L) {
  for (const plan::StepInfo* step : plan::Registry::instance().all()) {
    const auto dot = step->name.find('.');
    const std::string space = step->name.substr(0, dot);
    if (dot == std::string::npos || space == "view") continue;
    // These two are what expect and goal record; a script has no use for them by name.
    if (step->name == "measure.model" || step->name == "measure.table") continue;
    if (lua_getglobal(L, space.c_str()) != LUA_TTABLE) {
      lua_pop(L, 1);
      lua_newtable(L);
      lua_newtable(L);
      lua_pushstring(L, space.c_str());
      lua_pushcclosure(L, (lua::trampoline<unknown_step>), 1);
      lua_setfield(L, -2, "__index");
      lua_setmetatable(L, -2);
      lua_pushvalue(L, -1);
      lua_setglobal(L, space.c_str());
    }
    lua_pushlightuserdata(L, const_cast<plan::StepInfo*>(step));
    lua_pushcclosure(L, (lua::trampoline<run_step>), 1);
    lua_setfield(L, -2, step->name.substr(dot + 1).c_str());
    lua_pop(L, 1);
  }
}

}  // namespace rehearse::trace
