// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/signature.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace rehearse;
using namespace rehearse::judge;

namespace {

Type type(const std::string& text) {
  auto parsed = parse_type(text);
  REQUIRE(parsed);
  return *parsed;
}

Value list(std::vector<Value> elements) { return Value(Table{std::move(elements), {}}); }

}  // namespace

TEST_CASE("signature: every type is read and written back") {
  for (std::string text :
       {"int", "float", "bool", "string", "int[]", "int[][]", "string?", "int[]?", "(int, int)[]",
        "map<string, int[]>", "map<int, (float, string)>", "(int, map<bool, string>)[]"}) {
    CAPTURE(text);
    CHECK(to_text(type(text)) == text);
  }
}

TEST_CASE("signature: what is no type is an error that says where") {
  for (std::string text :
       {"", "integer", "int[", "int?[]", "int??", "(int)", "(int, int", "map<int>",
        "map<float, int>", "map<string, int?>", "int int", "(int?, int)"}) {
    CAPTURE(text);
    auto parsed = parse_type(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().message.find("signature, line 1") == 0);
  }
}

TEST_CASE("signature: a function has a name, parameters and a result") {
  auto signature = parse_signature("k_most_frequent(words: string[], k: int) -> string[]");
  REQUIRE(signature);
  CHECK_FALSE(signature->is_class);
  CHECK(signature->function.name == "k_most_frequent");
  REQUIRE(signature->function.parameters.size() == 2);
  CHECK(signature->function.parameters[1].name == "k");
  CHECK(to_text(*signature) == "k_most_frequent(words: string[], k: int) -> string[]");
}

TEST_CASE("signature: a class has a constructor and methods, with or without results") {
  auto signature = parse_signature(R"(
    class TtlStore()
      set(key: string, value: string, ttl_s: int, now_s: int)
      get(key: string, now_s: int) -> string?
      size(now_s: int) -> int
  )");
  REQUIRE(signature);
  CHECK(signature->is_class);
  REQUIRE(signature->methods.size() == 3);
  CHECK(signature->method("set")->result.kind == Type::Kind::nothing);
  CHECK(signature->method("get")->result == type("string?"));
  CHECK(signature->method("none") == nullptr);
  auto again = parse_signature(to_text(*signature));
  REQUIRE(again);
  CHECK(to_text(*again) == to_text(*signature));
}

TEST_CASE("signature: names that are keywords somewhere, doubles and leftovers are refused") {
  for (std::string text :
       {"f(end: int) -> int", "f(class: int) -> int", "lambda(x: int) -> int",
        "f(x: int, x: int) -> int", "f(x: int)", "f(x: int) -> int int", "class C()",
        "class C() -> int\n m()", "class C()\n m()\n m()", "f x: int -> int", "f(x int) -> int",
        "f(x: int -> int", "1f() -> int"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_signature(text));
  }
  auto late = parse_signature("class C()\n  good() -> int\n  bad(x: what)");
  REQUIRE_FALSE(late);
  CHECK(late.error().message.find("line 3") != std::string::npos);
}

TEST_CASE("conform: whole floats are integers, integers are floats, nothing else bends") {
  CHECK(*conform(Value(3.0), type("int")) == Value(3));
  CHECK(*conform(Value(-0x1p63), type("int")) == Value(std::numeric_limits<std::int64_t>::min()));
  CHECK_FALSE(conform(Value(0x1p63), type("int")));
  CHECK_FALSE(conform(Value(2.5), type("int")));
  CHECK_FALSE(conform(Value(std::nan("")), type("int")));
  CHECK_FALSE(conform(Value("3"), type("int")));
  CHECK(*conform(Value(3), type("float")) == Value(3.0));
  CHECK_FALSE(conform(Value(1), type("bool")));
  CHECK_FALSE(conform(Value(1), type("string")));
  CHECK_FALSE(conform(Value(), type("int")));
  CHECK(conform(Value(), type("int?"))->is_nil());
  CHECK(*conform(Value(4), type("int?")) == Value(4));
}

TEST_CASE("conform: lists have no holes and no other keys, tuples have their length") {
  CHECK(*conform(list({1, 2.0}), type("int[]")) == list({1, 2}));
  auto holes = conform(list({1, Value(), 3}), type("int[]"));
  REQUIRE_FALSE(holes);
  CHECK(holes.error().message == "[2]: nil where int is due");
  CHECK_FALSE(conform(Value(Table{{1}, {{Value("x"), Value(2)}}}), type("int[]")));
  // Lua may keep key 2 outside the array part.
  CHECK(*conform(Value(Table{{1}, {{Value(2), Value(5)}}}), type("int[]")) == list({1, 5}));
  CHECK(*conform(list({1, "a"}), type("(int, string)")) == list({1, "a"}));
  CHECK_FALSE(conform(list({1}), type("(int, string)")));
  CHECK_FALSE(conform(list({1, "a", 2}), type("(int, string)")));
  auto deep = conform(list({list({1}), list({"x"})}), type("int[][]"));
  REQUIRE_FALSE(deep);
  CHECK(deep.error().message == "[2][1]: a string where int is due");
}

TEST_CASE("conform: map keys are fields in order, wherever Lua kept them") {
  auto map = conform(Value(Table{{10, 20}, {{Value(-1), Value(5)}}}), type("map<int, int>"));
  REQUIRE(map);
  const auto& fields = map->table()->fields;
  REQUIRE(fields.size() == 3);
  CHECK(fields[0].key == Value(-1));
  CHECK(fields[2].key == Value(2));
  CHECK(conform(list({}), type("map<string, int>"))->table()->empty());
  CHECK_FALSE(conform(list({1}), type("map<string, int>")));
}

TEST_CASE("conform: arguments are counted and named") {
  auto signature = parse_signature("f(nums: int[], k: int, note: string?) -> int");
  REQUIRE(signature);
  const auto& parameters = signature->function.parameters;
  CHECK(conform_arguments({list({}), 1}, parameters, "case")->size() == 3);
  CHECK_FALSE(conform_arguments({list({})}, parameters, "case"));
  CHECK_FALSE(conform_arguments({list({}), 1, Value(), 4}, parameters, "case"));
  auto wrong = conform_arguments({list({"x"}), 1}, parameters, "case");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message == "case: `nums`[1]: a string where int is due");
}

TEST_CASE("show: values look like their type, and control bytes never get out") {
  CHECK(show(list({1, 2}), type("int[]")) == "[1, 2]");
  CHECK(show(list({list({1, 2.0})}), type("(int, float)[]")) == "[(1, 2.0)]");
  CHECK(show(Value(Table{{}, {{Value("a"), Value(1)}}}), type("map<string, int>")) == "{\"a\": 1}");
  CHECK(show(Value(), type("int?")) == "none");
  CHECK(show(Value(std::nan("")), type("float")) == "nan");
  CHECK(show(Value(std::string("\x1b[2J\0\xff\"", 7)), type("string")) ==
        "\"\\x1B[2J\\x00\\xFF\\\"\"");
  std::string shown = show(list(std::vector<Value>(5000, Value(7))), type("int[]"), 100);
  CHECK(shown.size() < 150);
  CHECK(shown.find("5000 values in all") != std::string::npos);
}

TEST_CASE("json: NaN and infinities are words, tuples are arrays, maps are objects") {
  CHECK(to_json(list({Value(std::nan("")), Value(-INFINITY), 1.5}), type("float[]")).dump() ==
        R"(["NaN","-Infinity",1.5])");
  CHECK(to_json(Value(Table{{}, {{Value(3), Value("x")}}}), type("map<int, string>")).dump() ==
        R"({"3":"x"})");
  CHECK(to_json(Value(std::string("\xff\x01")), type("string")).dump() == R"("\\xFF\\x01")");
}
