// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of a design's script, installed into a fresh Lua state: design, chapter, slider,
// choice, toggle, source, with, show, expect, goal, challenge, and one table of steps for each namespace
// of the registry. They marshal into a Recorder and compute nothing.
//
// C++ exceptions do not pass through Lua here: each word is a trampoline from a Result.
#pragma once

#include <lua.hpp>

#include "engine/lua/state.hpp"
#include "engine/trace/recorder.hpp"

namespace rehearse::trace {

// May raise a Lua memory error: call it guarded. The recorder must outlive the state.
void install_words(lua_State* L, Recorder& recorder);

Recorder& recorder_of(lua_State* L);

// The script's line that called the running word.
plan::Location location(lua_State* L);

// Null where the value is no handle.
const Handle* to_handle(lua_State* L, int index);
void push_handle(lua_State* L, const Handle& handle);

// A plain value (number, text, boolean, list of one kind); an error for anything else.
Result<plan::Value> to_value(lua_State* L, int index);

// The call of a step: one table at index 1. `first` is the handle before the colon of a method
// call. `leave` names keys that belong to the caller and not to the step. Pushes nothing.
struct CallOptions {
  const Handle* first = nullptr;
  std::vector<std::string> leave;
};
Result<std::vector<Handle>> call_step(lua_State* L, const plan::StepInfo& step,
                                      const CallOptions& options = {});

void install_handles(lua_State* L);
void install_knobs(lua_State* L);
void install_steps(lua_State* L);
void install_views(lua_State* L);
void install_incident(lua_State* L);

}  // namespace rehearse::trace
