// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fills the globals of a fresh Lua state with the libraries of a profile. Used by State alone.
#pragma once

#include <cstdint>
#include <lua.hpp>

namespace rehearse::lua {

enum class Profile : int;

// May raise a Lua memory error: call it protected.
void open_profile(lua_State* L, Profile profile, std::uint64_t random_seed);

}  // namespace rehearse::lua
