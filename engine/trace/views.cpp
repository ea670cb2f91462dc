// SPDX-License-Identifier: GPL-3.0-or-later
//
// show.line { log, y = "click", by = "day", title = …, see = … }
// expect.below { fixed, "ece", 0.02, on = live, when = …, because = … }
// challenge "…" { goal.below { … }, … }
#include <cmath>

#include "engine/base/nearest.hpp"
#include "engine/trace/dsl.hpp"

namespace rehearse::trace {
namespace {

constexpr const char* kTexts[] = {"title", "x_title", "y_title", "see"};
constexpr const char* kDrawing[] = {"log_x", "log_y", "y_from_zero"};

std::string text(lua_State* L, const char* key) {
  lua_getfield(L, 1, key);
  std::string value = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  lua_pop(L, 1);
  return value;
}

Result<int> show(lua_State* L) {
  const auto* step = static_cast<const plan::StepInfo*>(lua_touserdata(L, lua_upvalueindex(1)));
  CallOptions options;
  for (const char* key : kTexts) options.leave.emplace_back(key);
  for (const char* key : kDrawing) options.leave.emplace_back(key);
  auto handles = call_step(L, *step, options);
  if (!handles) return fail(handles.error());
  Recorder& recorder = recorder_of(L);
  if (recorder.scope() != 0)
    return fail(Code::invalid_argument, "{}: nothing can be shown inside the function of a loop",
                step->name);
  plan::View view;
  view.kind = step->name.substr(step->name.find('.') + 1);
  view.title = text(L, "title");
  view.x_title = text(L, "x_title");
  view.y_title = text(L, "y_title");
  view.see = text(L, "see");
  for (const char* key : kDrawing) {
    lua_getfield(L, 1, key);
    if (lua_isboolean(L, -1)) view.options[key] = plan::Value(lua_toboolean(L, -1) != 0);
    lua_pop(L, 1);
  }
  if (view.title.empty()) view.title = step->sentence;
  view.data = handles->front().ref;
  view.chapter = recorder.chapter();
  view.at = location(L);
  recorder.plan().views.push_back(std::move(view));
  return 0;
}

Result<int> unknown_view(lua_State* L) {
  const std::string name =
      "view." + std::string(lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?");
  std::vector<std::string> kinds;
  for (const plan::StepInfo* step : plan::Registry::instance().all())
    if (step->name.rfind("view.", 0) == 0) kinds.push_back(step->name.substr(5));
  return fail(Code::not_found, "there is no view `show.{}`{}", name.substr(5),
              did_you_mean(name.substr(5), kinds));
}

// The node that measures `metric` of a handle: a model on a table, or a column of a table.
Result<Handle> measure(lua_State* L, const Handle& subject, const std::string& metric,
                       const char* word) {
  Recorder& recorder = recorder_of(L);
  const char* name = subject.kind == plan::Kind::model ? "measure.model" : "measure.table";
  const plan::StepInfo* step = plan::Registry::instance().find(name);
  if (!step) return fail(Code::internal, "{}: the step {} is not part of this build", word, name);
  if (auto scoped = recorder.check_scope(subject); !scoped) return fail(scoped.error());
  plan::Node node;
  node.step = step;
  node.at = location(L);
  node.inputs["subject"] = {subject.ref};
  node.labels["subject"] = {recorder.label_of(subject)};
  node.parameters["metric"] = metric;
  lua_getfield(L, 1, "on");
  if (const Handle* on = to_handle(L, -1)) {
    if (subject.kind != plan::Kind::model)
      return fail(Code::invalid_argument,
                  "{}: `on` is for models; a table is measured by its own column", word);
    node.inputs["on"] = {on->ref};
    node.labels["on"] = {recorder.label_of(*on)};
  } else if (!lua_isnil(L, -1)) {
    return fail(Code::invalid_argument, "{}: `on` must be a table made by a step", word);
  }
  lua_pop(L, 1);
  auto handles = recorder.add_node(std::move(node), "");
  if (!handles) return fail(handles.error());
  return handles->front();
}

Result<void> read_bounds(lua_State* L, const std::string& kind, plan::Expectation& e) {
  lua_rawgeti(L, 1, 3);
  const auto bound = to_value(L, -1);
  lua_pop(L, 1);
  if (!bound)
    return fail(Code::invalid_argument, "expect.{}: the bound, a number, is missing", kind);
  if (kind == "between") {
    const auto* pair = std::get_if<std::vector<double>>(&*bound);
    if (!pair || pair->size() != 2 || (*pair)[0] > (*pair)[1])
      return fail(Code::invalid_argument, "expect.between: the bounds are {{ low, high }}");
    e.kind = plan::Expectation::Kind::between, e.low = (*pair)[0], e.high = (*pair)[1];
    return {};
  }
  double number = 0;
  if (const auto* real = std::get_if<double>(&*bound))
    number = *real;
  else if (const auto* whole = std::get_if<std::int64_t>(&*bound))
    number = static_cast<double>(*whole);
  else
    return fail(Code::invalid_argument, "expect.{}: the bound must be a number", kind);
  e.kind = kind == "below" ? plan::Expectation::Kind::below : plan::Expectation::Kind::above;
  e.low = e.high = number;
  return {};
}

Result<plan::Expectation> read_expectation(lua_State* L) {
  const std::string word = lua_tostring(L, lua_upvalueindex(1)),
                    kind = lua_tostring(L, lua_upvalueindex(2));
  const std::string usage = word + "." + kind + " { result, \"metric\", bound, on = table }";
  if (!lua_istable(L, 1)) return fail(Code::invalid_argument, "{}", usage);
  lua_rawgeti(L, 1, 1);
  lua_rawgeti(L, 1, 2);
  const Handle* subject = to_handle(L, -2);
  if (!subject || lua_type(L, -1) != LUA_TSTRING)
    return fail(Code::invalid_argument, "{}: a result and the name of a metric are due", usage);
  const std::string metric = lua_tostring(L, -1);
  const Handle held = *subject;
  lua_pop(L, 2);
  plan::Expectation e;
  if (auto bounds = read_bounds(L, kind, e); !bounds) return fail(bounds.error());
  lua_getfield(L, 1, "when");
  e.active = lua_isnil(L, -1) || lua_toboolean(L, -1);
  lua_pop(L, 1);
  e.because = text(L, "because");
  auto measured = measure(L, held, metric, usage.c_str());
  if (!measured) return fail(measured.error());
  Recorder& recorder = recorder_of(L);
  lua_getfield(L, 1, "on");
  const Handle* on = to_handle(L, -1);
  e.metric =
      metric + " of " + recorder.label_of(held) + (on ? " on " + recorder.label_of(*on) : "");
  lua_pop(L, 1);
  e.measured = measured->ref;
  e.chapter = recorder.chapter();
  e.at = location(L);
  return e;
}

Result<int> expect(lua_State* L) {
  auto e = read_expectation(L);
  if (!e) return fail(e.error());
  recorder_of(L).plan().expectations.push_back(std::move(*e));
  return 0;
}

Result<int> goal(lua_State* L) {
  auto e = read_expectation(L);
  if (!e) return fail(e.error());
  e->goal = true;
  recorder_of(L).pending_goals.push_back(std::move(*e));
  lua_pushboolean(L, 1);
  return 1;
}

Result<int> fill_challenge(lua_State* L) {
  Recorder& recorder = recorder_of(L);
  if (!lua_istable(L, 1) || recorder.pending_goals.empty())
    return fail(Code::invalid_argument,
                "challenge \"…\" {{ goal.below {{ … }}, … }}: at least one goal is due");
  recorder.plan().goals = std::move(recorder.pending_goals);
  recorder.pending_goals.clear();
  return 0;
}

Result<int> challenge(lua_State* L) {
  Recorder& recorder = recorder_of(L);
  if (lua_type(L, 1) != LUA_TSTRING)
    return fail(Code::invalid_argument, "challenge \"…\" {{ … }}: what to reach must be a text");
  if (!recorder.plan().challenge.empty())
    return fail(Code::invalid_argument, "a design has one challenge");
  recorder.plan().challenge = lua_tostring(L, 1);
  lua_pushcfunction(L, (lua::trampoline<fill_challenge>));
  return 1;
}

void install_bounds(lua_State* L, const char* word, lua_CFunction function) {
  lua_newtable(L);
  for (const char* kind : {"below", "above", "between"}) {
    lua_pushstring(L, word);
    lua_pushstring(L, kind);
    lua_pushcclosure(L, function, 2);
    lua_setfield(L, -2, kind);
  }
  lua_setglobal(L, word);
}

}  // namespace

void install_views(lua_State* L) {
  lua_newtable(L);
  for (const plan::StepInfo* step : plan::Registry::instance().all()) {
    if (step->name.rfind("view.", 0) != 0) continue;
    lua_pushlightuserdata(L, const_cast<plan::StepInfo*>(step));
    lua_pushcclosure(L, (lua::trampoline<show>), 1);
    lua_setfield(L, -2, step->name.substr(5).c_str());
  }
  lua_newtable(L);
  lua_pushcfunction(L, (lua::trampoline<unknown_view>));
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_setglobal(L, "show");
  install_bounds(L, "expect", (lua::trampoline<expect>));
  install_bounds(L, "goal", (lua::trampoline<goal>));
  lua_register(L, "challenge", (lua::trampoline<challenge>));
}

}  // namespace rehearse::trace
