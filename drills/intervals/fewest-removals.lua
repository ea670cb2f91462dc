-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The fewest bookings to cancel so that no two overlap: keep the one that ends first, again and
-- again. The drill is about which greedy rule is right, and why the others only look so.

-- `n` bookings that start below `horizon` and last from 1 to `longest`.
local function random_bookings(n, horizon, longest, rand)
  local bookings = {}
  for i = 1, n do
    local start = rand(0, horizon)
    bookings[i] = { start, start + rand(1, longest) }
  end
  return bookings
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local earliest_end = [==[
-- Takes the bookings by ascending end and keeps each that starts when the last kept one is over.
function fewest_removals(intervals)
  local sorted = table.move(intervals, 1, #intervals, 1, {})
  table.sort(sorted, function(a, b) return a[2] < b[2] end)
  local kept, free_from = 0, math.mininteger
  for _, booking in ipairs(sorted) do
    if booking[1] >= free_from then
      kept = kept + 1
      free_from = booking[2]
    end
  end
  return #intervals - kept
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = earliest_end:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return earliest_end:sub(1, first - 1) .. new .. earliest_end:sub(last + 1)
end

return drill {
  id = "fewest-removals",
  title = "Double-booked banner",
  category = "intervals",
  level = "medium",
  minutes = 20,
  covers = { "S03", "S03-F", "S03-C01", "S03-C06", "S03-P1" },
  signature = "fewest_removals(intervals: (int, int)[]) -> int",

  statement = [==[
The banner at the top of a community can show one advertisement at a time. By a mistake in the sales
tool it was sold several times over. Each booking is a pair `(start, end)`, and a booking is either
kept as a whole or cancelled and refunded. Every refund costs the same, whatever the length.

Given all bookings, return the least number that must be cancelled so that no two of the rest
overlap.

**Conventions**

- A booking is half-open: the banner is taken at `start` and free again at `end`. (10, 20) and
  (20, 30) do not overlap.
- `start < end` always. Times are whole numbers between -10^12 and 10^12.
- The bookings come in any order. The same pair may be booked several times; then at most one of
  them can be kept.
- No bookings: the answer is 0.
- Do not change the input.

**Cost.** O(n log n) time for `n` bookings and O(n) space.
]==],

  examples = {
    {
      args = { { { 0, 10 }, { 8, 12 }, { 12, 20 } } },
      result = 1,
      note = "Cancel the one in the middle, or the first. The last may begin at 12, when the second "
        .. "ends.",
    },
    {
      args = { { { 0, 100 }, { 1, 20 }, { 20, 50 } } },
      result = 1,
      note = "The longest booking overlaps both others: one refund instead of two.",
    },
    {
      args = { { { 3, 6 }, { 3, 6 }, { 3, 6 } } },
      result = 2,
      note = "The same slot was sold three times.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 4000, 8000, 16000, 32000 },
    input = function(n, rand) return { random_bookings(n, 100 * n, 300, rand) } end,
  },

  cases = function(rand, case)
    case { name = "no bookings", args = { {} } }
    case { name = "one booking", args = { { { 3, 9 } } } }
    case { name = "back to back", catches = "takes touching for overlapping",
           args = { { { 20, 30 }, { 10, 20 }, { 0, 10 } } } }
    case { name = "the same slot three times", catches = "counts overlapping pairs",
           args = { { { 5, 9 }, { 5, 9 }, { 5, 9 } } } }
    case { name = "the first to start is the longest", catches = "keeps the first to start",
           args = { { { 0, 100 }, { 10, 20 }, { 30, 40 }, { 50, 60 } } } }
    case { name = "a short one across two", catches = "keeps the shortest",
           args = { { { 0, 10 }, { 9, 12 }, { 11, 20 } } } }
    case {
      name = "a harmless one in the middle",
      catches = "keeps the one with the fewest conflicts",
      args = { { { 0, 2 }, { 2, 4 }, { 4, 6 }, { 6, 8 }, { 3, 5 }, { 1, 3 }, { 1, 3 }, { 1, 3 },
                 { 5, 7 }, { 5, 7 }, { 5, 7 } } },
    }
    case { name = "a chain", args = { { { 0, 3 }, { 2, 5 }, { 4, 7 }, { 6, 9 }, { 8, 11 } } } }
    case { name = "inside each other", args = { { { 0, 9 }, { 1, 8 }, { 2, 7 }, { 3, 6 } } } }
    case { name = "the same end", args = { { { 0, 9 }, { 4, 9 }, { 7, 9 }, { 9, 12 } } } }
    case { name = "the same start", args = { { { 2, 9 }, { 2, 4 }, { 2, 3 }, { 3, 5 } } } }
    case { name = "before and after zero",
           args = { { { -9, -4 }, { -4, 1 }, { 0, 5 }, { -1000000000000, -9 } } } }
    for i = 1, 4 do
      case { name = "random " .. i, args = { random_bookings(rand(5, 40), 60, 12, rand) } }
    end
    case { name = "random, long ones", args = { random_bookings(60, 100, 60, rand) } }
    case { name = "random, short ones", args = { random_bookings(100, 100, 3, rand) } }
    case { name = "2000 bookings", args = { random_bookings(2000, 20000, 40, rand) } }
    do
      local turns = {}
      for i = 1, 2000 do turns[i] = { 5 * i, 5 * i + 5 } end
      case { name = "2000 back to back", args = { rand.shuffle(turns) } }
    end
  end,

  compare = "exact",

  -- By ascending start: the most that can be kept with this one as the last, from every booking
  -- that may come before it.
  oracle = function(args)
    local sorted = table.move(args[1], 1, #args[1], 1, {})
    table.sort(sorted, function(a, b) return a[1] < b[1] end)
    local kept, most = {}, 0
    for i = 1, #sorted do
      kept[i] = 1
      for j = 1, i - 1 do
        if sorted[j][2] <= sorted[i][1] then kept[i] = math.max(kept[i], kept[j] + 1) end
      end
      most = math.max(most, kept[i])
    end
    return #sorted - most
  end,

  reference = {
    lua = earliest_end,
    python = [==[
from operator import itemgetter


def fewest_removals(intervals):
    # By ascending end, keep each booking that starts when the last kept one is over.
    kept, free_from = 0, float("-inf")
    for start, end in sorted(intervals, key=itemgetter(1)):
        if start >= free_from:
            kept += 1
            free_from = end
    return len(intervals) - kept
]==],
  },

  wrong = {
    {
      name = "takes touching for overlapping",
      language = "lua",
      verdict = "WA",
      case = "back to back",
      why = "A booking that starts at the moment at which another ends is cancelled. With half-open "
        .. "bookings that moment belongs to the second only, so the test is start >= end.",
      code = reference_with("booking[1] >= free_from", "booking[1] > free_from"),
    },
    {
      name = "counts overlapping pairs",
      language = "lua",
      verdict = "WA",
      case = "the same slot three times",
      why = "One refund for every overlapping pair is too much: cancelling one booking can settle "
        .. "many pairs at once.",
      code = [==[
function fewest_removals(intervals)
  local pairs_found = 0
  for i, a in ipairs(intervals) do
    for j = 1, i - 1 do
      local b = intervals[j]
      if a[1] < b[2] and b[1] < a[2] then pairs_found = pairs_found + 1 end
    end
  end
  return pairs_found
end
]==],
    },
    {
      name = "keeps the first to start",
      language = "lua",
      verdict = "WA",
      case = "the first to start is the longest",
      why = "Sorting by start and keeping whatever comes first holds on to a booking that blocks the "
        .. "banner for long. What matters is when the banner becomes free again.",
      code = reference_with("return a[2] < b[2]", "return a[1] < b[1]"),
    },
    {
      name = "keeps the shortest",
      language = "lua",
      verdict = "WA",
      case = "a short one across two",
      why = "A short booking can lie across the border of two longer ones, and keeping it costs "
        .. "both. Length is not what a booking takes away from the others.",
      code = [==[
function fewest_removals(intervals)
  local sorted = table.move(intervals, 1, #intervals, 1, {})
  table.sort(sorted, function(a, b) return a[2] - a[1] < b[2] - b[1] end)
  local kept = {}
  for _, booking in ipairs(sorted) do
    local fits = true
    for _, other in ipairs(kept) do
      if booking[1] < other[2] and other[1] < booking[2] then fits = false break end
    end
    if fits then kept[#kept + 1] = booking end
  end
  return #intervals - #kept
end
]==],
    },
    {
      name = "keeps the one with the fewest conflicts",
      language = "lua",
      verdict = "WA",
      case = "a harmless one in the middle",
      why = "It sounds better than length and fails as well: a booking with two conflicts may have "
        .. "them with exactly the two that should be kept, while copies elsewhere make the good "
        .. "ones look bad.",
      code = [==[
function fewest_removals(intervals)
  local ranked = {}
  for i, a in ipairs(intervals) do
    local conflicts = 0
    for _, b in ipairs(intervals) do
      if a[1] < b[2] and b[1] < a[2] then conflicts = conflicts + 1 end
    end
    ranked[i] = { booking = a, conflicts = conflicts }
  end
  table.sort(ranked, function(a, b) return a.conflicts < b.conflicts end)
  local kept = {}
  for _, one in ipairs(ranked) do
    local fits = true
    for _, other in ipairs(kept) do
      if one.booking[1] < other[2] and other[1] < one.booking[2] then fits = false break end
    end
    if fits then kept[#kept + 1] = one.booking end
  end
  return #intervals - #kept
end
]==],
    },
    {
      name = "looks back at every booking",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The longest chain that ends with each booking is found by asking all earlier ones: "
        .. "right, and n²/2 steps. The greedy rule needs one pass, and that it is right can be "
        .. "proved.",
      code = [==[
function fewest_removals(intervals)
  local sorted = table.move(intervals, 1, #intervals, 1, {})
  table.sort(sorted, function(a, b) return a[1] < b[1] end)
  local kept, most = {}, 0
  for i = 1, #sorted do
    local start, best = sorted[i][1], 0
    for j = 1, i - 1 do
      if kept[j] > best and sorted[j][2] <= start then best = kept[j] end
    end
    kept[i] = best + 1
    if kept[i] > most then most = kept[i] end
  end
  return #sorted - most
end
]==],
    },
  },

  hints = {
    { text = "Turn it round: keep as many as possible. Suppose you may keep only one more. Which "
        .. "booking leaves the most room for the others?", cost_min = 2 },
    { text = "Try three rules on small examples: first to start, shortest, first to end. For two of "
        .. "them three bookings are enough to refute them.", cost_min = 3 },
    { text = "Sort by end. Walk through and keep a booking when it starts at or after the end of the "
        .. "one kept last. The answer is n minus the number kept.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Prove that the rule is right.",
      answer = "Exchange. Take a best choice and let f be the booking that ends first of all. If the "
        .. "choice lacks f, replace its first booking by f: f ends no later, so it still fits with "
        .. "the second. The choice is as large and contains f. Go on with what starts after f." },
    { ask = "Refunds now cost different amounts. Keep the most valuable set.",
      answer = "Greedy fails: one dear booking may be worth more than two cheap ones. Sort by end; "
        .. "best(i) = max(best(i-1), value(i) + best(p(i))), where p(i) is the last booking that "
        .. "ends by the start of i, found by binary search: O(n log n)." },
    { ask = "There are r banners of the same kind.",
      answer = "By ascending end, give each booking to the banner that became free last but not "
        .. "after its start, and cancel it if there is none. An ordered multiset of free times makes "
        .. "it O(n log r)." },
    { ask = "Can you sort by start after all?",
      answer = "Yes, if on an overlap you cancel the one that ends later: keep end = min of both. "
        .. "That is the same choice, found in another order." },
    { ask = "Bookings arrive one at a time, and each must be accepted or refused at once.",
      answer = "Then no rule is good in the worst case: accept a long one and many short ones may "
        .. "follow inside it. Allowing a cancellation later, or random choice among length "
        .. "classes, helps; ask what may be revoked." },
  },

  explain = [==[
**Claim.** Keeping the booking that ends first, dropping all that overlap it, and repeating keeps as
many as can be kept. The answer is n minus that number.

**Proof by exchange.** Let f end first among all bookings, and take any largest set without
overlaps, in order of time. If f is not in it, take its first member g. Since f ends no later than
g, every other member, which starts at or after the end of g, starts at or after the end of f. So g
can be exchanged for f. The set is as large as before and contains f, and no other member overlaps
f. What remains is the same problem for the bookings that start at or after the end of f.

**Invariant of the pass.** After each booking, `kept` is the largest number of bookings without
overlaps among those seen, and `free_from` is the earliest end with which that number can be had.
Bookings with equal ends overlap each other, so at most one is kept; which of them was taken first
does not matter, because only the end is remembered.

**Cost.** One sort and one pass: O(n log n).

**Usual mistakes**

- *First to start.* One long booking at the beginning refutes it.
- *Shortest.* A short one across a border refutes it. So three bookings are enough for either.
- *Fewest conflicts.* The refutation is larger (eleven bookings), which is why a rule that survives
  a few examples still needs a proof.
- *Touching.* Half-open: `start >= end` may stay.
- *Counting pairs* in place of bookings.
- *The weighted problem solved by the same greedy rule.* It needs the best value up to each end.
]==],
}
