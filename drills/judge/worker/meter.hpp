// SPDX-License-Identifier: GPL-3.0-or-later
//
// Meter: what a run costs, in units that repeat to the last digit on every machine.
//
// Instructions: a count hook counts the VM's own; library functions that touch many elements in one
// call (table.insert, string.find, …) are charged for what they touch, and every byte that is
// allocated for a copy costs 1/32. Without these charges `table.remove(t, 1)` would look constant
// and `s = s .. c` linear.
//
// Memory: at regular instruction counts everything dead is collected and what is left is measured,
// so garbage that the collector has not met yet does not count. A single block counts with its
// size, even when it lives too short to be met.
//
// Both slow the run by 2 to 30 times, so they belong to a pass of their own, never to a timed one.
#pragma once

#include <cstdint>
#include <functional>
#include <lua.hpp>

#include "drills/judge/wire.hpp"
#include "engine/lua/allocator.hpp"

namespace rehearse::judge {

class Meter {
 public:
  // `on_cap` is called once the cap is passed, from inside the script; it must not return.
  Meter(const wire::Run& run, lua::Allocator& allocator, std::function<void()> on_cap);
  ~Meter();

  // Before the submission is loaded: puts the charging functions in the place of the library's and
  // sets the hook, so that coroutines inherit it. May raise a Lua memory error.
  void install(lua_State* L);
  // Baseline of memory and copies: what is there now is the interpreter and the input.
  void begin(lua_State* L);
  // A last look; no hook after that.
  void finish(lua_State* L);

  std::uint64_t instructions() const;
  std::uint64_t live_bytes() const { return live_; }

  void charge(std::uint64_t steps) { charged_ += steps; }
  static Meter* current();

 private:
  static void hook(lua_State* L, lua_Debug*);
  void look(lua_State* L);
  void sample(lua_State* L);

  wire::Metering metering_;
  std::uint64_t cap_;
  std::uint64_t sample_every_;
  lua::Allocator& allocator_;
  std::function<void()> on_cap_;
  std::uint64_t counted_ = 0;
  std::uint64_t charged_ = 0;
  std::uint64_t next_sample_ = 0;
  std::uint64_t granted_at_start_ = 0;
  std::size_t in_use_at_start_ = 0;
  std::uint64_t live_ = 0;
  bool running_ = false;
};

// Replaces the library functions that need a charge. May raise a Lua memory error.
void install_charges(lua_State* L);

}  // namespace rehearse::judge
