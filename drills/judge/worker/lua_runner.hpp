// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs Lua submissions, one input at a time, each in a fresh Lua state: nothing that one case left
// behind (globals, a random stream, a grown heap) reaches the next. Opening a state and compiling
// the text again costs about a tenth of a millisecond.
//
// The submission cannot see the harness: it is C++ without a Lua name, there is no debug library,
// and no expected answer is in this process. A state is dropped without closing it, so finalizers
// that never end are never begun.
#pragma once

#include "drills/judge/worker/arena.hpp"
#include "drills/judge/worker/channel.hpp"
#include "drills/judge/worker/meter.hpp"
#include "engine/lua/state.hpp"

namespace rehearse::judge {

class LuaRunner final : public Runner {
 public:
  LuaRunner(wire::Hello hello, Channel& channel, Arena& arena);
  wire::Loaded load() override;
  void serve(const Frame& frame) override;

 private:
  // A state that is dropped with the arena, never closed.
  struct Drop {
    void operator()(lua::State* state) const;
  };
  using DroppedState = std::unique_ptr<lua::State, Drop>;

  DroppedState open_state(std::uint64_t random_seed);
  void run(wire::Reader in);
  // What follows runs inside a protected call and may raise Lua errors.
  void execute(lua_State* L, wire::Reader& in);
  bool push_entry(lua_State* L);
  void call_function(lua_State* L, int arguments);
  void call_class(lua_State* L, int arguments, wire::Reader& in);
  bool take_result(lua_State* L);

  void note_failure(const lua::ScriptError& error);
  void capture(std::string_view line);
  void finish_answer();
  void send_answer();
  // Answers and ends the process: no protected call of the submission can stop it.
  [[noreturn]] void end_now(wire::Status status, const char* message);

  wire::Hello hello_;
  Channel& channel_;
  Arena& arena_;
  Meter* meter_ = nullptr;
  wire::Answer answer_;
  wire::Writer result_;  // the answer's value, encoded while it is read
  std::string place_;    // "call 17 (count): " while a method runs
  std::uint64_t reply_limit_ = 0;
  std::uint64_t started_ns_ = 0;
  std::size_t baseline_ = 0;
};

}  // namespace rehearse::judge
