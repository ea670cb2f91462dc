// SPDX-License-Identifier: GPL-3.0-or-later
//
// Python submissions. Where this machine has no Python, the tests say so and pass.
#include "drills/judge/languages.hpp"
#include "drills/judge/program.hpp"
#include "drills/judge/signature.hpp"
#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;
using Catch::Matchers::Contains;

namespace {

bool has_python() {
  const bool found = !find_language("python")->version().empty();
  if (!found) WARN("Python 3 was not found here: skipped");
  return found;
}

SubmissionReport judged(const Drill& drill, const std::string& text, GradeOptions options) {
  return grade(drill, {"mine.py", "python", text}, options);
}

SubmissionReport judged(const Drill& drill, const std::string& text) {
  return judged(drill, text, grade_options());
}

}  // namespace

TEST_CASE("python: a right solution is accepted behind every wall") {
  if (!has_python()) return;
  const Drill drill = load_text(doubling_drill());
  const SubmissionReport report =
      judged(drill, "def doubling(nums):\n    return [2 * n for n in nums]\n");
  INFO(report.message);
  CHECK(verdict_of(report) == "AC");
  CHECK(report.passed() == 3);
  const SubmissionReport lua = grade_text(drill, drill.reference.at("lua"));
  CHECK(report.isolation == lua.isolation);
}

TEST_CASE("python: each type looks as the table of types says") {
  if (!has_python()) return;
  struct Sample {
    const char *type, *values, *check;
  };
  const auto sample = GENERATE(
      Sample{"int", "0, -1, math.maxinteger, math.mininteger", "type(x) is int"},
      Sample{"float", "0.5, 3, -0.0, 1e308", "type(x) is float"},
      Sample{"bool", "true, false", "type(x) is bool"},
      Sample{"string", "'', 'abc', 'h\\u{e9}llo'", "type(x) is str"},
      Sample{"int[]", "{}, {1}, {1, 2, 3}", "type(x) is list and all(type(i) is int for i in x)"},
      Sample{"string[][]", "{}, {{}}, {{'a'}, {}}", "all(type(i) is list for i in x)"},
      Sample{"(int, string)[]", "{{1, 'a'}, {2, 'b'}}", "all(type(i) is tuple for i in x)"},
      Sample{"map<string, int>", "{}, {a = 1, b = 2}", "type(x) is dict"},
      Sample{"map<int, float>", "{}, {[1] = 0.5, [2] = 1, [9] = 2}",
             "all(type(k) is int and type(v) is float for k, v in x.items())"});
  INFO(sample.type);
  const Drill drill = load_text(mirror_drill(sample.type, sample.values));
  const SubmissionReport report = judged(
      drill, std::string("def mirror(x):\n    assert ") + sample.check + ", x\n    return x\n");
  INFO(report.message);
  CHECK(verdict_of(report) == "AC");
}

TEST_CASE("python: a class is made anew and called in order; None is a missing value") {
  if (!has_python()) return;
  const Drill drill = load_text(class_drill());
  const std::string right =
      "class Bag:\n"
      "    def __init__(self, start):\n        self.start, self.counts, self.newest = start, {}, "
      "None\n"
      "    def put(self, word):\n"
      "        self.counts[word] = self.counts.get(word, 0) + 1\n        self.newest = word\n"
      "    def count(self, word):\n        return self.start + self.counts.get(word, 0)\n"
      "    def last(self):\n        return self.newest\n";
  const SubmissionReport report = judged(drill, right);
  INFO(report.message);
  CHECK(verdict_of(report) == "AC");
  const SubmissionReport broken =
      judged(drill, "class Bag:\n    def __init__(self, start): pass\n");
  CHECK(verdict_of(broken) == "RTE");
  CHECK_THAT(broken.message, Contains("call 1 (last)") && Contains("no method of this name"));
}

TEST_CASE("python: verdicts for what a solution can do") {
  if (!has_python()) return;
  Drill drill = load_text(doubling_drill());
  drill.limits.time_ms = 100;
  struct Sample {
    const char *verdict, *code, *says;
  };
  const auto sample = GENERATE(
      Sample{"CE", "def doubling(nums)\n    return nums\n", "mine.py:1: expected ':'"},
      Sample{"CE", "def other(nums):\n    return nums\n", "no global function `doubling`"},
      Sample{"RTE", "def doubling(nums):\n\n    return nums[99]\n", "mine.py:3: IndexError"},
      Sample{"RTE", "raise SystemExit('done')\n", "mine.py:1: SystemExit: done"},
      Sample{"WA", "def doubling(nums):\n    return nums\n", ""},
      Sample{"WA", "def doubling(nums):\n    return 'abc'\n", "int[] is due"},
      Sample{"WA", "def doubling(nums):\n    return {1, 2}\n", "a value of type set"},
      Sample{"TLE cpu", "def doubling(nums):\n    while True: pass\n", "processor time"},
      Sample{"MLE peak", "def doubling(nums):\n    return [0] * (1 << 40)\n", "memory"},
      Sample{"OLE output", "def doubling(nums):\n    while True: print('x' * 1000)\n", "printed"});
  INFO(sample.code);
  const SubmissionReport report = judged(drill, sample.code);
  INFO(report.message);
  CHECK(verdict_of(report) == sample.verdict);
  CHECK_THAT(report.message, Contains(sample.says));
}

TEST_CASE("python: what is printed is kept with its case") {
  if (!has_python()) return;
  const Drill drill = load_text(doubling_drill());
  const SubmissionReport report =
      judged(drill, "def doubling(nums):\n    print('got', len(nums))\n    return nums + nums\n");
  REQUIRE(report.cases.size() == 3);
  CHECK(report.cases[1].output == "got 3\n");
}

TEST_CASE("python: growth is measured by the clock of the process") {
  if (!has_python()) return;
  const Drill drill = load_text(doubling_drill(
      "growth = { time = \"n\", sizes = { 400, 800, 1600, 3200 }, input = function(n, rand) "
      "local t = {} for i = 1, n do t[i] = i end return { t } end }"));
  const SubmissionReport right =
      judged(drill, "def doubling(nums):\n    return [2 * n for n in nums]\n");
  INFO(right.message);
  CHECK(verdict_of(right) == "AC");
  REQUIRE(right.time_growth);
  CHECK(right.time_growth->unit == "microseconds");
  CHECK_FALSE(right.memory_growth);
  const SubmissionReport slow = judged(
      drill,
      "def doubling(nums):\n    out = []\n    for n in nums:\n"
      "        out = out + [n * 2]\n        out.count(0)\n        out.count(1)\n    return out\n");
  INFO(slow.message);
  CHECK(verdict_of(slow) == "TLE growth");
}

TEST_CASE("python: a seed gives the same random numbers and the same order of sets") {
  if (!has_python()) return;
  const Drill drill = load_text(mirror_drill("int", "1, 2, 3"));
  const std::string text =
      "import random\n\n\ndef mirror(x):\n"
      "    print(random.random(), list({'a', 'b', 'c', 'd', 'e'}))\n    return x\n";
  const SubmissionReport first = judged(drill, text), again = judged(drill, text);
  REQUIRE(first.cases.size() == 3);
  CHECK_FALSE(first.cases[0].output.empty());
  for (std::size_t i = 0; i < 3; ++i) CHECK(first.cases[i].output == again.cases[i].output);
  CHECK(first.cases[0].output != first.cases[1].output);
}

TEST_CASE("python: it runs behind whichever walls the machine gives") {
  if (!has_python()) return;
  const Drill drill = load_text(doubling_drill());
  const auto runtime = find_language("python")->runtime(drill.signature);
  REQUIRE(runtime);
  const std::uint32_t walls =
      GENERATE(std::uint32_t{0}, wire::kAllWalls & ~wire::kNamespaces,
               wire::kAllWalls & ~wire::kLandlock, wire::kAllWalls & ~wire::kSeccomp,
               std::uint32_t{wire::kNamespaces}, std::uint32_t{wire::kAllWalls});
  INFO(walls);
  Program program(drill.signature, *runtime, "mine.py",
                  "import collections, hashlib, random\n\n\ndef doubling(nums):\n"
                  "    return [2 * n for n in nums]\n",
                  {}, workshop(), walls);
  Input input;
  input.args = {Value(Table{{Value(1), Value(2)}, {}})};
  const Outcome outcome = program.run(input, 1);
  INFO(outcome.message);
  REQUIRE(outcome.how == Outcome::How::answered);
  REQUIRE(outcome.value.table());
  CHECK(outcome.value.table()->array == std::vector<Value>{Value(2), Value(4)});
  CHECK((program.walls_up() & ~walls) == 0);
}

TEST_CASE("python: a starter runs as it is") {
  if (!has_python()) return;
  for (const std::string& text : {doubling_drill(), class_drill()}) {
    const Drill drill = load_text(text);
    const auto file = starter(drill.signature, "python");
    REQUIRE(file);
    INFO(*file);
    CHECK(verdict_of(judged(drill, *file)) == "WA");  // it loads, and answers nothing yet
  }
}
