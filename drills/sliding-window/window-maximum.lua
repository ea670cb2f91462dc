-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The maximum of every window of k neighbours, by a queue of indices whose values only fall.
-- The drill is about what may be forgotten: a value can be dropped the moment a later one is
-- at least as large, and that alone turns O(nk) into O(n).

local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

local function falling(n, first)
  local nums = {}
  for i = 1, n do nums[i] = first - i end
  return nums
end

return drill {
  id = "window-maximum",
  title = "The worst of every k minutes",
  category = "sliding-window",
  level = "medium",
  minutes = 20,
  covers = { "S02-C01" },
  signature = "window_maximum(nums: int[], k: int) -> int[]",

  statement = [==[
A community site logs one number a minute: how many posts wait in the moderation queue. The
on-call page shows, for every stretch of `k` minutes in a row, the worst minute of that stretch.

Given the log `nums` and the length `k`, return the largest value of every window of `k`
neighbours, from left to right.

**Conventions**

- `1 ≤ k ≤ n`, where `n` is the number of values. The log is never empty.
- The answer has `n - k + 1` values: the first is the maximum of the first `k` values, the last
  is the maximum of the last `k`.
- The log may have been centred around its mean, so values may be negative. They are 64-bit
  integers and use the whole range.
- Equal values are common. The answer holds values, so it does not matter which of two equal
  ones you meant.
- Do not change the input.

**Cost.** Time must grow like `n`, whatever `k` is; windows of half the log are asked for. Space
may grow like `n`.
]==],

  examples = {
    {
      args = { { 3, 1, 4, 1, 5, 2 }, 3 },
      result = { 4, 4, 5, 5 },
      note = "The windows are 3 1 4, 1 4 1, 4 1 5 and 1 5 2.",
    },
    {
      args = { { 9, 7, 7, 2 }, 2 },
      result = { 9, 7, 7 },
      note = "The 9 leaves after the first window. The window 7 7 has two equal maxima, and when "
        .. "one of them leaves the other still counts.",
    },
    {
      args = { { -5, -8, -6 }, 3 },
      result = { -5 },
      note = "One window covers the whole log, and every value may be negative.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- A falling log: the maximum leaves at every step, and nothing can be dropped early.
    input = function(n, rand) return { falling(n, rand(0, 1000)), n // 2 } end,
  },

  cases = function(rand, case)
    case { name = "a single value", args = { { 7 }, 1 } }
    case { name = "windows of one", catches = "leaves one step late", args = { { 4, 2, 9, 9 }, 1 } }
    case { name = "one window for all", args = { { 2, 8, 5, 8, 1 }, 5 } }
    case { name = "all negative", catches = "starts from zero", args = { { -9, -7, -4, -3 }, 2 } }
    case {
      name = "the maximum leaves",
      catches = "the maximum never leaves",
      args = { { 2, 6, 1, 3, 2 }, 3 },
    }
    case {
      name = "a value leaves on time",
      catches = "leaves one step late",
      args = { { 1, 5, 4, 3, 2, 1 }, 2 },
    }
    case {
      name = "equal maxima side by side",
      catches = "drops an equal value",
      args = { { 3, 3, 1, 0, 3, 3, 3, 2, 2 }, 2 },
    }
    case { name = "all equal", args = { { 6, 6, 6, 6, 6, 6 }, 4 } }
    case { name = "rising", args = { { 1, 2, 3, 4, 5, 6, 7 }, 3 } }
    case { name = "falling", args = { { 7, 6, 5, 4, 3, 2, 1 }, 3 } }
    case { name = "up and down", args = { { 1, 9, 2, 8, 3, 7, 4, 6, 5 }, 4 } }
    case {
      name = "ends of the 64-bit range",
      args = { { math.mininteger, math.mininteger, math.maxinteger, math.mininteger }, 2 },
    }
    for i = 1, 4 do
      local n = rand(5, 60)
      case { name = "random " .. i, args = { random_values(n, -9, 9, rand), rand(1, n) } }
    end
    case { name = "2000 values, half of them a window",
           args = { random_values(2000, -1000000, 1000000, rand), 1000 } }
    case { name = "10000 values", args = { random_values(10000, -1000000, 1000000, rand), 50 } }
    case { name = "10000 values, few different", args = { random_values(10000, 0, 3, rand), 37 } }
    case { name = "10000 values, falling", args = { falling(10000, 5000), 40 } }
  end,

  compare = "exact",

  oracle = function(args)
    local nums, k = args[1], args[2]
    local result = {}
    for first = 1, #nums - k + 1 do
      result[first] = math.max(table.unpack(nums, first, first + k - 1))
    end
    return result
  end,

  reference = {
    lua = [==[
-- `queue` holds the indices of the values that can still become a maximum: ascending indices,
-- strictly falling values. The front is the maximum of the current window.
function window_maximum(nums, k)
  local result = {}
  local queue, head, tail = {}, 1, 0
  for i = 1, #nums do
    while tail >= head and nums[queue[tail]] <= nums[i] do
      queue[tail] = nil
      tail = tail - 1
    end
    tail = tail + 1
    queue[tail] = i
    if queue[head] <= i - k then
      queue[head] = nil
      head = head + 1
    end
    if i >= k then result[i - k + 1] = nums[queue[head]] end
  end
  return result
end
]==],
    python = [==[
from collections import deque


def window_maximum(nums, k):
    # Indices of the values that can still become a maximum; their values strictly fall.
    queue = deque()
    result = []
    for i, value in enumerate(nums):
        while queue and nums[queue[-1]] <= value:
            queue.pop()
        queue.append(i)
        if queue[0] <= i - k:
            queue.popleft()
        if i >= k - 1:
            result.append(nums[queue[0]])
    return result
]==],
  },

  wrong = {
    {
      name = "starts from zero",
      language = "lua",
      verdict = "WA",
      case = "all negative",
      why = "The search for a maximum starts from 0, so a window of negative values answers 0. "
        .. "Start from the window's first value.",
      code = [==[
function window_maximum(nums, k)
  local result = {}
  for first = 1, #nums - k + 1 do
    local best = 0
    for i = first, first + k - 1 do
      if nums[i] > best then best = nums[i] end
    end
    result[first] = best
  end
  return result
end
]==],
    },
    {
      name = "the maximum never leaves",
      language = "lua",
      verdict = "WA",
      case = "the maximum leaves",
      why = "One running maximum only ever rises. It has no way down once the value that set it "
        .. "has left the window.",
      code = [==[
function window_maximum(nums, k)
  local result = {}
  local best = nums[1]
  for i = 1, #nums do
    if k == 1 or nums[i] > best then best = nums[i] end
    if i >= k then result[i - k + 1] = best end
  end
  return result
end
]==],
    },
    {
      name = "leaves one step late",
      language = "lua",
      verdict = "WA",
      case = "windows of one",
      why = "The window that ends at i begins at i - k + 1, so index i - k is already outside. "
        .. "Comparing with < instead of <= keeps it for one window too many.",
      code = [==[
function window_maximum(nums, k)
  local result = {}
  local queue, head, tail = {}, 1, 0
  for i = 1, #nums do
    while tail >= head and nums[queue[tail]] <= nums[i] do tail = tail - 1 end
    tail = tail + 1
    queue[tail] = i
    if queue[head] < i - k then head = head + 1 end
    if i >= k then result[i - k + 1] = nums[queue[head]] end
  end
  return result
end
]==],
    },
    {
      name = "drops an equal value",
      language = "lua",
      verdict = "WA",
      case = "equal maxima side by side",
      why = "The queue holds values instead of indices and drops equal ones, so two equal maxima "
        .. "are kept once. When the first leaves the window it takes the second with it.",
      code = [==[
function window_maximum(nums, k)
  local result = {}
  local queue, head, tail = {}, 1, 0
  for i = 1, #nums do
    if i > k and queue[head] == nums[i - k] then head = head + 1 end
    while tail >= head and queue[tail] <= nums[i] do tail = tail - 1 end
    tail = tail + 1
    queue[tail] = nums[i]
    if i >= k then result[i - k + 1] = queue[head] end
  end
  return result
end
]==],
    },
    {
      name = "looks at every window again",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each window is searched from its first value, which costs n·k steps. With k near n/2 "
        .. "that is quadratic: neighbouring windows share all values but one, and the work on "
        .. "them is done again.",
      code = [==[
function window_maximum(nums, k)
  local result = {}
  for first = 1, #nums - k + 1 do
    local best = nums[first]
    for i = first + 1, first + k - 1 do
      if nums[i] > best then best = nums[i] end
    end
    result[first] = best
  end
  return result
end
]==],
    },
    {
      name = "searches again when the maximum leaves",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Keeping the maximum and searching only when it leaves is quick on random values and "
        .. "quadratic on a falling log, where it leaves at every step.",
      code = [==[
function window_maximum(nums, k)
  local result, at = {}, 1
  for i = 1, #nums do
    if nums[i] >= nums[at] then at = i end
    if at <= i - k then
      at = i - k + 1
      for j = at + 1, i do
        if nums[j] >= nums[at] then at = j end
      end
    end
    if i >= k then result[i - k + 1] = nums[at] end
  end
  return result
end
]==],
    },
  },

  hints = {
    { text = "Suppose a 4 stands to the left of a 7 in the same window. Can the 4 ever be an "
        .. "answer again?", cost_min = 2 },
    { text = "Drop every value that has a later one at least as large. What remains falls from "
        .. "left to right, so the maximum is always at the front. You need to remove at both "
        .. "ends.", cost_min = 4 },
    { text = "Keep indices in a double-ended queue. For each i: pop from the back while the value "
        .. "there is <= nums[i]; push i; pop the front if it is <= i - k; once i has reached k, "
        .. "report the value at the front.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "There are two nested loops. Why is this linear?",
      answer = "Every index is pushed once and popped at most once, so the inner loop runs at most "
        .. "n times in total. A single step may cost k, the average does not: that is amortised "
        .. "O(1) a value." },
    { ask = "What changes if the values arrive one at a time, for ever?",
      answer = "Nothing in the idea. The state is the queue (at most k entries) and a running "
        .. "index, so memory is O(k) instead of O(n), and each arrival returns one maximum." },
    { ask = "And if the window is the last T seconds instead of the last k values?",
      answer = "Keep (time, value) pairs and pop the front while its time is too old. More than "
        .. "one may leave at once, so the front test becomes a loop." },
    { ask = "Would a heap do?",
      answer = "Yes, with pairs (value, index) and lazy deletion: before reading the top, pop it "
        .. "while its index is outside. That is O(n log n), and the heap can hold all n entries "
        .. "when the log rises. Without the lazy deletion it is wrong." },
    { ask = "How would you give the minimum as well, or the range of each window?",
      answer = "A second queue with the comparison turned round; the range is the difference of "
        .. "the two fronts. The median is another problem: it needs two heaps or a sorted tree." },
  },

  explain = [==[
**Invariant.** After value `i` has been taken in, the queue holds, in order, exactly those indices
`j` of the current window for which no later value up to `i` is at least as large as `nums[j]`.
So the values in the queue strictly fall, and the front is the maximum.

**Why it holds.** Take an index `j` that was popped from the back. Some later `i` has
`nums[i] >= nums[j]`, and `i` leaves the window after `j` does. For as long as `j` is inside, `i`
is too, so `j` is never needed. Taking in `i` removes just the indices that `i` makes useless, all
of them at the back because the values there are the smallest. Moving the window removes at most
one index, `i - k`, and it can only be at the front because indices ascend.

**Cost.** `n` pushes, at most `n` pops, `n - k + 1` reads: O(n) time, O(k) beside the answer.

**Usual mistakes**

- *Values instead of indices.* You can then no longer tell whether the front has left. Popping it
  when it equals the leaving value works only if equal values are all kept, that is with `<` and
  not `<=` at the back. With indices both comparisons are right, and `<=` keeps the queue shorter.
- *One off at the front.* Say which indices the window holds: `i - k + 1 … i`. Then the test is
  `front <= i - k`.
- *Reporting too early.* The first answer exists when `i` has reached `k`.
- *A start value of 0.* Maxima of empty sets have no honest value; start from an element.
]==],
}
