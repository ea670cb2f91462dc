-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Does a shuttle ever carry more people than it has seats? Changes are noted where they happen and
-- summed from stop to stop. The drill is about the order of leaving and boarding at one stop, and
-- about a road that is far longer than the list of trips.

-- Trips between random stops below `stops`, each at most `longest` stops far.
local function random_trips(n, most_people, stops, longest, rand)
  local trips = {}
  for i = 1, n do
    local from = rand(0, stops - 2)
    trips[i] = { rand(1, most_people), from, rand(from + 1, math.min(stops - 1, from + longest)) }
  end
  return trips
end

-- The largest load there is, so that cases can ask for exactly that many seats, or one fewer.
local function peak(trips)
  local most = 0
  for _, at in ipairs(trips) do
    local load = 0
    for _, trip in ipairs(trips) do
      if trip[2] <= at[2] and at[2] < trip[3] then load = load + trip[1] end
    end
    most = math.max(most, load)
  end
  return most
end

-- All get on in the first half of the road and off in the second, so all are on board at once.
local function everybody_at_once(n, rand)
  local trips = {}
  for i = 1, n do trips[i] = { 1, i, 2 * n + i } end
  return rand.shuffle(trips)
end

return drill {
  id = "seats-on-route",
  title = "Seats on the shuttle",
  category = "prefix-sums",
  level = "medium",
  minutes = 20,
  covers = { "S03-C02", "S03-C03", "S03-P1" },
  signature = "seats_on_route(trips: (int, int, int)[], seats: int) -> bool",

  statement = [==[
A community holds its yearly meeting in a valley with one road. A shuttle drives along the road
once, in the direction of ascending kilometres, and never turns back. Groups have booked it: a group
of so many people gets on at one kilometre and off at a later one. Is the shuttle large enough?

A trip is `(people, from, to)`. Given all `trips` and the number of `seats`, return whether at every
point of the road the people on board have a seat each.

**Conventions**

- A group is on board from kilometre `from`, where it gets on, up to kilometre `to`, where it gets
  off. At a kilometre where some get off and others get on, everybody gets off first: seats that
  become free there can be taken there.
- Exactly `seats` people on board is fine.
- Trips come in any order. Several may begin or end at the same kilometre; equal trips are different
  groups.
- `1 ≤ people ≤ 10^6`, `0 ≤ from < to ≤ 10^12`, `0 ≤ seats ≤ 10^12`. Kilometres are whole numbers;
  the road may really be that long.
- There may be no trips; the answer is then yes, even without seats.
- Do not change the input.

**Cost.** For `n` trips, no worse than O(n log n) time and O(n) space, however long the road.
]==],

  examples = {
    {
      args = { { { 3, 0, 10 }, { 2, 4, 8 } }, 4 },
      result = false,
      note = "Between kilometres 4 and 8 there are 5 people on board.",
    },
    {
      args = { { { 3, 5, 9 }, { 4, 0, 5 } }, 4 },
      result = true,
      note = "At kilometre 5 four people get off, then three get on.",
    },
    {
      args = { { { 2, 1, 6 }, { 2, 2, 3 }, { 1, 2, 4 } }, 5 },
      result = true,
      note = "From kilometre 2 to 3 all five seats are taken, and that is fine.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    input = function(n, rand) return { everybody_at_once(n, rand), n } end,
  },

  cases = function(rand, case)
    case { name = "no trips, no seats", args = { {}, 0 } }
    case { name = "no seats for anybody", args = { { { 1, 3, 4 } }, 0 } }
    case { name = "all seats taken", catches = "wants a seat to spare",
           args = { { { 4, 0, 9 } }, 4 } }
    case { name = "different groups at different times", catches = "adds everybody up",
           args = { { { 3, 1, 3 }, { 3, 6, 8 } }, 4 } }
    case { name = "off before on at the same kilometre", catches = "lets people on first",
           args = { { { 2, 1, 5 }, { 2, 5, 7 } }, 3 } }
    case { name = "people, not groups", catches = "counts groups",
           args = { { { 3, 1, 4 }, { 3, 2, 5 } }, 5 } }
    case { name = "the fullest point is not the last",
           args = { { { 1, 8, 9 }, { 4, 1, 6 }, { 3, 2, 5 }, { 2, 4, 7 } }, 8 } }
    case { name = "not in the order of the road", catches = "drives in the order of the list",
           args = { { { 2, 10, 20 }, { 1, 3, 12 }, { 2, 1, 10 } }, 3 } }
    case { name = "two equal trips", args = { { { 2, 1, 3 }, { 2, 1, 3 } }, 3 } }
    case { name = "off and on at three kilometres in a row",
           args = { { { 5, 3, 4 }, { 5, 1, 2 }, { 5, 2, 3 } }, 5 } }
    case { name = "from kilometre zero", args = { { { 6, 0, 1 }, { 1, 1, 2 } }, 5 } }
    case { name = "over before the end of the road", catches = "looks where people get off",
           args = { { { 3, 0, 9 }, { 3, 2, 8 }, { 1, 4, 5 } }, 6 } }
    case { name = "a very long valley", catches = "walks along the road",
           args = { { { 1000000, 0, 1000000000000 }, { 1000000, 999999999999, 1000000000000 } },
                    1999999 } }
    case { name = "more seats than 32 bits hold", catches = "counts people in 32 bits",
           args = { { { 10, 0, 5 } }, 1 << 32 } }
    do
      local crowd = {}
      for i = 1, 2500 do crowd[i] = { 1000000, i, 10000 } end
      case { name = "more people than 32 bits hold", catches = "counts people in 32 bits",
             args = { crowd, 2300000000 } }
    end
    for i = 1, 5 do
      local trips = random_trips(rand(3, 40), 5, 30, 12, rand)
      case { name = "random " .. i, args = { trips, peak(trips) - i % 2 } }
    end
    case { name = "random, one kilometre each",
           args = { random_trips(40, 3, 12, 1, rand), 14 } }
    do
      local trips = random_trips(2000, 9, 1000000, 3000, rand)
      local most = peak(trips)
      case { name = "2000 trips, just enough", args = { trips, most } }
      case { name = "2000 trips, one seat short", args = { trips, most - 1 } }
    end
    case { name = "3000 trips, everybody at once",
           args = { everybody_at_once(3000, rand), 3000 } }
  end,

  compare = "exact",

  -- Asks at each kilometre where somebody gets on who is on board then.
  oracle = function(args)
    local trips, seats = args[1], args[2]
    for _, boarding in ipairs(trips) do
      local at, load = boarding[2], 0
      for _, trip in ipairs(trips) do
        if trip[2] <= at and at < trip[3] then load = load + trip[1] end
      end
      if load > seats then return false end
    end
    return true
  end,

  reference = {
    lua = [==[
-- Each trip is two changes of the load. Driving past the changes in the order of the road, and at
-- one kilometre past those that leave first, the load is a running sum.
function seats_on_route(trips, seats)
  local changes = {}
  for _, trip in ipairs(trips) do
    local people, from, to = trip[1], trip[2], trip[3]
    changes[#changes + 1] = { at = from, people = people }
    changes[#changes + 1] = { at = to, people = -people }
  end
  table.sort(changes, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.people < b.people
  end)
  local load = 0
  for _, change in ipairs(changes) do
    load = load + change.people
    if load > seats then return false end
  end
  return true
end
]==],
    python = [==[
from collections import defaultdict
from itertools import accumulate


def seats_on_route(trips, seats):
    change = defaultdict(int)  # of the load, by kilometre: leaving and boarding in one number
    for people, start, stop in trips:
        change[start] += people
        change[stop] -= people
    loads = accumulate(change[at] for at in sorted(change))
    return all(load <= seats for load in loads)
]==],
  },

  wrong = {
    {
      name = "lets people on first",
      language = "lua",
      verdict = "WA",
      case = "off before on at the same kilometre",
      why = "Of the changes at one kilometre those that get on are counted before those that get "
        .. "off. A trip is open at its end: sort leaving before boarding, or add up all changes of "
        .. "a kilometre before you compare.",
      code = [==[
function seats_on_route(trips, seats)
  local changes = {}
  for _, trip in ipairs(trips) do
    changes[#changes + 1] = { at = trip[2], people = trip[1] }
    changes[#changes + 1] = { at = trip[3], people = -trip[1] }
  end
  table.sort(changes, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.people > b.people
  end)
  local load = 0
  for _, change in ipairs(changes) do
    load = load + change.people
    if load > seats then return false end
  end
  return true
end
]==],
    },
    {
      name = "wants a seat to spare",
      language = "lua",
      verdict = "WA",
      case = "all seats taken",
      why = "A full shuttle is refused. Too many are more than there are seats: `>`, not `>=`.",
      code = [==[
function seats_on_route(trips, seats)
  local change, stops = {}, {}
  for _, trip in ipairs(trips) do
    for i, people in ipairs({ trip[1], -trip[1] }) do
      local at = trip[i + 1]
      if not change[at] then
        change[at] = 0
        stops[#stops + 1] = at
      end
      change[at] = change[at] + people
    end
  end
  table.sort(stops)
  local load = 0
  for _, at in ipairs(stops) do
    load = load + change[at]
    if load >= seats then return false end
  end
  return true
end
]==],
    },
    {
      name = "counts groups",
      language = "lua",
      verdict = "WA",
      case = "people, not groups",
      why = "Each trip changes the load by one. A group has as many people as its first number "
        .. "says.",
      code = [==[
function seats_on_route(trips, seats)
  local changes = {}
  for _, trip in ipairs(trips) do
    changes[#changes + 1] = { at = trip[2], groups = 1 }
    changes[#changes + 1] = { at = trip[3], groups = -1 }
  end
  table.sort(changes, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.groups < b.groups
  end)
  local load = 0
  for _, change in ipairs(changes) do
    load = load + change.groups
    if load > seats then return false end
  end
  return true
end
]==],
    },
    {
      name = "adds everybody up",
      language = "lua",
      verdict = "WA",
      case = "different groups at different times",
      why = "All who ever ride are added up. Groups that ride at different times share the seats.",
      code = [==[
function seats_on_route(trips, seats)
  local people = 0
  for _, trip in ipairs(trips) do people = people + trip[1] end
  return people <= seats
end
]==],
    },
    {
      name = "drives in the order of the list",
      language = "lua",
      verdict = "WA",
      case = "not in the order of the road",
      why = "Trips are taken in the order of the list, and who has got off is dropped as they "
        .. "come. The list is not in the order of the road: sort it, or sort the changes.",
      code = [==[
function seats_on_route(trips, seats)
  local on_board = {}
  for _, trip in ipairs(trips) do
    local staying, load = {}, trip[1]
    for _, other in ipairs(on_board) do
      if other[3] > trip[2] then
        staying[#staying + 1] = other
        load = load + other[1]
      end
    end
    if load > seats then return false end
    staying[#staying + 1] = trip
    on_board = staying
  end
  return true
end
]==],
    },
    {
      name = "walks along the road",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      case = "a very long valley",
      why = "An array with one entry per kilometre costs memory and time for the length of the "
        .. "road, however few trips there are. Keep only the kilometres where the load changes.",
      code = [==[
function seats_on_route(trips, seats)
  local length = 0
  for _, trip in ipairs(trips) do length = math.max(length, trip[3]) end
  local change = {}
  for kilometre = 0, length do change[kilometre] = 0 end
  for _, trip in ipairs(trips) do
    change[trip[2]] = change[trip[2]] + trip[1]
    change[trip[3]] = change[trip[3]] - trip[1]
  end
  local load = 0
  for kilometre = 0, length do
    load = load + change[kilometre]
    if load > seats then return false end
  end
  return true
end
]==],
    },
    {
      name = "asks all trips at every boarding",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each place where somebody gets on, all trips are looked through: n² steps. In the "
        .. "order of the road the load follows from the load before.",
      code = [==[
function seats_on_route(trips, seats)
  for _, boarding in ipairs(trips) do
    local at, load = boarding[2], 0
    for i = 1, #trips do
      local trip = trips[i]
      if trip[2] <= at and at < trip[3] then load = load + trip[1] end
    end
    if load > seats then return false end
  end
  return true
end
]==],
    },
  },

  pitfalls = {
    ["counts people in 32 bits"] = "A 32-bit integer holds the people of 2147 groups of a million. "
      .. "More may be on board, and there may be more seats. Count in 64 bits.",
    ["looks where people get off"] = "The load is compared where somebody gets off only. It is "
      .. "largest right after somebody got on: compare there.",
  },

  hints = {
    { text = "How many numbers describe what one trip does to the load, and where do they apply?",
      cost_min = 2 },
    { text = "Between two neighbouring stops of the list nothing changes. So only the stops of the "
        .. "trips matter, not the length of the road.", cost_min = 3 },
    { text = "Write +people at `from` and -people at `to`, sort by kilometre, and at the same "
        .. "kilometre take the negative ones first. Add them up on the way and compare with the "
        .. "seats after each.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "The road has at most a thousand stops and there are millions of trips.",
      answer = "Then one array over the stops is better: add at `from`, subtract at `to`, and one "
        .. "running sum at the end. O(n + stops), no sorting, and leaving before boarding comes by "
        .. "itself, since a stop's changes are added up before the sum is read." },
    { ask = "How many seats are needed at least?",
      answer = "The largest value of the running sum. The same sweep, with a maximum in place of "
        .. "the comparison." },
    { ask = "Bookings come one at a time and each must be accepted or refused at once.",
      answer = "A balanced tree over the stops with range add and range maximum (a segment tree "
        .. "with lazy adds, compressed or built on demand) answers each in O(log). An ordered map "
        .. "of changes, summed for each booking, costs O(n) a booking." },
    { ask = "People want to keep one seat for the whole trip. Does the answer change?",
      answer = "No. In the order of boarding give anybody a free seat; there is one, since fewer "
        .. "than `seats` are on board, and nobody ever has to move. This is colouring intervals: "
        .. "the largest overlap suffices." },
  },

  explain = [==[
**Idea.** The load is constant between two stops and changes only where a trip begins or ends. At
such a kilometre the new load is the old one, minus who gets off, plus who gets on.

**Invariant.** After the changes of all kilometres up to x have been added, the running sum is the
number of people on board right after x: each trip with from ≤ x < to is counted once, each trip
that has ended has been added and taken away again.

**Why negative first.** Within one kilometre the running sum first falls, then rises. Its largest
value at that kilometre is then the load before it or the load after it, and both are real. With
boarding first it would count people who are never on board together.

**Cost.** 2n changes are sorted: O(n log n) time, O(n) space.

**Usual mistakes**

- *Boarding before leaving.* One comparison in the sort. Adding up each kilometre before comparing
  avoids the question.
- *An array over the road.* Fine for a thousand stops, hopeless for 10^12.
- *`>=` for `>`.* A full shuttle is not an overfull one.
- *Taking the list's order for the road's.*
]==],
}
