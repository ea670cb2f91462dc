-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The k-th largest of a stream after each new value, in memory that does not grow. The drill is
-- about a start with too few values or too many, and about what may be forgotten for good.

-- `n` bids between `low` and `high`.
local function random_bids(n, low, high, rand)
  local bids = {}
  for i = 1, n do bids[i] = rand(low, high) end
  return bids
end

local function adds(bids)
  local calls = {}
  for i, bid in ipairs(bids) do calls[i] = { "add", bid } end
  return calls
end

-- The reference. Most of the wrong answers are this text with one thing changed.
local heap_of_k = [==[
-- The k largest so far in a heap whose top is the smallest of them, so the top is the answer.
StreamKth = {}
StreamKth.__index = StreamKth

function StreamKth.new(k, start)
  local self = setmetatable({ k = k, heap = {}, size = 0 }, StreamKth)
  for _, x in ipairs(start) do self:offer(x) end
  return self
end

function StreamKth:offer(x)
  local heap = self.heap
  if self.size < self.k then
    self.size = self.size + 1
    local i = self.size
    while i > 1 and x < heap[i // 2] do
      heap[i] = heap[i // 2]
      i = i // 2
    end
    heap[i] = x
  elseif x > heap[1] then
    local i = 1
    while 2 * i <= self.size do
      local child = 2 * i
      if child < self.size and heap[child + 1] < heap[child] then child = child + 1 end
      if x <= heap[child] then break end
      heap[i] = heap[child]
      i = child
    end
    heap[i] = x
  end
end

function StreamKth:add(x)
  self:offer(x)
  return self.heap[1]
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = heap_of_k:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return heap_of_k:sub(1, first - 1) .. new .. heap_of_k:sub(last + 1)
end

return drill {
  id = "stream-kth-largest",
  title = "The lowest bid that wins a slot",
  category = "heaps",
  level = "easy",
  minutes = 15,
  covers = { "S02-C04", "S02-P2", "S02-T" },
  signature = [[
    class StreamKth(k: int, start: int[])
      add(x: int) -> int
  ]],

  statement = [==[
A page has `k` slots for ads, and bids for them keep coming in. If the bidding closed now, the `k`
highest bids would get the slots. The page shows the lowest of these, so that people see what it
takes.

Write `StreamKth(k, start)` with

- the constructor: `start` holds the bids that came in before;
- `add(x)`: one more bid. Returns the `k`-th largest of all bids so far, those of `start` and `x`
  included.

**Conventions**

- Each bid counts for itself: of 9, 9, 5 the second largest is 9 and the third is 5.
- `k ≥ 1`. `start` has at least `k - 1` bids, so that every `add` has an answer. It may have many
  more, and for `k = 1` it may be empty. It is in no special order.
- Bids are never withdrawn.
- Bids are whole numbers between -10^15 and 10^15; a slot that must be filled can have a negative
  one.
- Do not change `start`.

**Cost.** O(log k) for each `add`. Memory grows with `k` and not with the number of bids.
]==],

  examples = {
    {
      new = { 3, { 4, 9, 2, 7 } },
      calls = { { "add", 3 }, { "add", 8 }, { "add", 8 } },
      result = { 4, 7, 8 },
      note = "The three highest are 9 7 4, then 9 8 7, then 9 8 8.",
    },
    {
      new = { 2, { 5 } },
      calls = { { "add", 3 }, { "add", 4 } },
      result = { 3, 4 },
      note = "One bid at the start, two slots: the 3 gets one until the 4 comes.",
    },
    {
      new = { 1, {} },
      calls = { { "add", -6 }, { "add", -8 } },
      result = { -6, -6 },
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 1000, 2000, 4000, 8000 },
    -- Few slots, and each bid is higher than all before.
    input = function(n, rand)
      local calls, base = {}, rand(100, 1000)
      for i = 1, n do calls[i] = { "add", base + i } end
      return { new = { 32, random_bids(31, 0, 99, rand) }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, k, start, bids)
      case { name = name, catches = catches, new = { k, start }, calls = adds(bids) }
    end
    story("all slots are taken at the start", "ignores the start", 2, { 9, 5 }, { 6, 8, 10 })
    story("one bid is missing at the start", "takes the start for full", 2, { 5 }, { 7, 6 })
    story("more bids than slots at the start", "keeps the first k of the start", 2, { 1, 2, 8, 9 },
          { 10, 11 })
    story("a bid that is too low", "lets every bid in", 2, { 5, 9 }, { 1, 7, 6 })
    story("equal bids", "takes equal bids for one", 3, { 7, 9 }, { 9, 9, 9 })
    story("one slot, nothing yet", nil, 1, {}, { 4, 2, 9, 9, 3 })
    story("one slot, many bids", nil, 1, { 3, 8, 5 }, { 7, 8, 9, 1 })
    story("below zero", "starts with zeros", 3, { -5, -9 }, { -7, -6, -1, -2 })
    story("falling", nil, 3, { 9, 8, 7 }, { 6, 5, 4, 3 })
    story("all equal", nil, 2, { 5, 5, 5 }, { 5, 5 })
    story("far apart", nil, 2, { -1000000000000000, 1000000000000000 },
          { 0, 1000000000000000, 999999999999999 })
    for i = 1, 3 do
      local k = rand(2, 10)
      story("random " .. i, nil, k, random_bids(k - 1, 0, 100, rand),
            random_bids(rand(20, 60), 0, 100, rand))
    end
    for i = 1, 2 do
      story("random, long start " .. i, nil, rand(1, 12), random_bids(40, -20, 20, rand),
            random_bids(rand(20, 60), -20, 20, rand))
    end
    story("2000 bids, 300 slots", nil, 300, random_bids(1000, 0, 100000, rand),
          random_bids(2000, 0, 200000, rand))
    story("5000 bids, 5000 slots", "sorts the k again", 5000, random_bids(4999, 0, 100000, rand),
          random_bids(5000, 0, 200000, rand))
  end,

  compare = "exact",

  -- Of all bids so far, the one that fewer than k beat and at least k reach.
  oracle = function(case)
    local k, bids, result = case.new[1], table.move(case.new[2], 1, #case.new[2], 1, {}), {}
    for i, call in ipairs(case.calls) do
      bids[#bids + 1] = call[2]
      for _, candidate in ipairs(bids) do
        local above, reached = 0, 0
        for _, other in ipairs(bids) do
          if other > candidate then above = above + 1 end
          if other >= candidate then reached = reached + 1 end
        end
        if above < k and k <= reached then result[i] = candidate end
      end
    end
    return result
  end,

  reference = {
    lua = heap_of_k,
    python = [==[
import heapq


class StreamKth:
    def __init__(self, k, start):
        self.k = k
        self.best = heapq.nlargest(k, start)  # the smallest of them on top, once it is a heap
        heapq.heapify(self.best)

    def add(self, x):
        if len(self.best) < self.k:
            heapq.heappush(self.best, x)
        elif x > self.best[0]:
            heapq.heapreplace(self.best, x)
        return self.best[0]
]==],
  },

  wrong = {
    {
      name = "ignores the start",
      language = "lua",
      verdict = "WA",
      case = "all slots are taken at the start",
      why = "Only the bids that `add` brings are kept. Those of `start` compete too.",
      code = reference_with("  for _, x in ipairs(start) do self:offer(x) end\n", ""),
    },
    {
      name = "takes the start for full",
      language = "lua",
      verdict = "WA",
      case = "one bid is missing at the start",
      why = "Each new bid is compared with the top as if there were k bids already. With k - 1, "
        .. "the first one gets a slot whatever it is.",
      code = reference_with("  self:offer(x)\n  return", [==[
  self.k = self.size
  self:offer(x)
  return]==]),
    },
    {
      name = "keeps the first k of the start",
      language = "lua",
      verdict = "WA",
      case = "more bids than slots at the start",
      why = "A long start is cut after k bids. Its highest bids can stand anywhere.",
      code = reference_with("  for _, x in ipairs(start) do self:offer(x) end\n",
                            "  for i = 1, math.min(k, #start) do self:offer(start[i]) end\n"),
    },
    {
      name = "lets every bid in",
      language = "lua",
      verdict = "WA",
      case = "a bid that is too low",
      why = "The new bid takes the place of the lowest, whether it is higher or not. Compare it "
        .. "with the top first, or push before you pop.",
      code = reference_with("elseif x > heap[1] then", "else"),
    },
    {
      name = "takes equal bids for one",
      language = "lua",
      verdict = "WA",
      case = "equal bids",
      why = "A bid that is among the kept ones already is left out, as in a set. Each bid gets a "
        .. "slot of its own.",
      code = reference_with("  local heap = self.heap\n", [==[
  local heap = self.heap
  for i = 1, self.size do
    if heap[i] == x then return end
  end
]==]),
    },
    {
      name = "starts with zeros",
      language = "lua",
      verdict = "WA",
      case = "below zero",
      why = "The heap begins with k zeros, and no negative bid ever beats one.",
      code = reference_with("  for _, x in", "  for _ = 1, k do self:offer(0) end\n  for _, x in"),
    },
    {
      name = "keeps everybody",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "All bids are kept in a sorted list. A bid that k others beat can never win again, "
        .. "since bids are not withdrawn: forget it.",
      code = [==[
StreamKth = {}
StreamKth.__index = StreamKth

function StreamKth.new(k, start)
  local sorted = table.move(start, 1, #start, 1, {})
  table.sort(sorted)
  return setmetatable({ k = k, sorted = sorted }, StreamKth)
end

function StreamKth:add(x)
  local low, high = 1, #self.sorted + 1
  while low < high do
    local middle = (low + high) // 2
    if self.sorted[middle] < x then low = middle + 1 else high = middle end
  end
  table.insert(self.sorted, low, x)
  return self.sorted[#self.sorted - self.k + 1]
end
]==],
    },
    {
      name = "sorts the k again",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "5000 bids, 5000 slots",
      why = "Only the k highest are kept, but they are sorted anew for every bid: k log k steps "
        .. "where log k will do.",
      code = [==[
StreamKth = {}
StreamKth.__index = StreamKth

function StreamKth.new(k, start)
  local self = setmetatable({ k = k, best = table.move(start, 1, #start, 1, {}) }, StreamKth)
  self:trim()
  return self
end

function StreamKth:trim()
  table.sort(self.best, function(a, b) return a > b end)
  for i = #self.best, self.k + 1, -1 do self.best[i] = nil end
end

function StreamKth:add(x)
  self.best[#self.best + 1] = x
  self:trim()
  return self.best[self.k]
end
]==],
    },
  },

  hints = {
    { text = "A bid has been beaten by k others. Can it ever matter again?", cost_min = 1 },
    { text = "So keep k bids. Which one of them answers the question, and which one goes when a "
        .. "better one comes?", cost_min = 2 },
    { text = "The same: the smallest. A min-heap of at most k bids. While it has fewer than k, "
        .. "push; afterwards replace the top if the new bid is larger. The answer is the top.",
      cost_min = 4 },
  },

  follow_ups = {
    { ask = "What does the constructor cost?",
      answer = "Pushing m bids one by one is O(m log k). Building a heap of the first k in one go "
        .. "and offering the rest is O(k + m log k) at worst, and near O(m) in random order." },
    { ask = "Bids can be withdrawn. What breaks?",
      answer = "Forgetting. The bid on place k + 1 may come back, so all bids must be kept: two "
        .. "heaps that meet at rank k, with lazy deletion, or a balanced tree with sizes." },
    { ask = "k can change while the page is live.",
      answer = "A smaller k only pops. A larger one needs bids that have been dropped, so keep the "
        .. "largest k that will ever be asked for, or everything." },
    { ask = "How often does the answer change, if bids come in random order?",
      answer = "Bid i gets in with probability k / i, so after n bids it has changed about "
        .. "k ln(n / k) times. Most adds are one comparison." },
    { ask = "Only the bids of the last hour count.",
      answer = "Then bids leave, and the k best alone are not enough. Keep all of the window in an "
        .. "ordered structure, or an approximate histogram per minute." },
  },

  explain = [==[
**Invariant.** The heap holds the `min(k, seen)` largest bids seen, counted with repetition. Its top
is the smallest of them: with `k` or more bids seen, the `k`-th largest.

**Why it holds.** With fewer than `k` bids each one belongs to the largest. With `k` in the heap, a
bid that does not beat the top has `k` before it, and since bids never leave this stays so: it can
be forgotten. A bid that does beat the top pushes the top to rank `k + 1`, for good.

**Cost.** O(log k) a bid and O(k) memory. A bid that does not get in costs one comparison.

**Usual mistakes**

- *The start.* It can be one short of `k`, and it can be longer than `k`. If the constructor and
  `add` share one method, both come out right.
- *A max-heap of everything.* Its top is not the answer, and it grows for ever.
- *Replace without asking*, or *ask without a size check*.
- *A set.* Equal bids are different bids.
]==],
}
