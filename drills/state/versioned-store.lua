-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A key-value store that answers for the past: what did this key hold at time t? The drill is about
-- searching a history that is sorted already, and about the edges of "at or before".

-- The reference. Several wrong answers are this text with one thing changed.
local histories = [==[
-- Per key two lists, times ascending and the values set at them. A read looks for the last time
-- that is not after the one asked for, by halving.
VersionedStore = {}
VersionedStore.__index = VersionedStore

function VersionedStore.new()
  return setmetatable({ histories = {} }, VersionedStore)
end

function VersionedStore:set(key, value, time)
  local history = self.histories[key]
  if not history then
    history = { times = {}, values = {} }
    self.histories[key] = history
  end
  local last = #history.times
  if history.times[last] ~= time then last = last + 1 end
  history.times[last], history.values[last] = time, value
end

function VersionedStore:get(key, time)
  local history = self.histories[key]
  if not history then return "" end
  local low, high = 0, #history.times  -- the version is one of low … high, 0 is none
  while low < high do
    local middle = (low + high + 1) // 2
    if history.times[middle] <= time then
      low = middle
    else
      high = middle - 1
    end
  end
  return history.values[low] or ""
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls on a few keys. The times of a key's `set`s ascend by 0 to `step`, reads ask for any.
local function traffic(n, keys, step, rand)
  local calls, latest = {}, {}
  for i = 1, n do
    local k = rand(1, keys)
    local key = "rule" .. k
    if rand(1, 2) == 1 then
      latest[k] = (latest[k] or rand(0, 20)) + rand(0, step)
      calls[i] = { "set", key, "v" .. i, latest[k] }
    else
      calls[i] = { "get", key, rand(0, (latest[k] or 30) + 5) }
    end
  end
  return calls
end

return drill {
  id = "versioned-store",
  title = "Which rule was in force?",
  category = "state",
  level = "medium",
  minutes = 20,
  covers = { "S05-C05", "S02-C06" },
  signature = [[
    class VersionedStore()
      set(key: string, value: string, time: int)
      get(key: string, time: int) -> string
  ]],

  statement = [==[
A member appeals against the removal of a post. The moderators must judge by the rules as they
were when it was removed, not as they are today. So the rules are kept in a store that forgets
nothing.

Write `VersionedStore()` with

- `set(key, value, time)`: from `time` on, `key` holds `value`;
- `get(key, time)`: what `key` held at `time`: the value of the latest `set` of that key whose time
  is at or before `time`.

**Conventions**

- `get` returns the empty string when the key was never set, or not yet at that time.
- The times of one key's `set` calls never descend, in the order of the calls. Different keys have
  nothing to do with each other: their times may interleave in any way.
- They may be equal. The later call then replaces the value of the earlier one, for good.
- `get` may ask for any time, before or after all those seen, and in any order. It may come between
  two `set` calls; it then answers by what has been set so far.
- Times are whole numbers from 0 to 10^15. Keys are any strings; values are strings that are not
  empty.

**Cost.** `set` takes constant time on average, `get` grows like `log n`, where `n` is the number of
times the key was set. Memory may grow with the number of `set` calls.
]==],

  examples = {
    {
      new = {},
      calls = { { "set", "links", "allowed", 10 }, { "set", "links", "held", 20 },
                { "get", "links", 19 }, { "get", "links", 20 }, { "get", "links", 5 },
                { "get", "links", 900 } },
      result = { nil, nil, "allowed", "held", "", "held" },
      note = "At 20 the second rule is in force. At 5 there was none.",
    },
    {
      new = {},
      calls = { { "set", "links", "allowed", 10 }, { "set", "links", "held", 10 },
                { "get", "links", 10 }, { "get", "images", 10 } },
      result = { nil, nil, "held", "" },
      note = "Both calls carry time 10, so the second replaces the first.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- One key with a long history, then reads near its start, at its middle and near its end.
    input = function(n, rand)
      local calls = {}
      for i = 1, n // 2 do calls[i] = { "set", "links", "v" .. i % 7, 10 * i } end
      for i = n // 2 + 1, n do
        calls[i] = { "get", "links", 10 * (n // 4) * (i % 3) + rand(0, 20) }
      end
      return { new = {}, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, calls)
      case { name = name, catches = catches, new = {}, calls = calls }
    end
    story("never set", nil, { { "get", "a", 0 }, { "get", "", 1000000000000000 } })
    story("set once", nil,
          { { "set", "a", "x", 7 }, { "get", "a", 7 }, { "get", "a", 8 }, { "get", "a", 1000000 } })
    story("before the first version", "answers with the first version",
          { { "set", "a", "x", 7 }, { "set", "a", "y", 9 }, { "get", "a", 6 }, { "get", "a", 0 } })
    story("at the very time of a version", "asks for earlier, not for earlier or equal",
          { { "set", "a", "x", 1 }, { "set", "a", "y", 5 }, { "set", "a", "z", 9 },
            { "get", "a", 5 }, { "get", "a", 9 }, { "get", "a", 1 } })
    story("between two versions", "takes the nearest version",
          { { "set", "a", "x", 10 }, { "set", "a", "y", 20 }, { "get", "a", 19 },
            { "get", "a", 11 } })
    story("set twice at the same time", "the first of two equal times wins",
          { { "set", "a", "x", 4 }, { "set", "a", "y", 4 }, { "get", "a", 4 }, { "get", "a", 5 },
            { "get", "a", 3 } })
    story("equal times amid others", "the first of two equal times wins",
          { { "set", "a", "u", 1 }, { "set", "a", "v", 4 }, { "set", "a", "w", 4 },
            { "set", "a", "x", 4 }, { "set", "a", "y", 8 }, { "set", "a", "z", 9 },
            { "get", "a", 4 }, { "get", "a", 7 }, { "get", "a", 8 } })
    story("a read between equal times", nil,
          { { "set", "a", "x", 4 }, { "get", "a", 4 }, { "set", "a", "y", 4 }, { "get", "a", 4 },
            { "get", "a", 100 } })
    story("the past, the present, the past again", "remembers only the newest",
          { { "set", "a", "x", 1 }, { "get", "a", 50 }, { "set", "a", "y", 60 }, { "get", "a", 50 },
            { "get", "a", 60 }, { "get", "a", 59 } })
    story("keys with times of their own", "one history for all keys",
          { { "set", "a", "x", 100 }, { "set", "b", "y", 3 }, { "get", "b", 50 },
            { "get", "a", 50 }, { "set", "b", "z", 100 }, { "get", "a", 100 },
            { "get", "b", 99 } })
    story("the same value again", nil,
          { { "set", "a", "x", 1 }, { "set", "a", "y", 2 }, { "set", "a", "x", 3 },
            { "get", "a", 1 }, { "get", "a", 2 }, { "get", "a", 3 } })
    story("time zero and far away", nil,
          { { "set", "", "x", 0 }, { "set", "", "y", 1000000000000000 }, { "get", "", 0 },
            { "get", "", 999999999999999 }, { "get", "", 1000000000000000 } })
    for i = 1, 4 do story("random " .. i, nil, traffic(rand(40, 60), 3, 4, rand)) end
    story("3000 calls, few keys, many equal times", nil, traffic(3000, 8, 1, rand))
    story("8000 calls, many keys", nil, traffic(8000, 400, 50, rand))
  end,

  compare = "exact",
  pitfalls = {
    ["remembers only the newest"] = "A plain map from key to value knows today's rule. Keep all "
      .. "versions: every one of them can be asked for.",
  },

  -- Goes through all `set` calls so far, from the first on.
  oracle = function(case)
    local result = {}
    for i, call in ipairs(case.calls) do
      if call[1] == "get" then
        local held, since = "", -1
        for j = 1, i - 1 do
          local what, key, value, time = table.unpack(case.calls[j])
          if what == "set" and key == call[2] and since <= time and time <= call[3] then
            held, since = value, time
          end
        end
        result[i] = held
      end
    end
    return result
  end,

  reference = {
    lua = histories,
    python = [==[
from bisect import bisect_right
from collections import defaultdict


class VersionedStore:
    def __init__(self):
        # Per key its times, ascending, and the values set at them. Of equal times the last counts.
        self.times = defaultdict(list)
        self.values = defaultdict(list)

    def set(self, key, value, time):
        self.times[key].append(time)
        self.values[key].append(value)

    def get(self, key, time):
        if key not in self.times:
            return ""
        after = bisect_right(self.times[key], time)
        return self.values[key][after - 1] if after else ""
]==],
  },

  wrong = {
    {
      name = "answers with the first version",
      language = "lua",
      verdict = "WA",
      case = "before the first version",
      why = "The search ends at the first version even when that one is later than the time asked "
        .. "for. Let the search range include a place for none, or check before answering.",
      code = changed(histories, "local low, high = 0,", "local low, high = 1,"),
    },
    {
      name = "asks for earlier, not for earlier or equal",
      language = "lua",
      verdict = "WA",
      case = "set once",
      why = "A version counts from its own time on. With < instead of <= it starts one step late.",
      code = changed(histories, "history.times[middle] <= time", "history.times[middle] < time"),
    },
    {
      name = "takes the nearest version",
      language = "lua",
      verdict = "WA",
      case = "between two versions",
      why = "Of the two versions around the time, the nearer one is taken. It may lie in the "
        .. "future: a member would be judged by a rule that did not exist yet.",
      code = changed(histories, "  return history.values[low] or \"\"", [==[
  local times = history.times
  if low > 0 and times[low + 1] and times[low + 1] - time < time - times[low] then low = low + 1 end
  return history.values[low] or ""]==]),
    },
    {
      name = "the first of two equal times wins",
      language = "lua",
      verdict = "WA",
      case = "set twice at the same time",
      why = "The search stops as soon as it meets the time, or looks for the first place of it. Of "
        .. "several equal times the last one set counts.",
      code = changed(histories, "if history.times[last] ~= time then last = last + 1 end",
                     "if history.times[last] == time then return end\n  last = last + 1"),
    },
    {
      name = "one history for all keys",
      language = "lua",
      verdict = "WA",
      case = "keys with times of their own",
      why = "All calls go into one list, and it is searched by halving and then backwards for the "
        .. "key. Times ascend per key only, so that list is not sorted.",
      code = [==[
VersionedStore = {}
VersionedStore.__index = VersionedStore

function VersionedStore.new()
  return setmetatable({ sets = {} }, VersionedStore)
end

function VersionedStore:set(key, value, time)
  self.sets[#self.sets + 1] = { key = key, value = value, time = time }
end

function VersionedStore:get(key, time)
  local low, high = 0, #self.sets
  while low < high do
    local middle = (low + high + 1) // 2
    if self.sets[middle].time <= time then
      low = middle
    else
      high = middle - 1
    end
  end
  while low > 0 and self.sets[low].key ~= key do low = low - 1 end
  return low > 0 and self.sets[low].value or ""
end
]==],
    },
    {
      name = "walks back from the newest",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Reads walk from the newest version backwards. That is quick for the present, and as "
        .. "long as the history for the past. The times are sorted: halve the range instead.",
      code = changed(histories, [==[
  local low, high = 0, #history.times  -- the version is one of low … high, 0 is none
  while low < high do
    local middle = (low + high + 1) // 2
    if history.times[middle] <= time then
      low = middle
    else
      high = middle - 1
    end
  end
]==], [==[
  local low = #history.times
  while low > 0 and history.times[low] > time do low = low - 1 end
]==]),
    },
    {
      name = "copies all rules at each change",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each `set` copies the history so that the old one stays as it was. Appending does not "
        .. "change what is there already: nothing needs to be copied.",
      code = changed(histories, "  local last = #history.times\n", [==[
  history = { times = table.move(history.times, 1, #history.times, 1, {}),
              values = table.move(history.values, 1, #history.values, 1, {}) }
  self.histories[key] = history
  local last = #history.times
]==]),
    },
  },

  hints = {
    { text = "In which order do one key's versions arrive? What does that spare you?",
      cost_min = 1 },
    { text = "Keep a list of times and a list of values for each key. You look for the last time "
        .. "that is not after the one asked for, in a sorted list.", cost_min = 2 },
    { text = "Find the first place whose time is greater than the one asked for (bisect_right, "
        .. "upper_bound) and step back by one. If that is before the start the answer is the empty "
        .. "string. With equal times the step back lands on the last of them, as it should.",
      cost_min = 4 },
  },

  follow_ups = {
    { ask = "Versions of one key may arrive late, with a time before the last one.",
      answer = "Then appending is wrong. Insert into a balanced tree (time to value) in O(log n), "
        .. "or keep recent arrivals in a small sorted buffer that is merged into the list now and "
        .. "then. Decide whether a late version may change an answer that was already given; if "
        .. "not, store the arrival time too and ask by both." },
    { ask = "Rules can be abolished.",
      answer = "Store a version that says so, a tombstone, and let `get` return the empty string "
        .. "for it. Deleting the versions instead would rewrite the past." },
    { ask = "The store grows for years. Nobody asks further back than 90 days.",
      answer = "Of each key drop all versions before the horizon but the last one of them: that "
        .. "one is still in force at the horizon. Dropping all of them loses the present value of "
        .. "keys that seldom change." },
    { ask = "Give all rules as they were at time t.",
      answer = "One search per key, O(keys · log n). If it is asked often, keep snapshots at fixed "
        .. "times and apply the changes since the last one before t." },
    { ask = "Where does this shape come up in machine learning?",
      answer = "In training sets: for each label take the feature's value as of the moment of the "
        .. "prediction. Taking the newest one instead lets the future leak into training." },
  },

  explain = [==[
**Invariant.** For each key, `times` strictly ascends, and `values[i]` is what the last `set` with
time `times[i]` stored. So at any time `t` the key held the value at the last `i` with
`times[i] ≤ t`, or nothing if there is no such `i`.

**Why it holds.** A key's times never descend, so a new time is appended or equals the last one, in
which case only the value is replaced. (Appending equal times as well is just as right, as long as
the search takes the last of them.)

The search keeps: all places up to `low` have a time at or before `t`, all after `high` have a later
one. It begins with `low = 0`, "none", and ends when both meet.

**Cost.** `set` appends: O(1) on average. `get` halves the range: O(log n). Nothing is ever moved.

**Usual mistakes**

- *No place for "none".* If the range begins at the first version, a time before it gets that
  version, or the last one in languages where index -1 is the last.
- *`<` for `<=`*, or `bisect_left` for `bisect_right`: wrong at the very time of a change.
- *Equal times.* Find the last of them.
- *One list for all keys.* Sorted is only what the statement says is sorted.
- *From the newest backwards.* Right, quick in every test about today, and linear for appeals about
  last year.
]==],
}
