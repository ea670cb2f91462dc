-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How many stretches of a list sum to a target: count what was seen before, in one pass. The drill
-- is about the prefix before the first element, and about why two pointers need positive numbers.

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

return drill {
  id = "stretches-summing-to",
  title = "Stretches of net karma",
  category = "prefix-sums",
  level = "medium",
  minutes = 20,
  covers = { "S03-C04" },
  signature = "stretches_summing_to(nums: int[], target: int) -> int",

  statement = [==[
Every comment of a thread, in the order of posting, ended with a net score: votes up minus votes
down. A moderator who studies pile-ons asks how many runs of neighbouring comments have a total of
exactly `target`.

Given the scores `nums` and the number `target`, return how many stretches of one or more
neighbouring values sum to `target`.

**Conventions**

- A stretch is given by where it begins and where it ends. Two stretches with equal values at
  different places are two stretches.
- A stretch has at least one value. The empty one does not count, not even for target 0.
- Values may be negative, zero or positive, between -10^9 and 10^9; so may the target, which may
  also lie beyond every sum that there is.
- The list may be empty; the answer is then 0.
- The answer fits a 64-bit integer, and so does every sum.
- Do not change the input.

**Cost.** Time must grow like `n`, taking an access to a hash map as constant. Space may grow like
`n`. There may be thousands of values, all of them equal.
]==],

  examples = {
    {
      args = { { 1, 2, -2, 3 }, 3 },
      result = 3,
      note = "1 + 2, 2 - 2 + 3, and the 3 alone.",
    },
    {
      args = { { 0, 0, 0 }, 0 },
      result = 6,
      note = "Three stretches of one value, two of two, one of three.",
    },
    {
      args = { { 4, -1 }, 10 },
      result = 0,
      note = "No stretch reaches 10.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    input = function(n, rand) return { values(n, -50, 50, rand), 7 } end,
  },

  cases = function(rand, case)
    case { name = "no values", args = { {}, 0 } }
    case { name = "one value, and it is the target", catches = "forgets the empty prefix",
           args = { { 5 }, 5 } }
    case { name = "the target is not there", args = { { 2, 4, 6 }, 5 } }
    case { name = "target 0 without a stretch of it", catches = "counts the empty stretch",
           args = { { 1, 2, 3 }, 0 } }
    case { name = "two stretches share a value", catches = "starts again after a hit",
           args = { { 1, 1, 1 }, 2 } }
    case { name = "a fall before the rise", catches = "moves a window",
           args = { { 3, -5, 4, 3, -3 }, 2 } }
    case { name = "a sum that comes back three times", catches = "remembers that, not how often",
           args = { { 9, 1, -1, 1, -1, 1 }, 1 } }
    case { name = "several ends for one beginning", args = { { 1, 1, 2, -2, 2 }, 2 } }
    case { name = "zeros around the target", args = { { 0, 0, 3, 0, 0 }, 3 } }
    case { name = "negative target", args = { { -1, -2, 3, -3 }, -3 } }
    case { name = "the whole list alone", args = { { 7, -4, 8, -9, 20 }, 22 } }
    case { name = "large values cancel",
           args = { { 1000000000, -1000000000, 1000000000, -1000000000 }, 0 } }
    case { name = "sums that agree in 32 bits", catches = "adds up in 32 bits",
           args = { { 1000000000, 1000000000, 1000000000, 1000000000, 294967296 }, 0 } }
    case { name = "a target beyond every sum", args = { { 1, -1, 1 }, 4000000000000 } }
    for i = 1, 4 do
      case { name = "random " .. i, args = { values(rand(5, 40), -4, 4, rand), rand(-5, 5) } }
    end
    case { name = "random, positive", args = { values(60, 1, 9, rand), 20 } }
    case { name = "all zero", args = { same(120, 0), 0 } }
    case { name = "3000 ones", args = { same(3000, 1), 1500 } }
    case { name = "4000 zeros", args = { same(4000, 0), 0 } }
    case { name = "4000 values, few sums", args = { values(4000, -1, 1, rand), 3 } }
    case { name = "4000 values, many sums",
           args = { values(4000, -1000000000, 1000000000, rand), 0 } }
  end,

  compare = "exact",

  -- Every stretch added up by itself.
  oracle = function(args)
    local nums, target, count = args[1], args[2], 0
    for first = 1, #nums do
      for last = first, #nums do
        local sum = 0
        for i = first, last do sum = sum + nums[i] end
        if sum == target then count = count + 1 end
      end
    end
    return count
  end,

  reference = {
    lua = [==[
-- A stretch is the difference of two prefixes: what is wanted at each end is how many earlier
-- prefixes were `target` smaller. The prefix of nothing is 0 and is there from the start.
function stretches_summing_to(nums, target)
  local times = { [0] = 1 }
  local sum, count = 0, 0
  for _, value in ipairs(nums) do
    sum = sum + value
    count = count + (times[sum - target] or 0)
    times[sum] = (times[sum] or 0) + 1
  end
  return count
end
]==],
    python = [==[
from collections import defaultdict


def stretches_summing_to(nums, target):
    times = defaultdict(int)
    times[0] = 1
    total = count = 0
    for value in nums:
        total += value
        count += times.get(total - target, 0)
        times[total] += 1
    return count
]==],
  },

  wrong = {
    {
      name = "forgets the empty prefix",
      language = "lua",
      verdict = "WA",
      case = "one value, and it is the target",
      why = "A stretch that begins at the first value is the difference to the prefix of nothing. "
        .. "That prefix is 0 and must be counted once before the first value.",
      code = [==[
function stretches_summing_to(nums, target)
  local times, sum, count = {}, 0, 0
  for _, value in ipairs(nums) do
    sum = sum + value
    count = count + (times[sum - target] or 0)
    times[sum] = (times[sum] or 0) + 1
  end
  return count
end
]==],
    },
    {
      name = "counts the empty stretch",
      language = "lua",
      verdict = "WA",
      case = "target 0 without a stretch of it",
      why = "The sum is entered into the map before the map is asked, so with target 0 every "
        .. "prefix finds itself: a stretch of no values.",
      code = [==[
function stretches_summing_to(nums, target)
  local times, sum, count = { [0] = 1 }, 0, 0
  for _, value in ipairs(nums) do
    sum = sum + value
    times[sum] = (times[sum] or 0) + 1
    count = count + (times[sum - target] or 0)
  end
  return count
end
]==],
    },
    {
      name = "remembers that, not how often",
      language = "lua",
      verdict = "WA",
      case = "a sum that comes back three times",
      why = "A set says that a prefix was seen. With negative values or zeros the same sum comes "
        .. "back, and each time begins another stretch: keep how often.",
      code = [==[
function stretches_summing_to(nums, target)
  local seen, sum, count = { [0] = true }, 0, 0
  for _, value in ipairs(nums) do
    sum = sum + value
    if seen[sum - target] then count = count + 1 end
    seen[sum] = true
  end
  return count
end
]==],
    },
    {
      name = "moves a window",
      language = "lua",
      verdict = "WA",
      case = "a fall before the rise",
      why = "Two pointers rely on a sum that only grows when the window does. A negative value "
        .. "breaks that: what was let go may be needed again.",
      code = [==[
function stretches_summing_to(nums, target)
  local first, sum, count = 1, 0, 0
  for last = 1, #nums do
    sum = sum + nums[last]
    while first < last and sum > target do
      sum = sum - nums[first]
      first = first + 1
    end
    if sum == target then count = count + 1 end
  end
  return count
end
]==],
    },
    {
      name = "starts again after a hit",
      language = "lua",
      verdict = "WA",
      case = "two stretches share a value",
      why = "Once a stretch is found everything is forgotten, so stretches that overlap it are "
        .. "missed. Every beginning stays a beginning for all later ends.",
      code = [==[
function stretches_summing_to(nums, target)
  local times, sum, count = { [0] = 1 }, 0, 0
  for _, value in ipairs(nums) do
    sum = sum + value
    if times[sum - target] then
      count = count + times[sum - target]
      times, sum = { [0] = 1 }, 0
    else
      times[sum] = (times[sum] or 0) + 1
    end
  end
  return count
end
]==],
    },
    {
      name = "adds up every stretch",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each beginning is tried with each end, n²/2 pairs. Ask instead at every end how many "
        .. "beginnings fit: a map from prefix sum to count answers at once.",
      code = [==[
function stretches_summing_to(nums, target)
  local count = 0
  for first = 1, #nums do
    local sum = 0
    for last = first, #nums do
      sum = sum + nums[last]
      if sum == target then count = count + 1 end
    end
  end
  return count
end
]==],
    },
  },

  pitfalls = {
    ["adds up in 32 bits"] = "Sums of values of a thousand million soon go beyond 32 bits. Cut off, "
      .. "different sums become equal, and stretches are counted that do not sum to the target.",
  },

  hints = {
    { text = "Write down the running total after every value. How do you read the sum of a stretch "
        .. "off two of these totals?", cost_min = 2 },
    { text = "At each end you know the total so far. Which earlier totals would make a stretch of "
        .. "exactly `target`, and how many of them were there?", cost_min = 3 },
    { text = "Keep a map from total to how often it occurred, with total 0 once at the start. For "
        .. "each value: add it, add to the answer what the map holds for total minus target, then "
        .. "enter the total.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "All values are positive. Does that help?",
      answer = "Then the sum grows with the window and shrinks with its left end, so two pointers "
        .. "do it in O(n) time and constant space. Zeros already need care: a window has several "
        .. "beginnings with the same sum." },
    { ask = "Return the longest such stretch instead of the number.",
      answer = "Keep for each total the first place where it occurred and never overwrite it. At "
        .. "each end look up total minus target and take the distance." },
    { ask = "How many stretches have a sum divisible by k?",
      answer = "The same map over totals modulo k, with the remainder made non-negative, and "
        .. "target remainder 0: two equal remainders make a stretch." },
    { ask = "The values arrive for ever and each carries a time. Only stretches of the last hour "
        .. "count.",
      answer = "Keep the totals of the last hour in a queue. When one grows old, take it out of "
        .. "the map. Whether what it counted before stays counted must be asked." },
    { ask = "Somebody chooses the values to make your map slow.",
      answer = "With a known hash function totals can be crafted to collide, and the pass becomes "
        .. "quadratic. A hash with a secret seed prevents it; sorting totals and counting pairs "
        .. "costs O(n log n) whatever comes." },
  },

  explain = [==[
**Idea.** Let P(0) = 0 and P(i) be the sum of the first i values. The stretch from j+1 to i sums to
P(i) - P(j). So at each end i the answer grows by the number of j < i with P(j) = P(i) - target.

**Invariant.** Before value i is looked at, the map holds, for each number, how many of the totals
P(0) … P(i-1) equal it. P(0) is there from the start. Asking the map before entering P(i) keeps
j < i, so no empty stretch is counted.

**Cost.** One pass, one look-up and one entry a value: O(n) expected time, and O(n) space when the
sums differ.

**Usual mistakes**

- *An empty map at the start.* Every stretch from the first value on is then missed.
- *Entering before asking.* Seen only with target 0.
- *A set in place of counts.* Right as long as all values are positive, since totals then differ.
- *Two pointers.* They prove themselves on positive examples and fail at the first negative value.
]==],
}
