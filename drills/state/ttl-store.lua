-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A key-value store whose entries expire, with the clock handed in. The drill is about freeing what
-- nobody reads again, without a look at everything, when keys are set again before they expire.

-- The reference. Several wrong answers are this text with one thing changed.
local heap_of_deadlines = [==[
-- Entries { key, value, deadline } by key, and a min-heap of them by deadline. Setting a key again
-- makes a new entry. The old one stays in the heap: a leftover, since its key no longer has it.
TtlStore = {}
TtlStore.__index = TtlStore

function TtlStore.new()
  return setmetatable({ entries = {}, live = 0, heap = {} }, TtlStore)
end

local function sift_up(heap, i)
  while i > 1 and heap[i].deadline < heap[i // 2].deadline do
    heap[i], heap[i // 2] = heap[i // 2], heap[i]
    i = i // 2
  end
end

local function sift_down(heap, i)
  local size = #heap
  while 2 * i <= size do
    local child = 2 * i
    if child < size and heap[child + 1].deadline < heap[child].deadline then child = child + 1 end
    if heap[i].deadline <= heap[child].deadline then return end
    heap[i], heap[child] = heap[child], heap[i]
    i = child
  end
end

local function pop(heap)
  local size = #heap
  heap[1], heap[size] = heap[size], heap[1]
  heap[size] = nil
  sift_down(heap, 1)
end

-- A heap without the leftovers. Called when they are the majority, so it is paid for by the `set`s
-- that made them.
function TtlStore:rebuild()
  local heap = {}
  for _, entry in pairs(self.entries) do heap[#heap + 1] = entry end
  for i = #heap // 2, 1, -1 do sift_down(heap, i) end
  self.heap = heap
end

function TtlStore:expire(now_s)
  local heap = self.heap
  while heap[1] and heap[1].deadline <= now_s do
    local first = heap[1]
    pop(heap)
    if self.entries[first.key] == first then
      self.entries[first.key] = nil
      self.live = self.live - 1
    end
  end
end

function TtlStore:set(key, value, ttl_s, now_s)
  self:expire(now_s)
  local old = self.entries[key]
  if not old then self.live = self.live + 1 end
  local entry = { key = key, value = value, deadline = now_s + ttl_s }
  self.entries[key] = entry
  self.heap[#self.heap + 1] = entry
  sift_up(self.heap, #self.heap)
  if #self.heap > 2 * self.live + 16 then self:rebuild() end
end

function TtlStore:get(key, now_s)
  self:expire(now_s)
  return self.entries[key] and self.entries[key].value
end

function TtlStore:size(now_s)
  self:expire(now_s)
  return self.live
end
]==]

-- A wrong answer, and with another `size` a second one.
local freed_when_read = [==[
TtlStore = {}
TtlStore.__index = TtlStore

function TtlStore.new()
  return setmetatable({ values = {}, deadlines = {} }, TtlStore)
end

function TtlStore:set(key, value, ttl_s, now_s)
  self.values[key], self.deadlines[key] = value, now_s + ttl_s
end

function TtlStore:get(key, now_s)
  if self.deadlines[key] and self.deadlines[key] <= now_s then
    self.values[key], self.deadlines[key] = nil, nil
  end
  return self.values[key]
end

function TtlStore:size(now_s)
  local total = 0
  for _, deadline in pairs(self.deadlines) do
    if now_s < deadline then total = total + 1 end
  end
  return total
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls on keys `s1` … `s<keys>`, with lives of up to `longest` and steps of up to `step`.
local function traffic(n, keys, longest, step, rand)
  local calls, now = {}, rand(0, 100)
  for i = 1, n do
    now = now + rand(0, step)
    local key, what = "s" .. rand(1, keys), rand(1, 10)
    if what <= 5 then
      calls[i] = { "set", key, "v" .. i, rand(0, longest), now }
    elseif what <= 8 then
      calls[i] = { "get", key, now }
    else
      calls[i] = { "size", now }
    end
  end
  return calls
end

return drill {
  id = "ttl-store",
  title = "A session store that forgets",
  category = "state",
  level = "hard",
  minutes = 30,
  covers = { "S02-C06", "S02-C07", "S02-P3" },
  signature = [[
    class TtlStore()
      set(key: string, value: string, ttl_s: int, now_s: int)
      get(key: string, now_s: int) -> string?
      size(now_s: int) -> int
  ]],

  statement = [==[
When somebody logs in to a community site, their session token is stored with a time to live, and
it is renewed as they go on reading. Most tokens are never asked for again: people close the tab.

Write a store `TtlStore()` with

- `set(key, value, ttl_s, now_s)`: store `value` under `key`, for `ttl_s` seconds from `now_s`;
- `get(key, now_s)`: the value that is alive under `key`, or nothing (`nil`, `None`);
- `size(now_s)`: how many keys are alive.

**Conventions**

- A key that was set at `s` with `ttl` is alive while `now < s + ttl`. At `s + ttl` it is gone.
- Setting a key again replaces its value **and** its deadline. The new deadline may be earlier.
- `0 ≤ ttl_s ≤ 10^15`. With 0 the key is gone at once, and so is the value it had before.
- Times are whole seconds between 0 and 10^15, handed in by the caller; never read a clock yourself.
  They come from one monotonic clock, so no call has an earlier time than the call before it. Time
  may stand still, and it may jump far ahead.
- Keys and values are any strings. A new store is empty.

**Cost.** No call may look through all keys: O(log n) on average, where `n` is the number of keys
alive. Memory follows the number of keys alive, also when expired keys are never read again, and
also when the same few keys are set over and over.
]==],

  examples = {
    {
      new = {},
      calls = { { "set", "ann", "t1", 30, 100 }, { "get", "ann", 129 }, { "get", "ann", 130 },
                { "get", "bob", 130 }, { "size", 130 } },
      result = { nil, "t1", nil, nil, 0 },
      note = "ann's token lives from 100 to 129. Nobody ever set bob.",
    },
    {
      new = {},
      calls = { { "set", "ann", "t1", 30, 0 }, { "set", "ann", "t2", 30, 20 }, { "get", "ann", 40 },
                { "size", 49 }, { "size", 50 } },
      result = { nil, nil, "t2", 1, 0 },
      note = "Setting ann again at 20 moves the deadline from 30 to 50.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    -- New keys that live for 20 seconds and are never read, between 16 keys that are renewed again
    -- and again with deadlines far away. At no time are more than 36 keys alive.
    input = function(n, rand)
      local calls, start = {}, rand(0, 1000)
      for i = 1, n do
        if i % 2 == 0 then
          calls[i] = { "set", "visitor" .. i, "v", 40, start + i }
        elseif i % 16 == 1 then
          calls[i] = { "get", "member" .. i // 16 % 16, start + i }
        else
          calls[i] = { "set", "member" .. i // 2 % 16, "v", 1000000, start + i }
        end
      end
      return { new = {}, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, calls)
      case { name = name, catches = catches, new = {}, calls = calls }
    end
    story("empty", nil, { { "get", "a", 0 }, { "size", 0 }, { "size", 99 } })
    story("the deadline itself", "alive at the deadline",
          { { "set", "a", "x", 10, 5 }, { "get", "a", 5 }, { "get", "a", 14 }, { "get", "a", 15 } })
    story("a life of one second", "alive at the deadline",
          { { "set", "a", "x", 1, 0 }, { "get", "a", 0 }, { "get", "a", 1 }, { "size", 1 } })
    story("renewed in time", "the old deadline takes the new value",
          { { "set", "a", "x", 10, 0 }, { "set", "a", "y", 10, 5 }, { "get", "a", 12 },
            { "get", "a", 14 }, { "get", "a", 15 } })
    story("expired and never read", "counts the dead",
          { { "set", "a", "x", 5, 0 }, { "set", "b", "y", 9, 0 }, { "size", 5 }, { "size", 9 } })
    story("a short life behind a long one", "expects them to expire in turn",
          { { "set", "a", "x", 1000, 0 }, { "set", "b", "y", 10, 0 }, { "size", 9 }, { "size", 10 },
            { "get", "a", 999 }, { "size", 1000 } })
    story("renewed with an earlier deadline", "never shortens a life",
          { { "set", "a", "x", 100, 0 }, { "set", "a", "y", 5, 1 }, { "get", "a", 5 },
            { "get", "a", 6 }, { "size", 6 }, { "get", "a", 50 } })
    story("a life of zero", "never shortens a life",
          { { "set", "a", "x", 100, 0 }, { "set", "a", "y", 0, 10 }, { "get", "a", 10 },
            { "size", 10 }, { "set", "b", "z", 0, 10 }, { "size", 10 } })
    story("set again after it expired", nil,
          { { "set", "a", "x", 5, 0 }, { "set", "a", "y", 5, 7 }, { "size", 7 }, { "get", "a", 11 },
            { "get", "a", 12 }, { "size", 12 } })
    story("a deadline there and back", nil,
          { { "set", "a", "x", 20, 0 }, { "set", "a", "y", 5, 2 }, { "set", "a", "z", 18, 2 },
            { "size", 7 }, { "get", "a", 19 }, { "size", 20 }, { "set", "b", "w", 5, 20 },
            { "size", 20 } })
    story("a long jump", nil,
          { { "set", "a", "x", 1000000000000, 0 }, { "set", "b", "y", 5, 0 },
            { "size", 999999999999 }, { "get", "a", 999999999999 }, { "size", 1000000000000 } })
    story("empty strings", nil, { { "set", "", "", 5, 0 }, { "get", "", 1 }, { "size", 1 } })
    for i = 1, 4 do
      story("random " .. i, nil, traffic(rand(20, 38), 5, 12, 3, rand))
    end
    local long_lives = {}
    for i = 1, 4000 do long_lives[i] = { "set", "s" .. i, "v", 100000 + i, i } end
    for i = 4001, 10000 do
      long_lives[i] = i % 100 == 0 and { "size", i } or { "get", "s" .. rand(1, 8000), i }
    end
    story("4000 alive for long", "rebuilds the store in every call", long_lives)
    story("3000 calls, few keys", nil, traffic(3000, 20, 60, 2, rand))
    story("6000 calls, many keys", nil, traffic(6000, 2000, 4000, 1, rand))
  end,

  compare = "exact",

  -- Remembers every `set` and, for each question, looks for the latest one of the key.
  oracle = function(case)
    local sets, result = {}, {}
    local function alive(key, now)
      for i = #sets, 1, -1 do
        local _, of, value, ttl, at = table.unpack(sets[i])
        if of == key then return now < at + ttl and value or nil end
      end
    end
    for i, call in ipairs(case.calls) do
      if call[1] == "set" then
        sets[#sets + 1] = call
      elseif call[1] == "get" then
        result[i] = alive(call[2], call[3])
      else
        local names, total = {}, 0
        for _, set in ipairs(sets) do names[set[2]] = true end
        for name in pairs(names) do
          if alive(name, call[2]) then total = total + 1 end
        end
        result[i] = total
      end
    end
    return result
  end,

  reference = {
    lua = heap_of_deadlines,
    python = [==[
import heapq


class TtlStore:
    def __init__(self):
        self.entries = {}  # key -> (value, deadline)
        self.heap = []  # (deadline, key); valid while the key still has that deadline

    def _valid(self, deadline, key):
        return key in self.entries and self.entries[key][1] == deadline

    def _expire(self, now_s):
        while self.heap and self.heap[0][0] <= now_s:
            deadline, key = heapq.heappop(self.heap)
            if self._valid(deadline, key):
                del self.entries[key]

    def set(self, key, value, ttl_s, now_s):
        self._expire(now_s)
        deadline = now_s + ttl_s
        if not self._valid(deadline, key):
            heapq.heappush(self.heap, (deadline, key))
        self.entries[key] = (value, deadline)
        if len(self.heap) > 2 * len(self.entries) + 16:
            # Most entries are invalid: keep the others. Paid for by the sets since the last time.
            self.heap = [(due, name) for name, (_, due) in self.entries.items()]
            heapq.heapify(self.heap)

    def get(self, key, now_s):
        self._expire(now_s)
        return self.entries[key][0] if key in self.entries else None

    def size(self, now_s):
        self._expire(now_s)
        return len(self.entries)
]==],
  },

  wrong = {
    {
      name = "alive at the deadline",
      language = "lua",
      verdict = "WA",
      case = "the deadline itself",
      why = "A key lives while now < set + ttl. At the deadline it is gone, so expiry uses <=.",
      code = changed(heap_of_deadlines, "heap[1].deadline <= now_s", "heap[1].deadline < now_s"),
    },
    {
      name = "the old deadline takes the new value",
      language = "lua",
      verdict = "WA",
      case = "renewed in time",
      why = "When a key is set again its first deadline is still in the heap. Reaching it, the "
        .. "store deletes the key, though the value there now has a later deadline. Check that "
        .. "the entry is still the key's own before acting on it.",
      code = changed(heap_of_deadlines, "if self.entries[first.key] == first then",
                     "if self.entries[first.key] then"),
    },
    {
      name = "never shortens a life",
      language = "lua",
      verdict = "WA",
      case = "renewed with an earlier deadline",
      why = "Setting a key again keeps the later of both deadlines. A shorter life, which is how "
        .. "a session is ended early, has no effect.",
      code = changed(heap_of_deadlines, "deadline = now_s + ttl_s",
                     "deadline = math.max(now_s + ttl_s, old and old.deadline or 0)"),
    },
    {
      name = "counts the dead",
      language = "lua",
      verdict = "WA",
      case = "expired and never read",
      why = "Expired keys are removed when they are read, and size counts what is stored. A key "
        .. "that nobody reads is counted for ever.",
      code = changed(freed_when_read, "if now_s < deadline then total = total + 1 end",
                     "total = total + 1"),
    },
    {
      name = "expects them to expire in turn",
      language = "lua",
      verdict = "WA",
      case = "a short life behind a long one",
      why = "A queue in the order of setting works if all lives are equally long. With different "
        .. "ones, a long life at the front keeps all those behind it.",
      code = changed(changed(heap_of_deadlines, "  sift_up(self.heap, #self.heap)\n", ""),
                     "    pop(heap)\n", "    table.remove(heap, 1)\n"),
    },
    {
      name = "rebuilds the store in every call",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      why = "Every call copies what is still alive into a new table. It is short, right, and costs "
        .. "O(n) a call.",
      code = [==[
TtlStore = {}
TtlStore.__index = TtlStore

function TtlStore.new() return setmetatable({ entries = {} }, TtlStore) end

function TtlStore:sweep(now_s)
  local alive, total = {}, 0
  for key, entry in pairs(self.entries) do
    if now_s < entry.deadline then
      alive[key] = entry
      total = total + 1
    end
  end
  self.entries = alive
  return total
end

function TtlStore:set(key, value, ttl_s, now_s)
  self.entries[key] = { value = value, deadline = now_s + ttl_s }
  self:sweep(now_s)
end

function TtlStore:get(key, now_s)
  self:sweep(now_s)
  return self.entries[key] and self.entries[key].value
end

TtlStore.size = TtlStore.sweep
]==],
    },
    {
      name = "frees only what is read",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "Each key is checked when it is read, and size looks at all deadlines. The answers are "
        .. "right, but a session that nobody asks for again is kept for ever.",
      code = freed_when_read,
    },
    {
      name = "old deadlines pile up",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "Each renewal pushes a new deadline and leaves the old one in the heap until its time "
        .. "comes. One session, renewed all day with a life of a month, fills the memory.",
      code = changed(heap_of_deadlines,
                     "  if #self.heap > 2 * self.live + 16 then self:rebuild() end\n", ""),
    },
  },

  hints = {
    { text = "A hash map with (value, deadline) answers get. What is missing is: which key expires "
        .. "next? You want to know without looking at all of them.", cost_min = 3 },
    { text = "Keep a min-heap of (deadline, key) beside the map, and let every call first pop what "
        .. "is due. When a key is set again its old entry stays in the heap. How do you notice, "
        .. "when it comes up, that it no longer means anything?", cost_min = 5 },
    { text = "An entry counts only while the map still holds that very deadline for the key; "
        .. "otherwise pop it and go on. When the heap has more than twice as many entries as "
        .. "there are live keys, rebuild it from the map: that is O(n), and at least n sets have "
        .. "paid for it.", cost_min = 7 },
  },

  follow_ups = {
    { ask = "All keys have the same time to live. What becomes simpler?",
      answer = "Deadlines then ascend in the order of setting, so a queue replaces the heap and "
        .. "every call is O(1) amortised. Renewed keys still leave old entries behind." },
    { ask = "How do real stores do it?",
      answer = "Often lazily on read, plus a background sampler: look at a few random keys that "
        .. "have a deadline, delete the dead ones, repeat while many of them were dead. It bounds "
        .. "the share of dead keys, not their number, and a count of live keys is approximate. "
        .. "Others use timer wheels: buckets by second, O(1) an operation, coarse in time." },
    { ask = "A jump in time makes one call expire a million keys. Is that acceptable?",
      answer = "The average is fine, the tail is not. Expire a bounded number of keys a call; get "
        .. "stays right by checking the deadline it reads, and size becomes an upper bound." },
    { ask = "Where should now_s come from?",
      answer = "From a monotonic clock in one process. The wall clock can be set back, which "
        .. "brings dead sessions back to life, or ahead, which logs everybody out. Between "
        .. "machines send the remaining time to live, not the deadline." },
    { ask = "The process restarts. How do the sessions survive?",
      answer = "Write snapshots and a log of sets since the last one. Store deadlines in wall time "
        .. "or as remaining life with the time of writing, drop what expired meanwhile when "
        .. "loading, and build the heap from the map: it need not be stored." },
  },

  explain = [==[
**Invariant.** After `expire(now)`, the map holds exactly the keys alive at `now`, each with the
entry of its last `set`, and `live` counts them. All these entries are in the heap. Entries that no
key has any more are leftovers and have no effect.

**Why it holds.** `set` puts the new entry into both. `expire` pops every entry that is due. If its
key still has it, the key is due and is deleted; if not, the key was set again, and the entry is a
leftover. No live key is lost, since its deadline is after `now`, and no dead one stays, since its
entry was due.

**Cost.** A `set` pushes one entry, and an entry is popped at most once: O(log n) on average. When
the heap has more than `2 · live + 16` entries, most of them leftovers, it is rebuilt from the map.
This takes O(heap) time and drops more than half of the entries, each of which had a `set` of its
own. So rebuilding is constant per `set` on average, and the memory is O(live).

**Usual mistakes**

- *The deadline belongs to the entry, not to the key.* Acting on an entry without asking whether its
  key still has it deletes renewed sessions. A version number per key serves as well.
- *Cleaning up on read only.* Sessions are mostly never read again.
- *Leftovers.* The check makes them harmless, not free.
- *A queue instead of a heap*, which assumes equal lives.
- *The edge*: `now < set + ttl`. Try a life of 1 and a life of 0.
- *Reading the clock inside the store*: untestable, and wrong when the clock is set back.
]==],
}
