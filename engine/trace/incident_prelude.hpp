// SPDX-License-Identifier: GPL-3.0-or-later
//
// What all incidents have in common, in the language of designs: the world with and without what
// happens, the dashboard, what an action does, the debrief. A script's own `world` or `dashboard`
// takes the place of the one here.
#pragma once

#include <lua.hpp>

namespace rehearse::trace {

// Compiles the prelude. May raise a Lua error: call it guarded.
void install_prelude(lua_State* L);

// Pushes the prelude's function of that name, or nil, and says whether it is there.
bool push_prelude(lua_State* L, const char* name);

}  // namespace rehearse::trace
