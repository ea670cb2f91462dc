-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A gate for events that come out of order and more than once. The drill is about a watermark: what
-- it lets through, what it makes forgettable, and that it never goes back.

-- The reference. Several wrong answers are this text with one thing changed.
local heap_of_times = [==[
-- The ids that could still be repeated, in a map, and a min-heap of them by time. Whatever lies
-- before the watermark is refused for being late, so there is no need to remember it.
EventGate = {}
EventGate.__index = EventGate

function EventGate.new(lateness_s)
  return setmetatable({ lateness_s = lateness_s, watermark = nil, known = {}, heap = {} }, EventGate)
end

local function push(heap, entry)
  local i = #heap + 1
  while i > 1 and entry.at < heap[i // 2].at do
    heap[i] = heap[i // 2]
    i = i // 2
  end
  heap[i] = entry
end

local function pop(heap)
  local first, last, i = heap[1], table.remove(heap), 1
  if #heap == 0 then return first end
  while 2 * i <= #heap do
    local child = 2 * i
    if child < #heap and heap[child + 1].at < heap[child].at then child = child + 1 end
    if last.at <= heap[child].at then break end
    heap[i] = heap[child]
    i = child
  end
  heap[i] = last
  return first
end

function EventGate:advance(at_s)
  local watermark = at_s - self.lateness_s
  if self.watermark and watermark <= self.watermark then return end
  self.watermark = watermark
  while self.heap[1] and self.heap[1].at < watermark do
    self.known[pop(self.heap).id] = nil
  end
end

function EventGate:offer(id, at_s)
  if self.watermark and at_s < self.watermark then return "late" end
  if self.known[id] then return "repeated" end
  self:advance(at_s)
  self.known[id] = true
  push(self.heap, { id = id, at = at_s })
  return "new"
end

function EventGate:remembered()
  return #self.heap
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls. Time moves by up to `step` seconds an event, an event comes up to `delay` seconds after
-- its time, and one in `again` is a repetition of one of the last 40.
local function traffic(n, step, delay, again, rand)
  local calls, sent, now = {}, {}, rand(0, 100)
  for i = 1, n do
    now = now + rand(0, step)
    if rand(1, 12) == 1 then
      calls[i] = { "remembered" }
    elseif #sent > 0 and rand(1, again) == 1 then
      calls[i] = sent[rand(math.max(1, #sent - 40), #sent)]
    else
      calls[i] = { "offer", "e" .. i, math.max(0, now - rand(0, delay)) }
      sent[#sent + 1] = calls[i]
    end
  end
  return calls
end

return drill {
  id = "late-events",
  title = "Each vote once, and not too late",
  category = "streams",
  level = "medium",
  minutes = 25,
  covers = { "S05-C06", "S09-N2", "S02-P1" },
  signature = [[
    class EventGate(lateness_s: int)
      offer(id: string, at_s: int) -> string
      remembered() -> int
  ]],

  statement = [==[
Votes reach the job that counts them through a queue. Phones send them late, the queue mixes their
order, and after a fault it sends some of them again. The job must count each vote once. It waits
for late ones, but only so long: what is older than its watermark is refused, and in return it need
not remember what it has seen for ever.

Write `EventGate(lateness_s)` with

- `offer(id, at_s)`: an event with its id and the second at which it happened. Returns `"new"`,
  `"repeated"` or `"late"`;
- `remembered()`: how many ids the gate must remember at present.

**Conventions**

- The watermark is `latest - lateness_s`, where `latest` is the largest `at_s` of all events offered
  before this one. Before the first event there is none, and nothing is late.
- `offer` decides in this order. The event is `"late"` if `at_s < watermark`: at the watermark itself
  it is in time. It is `"repeated"` if its id has been `"new"` before. Otherwise it is `"new"`.
- After that decision the event's own time counts for `latest`. So an event may run ahead by any
  length of time, and it makes others late, never itself.
- An id always comes with the same time: a repetition is the same event again. Different events may
  have the same time.
- The gate must remember the ids of events that were `"new"` and whose time is not before the present
  watermark. All others would be refused for being late.
- `0 ≤ lateness_s ≤ 10^6`, times are whole numbers from 0 to 10^15. Ids are any strings. A new gate
  has seen nothing.

**Cost.** `offer` takes O(log n) on average, where `n` is the number of ids that must be remembered,
and `remembered` is constant. Memory follows `n` too, and not the number of events.
]==],

  examples = {
    {
      new = { 10 },
      calls = { { "offer", "a", 100 }, { "offer", "b", 95 }, { "offer", "a", 100 },
                { "offer", "c", 90 }, { "offer", "d", 89 }, { "remembered" } },
      result = { "new", "new", "repeated", "new", "late", 3 },
      note = "With 100 seen the watermark is 90. c is just in time, d is not.",
    },
    {
      new = { 10 },
      calls = { { "offer", "a", 100 }, { "offer", "b", 107 }, { "offer", "c", 111 },
                { "remembered" }, { "offer", "a", 100 }, { "offer", "b", 107 } },
      result = { "new", "new", "new", 2, "late", "repeated" },
      note = "With 111 seen the watermark is 101. a need not be remembered any more: it is late now, "
        .. "and that comes first.",
    },
  },

  limits = { time_ms = 300, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    -- One event a second, each fourth one twice, mixed over a few seconds. There are never more than
    -- 45 ids to remember.
    input = function(n)
      local calls = {}
      for i = 1, n do
        local at = 1000 + i + (i * 7) % 5
        if i % 4 == 0 then
          calls[i] = calls[i - 2]
        else
          calls[i] = { "offer", "vote" .. i, at }
        end
      end
      return { new = { 40 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, lateness_s, calls)
      for i, call in ipairs(calls) do
        if type(call[2]) == "number" then calls[i] = { "offer", call[1], call[2] } end
      end
      case { name = name, catches = catches, new = { lateness_s }, calls = calls }
    end
    local count = { "remembered" }
    story("nothing yet", nil, 10, { count })
    story("the first event", nil, 10, { { "a", 0 }, count, { "a", 0 }, count })
    story("out of order, but in time", "wants them in order", 10,
          { { "a", 100 }, { "b", 99 }, { "c", 95 }, { "d", 97 }, count })
    story("at the watermark", "late at the watermark", 10,
          { { "a", 100 }, { "b", 90 }, { "b", 90 }, { "a", 100 }, count })
    story("the same time, different events", "takes the time for the id", 10,
          { { "a", 100 }, { "b", 100 }, { "a", 100 }, count })
    story("what is late is not remembered", "remembers what it refused", 10,
          { { "a", 100 }, { "b", 80 }, count, { "b", 80 }, count })
    story("in time again and again", "the watermark goes back", 10,
          { { "a", 100 }, { "b", 92 }, { "c", 85 }, { "d", 90 }, count })
    story("one event runs ahead", "judges an event by its own time", 10,
          { { "a", 100 }, { "b", 500 }, { "c", 490 }, { "d", 489 }, { "b", 500 }, count })
    story("late comes before repeated", "repeated comes before late", 10,
          { { "a", 100 }, { "b", 111 }, { "a", 100 }, { "b", 111 }, count })
    story("a repetition is remembered once", "counts repetitions", 10,
          { { "a", 100 }, { "a", 100 }, { "a", 100 }, count })
    story("the newest event makes another forgettable", "forgets one event too late", 10,
          { { "a", 100 }, { "b", 111 }, count })
    story("kept while at the watermark", "forgets at the watermark", 10,
          { { "a", 100 }, { "b", 110 }, { "a", 100 }, count, { "c", 111 }, count, { "b", 110 } })
    story("forgotten out of order", "forgets in the order of arrival", 10,
          { { "a", 100 }, { "b", 92 }, { "c", 97 }, { "d", 105 }, count, { "e", 109 }, count,
            { "a", 100 } })
    story("a leap forward forgets all", nil, 10,
          { { "a", 1 }, { "b", 2 }, { "c", 3 }, { "d", 1000000000000000 }, count, { "a", 1 }, count })
    story("no lateness at all", nil, 0,
          { { "a", 5 }, { "b", 5 }, { "c", 4 }, { "a", 5 }, count, { "d", 6 }, count, { "a", 5 } })
    story("a watermark below zero", nil, 1000,
          { { "a", 5 }, { "b", 0 }, { "c", 900 }, { "b", 0 }, count, { "d", 1001 }, { "b", 0 },
            count })
    for i = 1, 4 do story("random " .. i, nil, rand(0, 15), traffic(70, 3, 20, 3, rand)) end
    local crowd = {}
    for i = 1, 8000 do crowd[i] = { "v" .. i, 1000000 + 2 * i - rand(0, 50) } end
    story("a great many in time", "looks through all ids", 1000000, crowd)
    story("5000 calls, short memory", nil, 60, traffic(5000, 3, 80, 4, rand))
    story("8000 calls, longer memory", nil, 300, traffic(8000, 2, 250, 6, rand))
  end,

  compare = "exact",
  pitfalls = {
    ["forgets one event too late"] = "Ids are cleared by the watermark from before the event. Once an "
      .. "event is answered its own time counts, so what it has put behind the watermark need not be "
      .. "remembered any more.",
  },

  -- Looks through all earlier calls for each answer.
  oracle = function(case)
    local lateness_s, result = case.new[1], {}
    local function watermark_before(i)
      local latest
      for j = 1, i - 1 do
        local call = case.calls[j]
        if call[1] == "offer" and (not latest or call[3] > latest) then latest = call[3] end
      end
      return latest and latest - lateness_s or math.mininteger
    end
    for i, call in ipairs(case.calls) do
      local watermark, must = watermark_before(i), 0
      local before = false
      for j = 1, i - 1 do
        if result[j] == "new" then
          if case.calls[j][2] == call[2] then before = true end
          if case.calls[j][3] >= watermark then must = must + 1 end
        end
      end
      if call[1] == "remembered" then
        result[i] = must
      elseif call[3] < watermark then
        result[i] = "late"
      else
        result[i] = before and "repeated" or "new"
      end
    end
    return result
  end,

  reference = {
    lua = heap_of_times,
    python = [==[
import heapq


# The ids that could still be repeated, in a set and in a heap by time. Whatever lies before the
# watermark is refused for being late, so there is no need to remember it.
class EventGate:
    def __init__(self, lateness_s):
        self.lateness_s = lateness_s
        self.watermark = None
        self.known = set()
        self.heap = []

    def _advance(self, at_s):
        watermark = at_s - self.lateness_s
        if self.watermark is not None and watermark <= self.watermark:
            return
        self.watermark = watermark
        while self.heap and self.heap[0][0] < watermark:
            self.known.remove(heapq.heappop(self.heap)[1])

    def offer(self, id, at_s):
        if self.watermark is not None and at_s < self.watermark:
            return "late"
        if id in self.known:
            return "repeated"
        self._advance(at_s)
        self.known.add(id)
        heapq.heappush(self.heap, (at_s, id))
        return "new"

    def remembered(self):
        return len(self.known)
]==],
  },

  wrong = {
    {
      name = "wants them in order",
      language = "lua",
      verdict = "WA",
      case = "out of order, but in time",
      why = "Whatever is older than the newest event is refused. Votes come out of order all the time; "
        .. "that is what the lateness is for.",
      code = changed(heap_of_times, "at_s < self.watermark then",
                     "at_s < self.watermark + self.lateness_s then"),
    },
    {
      name = "late at the watermark",
      language = "lua",
      verdict = "WA",
      case = "at the watermark",
      why = "An event at the watermark is in time. With <= it is dropped one second early.",
      code = changed(heap_of_times, "at_s < self.watermark then", "at_s <= self.watermark then"),
    },
    {
      name = "takes the time for the id",
      language = "lua",
      verdict = "WA",
      case = "the same time, different events",
      why = "Events are told apart by their time. Two people can vote in the same second.",
      code = changed(changed(changed(heap_of_times, "self.known[id] then", "self.known[at_s] then"),
                             "self.known[id] = true", "self.known[at_s] = true"),
                     "self.known[pop(self.heap).id]", "self.known[pop(self.heap).at]"),
    },
    {
      name = "the watermark goes back",
      language = "lua",
      verdict = "WA",
      case = "in time again and again",
      why = "The watermark is taken from the event that came last, so it falls with every late one "
        .. "and lets in still later ones, whose ids may be forgotten already. It follows the largest "
        .. "time and never goes back.",
      code = changed(heap_of_times,
                     "  if self.watermark and watermark <= self.watermark then return end\n", ""),
    },
    {
      name = "judges an event by its own time",
      language = "lua",
      verdict = "WA",
      case = "one event runs ahead",
      why = "The lateness is measured against the last event alone, in both directions: what runs far "
        .. "ahead is refused as well. Only what is too old is late.",
      code = changed(heap_of_times, "at_s < self.watermark then return",
                     "(at_s < self.watermark or at_s > self.watermark + 2 * self.lateness_s)"
                       .. " then return"),
    },
    {
      name = "repeated comes before late",
      language = "lua",
      verdict = "WA",
      case = "late comes before repeated",
      why = "Ids are asked for before the watermark. To answer like that for old events, all ids would "
        .. "have to be kept for ever; the rule puts late first so that they need not.",
      code = changed(changed(heap_of_times, [==[
  if self.watermark and at_s < self.watermark then return "late" end
  if self.known[id] then return "repeated" end
]==], [==[
  if self.known[id] then return "repeated" end
  if self.watermark and at_s < self.watermark then return "late" end
]==]), "    self.known[pop(self.heap).id] = nil\n", "    pop(self.heap)\n"),
    },
    {
      name = "remembers what it refused",
      language = "lua",
      verdict = "WA",
      case = "what is late is not remembered",
      why = "Late events are entered among the known ones. They will be late again, so remembering "
        .. "them serves nothing.",
      code = changed(heap_of_times, "at_s < self.watermark then return \"late\" end", [==[
at_s < self.watermark then
    push(self.heap, { id = id, at = self.watermark })
    return "late"
  end]==]),
    },
    {
      name = "counts repetitions",
      language = "lua",
      verdict = "WA",
      case = "the first event",
      why = "Each repetition makes one more entry. The memory grows with the faults of the queue.",
      code = changed(heap_of_times, "  if self.known[id] then return \"repeated\" end\n", [==[
  if self.known[id] then
    push(self.heap, { id = id, at = at_s })
    return "repeated"
  end
]==]),
    },
    {
      name = "forgets at the watermark",
      language = "lua",
      verdict = "WA",
      case = "kept while at the watermark",
      why = "Ids are forgotten when their time is at the watermark. Such an event is not late yet, so "
        .. "its repetition would be counted as new.",
      code = changed(heap_of_times, "self.heap[1].at < watermark do",
                     "self.heap[1].at <= watermark do"),
    },
    {
      name = "forgets in the order of arrival",
      language = "lua",
      verdict = "WA",
      case = "forgotten out of order",
      why = "The ids wait in a queue in the order of arrival, and the front is dropped while it is old. "
        .. "A recent event at the front keeps older ones behind it. The order of their times is "
        .. "needed.",
      code = changed(changed(heap_of_times, "  while i > 1 and entry.at < heap[i // 2].at do",
                             "  while false do"),
                     "self.known[pop(self.heap).id]", "self.known[table.remove(self.heap, 1).id]"),
    },
    {
      name = "looks through all ids",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "a great many in time",
      why = "Whenever the watermark moves, all ids are looked at for old ones. It moves with nearly "
        .. "every event.",
      code = [==[
EventGate = {}
EventGate.__index = EventGate

function EventGate.new(lateness_s)
  return setmetatable({ lateness_s = lateness_s, watermark = math.mininteger, times = {},
                        count = 0 }, EventGate)
end

function EventGate:offer(id, at_s)
  if at_s < self.watermark then return "late" end
  if self.times[id] then return "repeated" end
  self.watermark = math.max(self.watermark, at_s - self.lateness_s)
  self.times[id] = at_s
  self.count = 0
  for old, at in pairs(self.times) do
    if at < self.watermark then
      self.times[old] = nil
    else
      self.count = self.count + 1
    end
  end
  return "new"
end

function EventGate:remembered()
  return self.count
end
]==],
    },
    {
      name = "never forgets an id",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "The count of ids that must be remembered is right, and the ids themselves are all still "
        .. "there.",
      code = changed(heap_of_times, "    self.known[pop(self.heap).id] = nil\n", "    pop(self.heap)\n"),
    },
  },

  hints = {
    { text = "An event whose time lies before the watermark comes again. What do you answer, and what "
        .. "did you need to know for that?", cost_min = 2 },
    { text = "Its time is enough. So an id may be forgotten as soon as its time lies before the "
        .. "watermark. Which ids are these when the watermark moves, without a look at all of them?",
      cost_min = 3 },
    { text = "A set of ids and a min-heap by time. `offer`: compare with the watermark, then ask the "
        .. "set; if new, raise the watermark if the time is the largest so far, pop the heap while "
        .. "its top is before the watermark and drop those ids, then enter the new one.",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "One phone with a wrong clock sends a vote from next year.",
      answer = "The watermark leaps and everything else is late. Bound the lead: refuse, or put "
        .. "aside, what is further ahead than the server's clock plus a tolerance. Or keep a "
        .. "watermark per source and use the smallest, leaving out sources that are silent." },
    { ask = "How would you choose the lateness?",
      answer = "Measure the delay from event to arrival and take a high quantile: it says which share "
        .. "is lost. More lateness costs memory and delays every result that waits for the "
        .. "watermark. Count what is refused, and watch that number." },
    { ask = "Late votes should not be lost.",
      answer = "Send them to a side output, and correct the counts later from the full log. The "
        .. "batch result then differs from the live one by exactly these, which should be said "
        .. "where the numbers are shown." },
    { ask = "The job crashes and starts again from the queue.",
      answer = "Set, watermark and position in the queue must be saved together, in one checkpoint "
        .. "with the counts. Then the events after that position come again and meet the same state: "
        .. "their effect is there once." },
    { ask = "Ids are long and there are millions within the lateness.",
      answer = "Store 64-bit hashes: a collision drops a true vote, with a probability of about n / "
        .. "2^64 for each new one. Or one Bloom filter for each minute, dropped whole when the minute "
        .. "lies before the watermark: some per mille of the new votes are then lost." },
  },

  explain = [==[
**Invariant.** `watermark` is the largest time offered so far minus the lateness. Set and heap hold
exactly the ids of the new events with a time at or after the watermark.

**Why it holds.** A late event is older than `latest` and changes nothing. A repetition has the time
of its first appearance, so `latest` has counted it already. A new event may raise the watermark; then
the ids that fall behind it are those at the top of the heap, since that is ordered by time. The event
itself is not behind it, as the lateness is not negative.

Forgetting changes no answer: an id that was dropped belongs to an event before the watermark, the
watermark never falls, and an event before it is answered with "late" without a look at the set.

**Cost.** Each id enters once and leaves at most once: O(log n) for each event, on average. Memory is
what must be remembered. If times are dense, a map from second to ids does without the heap; a leap of
the watermark must then not walk through the seconds in between.

**Usual mistakes**

- *A watermark that follows the last event.* It falls, and lets in what was refused a moment ago.
- *The edges.* `<` for late and `<` for forgetting are the same line: what is not late must be known.
- *A queue instead of a heap.* The order of arrival is not the order of time.
- *Forgetting in one of two structures.*
- *Asking the set first.* Then the answer for old events depends on when memory was cleaned.
]==],
}
