-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A sliding counter over a stream, with the clock handed in. The drill is about what is stored
-- (seconds, not hits), which end of the window is open, and a clock that steps back or jumps.

-- A stream of `n` calls whose clock moves forward by up to `step` seconds a call and, with
-- probability `back`, up to `step` seconds the other way.
local function stream(n, step, back, rand)
  local calls, now = {}, rand(0, 1000)
  for i = 1, n do
    now = math.max(0, now + rand(0, step) * (rand.float() < back and -1 or 1))
    calls[i] = { rand(1, 3) == 1 and "count" or "hit", now }
  end
  return calls
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local queue_of_seconds = [==[
-- A queue of the seconds that had hits, each with its number of hits, and their running total.
HitCounter = {}
HitCounter.__index = HitCounter

function HitCounter.new(window_s)
  return setmetatable({
    window_s = window_s, latest_s = 0, total = 0,
    second = {}, hits = {}, head = 1, tail = 0,
  }, HitCounter)
end

-- Moves the clock (never back) and drops what has left the window.
function HitCounter:advance(to_s)
  if to_s > self.latest_s then self.latest_s = to_s end
  local oldest = self.latest_s - self.window_s
  while self.head <= self.tail and self.second[self.head] <= oldest do
    self.total = self.total - self.hits[self.head]
    self.second[self.head], self.hits[self.head] = nil, nil
    self.head = self.head + 1
  end
end

function HitCounter:hit(at_s)
  self:advance(at_s)
  if self.head > self.tail or self.second[self.tail] ~= self.latest_s then
    self.tail = self.tail + 1
    self.second[self.tail], self.hits[self.tail] = self.latest_s, 0
  end
  self.hits[self.tail] = self.hits[self.tail] + 1
  self.total = self.total + 1
end

function HitCounter:count(now_s)
  self:advance(now_s)
  return self.total
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = queue_of_seconds:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return queue_of_seconds:sub(1, first - 1) .. new .. queue_of_seconds:sub(last + 1)
end

return drill {
  id = "hits-in-window",
  title = "Hits in the last T seconds",
  category = "streams",
  level = "medium",
  minutes = 20,
  covers = { "S02", "S02-D", "S02-C01", "S02-C02", "S02-P1", "S02-P3" },
  signature = [[
    class HitCounter(window_s: int)
      hit(at_s: int)
      count(now_s: int) -> int
  ]],

  statement = [==[
The front page of a community site marks a post as *hot* when it got many votes a short while ago.
One counter stands behind every post. Each vote calls `hit`, each page view calls `count`.

Write `HitCounter(window_s)` with

- `hit(at_s)`: one vote at second `at_s`;
- `count(now_s)`: how many votes fell into the last `window_s` seconds.

**Conventions**

- A vote at `at` counts at time `now` when `now - window_s < at ≤ now`. With a window of 60, a
  vote at second 100 still counts at second 159 and no longer at second 160.
- Times are whole seconds, handed in by the caller; never read a clock yourself. They lie between
  0 and 10^15.
- The calls come from several machines, so the clock can step back. Every call, `hit` or `count`,
  that carries a time smaller than the latest seen **by either method** is treated as if it
  carried that latest time.
- Several votes may share a second, and there may be thousands of them. There may also be silence
  for years.
- `1 ≤ window_s ≤ 86400`. A new counter has seen no time and no votes.

**Cost.** Both calls take constant time on average, however many votes are in the window. Memory
may grow with the number of seconds in the window, but not with the number of votes, and not with
the age of the counter.
]==],

  examples = {
    {
      new = { 60 },
      calls = { { "hit", 100 }, { "hit", 100 }, { "hit", 130 }, { "count", 159 }, { "count", 160 },
                { "count", 500 } },
      result = { nil, nil, nil, 3, 1, 0 },
      note = "At 159 the votes of second 100 are 59 seconds old and count; at 160 they are 60 "
        .. "seconds old and do not.",
    },
    {
      new = { 60 },
      calls = { { "hit", 100 }, { "hit", 40 }, { "count", 120 }, { "count", 90 } },
      result = { nil, nil, 2, 2 },
      note = "The clock stepped back: the second vote is taken at 100, and the last question is "
        .. "answered for 120.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Half of the calls are a burst within one second, the other half a long life at one vote
    -- every two seconds. At no time are there more than 31 different seconds in the window.
    input = function(n, rand)
      local calls, start = {}, rand(0, 1000000)
      for i = 1, n // 2 do
        calls[i] = { i % 8 == 0 and "count" or "hit", start }
      end
      for i = n // 2 + 1, n do
        calls[i] = { i % 2 == 0 and "hit" or "count", start + i - n // 2 }
      end
      return { new = { 60 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    case { name = "never hit", new = { 60 }, calls = { { "count", 5 }, { "count", 1000 } } }
    case {
      name = "edge of the window",
      catches = "closed at both ends",
      new = { 60 },
      calls = { { "hit", 100 }, { "count", 100 }, { "count", 159 }, { "count", 160 },
                { "count", 161 } },
    }
    case {
      name = "second zero",
      catches = "closed at both ends",
      new = { 3 },
      calls = { { "hit", 0 }, { "count", 0 }, { "hit", 1 }, { "count", 2 }, { "count", 3 } },
    }
    case {
      name = "window of one second",
      catches = "closed at both ends",
      new = { 1 },
      calls = { { "hit", 7 }, { "hit", 7 }, { "count", 7 }, { "count", 8 }, { "hit", 8 },
                { "count", 8 } },
    }
    case {
      name = "the clock steps back",
      catches = "takes the clock as it comes",
      new = { 60 },
      calls = { { "hit", 100 }, { "hit", 45 }, { "count", 120 }, { "count", 9 }, { "count", 159 } },
    }
    case {
      name = "silence longer than the window",
      catches = "bins keep what they held",
      new = { 10 },
      calls = { { "hit", 3 }, { "hit", 4 }, { "hit", 5 }, { "count", 9 }, { "count", 34 },
                { "hit", 35 }, { "count", 36 } },
    }
    case {
      name = "a count moves the clock too",
      catches = "only hits move the clock",
      new = { 60 },
      calls = { { "hit", 100 }, { "count", 200 }, { "hit", 150 }, { "count", 215 },
                { "count", 259 }, { "count", 260 } },
    }
    case {
      name = "silence for ages",
      catches = "walks through the silence",
      new = { 86400 },
      calls = { { "hit", 0 }, { "hit", 1 }, { "count", 1000000000000 }, { "hit", 1000000000000000 },
                { "count", 1000000000000000 } },
    }
    do
      local calls = {}
      for i = 1, 3000 do calls[i] = { "hit", 42 } end
      calls[3001] = { "count", 42 }
      calls[3002] = { "count", 341 }
      calls[3003] = { "count", 342 }
      case { name = "a burst in one second", catches = "keeps every timestamp", new = { 300 },
             calls = calls }
    end
    for i = 1, 3 do
      case { name = "random " .. i, new = { rand(1, 30) }, calls = stream(50, 6, 0, rand) }
    end
    for i = 1, 3 do
      case { name = "random, unsteady clock " .. i, new = { rand(1, 30) },
             calls = stream(50, 8, 0.3, rand) }
    end
    do
      local calls = {}
      for i = 1, 8000 do calls[i] = { i % 8 == 0 and "hit" or "count", i } end
      case { name = "8000 calls, the window of a day", catches = "adds up all bins", new = { 86400 },
             calls = calls }
    end
    case { name = "5000 calls, unsteady clock", new = { 3600 }, calls = stream(5000, 9, 0.2, rand) }
    case { name = "10000 calls, a busy post", new = { 600 }, calls = stream(10000, 1, 0.01, rand) }
    case { name = "10000 calls, a quiet post", new = { 5 }, calls = stream(10000, 40, 0.05, rand) }
  end,

  compare = "exact",

  oracle = function(case)
    local window, seen, latest, result = case.new[1], {}, 0, {}
    for i, call in ipairs(case.calls) do
      latest = math.max(latest, call[2])
      if call[1] == "hit" then
        seen[#seen + 1] = latest
      else
        local total = 0
        for _, at in ipairs(seen) do
          if latest - window < at and at <= latest then total = total + 1 end
        end
        result[i] = total
      end
    end
    return result
  end,

  reference = {
    lua = queue_of_seconds,
    python = [==[
from collections import deque


class HitCounter:
    def __init__(self, window_s):
        self.window_s = window_s
        self.latest_s = 0
        self.total = 0
        self.seconds = deque()  # [second, hits in that second], ascending

    def _advance(self, to_s):
        self.latest_s = max(self.latest_s, to_s)
        while self.seconds and self.seconds[0][0] <= self.latest_s - self.window_s:
            self.total -= self.seconds.popleft()[1]

    def hit(self, at_s):
        self._advance(at_s)
        if not self.seconds or self.seconds[-1][0] != self.latest_s:
            self.seconds.append([self.latest_s, 0])
        self.seconds[-1][1] += 1
        self.total += 1

    def count(self, now_s):
        self._advance(now_s)
        return self.total
]==],
  },

  wrong = {
    {
      name = "closed at both ends",
      language = "lua",
      verdict = "WA",
      case = "edge of the window",
      why = "A hit exactly window_s old is still counted. The window is open at its old end: "
        .. "now - window_s < at, so drop while at <= now - window_s.",
      code = reference_with("<= oldest", "< oldest"),
    },
    {
      name = "takes the clock as it comes",
      language = "lua",
      verdict = "WA",
      case = "the clock steps back",
      why = "A ring of one bin a second, written at the time as it was handed in. A hit from a "
        .. "machine whose clock is behind lands in the past and leaves the window early, or "
        .. "wipes a bin that was still in use. Clamp the time to the latest seen first.",
      code = [==[
HitCounter = {}
HitCounter.__index = HitCounter

function HitCounter.new(window_s)
  return setmetatable({ window_s = window_s, second = {}, hits = {} }, HitCounter)
end

function HitCounter:hit(at_s)
  local bin = at_s % self.window_s
  if self.second[bin] ~= at_s then self.second[bin], self.hits[bin] = at_s, 0 end
  self.hits[bin] = self.hits[bin] + 1
end

function HitCounter:count(now_s)
  local total = 0
  for bin, at_s in pairs(self.second) do
    if now_s - self.window_s < at_s and at_s <= now_s then total = total + self.hits[bin] end
  end
  return total
end
]==],
    },
    {
      name = "only hits move the clock",
      language = "lua",
      verdict = "WA",
      case = "a count moves the clock too",
      why = "The latest time is remembered by hit and not by count. A hit that comes after a "
        .. "later count is then stored in the past. Both methods see time, so both must move it.",
      code = reference_with("  self:advance(now_s)\n  return self.total", [==[
  local oldest = math.max(now_s, self.latest_s) - self.window_s
  while self.head <= self.tail and self.second[self.head] <= oldest do
    self.total = self.total - self.hits[self.head]
    self.head = self.head + 1
  end
  return self.total]==]),
    },
    {
      name = "bins keep what they held",
      language = "lua",
      verdict = "WA",
      case = "silence longer than the window",
      why = "A ring of bins that is cleared for the current second only. The bins of the seconds "
        .. "in which nothing was called still hold the numbers of an earlier lap. Store with each "
        .. "bin the second it belongs to.",
      code = [==[
HitCounter = {}
HitCounter.__index = HitCounter

function HitCounter.new(window_s)
  return setmetatable({ window_s = window_s, latest_s = 0, hits = {} }, HitCounter)
end

function HitCounter:advance(to_s)
  if to_s > self.latest_s then
    self.latest_s = to_s
    self.hits[to_s % self.window_s] = 0
  end
end

function HitCounter:hit(at_s)
  self:advance(at_s)
  local bin = self.latest_s % self.window_s
  self.hits[bin] = (self.hits[bin] or 0) + 1
end

function HitCounter:count(now_s)
  self:advance(now_s)
  local total = 0
  for _, hits in pairs(self.hits) do total = total + hits end
  return total
end
]==],
    },
    {
      name = "walks through the silence",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      why = "The ring is cleared second by second up to the new time. After a long silence that "
        .. "is millions of steps for one call. At most window_s bins exist, so clear at most that "
        .. "many, or none and compare each bin's second instead.",
      code = [==[
HitCounter = {}
HitCounter.__index = HitCounter

function HitCounter.new(window_s)
  return setmetatable({ window_s = window_s, latest_s = 0, total = 0, hits = {} }, HitCounter)
end

function HitCounter:advance(to_s)
  while self.latest_s < to_s do
    self.latest_s = self.latest_s + 1
    local bin = self.latest_s % self.window_s
    self.total = self.total - (self.hits[bin] or 0)
    self.hits[bin] = 0
  end
end

function HitCounter:hit(at_s)
  self:advance(at_s)
  local bin = self.latest_s % self.window_s
  self.hits[bin] = (self.hits[bin] or 0) + 1
  self.total = self.total + 1
end

function HitCounter:count(now_s)
  self:advance(now_s)
  return self.total
end
]==],
    },
    {
      name = "adds up all bins",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "8000 calls, the window of a day",
      why = "Each count goes through all bins of the window: 86400 steps for a window of a day. Keep "
        .. "the total, add each hit to it and take off what leaves the window.",
      code = [==[
HitCounter = {}
HitCounter.__index = HitCounter

function HitCounter.new(window_s)
  local self = { window_s = window_s, latest_s = 0, second = {}, hits = {} }
  for bin = 1, window_s do self.second[bin], self.hits[bin] = -1, 0 end
  return setmetatable(self, HitCounter)
end

function HitCounter:hit(at_s)
  self.latest_s = math.max(self.latest_s, at_s)
  local bin = self.latest_s % self.window_s + 1
  if self.second[bin] ~= self.latest_s then
    self.second[bin], self.hits[bin] = self.latest_s, 0
  end
  self.hits[bin] = self.hits[bin] + 1
end

function HitCounter:count(now_s)
  self.latest_s = math.max(self.latest_s, now_s)
  local oldest, total = self.latest_s - self.window_s, 0
  for bin = 1, self.window_s do
    if self.second[bin] > oldest then total = total + self.hits[bin] end
  end
  return total
end
]==],
    },
    {
      name = "keeps every timestamp",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "One entry per vote: a burst of a million votes in one second is a million entries, "
        .. "all with the same number in them. Keep one entry per second with a count.",
      code = reference_with(
        "if self.head > self.tail or self.second[self.tail] ~= self.latest_s then", "do"),
    },
    {
      name = "never forgets a second",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "Sums up to each second and a binary search answer quickly and correctly, but nothing "
        .. "is ever dropped: the memory grows with the age of the counter.",
      code = [==[
HitCounter = {}
HitCounter.__index = HitCounter

function HitCounter.new(window_s)
  return setmetatable({ window_s = window_s, latest_s = 0, second = {}, sum = {} }, HitCounter)
end

function HitCounter:hit(at_s)
  self.latest_s = math.max(self.latest_s, at_s)
  local last = #self.second
  if self.second[last] == self.latest_s then
    self.sum[last] = self.sum[last] + 1
  else
    self.second[last + 1], self.sum[last + 1] = self.latest_s, (self.sum[last] or 0) + 1
  end
end

function HitCounter:count(now_s)
  self.latest_s = math.max(self.latest_s, now_s)
  local low, high = 0, #self.second
  while low < high do
    local middle = (low + high + 1) // 2
    if self.second[middle] <= self.latest_s - self.window_s then
      low = middle
    else
      high = middle - 1
    end
  end
  return (self.sum[#self.sum] or 0) - (self.sum[low] or 0)
end
]==],
    },
  },

  hints = {
    { text = "A million votes in the same second leave the window together. What is the least you "
        .. "need to remember of them?", cost_min = 2 },
    { text = "Once times are clamped they arrive in ascending order, so what leaves first is what "
        .. "came first: a queue of (second, votes) and a running total.", cost_min = 3 },
    { text = "Write one helper that both methods call first: it raises `latest`, then pops the "
        .. "front while its second is <= latest - window and subtracts its votes from the total. "
        .. "`count` then returns the total.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "One call can pop thousands of entries. Is this still constant time?",
      answer = "On average. Every entry is pushed once and popped once, so n calls do at most n "
        .. "pops. If a single slow call hurts, use a ring of bins, where each call is bounded." },
    { ask = "Show the ring. What does it cost?",
      answer = "An array of window_s bins, each with the second it belongs to and its votes. A "
        .. "write goes to second mod window_s and resets the bin if it holds an older second. "
        .. "Writes are O(1), memory is O(window_s) whatever happens, a read sums the bins that "
        .. "are young enough." },
    { ask = "The window is a week and there are ten million posts. Now?",
      answer = "Coarser bins: 168 of one hour, with an error of at most one bin at the old end; "
        .. "or an exponentially decayed count, which needs two numbers a post and no window." },
    { ask = "Votes arrive late, by up to a minute, and should count at their own time.",
      answer = "Then clamping is wrong. Keep bins a minute longer than the window, write each "
        .. "vote into the bin of its own second, and refuse what is older than the watermark." },
    { ask = "Why hand the time in?",
      answer = "Tests can then move it freely, and it is clear whose clock counts. Inside one "
        .. "process a monotonic clock never steps back; between machines nothing promises that, "
        .. "so the rule for a step back must be written down." },
  },

  explain = [==[
**Invariant.** After `advance(t)`, with `latest` the largest time seen, the queue holds exactly the
different seconds `s` with `latest - window < s ≤ latest` in which there were votes, ascending, each
with its number of votes, and `total` is the sum of these numbers.

**Why it holds.** Clamping makes the stored seconds ascend, so whatever is too old stands at the
front, and popping from there until the front is young enough removes all of it and nothing else. A
vote changes only the entry of the current second, which is the last one or must be appended.

**Cost.** An entry enters once and leaves once, so a call costs amortised O(1). There are at most
`window` different seconds in the queue. Neither the number of votes nor the age matters.

**Usual mistakes**

- *A list of timestamps.* It is right until a post goes viral; then its memory is the number of
  votes. Entries that are equal in every respect should be one entry with a count.
- *The edge.* Write the condition for staying, `now - window < at`, and negate it for leaving:
  `at <= now - window`. Then try a window of one second.
- *A ring without stamps.* After a silence longer than the window the bins hold an earlier lap.
  Clearing them one second at a time costs as much as the silence was long.
- *Clamping in one method.* The latest time is a property of the counter; `count` moves it too.
- *Reading the clock inside.* The wall clock can be set back or jump, and it cannot be tested.
]==],
}
