// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cases of the user's own, and the hunt for them.
#include "drills/judge/own_cases.hpp"

#include "drills/judge/shrink.hpp"
#include "drills/judge/stress.hpp"
#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;
using Catch::Matchers::Contains;

namespace {

// Wrong for lists of two or more equal numbers, which the drill's own cases do not hold.
constexpr const char* kWrongForEqual =
    "function doubling(nums) local out = {} for i, n in ipairs(nums) do out[i] = 2 * n end "
    "if #nums == 2 and nums[1] == nums[2] then out[2] = 0 end return out end";

}  // namespace

TEST_CASE("own cases: a line is kept once, and judged with the drill's own") {
  const Drill drill = load_text(doubling_drill());
  const Folder folder;
  const std::string path = own_cases_path(folder.path(), drill);
  auto added = add_own_case(drill, path, "name = \"twins\", args = { { 4, 4 } }", workshop());
  REQUIRE(added);
  CHECK(*added);
  added = add_own_case(drill, path, "{ 4, 4 }", workshop());
  REQUIRE(added);
  CHECK_FALSE(*added);  // the same input, written otherwise
  GradeOptions options = grade_options();
  options.own_cases = folder.path();
  const SubmissionReport right = grade_text(drill, drill.reference.at("lua"), options);
  CHECK(right.accepted());
  REQUIRE(right.cases.size() == 4);
  CHECK(right.cases.back().name == "own: twins");
  const SubmissionReport wrong = grade_text(drill, kWrongForEqual, options);
  CHECK(verdict_of(wrong) == "WA");
  REQUIRE(wrong.first_failure);
  CHECK(wrong.first_failure->case_name == "own: twins");
  CHECK(grade_text(drill, kWrongForEqual).accepted());  // without them nobody sees it
}

TEST_CASE("own cases: what is no input is refused, and the file stays as it was") {
  const Drill drill = load_text(doubling_drill());
  const Folder folder;
  const std::string path = folder.write("doubling.cases", "-- mine\n{ 1 }\n");
  for (const char* line : {"{ 1", "\"text\"", "args = { 5 }", "{ 1 }\n{ 2 }", "os.exit()"}) {
    INFO(line);
    CHECK_FALSE(add_own_case(drill, path, line, workshop()));
  }
  CHECK(read_file(path) == "-- mine\n{ 1 }\n");
}

TEST_CASE("own cases: a broken line is named, and nothing is judged without it") {
  const Drill drill = load_text(doubling_drill());
  const Folder folder;
  const std::string path = folder.write("doubling.cases", "{ 1 }\n\n  -- a comment\n{ \"x\" }\n");
  const auto cases = load_own_cases(drill, path, workshop());
  REQUIRE_FALSE(cases);
  CHECK_THAT(cases.error().message, Contains("doubling.cases:4:"));
  GradeOptions options = grade_options();
  options.own_cases = folder.path();
  const SubmissionReport report = grade_text(drill, drill.reference.at("lua"), options);
  CHECK(report.verdict == Verdict::judge_error);
  CHECK_THAT(report.message, Contains("doubling.cases:4:"));
  CHECK(load_own_cases(drill, folder.path() + "/absent.cases", workshop())->empty());
}

TEST_CASE("own cases: an input written as a line reads back as the same input") {
  const Drill bag = load_text(class_drill());
  const Folder folder;
  const std::string path = own_cases_path(folder.path(), bag);
  Input input;
  input.args = {Value(std::int64_t{7})};
  for (const std::string& word : {std::string("a\"\\\n"), std::string("\0z", 2), std::string("é")})
    input.calls.push_back({"put", {Value(word)}});
  input.calls.push_back({"last", {}});
  REQUIRE(add_own_case(bag, path, input_as_line(input, bag.signature), workshop()));
  const auto cases = load_own_cases(bag, path, workshop());
  REQUIRE(cases);
  REQUIRE(cases->size() == 1);
  CHECK(cases->front().input == input);
}

TEST_CASE("stress: finds what only other seeds show, and shrinks it") {
  const Drill drill = load_text(doubling_drill());
  StressOptions options;
  options.grading = grade_options();
  options.seconds = 20;
  // Wrong where the greatest number is 97 or more: some seeds' random lists hold one.
  const auto report = stress(
      drill,
      {"mine.lua", "lua",
       "function doubling(nums) local out = {} for i, n in ipairs(nums) do out[i] = n >= 97 and 0 "
       "or 2 * n end return out end"},
      options);
  REQUIRE(report);
  REQUIRE(report->found);
  REQUIRE(report->found->first_failure);
  CHECK(report->found->verdict == Verdict::wrong_answer);
  CHECK(size_of(report->found->first_failure->input) <= 5);
  CHECK(report->inputs >= 1);
}

TEST_CASE("stress: a right solution ends in time or when nothing new comes, without a finding") {
  const Drill drill = load_text(doubling_drill());
  StressOptions options;
  options.grading = grade_options();
  options.seconds = 0.3;
  const auto report = stress(drill, {"mine.lua", "lua", drill.reference.at("lua")}, options);
  REQUIRE(report);
  CHECK_FALSE(report->found);
  CHECK(report->inputs > 3);
  const auto broken = stress(drill, {"mine.lua", "lua", "function doubling("}, options);
  REQUIRE_FALSE(broken);
  CHECK_THAT(broken.error().message, Contains("mine.lua:1"));
}
