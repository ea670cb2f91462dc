// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lua/state.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "engine/lua/profile.hpp"

namespace rehearse::lua {
namespace {

constexpr int kHookEvery = 1000;             // instructions between two looks at the limits
constexpr std::uint64_t kBytesPerStep = 64;  // copied bytes that cost as much as one instruction
constexpr std::size_t kLongestMessage = 4096;

bool digits_at(std::string_view text, std::size_t from, std::size_t& end) {
  end = from;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return end > from;
}

// "file:12: what" -> file, 12. File names may hold colons, so the first ":digits:" decides.
void split_place(ScriptError& error) {
  const std::string& text = error.message;
  for (std::size_t colon = text.find(':'); colon != std::string::npos;
       colon = text.find(':', colon + 1)) {
    std::size_t end = 0;
    if (!digits_at(text, colon + 1, end) || end >= text.size() || text[end] != ':' ||
        end - colon > 8)
      continue;
    error.file = text.substr(0, colon);
    error.line = std::stoi(text.substr(colon + 1, end - colon - 1));
    return;
  }
}

std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

// The library refuses sizes beyond its own integers before the allocator hears of them.
bool asks_too_much(std::string_view message) {
  for (const char* words : {"not enough memory", "resulting string too large", "buffer too large",
                            "string length overflow", "table overflow"}) {
    if (message.ends_with(words)) return true;
  }
  return false;
}

Code code_of(Fault fault) {
  switch (fault) {
    case Fault::memory:
    case Fault::instructions:
    case Fault::deadline: return Code::limit;
    case Fault::cancelled: return Code::cancelled;
    default: return Code::bad_data;
  }
}

}  // namespace

State::State(Profile profile, const Limits& limits, Allocator* allocator)
    : profile_(profile), limits_(limits), allocator_(allocator) {
  if (!allocator_) {
    own_allocator_ = std::make_unique<CappedAllocator>(limits.memory_bytes);
    allocator_ = own_allocator_.get();
  }
}

State::~State() {
  if (lua_) lua_close(lua_);
}

State& State::of(lua_State* L) { return **static_cast<State**>(lua_getextraspace(L)); }

Result<std::unique_ptr<State>> State::open(Profile profile, const Limits& limits,
                                           Allocator* allocator, std::uint64_t random_seed) {
  std::unique_ptr<State> state(new State(profile, limits, allocator));
  state->lua_ = lua_newstate(&Allocator::lua_alloc, state->allocator_);
  if (!state->lua_)
    return fail(Code::limit, "{} bytes are too few for a Lua state", limits.memory_bytes);
  *static_cast<State**>(lua_getextraspace(state->lua_)) = state.get();
  if (auto opened = state->open_libraries(random_seed); !opened) return fail(opened.error());
  state->arm_hook();
  return state;
}

Result<void> State::open_libraries(std::uint64_t random_seed) {
  return guarded([&](lua_State* L) {
    open_profile(L, profile_, random_seed);
    lua_register(L, "print", &State::print_line);
  });
}

void State::arm_hook() {
  if (!limits_.instructions) return;
  if (limits_.seconds > 0) {
    auto span = std::chrono::duration<double>(limits_.seconds);
    deadline_ = std::chrono::steady_clock::now() +
                std::chrono::duration_cast<std::chrono::steady_clock::duration>(span);
  }
  // Between two looks of the hook copying is bound by the allocator, which refuses.
  allocator_->set_granted_limit(limits_.instructions * kBytesPerStep + (64u << 20));
  lua_sethook(lua_, &State::count_hook, LUA_MASKCOUNT, kHookEvery);
}

std::uint64_t State::instructions_used() const {
  return limits_.instructions ? counted_ + allocator_->granted() / kBytesPerStep : 0;
}

void State::count_hook(lua_State* L, lua_Debug*) {
  State& state = of(L);
  state.counted_ += static_cast<std::uint64_t>(lua_gethookcount(L));
  if (state.stopped_by_ == Fault::none) {
    const Limits& limits = state.limits_;
    if (state.instructions_used() > limits.instructions)
      state.stopped_by_ = Fault::instructions;
    else if (limits.seconds > 0 && std::chrono::steady_clock::now() > state.deadline_)
      state.stopped_by_ = Fault::deadline;
    else if (limits.stop.stop_requested())
      state.stopped_by_ = Fault::cancelled;
    if (state.stopped_by_ == Fault::none) return;
  }
  // From here on every instruction fails, so that no protected call of the script can go on.
  lua_sethook(L, &State::count_hook, LUA_MASKCOUNT, 1);
  luaL_where(L, 0);  // inside a hook level 0 is the function that was interrupted
  switch (state.stopped_by_) {
    case Fault::deadline:
      lua_pushfstring(L, "the script ran longer than %f s", state.limits_.seconds);
      break;
    case Fault::cancelled: lua_pushliteral(L, "stopped before it was done"); break;
    default:
      lua_pushfstring(L, "the script ran longer than %I instructions (an endless loop?)",
                      static_cast<LUAI_UACINT>(state.limits_.instructions));
  }
  lua_concat(L, 2);
  lua_error(L);
}

int State::print_line(lua_State* L) {
  std::string line;
  int count = lua_gettop(L);
  for (int i = 1; i <= count; ++i) {
    std::size_t size = 0;
    const char* text = luaL_tolstring(L, i, &size);
    if (i > 1) line += '\t';
    line.append(text, size);
    lua_pop(L, 1);
  }
  State& state = of(L);
  if (state.print_) state.print_(line);
  return 0;
}

// Every error object becomes text here; script code (__tostring) is not asked.
int State::message_handler(lua_State* L) {
  if (lua_type(L, 1) != LUA_TSTRING && lua_type(L, 1) != LUA_TNUMBER) {
    // Level 1 is `error` itself, which has no line; level 2 called it.
    luaL_where(L, 1);
    if (lua_rawlen(L, -1) == 0) luaL_where(L, 2);
    lua_pushfstring(L, "error(%s) was raised: the error object is a %s value, not a message",
                    luaL_typename(L, 1), luaL_typename(L, 1));
    lua_concat(L, 2);
    lua_replace(L, 1);
    lua_settop(L, 1);
  }
  State& state = of(L);
  if (state.keep_traceback_) {
    luaL_traceback(L, L, nullptr, 1);
    const char* text = lua_tostring(L, -1);
    state.error_.traceback = text ? text : "";
    lua_pop(L, 1);
  }
  return 1;
}

void State::note_error(int status) {
  std::size_t size = 0;
  const char* text = lua_tolstring(lua_, -1, &size);
  error_.message =
      text ? std::string(text, std::min(size, kLongestMessage)) : std::string("unknown error");
  lua_pop(lua_, 1);
  bool no_memory = status == LUA_ERRMEM || asks_too_much(error_.message);
  if (stopped_by_ != Fault::none) {
    error_.fault = stopped_by_;
  } else if (allocator_->granted_limit_reached()) {
    error_.fault = Fault::instructions;
    error_.message =
        fmt::format("the script copied more than {} instructions' worth of data (an endless loop?)",
                    limits_.instructions);
  } else if (no_memory) {
    error_.fault = Fault::memory;
    error_.message +=
        fmt::format(" (limit: {:.1f} MB)", static_cast<double>(allocator_->cap()) / (1 << 20));
  } else {
    error_.fault = status == LUA_ERRSYNTAX ? Fault::syntax : Fault::runtime;
  }
  split_place(error_);
}

Result<void> State::fail_with(int status) {
  std::string traceback = std::move(error_.traceback);
  error_ = ScriptError{};
  error_.traceback = std::move(traceback);
  note_error(status);
  return fail(code_of(error_.fault), "{}", error_.message);
}

Result<void> State::load(std::string_view text, const std::string& name) {
  text = without_mark(text);
  // A '#' line is dropped, its newline kept, so that line numbers stay right.
  if (text.starts_with('#')) text.remove_prefix(std::min(text.find('\n'), text.size()));
  error_ = ScriptError{};
  int status = luaL_loadbufferx(lua_, text.data(), text.size(), ("@" + name).c_str(), "t");
  if (status != LUA_OK) return fail_with(status);
  return {};
}

Result<void> State::call(int args, int results) {
  error_ = ScriptError{};
  int base = lua_gettop(lua_) - args;
  lua_pushcfunction(lua_, &State::message_handler);
  lua_insert(lua_, base);
  int status = lua_pcall(lua_, args, results, base);
  lua_remove(lua_, base);
  if (status != LUA_OK) return fail_with(status);
  return {};
}

Result<void> State::run(std::string_view text, const std::string& name, int results) {
  if (auto loaded = load(text, name); !loaded) return loaded;
  return call(0, results);
}

Result<void> State::guarded(const std::function<void(lua_State*)>& body) {
  auto trampoline = [](lua_State* L) {
    auto* function = static_cast<const std::function<void(lua_State*)>*>(lua_touserdata(L, 1));
    lua_settop(L, 0);
    (*function)(L);
    return 0;
  };
  lua_pushcfunction(lua_, trampoline);
  lua_pushlightuserdata(lua_, const_cast<void*>(static_cast<const void*>(&body)));
  return call(1, 0);
}

}  // namespace rehearse::lua
