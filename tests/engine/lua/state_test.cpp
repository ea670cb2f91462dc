// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lua/state.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace rehearse;
using namespace rehearse::lua;

namespace {

std::unique_ptr<State> open_state(Profile profile, Limits limits = {}) {
  auto state = State::open(profile, limits);
  REQUIRE(state);
  return std::move(*state);
}

Limits counted(std::uint64_t instructions) {
  Limits limits;
  limits.instructions = instructions;
  limits.seconds = 20;
  return limits;
}

// The value of an expression, or an error's message.
Value evaluate(State& state, const std::string& expression) {
  auto done = state.run("return " + expression, "test.lua", 1);
  if (!done) return Value(done.error().message);
  auto value = read_value(state.raw(), -1);
  lua_pop(state.raw(), 1);
  return value ? *value : Value(value.error().message);
}

Fault fault_of(State& state, const std::string& script) {
  auto done = state.run(script, "test.lua");
  return done ? Fault::none : state.last_error().fault;
}

}  // namespace

TEST_CASE("lua: a script's error carries its file and line") {
  auto state = open_state(Profile::design);
  auto done = state->run("local x = 1\nlocal y = x.z.w\n", "my:design.lua");
  REQUIRE_FALSE(done);
  CHECK(state->last_error().fault == Fault::runtime);
  CHECK(state->last_error().file == "my:design.lua");
  CHECK(state->last_error().line == 2);
  done = state->run("x = = 1", "broken.lua");
  REQUIRE_FALSE(done);
  CHECK(state->last_error().fault == Fault::syntax);
  CHECK(state->last_error().line == 1);
  CHECK(lua_gettop(state->raw()) == 0);
}

TEST_CASE("lua: an error object that is not text is told in words") {
  auto state = open_state(Profile::submission);
  for (std::string what : {"nil", "{}", "true", "print"}) {
    auto done = state->run("\nerror(" + what + ")", "test.lua");
    REQUIRE_FALSE(done);
    CHECK(state->last_error().line == 2);
    CHECK(done.error().message.find("not a message") != std::string::npos);
  }
}

TEST_CASE("lua: no profile reaches the machine") {
  for (Profile profile : {Profile::design, Profile::drill_file, Profile::submission}) {
    auto state = open_state(profile);
    for (std::string name :
         {"io", "os", "debug", "package", "require", "dofile", "loadfile", "string.dump", "warn"}) {
      CAPTURE(name);
      CHECK(evaluate(*state, name).is_nil());
    }
    CHECK(evaluate(*state, "_G == _ENV") == Value(true));
  }
}

TEST_CASE("lua: the design profile has nothing that runs long outside the interpreter's loop") {
  auto state = open_state(Profile::design);
  for (std::string name :
       {"string.rep", "string.find", "string.gsub", "string.match", "string.gmatch", "table.move",
        "coroutine", "setmetatable", "getmetatable", "load", "pcall", "xpcall", "collectgarbage",
        "('').rep", "math.random", "rawset", "next"}) {
    CAPTURE(name);
    CHECK(evaluate(*state, name).is_nil());
  }
}

TEST_CASE("lua: an endless loop meets the instruction limit") {
  auto state = open_state(Profile::design, counted(100'000));
  CHECK(fault_of(*state, "while true do end") == Fault::instructions);
  CHECK(state->last_error().line == 1);
}

TEST_CASE("lua: a protected call cannot outlive the instruction limit") {
  auto state = open_state(Profile::submission, counted(100'000));
  CHECK(fault_of(*state, "while true do pcall(function() while true do end end) end") ==
        Fault::instructions);
}

TEST_CASE("lua: copying large strings counts as instructions") {
  auto state = open_state(Profile::design, counted(1'000'000));
  Fault fault = fault_of(*state, R"(
    local s = "0123456789abcdef"
    for i = 1, 16 do s = s .. s end
    for i = 1, 1e9 do local t = s .. i end)");
  CHECK(fault == Fault::instructions);
}

TEST_CASE("lua: a stop request ends a counted script") {
  std::stop_source source;
  Limits limits = counted(1'000'000'000);
  limits.stop = source.get_token();
  source.request_stop();
  auto state = open_state(Profile::design, limits);
  CHECK(fault_of(*state, "while true do end") == Fault::cancelled);
}

TEST_CASE("lua: memory stays under its cap and the state survives") {
  Limits limits;
  limits.memory_bytes = 8u << 20;
  auto state = open_state(Profile::submission, limits);
  CHECK(fault_of(*state, "local t = {} for i = 1, 1e9 do t[i] = {i} end") == Fault::memory);
  CHECK(state->peak_bytes() <= limits.memory_bytes);
  Fault one_request = fault_of(*state, "return #string.rep('x', 1 << 34)");
  INFO(state->last_error().message);
  CHECK(one_request == Fault::memory);
  CHECK(evaluate(*state, "1 + 1") == Value(2));
}

TEST_CASE("lua: a refusal that a collection mends is no failure, one that stays is") {
  Limits limits;
  limits.memory_bytes = 4u << 20;
  auto state = open_state(Profile::submission, limits);
  // Garbage beyond the cap, live data far below it.
  REQUIRE(
      state->run("for i = 1, 1000 do local s = string.rep('z', 1 << 19) .. i end", "garbage.lua"));
  CHECK(state->allocator().failures() == 0);
  REQUIRE(state->run("pcall(string.rep, 'x', 1 << 30)", "caught.lua"));
  CHECK(state->allocator().failures() == 1);
  REQUIRE(state->run(
      "pcall(function() local t = table.pack(string.byte(string.rep('x', 100000), 1, -1)) "
      "for i = 1, 1e9 do t[i] = i end end)",
      "caught.lua"));
  CHECK(state->allocator().failures() >= 2);
}

TEST_CASE("lua: only text is loaded, by the host and by load") {
  auto state = open_state(Profile::submission);
  CHECK_FALSE(state->run("\x1bLuaT", "binary.lua"));
  CHECK(evaluate(*state, "load('\\27LuaT', 'x', 'b') == nil") == Value(true));
  CHECK(evaluate(*state, "load('\\27LuaT', 'x', 'bt') == nil") == Value(true));
  CHECK(evaluate(*state, "load('return 40 + 2')()") == Value(42));
  CHECK(evaluate(*state, "load('return a', 'x', 't', {a = 7})()") == Value(7));
  CHECK(evaluate(*state, R"((function()
      local pieces = {"return ", "1 ", "+ 2"}
      local i = 0
      return load(function() i = i + 1 return pieces[i] end)()
    end)())") == Value(3));
}

TEST_CASE("lua: a byte order mark and a first line with # are skipped, lines stay right") {
  auto state = open_state(Profile::submission);
  CHECK(state->run("\xEF\xBB\xBFreturn 1", "bom.lua"));
  CHECK(state->run("#!/usr/bin/lua\nreturn 1", "shebang.lua"));
  CHECK_FALSE(state->run("\xEF\xBB\xBF#!/usr/bin/lua\nerror('x')", "shebang.lua"));
  CHECK(state->last_error().line == 2);
}

TEST_CASE("lua: pairs visits keys in a fixed order outside submissions") {
  auto state = open_state(Profile::drill_file);
  std::vector<std::string> lines;
  state->on_print([&](std::string_view line) { lines.emplace_back(line); });
  REQUIRE(state->run(R"(
    local t = {zeta = 1, alpha = 2, [3] = 3, [1] = 4, [2.5] = 5, [true] = 6, mid = 7}
    for k, v in pairs(t) do print(k, v) t[k] = nil end
    print(next(t))
  )",
                     "pairs.lua"));
  CHECK(lines == std::vector<std::string>{"1\t4", "2.5\t5", "3\t3", "alpha\t2", "mid\t7", "zeta\t1",
                                          "true\t6", "nil"});
}

TEST_CASE("lua: math.random of a submission repeats for a seed") {
  auto draw = [](std::uint64_t seed) {
    auto state = State::open(Profile::submission, {}, nullptr, seed);
    return evaluate(**state, "{math.random(1, 1000000), math.random(1, 1000000)}");
  };
  CHECK(draw(1) == draw(1));
  CHECK_FALSE(draw(1) == draw(2));
}

TEST_CASE("lua: destructors run when an error passes through C++") {
  struct Flag {
    bool* set;
    ~Flag() { *set = true; }
  };
  auto state = open_state(Profile::submission);
  bool destroyed = false;
  auto done = state->guarded([&](lua_State* L) {
    Flag flag{&destroyed};
    luaL_error(L, "thrown");
  });
  CHECK_FALSE(done);
  CHECK(destroyed);
}

namespace {
Result<int> half(lua_State* L) {
  lua_Integer n = luaL_checkinteger(L, 1);
  if (n % 2) return fail(Code::invalid_argument, "half of {} is not whole; give an even number", n);
  lua_pushinteger(L, n / 2);
  return 1;
}
}  // namespace

TEST_CASE("lua: an Error of a C++ function becomes a Lua error at the script's line") {
  auto state = open_state(Profile::design);
  REQUIRE(state->guarded([](lua_State* L) { lua_register(L, "half", (trampoline<half>)); }));
  CHECK(evaluate(*state, "half(8)") == Value(4));
  auto done = state->run("\n\nhalf(3)", "calls.lua");
  REQUIRE_FALSE(done);
  CHECK(done.error().message == "calls.lua:3: half of 3 is not whole; give an even number");
  CHECK(state->last_error().line == 3);
}
