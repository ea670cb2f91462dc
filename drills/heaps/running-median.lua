-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The median of everything so far, by two heaps that meet in the middle. The drill is about keeping
-- the halves balanced AND in order, and about the mean of two numbers that can be huge.

-- `n` calls: a value, then now and then the median.
local function values_and_questions(n, low, high, rand)
  local calls = { { "add", rand(low, high) } }
  for i = 2, n do
    calls[i] = rand(1, 3) == 1 and { "median" } or { "add", rand(low, high) }
  end
  return calls
end

-- The median after each of `values`.
local function after_each(values)
  local calls = {}
  for _, value in ipairs(values) do
    calls[#calls + 1] = { "add", value }
    calls[#calls + 1] = { "median" }
  end
  return calls
end

-- `n` falling values, the median after each.
local function falling(n, last)
  local values = {}
  for i = 1, n do values[i] = last + n - i end
  return after_each(values)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local two_heaps = [==[
-- The smaller half of the values in a heap with its largest on top, the larger half in a heap with
-- its smallest on top. The smaller half has as many values as the larger, or one more.
RunningMedian = {}
RunningMedian.__index = RunningMedian

function RunningMedian.new()
  return setmetatable({ lower = {}, upper = {} }, RunningMedian)
end

-- Both heaps have their smallest on top; the lower half is kept with its signs turned round.
local function push(heap, value)
  local i = #heap + 1
  while i > 1 and value < heap[i // 2] do
    heap[i] = heap[i // 2]
    i = i // 2
  end
  heap[i] = value
end

local function pop(heap)
  local top, size = heap[1], #heap - 1
  local value = heap[size + 1]
  heap[size + 1] = nil
  local i = 1
  while 2 * i <= size do
    local child = 2 * i
    if child < size and heap[child + 1] < heap[child] then child = child + 1 end
    if value <= heap[child] then break end
    heap[i] = heap[child]
    i = child
  end
  if size > 0 then heap[i] = value end
  return top
end

-- Through the lower half into the upper: what moves up is the largest of the lower half, so the
-- halves stay in order. One goes back when the upper half has become the larger one.
function RunningMedian:add(x)
  push(self.lower, -x)
  push(self.upper, -pop(self.lower))
  if #self.upper > #self.lower then push(self.lower, -pop(self.upper)) end
end

function RunningMedian:median()
  local below = -self.lower[1]
  if #self.lower > #self.upper then return below end
  return below / 2 + self.upper[1] / 2
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = two_heaps:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return two_heaps:sub(1, first - 1) .. new .. two_heaps:sub(last + 1)
end

return drill {
  id = "running-median",
  title = "The median time to answer, so far",
  category = "heaps",
  level = "hard",
  minutes = 25,
  covers = { "S02-T", "S02-F" },
  signature = [[
    class RunningMedian()
      add(x: int)
      median() -> float
  ]],

  statement = [==[
A monitor watches how long a service takes to answer. The mean says little, since a few very slow
answers pull it up; the team looks at the median.

Write `RunningMedian()` with

- `add(x)`: one more measurement;
- `median()`: the median of all measurements so far.

**Conventions**

- With an odd number of measurements the median is the middle one in ascending order. With an even
  number it is the mean of the middle two: of 3 and 4 it is 3.5.
- `median` is only called after the first `add`. It changes nothing, and it may be called several
  times in a row.
- Equal measurements count each for itself.
- `0 ≤ x ≤ 9·10^18`: whole numbers of a fine clock's ticks. A stuck request can measure years, so
  the large ones do occur. Each fits into a signed 64-bit integer; the sum of two may not.
- An answer is right when it is within 10^-9 of the exact one, absolutely or relatively.

**Cost.** O(log n) for `add` and O(1) for `median`, where `n` is the number of measurements so far.
Memory may grow like `n`.
]==],

  examples = {
    {
      new = {},
      calls = { { "add", 8 }, { "median" }, { "add", 3 }, { "median" }, { "add", 4 },
                { "median" } },
      result = { nil, 8, nil, 5.5, nil, 4 },
      note = "Of 8 alone it is 8, of 3 and 8 it is 5.5, of 3, 4, 8 it is 4.",
    },
    {
      new = {},
      calls = { { "add", 6 }, { "add", 6 }, { "add", 900 }, { "median" }, { "add", 7 },
                { "median" } },
      result = { nil, nil, nil, 6, nil, 6.5 },
      note = "The 6 counts twice. 900 moves the median no more than 9 would.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n, rand) return { new = {}, calls = falling(n // 2, rand(0, 1000)) } end,
  },

  cases = function(rand, case)
    local function story(name, catches, calls)
      case { name = name, catches = catches, new = {}, calls = calls }
    end
    story("one measurement", nil, { { "add", 5 }, { "median" }, { "median" } })
    story("only zeros", nil, after_each { 0, 0, 0 })
    story("two measurements", "takes one of the middle two", after_each { 2, 6 })
    story("an odd sum in the middle", "rounds to a whole number", after_each { 3, 4 })
    story("a slow one and two quick ones", "takes the mean of all", after_each { 12, 500000, 10 })
    story("the same measurement again", "keeps equal ones once", after_each { 4, 8, 4 })
    story("one half is due twice", "lets one half grow", after_each { 4, 8, 8 })
    story("a late one belongs to the other half", "puts it where there is room",
          after_each { 2, 8, 9, 20, 1, 1, 30 })
    story("rising", nil, after_each { 1, 2, 3, 4, 5, 6, 7, 8, 9 })
    story("falling", nil, after_each { 9, 8, 7, 6, 5, 4, 3, 2, 1 })
    story("from both ends to the middle", nil, after_each { 1, 100, 2, 99, 3, 98, 50, 51 })
    story("many of two kinds", nil, after_each { 4, 4, 4, 8, 8, 8, 8, 4, 8, 8 })
    story("two that are years long", "adds before it halves",
          after_each { 9000000000000000000, 9000000000000000000 })
    story("questions in a row", nil,
          { { "add", 7 }, { "add", 2 }, { "median" }, { "median" }, { "add", 3 }, { "median" },
            { "median" }, { "median" } })
    story("no question until late", nil,
          { { "add", 40 }, { "add", 10 }, { "add", 30 }, { "add", 20 }, { "add", 50 },
            { "add", 60 }, { "median" } })
    for i = 1, 3 do
      story("random " .. i, nil, values_and_questions(rand(20, 80), 0, 1000, rand))
    end
    for i = 1, 2 do
      story("random, few different " .. i, nil, values_and_questions(rand(20, 80), 0, 5, rand))
    end
    story("500 falling", nil, falling(500, 17))
    story("2000 calls", nil, values_and_questions(2000, 0, 1000000, rand))
    story("2000 calls, few different", nil, values_and_questions(2000, 10, 14, rand))
  end,

  compare = { tolerance = 1e-9 },

  -- The middle ones are those with few enough values below and few enough above.
  oracle = function(case)
    local values, result = {}, {}
    local function of_rank(rank)
      for _, candidate in ipairs(values) do
        local below, reached = 0, 0
        for _, other in ipairs(values) do
          if other < candidate then below = below + 1 end
          if other <= candidate then reached = reached + 1 end
        end
        if below < rank and rank <= reached then return candidate end
      end
    end
    for i, call in ipairs(case.calls) do
      if call[1] == "add" then
        values[#values + 1] = call[2]
      else
        local low, high = of_rank((#values + 1) // 2), of_rank(#values // 2 + 1)
        result[i] = low + (high - low) / 2
      end
    end
    return result
  end,

  reference = {
    lua = two_heaps,
    python = [==[
from heapq import heappush, heappushpop


class RunningMedian:
    def __init__(self):
        self.lower = []  # the smaller half, signs turned round: its largest on top
        self.upper = []  # the larger half, as large as the lower or one smaller

    def add(self, x):
        # Through one half into the other, so that the halves stay in order.
        if len(self.lower) == len(self.upper):
            heappush(self.lower, -heappushpop(self.upper, x))
        else:
            heappush(self.upper, -heappushpop(self.lower, -x))

    def median(self):
        if len(self.lower) > len(self.upper):
            return float(-self.lower[0])
        return (self.upper[0] - self.lower[0]) / 2
]==],
    cpp = [==[
// The smaller half with its largest on top, the larger half with its smallest on top. The smaller
// half has as many values as the larger, or one more.
#include <functional>
#include <queue>
#include <vector>

class RunningMedian {
 public:
  void add(long long x) {
    lower_.push(x);
    upper_.push(lower_.top());
    lower_.pop();
    if (upper_.size() > lower_.size()) {
      lower_.push(upper_.top());
      upper_.pop();
    }
  }

  double median() const {
    auto below = static_cast<double>(lower_.top());
    if (lower_.size() > upper_.size()) return below;
    return below / 2 + static_cast<double>(upper_.top()) / 2;
  }

 private:
  std::priority_queue<long long> lower_;
  std::priority_queue<long long, std::vector<long long>, std::greater<>> upper_;
};
]==],
  },

  wrong = {
    {
      name = "takes one of the middle two",
      language = "lua",
      verdict = "WA",
      case = "two measurements",
      why = "With an even number of measurements the upper of the middle two is returned. The "
        .. "median is their mean then.",
      code = reference_with("below / 2 + self.upper[1] / 2", "self.upper[1]"),
    },
    {
      name = "rounds to a whole number",
      language = "lua",
      verdict = "WA",
      case = "an odd sum in the middle",
      why = "The mean of 3 and 4 is 3.5. Division of whole numbers drops the half.",
      code = reference_with("below / 2 + self.upper[1] / 2",
                            "below + (self.upper[1] - below) // 2"),
    },
    {
      name = "keeps equal ones once",
      language = "lua",
      verdict = "WA",
      case = "the same measurement again",
      why = "A measurement that was seen before is left out, as in a set. Each counts for itself.",
      code = reference_with("  push(self.lower, -x)\n", [==[
  self.seen = self.seen or {}
  if self.seen[x] then return end
  self.seen[x] = true
  push(self.lower, -x)
]==]),
    },
    {
      name = "puts it where there is room",
      language = "lua",
      verdict = "WA",
      case = "a late one belongs to the other half",
      why = "A new value goes to the half that is due, whatever it is. The halves are then equal "
        .. "in size and not in order. Pass it through the other heap, or compare it with a top.",
      code = reference_with([==[
  push(self.lower, -x)
  push(self.upper, -pop(self.lower))
  if #self.upper > #self.lower then push(self.lower, -pop(self.upper)) end
]==], [==[
  if #self.lower == #self.upper then push(self.lower, -x) else push(self.upper, x) end
]==]),
    },
    {
      name = "lets one half grow",
      language = "lua",
      verdict = "WA",
      case = "one half is due twice",
      why = "The halves are rebalanced only when they differ by more than two, so the tops are no "
        .. "longer the middle. They may differ by one.",
      code = reference_with([==[
  push(self.lower, -x)
  push(self.upper, -pop(self.lower))
  if #self.upper > #self.lower then push(self.lower, -pop(self.upper)) end
]==], [==[
  local lower, upper = self.lower, self.upper
  if #lower == 0 or x <= -lower[1] then push(lower, -x) else push(upper, x) end
  if #lower > #upper + 2 then push(upper, -pop(lower)) end
  if #upper > #lower + 2 then push(lower, -pop(upper)) end
]==]),
    },
    {
      name = "takes the mean of all",
      language = "lua",
      verdict = "WA",
      case = "a slow one and two quick ones",
      why = "The mean is pulled away by a few large values. The median looks at ranks only.",
      code = [==[
RunningMedian = {}
RunningMedian.__index = RunningMedian

function RunningMedian.new() return setmetatable({ total = 0, count = 0 }, RunningMedian) end

function RunningMedian:add(x) self.total, self.count = self.total + x, self.count + 1 end

function RunningMedian:median() return self.total / self.count end
]==],
    },
    {
      name = "adds before it halves",
      language = "lua",
      verdict = "WA",
      case = "two that are years long",
      why = "The sum of two large 64-bit integers wraps round and is negative. Halve first, or add "
        .. "half of the difference to the smaller.",
      code = reference_with("below / 2 + self.upper[1] / 2", "(below + self.upper[1]) / 2"),
    },
    {
      name = "sorts at every question",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Everything is sorted again for each median. Only one value is new, and only the "
        .. "middle is asked for.",
      code = [==[
RunningMedian = {}
RunningMedian.__index = RunningMedian

function RunningMedian.new() return setmetatable({ values = {} }, RunningMedian) end

function RunningMedian:add(x) self.values[#self.values + 1] = x end

function RunningMedian:median()
  table.sort(self.values)
  local n = #self.values
  return self.values[(n + 1) // 2] / 2 + self.values[n // 2 + 1] / 2
end
]==],
    },
    {
      name = "inserts into a sorted list",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The place is found by halving, in log n steps, but making room for the value moves "
        .. "all larger ones: n steps an add when the values fall.",
      code = [==[
RunningMedian = {}
RunningMedian.__index = RunningMedian

function RunningMedian.new() return setmetatable({ values = {} }, RunningMedian) end

function RunningMedian:add(x)
  local low, high = 1, #self.values + 1
  while low < high do
    local middle = (low + high) // 2
    if self.values[middle] < x then low = middle + 1 else high = middle end
  end
  table.insert(self.values, low, x)
end

function RunningMedian:median()
  local n = #self.values
  return self.values[(n + 1) // 2] / 2 + self.values[n // 2 + 1] / 2
end
]==],
    },
  },

  hints = {
    { text = "You never need the whole order, only the one or two values in the middle. What must "
        .. "you know of the values below them, and of those above?", cost_min = 3 },
    { text = "Cut the values into a smaller and a larger half. From the one you need the largest, "
        .. "from the other the smallest. Which structure gives you just that?", cost_min = 4 },
    { text = "A max-heap for the smaller half and a min-heap for the larger. To add: push into the "
        .. "smaller half, move its top to the larger, and if the larger now has more, move its top "
        .. "back. The median is the top of the smaller half, or the mean of both tops.",
      cost_min = 6 },
  },

  follow_ups = {
    { ask = "And the 99th percentile instead of the median?",
      answer = "Keep the same two heaps with other sizes: the upper one holds n - ceil(0.99 n) "
        .. "values. Each add moves at most a constant number of values across." },
    { ask = "Only the last hour counts. What about values that leave?",
      answer = "Heaps cannot remove from their middle. Mark values as gone, count the live ones of "
        .. "each half, and drop the dead when they come to a top. Or use a balanced tree with "
        .. "sizes, which inserts, removes and finds a rank in log n." },
    { ask = "There are billions of measurements, and an error of one percent is fine.",
      answer = "Buckets whose bounds grow by two percent hold any latency in about a thousand "
        .. "counters and bound the relative error; a t-digest or a KLL sketch bounds the error in "
        .. "rank. Such sketches also merge between machines, which heaps do not." },
    { ask = "Can you average the medians of several machines?",
      answer = "No. The median of all is not determined by the medians of the parts. Send sketches "
        .. "or histograms and merge those." },
    { ask = "The values are known to lie between 0 and 100.",
      answer = "Count how often each occurs. An add is one step, the median a walk over 101 "
        .. "counters, and memory no longer grows." },
  },

  explain = [==[
**Invariant.** No value of the lower half is larger than any of the upper half, and the lower half
has as many values as the upper, or one more.

**Why it gives the median.** With an odd number, the lower half has the extra value and its largest
is the middle one. With an even number, the middle two are the largest of the lower and the smallest
of the upper half. Both stand on top of their heaps.

**Why it holds.** The new value goes into the lower half, and the largest of that half moves up: now
nothing below is larger than anything above. The upper half has grown by one. If it has more than
the lower, its smallest moves down, which keeps the order too.

**Cost.** At most three pushes and two pops an add: O(log n). The median reads two tops.

**The mean of two.** Two values up to 9·10^18 have a sum beyond 2^63. `a / 2 + b / 2` in floats and
`a + (b - a) / 2` are both safe here, since nothing is negative. With mixed signs the difference can
overflow as well, so halve first. Halving integers first loses the halves.

**Usual mistakes**

- *Balance without order.* Equal sizes are not enough; a value must be compared with a top.
- *Order without balance.* When the halves differ by two, the tops are not the middle.
- *Reading a median of an even number from one heap.*
- *Sorting again.* n log n a question.
]==],
}
