-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A cache that drops what was used least often, and of several such keys the one not used for
-- longest. The drill is about having the smallest count at hand without any search for it.

-- The reference. Several wrong answers are this text with one thing changed.
local ring_per_count = [==[
-- For each number of uses a ring of the keys that have it, in the order of their last use, and the
-- least number there is. A use moves a key from its ring to the newest end of the next one.
LfuCache = {}
LfuCache.__index = LfuCache

function LfuCache.new(capacity)
  return setmetatable({ capacity = capacity, size = 0, nodes = {}, rings = {}, least = 0 },
                      LfuCache)
end

-- `ends` closes the ring: ends.newer is the node used longest ago, ends.older the latest.
function LfuCache:link(node)
  local ends = self.rings[node.uses]
  if not ends then
    ends = {}
    ends.newer, ends.older = ends, ends
    self.rings[node.uses] = ends
  end
  node.older, node.newer = ends.older, ends
  ends.older.newer = node
  ends.older = node
end

function LfuCache:unlink(node)
  node.older.newer, node.newer.older = node.newer, node.older
  local ends = self.rings[node.uses]
  if ends.newer == ends then self.rings[node.uses] = nil end
end

function LfuCache:use(node)
  self:unlink(node)
  if self.least == node.uses and not self.rings[node.uses] then self.least = node.uses + 1 end
  node.uses = node.uses + 1
  self:link(node)
end

function LfuCache:get(key)
  local node = self.nodes[key]
  if not node then return -1 end
  self:use(node)
  return node.value
end

function LfuCache:put(key, value)
  if self.capacity == 0 then return end
  local node = self.nodes[key]
  if node then
    node.value = value
    self:use(node)
    return
  end
  if self.size == self.capacity then
    local dropped = self.rings[self.least].newer
    self:unlink(dropped)
    self.nodes[dropped.key] = nil
    self.size = self.size - 1
  end
  node = { key = key, value = value, uses = 1 }
  self.nodes[key] = node
  self:link(node)
  self.size = self.size + 1
  self.least = 1
end
]==]

-- Right but slow; with small changes it is several of the wrong answers.
local look_at_all = [==[
LfuCache = {}
LfuCache.__index = LfuCache

function LfuCache.new(capacity)
  return setmetatable({ capacity = capacity, size = 0, clock = 0, entries = {} }, LfuCache)
end

function LfuCache:use(entry)
  self.clock = self.clock + 1
  entry.uses, entry.last = entry.uses + 1, self.clock
end

function LfuCache:get(key)
  local entry = self.entries[key]
  if not entry then return -1 end
  self:use(entry)
  return entry.value
end

function LfuCache:drop()
  local worst
  for _, entry in pairs(self.entries) do
    if not worst or entry.uses < worst.uses
       or entry.uses == worst.uses and entry.last < worst.last then
      worst = entry
    end
  end
  self.entries[worst.key] = nil
  self.size = self.size - 1
end

function LfuCache:put(key, value)
  if self.capacity == 0 then return end
  local entry = self.entries[key]
  if not entry then
    if self.size == self.capacity then self:drop() end
    entry = { key = key, uses = 0 }
    self.entries[key] = entry
    self.size = self.size + 1
  end
  entry.value = value
  self:use(entry)
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls on keys 1 … `keys`, of which small ones come more often.
local function traffic(n, keys, rand)
  local calls = {}
  for i = 1, n do
    local key = math.min(rand(1, keys), rand(1, keys))
    calls[i] = rand(1, 5) <= 2 and { "put", key, rand(0, 99) } or { "get", key }
  end
  return calls
end

return drill {
  id = "lfu-cache",
  title = "Keep what is read often",
  category = "state",
  level = "hard",
  minutes = 35,
  covers = { "S02-C07", "S05-C05" },
  signature = [[
    class LfuCache(capacity: int)
      get(key: int) -> int
      put(key: int, value: int)
  ]],

  statement = [==[
Communities upload little pictures to put into comments. A few of them are used all day, most
hardly ever. A server that draws comments keeps a fixed number of the pictures in memory. When it is
full and a new one comes, the one that was used least often must go.

Write `LfuCache(capacity)` with

- `get(key)`: the value stored under `key`, or -1;
- `put(key, value)`: store `value` under `key`. If that would make more than `capacity` keys, first
  drop the key with the fewest uses; if several have the fewest, the one of them that was used
  longest ago.

**Conventions**

- A key's uses are the `put` that stored it, each `put` since then that replaced its value, and each
  `get` that found it. A `get` that returns -1 uses nothing.
- Replacing the value of a key that is there drops no other key.
- The key that is dropped is chosen among those that were there before the call, never the new one.
- A key that was dropped and is stored again begins with one use.
- `0 ≤ capacity ≤ 10^6`. With a capacity of 0 nothing is ever stored.
- Keys are whole numbers from 0 to 10^15, values from 0 to 10^15, so -1 is never a value.
- A new cache is empty.

**Cost.** Both calls take constant time on average, whatever the capacity and however large the
numbers of uses. Memory may grow with the number of keys stored.
]==],

  examples = {
    {
      new = { 2 },
      calls = { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 1 }, { "put", 3, 30 }, { "get", 2 },
                { "get", 3 }, { "get", 1 } },
      result = { nil, nil, 10, nil, -1, 30, 10 },
      note = "When 3 comes, 1 has two uses and 2 has one.",
    },
    {
      new = { 2 },
      calls = { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 2 }, { "get", 1 }, { "put", 3, 30 },
                { "get", 1 }, { "get", 2 } },
      result = { nil, nil, 20, 10, nil, 10, -1 },
      note = "1 and 2 have two uses each. 2 was used longest ago, though it was stored later.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- A full cache of n/4 keys. Then the keys are read in turn, and between the reads come new
    -- keys, each of which drops another one.
    input = function(n)
      local capacity = n // 4
      local calls = {}
      for i = 1, capacity do calls[i] = { "put", i, i } end
      for i = capacity + 1, n do
        calls[i] = i % 2 == 0 and { "get", i % capacity } or { "put", i, i }
      end
      return { new = { capacity }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, capacity, calls)
      case { name = name, catches = catches, new = { capacity }, calls = calls }
    end
    story("empty", nil, 3, { { "get", 0 }, { "get", 1 } })
    story("room for everything", nil, 5,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 2 }, { "get", 1 }, { "get", 3 } })
    story("no room at all", "a capacity of zero", 0,
          { { "put", 1, 10 }, { "get", 1 }, { "put", 1, 11 }, { "get", 1 } })
    story("a newcomer has the fewest uses", "the least count is not set back", 2,
          { { "put", 1, 10 }, { "get", 1 }, { "put", 2, 20 }, { "get", 1 }, { "put", 3, 30 },
            { "get", 1 }, { "get", 2 }, { "get", 3 } })
    story("a full cache and a new key", "the newcomer goes", 2,
          { { "put", 1, 10 }, { "get", 1 }, { "put", 2, 20 }, { "get", 2 }, { "get", 2 },
            { "put", 3, 30 }, { "get", 3 }, { "get", 1 }, { "get", 2 } })
    story("few uses go before old ones", "drops the one used longest ago", 2,
          { { "put", 1, 10 }, { "get", 1 }, { "get", 1 }, { "put", 2, 20 }, { "put", 3, 30 },
            { "get", 1 }, { "get", 2 }, { "get", 3 } })
    story("equal counts, never read", "among equals the newest goes", 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "put", 3, 30 }, { "get", 1 }, { "get", 2 },
            { "get", 3 } })
    story("equal counts, the later use stays", "among equals the first stored goes", 3,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "put", 3, 30 }, { "get", 3 }, { "get", 2 },
            { "get", 1 }, { "put", 4, 40 }, { "get", 1 }, { "get", 2 }, { "get", 3 } })
    story("a new value is a use", "a new value is no use", 2,
          { { "put", 1, 10 }, { "put", 1, 11 }, { "put", 2, 20 }, { "put", 3, 30 }, { "get", 1 },
            { "get", 2 } })
    story("a new value keeps the count", "a new value starts anew", 2,
          { { "put", 1, 10 }, { "get", 1 }, { "get", 1 }, { "put", 2, 20 }, { "get", 2 },
            { "put", 1, 11 }, { "put", 3, 30 }, { "get", 1 }, { "get", 2 } })
    story("a new value in a full cache", nil, 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "put", 2, 21 }, { "get", 1 }, { "get", 2 } })
    story("dropped and stored again", "remembers the uses of dropped keys", 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 1 }, { "get", 2 }, { "get", 2 },
            { "put", 3, 30 }, { "put", 1, 11 }, { "get", 3 }, { "put", 4, 40 }, { "get", 1 },
            { "get", 2 } })
    story("room for one", nil, 1,
          { { "put", 1, 10 }, { "get", 1 }, { "get", 1 }, { "put", 2, 20 }, { "get", 1 },
            { "get", 2 }, { "put", 2, 21 }, { "get", 2 }, { "put", 1, 12 }, { "get", 2 },
            { "get", 1 } })
    story("a miss is no use", nil, 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 9 }, { "get", 9 }, { "put", 9, 90 },
            { "get", 1 }, { "get", 2 }, { "get", 9 } })
    story("the smallest count rises twice", nil, 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 1 }, { "get", 2 }, { "get", 1 },
            { "get", 2 }, { "put", 3, 30 }, { "get", 1 }, { "put", 4, 40 }, { "get", 3 },
            { "get", 2 }, { "get", 4 } })
    story("key zero, value zero", nil, 2,
          { { "put", 0, 0 }, { "get", 0 }, { "put", 1, 0 }, { "put", 2, 0 }, { "get", 0 },
            { "get", 1 } })
    for i = 1, 4 do story("random " .. i, nil, rand(1, 5), traffic(70, 8, rand)) end
    story("8000 calls, a small cache", nil, 15, traffic(8000, 60, rand))
    story("8000 calls, a larger one", nil, 60, traffic(8000, 120, rand))
  end,

  compare = "exact",
  pitfalls = {
    ["a capacity of zero"] = "With a capacity of 0 there is nothing to drop, and nothing may be "
      .. "stored.",
  },

  -- Works out the uses of each key from the calls themselves, from the last time it was stored anew.
  oracle = function(case)
    local capacity, stored, result = case.new[1], {}, {}
    local function uses_of(row, upto)
      local uses, last = 0, row.since
      for i = row.since, upto do
        if case.calls[i][2] == row.key then uses, last = uses + 1, i end
      end
      return uses, last
    end
    for i, call in ipairs(case.calls) do
      local what, key, value = call[1], call[2], call[3]
      local found
      for _, row in ipairs(stored) do
        if row.key == key then found = row end
      end
      if what == "get" then
        result[i] = found and found.value or -1
      elseif found then
        found.value = value
      elseif capacity > 0 then
        if #stored == capacity then
          table.sort(stored, function(a, b)
            local uses_a, last_a = uses_of(a, i - 1)
            local uses_b, last_b = uses_of(b, i - 1)
            if uses_a ~= uses_b then return uses_a < uses_b end
            return last_a < last_b
          end)
          table.remove(stored, 1)
        end
        stored[#stored + 1] = { key = key, value = value, since = i }
      end
    end
    return result
  end,

  reference = {
    lua = ring_per_count,
    python = [==[
from collections import OrderedDict, defaultdict


# For each number of uses the keys that have it, in the order of their last use.
class LfuCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.values = {}
        self.uses = {}
        self.keys_with = defaultdict(OrderedDict)
        self.least = 0

    def _use(self, key):
        uses = self.uses[key]
        del self.keys_with[uses][key]
        if not self.keys_with[uses]:
            del self.keys_with[uses]
            if self.least == uses:
                self.least = uses + 1
        self.uses[key] = uses + 1
        self.keys_with[uses + 1][key] = None

    def get(self, key):
        if key not in self.values:
            return -1
        self._use(key)
        return self.values[key]

    def put(self, key, value):
        if self.capacity == 0:
            return
        if key in self.values:
            self._use(key)
        else:
            if len(self.values) == self.capacity:
                dropped, _ = self.keys_with[self.least].popitem(last=False)
                del self.values[dropped], self.uses[dropped]
            self.uses[key] = self.least = 1
            self.keys_with[1][key] = None
        self.values[key] = value
]==],
  },

  wrong = {
    {
      name = "the newcomer goes",
      language = "lua",
      verdict = "WA",
      case = "a full cache and a new key",
      why = "The new key is stored first, and then the one with the fewest uses is dropped. That "
        .. "is the new key itself, which has one. Make room first.",
      code = changed(look_at_all, [==[
    if self.size == self.capacity then self:drop() end
    entry = { key = key, uses = 0 }
    self.entries[key] = entry
    self.size = self.size + 1
]==], [==[
    self.size = self.size + 1
    self.entries[key] = { key = key, value = value, uses = 0 }
    self:use(self.entries[key])
    if self.size > self.capacity then self:drop() end
    return
]==]),
    },
    {
      name = "drops the one used longest ago",
      language = "lua",
      verdict = "WA",
      case = "few uses go before old ones",
      why = "The time of the last use decides alone. It is asked for only between keys with equally "
        .. "many uses.",
      code = changed(look_at_all, [==[
    if not worst or entry.uses < worst.uses
       or entry.uses == worst.uses and entry.last < worst.last then
]==], "    if not worst or entry.last < worst.last then\n"),
    },
    {
      name = "among equals the first stored goes",
      language = "lua",
      verdict = "WA",
      case = "equal counts, the later use stays",
      why = "Keys with equally many uses are told apart by when they were stored. It is the last "
        .. "use that counts: the one whose last use lies longest back goes.",
      code = changed(look_at_all, "entry.uses, entry.last = entry.uses + 1, self.clock",
                     "entry.uses, entry.last = entry.uses + 1, entry.last or self.clock"),
    },
    {
      name = "among equals the newest goes",
      language = "lua",
      verdict = "WA",
      case = "equal counts, never read",
      why = "The keys with the fewest uses lie in the order of their last use, and the wrong end of "
        .. "that order is dropped.",
      code = changed(ring_per_count, "self.rings[self.least].newer", "self.rings[self.least].older"),
    },
    {
      name = "the least count is not set back",
      language = "lua",
      verdict = "WA",
      case = "a newcomer has the fewest uses",
      why = "The least number of uses rises as keys are used, but a new key has one use, so it must "
        .. "be set back to 1 whenever one is stored.",
      code = changed(ring_per_count, "  self.least = 1\n",
                     "  if self.least == 0 or not self.rings[self.least] then self.least = 1 end\n"),
    },
    {
      name = "a new value is no use",
      language = "lua",
      verdict = "WA",
      case = "a new value is a use",
      why = "Replacing the value of a key counts as a use of it.",
      code = changed(ring_per_count, "    node.value = value\n    self:use(node)\n",
                     "    node.value = value\n"),
    },
    {
      name = "a new value starts anew",
      language = "lua",
      verdict = "WA",
      case = "a new value is a use",
      why = "Replacing the value stores the key anew with one use, and loses those that it had.",
      code = changed(ring_per_count, "    node.value = value\n    self:use(node)\n", [==[
    self:unlink(node)
    node.value, node.uses = value, 1
    self:link(node)
    self.least = 1
]==]),
    },
    {
      name = "remembers the uses of dropped keys",
      language = "lua",
      verdict = "WA",
      case = "dropped and stored again",
      why = "The counts live in a table of their own, and dropping a key leaves its count there. The "
        .. "key comes back with its old uses, and the table keeps growing.",
      code = changed(changed(changed(look_at_all, "clock = 0,", "clock = 0, uses_of = {},"),
                             "uses = 0 }", "uses = self.uses_of[key] or 0 }"),
                     "  entry.uses, entry.last = entry.uses + 1, self.clock\n",
                     "  entry.uses, entry.last = entry.uses + 1, self.clock\n"
                       .. "  self.uses_of[entry.key] = entry.uses\n"),
    },
    {
      name = "looks at all keys",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Making room looks through all keys for the fewest uses: O(capacity) for every new key "
        .. "in a full cache, which is the usual state of a cache.",
      code = look_at_all,
    },
    {
      name = "a sorted list",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The keys are kept sorted by uses, and each use moves a key behind all those with as "
        .. "many. When most keys have the same count that is a walk past all of them.",
      code = [==[
LfuCache = {}
LfuCache.__index = LfuCache

function LfuCache.new(capacity)
  return setmetatable({ capacity = capacity, entries = {}, order = {} }, LfuCache)
end

function LfuCache:use(entry)
  local order, i = self.order, entry.place
  entry.uses = entry.uses + 1
  while order[i + 1] and order[i + 1].uses <= entry.uses do
    order[i] = order[i + 1]
    order[i].place = i
    i = i + 1
  end
  order[i], entry.place = entry, i
end

function LfuCache:get(key)
  local entry = self.entries[key]
  if not entry then return -1 end
  self:use(entry)
  return entry.value
end

function LfuCache:put(key, value)
  if self.capacity == 0 then return end
  local entry = self.entries[key]
  if entry then
    entry.value = value
    self:use(entry)
    return
  end
  entry = { key = key, value = value, uses = 0, place = 1 }
  if #self.order == self.capacity then
    self.entries[self.order[1].key] = nil
    self.order[1] = entry
  else
    table.insert(self.order, 1, entry)
    for i, moved in ipairs(self.order) do moved.place = i end
  end
  self.entries[key] = entry
  self:use(entry)
end
]==],
    },
  },

  hints = {
    { text = "Suppose you knew the least number of uses. How would you find, among the keys that "
        .. "have it, the one used longest ago, at once?", cost_min = 3 },
    { text = "Keep, for each number of uses, the keys that have it in the order of their last use. "
        .. "A use takes a key out of one such list and appends it to the next. What does that do "
        .. "to the least number?", cost_min = 5 },
    { text = "It changes in two ways only. If the used key was the last one with the least number, "
        .. "the least number rises by one, because that key now has one more. If a new key is "
        .. "stored, it is 1. Dropping a key needs no care: a new key follows at once.",
      cost_min = 7 },
  },

  follow_ups = {
    { ask = "Why need you not search for the next count when the last key with the least one goes?",
      answer = "A key leaves its list in two ways. By a use: then it is itself the next, with one "
        .. "use more. By being dropped: then the new key sets the least to 1. If keys could be "
        .. "removed at will, you would link the counts that exist in a list of their own." },
    { ask = "Last year's favourite picture is never dropped. What do you do?",
      answer = "Let counts age: halve all of them every so many uses, or weigh a use by "
        .. "exponential decay. Or count only within a window. Pure counts adapt too slowly when "
        .. "what people like changes." },
    { ask = "You see ten million different keys a day and cannot keep a count for each.",
      answer = "Keep approximate counts in a small sketch that never undercounts, also for keys "
        .. "that are not stored, and let a newcomer in only if its count exceeds that of the key "
        .. "it would replace. With regular halving of the sketch this is a strong policy." },
    { ask = "When is this worse than dropping what was used longest ago?",
      answer = "When interest moves on: bursts, news, a thread that is read for an hour. A new key "
        .. "starts with one use and is dropped by the next newcomer before it can collect any." },
    { ask = "A heap would be simpler.",
      answer = "O(log n) a use with a heap that knows each key's place, ordered by uses and last "
        .. "use. That is fast enough for most purposes, and half the code. Pushing a new entry at "
        .. "every use instead needs a clean-up of the outdated ones." },
  },

  explain = [==[
**Invariant.** Each stored key lies in the ring of its number of uses, and each ring runs from the
key used longest ago to the latest one. No ring is empty. If anything is stored, `least` is the
smallest number that has a ring.

**Why it holds.** A use removes a key from ring `c` and appends it to ring `c + 1`. Since this use is
now the latest of all, the newest end is the right place. If `c` was the least number and its ring
is now empty, the least is `c + 1`, for the key itself has that many; otherwise it stays. A new key
has one use, which is the least there can be. When room is made, the ring of `least` may become
empty, but the new key sets `least` before anybody reads it.

So the key to drop is the first of the ring of `least`: fewest uses, and of these the last use
longest ago.

**Cost.** Each call changes a constant number of links and does a constant number of look-ups. A
node for each key, and at most as many rings as keys, as empty ones are removed.

**Usual mistakes**

- *Dropping after storing.* The newcomer has the fewest uses.
- *Ties.* Appending at each use sorts every ring by last use; a heap or a scan must be told.
- *The least number.* It is set back by a new key and rises with the last key that had it. Searching
  for it upwards costs as much as the counts are large.
- *Counts that outlive their keys.*
- *`put` on a key that is there* is a use, keeps the count, and drops nothing.
]==],
}
