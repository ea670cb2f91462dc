// SPDX-License-Identifier: GPL-3.0-or-later
//
// State: one Lua interpreter that can neither reach the machine nor outgrow its limits.
//
// A profile says which library functions exist; everything else (io, os, debug, require, binary
// chunks) is absent, not hidden. Memory is capped by the allocator. Two sorts of time limit:
//
//   Profile::design       The instruction limit binds, because nothing left in the profile can run
//                         long outside the interpreter's loop: no patterns, string.rep, table.move,
//                         coroutines, metatables, pcall or load. Copied bytes count as instructions
//                         (64 bytes each), and a wall clock stands behind both.
//   Profile::drill_file   Most of the standard library, for drill files. Run it in a process that
//   Profile::submission   can be killed: a hook counts instructions, it does not limit patterns,
//                         table functions, finalizers or older coroutines.
//
// `pairs` visits keys in a fixed order (numbers ascending, then strings) in design and drill files,
// so that the same file gives the same bytes on every machine. In submissions it is Lua's own.
//
// Link lua5.4-c++: its errors are C++ exceptions, so destructors run. Not thread-safe: one thread
// at a time per State.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <lua.hpp>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"
#include "engine/lua/allocator.hpp"
#include "engine/lua/value.hpp"

namespace rehearse::lua {

enum class Profile : int { design, drill_file, submission };

struct Limits {
  std::size_t memory_bytes = 64u << 20;
  std::uint64_t instructions = 0;  // 0: no instruction limit, and no hook that would slow the loop
  double seconds = 0;              // wall clock, looked at with the instruction count; 0: none
  std::stop_token stop;            // looked at with the instruction count
};

enum class Fault { none, syntax, runtime, memory, instructions, deadline, cancelled };

// What went wrong in the script, with its place. `message` already starts with "file:line:" where
// Lua knew one; `file` is empty and `line` 0 where it did not.
struct ScriptError {
  Fault fault = Fault::none;
  std::string message;
  std::string file;
  int line = 0;
  std::string traceback;  // empty unless wanted by `keep_traceback`
};

class State {
 public:
  // `allocator` may be given (the worker's arena); else a CappedAllocator of limits.memory_bytes.
  // Errors: the cap is too small for the libraries.
  static Result<std::unique_ptr<State>> open(Profile profile, const Limits& limits,
                                             Allocator* allocator = nullptr,
                                             std::uint64_t random_seed = 0);
  // Closes the Lua state; finalizers of the script run here (see `abandon`).
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // For rooms that marshal: the tracer's and the worker's C functions work on it. Functions that
  // raise Lua errors may be called only inside `guarded` or from a function that Lua called.
  lua_State* raw() const { return lua_; }

  // Compiles text and pushes the chunk's function. A byte order mark and a first line that starts
  // with '#' are skipped; binary chunks are refused. `name` stands in messages, as a file's name.
  Result<void> load(std::string_view text, const std::string& name);

  // Calls the function below `args` arguments, as lua_pcall does, leaving `results` results.
  // On an error the stack is as it was before the function was pushed.
  Result<void> call(int args, int results);

  // load, then call without arguments.
  Result<void> run(std::string_view text, const std::string& name, int results = 0);

  // Runs C++ that may raise Lua errors, protected; the stack below is left as it was.
  Result<void> guarded(const std::function<void(lua_State*)>& body);

  // Details of the last failed load, call or guarded.
  const ScriptError& last_error() const { return error_; }

  // What `print` of the script does with one line (without the newline); by default nothing.
  void on_print(std::function<void(std::string_view)> sink) { print_ = std::move(sink); }
  void keep_traceback(bool keep) { keep_traceback_ = keep; }

  // Ends the State without lua_close, so that no finalizer of the script runs. Only sensible with
  // an allocator whose memory is dropped as a whole.
  void abandon() { lua_ = nullptr; }

  Allocator& allocator() { return *allocator_; }
  std::size_t bytes_in_use() const { return allocator_->in_use(); }
  std::size_t peak_bytes() const { return allocator_->peak(); }
  // Instructions used so far, copied bytes included; 0 without an instruction limit.
  std::uint64_t instructions_used() const;

  // The State that owns `L`.
  static State& of(lua_State* L);

 private:
  State(Profile profile, const Limits& limits, Allocator* allocator);
  Result<void> fail_with(int status);
  void arm_hook();
  static void count_hook(lua_State* L, lua_Debug*);
  static int message_handler(lua_State* L);
  static int print_line(lua_State* L);
  Result<void> open_libraries(std::uint64_t random_seed);
  void note_error(int status);

  Profile profile_;
  Limits limits_;
  std::unique_ptr<Allocator> own_allocator_;
  Allocator* allocator_;
  lua_State* lua_ = nullptr;
  std::function<void(std::string_view)> print_;
  bool keep_traceback_ = false;
  ScriptError error_;
  Fault stopped_by_ = Fault::none;
  std::uint64_t counted_ = 0;
  std::chrono::steady_clock::time_point deadline_{};
};

// Turns a C++ function with a Result into one that Lua can call: an Error becomes a Lua error with
// the file and line of the script's call.
//
//   Result<int> slider(lua_State* L);                 // returns the number of results it pushed
//   lua_pushcfunction(L, (lua::trampoline<slider>));
template <Result<int> (*Function)(lua_State*)>
int trampoline(lua_State* L) {
  // Only our own exceptions are named here: Lua's errors must pass through untouched.
  Result<int> result = 0;
  try {
    result = Function(L);
  } catch (const std::exception& error) {
    result = fail(Code::internal, "{}", error.what());
  }
  if (result) return *result;
  luaL_where(L, 1);
  lua_pushlstring(L, result.error().message.data(), result.error().message.size());
  lua_concat(L, 2);
  return lua_error(L);
}

}  // namespace rehearse::lua
