-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Sums over the last few bins of time, in memory that does not depend on the traffic. The drill is
-- about a slot that serves one bin after the other: whose number is it that stands there?

-- The reference. Several wrong answers are this text with one thing changed.
local ring_with_stamps = [==[
-- Bin b lives in slot b mod bins. Each slot says which bin its sum belongs to, so nothing has to be
-- cleared when time passes: a slot that belongs to an older bin is empty.
BinRing = {}
BinRing.__index = BinRing

function BinRing.new(bins, bin_s)
  return setmetatable({ bins = bins, bin_s = bin_s, newest = nil, owner = {}, sum = {} }, BinRing)
end

function BinRing:advance(bin)
  if not self.newest or bin > self.newest then self.newest = bin end
end

function BinRing:add(at_s, amount)
  local bin = at_s // self.bin_s
  self:advance(bin)
  if bin <= self.newest - self.bins then return false end
  local slot = bin % self.bins
  if self.owner[slot] ~= bin then self.owner[slot], self.sum[slot] = bin, 0 end
  self.sum[slot] = self.sum[slot] + amount
  return true
end

function BinRing:total(now_s)
  self:advance(now_s // self.bin_s)
  local total = 0
  for slot = 0, self.bins - 1 do
    local bin = self.owner[slot]
    if bin and bin > self.newest - self.bins then total = total + self.sum[slot] end
  end
  return total
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls from second `start` on. The clock moves by up to `step` a call; one call in `late` is
-- up to `lag` seconds behind it. One in `reads` asks for the total.
local function stream(n, start, step, late, lag, reads, rand)
  local calls, now = {}, start
  for i = 1, n do
    now = now + rand(0, step)
    local at = rand(1, late) == 1 and now - rand(1, lag) or now
    calls[i] = rand(1, reads) == 1 and { "total", at } or { "add", at, rand(-3, 9) }
  end
  return calls
end

return drill {
  id = "bin-ring",
  title = "Ad clicks of the last hour, by the minute",
  category = "streams",
  level = "medium",
  minutes = 25,
  covers = { "S02-C02", "S02-P1" },
  signature = [[
    class BinRing(bins: int, bin_s: int)
      add(at_s: int, amount: int) -> bool
      total(now_s: int) -> int
  ]],

  statement = [==[
An ad may cost no more than its budget allows, so the server adds up what its clicks have cost
lately. Exact times are not needed: time is cut into bins of `bin_s` seconds, and the sum over the
last `bins` bins is what counts. Clicks are reported by many machines, some of them late. There is
one such counter for each of a million ads.

Write `BinRing(bins, bin_s)` with

- `add(at_s, amount)`: a click at second `at_s` that cost `amount`. Returns whether it was counted;
- `total(now_s)`: the sum over the window.

**Conventions**

- Second `t` lies in bin `b` when `b · bin_s ≤ t < (b + 1) · bin_s`. With bins of 60 seconds, second
  59 is in bin 0, second 60 in bin 1 and second -1 in bin -1.
- The newest bin is the largest one that the time of any call, `add` or `total`, has fallen into, the
  present call included. The window is the newest bin and the `bins - 1` bins before it.
- `add` counts an amount in the bin of its own time, also when newer ones have been seen. If that bin
  lies before the window, the amount is not counted and `add` returns false.
- `total` answers for the window that ends with the newest bin, even if `now_s` itself is older.
- Bins are counted whole: the window does not begin in the middle of one.
- Times are whole numbers from -10^12 to 10^12, counted from the start of a campaign that may lie
  ahead. Between two calls any stretch of time may pass.
- `1 ≤ bins ≤ 1000`, `1 ≤ bin_s ≤ 10^6`. Amounts lie between -10^6 and 10^6; refunds are negative. A
  new counter has seen no time and no clicks.

**Cost.** `add` takes constant time, `total` may grow like `bins`, whatever the traffic and whatever
time has passed. Memory grows with `bins` at most, not with the number of clicks nor with the age of
the counter.
]==],

  examples = {
    {
      new = { 3, 60 },
      calls = { { "add", 10, 5 }, { "add", 59, 1 }, { "add", 60, 20 }, { "total", 179 },
                { "total", 180 }, { "total", 240 } },
      result = { true, true, true, 26, 20, 0 },
      note = "At 179 the window is bins 0 to 2. At 180 bin 3 begins and bin 0 leaves, at 240 bin 1 "
        .. "as well.",
    },
    {
      new = { 3, 60 },
      calls = { { "add", 200, 7 }, { "add", 70, 2 }, { "add", 59, 4 }, { "total", 0 } },
      result = { true, true, false, 9 },
      note = "The newest bin is 3, so the window is 1 to 3. Second 70 is late but inside, second 59 "
        .. "is not. The question at 0 does not turn the window back.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Half of the calls fall into one bin, the other half into a new bin each.
    input = function(n)
      local calls = {}
      for i = 1, n do
        local at = i <= n // 2 and 30 or 60 * (i - n // 2)
        calls[i] = i % 16 == 0 and { "total", at } or { "add", at, 1 }
      end
      return { new = { 10, 60 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, bins, bin_s, calls)
      case { name = name, catches = catches, new = { bins, bin_s }, calls = calls }
    end
    story("no clicks", nil, 4, 10, { { "total", 0 }, { "total", -500 }, { "total", 10000 } })
    story("a bin leaves whole", "counts seconds, not bins", 3, 10,
          { { "add", 8, 5 }, { "add", 12, 1 }, { "total", 29 }, { "total", 30 }, { "total", 39 },
            { "total", 40 } })
    story("bins of one second", nil, 3, 1,
          { { "add", 5, 1 }, { "add", 6, 2 }, { "add", 7, 4 }, { "total", 7 }, { "total", 8 },
            { "total", 9 }, { "total", 10 } })
    story("one round later", "adds to what an older bin left", 3, 10,
          { { "add", 5, 7 }, { "add", 35, 1 }, { "total", 39 } })
    story("nothing added since", "trusts slots that nobody cleared", 3, 10,
          { { "add", 5, 7 }, { "add", 15, 2 }, { "total", 39 }, { "total", 1000 } })
    story("a gap longer than the window", "trusts slots that nobody cleared", 4, 10,
          { { "add", 5, 1 }, { "add", 15, 2 }, { "add", 25, 4 }, { "add", 35, 8 }, { "add", 95, 16 },
            { "total", 95 }, { "total", 125 }, { "total", 139 } })
    story("one bin", "one bin too many", 1, 10,
          { { "add", 3, 5 }, { "add", 9, 1 }, { "total", 9 }, { "total", 10 }, { "add", 10, 2 },
            { "total", 19 } })
    story("late, but inside the window", "moves late clicks to the newest bin", 3, 10,
          { { "add", 25, 1 }, { "add", 5, 2 }, { "total", 29 }, { "total", 30 }, { "total", 40 } })
    story("too late", "a late click wipes a newer bin", 3, 10,
          { { "add", 35, 1 }, { "add", 5, 2 }, { "total", 35 }, { "add", 9, 2 }, { "add", 10, 4 },
            { "total", 35 } })
    story("the newest bin is set by a question", "only clicks move the window", 3, 10,
          { { "add", 5, 1 }, { "total", 35 }, { "add", 5, 2 }, { "add", 15, 4 }, { "total", 35 } })
    story("a question from the past", "turns the window back", 3, 10,
          { { "add", 5, 1 }, { "add", 35, 2 }, { "total", 20 }, { "total", 5 } })
    story("negative times", "rounds towards zero", 3, 10,
          { { "add", -1, 1 }, { "add", 0, 2 }, { "total", 19 }, { "total", 20 }, { "total", 30 } })
    story("long before the start", "a negative slot", 4, 10,
          { { "add", -1005, 1 }, { "add", -995, 2 }, { "add", -1010, 4 }, { "total", -975 },
            { "total", -970 }, { "total", -960 }, { "add", -1000, 1 } })
    story("from before to after the start", nil, 5, 7,
          { { "add", -15, 1 }, { "add", -8, 2 }, { "add", -7, 4 }, { "add", -1, 8 }, { "add", 0, 16 },
            { "add", 6, 32 }, { "add", 7, 64 }, { "total", 13 }, { "total", 14 }, { "total", 21 },
            { "total", 27 }, { "total", 28 } })
    story("refunds", nil, 2, 10,
          { { "add", 1, 5 }, { "add", 2, -5 }, { "total", 2 }, { "add", 11, -3 }, { "total", 11 },
            { "total", 21 } })
    story("a gap of ages", "clears bin by bin", 1000, 1,
          { { "add", -1000000000000, 5 }, { "total", -1000000000000 }, { "add", 1000000000000, 7 },
            { "total", 1000000000000 } })
    for i = 1, 3 do
      story("random " .. i, nil, rand(1, 6), rand(1, 9), stream(50, rand(-99, 0), 9, 3, 40, 3, rand))
    end
    for i = 1, 2 do
      story("random with gaps " .. i, nil, rand(2, 4), 5, stream(50, -700, 30, 4, 30, 3, rand))
    end
    story("5000 calls, many bins", nil, 60, 60, stream(5000, -90000, 40, 5, 5000, 50, rand))
    story("10000 calls, few bins", nil, 6, 100, stream(10000, -9000, 3, 10, 700, 8, rand))
  end,

  compare = "exact",

  -- All clicks that were counted, each with the second it came at; a bin is found by stepping.
  oracle = function(case)
    local bins, bin_s, kept, newest, result = case.new[1], case.new[2], {}, nil, {}
    local function start_of_bin(t) return t - t % bin_s end
    for i, call in ipairs(case.calls) do
      local start = start_of_bin(call[2])
      newest = math.max(newest or start, start)
      local oldest = newest - (bins - 1) * bin_s
      if call[1] == "add" then
        result[i] = start >= oldest
        if result[i] then kept[#kept + 1] = call end
      else
        result[i] = 0
        for _, click in ipairs(kept) do
          if click[2] >= oldest then result[i] = result[i] + click[3] end
        end
      end
    end
    return result
  end,

  reference = {
    lua = ring_with_stamps,
    python = [==[
# Bin b lives in slot b mod bins. Each slot says which bin its sum belongs to, so nothing has to be
# cleared when time passes.
class BinRing:
    def __init__(self, bins, bin_s):
        self.bins = bins
        self.bin_s = bin_s
        self.newest = None
        self.owner = [None] * bins
        self.sums = [0] * bins

    def _advance(self, at_s):
        bin = at_s // self.bin_s
        if self.newest is None or bin > self.newest:
            self.newest = bin
        return bin

    def add(self, at_s, amount):
        bin = self._advance(at_s)
        if bin <= self.newest - self.bins:
            return False
        slot = bin % self.bins
        if self.owner[slot] != bin:
            self.owner[slot], self.sums[slot] = bin, 0
        self.sums[slot] += amount
        return True

    def total(self, now_s):
        self._advance(now_s)
        oldest = self.newest - self.bins + 1
        return sum(total for bin, total in zip(self.owner, self.sums)
                   if bin is not None and bin >= oldest)
]==],
    cpp = [==[
// Bin b lives in slot b mod bins. Each slot says which bin its sum belongs to, so nothing has to be
// cleared when time passes. Division in C++ rounds towards zero and has to be mended.
#include <algorithm>
#include <limits>
#include <vector>

class BinRing {
 public:
  BinRing(long long bins, long long bin_s)
      : bins_(bins), bin_s_(bin_s), slots_(static_cast<std::size_t>(bins)) {}

  bool add(long long at_s, long long amount) {
    long long bin = floor_div(at_s, bin_s_);
    newest_ = std::max(newest_, bin);
    if (bin <= newest_ - bins_) return false;
    Slot& slot = slots_[static_cast<std::size_t>(bin - floor_div(bin, bins_) * bins_)];
    if (slot.bin != bin) slot = {bin, 0};
    slot.sum += amount;
    return true;
  }

  long long total(long long now_s) {
    newest_ = std::max(newest_, floor_div(now_s, bin_s_));
    long long total = 0;
    for (const Slot& slot : slots_) {
      if (slot.bin > newest_ - bins_) total += slot.sum;
    }
    return total;
  }

 private:
  static constexpr long long kNever = std::numeric_limits<long long>::min() / 2;

  struct Slot {
    long long bin = kNever;
    long long sum = 0;
  };

  static long long floor_div(long long a, long long b) { return a / b - (a % b < 0); }

  long long bins_;
  long long bin_s_;
  long long newest_ = kNever;
  std::vector<Slot> slots_;
};
]==],
  },

  wrong = {
    {
      name = "adds to what an older bin left",
      language = "lua",
      verdict = "WA",
      case = "one round later",
      why = "The slot's owner is changed, but its sum is not set back to 0. The new bin begins with "
        .. "what an older one left there.",
      code = changed(ring_with_stamps, "self.owner[slot], self.sum[slot] = bin, 0",
                     "self.owner[slot], self.sum[slot] = bin, self.sum[slot] or 0"),
    },
    {
      name = "trusts slots that nobody cleared",
      language = "lua",
      verdict = "WA",
      case = "a bin leaves whole",
      why = "A slot is cleared when its next bin gets a click. If none comes, it keeps the sum of a "
        .. "bin that has long left, and `total` adds it up. Reading must ask for the owner too.",
      code = changed(ring_with_stamps, "if bin and bin > self.newest - self.bins then", "if bin then"),
    },
    {
      name = "counts seconds, not bins",
      language = "lua",
      verdict = "WA",
      case = "a bin leaves whole",
      why = "The window is taken as the last bins · bin_s seconds up to the moment of the question. "
        .. "Here it consists of whole bins, and the oldest stays until a new one begins.",
      code = [==[
BinRing = {}
BinRing.__index = BinRing

function BinRing.new(bins, bin_s)
  return setmetatable({ window_s = bins * bin_s, latest_s = nil, sums = {} }, BinRing)
end

function BinRing:advance(at_s)
  if not self.latest_s or at_s > self.latest_s then self.latest_s = at_s end
  for second in pairs(self.sums) do
    if second <= self.latest_s - self.window_s then self.sums[second] = nil end
  end
end

function BinRing:add(at_s, amount)
  self:advance(at_s)
  if at_s <= self.latest_s - self.window_s then return false end
  self.sums[at_s] = (self.sums[at_s] or 0) + amount
  return true
end

function BinRing:total(now_s)
  self:advance(now_s)
  local total = 0
  for _, sum in pairs(self.sums) do total = total + sum end
  return total
end
]==],
    },
    {
      name = "one bin too many",
      language = "lua",
      verdict = "WA",
      case = "a bin leaves whole",
      why = "The window is the newest bin and bins - 1 before it, so bin newest - bins is outside. "
        .. "With < instead of <= it still counts.",
      code = changed(changed(ring_with_stamps, "bin <= self.newest - self.bins",
                             "bin < self.newest - self.bins"),
                     "bin > self.newest - self.bins", "bin >= self.newest - self.bins"),
    },
    {
      name = "moves late clicks to the newest bin",
      language = "lua",
      verdict = "WA",
      case = "late, but inside the window",
      why = "A late click is counted as if it came now, and stays in the window too long. Its own bin "
        .. "still exists: use it.",
      code = changed(ring_with_stamps, "  local slot = bin % self.bins\n",
                     "  bin = self.newest\n  local slot = bin % self.bins\n"),
    },
    {
      name = "a late click wipes a newer bin",
      language = "lua",
      verdict = "WA",
      case = "too late",
      why = "Without a test for the window, a click from before it finds the slot of a newer bin. As "
        .. "the owner differs, that bin's sum is thrown away.",
      code = changed(ring_with_stamps,
                     "  if bin <= self.newest - self.bins then return false end\n", ""),
    },
    {
      name = "only clicks move the window",
      language = "lua",
      verdict = "WA",
      case = "the newest bin is set by a question",
      why = "`total` answers for its time but does not remember it. A click that is too late for that "
        .. "window is then counted.",
      code = changed(changed(ring_with_stamps, "  self:advance(now_s // self.bin_s)\n",
                             "  local newest = now_s // self.bin_s\n"
                               .. "  if self.newest and self.newest > newest then\n"
                               .. "    newest = self.newest\n  end\n"),
                     "bin > self.newest - self.bins", "bin > newest - self.bins"),
    },
    {
      name = "turns the window back",
      language = "lua",
      verdict = "WA",
      case = "a question from the past",
      why = "`total` takes the window that ends at its own time, though newer bins have been seen. "
        .. "The slots of older bins are gone by then, so such a question cannot be answered.",
      code = changed(changed(ring_with_stamps, "  self:advance(now_s // self.bin_s)\n",
                             "  local newest = now_s // self.bin_s\n  self:advance(newest)\n"),
                     "bin > self.newest - self.bins",
                     "bin <= newest and bin > newest - self.bins"),
    },
    {
      name = "rounds towards zero",
      language = "lua",
      verdict = "WA",
      case = "negative times",
      why = "Division that rounds towards zero puts second -1 into bin 0, together with second 0: bin "
        .. "0 is twice as long as the others. Round down.",
      code = changed(changed(ring_with_stamps, "at_s // self.bin_s",
                             "(at_s - math.fmod(at_s, self.bin_s)) // self.bin_s"),
                     "now_s // self.bin_s", "(now_s - math.fmod(now_s, self.bin_s)) // self.bin_s"),
    },
    {
      name = "a negative slot",
      language = "lua",
      verdict = "WA",
      case = "negative times",
      why = "The remainder of a negative bin is negative in some languages, and the slot then lies "
        .. "outside of the ring: it is never read, or it is somebody else's memory.",
      code = changed(ring_with_stamps, "bin % self.bins", "math.fmod(bin, self.bins)"),
    },
    {
      name = "clears bin by bin",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "a gap of ages",
      why = "When time moves on, every bin that was passed is cleared in turn. After a long silence "
        .. "these are billions. There are only `bins` slots: clear each once at most, or none.",
      code = [==[
BinRing = {}
BinRing.__index = BinRing

function BinRing.new(bins, bin_s)
  return setmetatable({ bins = bins, bin_s = bin_s, newest = nil, sum = {} }, BinRing)
end

function BinRing:advance(bin)
  if not self.newest then self.newest = bin end
  while self.newest < bin do
    self.newest = self.newest + 1
    self.sum[self.newest % self.bins] = 0
  end
end

function BinRing:add(at_s, amount)
  local bin = at_s // self.bin_s
  self:advance(bin)
  if bin <= self.newest - self.bins then return false end
  local slot = bin % self.bins
  self.sum[slot] = (self.sum[slot] or 0) + amount
  return true
end

function BinRing:total(now_s)
  self:advance(now_s // self.bin_s)
  local total = 0
  for _, sum in pairs(self.sum) do total = total + sum end
  return total
end
]==],
    },
    {
      name = "never forgets a bin",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "A map from bin to sum, of which the last few are read. The answers are right, and every "
        .. "bin that ever had a click stays in the map.",
      code = [==[
BinRing = {}
BinRing.__index = BinRing

function BinRing.new(bins, bin_s)
  return setmetatable({ bins = bins, bin_s = bin_s, newest = nil, sums = {} }, BinRing)
end

function BinRing:advance(bin)
  if not self.newest or bin > self.newest then self.newest = bin end
end

function BinRing:add(at_s, amount)
  local bin = at_s // self.bin_s
  self:advance(bin)
  if bin <= self.newest - self.bins then return false end
  self.sums[bin] = (self.sums[bin] or 0) + amount
  return true
end

function BinRing:total(now_s)
  self:advance(now_s // self.bin_s)
  local total = 0
  for bin = self.newest - self.bins + 1, self.newest do total = total + (self.sums[bin] or 0) end
  return total
end
]==],
    },
    {
      name = "keeps every click",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "Clicks are kept one by one until their bin leaves. Within a bin nobody will ever tell "
        .. "them apart: one sum for each bin is enough.",
      code = changed(changed(ring_with_stamps, "self.owner[slot], self.sum[slot] = bin, 0",
                             "self.owner[slot], self.sum[slot], self.clicks = bin, 0, {}"),
                     "  self.sum[slot] = self.sum[slot] + amount\n",
                     "  self.sum[slot] = self.sum[slot] + amount\n"
                       .. "  self.clicks[#self.clicks + 1] = { at_s, amount }\n"),
    },
  },

  hints = {
    { text = "At any moment only `bins` bins matter. Where can bin b be kept, so that you find it "
        .. "without a search and no more than `bins` places are ever used?", cost_min = 2 },
    { text = "In slot b mod bins. Bins that share a slot are at least `bins` apart, so at most one "
        .. "of them is in the window. How do you know whose sum stands in a slot, for writing and "
        .. "for reading?", cost_min = 3 },
    { text = "Store the bin's number beside the sum. Writing: refuse bins at or before newest - "
        .. "bins; if the slot's number differs, set it and the sum to 0; add. Reading: add up the "
        .. "slots whose number is greater than newest - bins. Round down when dividing.",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "Reads are frequent. Make `total` O(1) as well.",
      answer = "Keep a running total. When the newest bin moves on, subtract the sums of the slots "
        .. "that leave and clear them, at most `bins` of them however long the gap was. A move by "
        .. "one bin costs one slot." },
    { ask = "How far is this from the sum over exactly the last hour?",
      answer = "The window covers between bins - 1 and bins whole bins: at the moment a bin begins "
        .. "it is nearly one bin short, and at its end it is full. A common correction weighs the "
        .. "bin that is leaving by the part of it that lies within the hour." },
    { ask = "The window is a month, and one wants the last minute as well.",
      answer = "Several rings: 60 bins of a second, 60 of a minute, 24 of an hour, 31 of a day. Each "
        .. "click is added to all four. A read takes the ring that fits its window." },
    { ask = "Several threads add at once.",
      answer = "Adding to a sum is one atomic operation, but changing owner and sum together is not. "
        .. "Take a lock for the change of a slot's owner only, or give each thread a ring and add "
        .. "them up when reading." },
    { ask = "A machine with a wrong clock reports a click from next year.",
      answer = "It moves the window there, and all true clicks are refused as late. Refuse what lies "
        .. "more than a little ahead of the server's own clock, and count what was refused." },
  },

  explain = [==[
**Invariant.** Each slot holds the number of a bin and the sum of the amounts counted in that bin.
For each bin of the window that had a click, its slot holds it.

**Why it holds.** Two bins share a slot only if they are a multiple of `bins` apart, so a window of
`bins` neighbours never has two of them in one slot. A bin's sum is thrown away only when another bin
of the window takes the slot. As bins before the window are refused, the new one is then the later of
the two, and the old one has left the window, for good, since the newest bin never falls. A slot that
nobody has used lately holds the number of an old bin, and reading skips it.

**Cost.** `add` touches one slot, `total` all `bins` of them. Passing time costs nothing.

**Usual mistakes**

- *No owner in the slot*: after a silence the sums of an earlier round are still there. Clearing on
  every step of the clock mends that, at the price of walking through the silence.
- *An owner that only writing looks at.* If nobody writes, the old sum is read.
- *Late clicks without a test.* They throw a newer bin out of its slot.
- *Rounding towards zero*, and negative remainders: in Lua and Python `//` and `%` round down, in C++
  `/` and `%` do not.
- *A map of bins* that is never cleaned.
]==],
}
