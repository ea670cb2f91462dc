-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The shortest stretch whose sum reaches a target, all numbers positive. The drill is about why a
-- window may forget its left end here: more numbers are always more, fewer are always less.

local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

local function sum_of(nums)
  local sum = 0
  for _, value in ipairs(nums) do sum = sum + value end
  return sum
end

local function ones(n)
  local nums = {}
  for i = 1, n do nums[i] = 1 end
  return nums
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local shrinking_window = [==[
-- The window first … last grows by one at the right. While its sum reaches the target it is
-- measured, and gives its leftmost value away.
function shortest_with_sum(target, nums)
  local first, sum, best = 1, 0, nil
  for last = 1, #nums do
    sum = sum + nums[last]
    while sum >= target do
      local length = last - first + 1
      if not best or length < best then best = length end
      sum = sum - nums[first]
      first = first + 1
    end
  end
  return best or 0
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local begins, ends = shrinking_window:find(old, 1, true)
  assert(begins, "the reference no longer contains: " .. old)
  return shrinking_window:sub(1, begins - 1) .. new .. shrinking_window:sub(ends + 1)
end

return drill {
  id = "shortest-with-sum",
  title = "How fast the ad budget was earned",
  category = "sliding-window",
  level = "medium",
  minutes = 15,
  covers = { "S02-C01", "S02-F" },
  signature = "shortest_with_sum(target: int, nums: int[]) -> int",

  statement = [==[
An ads team keeps the revenue of every minute, in cents. They ask how fast a given amount was ever
earned: in how few minutes in a row did the revenue add up to at least `target`?

Given the amount `target` and the revenue `nums` of each minute, return the length of the shortest
stretch of neighbouring minutes whose sum is at least `target`, or 0 if no stretch reaches it.

**Conventions**

- Every minute earned something: all numbers are positive, from 1 to 10^9.
- `1 ≤ target ≤ 10^15`. A sum equal to the target reaches it.
- The minutes must stand side by side and keep their order.
- Return the length only. If not even all minutes together reach the target, return 0.
- There may be no minutes at all; then the answer is 0. There are at most 10^5, so that every sum
  fits into 64 bits.
- The input is read-only.

**Cost.** Time must grow like `n`, the number of minutes, however long the stretches are. Space may
grow like `n`.
]==],

  examples = {
    {
      args = { 10, { 3, 1, 4, 6, 2, 5 } },
      result = 2,
      note = "4 + 6 is 10, which is enough. No single minute earned 10.",
    },
    {
      args = { 7, { 2, 1, 2 } },
      result = 0,
      note = "All minutes together earned 5.",
    },
    {
      args = { 8, { 5, 1, 5, 1, 9 } },
      result = 1,
      note = "The last minute alone is enough. The two fives do not stand side by side.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Half of all minutes are needed, wherever the stretch begins.
    input = function(n) return { n // 2, ones(n) } end,
  },

  cases = function(rand, case)
    case { name = "no minutes", args = { 5, {} } }
    case { name = "one minute, enough", catches = "must exceed the target", args = { 5, { 5 } } }
    case { name = "one minute, not enough", catches = "takes everything for an answer",
           args = { 5, { 4 } } }
    case { name = "just not enough together", catches = "takes everything for an answer",
           args = { 20, { 4, 5, 6, 4 } } }
    case { name = "all minutes are needed", args = { 20, { 4, 5, 6, 5 } } }
    case { name = "exactly the target", catches = "must exceed the target",
           args = { 9, { 4, 5, 1 } } }
    case { name = "more than the target", catches = "must hit the target exactly",
           args = { 6, { 2, 5, 2, 3 } } }
    case { name = "a large minute at the end", catches = "gives away one value per step",
           args = { 9, { 2, 2, 2, 2, 2, 9 } } }
    case { name = "the best stretch comes first", catches = "keeps the last stretch",
           args = { 10, { 6, 5, 1, 3, 4, 4, 1 } } }
    case { name = "large minutes far apart", catches = "picks the largest minutes",
           args = { 10, { 5, 1, 5, 2, 1 } } }
    case { name = "any minute is enough", args = { 1, { 3, 1, 2 } } }
    case { name = "large amounts",
           args = { 1000000000000000, { 1000000000, 999999999, 1000000000 } } }
    case { name = "large minutes",
           args = { 2999999999, { 1000000000, 999999999, 1000000000, 1000000000, 1 } } }
    for i = 1, 4 do
      local nums = random_values(rand(5, 60), 1, 9, rand)
      case { name = "random " .. i, args = { rand(5, 60), nums } }
    end
    do
      local nums = random_values(50, 1, 1000000000, rand)
      case { name = "random, large", args = { sum_of(nums) // 3, nums } }
    end
    case { name = "2000 minutes, half of them needed", args = { 1000, ones(2000) } }
    case { name = "10000 minutes", args = { 50000, random_values(10000, 1, 2000, rand) } }
    case { name = "10000 minutes, the last one large", args = { 500, (function()
      local nums = random_values(10000, 1, 9, rand)
      nums[#nums] = 500
      return nums
    end)() } }
  end,

  compare = "exact",

  -- Length by length: the largest sum of that many neighbours.
  oracle = function(args)
    local target, nums = args[1], args[2]
    for length = 1, #nums do
      for first = 1, #nums - length + 1 do
        if sum_of(table.move(nums, first, first + length - 1, 1, {})) >= target then
          return length
        end
      end
    end
    return 0
  end,

  reference = {
    lua = shrinking_window,
    python = [==[
# The window grows at the right. While it reaches the target it is measured and loses its leftmost.
def shortest_with_sum(target, nums):
    first = total = 0
    best = len(nums) + 1
    for last, value in enumerate(nums):
        total += value
        while total >= target:
            best = min(best, last - first + 1)
            total -= nums[first]
            first += 1
    return best if best <= len(nums) else 0
]==],
  },

  wrong = {
    {
      name = "takes everything for an answer",
      language = "lua",
      verdict = "WA",
      case = "one minute, not enough",
      why = "The best length begins at n, which is then returned when no stretch reaches the "
        .. "target. \"None\" must be told apart from \"all\": begin with n + 1 or with nothing.",
      code = reference_with("return best or 0", "return best or #nums"),
    },
    {
      name = "must exceed the target",
      language = "lua",
      verdict = "WA",
      case = "one minute, enough",
      why = "A sum equal to the target reaches it. The window is measured while sum >= target.",
      code = reference_with("sum >= target", "sum > target"),
    },
    {
      name = "must hit the target exactly",
      language = "lua",
      verdict = "WA",
      case = "more than the target",
      why = "Only stretches whose sum is exactly the target are measured. At least the target is "
        .. "asked for.",
      code = [==[
function shortest_with_sum(target, nums)
  local first, sum, best = 1, 0, nil
  for last = 1, #nums do
    sum = sum + nums[last]
    while sum > target do
      sum = sum - nums[first]
      first = first + 1
    end
    if sum == target and (not best or last - first + 1 < best) then best = last - first + 1 end
  end
  return best or 0
end
]==],
    },
    {
      name = "gives away one value per step",
      language = "lua",
      verdict = "WA",
      case = "a large minute at the end",
      why = "After each new minute at most one old minute leaves. When a large one arrives, "
        .. "several have become superfluous at once, so this must be a loop.",
      code = reference_with("    while sum >= target do", "    if sum >= target then"),
    },
    {
      name = "keeps the last stretch",
      language = "lua",
      verdict = "WA",
      case = "the best stretch comes first",
      why = "Each stretch that reaches the target replaces the one before, shorter or not.",
      code = reference_with("if not best or length < best then best = length end", "best = length"),
    },
    {
      name = "picks the largest minutes",
      language = "lua",
      verdict = "WA",
      case = "large minutes far apart",
      why = "The minutes are sorted and the largest are added up. They need not stand side by "
        .. "side.",
      code = [==[
function shortest_with_sum(target, nums)
  local sorted, sum = table.move(nums, 1, #nums, 1, {}), 0
  table.sort(sorted, function(a, b) return a > b end)
  for i, value in ipairs(sorted) do
    sum = sum + value
    if sum >= target then return i end
  end
  return 0
end
]==],
    },
    {
      name = "follows every start to the target",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "From every start the sum is added up again until it reaches the target. When half of "
        .. "the minutes are needed that is n²/4 steps. The end for the next start is never further "
        .. "left, and the sum in between is known already.",
      code = [==[
function shortest_with_sum(target, nums)
  local best
  for first = 1, #nums do
    local sum = 0
    for last = first, #nums do
      sum = sum + nums[last]
      if sum >= target then
        if not best or last - first + 1 < best then best = last - first + 1 end
        break
      end
    end
  end
  return best or 0
end
]==],
    },
  },

  hints = {
    { text = "Take one start, and the first end at which the target is reached. Where can the end "
        .. "for the next start lie?", cost_min = 1 },
    { text = "Never further left: the sum has become smaller. So both ends only move to the right. "
        .. "What do you need to keep while they move?", cost_min = 2 },
    { text = "Keep the sum of the window. Add the next minute at the right; while the sum is at "
        .. "least the target, compare the length, subtract the leftmost minute and move the left "
        .. "end.",
      cost_min = 4 },
  },

  follow_ups = {
    { ask = "There is a loop in the loop. Why is it linear?",
      answer = "The left end only moves to the right, at most n times in all, whatever a single "
        .. "step does. n additions and at most n subtractions." },
    { ask = "Some minutes may have earned nothing. Is it still right?",
      answer = "Yes. A longer stretch has at least the sum of a shorter one within it, and that is "
        .. "all that is used." },
    { ask = "Refunds make some minutes negative.",
      answer = "Then it is wrong: removing a minute can raise the sum, so a start that was given "
        .. "away might have been needed. Use the sums up to each minute and a queue of those that "
        .. "can still be a good start, with rising sums. Linear too." },
    { ask = "Many targets for the same minutes?",
      answer = "Each costs O(n) with the window. Or compute once the largest sum for every length, "
        .. "which rises with the length; then each target is a binary search. That table costs "
        .. "n²." },
    { ask = "Is there a solution by binary search, and is it worse?",
      answer = "The sums up to each minute rise, so for each start search the first end: O(n log "
        .. "n) and n sums stored. It also serves when the starts are not asked in order. Or search "
        .. "the length: if some stretch of length L reaches the target, so does one of length L + "
        .. "1." },
  },

  explain = [==[
**Invariant.** Before minute `last` is added, the sum of `first … last - 1` is below the target, and
every start before `first` has been measured with its earliest end.

**Why it holds.** Let the sum of `first … last` reach the target. It did not with `last - 1`, so
`last` is the earliest end for this start, and all later ends are longer. The start is measured and
will never be needed again. The next start is tried with the same `last`: an earlier end cannot
serve it, because even with one minute more that end was not enough. This is where positive numbers
are used. When the sum is below the target again, the invariant holds for `last + 1`. A start that
is never given away has no end that reaches the target.

**Cost.** Each minute is added once and subtracted at most once: O(n) time, constant space.

**Usual mistakes**

- *None and all.* A best of `n` at the beginning cannot be told from an answer of `n`. Use `n + 1`.
- *`if` for `while`.* One large minute can make many small ones superfluous.
- *Measured too late.* Compare before the leftmost minute leaves; afterwards the window may be below
  the target.
- *`>` for `>=`.* "At least" includes the target.
- *Used with negative numbers.* The proof breaks where it says that fewer minutes earn less.
]==],
}
