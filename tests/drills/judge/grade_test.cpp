// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/grade.hpp"

#include <atomic>
#include <thread>

#include "drills/judge/languages.hpp"
#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;

namespace {
const char* const kRight =
    "function doubling(nums) local out = {} for i = 1, #nums do out[i] = nums[i] * 2 end return "
    "out end";
}

TEST_CASE("grade: a right solution is accepted, with time and memory per case") {
  Drill drill = load_text(doubling_drill());
  SubmissionReport report = grade_text(drill, kRight);
  CHECK(verdict_of(report) == "AC");
  CHECK(report.passed() == 3);
  CHECK(report.cases[2].memory_kb > 0);
  CHECK_FALSE(report.first_failure);
  CHECK(std::count(report.isolation.begin(), report.isolation.end(), "rlimits") == 1);
}

TEST_CASE("grade: a wrong answer is shrunk, shown beside the right one, and its pitfall is named") {
  Drill drill = load_text(doubling_drill());
  SubmissionReport report = grade_text(drill, drill.wrong[0].code);
  CHECK(verdict_of(report) == "WA");
  REQUIRE(report.first_failure);
  const FirstFailure& failure = *report.first_failure;
  CHECK(failure.case_name == "three");
  CHECK(report.pitfall == "adds two");
  CHECK(failure.pitfall_why == "It adds two instead of doubling.");
  CHECK(failure.shrunk);
  CHECK(failure.input_text == "nums = [0]");
  CHECK(failure.expected_text == "[0]");
  CHECK(failure.got_text == "[2]");
  CHECK(failure.message == "[1]: 2 instead of 0");
}

TEST_CASE("grade: verdicts for what a Lua solution can do") {
  Drill drill = load_text(doubling_drill());
  drill.limits.time_ms = 200;
  struct Sample {
    const char* verdict;
    const char* code;
    const char* says;
  };
  for (Sample sample : {
           Sample{"CE", "function doubling(nums) return end end", "mine.lua:1:"},
           Sample{"CE", "local function doubling() end", "leaves no global function `doubling`"},
           Sample{"CE", "doubling = 3", "is a number"},
           Sample{"RTE", "function doubling(nums) return nums.x.y end", "mine.lua:1:"},
           Sample{"RTE", "error('at load')\nfunction doubling() end", "at load"},
           Sample{"WA", "function doubling(nums) return 7 end", "an integer where int[] is due"},
           Sample{"WA", "function doubling(nums) return { 1, 'x' } end",
                  "[2]: a string where int is due"},
           Sample{"WA", "function doubling(nums) return { print } end", "[1]: a function"},
           Sample{"TLE cpu", "function doubling(nums) while true do end end",
                  "200 ms of processor time"},
           Sample{"MLE peak", "function doubling(nums) return string.rep('x', 1 << 26) end",
                  "more than 32 MB"},
           Sample{"OLE output", "function doubling(nums) while true do print('x') end end",
                  "printed"},
       }) {
    CAPTURE(sample.code);
    SubmissionReport report = grade_text(drill, sample.code);
    CHECK(verdict_of(report) == sample.verdict);
    CAPTURE(report.message);
    CHECK(report.message.find(sample.says) != std::string::npos);
  }
}

TEST_CASE(
    "grade: a caught refusal of memory is forgiven when the answer is right, and not when it is "
    "wrong") {
  Drill drill = load_text(doubling_drill());
  std::string caught = "pcall(string.rep, 'x', 1 << 27) ";
  std::string right = "function doubling(nums) " + caught +
                      "local o = {} for i, n in ipairs(nums) do o[i] = 2 * n end return o end";
  CHECK(verdict_of(grade_text(drill, right)) == "AC");
  CHECK(verdict_of(grade_text(drill, "function doubling(nums) " + caught + "return { 1 } end")) ==
        "MLE peak");
  CHECK(verdict_of(grade_text(drill, "function doubling(nums) " + caught + "error('x') end")) ==
        "MLE peak");
}

TEST_CASE("grade: cases share nothing, and random numbers repeat") {
  Drill drill = load_text(doubling_drill());
  std::string counts =
      "seen = (seen or 0) + 1\nstring.count = (string.count or 0) + 1\n"
      "function doubling(nums) if seen > 1 or string.count > 1 then return {} end local o = {} "
      "for i, n in ipairs(nums) do o[i] = 2 * n end return o end";
  CHECK(verdict_of(grade_text(drill, counts)) == "AC");
  std::string prints = "function doubling(nums) print(math.random(1, 1 << 40)) return {} end";
  SubmissionReport first = grade_text(drill, prints), second = grade_text(drill, prints);
  for (std::size_t i = 0; i < first.cases.size(); ++i)
    CHECK(first.cases[i].output == second.cases[i].output);
  CHECK(first.cases[1].output != first.cases[2].output);
}

TEST_CASE("grade: the order of pairs repeats from process to process") {
#ifdef REHEARSE_SANITIZE
  WARN("a sanitizer's worker is not linked at fixed addresses: skipped");
  return;
#endif
  Drill drill = load_text(doubling_drill());
  std::string order =
      "function doubling(nums) local t = { [{}] = 1, [print] = 2, [{}] = 3 } "
      "for i = 1, 40 do t['k' .. i] = i end local s = {} for _, v in pairs(t) do s[#s + 1] = v end "
      "print(table.concat(s, ' '), {}, print) return {} end";
  std::string first = grade_text(drill, order).cases[0].output;
  CHECK(first.size() > 100);
  for (int i = 0; i < 5; ++i) CHECK(grade_text(drill, order).cases[0].output == first);
}

TEST_CASE("grade: what is printed is kept per case, escaped and cut") {
  Drill drill = load_text(doubling_drill());
  std::string code =
      "function doubling(nums) print('n', #nums) print('\\27[31m\\0') if #nums == 3 then "
      "for i = 1, 20000 do print('0123456789') end end local o = {} for i, n in ipairs(nums) do "
      "o[i] = 2 * n end return o end";
  SubmissionReport report = grade_text(drill, code);
  CHECK(verdict_of(report) == "AC");
  CHECK(report.cases[0].output == "n\t0\n\\x1B[31m\\x00\n");
  CHECK_FALSE(report.cases[0].output_cut);
  CHECK(report.cases[1].output_cut);
  CHECK(report.cases[1].output.size() <= kKeptOutputBytes + 8);
}

TEST_CASE("grade: a case that runs out of time ends the grading, and says so for the rest") {
  Drill drill = load_text(doubling_drill());
  drill.limits.time_ms = 100;
  SubmissionReport report = grade_text(
      drill, "function doubling(nums) if #nums > 2 then while true do end end return {} end");
  CHECK(verdict_of(report) == "TLE cpu");
  REQUIRE(report.cases.size() == 3);
  CHECK(report.cases[0].verdict == Verdict::accepted);
  CHECK(report.cases[1].verdict == Verdict::time_limit);
  CHECK_FALSE(report.cases[2].run);
  CHECK(report.passed() == 1);
}

TEST_CASE("grade: of a class each call is judged, and the failing one is shown") {
  Drill drill = load_text(class_drill(), "bag.lua");
  CHECK(verdict_of(grade_text(drill, drill.reference["lua"])) == "AC");
  SubmissionReport report = grade_text(drill, R"(
    Bag = {} Bag.__index = Bag
    function Bag.new() return setmetatable({ counts = {} }, Bag) end
    function Bag:put(word) self.counts[word] = (self.counts[word] or 0) + 1 self.newest = word return self end
    function Bag:count(word) return self.counts[word] or 0 end
    function Bag:last() return self.newest end)");
  CHECK(verdict_of(report) == "WA");
  REQUIRE(report.first_failure);
  CHECK(report.first_failure->shrunk);
  CHECK(report.first_failure->input.calls.size() == 1);
  CHECK(report.first_failure->message.find("count(") != std::string::npos);
}

TEST_CASE("grade: a class that lacks something is told what") {
  Drill drill = load_text(class_drill(), "bag.lua");
  CHECK(grade_text(drill, "Bag = {}").message.find("`Bag.new` is a nil value") !=
        std::string::npos);
  CHECK(grade_text(drill, "Bag = { new = function() end }").message.find("returned nothing") !=
        std::string::npos);
  auto report = grade_text(drill, "Bag = { new = function() return {} end }");
  CHECK(verdict_of(report) == "RTE");
  CHECK(report.message.find("call 1 (last)") != std::string::npos);
}

TEST_CASE("grade: a drill may compare for itself, in its own process") {
  Drill drill = load_text(doubling_drill(
      "compare = function(args, got, expected) return #got == #expected and #got == #args[1] end"));
  CHECK(verdict_of(grade_text(drill, "function doubling(nums) return nums end")) == "AC");
  CHECK(verdict_of(grade_text(drill, "function doubling(nums) return { 1, 2 } end")) == "WA");
  Drill broken = load_text(doubling_drill("compare = function() error('no') end"));
  CHECK(verdict_of(grade_text(broken, kRight)) == "JE");
}

TEST_CASE("grade: examples alone") {
  Drill drill = load_text(doubling_drill());
  GradeOptions options = grade_options();
  options.examples_only = true;
  SubmissionReport report = grade_text(drill, kRight, options);
  CHECK(verdict_of(report) == "AC");
  REQUIRE(report.cases.size() == 1);
  CHECK(report.cases[0].name == "example 1");
}

TEST_CASE("grade: the candidate's own input, with the reference's answer beside theirs") {
  Drill drill = load_text(doubling_drill());
  auto run = run_own_input(drill, {"mine.lua", "lua", "function doubling(n) return { n[1] } end"},
                           "{ 4, 5 }", grade_options());
  REQUIRE(run);
  CHECK(run->input_text == "nums = [4, 5]");
  CHECK(run->expected_text == "[8, 10]");
  CHECK(run->got_text == "[4]");
  CHECK(run->result.verdict == Verdict::wrong_answer);
  for (std::string bad : {"", "{ 'x' }", "{ 1 }, 2", "{ 1", "os.exit()", "while true do end"}) {
    CAPTURE(bad);
    CHECK_FALSE(run_own_input(drill, {"mine.lua", "lua", kRight}, bad, grade_options()));
  }
  Drill bag = load_text(class_drill(), "bag.lua");
  auto calls =
      run_own_input(bag, {"mine.lua", "lua", bag.reference["lua"]},
                    "new = { 1 }, calls = { { 'put', 'a' }, { 'count', 'a' } }", grade_options());
  REQUIRE(calls);
  CHECK(calls->result.verdict == Verdict::accepted);
  CHECK(calls->got_text == "call 2, count: 2");
}

TEST_CASE("grade: a stop request ends it") {
  Drill drill = load_text(doubling_drill());
  drill.limits.time_ms = 30'000;
  std::stop_source source;
  GradeOptions options = grade_options();
  options.stop = source.get_token();
  std::atomic<bool> begun{false};
  options.on_case = [&](const CaseReport&, std::size_t, std::size_t) { begun = true; };
  std::jthread stopper([&] {
    while (!begun) std::this_thread::yield();
    source.request_stop();
  });
  SubmissionReport report = grade_text(
      drill, "function doubling(n) if #n > 0 then while true do end end return n end", options);
  CHECK(verdict_of(report) == "JE stopped");
}

TEST_CASE("grade: several at once give what each gives alone, in order") {
  Drill drill = load_text(doubling_drill());
  std::vector<GradeJob> work;
  for (int i = 0; i < 6; ++i) {
    work.push_back(
        {&drill, {"s" + std::to_string(i), "lua", i % 2 ? kRight : drill.wrong[0].code}});
  }
  auto reports = grade_all(work, grade_options(), 3);
  REQUIRE(reports.size() == 6);
  for (int i = 0; i < 6; ++i) {
    CHECK(reports[static_cast<std::size_t>(i)].path == "s" + std::to_string(i));
    CHECK(verdict_of(reports[static_cast<std::size_t>(i)]) == (i % 2 ? "AC" : "WA"));
  }
}

TEST_CASE("grade: of several at once, large inputs that failed are let go and their texts stay") {
  Drill drill = load_text(doubling_drill(R"(cases = function(rand, case)
    local nums = {} for i = 1, 100000 do nums[i] = i end case { name = "large", args = { nums } } end)"));
  GradeOptions options = grade_options();
  options.shrink = false;
  const Submission wrong{"s", "lua", "function doubling(n) return n end"};
  const SubmissionReport alone = grade(drill, wrong, options);
  REQUIRE(alone.first_failure);
  CHECK(alone.first_failure->whole);
  CHECK_FALSE(alone.first_failure->small());
  CHECK(alone.first_failure->input.args.size() == 1);
  const auto reports = grade_all({{&drill, wrong}}, options, 1);
  const FirstFailure& kept = *reports[0].first_failure;
  CHECK_FALSE(kept.whole);
  CHECK(kept.input.args.empty());
  CHECK_FALSE(kept.expected);
  CHECK_FALSE(kept.got);
  CHECK(kept.input_text == alone.first_failure->input_text);
  CHECK(kept.got_text == alone.first_failure->got_text);
  Report one, other;
  one.add(alone, drill, 1), other.add(reports[0], drill, 1);
  const Json due = report_json(one)["submissions"][0]["first_failure"];
  CHECK(due["input"].is_null());
  CHECK(report_json(other)["submissions"][0]["first_failure"] == due);
}

TEST_CASE("grade: without a worker or a language the judge says that it failed") {
  Drill drill = load_text(doubling_drill());
  GradeOptions options;
  options.workshop.worker_path = "/nonexistent/worker";
  CHECK(verdict_of(grade_text(drill, kRight, options)) == "JE");
  SubmissionReport report = grade(drill, {"x.cob", "cobol", "x"}, grade_options());
  CHECK(verdict_of(report) == "JE");
  CHECK(report.message.find("cobol") != std::string::npos);
}

TEST_CASE("grade: a large input among the cases is read, judged and shown in short") {
  Drill drill = load_text(doubling_drill(R"(cases = function(rand, case)
    local nums = {} for i = 1, 100000 do nums[i] = i end case { name = "large", args = { nums } } end)"));
  CHECK(verdict_of(grade_text(drill, kRight)) == "AC");
  GradeOptions options = grade_options();
  options.shrink = false;
  SubmissionReport report = grade_text(drill, "function doubling(nums) return nums end", options);
  REQUIRE(report.first_failure);
  CHECK(report.first_failure->input_text.size() < 2000);
}

TEST_CASE("grade: the drill of a file is in its first lines or its name") {
  CHECK(drill_id_of("a/b/window-maximum.lua", "function f() end") == "window-maximum");
  CHECK(drill_id_of("my_answer.lua", "-- hello\n-- rehearse: ttl-store (second try)\n") ==
        "ttl-store");
  CHECK(drill_id_of("window_maximum.lua", "\n\n\n\n\n-- rehearse: too-late") == "window-maximum");
}

TEST_CASE("languages: a starter of every signature loads and has what is asked for") {
  for (std::string text :
       {"f(nums: int[], k: int) -> (int, string?[])", "f() -> map<string, float[]>"}) {
    auto parsed = parse_signature(text);
    if (!parsed) continue;
    CHECK(starter(*parsed, "lua")->find("function f(") != std::string::npos);
  }
  Drill drill = load_text(class_drill(), "bag.lua");
  auto code = starter(drill.signature, "lua");
  REQUIRE(code);
  SubmissionReport report = grade_text(drill, *code);
  CHECK(verdict_of(report) == "WA");  // it runs, and answers nothing
  CHECK_FALSE(starter(drill.signature, "cobol"));
  CHECK(language_of_path("x/y.lua") == find_language("lua"));
  CHECK(language_of_path("x/y.rs") == nullptr);
}
