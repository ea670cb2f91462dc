// SPDX-License-Identifier: GPL-3.0-or-later
//
// C++ submissions. Where this machine has no compiler, the tests say so and pass.
#include "drills/judge/build.hpp"
#include "drills/judge/languages.hpp"
#include "drills/judge/program.hpp"
#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;
using Catch::Matchers::Contains;

namespace {

bool has_cpp() {
  const bool found = !find_language("cpp")->version().empty();
  if (!found) WARN("no C++ compiler was found here: skipped");
  return found;
}

// One folder for all, so that the runtime is compiled once.
const std::string& cache() {
  static const Folder folder;
  return folder.path();
}

SubmissionReport judged_cpp(const Drill& drill, const std::string& text,
                        GradeOptions options = grade_options(cache())) {
  return grade(drill, {"mine.cpp", "cpp", text}, options);
}

const std::string kCppHead =
    "#include <map>\n#include <optional>\n#include <string>\n#include <tuple>\n#include "
    "<unordered_map>\n#include <vector>\n#line 1\n";

std::string doubling_with(const std::string& body, const std::string& parameter = "const "
                                                                                  "std::vector<"
                                                                                  "long long>& "
                                                                                  "nums") {
  return kCppHead + "std::vector<long long> doubling(" + parameter + ") {\n" + body + "\n}\n";
}

const std::string kCppRight =
    "std::vector<long long> out;\nfor (auto n : nums) out.push_back(2 * n);\nreturn out;";

}  // namespace

TEST_CASE("cpp: a right solution is accepted behind every wall, and built once") {
  if (!has_cpp()) return;
  const Drill drill = load_text(doubling_drill());
  const SubmissionReport report = judged_cpp(drill, doubling_with(kCppRight));
  INFO(report.message);
  CHECK(verdict_of(report) == "AC");
  CHECK(report.passed() == 3);
  CHECK(report.isolation == grade_text(drill, drill.reference.at("lua")).isolation);
  auto programs = [] {
    return std::distance(std::filesystem::directory_iterator(cache()), {});
  };
  const auto before = programs();
  CHECK(verdict_of(judged_cpp(drill, doubling_with(kCppRight))) == "AC");
  CHECK(programs() == before);
}

TEST_CASE("cpp: each type looks as the table of types says") {
  if (!has_cpp()) return;
  struct Sample {
    const char *type, *values, *looks;
  };
  const auto sample = GENERATE(
      Sample{"int", "0, -1, math.maxinteger, math.mininteger", "long long"},
      Sample{"float", "0.5, 3, -0.0, 1e308, 1/0, -1/0", "double"},
      Sample{"bool", "true, false", "bool"},
      Sample{"string", "'', 'abc', 'h\\u{e9}llo', 'a\\0b'", "std::string"},
      Sample{"int[]", "{}, {1}, {1, 2, 3}", "std::vector<long long>"},
      Sample{"int[]", "{}, {1}, {1, 2, 3}", "std::vector<int>"},
      Sample{"bool[]", "{}, {true, false}", "std::vector<bool>"},
      Sample{"string[][]", "{}, {{}}, {{'a'}, {}}", "std::vector<std::vector<std::string>>"},
      Sample{"(int, string)[]", "{{1, 'a'}, {2, 'b'}}",
             "std::vector<std::tuple<long long, std::string>>"},
      Sample{"(int, string)[]", "{{1, 'a'}, {2, 'b'}}", "std::vector<std::pair<int, std::string>>"},
      Sample{"map<string, int>", "{}, {a = 1, b = 2}", "std::map<std::string, long long>"},
      Sample{"map<int, float>", "{}, {[1] = 0.5, [2] = 1, [9] = 2}",
             "std::unordered_map<int, double>"});
  INFO(sample.type << " as " << sample.looks);
  const Drill drill = load_text(mirror_drill(sample.type, sample.values));
  const std::string looks = sample.looks;
  for (const std::string& parameter : {looks, "const " + looks + "&"}) {
    const SubmissionReport report =
        judged_cpp(drill, kCppHead + looks + " mirror(" + parameter + " x) { return x; }\n");
    INFO(parameter << ": " << report.message);
    CHECK(verdict_of(report) == "AC");
  }
}

TEST_CASE("cpp: a class is made anew and called in order; an empty optional is a missing value") {
  if (!has_cpp()) return;
  const Drill drill = load_text(class_drill());
  const std::string right = kCppHead +
                            "class Bag {\n public:\n  explicit Bag(int start) : start_(start) {}\n"
                            "  void put(std::string word) { ++counts_[word]; last_ = word; }\n"
                            "  long long count(const std::string& word) const {\n"
                            "    auto found = counts_.find(word);\n"
                            "    return start_ + (found == counts_.end() ? 0 : found->second);\n  }\n"
                            "  std::optional<std::string> last() { return last_; }\n private:\n"
                            "  int start_;\n  std::map<std::string, int> counts_;\n"
                            "  std::optional<std::string> last_;\n};\n";
  const SubmissionReport report = judged_cpp(drill, right);
  INFO(report.message);
  CHECK(verdict_of(report) == "AC");
  const SubmissionReport hidden = judged_cpp(drill, "class Bag { Bag(long long) {} };\n");
  CHECK(verdict_of(hidden) == "CE");
  CHECK_THAT(hidden.message, Contains("class Bag"));
}

TEST_CASE("cpp: verdicts for what a solution can do") {
  if (!has_cpp()) return;
  Drill drill = load_text(doubling_drill());
  drill.limits.time_ms = 200;
  struct Sample {
    const char *verdict, *body, *says;
  };
  const auto sample = GENERATE(
      Sample{"CE", "return nums", "mine.cpp:2:12: error: expected ';'"},
      Sample{"CE", "#include \"/etc/passwd\"\nreturn nums;", "fatal error: /etc/passwd: "},
      Sample{"WA", "return nums;", ""},
      Sample{"RTE", "return std::vector<long long>(1, nums.at(99));", "an exception: vector::"},
      Sample{"RTE", "throw 7;", "no std::exception"},
      Sample{"RTE crash", "return {nums[99]};", "Assertion '__n < this->size()' failed"},
      Sample{"RTE crash", "volatile int* p = nullptr; *p = 1; return {};", "a segmentation fault"},
      Sample{"RTE crash", "volatile int zero = 0; return {7 / zero};", "a division by zero"},
      Sample{"RTE crash", "struct R { static long long f(long long n) { volatile char b[100]; b[0] = "
                          "1; return n ? f(n + 1) + b[0] : 0; } }; return {R::f(1)};",
             "the recursion is too deep"},
      Sample{"RTE crash", "std::exit(0);", "exit code 0"},
      Sample{"TLE cpu", "for (volatile int i = 0;; ) i = i + 1;", "processor time"},
      Sample{"MLE peak", "return std::vector<long long>(1 << 28);", "memory"},
      Sample{"OLE output", "for (;;) printf(\"%s\\n\", \"0123456789\");", "printed"});
  INFO(sample.body);
  const SubmissionReport report =
      judged_cpp(drill, "#include <cstdio>\n#include <cstdlib>\n#line 1\n" + doubling_with(sample.body));
  INFO(report.message);
  CHECK(verdict_of(report) == sample.verdict);
  CHECK_THAT(report.message, Contains(sample.says));
}

TEST_CASE("cpp: a missing or unfitting function is told by the signature") {
  if (!has_cpp()) return;
  const Drill drill = load_text(doubling_drill());
  const SubmissionReport missing = judged_cpp(drill, "int other() { return 1; }\n");
  CHECK(verdict_of(missing) == "CE");
  CHECK_THAT(missing.message,
             Contains("there is no function `doubling`") &&
                 Contains("std::vector<long long> doubling(const std::vector<long long>& nums)"));
  const SubmissionReport more = judged_cpp(drill, doubling_with(kCppRight, "std::vector<int> nums, int k"));
  CHECK(verdict_of(more) == "CE");
  CHECK_THAT(more.message, Contains("another number of parameters"));
  const SubmissionReport twice =
      judged_cpp(drill, doubling_with(kCppRight) + doubling_with("return {};", "int"));
  CHECK(verdict_of(twice) == "CE");
  CHECK_THAT(twice.message, Contains("several times with other parameters"));
  const SubmissionReport nowhere = judged_cpp(drill, "long long helper(long long);\n" +
                                                     doubling_with("return {helper(nums[0])};"));
  CHECK(verdict_of(nowhere) == "CE");
  CHECK_THAT(nowhere.message, Contains("helper(long long) is declared and defined nowhere"));
}

TEST_CASE("cpp: a number that does not fit a small type is an error and no other number") {
  if (!has_cpp()) return;
  const Drill drill = load_text(mirror_drill("int", "1, 5000000000"));
  const SubmissionReport report = judged_cpp(drill, "int mirror(int x) { return x; }\n");
  CHECK(verdict_of(report) == "WA");
  CHECK(report.cases[0].verdict == Verdict::accepted);
  CHECK_THAT(report.message, Contains("5000000000 does not fit"));
}

TEST_CASE("cpp: macros and a main of the submission's own are no hindrance") {
  if (!has_cpp()) return;
  const Drill drill = load_text(doubling_drill());
  const SubmissionReport report = judged_cpp(
      drill, kCppHead + "#define int long long\n#define all(x) x.begin(), x.end()\nusing namespace "
                     "std;\nvector<int> doubling(vector<int>& nums) {\n  for (int& n : nums) n *= "
                     "2;\n  return nums;\n}\nsigned main() { return 1; }\n");
  INFO(report.message);
  CHECK(verdict_of(report) == "AC");
}

TEST_CASE("cpp: what is printed is kept with its case") {
  if (!has_cpp()) return;
  const Drill drill = load_text(doubling_drill());
  const SubmissionReport report = judged_cpp(
      drill, "#include <iostream>\n" +
                 doubling_with("std::cout << \"got \" << nums.size() << '\\n'; " + kCppRight));
  REQUIRE(report.cases.size() == 3);
  CHECK(report.cases[1].output == "got 3\n");
}

TEST_CASE("cpp: growth of time by the clock, of memory by what the allocator counts") {
  if (!has_cpp()) return;
  const Drill drill = load_text(doubling_drill(
      "growth = { time = \"n\", memory = \"n\", sizes = { 400, 800, 1600, 3200 }, input = "
      "function(n, rand) local t = {} for i = 1, n do t[i] = i end return { t } end }"));
  const SubmissionReport right = judged_cpp(drill, doubling_with(kCppRight));
  INFO(right.message);
  CHECK(verdict_of(right) == "AC");
  REQUIRE(right.time_growth);
  REQUIRE(right.memory_growth);
  CHECK(right.time_growth->slope < 1.35);
  CHECK(right.time_growth->costs.back() > 0);
  CHECK(right.memory_growth->costs == judged_cpp(drill, doubling_with(kCppRight)).memory_growth->costs);
  const SubmissionReport slow = judged_cpp(
      drill, doubling_with("std::vector<long long> out;\nfor (auto n : nums) out.insert(out.begin(), "
                           "2 * n);\nlong long sum = 0;\nfor (auto a : nums) for (auto b : nums) sum "
                           "+= a ^ b;\nvolatile long long kept = sum;\n(void)kept;\n" +
                           ("std::vector<long long> twice;\n" +
                            std::string("for (auto n : nums) twice.push_back(2 * n);\nreturn twice;"))));
  INFO(slow.message);
  CHECK(verdict_of(slow) == "TLE growth");
  const SubmissionReport large = judged_cpp(
      drill, doubling_with("std::vector<long long> table(nums.size() * nums.size(), 1);\nvolatile "
                           "long long kept = table.back();\n(void)kept;\n" + kCppRight));
  INFO(large.message);
  CHECK_FALSE(large.accepted());
}

TEST_CASE("cpp: it runs behind whichever walls the machine gives") {
  if (!has_cpp()) return;
  const Drill drill = load_text(doubling_drill());
  const auto runtime = find_language("cpp")->runtime(drill.signature);
  REQUIRE(runtime);
  const std::uint32_t walls =
      GENERATE(std::uint32_t{0}, wire::kAllWalls & ~wire::kNamespaces,
               wire::kAllWalls & ~wire::kLandlock, wire::kAllWalls & ~wire::kSeccomp,
               std::uint32_t{wire::kNamespaces}, std::uint32_t{wire::kAllWalls});
  INFO(walls);
  Program program(drill.signature, *runtime, "mine.cpp", doubling_with(kCppRight), {},
                  workshop(cache()), walls);
  Input input;
  input.args = {Value(Table{{Value(1), Value(2)}, {}})};
  const Outcome outcome = program.run(input, 1);
  INFO(outcome.message);
  REQUIRE(outcome.how == Outcome::How::answered);
  REQUIRE(outcome.value.table());
  CHECK(outcome.value.table()->array == std::vector<Value>{Value(2), Value(4)});
  CHECK((program.walls_up() & ~walls) == 0);
}

TEST_CASE("cpp: a build tells that it begins, and a stop ends it") {
  if (!has_cpp()) return;
  const Drill drill = load_text(doubling_drill());
  const std::string text = doubling_with("// stopped at first\n" + kCppRight);
  int builds = 0;
  std::stop_source stop;
  GradeOptions options = grade_options(cache());
  options.stop = stop.get_token();
  options.on_build = [&] { ++builds, stop.request_stop(); };
  const SubmissionReport stopped = judged_cpp(drill, text, options);
  CHECK(stopped.verdict == Verdict::judge_error);
  CHECK(stopped.reason == "stopped");
  CHECK(builds == 1);
  options.stop = {};
  CHECK(judged_cpp(drill, text, options).accepted());
  CHECK(builds == 2);
  CHECK(judged_cpp(drill, text, options).accepted());
  CHECK(builds == 2);
}

TEST_CASE("cpp: a starter runs as it is") {
  if (!has_cpp()) return;
  for (const std::string& text : {doubling_drill(), class_drill()}) {
    const Drill drill = load_text(text);
    const auto file = starter(drill.signature, "cpp");
    REQUIRE(file);
    INFO(*file);
    const SubmissionReport report = judged_cpp(drill, *file);
    INFO(report.message);
    CHECK(verdict_of(report) == "WA");  // it compiles, and answers nothing yet
  }
}
