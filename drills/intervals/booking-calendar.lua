-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A calendar that refuses what overlaps. The drill is about asking both neighbours of a new booking
-- and finding them without a look at everything, in whatever order the bookings come.

-- `n` bookings that start below `horizon` and last from 1 to `longest`.
local function requests(n, horizon, longest, rand)
  local calls = {}
  for i = 1, n do
    local start = rand(0, horizon)
    calls[i] = { "book", start, start + rand(1, longest) }
  end
  return calls
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local treap_of_bookings = [==[
-- A search tree of bookings by time that never overlap, so each of them is either wholly before or
-- wholly after a new one, or refuses it. Random ranks, the highest at the root, keep the tree flat
-- in whatever order the bookings come.
BookingCalendar = {}
BookingCalendar.__index = BookingCalendar

function BookingCalendar.new()
  return setmetatable({}, BookingCalendar)
end

-- The tree under `node` with the booking in it, or nil when it does not fit.
local function with_booking(node, start, stop)
  if not node then return { start = start, stop = stop, rank = math.random(0) } end
  if stop <= node.start then
    local earlier = with_booking(node.earlier, start, stop)
    if not earlier then return nil end
    node.earlier = earlier
    if earlier.rank > node.rank then
      node.earlier, earlier.later = earlier.later, node
      return earlier
    end
    return node
  elseif node.stop <= start then
    local later = with_booking(node.later, start, stop)
    if not later then return nil end
    node.later = later
    if later.rank > node.rank then
      node.later, later.earlier = later.earlier, node
      return later
    end
    return node
  end
  return nil
end

function BookingCalendar:book(start, stop)
  local root = with_booking(self.root, start, stop)
  if root then self.root = root end
  return root ~= nil
end
]==]

-- Right, but all bookings are read in each call. Wrong answers change the condition.
local list_of_bookings = [==[
BookingCalendar = {}
BookingCalendar.__index = BookingCalendar

function BookingCalendar.new() return setmetatable({ booked = {} }, BookingCalendar) end

function BookingCalendar:book(start, stop)
  for _, other in ipairs(self.booked) do
    if start < other[2] and other[1] < stop then return false end
  end
  self.booked[#self.booked + 1] = { start, stop }
  return true
end
]==]

-- Right: a sorted list, found by halving. Inserting moves what comes later.
local sorted_list = [==[
BookingCalendar = {}
BookingCalendar.__index = BookingCalendar

function BookingCalendar.new() return setmetatable({ booked = {} }, BookingCalendar) end

function BookingCalendar:book(start, stop)
  local booked, low, high = self.booked, 1, #self.booked + 1
  while low < high do
    local middle = (low + high) // 2
    if booked[middle][1] < start then low = middle + 1 else high = middle end
  end
  local before, after = booked[low - 1], booked[low]
  if before and start < before[2] then return false end
  if after and after[1] < stop then return false end
  table.insert(booked, low, { start, stop })
  return true
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

return drill {
  id = "booking-calendar",
  title = "One live talk at a time",
  category = "intervals",
  level = "medium",
  minutes = 25,
  covers = { "S03-P1", "S03-T" },
  signature = [[
    class BookingCalendar()
      book(start: int, stop: int) -> bool
  ]],

  statement = [==[
A community can hold one live talk at a time. Hosts ask for a slot; whoever asks first gets it, and
a later request that overlaps an accepted one is refused.

Write a class `BookingCalendar()`:

- `book(start, stop)` accepts the slot from `start` to `stop` and returns `true`, if it overlaps no
  slot accepted before. Otherwise it returns `false` and changes nothing.

**Conventions**

- A slot is half-open: it is in use at `start` and free again at `stop`. (10, 20) and (20, 30) do
  not overlap.
- `start < stop` always. Times are whole numbers between -10^12 and 10^12.
- The requests come in any order of time. Often they ascend, as talks are planned further and
  further ahead, or descend.
- A refused slot leaves no trace: it does not stand in the way of later ones.
- The calendar is empty at first.

**Cost.** A call may take O(log n) time, where `n` is the number of accepted slots; expected time is
enough. Making room in the middle of an array costs a step for every element that moves. Space may
grow like `n`.
]==],

  examples = {
    {
      new = {},
      calls = { { "book", 10, 20 }, { "book", 15, 25 }, { "book", 20, 30 } },
      result = { true, false, true },
      note = "The second overlaps the first from 15 to 20. The third begins when the first is "
        .. "over; that it overlaps the refused one does not matter.",
    },
    {
      new = {},
      calls = { { "book", 50, 60 }, { "book", 10, 20 }, { "book", 15, 55 }, { "book", 20, 50 } },
      result = { true, true, false, true },
      note = "(15, 55) would overlap both neighbours; (20, 50) fits exactly between them.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- Half of the slots ascend, the other half descend below them: worst for a tree that is never
    -- balanced and for a sorted list. Every fifth is refused.
    input = function(n, rand)
      local calls, middle = {}, rand(0, 1000)
      for i = 1, n do
        local refused, at = i % 5 == 0, middle + 10 * i
        if i <= n // 2 then
          calls[i] = { "book", refused and at - 6 or at, at + 9 }
        else
          at = middle - 10 * (i - n // 2)
          calls[i] = { "book", at, refused and at + 16 or at + 9 }
        end
      end
      return { new = {}, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, slots)
      local calls = {}
      for i, slot in ipairs(slots) do calls[i] = { "book", slot[1], slot[2] } end
      case { name = name, catches = catches, new = {}, calls = calls }
    end
    story("a single slot", nil, { { 3, 9 } })
    story("back to back", "takes touching for overlapping",
          { { 10, 20 }, { 20, 30 }, { 0, 10 }, { 30, 31 } })
    story("reaches back into an earlier one", "asks only who comes after",
          { { 10, 20 }, { 19, 30 } })
    story("reaches into a later one", "asks only who came before", { { 20, 30 }, { 10, 21 } })
    story("around an accepted one", "asks only whether an end lies inside",
          { { 20, 30 }, { 10, 40 } })
    story("inside an accepted one", nil, { { 10, 40 }, { 20, 30 }, { 10, 11 }, { 39, 40 } })
    story("the same slot again", nil, { { 10, 20 }, { 10, 20 } })
    story("the same start", nil, { { 10, 20 }, { 10, 11 }, { 5, 10 } })
    story("the same stop", nil, { { 10, 20 }, { 19, 20 }, { 20, 21 } })
    story("free again after a refusal", "a refused slot stays in the way",
          { { 10, 20 }, { 15, 40 }, { 25, 30 } })
    story("fits exactly between two", nil, { { 0, 10 }, { 20, 30 }, { 10, 20 }, { 9, 10 } })
    story("around several", nil, { { 10, 11 }, { 20, 21 }, { 30, 31 }, { 5, 35 }, { 12, 19 } })
    story("before and after zero", nil, { { -5, 5 }, { -10, -5 }, { -6, -5 }, { 5, 6 } })
    story("far apart", nil, { { -1000000000000, 0 }, { 0, 1000000000000 }, { -1, 1 } })
    for i = 1, 4 do
      case { name = "random " .. i, new = {}, calls = requests(rand(10, 60), 60, 8, rand) }
    end
    case { name = "random, mostly accepted", new = {}, calls = requests(100, 100000, 50, rand) }
    case { name = "2000 requests", new = {}, calls = requests(2000, 20000, 30, rand) }
    case { name = "5000 requests, few accepted", new = {}, calls = requests(5000, 3000, 40, rand) }
    do
      local calls = {}
      for i = 1, 1500 do calls[i] = { "book", 4 * i, 4 * i + 4 } end
      case { name = "1500 back to back, ascending", new = {}, calls = calls }
    end
  end,

  compare = "exact",

  -- How long the slot would share the stage with each accepted one.
  oracle = function(case)
    local accepted, result = {}, {}
    for i, call in ipairs(case.calls) do
      local start, stop, free = call[2], call[3], true
      for _, other in ipairs(accepted) do
        local shared = math.min(stop, other[2]) - math.max(start, other[1])
        if shared > 0 then free = false end
      end
      if free then accepted[#accepted + 1] = { start, stop } end
      result[i] = free
    end
    return result
  end,

  reference = {
    lua = treap_of_bookings,
    python = [==[
from bisect import bisect_left


class BookingCalendar:
    # Starts and stops of the bookings, both ascending. There is no ordered map in the standard
    # library; `insert` moves the tail by one block copy, unnoticed up to some 10^5 bookings.
    def __init__(self):
        self.starts = []
        self.stops = []

    def book(self, start, stop):
        at = bisect_left(self.starts, start)
        if at > 0 and start < self.stops[at - 1]:
            return False
        if at < len(self.starts) and self.starts[at] < stop:
            return False
        self.starts.insert(at, start)
        self.stops.insert(at, stop)
        return True
]==],
    cpp = [==[
// An ordered map from start to stop. A new booking has two neighbours there, and must overlap
// neither.
#include <iterator>
#include <map>

class BookingCalendar {
 public:
  bool book(long long start, long long stop) {
    auto after = stop_of_.lower_bound(start);
    if (after != stop_of_.end() && after->first < stop) return false;
    if (after != stop_of_.begin() && start < std::prev(after)->second) return false;
    stop_of_.emplace_hint(after, start, stop);
    return true;
  }

 private:
  std::map<long long, long long> stop_of_;
};
]==],
  },

  wrong = {
    {
      name = "takes touching for overlapping",
      language = "lua",
      verdict = "WA",
      case = "back to back",
      why = "Half-open slots overlap when each starts strictly before the other stops. With <= two "
        .. "talks back to back exclude each other.",
      code = changed(list_of_bookings, "start < other[2] and other[1] < stop",
                     "start <= other[2] and other[1] <= stop"),
    },
    {
      name = "asks only who comes after",
      language = "lua",
      verdict = "WA",
      case = "reaches back into an earlier one",
      why = "The next slot in the list is compared, the one before it is not. A slot that began "
        .. "earlier may still run.",
      code = changed(sorted_list, "  if before and start < before[2] then return false end\n", ""),
    },
    {
      name = "asks only who came before",
      language = "lua",
      verdict = "WA",
      case = "reaches into a later one",
      why = "The slot that begins before the new one is over in time, so it is accepted. It may "
        .. "run into the slot after it: both neighbours must be asked.",
      code = changed(sorted_list, "  if after and after[1] < stop then return false end\n", ""),
    },
    {
      name = "asks only whether an end lies inside",
      language = "lua",
      verdict = "WA",
      case = "around an accepted one",
      why = "A slot that reaches around an accepted one has both ends outside of it. Two slots "
        .. "overlap when each starts before the other stops; that one condition covers all "
        .. "situations.",
      code = changed(list_of_bookings,
                     "if start < other[2] and other[1] < stop then return false end", [==[
local start_inside = other[1] <= start and start < other[2]
    local stop_inside = other[1] < stop and stop <= other[2]
    if start_inside or stop_inside then return false end]==]),
    },
    {
      name = "a refused slot stays in the way",
      language = "lua",
      verdict = "WA",
      case = "free again after a refusal",
      why = "The slot is entered before it is checked, and stays there when it is refused. Check "
        .. "first, or take it back.",
      code = changed(list_of_bookings, [==[
  for _, other in ipairs(self.booked) do
    if start < other[2] and other[1] < stop then return false end
  end
  self.booked[#self.booked + 1] = { start, stop }
  return true
]==], [==[
  local booked = self.booked
  booked[#booked + 1] = { start, stop }
  for i = 1, #booked - 1 do
    if start < booked[i][2] and booked[i][1] < stop then return false end
  end
  return true
]==]),
    },
    {
      name = "reads every booking",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each request is compared with all accepted slots, n²/2 comparisons in all. These "
        .. "never overlap, so they have an order, and only the two neighbours can be in the way.",
      code = list_of_bookings,
    },
    {
      name = "makes room in a sorted list",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The place is found by halving, in O(log n), but inserting there moves everything that "
        .. "comes later. When talks are entered from the last to the first, each moves all others.",
      code = sorted_list,
    },
    {
      name = "never balances its tree",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "A plain search tree is flat when requests come in random order. Talks are planned in "
        .. "order of time, and the tree becomes a list: every request walks through all of it.",
      code = [==[
BookingCalendar = {}
BookingCalendar.__index = BookingCalendar

function BookingCalendar.new() return setmetatable({}, BookingCalendar) end

function BookingCalendar:book(start, stop)
  local new, node = { start = start, stop = stop }, self.root
  if not node then
    self.root = new
    return true
  end
  while true do
    local side
    if stop <= node.start then
      side = "earlier"
    elseif node.stop <= start then
      side = "later"
    else
      return false
    end
    if not node[side] then
      node[side] = new
      return true
    end
    node = node[side]
  end
end
]==],
    },
  },

  hints = {
    { text = "Write down when two half-open slots overlap, in one condition. Then: the accepted "
        .. "slots never overlap each other. What order does that give you?", cost_min = 2 },
    { text = "They can be sorted by time, and starts and stops ascend together. Which of them can "
        .. "a new slot overlap, if it overlaps any?", cost_min = 3 },
    { text = "The last one that starts before it and the first one that starts at or after it. "
        .. "Keep an ordered map from start to stop: refuse if the one before stops after `start`, "
        .. "or if the one after starts before `stop`. Without an ordered map: a balanced search "
        .. "tree, where each step down goes wholly left, wholly right, or refuses.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "Allow two talks at the same time, but not three.",
      answer = "Keep a second calendar of the parts that are booked twice. Refuse a slot that "
        .. "overlaps anything there; else add its overlaps with the first calendar to the second. "
        .. "For k at a time keep counts: +1 at a start, -1 at a stop in an ordered map, and a walk "
        .. "over the slot's range, or a segment tree with range add and maximum." },
    { ask = "Talks can be cancelled.",
      answer = "Erase by start in the ordered map: O(log n). Requests that were refused because of "
        .. "it come back only if somebody kept them: ask whether there should be a waiting list." },
    { ask = "Your tree draws random ranks. What is promised, and what if somebody knows the seed?",
      answer = "The expected depth is O(log n) for any fixed order of requests, over the draws. "
        .. "Who knows the seed can choose times that make it deep; a secret seed, or a tree that "
        .. "is balanced by rule (red-black, AVL, B-tree), removes the worry." },
    { ask = "You are offered a table in a database. How do two hosts not get the same slot?",
      answer = "Check and insert must be one step: an exclusion constraint on the range, or a "
        .. "transaction that locks the calendar. Two clients that both check first and then insert "
        .. "will both succeed." },
    { ask = "Why is a sorted array with binary search quick in practice all the same?",
      answer = "Moving is one block copy: 100,000 pairs are 1.6 MB, some 0.1 ms. Up to about that "
        .. "size it is hard to beat. Sorted blocks of a few hundred entries keep it so for "
        .. "millions." },
  },

  explain = [==[
**Two neighbours are enough.** The accepted slots do not overlap, so in order of start their stops
ascend too. Let p be the last accepted slot that starts before the new one, and s the first that
starts at or after it. All slots before p stop no later than p starts, so if p is over in time they
are too. All slots after s start after s does, so if s begins late enough they do too. Hence the new
slot fits exactly if p stops no later than `start` and s starts no earlier than `stop`.

**The tree.** Each node's slot is wholly before, wholly after, or overlapping the new one, so one
walk down either refuses it or arrives at its place. *Invariant:* in order of the tree the slots
ascend, and no node has a higher rank than its parent. A rotation keeps the order and mends the
ranks. With random ranks the shape is that of a tree built in random order, whatever the real order
was: expected depth O(log n).

A refusal returns before anything was changed: the links are set only on the way back up, after the
new node has been made.

**Cost.** O(log n) expected for a call, O(n) space.

**Usual mistakes**

- *One neighbour only.* Each of the two halves of the check has its own failing case.
- *Four situations instead of one condition.* "An end lies inside" forgets the slot that reaches
  around. `a.start < b.stop and b.start < a.stop` is all.
- *Touching.* Half-open: strict comparisons.
- *Writing before checking.*
- *A tree without balance*, which is worst on ascending requests, the most usual kind.
]==],
}
