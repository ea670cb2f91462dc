// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/shrink.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "drills/judge/domain.hpp"

using namespace rehearse;
using namespace rehearse::judge;

namespace {

Value ints(const std::vector<int>& numbers) {
  Table table;
  for (int n : numbers) table.array.emplace_back(n);
  return Value(std::move(table));
}

std::vector<std::int64_t> numbers(const Value& value) {
  std::vector<std::int64_t> result;
  for (const Value& element : value.table()->array) result.push_back(*element.integer());
  return result;
}

Signature signature(const std::string& text) { return *parse_signature(text); }

std::vector<int> upto(int n) {
  std::vector<int> result;
  for (int i = 1; i <= n; ++i) result.push_back(i);
  return result;
}

}  // namespace

TEST_CASE("shrink: only what the failure needs is left") {
  Signature f = signature("f(nums: int[], k: int) -> int");
  auto fails = [](const Input& input) {
    auto list = numbers(input.args[0]);
    return std::any_of(list.begin(), list.end(), [](std::int64_t n) { return n >= 100; }) &&
           *input.args[1].integer() >= 3;
  };
  std::vector<int> many = upto(300);
  many[211] = 70000;
  Input smallest = shrink(f, {{ints(many), Value(41)}, {}}, fails);
  CHECK(numbers(smallest.args[0]) == std::vector<std::int64_t>{100});
  CHECK(*smallest.args[1].integer() == 3);
}

TEST_CASE("shrink: what it gives back always fails, and is never larger") {
  Signature f = signature("f(words: string[]) -> int");
  Table words;
  for (int i = 0; i < 50; ++i)
    words.array.emplace_back(std::string(static_cast<std::size_t>(i % 7), 'a'));
  auto fails = [](const Input& input) {
    std::size_t total = 0;
    for (const Value& word : input.args[0].table()->array) total += word.string()->size();
    return total >= 9;
  };
  Input start{{Value(words)}, {}};
  Input smallest = shrink(f, start, fails);
  CHECK(fails(smallest));
  CHECK(size_of(smallest) < size_of(start));
  CHECK(size_of(smallest) <= 12);
}

TEST_CASE("shrink: an input that fails only as it is stays as it is") {
  Signature f = signature("f(nums: int[]) -> int");
  Input start{{ints({3, 1, 2})}, {}};
  Input same = shrink(f, start, [&](const Input& input) { return input == start; });
  CHECK(same == start);
}

TEST_CASE("shrink: calls that do not matter are left out") {
  Signature c = signature("class C(start: int)\n put(x: int)\n get(x: int) -> int");
  Input start{{Value(9)}, {}};
  for (int i = 0; i < 100; ++i) start.calls.push_back({i % 3 ? "put" : "get", {Value(i)}});
  auto fails = [](const Input& input) {
    bool put = false;
    for (const Call& call : input.calls) {
      if (call.method == "put") put = true;
      if (call.method == "get" && put) return true;
    }
    return false;
  };
  Input smallest = shrink(c, start, fails);
  REQUIRE(smallest.calls.size() == 2);
  CHECK(smallest.calls[0].method == "put");
  CHECK(*smallest.calls[0].args[0].integer() == 0);
  CHECK(*smallest.args[0].integer() == 0);
}

TEST_CASE("shrink: a grid loses whole columns, so that its rows stay alike") {
  Signature f = signature("f(grid: string[]) -> int");
  Table grid;
  for (int i = 0; i < 8; ++i) grid.array.emplace_back("010010110010");
  auto fails = [](const Input& input) {
    const auto& rows = input.args[0].table()->array;
    bool alike = std::all_of(rows.begin(), rows.end(), [&](const Value& row) {
      return row.string()->size() == rows[0].string()->size();
    });
    return alike && rows.size() >= 2 && rows[0].string()->find("11") != std::string::npos;
  };
  Input smallest = shrink(f, {{Value(grid)}, {}}, fails);
  CHECK(smallest.args[0].table()->array.size() == 2);
  CHECK(*smallest.args[0].table()->array[0].string() == "11");
}

TEST_CASE("shrink: the number of tries is bounded") {
  Signature f = signature("f(nums: int[]) -> int");
  int tries = 0;
  auto never = [&](const Input&) { return ++tries, false; };
  shrink(f, {{ints(upto(5000))}, {}}, never, {100, 1'000'000'000});
  CHECK(tries == 100);
}

TEST_CASE("domain: ranges, lengths, order and relations of the cases are kept") {
  Signature f = signature("f(nums: int[], k: int, spans: (int, int)[]) -> int");
  Domain domain(f);
  auto spans = [](std::vector<std::pair<int, int>> pairs) {
    Table table;
    for (auto [a, b] : pairs) table.array.push_back(ints({a, b}));
    return Value(std::move(table));
  };
  auto input = [&](std::vector<int> nums, int k, std::vector<std::pair<int, int>> pairs) {
    return Input{{ints(nums), Value(k), spans(std::move(pairs))}, {}};
  };
  domain.learn(input({1, 4, 4, 9}, 2, {{1, 5}, {2, 3}, {0, 9}}));
  domain.learn(input({-3}, 1, {}));
  domain.learn(input({0, 2, 7, 8, 9}, 5, {{4, 6}}));
  CHECK(domain.allows(input({1, 4}, 1, {{1, 3}})));
  CHECK_FALSE(domain.allows(input({}, 1, {})));            // never empty
  CHECK_FALSE(domain.allows(input({1, 4}, 3, {})));        // k ≤ #nums in every case
  CHECK_FALSE(domain.allows(input({1, 4}, 0, {})));        // k ≥ 1 in every case
  CHECK_FALSE(domain.allows(input({4, 1}, 1, {})));        // ascending in every case
  CHECK_FALSE(domain.allows(input({1, 4}, 1, {{2, 2}})));  // start before end in every case
  CHECK_FALSE(domain.allows(input({1, 400}, 1, {})));      // beyond what was seen
}

TEST_CASE("domain: letters, row lengths and methods that never occurred are kept out") {
  Signature f = signature("f(grid: string[]) -> int");
  Domain domain(f);
  auto grid = [](std::vector<const char*> rows) {
    Table table;
    for (const char* row : rows) table.array.emplace_back(row);
    return Input{{Value(std::move(table))}, {}};
  };
  domain.learn(grid({"010", "111", "000"}));
  domain.learn(grid({"1"}));
  CHECK(domain.allows(grid({"10", "01"})));
  CHECK_FALSE(domain.allows(grid({"10", "0"})));
  CHECK_FALSE(domain.allows(grid({"12"})));
  CHECK_FALSE(domain.allows(grid({})));

  Signature c = signature("class C()\n a()\n b(x: int?)");
  Domain calls(c);
  calls.learn({{}, {{"b", {Value()}}}});
  CHECK(calls.allows({{}, {{"b", {Value()}}}}));
  CHECK_FALSE(calls.allows({{}, {{"a", {}}}}));
  CHECK_FALSE(calls.allows({{}, {}}));
}
