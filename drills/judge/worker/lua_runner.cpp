// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/lua_runner.hpp"

#include <time.h>
#include <unistd.h>

#include <algorithm>

#include "drills/judge/worker/lua_codec.hpp"

namespace rehearse::judge {
namespace {

const char kChunk = 0;  // its address is the registry's key of the compiled submission

// The thread's clock, which is the process's here: with RLIMIT_CPU set the kernel keeps the
// process's own only to the nearest tick.
std::uint64_t cpu_now_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u +
         static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

void LuaRunner::Drop::operator()(lua::State* state) const {
  state->abandon();
  delete state;
}

LuaRunner::LuaRunner(wire::Hello hello, Channel& channel, Arena& arena)
    : hello_(std::move(hello)), channel_(channel), arena_(arena) {}

LuaRunner::DroppedState LuaRunner::open_state(std::uint64_t random_seed) {
  arena_.reset();
  arena_.set_cap(0);  // the interpreter and the input do not count
  auto state = lua::State::open(lua::Profile::submission, {}, &arena_, random_seed);
  if (!state) _exit(2);
  (*state)->on_print([this](std::string_view line) { capture(line); });
  return DroppedState(state->release());
}

wire::Loaded LuaRunner::load() {
  DroppedState state = open_state(0);
  arena_.set_cap(arena_.in_use() + hello_.memory_bytes);
  auto loaded = state->load(hello_.text, hello_.name);
  return {loaded.has_value(), loaded ? "" : loaded.error().message};
}

void LuaRunner::serve(const Frame& frame) {
  if (frame.kind != wire::Kind::run) _exit(2);
  run(wire::Reader(frame.payload));
}

void LuaRunner::run(wire::Reader in) {
  wire::Run settings;
  settings.random_seed = in.u64();
  settings.metering = static_cast<wire::Metering>(in.u8());
  settings.instruction_cap = in.u64();
  settings.sample_every = in.u64();
  reply_limit_ = in.u64();

  answer_ = {};
  result_.bytes().clear();
  place_.clear();
  DroppedState state = open_state(settings.random_seed);
  Meter meter(settings, arena_,
              [this] { end_now(wire::Status::capped, "more instructions than were allowed"); });
  meter_ = &meter;
  auto ready = state->guarded([&](lua_State* L) { meter.install(L); });
  if (ready) ready = state->load(hello_.text, hello_.name);
  if (ready) {
    lua_rawsetp(state->raw(), LUA_REGISTRYINDEX, &kChunk);
    ready = state->guarded([&](lua_State* L) { execute(L, in); });
  }
  finish_answer();
  if (!ready) note_failure(state->last_error());
  meter_ = nullptr;
  send_answer();
}

void LuaRunner::execute(lua_State* L, wire::Reader& in) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &kChunk);
  int arguments = static_cast<int>(in.count());
  luaL_checkstack(L, arguments + 10, "too many arguments");
  for (int i = 0; i < arguments; ++i) push_encoded(L, in);
  if (!in.ok()) _exit(2);

  meter_->begin(L);
  baseline_ = arena_.in_use();
  arena_.set_cap(baseline_ + hello_.memory_bytes);
  arena_.reset_peak();
  started_ns_ = cpu_now_ns();

  lua_pushvalue(L, 1);
  lua_call(L, 0, 0);
  if (!push_entry(L)) return;
  lua_replace(L, 1);
  if (hello_.is_class)
    call_class(L, arguments, in);
  else
    call_function(L, arguments);
  meter_->finish(L);
}

// Raw: a metatable on the globals answers to any name.
bool LuaRunner::push_entry(lua_State* L) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  lua_pushlstring(L, hello_.entry.data(), hello_.entry.size());
  int type = lua_rawget(L, -2);
  lua_remove(L, -2);
  if (type == (hello_.is_class ? LUA_TTABLE : LUA_TFUNCTION)) return true;
  answer_.status = wire::Status::no_entry;
  const char* wanted = hello_.is_class ? "class (a table with a function `new`)" : "function";
  answer_.message =
      type == LUA_TNIL
          ? fmt::format("the file leaves no global {} `{}`; is it local, or named otherwise?",
                        wanted, hello_.entry)
          : fmt::format("the global `{}` is a {}, not a {}", hello_.entry, lua_typename(L, type),
                        wanted);
  return false;
}

void LuaRunner::call_function(lua_State* L, int arguments) {
  lua_call(L, arguments, 1);
  take_result(L);
}

// The class at 1, the constructor's arguments above it.
void LuaRunner::call_class(lua_State* L, int arguments, wire::Reader& in) {
  if (lua_getfield(L, 1, "new") != LUA_TFUNCTION) {
    luaL_error(L, "`%s.new` is a %s value, not a function", hello_.entry.c_str(),
               luaL_typename(L, -1));
  }
  lua_replace(L, 1);
  lua_call(L, arguments, 1);
  if (lua_isnil(L, 1)) luaL_error(L, "`%s.new` returned nothing", hello_.entry.c_str());

  std::uint32_t count = in.count();
  result_.u8('M');
  result_.u32(count);
  result_.u32(0);
  for (std::uint32_t i = 1; i <= count; ++i) {
    std::string_view method = in.text();
    bool returns = in.flag();
    place_ = fmt::format("call {} ({}): ", i, method);
    lua_pushlstring(L, method.data(), method.size());
    if (lua_gettable(L, 1) == LUA_TNIL)
      luaL_error(L, "`%s` has no method of this name", hello_.entry.c_str());
    lua_pushvalue(L, 1);
    auto given = static_cast<int>(in.count());
    luaL_checkstack(L, given + 4, "too many arguments");
    for (int a = 0; a < given; ++a) push_encoded(L, in);
    if (!in.ok()) _exit(2);
    lua_call(L, given + 1, returns ? 1 : 0);
    if (!returns)
      result_.u8('N');
    else if (!take_result(L))
      return;
  }
  place_.clear();
}

// Encodes the value at the top and pops it.
bool LuaRunner::take_result(lua_State* L) {
  std::string why;
  std::size_t used = result_.size();
  EncodeLimits limits;
  limits.bytes = used < reply_limit_ ? reply_limit_ - used : 0;
  Encoded done = encode_raw(L, -1, result_, limits, why);
  lua_pop(L, 1);
  if (done == Encoded::whole) return true;
  answer_.status = done == Encoded::too_large ? wire::Status::output : wire::Status::unreadable;
  answer_.message = done == Encoded::too_large ? fmt::format("{}the answer is larger than {} MB",
                                                             place_, reply_limit_ >> 20)
                                               : place_ + why;
  return false;
}

void LuaRunner::note_failure(const lua::ScriptError& error) {
  answer_.status = error.fault == lua::Fault::memory ? wire::Status::memory : wire::Status::error;
  answer_.message = place_ + error.message;
}

void LuaRunner::capture(std::string_view line) {
  answer_.output_bytes += line.size() + 1;
  std::size_t room =
      hello_.kept_output - std::min<std::size_t>(hello_.kept_output, answer_.output.size());
  answer_.output += line.substr(0, room);
  if (line.size() < room) answer_.output += '\n';
  if (answer_.output_bytes > hello_.output_limit) {
    end_now(wire::Status::output, "more was printed than is allowed");
  }
}

void LuaRunner::finish_answer() {
  answer_.cpu_ns = started_ns_ ? cpu_now_ns() - started_ns_ : 0;
  answer_.peak_bytes = arena_.peak() > baseline_ ? arena_.peak() - baseline_ : 0;
  answer_.refusals = arena_.failures();
  answer_.instructions = meter_->instructions();
  answer_.live_bytes = meter_->live_bytes();
}

void LuaRunner::send_answer() {
  std::string bytes = answer_.encode();
  if (answer_.status == wire::Status::answered) {
    bytes.pop_back();  // the tag of the empty value makes place for the real one
    bytes += result_.bytes();
  }
  channel_.send(wire::Kind::answer, bytes);
}

void LuaRunner::end_now(wire::Status status, const char* message) {
  finish_answer();
  answer_.status = status;
  answer_.message = place_ + message;
  send_answer();
  _exit(0);
}

}  // namespace rehearse::judge
