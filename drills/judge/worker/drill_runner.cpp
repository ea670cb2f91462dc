// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/drill_runner.hpp"

#include <unistd.h>

#include <cstring>

#include "drills/judge/worker/lua_codec.hpp"

namespace rehearse::judge {
namespace {

constexpr std::size_t kLargestTable = 16u << 20;
constexpr std::size_t kLargestCases = 192u << 20;

const char kDrill = 0, kResult = 0, kSelf = 0;  // registry keys, by address

// The functions that a drill file may hold, and where.
struct FunctionField {
  const char* outer;  // nullptr: at the top
  const char* name;
};
constexpr FunctionField kFunctions[] = {
    {nullptr, "cases"}, {nullptr, "oracle"}, {nullptr, "compare"}, {"growth", "input"}};

int remember_drill(lua_State* L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_pushvalue(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &kDrill);
  return 1;
}

}  // namespace

DrillRunner::DrillRunner(wire::Hello hello, Channel& channel, Arena& arena)
    : hello_(std::move(hello)), channel_(channel), arena_(arena) {}

DrillRunner::~DrillRunner() {
  if (state_) state_->abandon();
}

wire::Loaded DrillRunner::load() {
  arena_.set_cap(hello_.memory_bytes);
  auto state = lua::State::open(lua::Profile::drill_file, {}, &arena_);
  if (!state) return {false, state.error().message};
  state_ = std::move(*state);
  if (hello_.text.empty()) return {true, ""};  // only own inputs will be asked for
  auto done = state_->guarded([this](lua_State* L) { register_dsl(L); });
  if (done) done = state_->run(hello_.text, hello_.name, 1);
  if (!done) return {false, done.error().message};
  if (lua_istable(state_->raw(), -1)) {
    lua_rawsetp(state_->raw(), LUA_REGISTRYINDEX, &kDrill);
  }
  done = state_->guarded([this](lua_State* L) { keep_functions(L); });
  return {done.has_value(), done ? "" : done.error().message};
}

void DrillRunner::register_dsl(lua_State* L) {
  lua_register(L, "drill", remember_drill);
  lua_pushlightuserdata(L, this);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &kSelf);
}

// Each function moves into the registry under its field's address; the word "function" stays.
void DrillRunner::keep_functions(lua_State* L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &kDrill) != LUA_TTABLE) {
    luaL_error(L, "%s: the file must return drill { … }", hello_.name.c_str());
  }
  for (const FunctionField& field : kFunctions) {
    lua_pushvalue(L, 1);
    if (field.outer) {
      lua_getfield(L, -1, field.outer);
      if (!lua_istable(L, -1)) {
        lua_settop(L, 1);
        continue;
      }
    }
    if (lua_getfield(L, -1, field.name) == LUA_TFUNCTION) {
      lua_rawsetp(L, LUA_REGISTRYINDEX, &field);
      lua_pushliteral(L, "function");
      lua_setfield(L, -2, field.name);
    }
    lua_settop(L, 1);
  }
}

void DrillRunner::push_function(lua_State* L, const char* name) {
  for (const FunctionField& field : kFunctions) {
    if (std::strcmp(field.name, name) != 0) continue;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &field) == LUA_TFUNCTION) return;
  }
  luaL_error(L, "%s: the drill has no function `%s`", hello_.name.c_str(), name);
}

Result<void> DrillRunner::protect(const std::function<void(lua_State*)>& body) {
  return state_->guarded(body);
}

DrillRunner::Reply DrillRunner::evaluate(const std::function<void(lua_State*)>& body) {
  wire::Writer out;
  std::string why;
  EncodeLimits limits;
  limits.bytes = kLargestCases;
  Encoded encoded = Encoded::whole;
  auto done = protect([&](lua_State* L) {
    body(L);
    encoded = encode_raw(L, -1, out, limits, why);
  });
  if (!done) return fail(done.error());
  if (encoded == Encoded::unreadable)
    return fail(Code::bad_data, "{}: {} is not a value", hello_.name, why);
  if (encoded == Encoded::too_large)
    return fail(Code::limit, "{}: a value larger than {} MB", hello_.name, limits.bytes >> 20);
  return std::move(out.bytes());
}

DrillRunner::Reply DrillRunner::definition() {
  auto reply = evaluate([](lua_State* L) { lua_rawgetp(L, LUA_REGISTRYINDEX, &kDrill); });
  if (reply && reply->size() > kLargestTable) {
    return fail(Code::limit, "{}: the drill's table is larger than {} MB", hello_.name,
                kLargestTable >> 20);
  }
  return reply;
}

// case { … }: encoded at once, with the line of the call, so that a table that the file changes
// afterwards is not seen twice.
int DrillRunner::take_case(lua_State* L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  auto& self = *static_cast<DrillRunner*>(lua_touserdata(L, lua_upvalueindex(1)));
  lua_Debug where{};
  lua_Integer line = 0;
  if (lua_getstack(L, 1, &where) && lua_getinfo(L, "l", &where)) line = where.currentline;
  wire::Writer out;
  std::string why;
  EncodeLimits limits;
  limits.bytes = kLargestCases - self.found_.size();
  out.i64(line);
  Encoded done = encode_raw(L, 1, out, limits, why);
  if (done == Encoded::unreadable) return luaL_error(L, "case: %s is not a value", why.c_str());
  if (done == Encoded::too_large || self.found_.size() + out.size() > kLargestCases) {
    return luaL_error(L, "the cases are larger than %d MB together",
                      static_cast<int>(kLargestCases >> 20));
  }
  self.found_ += out.bytes();
  ++self.count_;
  return 0;
}

DrillRunner::Reply DrillRunner::cases(std::uint64_t seed) {
  random_.seed(seed, 0);
  found_.clear();
  count_ = 0;
  auto done = protect([this](lua_State* L) {
    push_function(L, "cases");
    push_rand(L, random_);
    lua_pushlightuserdata(L, this);
    lua_pushcclosure(L, &DrillRunner::take_case, 1);
    lua_call(L, 2, 0);
  });
  if (!done) return fail(done.error());
  wire::Writer out;
  out.u32(count_);
  return out.bytes() + std::move(found_);
}

DrillRunner::Reply DrillRunner::growth_input(std::int64_t n, std::uint64_t seed) {
  random_.seed(seed, static_cast<std::uint64_t>(n));
  return evaluate([&](lua_State* L) {
    push_function(L, "input");
    lua_pushinteger(L, n);
    push_rand(L, random_);
    lua_call(L, 2, 1);
  });
}

// A function's arguments as a list, or { new = …, calls = … }: as the file would write it.
void DrillRunner::push_case(lua_State* L, wire::Reader& in) {
  push_encoded(L, in);
  if (!in.ok()) _exit(2);
}

DrillRunner::Reply DrillRunner::oracle(wire::Reader& in) {
  return evaluate([&](lua_State* L) {
    push_function(L, "oracle");
    push_case(L, in);
    lua_call(L, 1, 1);
  });
}

DrillRunner::Reply DrillRunner::compare(wire::Reader& in) {
  return evaluate([&](lua_State* L) {
    push_function(L, "compare");
    for (int i = 0; i < 3; ++i) push_case(L, in);
    lua_call(L, 3, 1);
    lua_pushboolean(L, lua_toboolean(L, -1));
  });
}

DrillRunner::Reply DrillRunner::own_input(std::string_view text) {
  auto loaded = state_->run("return {" + std::string(text) + "\n}", "input", 1);
  if (!loaded) return fail(loaded.error());
  lua_rawsetp(state_->raw(), LUA_REGISTRYINDEX, &kResult);
  return evaluate([](lua_State* L) { lua_rawgetp(L, LUA_REGISTRYINDEX, &kResult); });
}

DrillRunner::Reply DrillRunner::answer_request(const Frame& frame) {
  wire::Reader in(frame.payload);
  switch (frame.kind) {
    case wire::Kind::definition: return definition();
    case wire::Kind::cases: return cases(in.u64());
    case wire::Kind::growth_input: {
      std::int64_t n = in.i64();
      return growth_input(n, in.u64());
    }
    case wire::Kind::oracle: return oracle(in);
    case wire::Kind::compare: return compare(in);
    case wire::Kind::own_input: return own_input(in.text());
    default: _exit(2);
  }
}

void DrillRunner::serve(const Frame& frame) {
  Reply reply = answer_request(frame);
  wire::Writer out;
  out.flag(reply.has_value());
  if (reply)
    out.bytes() += *reply;
  else
    out.text(reply.error().message);
  channel_.send(wire::Kind::reply, out.bytes());
}

}  // namespace rehearse::judge
