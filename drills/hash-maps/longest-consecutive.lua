-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The longest run of consecutive values in a list that is in no order. The drill is about where to
-- begin counting: from every value it is quadratic, from the first of each run it is linear.

-- `n` values between `low` and `high`.
local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

-- Runs of up to `longest` with gaps between them, all in one shuffled list of `n` values.
local function random_runs(n, longest, rand)
  local nums, at = {}, rand(-1000, 1000)
  while #nums < n do
    for _ = 1, math.min(rand(1, longest), n - #nums) do
      nums[#nums + 1] = at
      at = at + 1
    end
    at = at + rand(1, 9)
  end
  return rand.shuffle(nums)
end

-- One run of all `n` values, shuffled.
local function one_run(n, first, rand)
  local nums = {}
  for i = 1, n do nums[i] = first + i end
  return rand.shuffle(nums)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local from_the_first = [==[
-- A run is counted only from its first value: the one whose predecessor is missing.
function longest_consecutive(nums)
  local present = {}
  for _, x in ipairs(nums) do present[x] = true end
  local longest = 0
  for x in pairs(present) do
    if not present[x - 1] then
      local last = x
      while present[last + 1] do last = last + 1 end
      longest = math.max(longest, last - x + 1)
    end
  end
  return longest
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = from_the_first:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return from_the_first:sub(1, first - 1) .. new .. from_the_first:sub(last + 1)
end

-- Sorts and counts; what stands for OTHERWISE says what happens to a value that is not the next
-- one.
local function by_sorting(otherwise)
  return ([==[
function longest_consecutive(nums)
  if #nums == 0 then return 0 end
  local sorted = table.move(nums, 1, #nums, 1, {})
  table.sort(sorted)
  local longest, length = 1, 1
  for i = 2, #sorted do
    if sorted[i] == sorted[i - 1] + 1 then
      length = length + 1
    OTHERWISE
    end
    longest = math.max(longest, length)
  end
  return longest
end
]==]):gsub("OTHERWISE", otherwise)
end

return drill {
  id = "longest-consecutive",
  title = "The longest streak of days",
  category = "hash-maps",
  level = "medium",
  minutes = 20,
  covers = { "S03-C04", "S03-T" },
  signature = "longest_consecutive(nums: int[]) -> int",

  statement = [==[
A community site shows each member's longest streak: the most days in a row on which they were
there. The log holds the number of the day for each visit, but it was merged from several machines
and is in no order, and there can be many visits on one day.

Given the days `nums`, return the length of the longest run of consecutive whole numbers of which
each occurs in the list.

**Conventions**

- The values of a run may stand anywhere in the list, in any order. 7, 3, 5, 4 has the run 3, 4, 5.
- A value that occurs several times counts once.
- An empty list has no run; the answer is 0. With one value it is 1.
- Days are counted from some date that nobody remembers, so they may be negative. They lie between
  -10^15 and 10^15, and may be far apart.
- Do not change the input.

**Cost.** Time must grow like `n`, taking an access to a hash map as constant, whatever the values
are. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { 7, 3, 20, 5, 4 } },
      result = 3,
      note = "3, 4, 5. The 7 is alone because there is no 6.",
    },
    {
      args = { { 2, 1, 2, 1, 2 } },
      result = 2,
      note = "Two days, however often somebody came.",
    },
    {
      args = { { 1, -1, 0, 9 } },
      result = 3,
      note = "-1, 0, 1.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- One long run: counting from each of its values, or down from each, costs n steps a value.
    input = function(n, rand) return { one_run(n, rand(-1000, 1000), rand) } end,
  },

  cases = function(rand, case)
    case { name = "no days", catches = "begins with one", args = { {} } }
    case { name = "one day", args = { { 12 } } }
    case { name = "out of order", catches = "reads the list in its order",
           args = { { 4, 2, 1, 3 } } }
    case { name = "a day twice, nothing else", catches = "a repeated day makes the run longer",
           args = { { 6, 6 } } }
    case { name = "a day twice in the middle", catches = "a repeated day ends the run",
           args = { { 1, 2, 2, 3 } } }
    case { name = "two runs", catches = "counts on across a gap",
           args = { { 1, 2, 3, 7, 8 } } }
    case { name = "the longer run comes first", args = { { 10, 11, 12, 13, 1, 2, 20, 21, 22 } } }
    case { name = "around zero", args = { { 1, 0, -1, -2, 5 } } }
    case { name = "no two in a row", args = { { 2, 4, 6, 8, 10 } } }
    case { name = "all the same", args = { { 3, 3, 3, 3 } } }
    case { name = "two runs grow together", args = { { 1, 2, 4, 5, 3 } } }
    case { name = "ages apart", catches = "walks from the least to the greatest",
           args = { { 1000000000000000, -1000000000000000, 999999999999999 } } }
    for i = 1, 3 do
      case { name = "random " .. i, args = { random_values(rand(10, 80), 0, 100, rand) } }
    end
    for i = 1, 3 do
      case { name = "random runs " .. i, args = { random_runs(rand(20, 90), 9, rand) } }
    end
    case { name = "2000 days in a row", args = { one_run(2000, -700, rand) } }
    case { name = "1500 days, runs of up to 30", args = { random_runs(1500, 30, rand) } }
    case { name = "8000 visits on few days", args = { random_values(8000, 0, 900, rand) } }
  end,

  compare = "exact",

  -- Sorts by insertion without repetition, then measures the stretches.
  oracle = function(args)
    local sorted = {}
    for _, x in ipairs(args[1]) do
      local at = 1
      while sorted[at] and sorted[at] < x do at = at + 1 end
      if sorted[at] ~= x then table.insert(sorted, at, x) end
    end
    local longest = 0
    for first = 1, #sorted do
      for last = first, #sorted do
        if sorted[last] - sorted[first] == last - first then
          longest = math.max(longest, last - first + 1)
        end
      end
    end
    return longest
  end,

  reference = {
    lua = from_the_first,
    python = [==[
def longest_consecutive(nums):
    present = set(nums)
    longest = 0
    for x in present:
        if x - 1 not in present:  # the first of its run
            last = x
            while last + 1 in present:
                last += 1
            longest = max(longest, last - x + 1)
    return longest
]==],
  },

  wrong = {
    {
      name = "begins with one",
      language = "lua",
      verdict = "WA",
      case = "no days",
      why = "The longest run so far starts at 1, since one value is a run. An empty list has none.",
      code = reference_with("local longest = 0", "local longest = 1"),
    },
    {
      name = "reads the list in its order",
      language = "lua",
      verdict = "WA",
      case = "out of order",
      why = "Counts how long each value is one more than the value before it in the list. The "
        .. "run's values may stand anywhere.",
      code = [==[
function longest_consecutive(nums)
  local longest, length = 0, 0
  for i, x in ipairs(nums) do
    length = x - 1 == nums[i - 1] and length + 1 or 1
    longest = math.max(longest, length)
  end
  return longest
end
]==],
    },
    {
      name = "a repeated day ends the run",
      language = "lua",
      verdict = "WA",
      case = "a day twice in the middle",
      why = "After sorting, a value that is not one more than the last begins a new run, and an "
        .. "equal one too. Skip equal values.",
      code = by_sorting("else\n      length = 1"),
    },
    {
      name = "a repeated day makes the run longer",
      language = "lua",
      verdict = "WA",
      case = "a day twice, nothing else",
      why = "After sorting, every step of at most one counts, steps of zero as well. Equal values "
        .. "are one day.",
      code = by_sorting("elseif sorted[i] == sorted[i - 1] then\n      length = length + 1\n"
        .. "    else\n      length = 1"),
    },
    {
      name = "counts on across a gap",
      language = "lua",
      verdict = "WA",
      case = "two runs",
      why = "The length is not set back when a day is missing, so the runs are added up.",
      code = by_sorting(""),
    },
    {
      name = "walks from the least to the greatest",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "ages apart",
      why = "Every number between the least and the greatest day is looked up. The time then "
        .. "depends on how far apart the days are, not on how many there are.",
      code = [==[
function longest_consecutive(nums)
  if #nums == 0 then return 0 end
  local present, least, greatest = {}, nums[1], nums[1]
  for _, x in ipairs(nums) do
    present[x] = true
    least, greatest = math.min(least, x), math.max(greatest, x)
  end
  local longest, length = 0, 0
  for x = least, greatest do
    length = present[x] and length + 1 or 0
    longest = math.max(longest, length)
  end
  return longest
end
]==],
    },
    {
      name = "counts from every value",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "From each value it counts up to the end of its run. In a run of n values that is n²/2 "
        .. "steps. Begin only where the value before is missing.",
      code = reference_with("if not present[x - 1] then", "do"),
    },
    {
      name = "searches the list for the next",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Whether the next value is there is found by a walk over the list: n steps each time. "
        .. "Put the values into a set first.",
      code = [==[
function longest_consecutive(nums)
  local function is_there(x)
    for _, other in ipairs(nums) do
      if other == x then return true end
    end
    return false
  end
  local longest = 0
  for _, x in ipairs(nums) do
    if not is_there(x - 1) then
      local last = x
      while is_there(last + 1) do last = last + 1 end
      longest = math.max(longest, last - x + 1)
    end
  end
  return longest
end
]==],
    },
  },

  hints = {
    { text = "Sorting gives O(n log n). To do better, you need to ask \"is 17 there?\" without any "
        .. "order. What answers that in constant time?", cost_min = 2 },
    { text = "With a set you can count upwards from any value. From which values is it worth "
        .. "while? How do you recognise them?", cost_min = 3 },
    { text = "From the first of each run only: a value x with x - 1 not in the set. Count up from "
        .. "there. All runs together have at most n values, so all counting together is n steps.",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "There is a loop within a loop. Why is it linear?",
      answer = "The inner loop runs only from the first value of a run and steps through that run. "
        .. "Runs have no value in common, so all inner steps together are at most n. Besides, each "
        .. "value is asked once for its predecessor." },
    { ask = "Why walk over the set and not over the list?",
      answer = "A first value that occurs a thousand times in the list would be counted from a "
        .. "thousand times. With n/2 copies of it and a run of n/2 that is quadratic again." },
    { ask = "The days come one at a time, and the longest run is asked for after each.",
      answer = "Keep for the two ends of each run its length. A new day joins the run that ends "
        .. "before it and the one that begins after it: add up, and write the sum at the two new "
        .. "ends. Constant time a day." },
    { ask = "And if days can be deleted?",
      answer = "A run falls in two, and lengths at ends no longer tell where. Keep the runs in an "
        .. "ordered structure by their first day, and their lengths in a heap or a second ordered "
        .. "one: log n a change." },
    { ask = "Do you trust a hash map with values from outside?",
      answer = "Constant time is an average over hash functions. Somebody who knows the function "
        .. "can choose values that all collide, and make it quadratic. Use a seeded hash, "
        .. "or sort." },
  },

  explain = [==[
**The idea.** The set of values falls apart into runs. Each has exactly one value whose predecessor
is missing: its first. Counting upwards from there gives its length.

**Why it is right.** Every run is counted, since its first value is met in the walk over the set.
Nothing else is counted. A count stops at the first missing value, which is the end of the run.
Repeated values are one element of the set and change nothing.

**Cost.** Building the set takes n steps. The walk asks once for each value whether its predecessor
is there, and the counting steps of all runs are at most as many as there are values: O(n) on
average, for any values, since nothing depends on their size.

**Usual mistakes**

- *Counting from every value.* Right, and quadratic for one long run. Random tests do not show it.
- *Walking over the list* with its repetitions instead of the set.
- *Sorting* without a thought for equal values: they neither end a run nor lengthen it.
- *Walking over the range* from the least to the greatest value.
- *The empty list.*
]==],
}
