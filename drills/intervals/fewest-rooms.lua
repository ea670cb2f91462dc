-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The fewest rooms for a set of meetings is the largest number of meetings that run at the same
-- moment. The drill is about half-open intervals: at equal times an end comes before a start, and
-- the whole sweep stands or falls with that.

-- `n` meetings that start below `horizon` and last from 1 to `longest`.
local function random_meetings(n, horizon, longest, rand)
  local meetings = {}
  for i = 1, n do
    local start = rand(0, horizon)
    meetings[i] = { start, start + rand(1, longest) }
  end
  return meetings
end

return drill {
  id = "fewest-rooms",
  title = "Voice rooms for an evening",
  category = "intervals",
  level = "medium",
  minutes = 20,
  covers = { "S03-C02", "S03-P1", "S03-P2" },
  signature = "fewest_rooms(meetings: (int, int)[]) -> int",

  statement = [==[
A community site lets groups book voice rooms for the evening. Each booking is a pair
`(start, end)`; a room can hold one group at a time, and every group gets one room for the whole of
its meeting. Rooms cost money while they exist, so the site wants as few as possible.

Given all bookings of an evening, return the least number of rooms with which they can all take
place.

**Conventions**

- A meeting is half-open: it uses its room at `start`, and no longer at `end`. A meeting that ends
  at 30 and one that starts at 30 can share a room.
- `start < end` always. Times are whole numbers between 0 and 10^9, counted from some moment that
  nobody remembers.
- The bookings come in any order, and the same pair may be booked several times.
- No bookings need no rooms: the answer is 0.
- Do not change the input.

**Cost.** O(n log n) time for `n` bookings and O(n) space, whatever the times are.
]==],

  examples = {
    {
      args = { { { 0, 30 }, { 5, 10 }, { 15, 20 } } },
      result = 2,
      note = "The long meeting keeps one room; the two short ones take turns in the other.",
    },
    {
      args = { { { 20, 30 }, { 10, 20 } } },
      result = 1,
      note = "The first ends at the moment the second starts, so one room is enough.",
    },
    {
      args = { { { 1, 4 }, { 1, 4 }, { 2, 3 } } },
      result = 3,
      note = "From 2 to 3 all of them run. The same pair twice is two meetings.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 250, 500, 1000, 2000 },
    input = function(n, rand) return { random_meetings(n, 1000000, 200000, rand) } end,
  },

  cases = function(rand, case)
    case { name = "no meetings", args = { {} } }
    case { name = "one meeting", args = { { { 3, 4 } } } }
    case {
      name = "back to back",
      catches = "a start before an end",
      args = { { { 1, 2 }, { 2, 3 }, { 3, 4 } } },
    }
    case {
      name = "two and two",
      catches = "asks the last room only",
      args = { { { 0, 4 }, { 1, 5 }, { 10, 14 }, { 11, 15 } } },
    }
    case {
      name = "back to back, a minute of overlap",
      catches = "counts a chain of overlaps",
      args = { { { 0, 11 }, { 10, 21 }, { 20, 31 } } },
    }
    case { name = "an earlier room falls free", args = { { { 0, 4 }, { 1, 9 }, { 5, 8 } } } }
    case { name = "the same meeting four times",
           args = { { { 5, 9 }, { 5, 9 }, { 5, 9 }, { 5, 9 } } } }
    case {
      name = "short ones beside a long one",
      catches = "counts a chain of overlaps",
      args = { { { 0, 100 }, { 10, 30 }, { 20, 40 }, { 50, 60 }, { 55, 70 } } },
    }
    case {
      name = "a cluster of turns",
      catches = "counts a chain of overlaps",
      args = { { { 0, 10 }, { 9, 20 }, { 19, 30 }, { 29, 40 } } },
    }
    case { name = "one inside the other", args = { { { 0, 9 }, { 1, 8 }, { 2, 7 }, { 3, 6 } } } }
    case { name = "the latest booking first",
           args = { { { 40, 50 }, { 30, 41 }, { 20, 31 }, { 0, 100 } } } }
    case {
      name = "far apart in time",
      catches = "a counter for every moment",
      args = { { { 0, 1000000000 }, { 999999998, 999999999 }, { 999999999, 1000000000 } } },
    }
    for i = 1, 4 do
      case { name = "random " .. i, args = { random_meetings(rand(5, 60), 40, 12, rand) } }
    end
    case { name = "random, far apart", args = { random_meetings(60, 900000000, 90000000, rand) } }
    do
      local nested, turns = {}, {}
      for i = 1, 1000 do nested[i] = { i, 4000 - i } end
      for i = 1, 2000 do turns[i] = { 7 * i, 7 * i + 7 } end
      case { name = "1000 inside each other", args = { rand.shuffle(nested) } }
      case { name = "2000 back to back", args = { rand.shuffle(turns) } }
    end
    case { name = "2000 meetings", args = { random_meetings(2000, 100000, 900, rand) } }
  end,

  compare = "exact",

  -- Some meeting's start is a busiest moment, so it is enough to look at those.
  oracle = function(args)
    local most = 0
    for _, at in ipairs(args[1]) do
      local running = 0
      for _, other in ipairs(args[1]) do
        if other[1] <= at[1] and at[1] < other[2] then running = running + 1 end
      end
      most = math.max(most, running)
    end
    return most
  end,

  reference = {
    lua = [==[
-- Walks through the sorted starts; each start first frees the rooms whose meeting is over.
function fewest_rooms(meetings)
  local starts, ends = {}, {}
  for i, meeting in ipairs(meetings) do
    starts[i], ends[i] = meeting[1], meeting[2]
  end
  table.sort(starts)
  table.sort(ends)

  local running, most, over = 0, 0, 1
  for _, start in ipairs(starts) do
    while ends[over] <= start do
      running = running - 1
      over = over + 1
    end
    running = running + 1
    most = math.max(most, running)
  end
  return most
end
]==],
    python = [==[
import heapq


def fewest_rooms(meetings):
    # The heap holds the end of the last meeting of every room; the earliest is on top.
    rooms = []
    for start, end in sorted(meetings):
        if rooms and rooms[0] <= start:
            heapq.heapreplace(rooms, end)
        else:
            heapq.heappush(rooms, end)
    return len(rooms)
]==],
  },

  wrong = {
    {
      name = "a start before an end",
      language = "lua",
      verdict = "WA",
      case = "back to back",
      why = "At equal times the sweep takes the start first and counts both meetings for a moment "
        .. "that does not exist. With half-open intervals the end comes first.",
      code = [==[
function fewest_rooms(meetings)
  local events = {}
  for _, meeting in ipairs(meetings) do
    events[#events + 1] = { meeting[1], 1 }
    events[#events + 1] = { meeting[2], -1 }
  end
  table.sort(events, function(a, b)
    if a[1] ~= b[1] then return a[1] < b[1] end
    return a[2] > b[2]
  end)
  local running, most = 0, 0
  for _, event in ipairs(events) do
    running = running + event[2]
    most = math.max(most, running)
  end
  return most
end
]==],
    },
    {
      name = "counts a chain of overlaps",
      language = "lua",
      verdict = "WA",
      case = "back to back, a minute of overlap",
      why = "Meetings that overlap one after the other form a chain; its length is not the number "
        .. "that run at one moment. The first may be over when the third begins.",
      code = [==[
function fewest_rooms(meetings)
  local sorted = table.move(meetings, 1, #meetings, 1, {})
  table.sort(sorted, function(a, b) return a[1] < b[1] end)
  local most, chain, chain_end = 0, 0, -1
  for _, meeting in ipairs(sorted) do
    if meeting[1] < chain_end then
      chain = chain + 1
    else
      chain = 1
    end
    chain_end = math.max(chain_end, meeting[2])
    most = math.max(most, chain)
  end
  return most
end
]==],
    },
    {
      name = "asks the last room only",
      language = "lua",
      verdict = "WA",
      case = "two and two",
      why = "A new room is opened when the room used last is busy, though another one may be free. "
        .. "The room to ask is the one that falls free first.",
      code = [==[
function fewest_rooms(meetings)
  local sorted = table.move(meetings, 1, #meetings, 1, {})
  table.sort(sorted, function(a, b) return a[1] < b[1] end)
  local busy_until = {}
  for _, meeting in ipairs(sorted) do
    local last = #busy_until
    if last > 0 and busy_until[last] <= meeting[1] then
      busy_until[last] = meeting[2]
    else
      busy_until[last + 1] = meeting[2]
    end
  end
  return #busy_until
end
]==],
    },
    {
      name = "a counter for every moment",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      why = "A difference array over the raw times needs one entry for each of up to a billion "
        .. "moments. Only the 2n starts and ends matter: sort these, or number them first.",
      code = [==[
function fewest_rooms(meetings)
  local last = 0
  for _, meeting in ipairs(meetings) do last = math.max(last, meeting[2]) end
  local change = {}
  for moment = 0, last do change[moment] = 0 end
  for _, meeting in ipairs(meetings) do
    change[meeting[1]] = change[meeting[1]] + 1
    change[meeting[2]] = change[meeting[2]] - 1
  end
  local running, most = 0, 0
  for moment = 0, last do
    running = running + change[moment]
    most = math.max(most, running)
  end
  return most
end
]==],
    },
    {
      name = "compares every pair",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For every start all meetings are asked whether they run then. The answer is right and "
        .. "the cost is quadratic; sorting lets one pass do.",
      code = [==[
function fewest_rooms(meetings)
  local starts, ends = {}, {}
  for i, meeting in ipairs(meetings) do starts[i], ends[i] = meeting[1], meeting[2] end
  local most = 0
  for i = 1, #starts do
    local at, running = starts[i], 0
    for j = 1, #starts do
      if starts[j] <= at and at < ends[j] then running = running + 1 end
    end
    if running > most then most = running end
  end
  return most
end
]==],
    },
  },

  hints = {
    { text = "Forget the rooms. If at some moment m meetings run, you need m rooms. Can you also "
        .. "manage with the largest such m?", cost_min = 2 },
    { text = "The number of running meetings changes only at starts and ends. Put these moments in "
        .. "order and count up and down. What must happen first when a start and an end fall on "
        .. "the same moment?", cost_min = 3 },
    { text = "Sort the starts and, apart from them, the ends. For each start: while the earliest "
        .. "end not yet used is <= start, one meeting is over; then one more is running. The "
        .. "answer is the largest number running.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Say which room each meeting gets.",
      answer = "Walk through the meetings by start with a min-heap of (end, room). If the top is "
        .. "over, reuse its room, else open a new one. Same cost, and the heap's largest size is "
        .. "the answer to this drill." },
    { ask = "Sorting starts and ends apart loses who ends when. Why is that allowed?",
      answer = "Only how many are running is asked. That number is starts so far minus ends so "
        .. "far, and both are counts; who belongs to whom does not enter." },
    { ask = "The meetings were closed: a room is still dirty at its end.",
      answer = "Then an end and a start at the same moment clash: free a room only while "
        .. "end < start. For a cleaning time of c, add c to every end and stay half-open." },
    { ask = "There are a hundred million bookings, but times are minutes of one week.",
      answer = "Then the moments are few: a difference array of 10080 entries, +1 at each start "
        .. "and -1 at each end, and one pass over it: O(n + 10080), no sorting." },
    { ask = "There are only r rooms. Accept as many meetings as possible.",
      answer = "Take the meetings by earliest end. Give each to the room whose last meeting ended "
        .. "latest but not after the start; refuse it if there is none. An exchange argument, as "
        .. "for one room, shows that nothing better exists." },
  },

  explain = [==[
**Claim.** The least number of rooms equals the depth, the largest number of meetings that run at
one moment.

**Proof.** *Not fewer:* the meetings that run at the busiest moment need a room each. *Not more:*
hand out rooms by ascending start, reusing one that is free. A new room, number `m`, is opened only
when `m - 1` rooms are busy at that start. So `m` meetings run at that moment, and `m` is at most
the depth. The greedy choice never costs anything, because whichever free room is taken, the number
of busy rooms afterwards is the same.

**Invariant of the sweep.** After a start has been handled, `running` is the number of meetings with
`start' ≤ start < end'`. Ends up to and including this start have been taken off, and that is
what half-open means. The depth is reached at some start, since only there the number rises.

The loop over `ends` cannot run off the end of the list. Each meeting ends after it starts, so
the largest end is greater than every start.

**Cost.** Two sorts, then each start and each end is handled once: O(n log n) and O(n).

**Usual mistakes**

- *Ties.* With events `(time, +1)` and `(time, -1)` in one list, the -1 must come first at equal
  times. Sorting the pairs in ascending order happens to do so, and it is worth saying why.
- *Chains.* Merging overlapping meetings and counting the members of a merged block gives too much.
- *The wrong room.* Compare with the room that falls free first (a min-heap), not the latest one.
- *An array over time.* It is fine for minutes of a day and ruinous for timestamps.
]==],
}
