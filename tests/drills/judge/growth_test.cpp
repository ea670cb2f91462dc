// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/growth.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;

namespace {

const std::vector<std::int64_t> kSizes = {2000, 4000, 8000, 16000};

GrowthFit fit_of(const std::string& claimed, const std::string& unit, double (*cost)(double)) {
  GrowthFit fit;
  fit.claimed = claimed;
  fit.unit = unit;
  fit.sizes = kSizes;
  for (std::int64_t n : kSizes) fit.costs.push_back(cost(static_cast<double>(n)));
  judge_growth(fit);
  return fit;
}

// A drill that claims O(n) time and O(1) memory for a function of n numbers.
Drill counting_drill() {
  return load_text(doubling_drill(R"(
    id = "total", signature = "total(nums: int[]) -> int",
    examples = {},
    growth = { time = "n", memory = "1", sizes = { 200, 400, 800, 1600 },
      input = function(n, rand) local t = {} for i = 1, n do t[i] = rand(1, 9) end return { t } end },
    cases = function(rand, case) case { name = "one", args = { { 1, 2, 3 } } } end,
    reference = { lua = "function total(nums) local s = 0 for _, n in ipairs(nums) do s = s + n end return s end" },
  )"));
}

std::string total_with(const std::string& body) {
  return "function total(nums) local s = 0 " + body + " return s end";
}

}  // namespace

TEST_CASE("growth: the slope of a power is its exponent") {
  for (double p : {0.0, 0.5, 1.0, 1.5, 2.0, 3.0}) {
    std::vector<double> costs;
    for (std::int64_t n : kSizes) costs.push_back(7 * std::pow(static_cast<double>(n), p));
    CHECK(log_log_slope(kSizes, costs) == Approx(p).margin(1e-9));
  }
}

TEST_CASE("growth: the slope is the least-squares line of the logarithms") {
  // Worked by hand: x = 0, 1, 2 (in units of log 2), y = 0, 1, 5: slope = 5/2.
  CHECK(log_log_slope({1, 2, 4}, {1, 2, 32}) == Approx(2.5));
}

TEST_CASE("growth: refused beyond 0.35 above the claimed class, and not for a logarithm") {
  CHECK_FALSE(fit_of("n", "instructions", [](double n) { return n; }).refused);
  CHECK_FALSE(fit_of("n", "instructions", [](double n) { return n * std::log2(n); }).refused);
  CHECK_FALSE(fit_of("n log n", "instructions", [](double n) {
                return 3 * n * std::log2(n) + 50;
              }).refused);
  CHECK_FALSE(fit_of("n log n", "instructions", [](double n) { return n; }).refused);
  CHECK(fit_of("n", "instructions", [](double n) { return std::pow(n, 1.4); }).refused);
  CHECK(fit_of("n log n", "instructions", [](double n) { return n * std::sqrt(n); }).refused);
  CHECK(fit_of("1", "bytes", [](double n) { return 16 * n; }).refused);
  CHECK_FALSE(fit_of("1", "bytes", [](double n) { return n > 5000 ? 2048.0 : 1024.0; }).refused);
  CHECK(fit_of("n", "instructions", [](double n) { return n * n; }).sentence.find("like n²;") !=
        std::string::npos);
}

TEST_CASE("growth: an unknown class is an error that lists the known ones") {
  auto unknown = growth_class("n!");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("n log n") != std::string::npos);
}

TEST_CASE("growth: counts repeat to the last instruction") {
  Drill drill = counting_drill();
  std::string code = total_with("for i = 1, #nums do s = s + nums[i] end");
  SubmissionReport first = grade_text(drill, code), second = grade_text(drill, code);
  REQUIRE(first.time_growth);
  CHECK(first.accepted());
  CHECK(first.time_growth->costs == second.time_growth->costs);
  CHECK(first.memory_growth->costs == second.memory_growth->costs);
  // The loop is 3 instructions a turn, of which the count must not be far off.
  CHECK(first.time_growth->costs[3] >= 3 * 1600);
  CHECK(first.time_growth->costs[3] <= 5 * 1600 + 200);
}

TEST_CASE("growth: work hidden in library functions is charged") {
  Drill drill = counting_drill();
  struct Hidden {
    const char* name;
    const char* body;
  };
  for (Hidden hidden : {
           Hidden{"remove from the front",
                  "local q = table.move(nums, 1, #nums, 1, {}) while #q > 0 do s = s + "
                  "table.remove(q, 1) end"},
           Hidden{"insert at the front",
                  "local q = {} for _, n in ipairs(nums) do s = s + n table.insert(q, 1, n) end"},
           Hidden{"unpack",
                  "for i = 1, #nums do s = s + select('#', table.unpack(nums)) * 0 + nums[i] end"},
           Hidden{"concat in a loop",
                  "local text = '' for _, n in ipairs(nums) do s = s + n text = text .. "
                  "'0123456789abcdef' end"},
           Hidden{"find from the start",
                  "local t = ('a'):rep(#nums * 30) for _, n in ipairs(nums) do s = s + n "
                  "t:find('b', 1, true) end"},
           Hidden{"a coroutine",
                  "local co = coroutine.wrap(function() for i = 1, #nums do for j = 1, #nums do s "
                  "= s + 0 end s = s + nums[i] end end) co()"},
       }) {
    INFO(hidden.name);
    CHECK(verdict_of(grade_text(drill, total_with(hidden.body))) == "TLE growth");
  }
}

TEST_CASE("growth: linear uses of the same functions are not refused") {
  Drill drill = counting_drill();
  for (std::string body :
       {"local q = {} for _, n in ipairs(nums) do table.insert(q, n) q[#q] = nil s = s + n end",
        "local q = {} for _, n in ipairs(nums) do q[1] = n s = s + table.remove(q) end",
        "for _, n in ipairs(nums) do s = s + n end local t = string.rep('ab ', 20) for w in "
        "t:gmatch('%a+') do end",
        "for _, n in ipairs(nums) do s = s + n local scratch = { n } end"}) {
    INFO(body);
    SubmissionReport report = grade_text(drill, total_with(body));
    CHECK(verdict_of(report) == "AC");
    if (report.time_growth) INFO(report.time_growth->sentence);
    if (report.memory_growth) INFO(report.memory_growth->sentence);
  }
}

TEST_CASE("growth: garbage is not memory, what is kept is, and so is one large block") {
  Drill drill = counting_drill();
  CHECK(verdict_of(grade_text(
            drill, total_with("for _, n in ipairs(nums) do s = s + ({ n, n, n })[1] end"))) ==
        "AC");
  CHECK(verdict_of(grade_text(
            drill,
            total_with("local k = {} for i, n in ipairs(nums) do s = s + n k[i] = { n } end"))) ==
        "MLE growth");
  CHECK(verdict_of(grade_text(drill, total_with("for _, n in ipairs(nums) do s = s + n end s = s + "
                                                "#string.rep('x', 40 * #nums) * 0"))) ==
        "MLE growth");
}

TEST_CASE("growth: a solution that does not end on the growth input is refused for growth") {
  Drill drill = counting_drill();
  drill.limits.time_ms = 50;
  SubmissionReport report = grade_text(
      drill, total_with("while #nums > 100 do end for _, n in ipairs(nums) do s = s + n end"));
  CHECK(verdict_of(report) == "TLE growth");
  CHECK(report.message.find("n = 200") != std::string::npos);
}
