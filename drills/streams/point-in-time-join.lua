-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- For each event the feature row that was known at its time. The drill is about two clocks: when a
-- value holds and when it arrived. A join that looks at one of them leaks the future.

-- The reference. Several wrong answers are this text with one thing changed.
local sweep = [==[
-- Goes through the events by time and lets rows in as they become visible, which is at the later of
-- their two times. Per key only the best row so far is kept: all visible rows stay visible.
function point_in_time_join(events, rows, ttl_s)
  local function visible_from(r) return math.max(rows[r][2], rows[r][3]) end
  local function better(a, b)
    if rows[a][2] ~= rows[b][2] then return rows[a][2] > rows[b][2] end
    if rows[a][3] ~= rows[b][3] then return rows[a][3] > rows[b][3] end
    return a > b
  end

  local by_time, by_visible, result = {}, {}, {}
  for e = 1, #events do by_time[e] = e end
  for r = 1, #rows do by_visible[r] = r end
  table.sort(by_time, function(a, b) return events[a][2] < events[b][2] end)
  table.sort(by_visible, function(a, b) return visible_from(a) < visible_from(b) end)

  local best, next_row = {}, 1
  for _, e in ipairs(by_time) do
    local key, time = events[e][1], events[e][2]
    while next_row <= #rows and visible_from(by_visible[next_row]) <= time do
      local r = by_visible[next_row]
      local of = rows[r][1]
      if not best[of] or better(r, best[of]) then best[of] = r end
      next_row = next_row + 1
    end
    local r = best[key]
    result[e] = r and time - rows[r][2] <= ttl_s and r - 1 or -1
  end
  return result
end
]==]

-- Looks at every row for every event; with another condition it is several of the wrong answers.
local every_row = [==[
function point_in_time_join(events, rows, ttl_s)
  local result = {}
  for e, event in ipairs(events) do
    local best
    for r, row in ipairs(rows) do
      local visible = row[1] == event[1] and row[2] <= event[2] and row[3] <= event[2]
                      and event[2] - row[2] <= ttl_s
      if visible and (not best or row[2] > rows[best][2]
                      or row[2] == rows[best][2] and row[3] >= rows[best][3]) then
        best = r
      end
    end
    result[e] = best and best - 1 or -1
  end
  return result
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- Events and rows of a few keys within `horizon` seconds. Rows arrive up to `delay` seconds after
-- their time, some a little before it.
local function log(n, m, keys, horizon, delay, rand)
  local events, rows = {}, {}
  for e = 1, n do events[e] = { "u" .. rand(1, keys), rand(0, horizon) } end
  for r = 1, m do
    local at = rand(0, horizon)
    local arrives = at + rand(0, delay)
    if rand(1, 8) == 1 then arrives = math.max(0, at - rand(0, delay)) end
    rows[r] = { "u" .. rand(1, keys), at, arrives }
  end
  return events, rows
end

return drill {
  id = "point-in-time-join",
  title = "What did we know at that moment?",
  category = "streams",
  level = "hard",
  minutes = 30,
  covers = { "S05-C04", "S09-C01", "S05-C07" },
  signature = "point_in_time_join(events: (string, int)[], rows: (string, int, int)[], ttl_s: int)"
    .. " -> int[]",

  statement = [==[
A ranking model is trained on impressions of the past. For each of them the training set needs the
features of the member as they were known at that moment: not as they are today, and not with values
that had happened but had not been delivered yet. A model that is trained on more than it will know
in use looks splendid, until it is in use.

You are given the events, each a pair `(key, time)`, and the feature rows, each a triple
`(key, event_time, arrival_time)`: from `event_time` on the row's value holds, and at `arrival_time`
it reached the store. Return for each event the index of the row that it is joined with, or -1.

**Conventions**

- A row is visible to an event at time `t` if it has the event's key, `event_time ≤ t`,
  `arrival_time ≤ t`, and `t - event_time ≤ ttl_s`.
- Of the visible rows the one with the greatest `event_time` is taken; if several have that, the one
  of them with the greatest `arrival_time`; if several have both, the last of them in the order of
  `rows`.
- Rows are counted from 0 in the order of `rows`. The result has one number for each event, in the
  order of `events`. The same event may be there several times, and each gets its answer.
- Neither `events` nor `rows` is sorted. A row may arrive before its `event_time`: a value that was
  set ahead.
- All times are whole numbers from 0 to 10^12, and `0 ≤ ttl_s ≤ 10^12`. Keys are any strings. Both
  lists may be empty.
- Do not change the input.

**Cost.** With `n` events and `m` rows, time must grow like `(n + m) · log(n + m)`, however the rows
are spread over keys and however late they arrive. Space may grow like `n + m`.
]==],

  examples = {
    {
      args = { { { "ann", 100 }, { "ann", 50 }, { "bob", 100 } },
               { { "ann", 40, 45 }, { "ann", 90, 95 }, { "ann", 99, 130 } }, 1000 },
      result = { 1, 0, -1 },
      note = "The last row holds from 99 on but arrived at 130: at 100 nobody knew it.",
    },
    {
      args = { { { "ann", 100 }, { "ann", 101 } }, { { "ann", 80, 80 }, { "ann", 70, 99 } }, 20 },
      result = { 0, -1 },
      note = "Row 1 arrived later, but its value is older. At 101 both are older than 20 seconds.",
    },
    {
      args = { { { "ann", 100 } }, { { "ann", 90, 95 }, { "ann", 90, 97 }, { "ann", 90, 97 } }, 10 },
      result = { 2 },
      note = "Equal event times: the later arrival. Both equal: the last one in the list.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- One key. The rows lie close together; each second one of them arrives only after all events.
    -- The later half of the rows has not arrived at all, so a walk back from the newest is long.
    input = function(n)
      local events, rows = {}, {}
      for i = 1, n // 2 do
        local late = i % 2 == 0 or i > n // 4
        rows[i] = { "ann", i, late and 10 * n or i }
        events[i] = { "ann", n + (i * 7) % n }
      end
      return { events, rows, 10 * n }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, ttl_s, events, rows)
      for i, event in ipairs(events) do
        if type(event) == "number" then events[i] = { "a", event } end
      end
      for i, row in ipairs(rows) do
        if #row == 2 then rows[i] = { "a", row[1], row[2] } end
      end
      case { name = name, catches = catches, args = { events, rows, ttl_s } }
    end
    story("nothing at all", nil, 10, {}, {})
    story("events without rows", nil, 10, { 5, 9 }, {})
    story("rows without events", nil, 10, {}, { { 5, 5 } })
    story("one row", nil, 100, { 6, 7 }, { { 5, 5 } })
    story("another key", nil, 100, { { "b", 7 }, { "", 8 }, { "a", 9 } },
          { { "a", 5, 5 }, { "", 4, 4 } })
    story("at the very time of the row", "strictly before", 100, { 5 }, { { 5, 4 } })
    story("a row from the future", "takes the newest row", 100, { 10 },
          { { 5, 5 }, { 11, 11 } })
    story("happened, but not arrived", "ignores the arrival", 100, { 10 },
          { { 5, 5 }, { 9, 11 } })
    story("arrived, but not yet valid", "asks for the arrival alone", 100, { 10 },
          { { 5, 5 }, { 12, 8 } })
    story("arrives at the time of the event", "arrival strictly before", 100, { 10 },
          { { 5, 5 }, { 9, 10 } })
    story("an old value arrives late", "the last arrival wins", 100, { 10 },
          { { 8, 8 }, { 3, 9 } })
    story("the age at its limit", "too old at the limit", 10, { 15, 16 }, { { 5, 5 } })
    story("the age counts from the event time", "counts the age from the arrival", 10, { 16 },
          { { 5, 9 } })
    story("an age of zero", nil, 0, { 5, 6 }, { { 5, 5 }, { 6, 7 } })
    story("equal event times", "the first of equal times wins", 100, { 14, 20 },
          { { 10, 15 }, { 10, 12 }, { 10, 11 } })
    story("both times equal", "the first of equal rows wins", 100, { 20 },
          { { 10, 12 }, { 10, 12 }, { 9, 13 } })
    story("events in any order", "answers in the order of time", 100, { 30, 10, 20, 10 },
          { { 25, 25 }, { 5, 5 }, { 15, 15 } })
    story("a late row steps in", nil, 100, { 10, 12, 14 }, { { 5, 5 }, { 9, 12 }, { 13, 20 } })
    story("large times", nil, 1000000000000, { 1000000000000, 0 },
          { { 0, 0 }, { 999999999999, 1000000000000 }, { 0, 1 } })
    for i = 1, 5 do
      local events, rows = log(rand(5, 25), rand(5, 30), 3, 40, 15, rand)
      story("random " .. i, nil, rand(0, 25), events, rows)
    end
    local events, rows = log(1500, 1500, 60, 100000, 20000, rand)
    story("1500 events, 1500 rows", nil, 30000, events, rows)
    events, rows = log(3000, 1000, 20, 500, 100, rand)
    story("3000 events, many equal times", nil, 60, events, rows)
  end,

  compare = "exact",

  -- Sorts all rows from worst to best once; the last one that an event can see is its answer.
  oracle = function(args)
    local events, rows, ttl_s = args[1], args[2], args[3]
    local order, result = {}, {}
    for r = 1, #rows do order[r] = r end
    table.sort(order, function(a, b)
      if rows[a][2] ~= rows[b][2] then return rows[a][2] < rows[b][2] end
      if rows[a][3] ~= rows[b][3] then return rows[a][3] < rows[b][3] end
      return a < b
    end)
    for e, event in ipairs(events) do
      result[e] = -1
      for _, r in ipairs(order) do
        local key, at, arrives = table.unpack(rows[r])
        if key == event[1] and at <= event[2] and arrives <= event[2] and event[2] <= at + ttl_s then
          result[e] = r - 1
        end
      end
    end
    return result
  end,

  reference = {
    lua = sweep,
    python = [==[
# Goes through the events by time and lets rows in as they become visible, at the later of their two
# times. Per key only the best row so far is kept: all visible rows stay visible.
def point_in_time_join(events, rows, ttl_s):
    by_visible = sorted(range(len(rows)), key=lambda r: max(rows[r][1], rows[r][2]))
    result = [-1] * len(events)
    best = {}  # key -> (event_time, arrival_time, row)
    entered = 0
    for e in sorted(range(len(events)), key=lambda e: events[e][1]):
        key, time = events[e]
        while entered < len(rows):
            r = by_visible[entered]
            of, event_time, arrival_time = rows[r]
            if max(event_time, arrival_time) > time:
                break
            best[of] = max(best.get(of, (-1,)), (event_time, arrival_time, r))
            entered += 1
        if key in best and time - best[key][0] <= ttl_s:
            result[e] = best[key][2]
    return result
]==],
    cpp = [==[
// Goes through the events by time and lets rows in as they become visible, at the later of their
// two times. Per key only the best row so far is kept: all visible rows stay visible.
#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

std::vector<long long> point_in_time_join(
    const std::vector<std::tuple<std::string, long long>>& events,
    const std::vector<std::tuple<std::string, long long, long long>>& rows, long long ttl_s) {
  auto visible_from = [&](std::size_t r) {
    return std::max(std::get<1>(rows[r]), std::get<2>(rows[r]));
  };
  auto time_of = [&](std::size_t e) { return std::get<1>(events[e]); };

  std::vector<std::size_t> by_time(events.size()), by_visible(rows.size());
  std::iota(by_time.begin(), by_time.end(), 0);
  std::iota(by_visible.begin(), by_visible.end(), 0);
  std::sort(by_time.begin(), by_time.end(),
            [&](std::size_t a, std::size_t b) { return time_of(a) < time_of(b); });
  std::sort(by_visible.begin(), by_visible.end(),
            [&](std::size_t a, std::size_t b) { return visible_from(a) < visible_from(b); });

  using Ranked = std::tuple<long long, long long, std::size_t>;  // event time, arrival time, row
  std::unordered_map<std::string, Ranked> best;
  std::vector<long long> result(events.size(), -1);
  auto next = by_visible.begin();
  for (std::size_t e : by_time) {
    for (; next != by_visible.end() && visible_from(*next) <= time_of(e); ++next) {
      const auto& [key, event_time, arrival_time] = rows[*next];
      Ranked ranked{event_time, arrival_time, *next};
      auto [place, added] = best.try_emplace(key, ranked);
      if (!added) place->second = std::max(place->second, ranked);
    }
    auto found = best.find(std::get<0>(events[e]));
    if (found != best.end() && time_of(e) - std::get<0>(found->second) <= ttl_s)
      result[e] = static_cast<long long>(std::get<2>(found->second));
  }
  return result;
}
]==],
  },

  wrong = {
    {
      name = "takes the newest row",
      language = "lua",
      verdict = "WA",
      case = "a row from the future",
      why = "Each event gets the newest row of its key, whenever that was made. The training set knows "
        .. "the future, and the offline metrics show it.",
      code = changed(every_row, "row[2] <= event[2] and row[3] <= event[2]", "true"),
    },
    {
      name = "ignores the arrival",
      language = "lua",
      verdict = "WA",
      case = "happened, but not arrived",
      why = "Only the event time is compared. A value that was on its way at the time of the event is "
        .. "used in training, and in use it will be missing: a leak that looks like care.",
      code = changed(every_row, " and row[3] <= event[2]", ""),
    },
    {
      name = "asks for the arrival alone",
      language = "lua",
      verdict = "WA",
      case = "arrived, but not yet valid",
      why = "A row that was set ahead is used before its time. Both times must have come.",
      code = changed(every_row, "row[2] <= event[2] and row[3]", "row[3]"),
    },
    {
      name = "strictly before",
      language = "lua",
      verdict = "WA",
      case = "at the very time of the row",
      why = "A row whose time equals that of the event is visible: event_time <= t.",
      code = changed(every_row, "row[2] <= event[2]", "row[2] < event[2]"),
    },
    {
      name = "arrival strictly before",
      language = "lua",
      verdict = "WA",
      case = "arrives at the time of the event",
      why = "A row that arrives at the time of the event is visible: arrival_time <= t.",
      code = changed(every_row, "row[3] <= event[2]", "row[3] < event[2]"),
    },
    {
      name = "the last arrival wins",
      language = "lua",
      verdict = "WA",
      case = "an old value arrives late",
      why = "What arrived last overwrites what was there. A row that was stuck somewhere brings back an "
        .. "old value. The greatest event time wins; the arrival only decides between equal ones.",
      code = changed(sweep, "not best[of] or better(r, best[of])", "true"),
    },
    {
      name = "too old at the limit",
      language = "lua",
      verdict = "WA",
      case = "the age at its limit",
      why = "A row that is exactly ttl_s old is still visible: t - event_time <= ttl_s.",
      code = changed(sweep, "time - rows[r][2] <= ttl_s", "time - rows[r][2] < ttl_s"),
    },
    {
      name = "counts the age from the arrival",
      language = "lua",
      verdict = "WA",
      case = "the age counts from the event time",
      why = "A value is as old as what it describes. Counted from the arrival, a late one looks fresh.",
      code = changed(sweep, "time - rows[r][2] <= ttl_s", "time - rows[r][3] <= ttl_s"),
    },
    {
      name = "the first of equal times wins",
      language = "lua",
      verdict = "WA",
      case = "equal event times",
      why = "Of rows with the same event time the later arrival corrects the earlier one.",
      code = changed(sweep, "return rows[a][3] > rows[b][3]", "return rows[a][3] < rows[b][3]"),
    },
    {
      name = "the first of equal rows wins",
      language = "lua",
      verdict = "WA",
      case = "both times equal",
      why = "If both times are equal the last row in the list is taken.",
      code = changed(sweep, "    return a > b\n", "    return a < b\n"),
    },
    {
      name = "answers in the order of time",
      language = "lua",
      verdict = "WA",
      case = "events in any order",
      why = "The events are sorted, and the answers come in that order. Each belongs to the place of its "
        .. "event in the input.",
      code = changed(sweep, "result[e] = r and", "result[#result + 1] = r and"),
    },
    {
      name = "looks at every row for every event",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The conditions are checked for each pair: n · m. It is the definition, and the way to test a "
        .. "quicker join on small inputs.",
      code = every_row,
    },
    {
      name = "walks back past what has not arrived",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Per key the rows are sorted by event time, the place of the event is found by halving, and "
        .. "from there one walks back to the first row that had arrived. If many rows are late the "
        .. "walk is as long as the list.",
      code = [==[
function point_in_time_join(events, rows, ttl_s)
  local by_key, result = {}, {}
  for r, row in ipairs(rows) do
    by_key[row[1]] = by_key[row[1]] or {}
    table.insert(by_key[row[1]], r)
  end
  for _, list in pairs(by_key) do
    table.sort(list, function(a, b)
      if rows[a][2] ~= rows[b][2] then return rows[a][2] < rows[b][2] end
      if rows[a][3] ~= rows[b][3] then return rows[a][3] < rows[b][3] end
      return a < b
    end)
  end
  for e, event in ipairs(events) do
    local list, time = by_key[event[1]] or {}, event[2]
    local low, high = 0, #list
    while low < high do
      local middle = (low + high + 1) // 2
      if rows[list[middle]][2] <= time then
        low = middle
      else
        high = middle - 1
      end
    end
    while low > 0 and rows[list[low]][3] > time do low = low - 1 end
    result[e] = low > 0 and time - rows[list[low]][2] <= ttl_s and list[low] - 1 or -1
  end
  return result
end
]==],
    },
  },

  hints = {
    { text = "If a row is visible to an event, apart from its age, which other events can see it as "
        .. "well?", cost_min = 3 },
    { text = "All later ones with that key. So go through the events by time and let rows in as they "
        .. "become visible. At which moment does that happen for a row with two times? What do you "
        .. "need to keep for each key?", cost_min = 5 },
    { text = "At the later of the two. Sort the rows by that, the events by time, and move through "
        .. "both. For each key keep the best row so far by (event_time, arrival_time, index). If even "
        .. "that one is too old, so are all others. Write each answer to the event's own place.",
      cost_min = 7 },
  },

  follow_ups = {
    { ask = "Why may you check the age of the best row only?",
      answer = "The best has the greatest event time of all that are visible but for their age. If it "
        .. "is too old, the others are older still. With a limit on the time since arrival instead, "
        .. "this would be false, and old rows would have to be taken out." },
    { ask = "How large is the leak if the arrival is ignored?",
      answer = "Measure it: the share of events whose row had not arrived yet, and how much its value "
        .. "differs from the one that was known. For slow features, such as daily batches, it can be "
        .. "nearly all events. The offline gain that vanishes in use is that leak." },
    { ask = "The arrival times were never logged.",
      answer = "Assume a delay: shift event times by a high quantile of what you can measure now. And "
        .. "begin to log the features as they were served; a training set of logged features needs "
        .. "no join." },
    { ask = "A billion events and a hundred million rows.",
      answer = "Partition both by key, sort each part by time, and merge part by part: the sweep needs "
        .. "one best row for each key. A key with very many events can be cut by time, if each cut "
        .. "begins with the best row as of its start." },
    { ask = "Twenty feature sets are joined to the same events, with different ages allowed.",
      answer = "One sweep over the events with a pointer and a map for each set. The sorting of the "
        .. "events is shared. The age is checked at the reading, so it may differ by set, or even by "
        .. "event." },
  },

  explain = [==[
**Invariant.** When an event at time `t` is answered, `best[key]` is, of all rows of that key with both
times at or before `t`, the first in the order asked for: greatest event time, then greatest arrival
time, then last place.

**Why it holds.** A row satisfies both conditions from `max(event_time, arrival_time)` on, and never
ceases to. Sorted by that moment, exactly the right rows have been let in when an event comes up, and a
maximum over a growing set can be kept in one place. The age is the only condition that a row can lose
again. It needs no removal: if the row with the greatest event time is too old, all are.

**Cost.** Two sorts and one pass: O((n + m) log(n + m)).

**Usual mistakes**

- *The newest value.* The classic leak.
- *One clock.* `event_time ≤ t` is what most joins ask; `arrival_time ≤ t` is what makes the training
  set equal to what will be known in use.
- *Sorting by arrival and keeping the last.* A delayed old row overwrites a newer value.
- *The age from the arrival*, or `<` at its limit.
- *Order.* The answers belong to the events' own places.
- *Halving and walking back.* The place by event time is found quickly; how far back the first arrived
  row lies is anybody's guess.
]==],
}
