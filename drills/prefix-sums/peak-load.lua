-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The largest total load of many sessions and when it is first reached. The drill is about keeping
-- only the moments at which something changes, with times up to 10^9, and about open ends.

-- Sessions below `horizon`, each at most `longest` seconds long.
local function random_sessions(n, horizon, longest, most_load, rand)
  local sessions = {}
  for i = 1, n do
    local start = rand(0, horizon)
    sessions[i] = { start, math.min(1000000000, start + rand(0, longest)), rand(1, most_load) }
  end
  return sessions
end

-- All begin before any of them ends, so that all are open at once.
local function all_open_at_once(n, rand)
  local sessions = {}
  for i = 1, n do sessions[i] = { 1000 * i, 1000000000 - 1000 * i, 1 + i % 3 } end
  return rand.shuffle(sessions)
end

return drill {
  id = "peak-load",
  title = "When the live rooms need the most bandwidth",
  category = "prefix-sums",
  level = "medium",
  minutes = 25,
  covers = { "S03-C02", "S03-C03", "S03-P1", "S03-P2" },
  signature = "peak_load(sessions: (int, int, int)[]) -> (int, int)",

  statement = [==[
A community site has live rooms. Each session was logged as `(start, stop, load)`: from second
`start` to second `stop` it used `load` kilobits per second. Capacity is bought for the worst
moment, so: how large was the total load at its peak, and when was the peak first reached?

Given all `sessions`, return the pair `(peak, at)`: the largest total load, and the first second at
which the total was that large.

**Conventions**

- A session is open at second t when `start ≤ t < stop`. At second `stop` it uses nothing any more.
- A session may have `start = stop`. It is open at no second.
- The total load at second t is the sum of the loads of all sessions open at t.
- When no session is ever open, return `(0, 0)`. There may be no sessions.
- Sessions come in any order and may be equal. Times are whole seconds since the log began,
  `0 ≤ start ≤ stop ≤ 10^9`, and `1 ≤ load ≤ 10^6`.
- Do not change the input.

**Cost.** For `n` sessions, no worse than O(n log n) time and O(n) space. Neither may depend on how
long the log or a session is.
]==],

  examples = {
    {
      args = { { { 0, 10, 3 }, { 4, 8, 2 }, { 6, 20, 1 } } },
      result = { 6, 6 },
      note = "From second 6 to 8 all three are open: 3 + 2 + 1.",
    },
    {
      args = { { { 5, 9, 4 }, { 0, 5, 4 } } },
      result = { 4, 0 },
      note = "At second 5 the second session is over. The total is 4 throughout, first at second "
        .. "0.",
    },
    {
      args = { { { 7, 7, 100 } } },
      result = { 0, 0 },
      note = "A session from 7 to 7 is open at no second.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    input = function(n, rand) return { all_open_at_once(n, rand) } end,
  },

  cases = function(rand, case)
    case { name = "no sessions", args = { {} } }
    case { name = "a single session", args = { { { 3, 5, 7 } } } }
    case { name = "loads, not sessions", catches = "counts sessions",
           args = { { { 0, 2, 1 }, { 1, 2, 1 }, { 5, 6, 9 } } } }
    case { name = "one ends where another begins", catches = "lets sessions in before others leave",
           args = { { { 0, 5, 4 }, { 5, 8, 3 } } } }
    case { name = "the peak comes twice", catches = "reports the last peak",
           args = { { { 2, 4, 5 }, { 8, 9, 5 } } } }
    case { name = "a session without time", catches = "counts a session without time",
           args = { { { 0, 10, 2 }, { 4, 4, 3 } } } }
    case { name = "only sessions without time", args = { { { 4, 4, 3 }, { 4, 4, 2 } } } }
    case { name = "a peak over two handovers",
           args = { { { 0, 3, 2 }, { 3, 6, 2 }, { 6, 9, 2 }, { 1, 7, 1 } } } }
    case { name = "the load rises while it hands over",
           args = { { { 0, 5, 4 }, { 5, 8, 4 }, { 5, 6, 1 } } } }
    case { name = "equal sessions", args = { { { 1, 4, 2 }, { 1, 4, 2 }, { 1, 4, 2 } } } }
    case { name = "one inside the other", args = { { { 3, 4, 1 }, { 0, 9, 5 }, { 2, 6, 2 } } } }
    case { name = "not in the order of time",
           args = { { { 9, 12, 1 }, { 0, 3, 1 }, { 2, 10, 1 } } } }
    case { name = "a session of a billion seconds", catches = "one cell per second",
           args = { { { 0, 1000000000, 2 }, { 999999999, 1000000000, 1 } } } }
    for i = 1, 4 do
      case { name = "random " .. i, args = { random_sessions(rand(5, 50), 40, 10, 4, rand) } }
    end
    case { name = "random, few moments", args = { random_sessions(50, 6, 3, 2, rand) } }
    case { name = "2000 sessions, few open at a time",
           args = { random_sessions(2000, 900000000, 2000000, 1000000, rand) } }
    case { name = "3000 sessions in one minute", args = { random_sessions(3000, 60, 5, 9, rand) } }
    case { name = "1500 sessions, all open at once", args = { all_open_at_once(1500, rand) } }
  end,

  compare = "exact",

  -- The total can only rise where a session begins: adds up who is open at each such second.
  oracle = function(args)
    local sessions, peak, at = args[1], 0, 0
    for _, moment in ipairs(sessions) do
      local second, total = moment[1], 0
      for _, session in ipairs(sessions) do
        if session[1] <= second and second < session[2] then total = total + session[3] end
      end
      if total > peak or (total == peak and total > 0 and second < at) then
        peak, at = total, second
      end
    end
    return { peak, at }
  end,

  reference = {
    lua = [==[
-- The change of the total at each second where anything changes; in the order of time their running
-- sum is the total from that second on.
function peak_load(sessions)
  local change, seconds = {}, {}
  local function note(second, load)
    if not change[second] then
      change[second] = 0
      seconds[#seconds + 1] = second
    end
    change[second] = change[second] + load
  end
  for _, session in ipairs(sessions) do
    note(session[1], session[3])
    note(session[2], -session[3])
  end
  table.sort(seconds)

  local total, peak, at = 0, 0, 0
  for _, second in ipairs(seconds) do
    total = total + change[second]
    if total > peak then peak, at = total, second end
  end
  return { peak, at }
end
]==],
    python = [==[
from collections import defaultdict


def peak_load(sessions):
    change = defaultdict(int)
    for start, stop, load in sessions:
        change[start] += load
        change[stop] -= load
    total = peak = at = 0
    for second in sorted(change):
        total += change[second]
        if total > peak:
            peak, at = total, second
    return peak, at
]==],
    cpp = [==[
// The change of the total at each second where anything changes; in the order of time their running
// sum is the total from that second on.
#include <map>
#include <tuple>
#include <utility>
#include <vector>

std::pair<long long, long long> peak_load(
    const std::vector<std::tuple<long long, long long, long long>>& sessions) {
  std::map<long long, long long> change;
  for (const auto& [start, stop, load] : sessions) {
    change[start] += load;
    change[stop] -= load;
  }
  long long total = 0, peak = 0, at = 0;
  for (const auto& [second, load] : change) {
    total += load;
    if (total > peak) {
      peak = total;
      at = second;
    }
  }
  return {peak, at};
}
]==],
  },

  wrong = {
    {
      name = "counts sessions",
      language = "lua",
      verdict = "WA",
      case = "loads, not sessions",
      why = "The moment with the most open sessions is found, and its load reported. A single "
        .. "heavy session can weigh more than two light ones.",
      code = [==[
function peak_load(sessions)
  local most, peak, at = 0, 0, 0
  for _, moment in ipairs(sessions) do
    local second, open, total = moment[1], 0, 0
    for _, session in ipairs(sessions) do
      if session[1] <= second and second < session[2] then
        open = open + 1
        total = total + session[3]
      end
    end
    if open > most or (open == most and open > 0 and second < at) then
      most, peak, at = open, total, second
    end
  end
  return { peak, at }
end
]==],
    },
    {
      name = "lets sessions in before others leave",
      language = "lua",
      verdict = "WA",
      case = "one ends where another begins",
      why = "At one and the same second the sessions that begin are added before those that end "
        .. "are taken away. The stop is open: add up all changes of a second, then look at the "
        .. "total.",
      code = [==[
function peak_load(sessions)
  local changes = {}
  for _, session in ipairs(sessions) do
    changes[#changes + 1] = { at = session[1], load = session[3] }
    changes[#changes + 1] = { at = session[2], load = -session[3] }
  end
  table.sort(changes, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.load > b.load
  end)
  local total, peak, at = 0, 0, 0
  for _, change in ipairs(changes) do
    total = total + change.load
    if total > peak then peak, at = total, change.at end
  end
  return { peak, at }
end
]==],
    },
    {
      name = "reports the last peak",
      language = "lua",
      verdict = "WA",
      case = "the peak comes twice",
      why = "A total that equals the best one replaces it. The first second of the peak is asked "
        .. "for, so only a larger total may.",
      code = [==[
function peak_load(sessions)
  local changes = {}
  for _, session in ipairs(sessions) do
    changes[#changes + 1] = { at = session[1], load = session[3] }
    changes[#changes + 1] = { at = session[2], load = -session[3] }
  end
  table.sort(changes, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.load < b.load
  end)
  local total, peak, at = 0, 0, 0
  for _, change in ipairs(changes) do
    total = total + change.load
    if total > 0 and total >= peak then peak, at = total, change.at end
  end
  return { peak, at }
end
]==],
    },
    {
      name = "counts a session without time",
      language = "lua",
      verdict = "WA",
      case = "a session without time",
      why = "Sessions are taken in the order of their start. Those that are over are dropped, then "
        .. "the new one is added without asking whether it is open at all. One that stops where "
        .. "it starts is not.",
      code = [==[
function peak_load(sessions)
  local order = table.move(sessions, 1, #sessions, 1, {})
  table.sort(order, function(a, b) return a[1] < b[1] end)
  local open, total, peak, at = {}, 0, 0, 0
  for _, session in ipairs(order) do
    local staying = {}
    for _, other in ipairs(open) do
      if other[2] > session[1] then
        staying[#staying + 1] = other
      else
        total = total - other[3]
      end
    end
    open = staying
    open[#open + 1] = session
    total = total + session[3]
    if total > peak then peak, at = total, session[1] end
  end
  return { peak, at }
end
]==],
    },
    {
      name = "one cell per second",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      case = "a session of a billion seconds",
      why = "An array over the seconds is as long as the log. There are at most two moments per "
        .. "session at which anything changes: keep those.",
      code = [==[
function peak_load(sessions)
  local last, change = 0, {}
  for _, session in ipairs(sessions) do last = math.max(last, session[2]) end
  for second = 0, last do change[second] = 0 end
  for _, session in ipairs(sessions) do
    change[session[1]] = change[session[1]] + session[3]
    change[session[2]] = change[session[2]] - session[3]
  end
  local total, peak, at = 0, 0, 0
  for second = 0, last do
    total = total + change[second]
    if total > peak then peak, at = total, second end
  end
  return { peak, at }
end
]==],
    },
    {
      name = "adds up anew at every start",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "At each start all sessions are looked through: n² steps. In the order of time the "
        .. "total follows from the one before.",
      code = [==[
function peak_load(sessions)
  local peak, at = 0, 0
  for i = 1, #sessions do
    local second, total = sessions[i][1], 0
    for j = 1, #sessions do
      local session = sessions[j]
      if session[1] <= second and second < session[2] then total = total + session[3] end
    end
    if total > peak or (total == peak and total > 0 and second < at) then
      peak, at = total, second
    end
  end
  return { peak, at }
end
]==],
    },
  },

  hints = {
    { text = "At which seconds can the total change? How many of them are there, for n sessions?",
      cost_min = 2 },
    { text = "If you know for each such second by how much the total changes, how do you get the "
        .. "totals themselves?", cost_min = 3 },
    { text = "Keep a map from second to change: add the load at `start`, subtract it at `stop`. Go "
        .. "through its seconds in ascending order with a running sum, and keep the largest sum "
        .. "together with the second at which it first appeared.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "For how many seconds was the total at its peak?",
      answer = "The total holds until the next second of the list. Add up the gaps after those "
        .. "seconds at which the running sum equals the peak; clear the sum when a larger one "
        .. "appears." },
    { ask = "When is an array over the seconds the better choice?",
      answer = "When the range is small beside the number of sessions: one day has 86,400 seconds. "
        .. "It needs no sorting, O(n + range), and no branches." },
    { ask = "The log is sorted by start and does not fit into memory.",
      answer = "Stream it and keep a heap of the stops of open sessions: before each start, take "
        .. "out what has stopped. Memory follows the number of sessions open at once. Mind that "
        .. "one without time is never open." },
    { ask = "Many questions follow: what was the total at second t?",
      answer = "Keep the sorted seconds with their running sums and search for the last one that "
        .. "is not after t: O(log n) each." },
    { ask = "Sessions are logged by machines whose clocks differ by up to a second.",
      answer = "Then a handover can look like an overlap, and the peak is overstated. Either bound "
        .. "the error (shrink or widen every session by a second and report both peaks) or take "
        .. "one clock." },
  },

  explain = [==[
**Idea.** The total is a step function that changes only where a session starts or stops. Between
two neighbouring moments nothing happens, however far apart they are, so up to 2n of them describe
it completely. Replacing the times by the sorted list of moments is called compression of
coordinates; the changes at the moments are a difference array, and their running sum is the total.

**Invariant.** After the changes of all moments up to t, the running sum is the sum of the loads of
the sessions with start ≤ t < stop: each with start ≤ t was added, each with stop ≤ t was taken
away.

**Why the first peak is found.** The total is constant from one moment to the next, so it reaches
its largest value at a moment. Moments are visited in ascending order, and only a larger total
replaces the best one.

**Cost.** O(n log n) for sorting at most 2n moments, O(n) space.

**Usual mistakes**

- *One cell per second.* 10^9 cells for a single long session.
- *Comparing in the middle of a second.* Add up all changes of a moment first. If changes are sorted
  one by one, those that end must stand before those that begin.
- *`>=`.* It reports the last peak.
- *A session without time.* Its two changes fall on one moment and cancel, if the moment is summed
  up before it is looked at.
]==],
}
