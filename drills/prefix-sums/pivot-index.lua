-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The place that has the same total on both sides: one total in advance, one running sum. The drill
-- is about which side the value itself is on (none), about ends, and about negative values.

local function values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

local function same(n, value)
  local nums = {}
  for i = 1, n do nums[i] = value end
  return nums
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local running_sum = [==[
-- With the total known, the sum to the left says what is to the right.
function pivot_index(nums)
  local total = 0
  for _, score in ipairs(nums) do total = total + score end
  local left = 0
  for i, score in ipairs(nums) do
    local right = total - left - score
    if left == right then return i - 1 end
    left = left + score
  end
  return -1
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = running_sum:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return running_sum:sub(1, first - 1) .. new .. running_sum:sub(last + 1)
end

return drill {
  id = "pivot-index",
  title = "The comment in the balance",
  category = "prefix-sums",
  level = "easy",
  minutes = 10,
  covers = { "S03-T" },
  signature = "pivot_index(nums: int[]) -> int",

  statement = [==[
Every comment of a thread, in the order of posting, has a net score: votes up minus votes down. A
moderator looks for the comment at which the mood was balanced: all comments before it have the same
total score as all comments after it.

Given the scores `nums`, return the place of that comment.

**Conventions**

- Places are counted from 0.
- The comment's own score belongs to neither side.
- A side without comments has the total 0. So the first comment fits when all later scores add up to
  0, and the last one when all earlier scores do.
- If several comments fit, return the leftmost. If none does, return -1.
- Scores are whole numbers between -10^9 and 10^9. The list may be empty; the answer is then -1.
- Do not change the input.

**Cost.** Time must grow like `n`. Beyond the input, use a constant amount of space.
]==],

  examples = {
    {
      args = { { 2, 5, 4, 1, 6 } },
      result = 2,
      note = "2 + 5 before the 4, and 1 + 6 after it.",
    },
    {
      args = { { 8, -3, 3 } },
      result = 0,
      note = "Nothing before the 8, and -3 + 3 after it. The last comment does not fit: 8 - 3 is "
        .. "not 0.",
    },
    {
      args = { { 1, 2, 4 } },
      result = -1,
      note = "No comment has the same total on both sides.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 1000, 2000, 4000, 8000 },
    -- An even number of ones has no such place, so everything is looked at.
    input = function(n) return { same(n, 1) } end,
  },

  cases = function(rand, case)
    case { name = "no comments", args = { {} } }
    case { name = "a single zero", catches = "counts from 1", args = { { 0 } } }
    case { name = "in the middle", catches = "counts the comment on the left",
           args = { { 1, 7, 3, 6, 5, 6 } } }
    case { name = "a single comment", args = { { 5 } } }
    case { name = "two comments fit", catches = "returns the last", args = { { 2, 0, 0, 2 } } }
    case { name = "nothing before it", catches = "wants comments on both sides",
           args = { { 9, 4, -4 } } }
    case { name = "an odd rest", catches = "halves with the remainder dropped",
           args = { { 1, 5, 2 } } }
    case { name = "negative scores", catches = "moves inward from both ends",
           args = { { 3, -5, 6, -4, 2 } } }
    case { name = "nothing after it", args = { { 4, -4, 9 } } }
    case { name = "two comments, none fits", args = { { 3, 3 } } }
    case { name = "the sum on the left falls back", catches = "stops when the left is larger",
           args = { { 6, -4, 1, 2 } } }
    case { name = "all zero", args = { { 0, 0, 0, 0 } } }
    case { name = "sums beyond 32 bits",
           args = { { 1000000000, 1000000000, 1000000000, 7, 1000000000, 1000000000,
                      1000000000 } } }
    for i = 1, 4 do
      case { name = "random " .. i, args = { values(rand(3, 40), -2, 2, rand) } }
    end
    for i = 1, 2 do
      case { name = "random, never negative " .. i, args = { values(rand(3, 12), 0, 3, rand) } }
    end
    case { name = "4000 ones", args = { same(4000, 1) } }
    case { name = "4001 ones", args = { same(4001, 1) } }
    case { name = "4000 scores", args = { values(4000, -1000000000, 1000000000, rand) } }
  end,

  compare = "exact",

  -- Both sides added up for every place, from the right, so that the last hit is the leftmost.
  oracle = function(args)
    local nums, found = args[1], -1
    for place = #nums, 1, -1 do
      local difference = 0
      for i, score in ipairs(nums) do
        if i < place then difference = difference + score end
        if i > place then difference = difference - score end
      end
      if difference == 0 then found = place - 1 end
    end
    return found
  end,

  reference = {
    lua = running_sum,
    python = [==[
def pivot_index(nums):
    total, left = sum(nums), 0
    for i, score in enumerate(nums):
        if left == total - left - score:
            return i
        left += score
    return -1
]==],
  },

  wrong = {
    {
      name = "counts from 1",
      language = "lua",
      verdict = "WA",
      case = "a single zero",
      why = "Lua's tables begin at 1, the places of this drill at 0.",
      code = reference_with("return i - 1", "return i"),
    },
    {
      name = "counts the comment on the left",
      language = "lua",
      verdict = "WA",
      case = "in the middle",
      why = "The running sum takes the score in before the sides are compared, so the comment is "
        .. "on the left side. It belongs to neither.",
      code = [==[
function pivot_index(nums)
  local total = 0
  for _, score in ipairs(nums) do total = total + score end
  local left = 0
  for i, score in ipairs(nums) do
    left = left + score
    if left == total - left then return i - 1 end
  end
  return -1
end
]==],
    },
    {
      name = "returns the last",
      language = "lua",
      verdict = "WA",
      case = "two comments fit",
      why = "The search goes on after a hit, or comes from the right. The leftmost place is asked "
        .. "for; with zeros or negative scores there may be several.",
      code = [==[
function pivot_index(nums)
  local total = 0
  for _, score in ipairs(nums) do total = total + score end
  local left, found = 0, -1
  for i, score in ipairs(nums) do
    if left == total - left - score then found = i - 1 end
    left = left + score
  end
  return found
end
]==],
    },
    {
      name = "wants comments on both sides",
      language = "lua",
      verdict = "WA",
      case = "nothing before it",
      why = "The first and the last comment are not tried. A side without comments has the total "
        .. "0, and that may well be the total of the other side.",
      code = [==[
function pivot_index(nums)
  if #nums == 1 then return 0 end
  local total = 0
  for _, score in ipairs(nums) do total = total + score end
  local left = nums[1]
  for i = 2, #nums - 1 do
    if left == total - left - nums[i] then return i - 1 end
    left = left + nums[i]
  end
  return -1
end
]==],
    },
    {
      name = "halves with the remainder dropped",
      language = "lua",
      verdict = "WA",
      case = "an odd rest",
      why = "The left side is compared with half of what is there without the comment, and an odd "
        .. "number is rounded down. Compare twice the left side instead of halving.",
      code = reference_with([==[
    local right = total - left - score
    if left == right then]==], [==[
    if left == (total - score) // 2 then]==]),
    },
    {
      name = "moves inward from both ends",
      language = "lua",
      verdict = "WA",
      case = "negative scores",
      why = "Two pointers feed the poorer side. That relies on sums that only grow; a negative "
        .. "score makes a side poorer, and the pointers pass the place.",
      code = [==[
function pivot_index(nums)
  if #nums == 0 then return -1 end
  local low, high, left, right = 1, #nums, 0, 0
  while low < high do
    if left < right then
      left = left + nums[low]
      low = low + 1
    else
      right = right + nums[high]
      high = high - 1
    end
  end
  return left == right and low - 1 or -1
end
]==],
    },
    {
      name = "adds both sides up anew",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each place all n scores are added up: n² steps. From one place to the next only "
        .. "one score changes its side.",
      code = [==[
local function sum(nums, first, last)
  local total = 0
  for i = first, last do total = total + nums[i] end
  return total
end

function pivot_index(nums)
  for i = 1, #nums do
    if sum(nums, 1, i - 1) == sum(nums, i + 1, #nums) then return i - 1 end
  end
  return -1
end
]==],
    },
    {
      name = "writes all sums down",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "A list of the sums from the left is right and fast, but it is as long as the input. "
        .. "Only the current one is ever needed.",
      code = [==[
function pivot_index(nums)
  local upto = { [0] = 0 }
  for i, score in ipairs(nums) do upto[i] = upto[i - 1] + score end
  for i = 1, #nums do
    if upto[i - 1] == upto[#nums] - upto[i] then return i - 1 end
  end
  return -1
end
]==],
    },
  },

  pitfalls = {
    ["stops when the left is larger"] = "The search gives up once the left side has more than the "
      .. "right one. With negative scores the left side can fall again, or the right one rise.",
  },

  hints = {
    { text = "When you step from one place to the next, how do the two totals change?",
      cost_min = 1 },
    { text = "If you know the total of all scores and the sum to the left, what is to the right?",
      cost_min = 2 },
    { text = "Add everything up once. Then go from the left with a running sum that begins at 0: "
        .. "compare it with total - left - score, and only afterwards take the score in.",
      cost_min = 2 },
  },

  follow_ups = {
    { ask = "All scores are positive. What can you do better?",
      answer = "Not much in time, since all scores must be read. Two pointers from both ends then "
        .. "need one pass instead of two, and there is at most one such place." },
    { ask = "The thread is a stream: after each new comment, is there a balanced place?",
      answer = "With P(i) the sum of the first i scores, place i fits when P(i) + P(i+1) equals "
        .. "the total. Keep a map from P(i) + P(i+1) to the leftmost i; each new comment adds one "
        .. "entry and asks for the new total. O(1) expected a comment, O(n) space." },
    { ask = "Split into three parts with equal totals instead.",
      answer = "The total must be divisible by 3. From the left, count the ends at which the sum "
        .. "is a third of the total; at each end where it is two thirds, add that count, if parts "
        .. "may be chosen in all ways. One pass." },
    { ask = "The scores are floats.",
      answer = "Then equality is not the right question: sums differ in their last digits by the "
        .. "order of adding. Ask for the place with the smallest difference, or scale to whole "
        .. "numbers." },
  },

  explain = [==[
**Invariant.** When comment i is looked at, `left` is the sum of all scores before it. The scores
after it sum to total - left - score, so the comparison is exactly the one that is asked for. Places
are tried from the left and the first hit is returned.

**Cost.** One pass for the total, one for the search: O(n) time, two numbers of space.

**Usual mistakes**

- *Taking the score in first.* It is then on the left side.
- *Leaving out the ends.* The sum of nothing is 0.
- *Two pointers, or stopping early.* Both assume that sums grow. Scores can be negative.
- *Halving.* 2·left = total - score says the same and cannot round.
]==],
}
