-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The time in which nobody is busy, between two given moments. The drill is about the edges: before
-- the first booking, after the last, beyond the window, and gaps that have no length.

-- `hosts` lists of up to `most` bookings that start around 0 … `horizon` and last up to `longest`.
local function calendars(hosts, most, horizon, longest, rand)
  local busy = {}
  for h = 1, hosts do
    busy[h] = {}
    for i = 1, rand(0, most) do
      local start = rand(-5, horizon + 5)
      busy[h][i] = { start, start + rand(1, longest) }
    end
  end
  return busy
end

-- One short booking a host, all apart: the free time falls into as many pieces as there are hosts.
local function one_each(hosts, rand)
  local busy = {}
  for h = 1, hosts do
    local start = 10 * h + rand(0, 4)
    busy[h] = { { start, start + rand(1, 5) } }
  end
  return rand.shuffle(busy)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local sweep = [==[
-- All bookings of all hosts by ascending start. `reach` is the moment up to which all is settled;
-- if the next booking starts later, everybody is free in between.
function common_free_time(busy, opens, closes)
  local bookings = {}
  for _, host in ipairs(busy) do table.move(host, 1, #host, #bookings + 1, bookings) end
  table.sort(bookings, function(a, b) return a[1] < b[1] end)

  local free, reach = {}, opens
  for _, booking in ipairs(bookings) do
    local till = math.min(booking[1], closes)
    if reach < till then free[#free + 1] = { reach, till } end
    reach = math.max(reach, booking[2])
  end
  if reach < closes then free[#free + 1] = { reach, closes } end
  return free
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = sweep:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return sweep:sub(1, first - 1) .. new .. sweep:sub(last + 1)
end

return drill {
  id = "common-free-time",
  title = "When all hosts can come",
  category = "intervals",
  level = "medium",
  minutes = 20,
  covers = { "S03-C02", "S03-P1" },
  signature = "common_free_time(busy: (int, int)[][], opens: int, closes: int) -> (int, int)[]",

  statement = [==[
A community plans a question hour with several hosts. Each host sends the list of times at which
they are busy. The hour must lie between two moments, `opens` and `closes`.

Given a list of bookings per host, and the window, return all stretches of the window in which no
host is busy.

**Conventions**

- A booking is a pair `(start, stop)`, half-open: the host is busy at `start` and free again at
  `stop`. `start < stop` always.
- The window and the stretches that you return are half-open as well, from `opens` up to `closes`,
  and `opens < closes`.
- A host's bookings come in any order and may overlap each other. Bookings may begin before the
  window, end after it, or lie outside of it.
- Return the stretches by ascending start, each as long as it can be: two of them never touch. A
  stretch of no length is none: between bookings that touch nobody is free.
- A host without bookings is always free. Without hosts the whole window is free.
- Times are whole numbers between -10^12 and 10^12.
- Do not change the input.

**Cost.** O(n log n) time and O(n) space, where `n` is the number of hosts and bookings together.
]==],

  examples = {
    {
      args = { { { { 1, 3 }, { 6, 7 } }, { { 2, 4 } } }, 0, 10 },
      result = { { 0, 1 }, { 4, 6 }, { 7, 10 } },
      note = "The first host is busy from 1 to 3 and the second from 2 to 4, so somebody is busy "
        .. "from 1 to 4.",
    },
    {
      args = { { { { 0, 5 } }, { { 5, 8 } } }, 0, 10 },
      result = { { 8, 10 } },
      note = "The second host becomes busy at the moment at which the first becomes free.",
    },
    {
      args = { { { { -20, 2 }, { 9, 30 } }, {} }, 0, 10 },
      result = { { 2, 9 } },
      note = "Only what lies within the window is returned. The second host is always free.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 4000, 8000, 16000, 32000 },
    input = function(n, rand) return { one_each(n // 2, rand), 0, 10 * n } end,
  },

  cases = function(rand, case)
    case { name = "no hosts", args = { {}, 0, 10 } }
    case { name = "hosts without bookings", args = { { {}, {} }, -3, 4 } }
    case { name = "busy all day, back to back", catches = "returns gaps of no length",
           args = { { { { -5, 3 }, { 3, 20 } } }, 0, 10 } }
    case { name = "one is free when the other is not", catches = "takes the gaps of each host",
           args = { { { { -1, 6 } }, { { 4, 12 } } }, 0, 10 } }
    case { name = "free before the first", catches = "forgets the time before the first",
           args = { { { { 6, 12 } } }, 0, 10 } }
    case { name = "free after the last", catches = "forgets the time after the last",
           args = { { { { -2, 4 } } }, 0, 10 } }
    case { name = "the next booking is after closing", catches = "looks past the closing",
           args = { { { { -2, 4 }, { 20, 30 } } }, 0, 10 } }
    case { name = "a short one inside a long one", catches = "takes the stop that came last",
           args = { { { { -2, 8 } }, { { 2, 4 } } }, 0, 10 } }
    case { name = "the later one is listed first", catches = "takes the bookings as they come",
           args = { { { { 6, 8 } }, { { 1, 3 } } }, 0, 10 } }
    case { name = "over before the window opens",
           args = { { { { -9, -5 } }, { { -4, 0 } } }, 0, 10 } }
    case { name = "begins when the window closes", args = { { { { 10, 15 } } }, 0, 10 } }
    case { name = "busy from opening to closing", args = { { { { 0, 10 } }, {} }, 0, 10 } }
    case { name = "a free moment of one unit", args = { { { { 0, 4 } }, { { 5, 10 } } }, 0, 10 } }
    case { name = "a host overlaps themselves",
           args = { { { { 1, 6 }, { 2, 3 }, { 5, 7 } } }, 0, 10 } }
    case { name = "the same booking for all",
           args = { { { { 3, 5 } }, { { 3, 5 } }, { { 3, 5 } } }, 0, 10 } }
    case { name = "a wide window",
           args = { { { { -7, 7 } } }, -1000000000000, 1000000000000 } }
    for i = 1, 4 do
      case { name = "random " .. i, args = { calendars(rand(1, 6), 6, 60, 6, rand), 0, 60 } }
    end
    case { name = "random, hardly any free time",
           args = { calendars(8, 8, 60, 9, rand), 5, 55 } }
    case { name = "50 hosts, 1500 bookings",
           args = { calendars(50, 60, 20000, 25, rand), 0, 20000 } }
    case { name = "1000 hosts with a booking each", args = { one_each(1000, rand), 0, 10000 } }
  end,

  compare = "exact",

  -- Between two neighbouring moments of all that occur nothing changes: for each such piece of the
  -- window, ask every booking, and join free pieces that touch.
  oracle = function(args)
    local busy, opens, closes = args[1], args[2], args[3]
    local moments = { opens, closes }
    for _, host in ipairs(busy) do
      for _, booking in ipairs(host) do
        for _, at in ipairs(booking) do
          if opens < at and at < closes then moments[#moments + 1] = at end
        end
      end
    end
    table.sort(moments)
    local free = {}
    for i = 2, #moments do
      local from, till, taken = moments[i - 1], moments[i], false
      for _, host in ipairs(busy) do
        for _, booking in ipairs(host) do
          if booking[1] < till and from < booking[2] then taken = true end
        end
      end
      if from < till and not taken then
        local last = free[#free]
        if last and last[2] == from then last[2] = till else free[#free + 1] = { from, till } end
      end
    end
    return free
  end,

  reference = {
    lua = sweep,
    python = [==[
from itertools import chain


def common_free_time(busy, opens, closes):
    # By ascending start: whatever lies between the farthest stop so far and the next start is free.
    # A booking at the end of the window closes the last gap.
    free, reach = [], opens
    for start, stop in chain(sorted(chain.from_iterable(busy)), [(closes, closes)]):
        till = min(start, closes)
        if reach < till:
            free.append((reach, till))
        reach = max(reach, stop)
    return free
]==],
  },

  wrong = {
    {
      name = "returns gaps of no length",
      language = "lua",
      verdict = "WA",
      case = "busy all day, back to back",
      why = "Between a booking that stops at 3 and one that starts at 3 nobody is free. A gap "
        .. "needs start < stop, like everything half-open.",
      code = reference_with("reach < till", "reach <= till"),
    },
    {
      name = "takes the gaps of each host",
      language = "lua",
      verdict = "WA",
      case = "one is free when the other is not",
      why = "The gaps of each host are found apart and thrown together. Free for all means outside "
        .. "of everybody's bookings: put the bookings together, then look for gaps.",
      code = [==[
function common_free_time(busy, opens, closes)
  local free, seen = {}, {}
  local function add(from, till)
    local key = from .. " " .. till
    if from < till and not seen[key] then
      seen[key] = true
      free[#free + 1] = { from, till }
    end
  end
  if #busy == 0 then add(opens, closes) end
  for _, host in ipairs(busy) do
    local bookings = table.move(host, 1, #host, 1, {})
    table.sort(bookings, function(a, b) return a[1] < b[1] end)
    local reach = opens
    for _, booking in ipairs(bookings) do
      add(reach, math.min(booking[1], closes))
      reach = math.max(reach, booking[2])
    end
    add(reach, closes)
  end
  table.sort(free, function(a, b)
    if a[1] ~= b[1] then return a[1] < b[1] end
    return a[2] < b[2]
  end)
  return free
end
]==],
    },
    {
      name = "forgets the time before the first",
      language = "lua",
      verdict = "WA",
      case = "free before the first",
      why = "The search for gaps begins at the first booking. What lies between the opening and "
        .. "that booking is free as well.",
      code = reference_with("  for _, booking in ipairs(bookings) do\n",
        "  if bookings[1] then reach = math.max(reach, bookings[1][1]) end\n"
        .. "  for _, booking in ipairs(bookings) do\n"),
    },
    {
      name = "forgets the time after the last",
      language = "lua",
      verdict = "WA",
      case = "free after the last",
      why = "A gap is written when the next booking is met. After the last booking none comes, and "
        .. "the rest of the window is lost.",
      code = reference_with("if reach < closes then", "if reach < closes and not bookings[1] then"),
    },
    {
      name = "looks past the closing",
      language = "lua",
      verdict = "WA",
      case = "the next booking is after closing",
      why = "The gap runs up to the next booking, which may start after the window has closed. Cut "
        .. "gaps off at `closes`.",
      code = reference_with("math.min(booking[1], closes)", "booking[1]"),
    },
    {
      name = "takes the stop that came last",
      language = "lua",
      verdict = "WA",
      case = "a short one inside a long one",
      why = "The host with the short booking becomes free, while the one with the long booking is "
        .. "still busy. Keep the farthest stop.",
      code = reference_with("math.max(reach, booking[2])", "math.max(opens, booking[2])"),
    },
    {
      name = "takes the bookings as they come",
      language = "lua",
      verdict = "WA",
      case = "the later one is listed first",
      why = "One host after the other is not the order of time. A gap was declared free before the "
        .. "booking that lies in it was seen.",
      code = reference_with(
        "  table.sort(bookings, function(a, b) return a[1] < b[1] end)\n", ""),
    },
    {
      name = "cuts up the free time host by host",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The free stretches so far are compared with each further host's bookings. With many "
        .. "hosts there are many stretches, and each host reads them all: n². Put all bookings "
        .. "together and sort once.",
      code = [==[
function common_free_time(busy, opens, closes)
  local free = { { opens, closes } }
  for _, host in ipairs(busy) do
    for _, booking in ipairs(host) do
      local rest = {}
      for i = 1, #free do
        local from, till = free[i][1], free[i][2]
        if booking[2] <= from or till <= booking[1] then
          rest[#rest + 1] = free[i]
        else
          if from < booking[1] then rest[#rest + 1] = { from, booking[1] } end
          if booking[2] < till then rest[#rest + 1] = { booking[2], till } end
        end
      end
      free = rest
    end
  end
  return free
end
]==],
    },
  },

  hints = {
    { text = "Does it matter which host a booking belongs to?", cost_min = 1 },
    { text = "Put all bookings into one list and go through it by start. When you meet the next "
        .. "one, how do you know whether everybody was free just before it?", cost_min = 2 },
    { text = "Keep `reach`, the farthest stop so far, beginning with `opens`. For each booking: if "
        .. "reach < min(start, closes) that is a free stretch; then raise reach to stop. At the "
        .. "end the rest up to `closes` is free, if there is any.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Return only stretches in which a question hour of length d fits.",
      answer = "Keep those with stop - start >= d. Every start from `start` to `stop - d`, both "
        .. "included, is then possible." },
    { ask = "Each host's list is already sorted. Can you use that?",
      answer = "Merge the k lists with a heap of their next bookings: O(n log k) time, and O(k) "
        .. "space beside the answer. The loop over bookings stays the same." },
    { ask = "It is enough that k of the h hosts can come.",
      answer = "First join each host's own bookings, or a host who overlaps themselves counts "
        .. "twice. Then sweep over starts (+1) and stops (-1), and report where at most h - k are "
        .. "busy." },
    { ask = "The hosts live in different time zones, and clocks change that night.",
      answer = "Turn everything into one clock without jumps (UTC) before comparing, and back only "
        .. "for showing. Working hours are a rule per zone: expand them to bookings for the dates "
        .. "asked." },
    { ask = "A host says: I am only free from 9 to 17.",
      answer = "Turn free times into busy ones: all of the window outside of them. Then nothing "
        .. "else changes." },
  },

  explain = [==[
**Idea.** A moment is free for all when it lies in no booking of anybody. So the hosts do not
matter: the answer is the window without the union of all bookings.

**Invariant.** Before each booking, everything in the window before `reach` is settled: what was
free there is in the answer. All bookings so far stop at or before `reach`, and none of those to
come starts before the one that is looked at now.

**Why it holds.** From `reach` up to the start of the next booking nobody is busy: the earlier ones
are over, the later ones have not begun. If that part, cut off at `closes`, has a length, it is a
free stretch. It cannot be longer, as somebody is busy just before and just after it, or the window
ends there. Then `reach` moves to the stop of the booking, if that is farther. Once a booking starts
at or after `closes`, `reach` is beyond it too, and nothing more is written.

**Cost.** One sort of n bookings, one pass.

**Usual mistakes**

- *The ends of the window.* Start with `reach = opens`, and close with a look at what is left. Or
  add a booking at `closes`, so that the loop does it all.
- *Zero length.* `<`, not `<=`.
- *The last stop instead of the farthest.* As in merging.
- *Bookings that stick out.* `max` with `opens` comes for free, since `reach` begins there; `min`
  with `closes` must be written.
- *The gaps of each host.* They must be intersected, not united.
]==],
}
