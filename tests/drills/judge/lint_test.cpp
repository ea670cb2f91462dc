// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/lint.hpp"

#include <algorithm>

#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;

namespace {

// What lint says of the doubling drill with these fields; fields that it always misses are left
// out.
std::vector<std::string> findings(const std::string& fields) {
  static const std::string kWhole = R"(
    category = "lists", covers = { "S01" }, hints = { "h" }, follow_ups = { { ask = "a", answer = "b" } }, explain = "e",
    growth = { time = "n", memory = "n", sizes = { 100, 200, 400 },
      input = function(n, rand) local t = {} for i = 1, n do t[i] = i end return { t } end },
    wrong = {
      { name = "adds two", verdict = "WA", case = "three", why = "It adds.",
        code = "function doubling(nums) local o = {} for i, n in ipairs(nums) do o[i] = n + 2 end return o end" },
      { name = "quadratic", verdict = "TLE", reason = "growth", why = "It counts.",
        code = "function doubling(nums) local o = {} for i, n in ipairs(nums) do for j = 1, #nums do end o[i] = 2 * n end return o end" },
      { name = "raises", verdict = "RTE", why = "It raises.", code = "function doubling(nums) return nums[1] + nums end" },
    },)";
  Drill drill = load_text(doubling_drill(kWhole + fields), "lists/doubling.lua");
  std::vector<std::string> said;
  for (const Finding& finding : lint(drill, grade_options()))
    said.push_back(finding.where + ": " + finding.message);
  return said;
}

bool says(const std::vector<std::string>& found, const std::string& what) {
  return std::any_of(found.begin(), found.end(),
                     [&](const std::string& one) { return one.find(what) != std::string::npos; });
}

}  // namespace

TEST_CASE("lint: a whole drill is clean") {
  auto found = findings("");
  CAPTURE(found);
  CHECK(found.empty());
}

TEST_CASE("lint: a wrong answer that passes, or fails for another reason or elsewhere, is found") {
  auto passes = findings(R"(wrong = { { name = "right after all", verdict = "WA", why = "?",
    code = "function doubling(nums) local o = {} for i, n in ipairs(nums) do o[i] = 2 * n end return o end" } })");
  CHECK(says(passes, "\"right after all\" got AC instead of WA"));
  CHECK(says(passes, "1 wrong answers; at least 3"));
  auto reason =
      findings(R"(wrong = { { name = "adds two", verdict = "TLE", reason = "growth", why = "?",
    code = "function doubling(nums) return {} end" } })");
  CHECK(says(reason, "got WA instead of TLE (growth)"));
  auto elsewhere =
      findings(R"(wrong = { { name = "adds two", verdict = "WA", case = "thirty", why = "?",
    code = "function doubling(nums) local o = {} for i, n in ipairs(nums) do o[i] = n + 2 end return o end" } })");
  CHECK(says(elsewhere, "fails first at case \"three\" instead of \"thirty\""));
}

TEST_CASE("lint: a reference that the claims refuse is found") {
  auto slow = findings(
      R"(reference = { lua = "function doubling(nums) local o = {} for i, n in ipairs(nums) do for j = 1, #nums do end o[i] = 2 * n end return o end" })");
  CHECK(says(slow, "the reference in Lua 5.4 is refused: TLE growth"));
}

TEST_CASE("lint: an oracle that disagrees and an example that is wrong are found") {
  CHECK(says(findings("oracle = function(args) return args[1] end"),
             "the oracle and the reference disagree on case \"three\""));
  CHECK(
      says(findings("examples = { { args = { { 1 } }, result = { 3 } } }"), "an example is wrong"));
}

TEST_CASE("lint: missing fields and unknown pitfalls are found") {
  auto found = findings(
      "hints = {}, explain = '', cases = function(_, case) case { name = 'x', catches = 'ghost', "
      "args = { { 1 } } } end");
  CHECK(says(found, "`hints` is missing"));
  CHECK(says(found, "`explain` is missing"));
  CHECK(says(found, "catches `ghost`"));
}

TEST_CASE("lint: cases that cannot be made are one finding, with their line") {
  auto found = findings("cases = function(_, case) case { name = 'x', args = {} } end");
  REQUIRE(found.size() == 1);
  CHECK(found[0].find("`nums`") == std::string::npos);
  CHECK(found[0].find("0 arguments where 1 are due") != std::string::npos);
}
