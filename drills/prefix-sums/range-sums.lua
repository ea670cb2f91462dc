-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Sums of stretches of a list that never changes, each in one step. The drill is about the sum
-- before the first value, about closed ends, and about sums that outgrow their type.

local function values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

-- `q` questions about a list of `n` values.
local function questions(q, n, rand)
  local calls = {}
  for i = 1, q do
    local a, b = rand(0, n - 1), rand(0, n - 1)
    calls[i] = { "sum", math.min(a, b), math.max(a, b) }
  end
  return calls
end

-- Ten large values and two small ones behind them, which a float of that size no longer sees.
local function large_then_small()
  local nums = {}
  for i = 1, 10 do nums[i] = 1000000000000000 end
  nums[11], nums[12] = 1, 3
  return nums
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local running_totals = [==[
-- `before[i]` is the sum of the first i values, from none of them to all.
RangeSums = {}
RangeSums.__index = RangeSums

function RangeSums.new(nums)
  local before, total = { [0] = 0 }, 0
  for i, value in ipairs(nums) do
    total = total + value
    before[i] = total
  end
  return setmetatable({ before = before }, RangeSums)
end

function RangeSums:sum(left, right)
  return self.before[right + 1] - self.before[left]
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = running_totals:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return running_totals:sub(1, first - 1) .. new .. running_totals:sub(last + 1)
end

return drill {
  id = "range-sums",
  title = "Revenue between two days",
  category = "prefix-sums",
  level = "easy",
  minutes = 10,
  covers = { "S03-P1" },
  signature = [[
    class RangeSums(nums: int[])
      sum(left: int, right: int) -> int
  ]],

  statement = [==[
A dashboard shows the revenue of an advertiser between any two days. The revenue of each day is
known and no longer changes; people drag the two ends of the range, and the sum must follow at once.

Write a class `RangeSums(nums)`, where `nums[i]` is the revenue of day i in millionths of a cent:

- `sum(left, right)` returns the revenue of the days from `left` to `right`, both included.

**Conventions**

- Days are counted from 0, and `0 ≤ left ≤ right < n`, where `n` is the number of days.
- Revenue may be negative (refunds) or zero, and lies between -10^15 and 10^15. There are at most
  9000 days, so every sum fits a signed 64-bit integer. It need not fit 32 bits, nor the 53 bits of
  a float.
- There may be no days; then nothing is asked.
- Do not change the input.

**Cost.** The constructor may take O(n) time and space. Each `sum` must take constant time, however
long the range is.
]==],

  examples = {
    {
      new = { { 5, -2, 7, 1 } },
      calls = { { "sum", 0, 3 }, { "sum", 1, 2 }, { "sum", 3, 3 } },
      result = { 11, 5, 1 },
      note = "All four days; -2 + 7; the last day alone.",
    },
    {
      new = { { 2000000000, 2000000000, -4000000000 } },
      calls = { { "sum", 0, 1 }, { "sum", 0, 2 } },
      result = { 4000000000, 0 },
      note = "The first sum does not fit 32 bits. The third day was a refund.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Half values, half questions about long ranges.
    input = function(n, rand)
      local calls = {}
      for i = 1, n // 2 do calls[i] = { "sum", rand(0, n // 8), n // 2 - 1 - rand(0, n // 8) } end
      return { new = { values(n // 2, -1000, 1000, rand) }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, nums, calls)
      for i, call in ipairs(calls) do calls[i] = { "sum", call[1], call[2] } end
      case { name = name, catches = catches, new = { nums }, calls = calls }
    end
    story("no days", nil, {}, {})
    story("the last day of the range", "leaves out the right end", { 5, 0, 7 }, { { 1, 2 } })
    story("the first day of the range", "leaves out the left end", { 9, 7, 0 }, { { 1, 2 } })
    story("from day 0", "has no sum before the first day", { 4, 1, 6 }, { { 0, 0 }, { 0, 1 } })
    story("a sum beyond 32 bits", "keeps the sums in 32 bits", { 2000000000, 2000000000 },
          { { 0, 1 } })
    story("a small value behind large ones", "sums in floating point", large_then_small(),
          { { 10, 10 }, { 10, 11 }, { 0, 10 } })
    story("a single day", nil, { -3 }, { { 0, 0 } })
    story("every range of four days", nil, { 8, -5, 0, 2 },
          { { 0, 0 }, { 0, 1 }, { 0, 2 }, { 0, 3 }, { 1, 1 }, { 1, 2 }, { 1, 3 }, { 2, 2 }, { 2, 3 },
            { 3, 3 } })
    story("all zero", nil, { 0, 0, 0 }, { { 0, 2 }, { 1, 1 } })
    story("refunds only", nil, { -1, -2, -3, -4 }, { { 0, 3 }, { 1, 2 } })
    story("the same question again", nil, { 3, 1, 4 }, { { 0, 2 }, { 0, 2 }, { 1, 1 }, { 0, 2 } })
    for i = 1, 3 do
      local n = rand(5, 60)
      case { name = "random " .. i, new = { values(n, -9, 9, rand) }, calls = questions(30, n, rand) }
    end
    case { name = "random, large values",
           new = { values(60, -1000000000000000, 1000000000000000, rand) },
           calls = questions(40, 60, rand) }
    case { name = "1000 days, 2000 questions", new = { values(1000, -1000000, 1000000, rand) },
           calls = questions(2000, 1000, rand) }
    case { name = "6000 days, 2000 questions", catches = "prepares every answer",
           new = { values(6000, -1000000, 1000000, rand) }, calls = questions(2000, 6000, rand) }
  end,

  compare = "exact",

  -- Each range added up by itself.
  oracle = function(case)
    local nums, result = case.new[1], {}
    for i, call in ipairs(case.calls) do
      local total = 0
      for day = call[2], call[3] do total = total + nums[day + 1] end
      result[i] = total
    end
    return result
  end,

  reference = {
    lua = running_totals,
    python = [==[
from itertools import accumulate


class RangeSums:
    # before[i] is the sum of the first i values, from none of them to all.
    def __init__(self, nums):
        self.before = list(accumulate(nums, initial=0))

    def sum(self, left, right):
        return self.before[right + 1] - self.before[left]
]==],
    cpp = [==[
// before_[i] is the sum of the first i values, from none of them to all.
#include <cstddef>
#include <numeric>
#include <vector>

class RangeSums {
 public:
  explicit RangeSums(const std::vector<long long>& nums) : before_(nums.size() + 1) {
    std::partial_sum(nums.begin(), nums.end(), before_.begin() + 1);
  }

  long long sum(long long left, long long right) const {
    return before_[static_cast<std::size_t>(right) + 1] - before_[static_cast<std::size_t>(left)];
  }

 private:
  std::vector<long long> before_;
};
]==],
  },

  wrong = {
    {
      name = "leaves out the right end",
      language = "lua",
      verdict = "WA",
      case = "the last day of the range",
      why = "before[right] is the sum of the days before `right`. The day itself belongs to the "
        .. "range, so it takes before[right + 1].",
      code = reference_with("self.before[right + 1]", "self.before[right]"),
    },
    {
      name = "leaves out the left end",
      language = "lua",
      verdict = "WA",
      case = "the first day of the range",
      why = "Totals up to and including each day are subtracted, and the total of `left` includes "
        .. "that day: what must be subtracted is the total of the day before.",
      code = reference_with("self.before[left]", "self.before[left + 1]"),
    },
    {
      name = "has no sum before the first day",
      language = "lua",
      verdict = "RTE",
      case = "from day 0",
      why = "The total of the day before day 0 is asked for, and there is no such entry. Let the "
        .. "list begin with the sum of no days, 0.",
      code = reference_with("{ [0] = 0 }", "{}"),
    },
    {
      name = "keeps the sums in 32 bits",
      language = "cpp",
      verdict = "WA",
      case = "a sum beyond 32 bits",
      why = "Each value fits, but the sum of two need not. The type of the totals is decided by "
        .. "the largest total, not by the values; std::accumulate with a start of 0 makes the same "
        .. "mistake.",
      code = [==[
#include <vector>

class RangeSums {
 public:
  explicit RangeSums(const std::vector<long long>& nums) : before_{0} {
    for (long long value : nums) before_.push_back(static_cast<int>(before_.back() + value));
  }

  long long sum(long long left, long long right) const {
    return static_cast<int>(1LL * before_[right + 1] - before_[left]);
  }

 private:
  std::vector<int> before_;
};
]==],
    },
    {
      name = "sums in floating point",
      language = "lua",
      verdict = "WA",
      case = "a small value behind large ones",
      why = "A float has 53 bits. Beyond about 9·10^15 the total no longer moves when 1 is added, "
        .. "and the difference of two totals loses the small value.",
      code = reference_with("{ [0] = 0 }, 0", "{ [0] = 0.0 }, 0.0"),
    },
    {
      name = "prepares every answer",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      case = "6000 days, 2000 questions",
      why = "A table of all n²/2 ranges answers at once, and does not fit. The same is had from n "
        .. "totals, because each answer is the difference of two of them.",
      code = [==[
RangeSums = {}
RangeSums.__index = RangeSums

function RangeSums.new(nums)
  local answers = {}
  for left = 0, #nums - 1 do
    local row, total = {}, 0
    for right = left, #nums - 1 do
      total = total + nums[right + 1]
      row[right - left + 1] = total
    end
    answers[left] = row
  end
  return setmetatable({ answers = answers }, RangeSums)
end

function RangeSums:sum(left, right)
  return self.answers[left][right - left + 1]
end
]==],
    },
    {
      name = "adds up in each call",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each question reads its whole range. The values never change, so work done once in "
        .. "the constructor serves all questions.",
      code = [==[
RangeSums = {}
RangeSums.__index = RangeSums

function RangeSums.new(nums) return setmetatable({ nums = nums }, RangeSums) end

function RangeSums:sum(left, right)
  local total = 0
  for day = left + 1, right + 1 do total = total + self.nums[day] end
  return total
end
]==],
    },
  },

  hints = {
    { text = "The values never change, and there may be many questions. What could you write down "
        .. "once, in as many numbers as there are days?", cost_min = 1 },
    { text = "The total of all days before day i, for each i from 0 to n. How do you get the sum "
        .. "of a range from two of these?", cost_min = 1 },
    { text = "before[0] = 0 and before[i + 1] = before[i] + nums[i]. The answer is before[right + "
        .. "1] - before[left].", cost_min = 2 },
  },

  follow_ups = {
    { ask = "Now single days are corrected between the questions.",
      answer = "With totals a correction costs O(n). A Fenwick tree makes both corrections and "
        .. "sums O(log n) in n numbers. If there are many corrections and few questions, or the "
        .. "other way round, blocks of √n days may be enough." },
    { ask = "The maximum of a range in place of the sum?",
      answer = "A maximum has no difference, so two prefixes do not do. A sparse table of the "
        .. "maxima of all stretches of length 2^k answers in O(1) from two stretches that overlap: "
        .. "O(n log n) space." },
    { ask = "The values are floats. What can go wrong with the difference of two totals?",
      answer = "Cancellation: the error is that of the totals, so a small range behind large "
        .. "values may have no right digit. Sum each block by itself, or keep compensated totals; "
        .. "for money use integers." },
    { ask = "How is it done in a metrics store?",
      answer = "Counters are stored as ever-growing totals, and a rate is the difference of two "
        .. "samples: the same idea. It must notice when a counter starts again at 0 after a "
        .. "restart." },
  },

  explain = [==[
**Invariant.** before[i] is the sum of the days 0 … i - 1. before[0] is the sum of no days: 0.

**Why it is right.** The days before right + 1 are those before left, followed by those from left to
right. So before[right + 1] = before[left] + sum(left, right), and the sum is the difference. With
before[0] in the list, left = 0 is no special case.

Whatever has a difference can be asked like this: sums, counts, counts of a condition, exclusive or,
and sums of squares, from which a variance follows. Maximum and minimum have none.

**Cost.** O(n) once, then two look-ups a question. n + 1 numbers.

**Usual mistakes**

- *No entry for nothing.* Then left = 0 reads before the list: an error in Lua, the last element in
  Python (`before[-1]`), anything in C++.
- *Off by one.* Decide what the index means, days before i or days up to i, write it into a comment,
  and derive the formula from it.
- *The type of the total.* 32 bits overflow, floats lose small values, and neither says so.
- *Adding up in each call.* Fine for one question, not for many.
]==],
}
