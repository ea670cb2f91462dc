// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lua/value.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "engine/lua/state.hpp"

using namespace rehearse;
using namespace rehearse::lua;

namespace {

Result<Value> read_script(const std::string& script, const ReadLimits& limits = {}) {
  auto state = State::open(Profile::submission, {});
  REQUIRE(state);
  REQUIRE((*state)->run(script, "value.lua", 1));
  auto value = read_value((*state)->raw(), -1, limits);
  CHECK(lua_gettop((*state)->raw()) == 1);
  return value;
}

// A random tree of values without nil (a table cannot hold one).
Value random_value(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
    case 0: return Value(*rc::gen::arbitrary<bool>());
    case 1: return Value(*rc::gen::arbitrary<std::int64_t>());
    case 2: return Value(*rc::gen::arbitrary<double>());
    case 3: return Value(*rc::gen::arbitrary<std::string>());
    default: break;
  }
  Table table;
  int length = *rc::gen::inRange(0, 4);
  for (int i = 0; i < length; ++i) table.array.push_back(random_value(depth - 1));
  if (*rc::gen::arbitrary<bool>()) table.fields.push_back({Value("key"), random_value(depth - 1)});
  return Value(std::move(table));
}

}  // namespace

TEST_CASE("value: a round trip through Lua loses nothing") {
  auto state = State::open(Profile::submission, {});
  REQUIRE(state);
  CHECK(rc::check([&] {
    Value value = random_value(3);
    RC_ASSERT((*state)
                  ->guarded([&](lua_State* L) {
                    push_value(L, value);
                    auto back = read_value(L, -1);
                    RC_ASSERT(back.has_value());
                    RC_ASSERT(*back == value);
                  })
                  .has_value());
  }));
}

TEST_CASE("value: integers, floats, NaN and infinities stay what they are") {
  auto value = read_script("return {3, 3.0, 0/0, 1/0, -1/0, math.mininteger, 'a\\0b'}");
  REQUIRE(value);
  const auto& array = value->table()->array;
  CHECK(array[0] == Value(3));
  CHECK(array[1] == Value(3.0));
  CHECK_FALSE(array[0] == array[1]);
  CHECK(std::isnan(*array[2].real()));
  CHECK(*array[3].real() == std::numeric_limits<double>::infinity());
  CHECK(*array[4].real() == -std::numeric_limits<double>::infinity());
  CHECK(array[5] == Value(std::numeric_limits<std::int64_t>::min()));
  CHECK(array[6] == Value(std::string("a\0b", 3)));
}

TEST_CASE("value: keys come in a fixed order, the array part apart") {
  auto value = read_script("return {10, 20, b = 1, a = 2, [-5] = 3, [0.5] = 4, [true] = 5}");
  REQUIRE(value);
  CHECK(value->table()->array.size() == 2);
  std::vector<Value> keys;
  for (const Field& field : value->table()->fields) keys.push_back(field.key);
  CHECK(keys == std::vector<Value>{Value(-5), Value(0.5), Value("a"), Value("b"), Value(true)});
}

TEST_CASE("value: what has no value is an error that names its place") {
  auto value = read_script("return {1, {2, {x = print}}}");
  REQUIRE_FALSE(value);
  CHECK(value.error().message == "[2]: [2]: [x]: a function is not a value");
  CHECK_FALSE(read_script("local t = {} t[1] = t return t"));
  CHECK_FALSE(read_script("return {[{}] = 1}"));
  CHECK_FALSE(read_script("return coroutine.create(print)"));
}

TEST_CASE("value: depth, nodes and bytes are limited") {
  ReadLimits limits;
  limits.nodes = 100;
  CHECK_FALSE(read_script("local t = {} for i = 1, 101 do t[i] = i end return t", limits));
  limits = {};
  limits.bytes = 10;
  CHECK_FALSE(read_script("return {'123456', '123456'}", limits));
  CHECK_FALSE(read_script("local t = {} for i = 1, 100 do t = {t} end return t"));
  // A graph that is small in memory and vast when unfolded.
  CHECK_FALSE(read_script("local t = {1} for i = 1, 40 do t = {t, t} end return t"));
}

TEST_CASE("value: no metamethod runs while reading") {
  auto value = read_script(R"(
    local function touched() error("a metamethod ran") end
    return setmetatable({1, 2}, {__index = touched, __len = touched, __pairs = touched, __tostring = touched}))");
  REQUIRE(value);
  CHECK(value->table()->array.size() == 2);
}

TEST_CASE("value: JSON keeps structure and writes null for what JSON lacks") {
  auto value = read_script("return {name = 'x', list = {1, 2.5, true}, nan = 0/0, empty = {}}");
  REQUIRE(value);
  CHECK(to_json(*value).dump() == R"({"empty":[],"list":[1,2.5,true],"name":"x","nan":null})");
  Value back = from_json(Json::parse(R"({"a": [1, 2.5, null], "b": {"c": true}})"));
  CHECK(*back.table()->find("b")->table()->find("c")->boolean());
  CHECK(back.table()->find("a")->table()->array[0] == Value(1));
}
