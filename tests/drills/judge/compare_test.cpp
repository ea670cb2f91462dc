// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/compare.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace rehearse;
using namespace rehearse::judge;

namespace {

const Compare kExact{Compare::How::exact, 0};
const Compare kUnordered{Compare::How::unordered, 0};

Compare tolerance(double t) { return {Compare::How::tolerance, t}; }
Type type(const std::string& text) { return *parse_type(text); }
Value list(std::vector<Value> elements) { return Value(Table{std::move(elements), {}}); }

Value ints(const std::vector<int>& numbers) {
  Table table;
  for (int n : numbers) table.array.emplace_back(n);
  return Value(std::move(table));
}

bool equal(const Compare& how, const std::string& t, const Value& expected, const Value& got) {
  return compare_values(how, type(t), expected, got).equal;
}

}  // namespace

TEST_CASE("compare: exact means exact, and the first difference is named") {
  CHECK(equal(kExact, "int[]", ints({1, 2}), ints({1, 2})));
  Comparison other = compare_values(kExact, type("int[]"), ints({1, 2, 3}), ints({1, 5, 4}));
  CHECK_FALSE(other.equal);
  CHECK(other.difference == "[2]: 5 instead of 2");
  CHECK(compare_values(kExact, type("int[]"), ints({1, 2}), ints({1})).difference ==
        "1 values instead of 2");
  CHECK(compare_values(kExact, type("int[][]"), list({ints({1}), ints({2})}),
                       list({ints({1}), ints({3})}))
            .difference == "[2][1]: 3 instead of 2");
}

TEST_CASE("compare: NaN equals NaN alone, zero equals minus zero") {
  double nan = std::nan("");
  for (const Compare& how : {kExact, tolerance(0.1), tolerance(1e300)}) {
    CHECK(equal(how, "float", Value(nan), Value(nan)));
    CHECK_FALSE(equal(how, "float", Value(nan), Value(1.0)));
    CHECK_FALSE(equal(how, "float", Value(1.0), Value(nan)));
    CHECK(equal(how, "float", Value(0.0), Value(-0.0)));
    CHECK_FALSE(equal(how, "float", Value(INFINITY), Value(-INFINITY)));
    CHECK(equal(how, "float", Value(INFINITY), Value(INFINITY)));
    CHECK_FALSE(equal(how, "float", Value(1e308), Value(INFINITY)));
  }
}

TEST_CASE("compare: a tolerance is absolute below one and relative above") {
  CHECK(equal(tolerance(1e-6), "float", Value(0.5), Value(0.5 + 0.9e-6)));
  CHECK_FALSE(equal(tolerance(1e-6), "float", Value(0.5), Value(0.5 + 1.1e-6)));
  CHECK(equal(tolerance(1e-6), "float", Value(1e6), Value(1e6 + 0.9)));
  CHECK_FALSE(equal(tolerance(1e-6), "float", Value(1e6), Value(1e6 + 1.1)));
  CHECK(equal(tolerance(1e-6), "(float, int)[]", list({list({1.0, 2})}),
              list({list({1.0 + 1e-7, 2})})));
  CHECK_FALSE(
      equal(tolerance(1e-6), "(float, int)[]", list({list({1.0, 2})}), list({list({1.0, 3})})));
}

TEST_CASE("compare: unordered lists are equal exactly when one is a permutation of the other") {
  CHECK(rc::check([] {
    auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
    auto others = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
    bool permuted =
        std::is_permutation(numbers.begin(), numbers.end(), others.begin(), others.end());
    RC_ASSERT(equal(kUnordered, "int[]", ints(numbers), ints(others)) == permuted);
    auto reversed = numbers;
    std::reverse(reversed.begin(), reversed.end());
    RC_ASSERT(equal(kUnordered, "int[]", ints(numbers), ints(reversed)));
  }));
}

TEST_CASE("compare: unordered opens lists at every depth and keeps tuples in order") {
  CHECK(equal(kUnordered, "string[][]", list({list({"a", "b"}), list({"c"})}),
              list({list({"c"}), list({"b", "a"})})));
  CHECK(equal(kUnordered, "(int, int)[]", list({ints({1, 2}), ints({3, 4})}),
              list({ints({3, 4}), ints({1, 2})})));
  CHECK_FALSE(equal(kUnordered, "(int, int)[]", list({ints({1, 2})}), list({ints({2, 1})})));
  Comparison other = compare_values(kUnordered, type("int[]"), ints({3, 1, 2}), ints({2, 9, 3}));
  CHECK(other.difference == "1 is missing; 9 does not belong there");
}

TEST_CASE("compare: maps by key, with the key in the message") {
  auto map = [](std::vector<Field> fields) { return Value(Table{{}, std::move(fields)}); };
  Value expected = map({{Value("a"), Value(1)}, {Value("b"), Value(2)}});
  CHECK(equal(kExact, "map<string, int>", expected,
              map({{Value("a"), Value(1)}, {Value("b"), Value(2)}})));
  CHECK(compare_values(kExact, type("map<string, int>"), expected, map({{Value("a"), Value(1)}}))
            .difference == "the key \"b\" is missing");
  CHECK(compare_values(kExact, type("map<string, int>"), expected,
                       map({{Value("a"), Value(1)}, {Value("b"), Value(3)}}))
            .difference == "[\"b\"]: 3 instead of 2");
}

TEST_CASE("compare: of a class the first call that differs is named") {
  Drill drill;
  drill.signature = *parse_signature("class C()\n put(x: int)\n get(x: int) -> int");
  Input input{{}, {{"put", {1}}, {"get", {1}}, {"get", {2}}}};
  auto same = compare_answers(drill, input, list({Value(), 1, 2}), list({Value(), 1, 2}), nullptr);
  REQUIRE(same);
  CHECK(same->equal);
  auto other = compare_answers(drill, input, list({Value(), 1, 2}), list({Value(), 1, 7}), nullptr);
  REQUIRE(other);
  CHECK(other->call == 3);
  CHECK(other->difference == "call 3, get(2): 7 instead of 2");
}
