// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values between the wire and a Lua stack, without a copy in between: inputs may be large, and
// answers must be read raw, so that no metamethod of a submission takes part.
#pragma once

#include <lua.hpp>

#include "drills/judge/wire.hpp"

namespace rehearse::judge {

// Pushes the next value. May raise a Lua memory error. A malformed value pushes nil and leaves the
// reader not ok.
void push_encoded(lua_State* L, wire::Reader& in);

// Skips the next value without touching Lua.
void skip_encoded(wire::Reader& in, int depth = 0);

struct EncodeLimits {
  std::size_t bytes = 64u << 20;
  int depth = 60;
};

enum class Encoded { whole, unreadable, too_large };

// Appends the value at `index`. On unreadable, `why` says what stands where ("[3]: a function").
// Raises no Lua error and runs no code of the submission.
Encoded encode_raw(lua_State* L, int index, wire::Writer& out, const EncodeLimits& limits,
                   std::string& why);

}  // namespace rehearse::judge
