-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The median of every window of k neighbours. The drill is about taking a value out of a heap that
-- only gives its top away, and about knowing in which of two heaps an equal value lies.

local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

local function falling(n)
  local nums = {}
  for i = 1, n do nums[i] = -3 * i end
  return nums
end

-- The reference. Some of the wrong answers are this text with a few words changed.
local two_heaps = [==[
-- The lower half of the window with its largest value on top of a heap, the upper half with its
-- smallest. The heaps hold places. A place that has left the window stays in its heap until it
-- comes to the top; `live` counts only what is inside, and `home` says which heap counts a place.
function window_median(nums, k)
  local lower, upper = { sign = -1, live = 0 }, { sign = 1, live = 0 }
  local home = {}

  local function sorted(heap, above, below)
    return heap.sign * nums[heap[above]] <= heap.sign * nums[heap[below]]
  end

  local function push(heap, place)
    home[place], heap.live = heap, heap.live + 1
    local at = #heap + 1
    heap[at] = place
    while at > 1 and not sorted(heap, at // 2, at) do
      heap[at], heap[at // 2] = heap[at // 2], heap[at]
      at = at // 2
    end
  end

  local function pop(heap)
    local size = #heap
    heap[1] = heap[size]
    heap[size] = nil
    local at, child = 1, 2
    while child < size do
      if child + 1 < size and not sorted(heap, child, child + 1) then child = child + 1 end
      if sorted(heap, at, child) then return end
      heap[at], heap[child] = heap[child], heap[at]
      at, child = child, 2 * child
    end
  end

  local function top(heap)
    while heap[1] and home[heap[1]] ~= heap do pop(heap) end
    return heap[1]
  end

  local function move_top(from, to)
    local place = top(from)
    pop(from)
    from.live = from.live - 1
    push(to, place)
  end

  local function leave(place)
    home[place].live = home[place].live - 1
    home[place] = nil
  end

  local medians = {}
  for i = 1, #nums do
    if i > k then leave(i - k) end
    local middle = top(lower)
    push(middle and nums[i] <= nums[middle] and lower or upper, i)
    while lower.live < upper.live do move_top(upper, lower) end
    while lower.live > upper.live + 1 do move_top(lower, upper) end
    if i >= k then
      local low = nums[top(lower)]
      local high = k % 2 == 1 and low or nums[top(upper)]
      medians[i - k + 1] = (low + high) / 2
    end
  end
  return medians
end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(changes)
  local code = two_heaps
  for _, change in ipairs(changes) do
    local begins, ends = code:find(change.old, 1, true)
    assert(begins, "the reference no longer contains: " .. change.old)
    code = code:sub(1, begins - 1) .. change.new .. code:sub(ends + 1)
  end
  return code
end

return drill {
  id = "window-median",
  title = "A latency that outliers do not move",
  category = "sliding-window",
  level = "hard",
  minutes = 40,
  covers = { "S02-F", "S02-C07" },
  signature = "window_median(nums: int[], k: int) -> float[]",

  statement = [==[
A ranking service logs how long every request took, minus the time it was given, in microseconds. A
few requests take forever, so the dashboard shows a moving median and not a moving mean.

Given the log `nums` and the length `k`, return the median of every window of `k` neighbours, from
left to right.

**Conventions**

- `1 ≤ k ≤ n`, where `n` is the number of values. The log is never empty.
- The answer has `n - k + 1` values: the first is the median of the first `k` values, the last is
  the median of the last `k`.
- The median of an odd number of values is the middle one in sorted order. The median of an even
  number is the mean of the middle two, and it may have a fraction: the median of 1 and 2 is 1.5.
- Values may be negative and many may be equal. Every one counts, so the median of 1, 5, 5, 5, 9 is
  5. They lie between -10^15 and 10^15, so a float holds the sum of two of them and its half
  exactly.
- The input is read-only.

**Cost.** Time must grow like `n log n`, whatever `k` is; windows of half the log are asked for.
Space may grow like `n`.
]==],

  examples = {
    {
      args = { { 4, 1, 7, 7, 2 }, 3 },
      result = { 4.0, 7.0, 7.0 },
      note = "The windows in sorted order: 1 4 7, then 1 7 7, then 2 7 7.",
    },
    {
      args = { { 5, 2, 8, 1000 }, 2 },
      result = { 3.5, 5.0, 504.0 },
      note = "With two values the median is their mean.",
    },
    {
      args = { { -1, -4, -2, -3 }, 4 },
      result = { -2.5 },
      note = "One window covers the whole log. The middle two are -3 and -2.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    input = function(n, rand) return { random_values(n, -1000000, 1000000, rand), n // 2 } end,
  },

  cases = function(rand, case)
    case { name = "a single value", args = { { 7 }, 1 } }
    case { name = "one window for all, odd", args = { { 5, 9, 1, 8, 2 }, 5 } }
    case { name = "the middle two differ", catches = "takes the lower middle",
           args = { { 2, 4, 8 }, 2 } }
    case { name = "a median with a half", catches = "drops the half", args = { { 1, 2 }, 2 } }
    case { name = "a negative median with a half", catches = "drops the half",
           args = { { -2, -3 }, 2 } }
    case { name = "the smallest of the upper half leaves", catches = "takes it from the wrong half",
           args = { { 4, 2, 1, 4 }, 3 } }
    case { name = "what has left no longer counts", catches = "never forgets a value",
           args = { { 1, 1, 3, 1, 3 }, 3 } }
    case { name = "a dead value lies below the top", catches = "balances with the dead",
           args = { { 3, 4, 0, 3 }, 3 } }
    case { name = "equal values in both halves", args = { { 5, 5, 1, 5, 9, 5, 5, 2 }, 4 } }
    case { name = "windows of one", args = { { 4, 2, 9, 9 }, 1 } }
    case { name = "the median falls with the log", catches = "never forgets a value",
           args = { { 9, 8, 7, 6, 5, 4, 3 }, 3 } }
    case { name = "windows of two", args = { { 4, 2, 9, 9, 0 }, 2 } }
    case { name = "the median rises with the log", args = { { 1, 2, 3, 4, 5, 6, 7 }, 4 } }
    case { name = "all equal", args = { { 6, 6, 6, 6, 6, 6 }, 3 } }
    case { name = "two values in turn", args = { { 1, 3, 1, 3, 1, 3, 1, 3 }, 5 } }
    case { name = "an outlier comes and goes", args = { { 3, 4, 3, 1000000, 4, 3, 5, 4 }, 3 } }
    case { name = "large values",
           args = { { 1000000000000000, 999999999999999, -1000000000000000, -999999999999999,
                      1000000000000000, 1000000000000000 }, 2 } }
    for i = 1, 4 do
      local n = rand(10, 60)
      case { name = "random " .. i, args = { random_values(n, -9, 9, rand), rand(1, n // 2) } }
    end
    case { name = "random, few different", args = { random_values(60, 0, 2, rand), 8 } }
    case { name = "1000 values, half of them a window",
           args = { random_values(1000, -1000000, 1000000, rand), 500 } }
    case { name = "3000 values, falling", args = { falling(3000), 24 } }
    case { name = "3000 values, few different", args = { random_values(3000, 0, 9, rand), 15 } }
  end,

  compare = { tolerance = 1e-9 },

  -- For every window the value, or the mean of two, with equally many values below and above it,
  -- found by counting.
  oracle = function(args)
    local nums, k = args[1], args[2]
    local function nth(first, wanted)
      for i = first, first + k - 1 do
        local below, equal = 0, 0
        for j = first, first + k - 1 do
          if nums[j] < nums[i] then below = below + 1 end
          if nums[j] == nums[i] then equal = equal + 1 end
        end
        if below < wanted and wanted <= below + equal then return nums[i] end
      end
    end
    local medians = {}
    for first = 1, #nums - k + 1 do
      medians[first] = (nth(first, (k + 1) // 2) + nth(first, k // 2 + 1)) / 2
    end
    return medians
  end,

  reference = {
    lua = two_heaps,
    python = [==[
from heapq import heappop, heappush


# Two heaps, the lower half with its largest on top and the upper half with its smallest. A place
# that has left the window stays in its heap until it comes to the top; `live` does not count it.
def window_median(nums, k):
    LOWER, UPPER = 0, 1
    heaps, sign, live = ([], []), (-1, 1), [0, 0]
    home = {}  # place inside the window -> the heap that counts it

    def push(half, place):
        heappush(heaps[half], (sign[half] * nums[place], place))
        home[place] = half
        live[half] += 1

    def top(half):
        heap = heaps[half]
        while heap and home.get(heap[0][1]) != half:
            heappop(heap)
        return heap[0][1] if heap else None

    def move_top(source, target):
        place = top(source)
        heappop(heaps[source])
        live[source] -= 1
        push(target, place)

    medians = []
    for i, value in enumerate(nums):
        if i >= k:
            live[home.pop(i - k)] -= 1
        middle = top(LOWER)
        push(UPPER if middle is None or value > nums[middle] else LOWER, i)
        while live[LOWER] < live[UPPER]:
            move_top(UPPER, LOWER)
        while live[LOWER] > live[UPPER] + 1:
            move_top(LOWER, UPPER)
        if i >= k - 1:
            low = nums[top(LOWER)]
            medians.append((low + (low if k % 2 else nums[top(UPPER)])) / 2)
    return medians
]==],
    cpp = [==[
// Two sorted sets hold the lower and the upper half of the window. The place beside each value
// makes equal values different, so the one that leaves can be found and erased.
#include <iterator>
#include <set>
#include <utility>
#include <vector>

std::vector<double> window_median(const std::vector<long long>& nums, long long k) {
  using Entry = std::pair<long long, long long>;  // value, place
  std::set<Entry> lower, upper;
  std::vector<double> medians;
  const auto n = static_cast<long long>(nums.size());
  for (long long i = 0; i < n; ++i) {
    if (i >= k) {
      const Entry old{nums[i - k], i - k};
      if (lower.erase(old) == 0) upper.erase(old);
    }
    const Entry added{nums[i], i};
    (!lower.empty() && added < *lower.rbegin() ? lower : upper).insert(added);
    while (lower.size() < upper.size()) lower.insert(upper.extract(upper.begin()));
    while (lower.size() > upper.size() + 1) upper.insert(lower.extract(std::prev(lower.end())));
    if (i >= k - 1) {
      const long long low = lower.rbegin()->first;
      const long long high = k % 2 == 1 ? low : upper.begin()->first;
      medians.push_back(static_cast<double>(low + high) / 2);
    }
  }
  return medians;
}
]==],
  },

  wrong = {
    {
      name = "takes the lower middle",
      language = "lua",
      verdict = "WA",
      case = "the middle two differ",
      why = "With an even number of values there is no middle one. The median is the mean of the "
        .. "largest value of the lower half and the smallest of the upper half.",
      code = reference_with({ { old = "k % 2 == 1 and low or nums[top(upper)]", new = "low" } }),
    },
    {
      name = "drops the half",
      language = "lua",
      verdict = "WA",
      case = "a median with a half",
      why = "The mean of two whole numbers is computed with a whole-number division. The median of "
        .. "1 and 2 is 1.5; `//` in Lua and Python rounds down, `/` in C++ on integers cuts off.",
      code = reference_with({ { old = "(low + high) / 2", new = "(low + high) // 2" } }),
    },
    {
      name = "never forgets a value",
      language = "lua",
      verdict = "WA",
      case = "what has left no longer counts",
      why = "Two heaps without a way to remove anything give the median of all values so far. What "
        .. "has left the window must stop counting, even when it lies deep in a heap.",
      code = reference_with({ { old = "    if i > k then leave(i - k) end\n", new = "" } }),
    },
    {
      name = "takes it from the wrong half",
      language = "lua",
      verdict = "WA",
      case = "the smallest of the upper half leaves",
      why = "Which half a leaving value is taken from is decided by comparing it with the smallest "
        .. "of the upper half, and the comparison is wrong for an equal one: the upper half loses "
        .. "the value, the lower half the count. Remember for each place in which half it lies.",
      code = reference_with({
        { old = "local home = {}", new = "local home, dead = {}, {}" },
        { old = "while heap[1] and home[heap[1]] ~= heap do pop(heap) end",
          new = "while heap[1] and (dead[nums[heap[1]]] or 0) > 0 do\n"
            .. "      dead[nums[heap[1]]] = dead[nums[heap[1]]] - 1\n"
            .. "      pop(heap)\n"
            .. "    end" },
        { old = "    home[place].live = home[place].live - 1\n    home[place] = nil\n",
          new = "    local value, first = nums[place], top(upper)\n"
            .. "    local half = first and value > nums[first] and upper or lower\n"
            .. "    half.live = half.live - 1\n"
            .. "    dead[value] = (dead[value] or 0) + 1\n" },
      }),
    },
    {
      name = "balances with the dead",
      language = "lua",
      verdict = "WA",
      case = "a dead value lies below the top",
      why = "Values that have left are skipped at the top of a heap, but the halves are balanced "
        .. "by all that lies in the heaps. One half can then have too few that are alive, or none.",
      code = reference_with({
        { old = "    home[place].live = home[place].live - 1\n", new = "" },
      }),
    },
    {
      name = "sorts every window",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each window is copied and sorted: n·k log k. Only one value enters and one leaves "
        .. "between two windows.",
      code = [==[
function window_median(nums, k)
  local medians = {}
  for first = 1, #nums - k + 1 do
    local window = table.move(nums, first, first + k - 1, 1, {})
    table.sort(window)
    medians[first] = (window[(k + 1) // 2] + window[k // 2 + 1]) / 2
  end
  return medians
end
]==],
    },
    {
      name = "keeps a sorted list",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The place in a sorted list is found quickly by bisection, but inserting and removing "
        .. "move up to k values each time: n·k in all. The moving is quick, so this is fine for "
        .. "small windows; it is still quadratic when k is n/2.",
      code = [==[
function window_median(nums, k)
  local window, medians = {}, {}
  local function place_of(value)
    local low, high = 1, #window + 1
    while low < high do
      local middle = (low + high) // 2
      if window[middle] < value then low = middle + 1 else high = middle end
    end
    return low
  end
  for i = 1, #nums do
    if i > k then table.remove(window, place_of(nums[i - k])) end
    table.insert(window, place_of(nums[i]), nums[i])
    if i >= k then medians[i - k + 1] = (window[(k + 1) // 2] + window[k // 2 + 1]) / 2 end
  end
  return medians
end
]==],
    },
  },

  hints = {
    { text = "For a stream without a window: keep the lower half with its largest value at hand "
        .. "and the upper half with its smallest. How does a new value go in, and how do the "
        .. "halves stay equally large?", cost_min = 4 },
    { text = "A heap cannot remove a value from its middle. But you only ever look at its top. "
        .. "When would it be early enough to remove a value that has left the "
        .. "window?", cost_min = 5 },
    { text = "Store places, not values, and for each place inside the window which heap counts it. "
        .. "When a place leaves, lower that heap's count and forget the place. Before you read a "
        .. "top, pop it while it is not inside any more. Balance by the counts, never by the sizes "
        .. "of the heaps.", cost_min = 8 },
  },

  follow_ups = {
    { ask = "How large can the heaps become, and can that be bounded by k?",
      answer = "Values that left may lie below the top for long: up to n in all, for instance in a "
        .. "log that rises for ever, where the lower half's small ones never surface. Rebuild a "
        .. "heap when more than half of it is dead: constant on average, O(k) memory, O(log k) a "
        .. "step." },
    { ask = "What would you use in C++ or Java?",
      answer = "Two sorted trees of (value, place), where any entry can be erased in O(log k). Or "
        .. "one tree and an iterator to the middle, which is moved by a step at each insertion and "
        .. "removal; short, and easy to get wrong with equal values." },
    { ask = "And in Python, in production?",
      answer = "A sorted list with bisection. Moving a few thousand machine words is a single "
        .. "memmove and quicker than heaps until windows have tens of thousands of values." },
    { ask = "The 99th percentile instead of the median?",
      answer = "The same with halves of other sizes: the upper one holds 1% of the window. Say "
        .. "which definition of a percentile is meant, since several interpolate differently." },
    { ask = "A million series, each with a window of an hour. An estimate is enough.",
      answer = "Histograms with fixed, say logarithmic, bins: one counter goes up, one goes down, "
        .. "and the answer is right to a bin's width. Or mergeable sketches per minute, merged on "
        .. "read." },
  },

  explain = [==[
**Invariant.** After value `i`, every place inside the window is counted by exactly one heap, the
one it lies in. No value counted by `lower` is larger than one counted by `upper`, and `lower`
counts as many as `upper` or one more. So the middle is at the tops.

**Why it holds.** A place that leaves lowers the count of the heap it lies in and of no other, and
the order between the halves is not touched. A new value goes to `lower` if it is at most the
largest there, else to `upper`, which keeps the order: it is then at most as large as everything in
`upper`, or at least as large as everything in `lower`. If `lower` is empty, anything may go to
`upper`. Balancing moves the largest of `lower` or the smallest of `upper`, which keeps the order as
well. What is dead may lie anywhere in a heap but is popped before a top is used.

**Cost.** A step pushes one place, and one leaves, so on average a constant number of places is
moved to the other heap. Every push is popped at most once. With O(log n) each: O(n log n) time and
O(n) space.

**Usual mistakes**

- *Equal values.* When halves are told apart by value, every comparison must agree with where equal
  values really lie: taken from one half and counted in the other, they spoil the balance silently.
  Places have no equals.
- *Balance by size.* The size of a heap counts the dead.
- *A dead top.* Each read of a top has to clean it first, also the one that decides where a new
  value goes and the one that moves a value.
- *Even windows* need both tops and a division that keeps the half.
- *Windows of one.* Both halves may be empty for a moment.
]==],
}
