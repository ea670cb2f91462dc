// SPDX-License-Identifier: GPL-3.0-or-later
//
// What all incidents have in common, in the language of designs: the world with and without what
// happens, the dashboard, what an action does, the debrief, and `probe.slices`, `probe.log` … for
// the probes that most of them have. A script's own `world` or `dashboard` takes the place of the
// one here.
#pragma once

#include <lua.hpp>

namespace rehearse::trace {

// Compiles and runs the prelude; steps must be installed by the time its functions are called. May
// raise a Lua error: call it guarded.
void install_prelude(lua_State* L);

// Pushes the prelude's function of that name, or nil, and says whether it is there.
bool push_prelude(lua_State* L, const char* name);

}  // namespace rehearse::trace
