-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A cache that makes room by dropping what has not been used for longest. The drill is about an
-- order from whose middle a key can be taken at once: a map into a doubly linked list.

-- The reference. Several wrong answers are this text with one thing changed.
local ring_of_nodes = [==[
-- A map from key to node, and the nodes in a ring through `ends`: ends.newer is the least recently
-- used one, ends.older the most recently used one.
LruCache = {}
LruCache.__index = LruCache

function LruCache.new(capacity)
  local ends = {}
  ends.newer, ends.older = ends, ends
  return setmetatable({ capacity = capacity, size = 0, nodes = {}, ends = ends }, LruCache)
end

local function unlink(node)
  node.older.newer, node.newer.older = node.newer, node.older
end

function LruCache:use(node)
  local ends = self.ends
  node.older, node.newer = ends.older, ends
  ends.older.newer = node
  ends.older = node
end

function LruCache:get(key)
  local node = self.nodes[key]
  if not node then return -1 end
  unlink(node)
  self:use(node)
  return node.value
end

function LruCache:put(key, value)
  if self.capacity == 0 then return end
  local node = self.nodes[key]
  if node then
    unlink(node)
  else
    if self.size == self.capacity then
      local oldest = self.ends.newer
      unlink(oldest)
      self.nodes[oldest.key] = nil
      self.size = self.size - 1
    end
    node = { key = key }
    self.nodes[key] = node
    self.size = self.size + 1
  end
  node.value = value
  self:use(node)
end
]==]

-- A wrong answer for its cost. Two others are this text with one thing changed.
local list_of_keys = [==[
LruCache = {}
LruCache.__index = LruCache

function LruCache.new(capacity)
  return setmetatable({ capacity = capacity, values = {}, order = {} }, LruCache)
end

function LruCache:touch(key)
  for i = #self.order, 1, -1 do
    if self.order[i] == key then
      table.remove(self.order, i)
      break
    end
  end
  self.order[#self.order + 1] = key
end

function LruCache:get(key)
  local value = self.values[key]
  if value == nil then return -1 end
  self:touch(key)
  return value
end

function LruCache:put(key, value)
  if self.capacity == 0 then return end
  if self.values[key] == nil and #self.order == self.capacity then
    self.values[table.remove(self.order, 1)] = nil
  end
  self.values[key] = value
  self:touch(key)
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
  id = "lru-cache",
  title = "Keep what was read lately",
  category = "state",
  level = "medium",
  minutes = 25,
  covers = { "S02-C07", "S05-C05" },
  signature = [[
    class LruCache(capacity: int)
      get(key: int) -> int
      put(key: int, value: int)
  ]],

  statement = [==[
Rendering a comment thread is expensive, so each server keeps the numbers of the rendered pages in
memory. There is room for a fixed number of them. When it is full and a new one comes, the one that
has not been used for longest must go.

Write `LruCache(capacity)` with

- `get(key)`: the value stored under `key`, or -1;
- `put(key, value)`: store `value` under `key`. If that would make more than `capacity` keys, first
  drop the key that was used longest ago.

**Conventions**

- A key is used when `get` finds it and when `put` stores it, also when it only replaces the value
  of a key that is there. A `get` that returns -1 uses nothing.
- Replacing the value of a key that is there drops no other key.
- `0 ≤ capacity ≤ 10^6`. With a capacity of 0 nothing is ever stored.
- Keys are whole numbers from 0 to 10^15, values from 0 to 10^15, so -1 is never a value.
- A new cache is empty.

**Cost.** Both calls take constant time on average, whatever the capacity. Memory may grow with the
number of keys stored, but neither with the capacity alone nor with the number of calls.
]==],

  examples = {
    {
      new = { 2 },
      calls = { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 1 }, { "put", 3, 30 }, { "get", 2 },
                { "get", 1 }, { "get", 3 } },
      result = { nil, nil, 10, nil, -1, 10, 30 },
      note = "When 3 comes, 2 was used longest ago: 1 has just been read.",
    },
    {
      new = { 2 },
      calls = { { "put", 1, 10 }, { "put", 2, 20 }, { "put", 1, 11 }, { "put", 3, 30 },
                { "get", 1 }, { "get", 2 } },
      result = { nil, nil, nil, nil, 11, -1 },
      note = "Storing 1 again replaces its value and counts as a use, so 2 goes.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "sqrt n",
    sizes = { 4000, 8000, 16000, 32000 },
    -- The capacity is 2·√n. After the cache is filled its keys are read in turn, so that the one
    -- used longest ago always comes next. In the first half every tenth call stores a new key.
    input = function(n)
      local capacity = 2 * math.floor(n ^ 0.5)
      local calls, oldest, newest = {}, 0, -1
      for i = 1, n do
        if i <= capacity or i <= n // 2 and i % 10 == 0 then
          newest = newest + 1
          calls[i] = { "put", newest, i }
          if i > capacity then oldest = oldest + 1 end
        else
          calls[i] = { "get", newest - capacity + 1 + oldest % capacity }
          oldest = oldest + 1
        end
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
          { { "put", 1, 10 }, { "get", 1 }, { "put", 1, 11 }, { "get", 1 }, { "put", 2, 20 },
            { "get", 2 } })
    story("the oldest goes", "one too many", 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "put", 3, 30 }, { "get", 1 }, { "get", 2 },
            { "get", 3 } })
    story("a read keeps a key", "a read is no use", 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 1 }, { "put", 3, 30 }, { "get", 1 },
            { "get", 2 } })
    story("a new value keeps a key", "a new value is no use", 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "put", 1, 11 }, { "put", 3, 30 }, { "get", 1 },
            { "get", 2 }, { "get", 3 } })
    story("a new value in a full cache", "a new value pushes another key out", 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "put", 2, 21 }, { "get", 1 }, { "get", 2 } })
    story("room for one", nil, 1,
          { { "put", 1, 10 }, { "get", 1 }, { "put", 2, 20 }, { "get", 1 }, { "get", 2 },
            { "put", 2, 21 }, { "get", 2 }, { "put", 1, 12 }, { "get", 2 }, { "get", 1 } })
    story("a miss is no use", nil, 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 9 }, { "get", 9 }, { "put", 3, 30 },
            { "get", 1 }, { "get", 2 }, { "get", 3 } })
    story("dropped and stored again", nil, 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "put", 3, 30 }, { "put", 1, 11 }, { "get", 1 },
            { "get", 2 }, { "get", 3 }, { "put", 4, 40 }, { "get", 1 } })
    story("the middle one is read", nil, 3,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "put", 3, 30 }, { "get", 2 }, { "put", 4, 40 },
            { "put", 5, 50 }, { "get", 1 }, { "get", 2 }, { "get", 3 }, { "get", 4 } })
    story("the newest one is read again and again", nil, 2,
          { { "put", 1, 10 }, { "put", 2, 20 }, { "get", 2 }, { "get", 2 }, { "get", 2 },
            { "put", 3, 30 }, { "get", 1 }, { "get", 2 }, { "get", 3 } })
    story("key zero, value zero", nil, 2,
          { { "put", 0, 0 }, { "get", 0 }, { "put", 1, 0 }, { "put", 2, 0 }, { "get", 0 },
            { "get", 1 } })
    story("large numbers", nil, 1000000,
          { { "put", 1000000000000000, 1000000000000000 }, { "get", 1000000000000000 } })
    for i = 1, 4 do story("random " .. i, nil, rand(1, 5), traffic(70, 8, rand)) end
    story("10000 calls, a small cache", nil, 20, traffic(10000, 60, rand))
    story("10000 calls, a larger one", nil, 60, traffic(10000, 120, rand))
  end,

  compare = "exact",
  pitfalls = {
    ["a capacity of zero"] = "With a capacity of 0 there is nothing to drop, and nothing may be "
      .. "stored. Without a test for it, the code drops from an empty list or keeps one key.",
  },

  -- Notes when each key was last used and looks through all of them for the oldest.
  oracle = function(case)
    local capacity, rows, result = case.new[1], {}, {}
    for i, call in ipairs(case.calls) do
      local what, key, value = call[1], call[2], call[3]
      local found, oldest
      for r, row in ipairs(rows) do
        if row.key == key then found = row end
        if not oldest or row.used < rows[oldest].used then oldest = r end
      end
      if what == "get" then
        if found then found.used = i end
        result[i] = found and found.value or -1
      elseif found then
        found.value, found.used = value, i
      elseif capacity > 0 then
        if #rows == capacity then table.remove(rows, oldest) end
        rows[#rows + 1] = { key = key, value = value, used = i }
      end
    end
    return result
  end,

  reference = {
    lua = ring_of_nodes,
    python = [==[
from collections import OrderedDict


# The dictionary's own order is the order of use: the first key is the one used longest ago.
class LruCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.values = OrderedDict()

    def get(self, key):
        if key not in self.values:
            return -1
        self.values.move_to_end(key)
        return self.values[key]

    def put(self, key, value):
        self.values[key] = value
        self.values.move_to_end(key)
        if len(self.values) > self.capacity:
            self.values.popitem(last=False)
]==],
    cpp = [==[
// The pairs in the order of use, the latest first, and a map from key to place in that list. A list
// can move a node to its front without touching the others, and its iterators stay valid.
#include <list>
#include <unordered_map>
#include <utility>

class LruCache {
 public:
  explicit LruCache(long long capacity) : capacity_(static_cast<std::size_t>(capacity)) {}

  long long get(long long key) {
    auto found = places_.find(key);
    if (found == places_.end()) return -1;
    order_.splice(order_.begin(), order_, found->second);
    return found->second->second;
  }

  void put(long long key, long long value) {
    if (auto found = places_.find(key); found != places_.end()) {
      found->second->second = value;
      order_.splice(order_.begin(), order_, found->second);
      return;
    }
    order_.emplace_front(key, value);
    places_[key] = order_.begin();
    if (order_.size() > capacity_) {
      places_.erase(order_.back().first);
      order_.pop_back();
    }
  }

 private:
  std::size_t capacity_;
  std::list<std::pair<long long, long long>> order_;
  std::unordered_map<long long, std::list<std::pair<long long, long long>>::iterator> places_;
};
]==],
  },

  wrong = {
    {
      name = "a read is no use",
      language = "lua",
      verdict = "WA",
      case = "a read keeps a key",
      why = "`get` returns the value and leaves the order as it is. Keys then go in the order in "
        .. "which they came: that is a queue, and the most read page is dropped as soon as any.",
      code = changed(ring_of_nodes, "  unlink(node)\n  self:use(node)\n  return node.value",
                     "  return node.value"),
    },
    {
      name = "a new value is no use",
      language = "lua",
      verdict = "WA",
      case = "a new value keeps a key",
      why = "`put` on a key that is there replaces the value and forgets to move the key to the "
        .. "front.",
      code = changed(ring_of_nodes, "  if node then\n    unlink(node)\n",
                     "  if node then\n    node.value = value\n    return\n"),
    },
    {
      name = "a new value pushes another key out",
      language = "lua",
      verdict = "WA",
      case = "a new value in a full cache",
      why = "The full cache makes room before it has looked whether the key is there. Replacing a "
        .. "value needs no room.",
      code = changed(list_of_keys, "if self.values[key] == nil and #self.order",
                     "if #self.order"),
    },
    {
      name = "one too many",
      language = "lua",
      verdict = "WA",
      case = "the oldest goes",
      why = "Room is made when there are already more than `capacity` keys, so one more is kept.",
      code = changed(list_of_keys, "#self.order == self.capacity", "#self.order > self.capacity"),
    },
    {
      name = "looks for the key in a list",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The order is a list of keys, and each use searches the key and moves all those behind "
        .. "it: O(capacity) a call. A linked list can take a node out of its middle at once, and "
        .. "a map can say where it is.",
      code = list_of_keys,
    },
    {
      name = "searches for the oldest",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each key carries the number of its last use, and making room looks through all of "
        .. "them. Reads are O(1), but every new key costs O(capacity).",
      code = [==[
LruCache = {}
LruCache.__index = LruCache

function LruCache.new(capacity)
  return setmetatable({ capacity = capacity, size = 0, clock = 0, entries = {} }, LruCache)
end

function LruCache:get(key)
  local entry = self.entries[key]
  if not entry then return -1 end
  self.clock = self.clock + 1
  entry.used = self.clock
  return entry.value
end

function LruCache:put(key, value)
  if self.capacity == 0 then return end
  self.clock = self.clock + 1
  if self.entries[key] then
    self.entries[key].value, self.entries[key].used = value, self.clock
    return
  end
  if self.size == self.capacity then
    local oldest
    for candidate, entry in pairs(self.entries) do
      if not oldest or entry.used < self.entries[oldest].used then oldest = candidate end
    end
    self.entries[oldest] = nil
    self.size = self.size - 1
  end
  self.entries[key] = { value = value, used = self.clock }
  self.size = self.size + 1
end
]==],
    },
    {
      name = "a queue of all uses",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "Every use is appended to a queue with a number, and whatever is not a key's last use "
        .. "is skipped when room is made. The time is O(1) on average, but as long as only reads "
        .. "come nothing is skipped, and the queue grows with every call.",
      code = [==[
LruCache = {}
LruCache.__index = LruCache

function LruCache.new(capacity)
  return setmetatable({ capacity = capacity, size = 0, entries = {}, head = 1, tail = 0,
                        uses = {} }, LruCache)
end

function LruCache:use(key)
  self.tail = self.tail + 1
  self.uses[self.tail] = key
  self.entries[key].last = self.tail
end

function LruCache:get(key)
  local entry = self.entries[key]
  if not entry then return -1 end
  self:use(key)
  return entry.value
end

function LruCache:put(key, value)
  if self.capacity == 0 then return end
  if not self.entries[key] then
    while self.size == self.capacity do
      local oldest = self.uses[self.head]
      if self.entries[oldest] and self.entries[oldest].last == self.head then
        self.entries[oldest] = nil
        self.size = self.size - 1
      end
      self.head = self.head + 1
    end
    self.entries[key] = {}
    self.size = self.size + 1
  end
  self.entries[key].value = value
  self:use(key)
end
]==],
    },
  },

  hints = {
    { text = "You need the value of a key at once, and the key that was used longest ago at once. "
        .. "Which two structures give these, and what ties them together?", cost_min = 2 },
    { text = "Keep the keys in the order of use. A use takes a key out of the middle and puts it at "
        .. "one end. In which kind of list does that cost O(1), if you already hold the place?",
      cost_min = 3 },
    { text = "A map from key to node, and the nodes in a doubly linked list. A sentinel node that "
        .. "closes the list to a ring spares all tests for the ends. A use: unlink, then link in "
        .. "before the sentinel. To drop: unlink the node after the sentinel and remove its key, "
        .. "which the node must hold, from the map.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "A crawler reads every old thread once. What happens to the cache?",
      answer = "It is flushed: each page is used once and pushes out those that people read. Use "
        .. "two segments, and let a key into the protected one only at its second use, or admit a "
        .. "key only if it has been asked for more often than the one it would replace." },
    { ask = "Many threads use the cache at once.",
      answer = "Every read changes the order, so a lock around all of it makes readers wait. "
        .. "Shard by the hash of the key with a lock each; or give up the exact order: a reference "
        .. "bit per key and a hand that sweeps (CLOCK) needs no lock on reads." },
    { ask = "Entries have different sizes, and the room is given in bytes.",
      answer = "Keep the sum of the sizes and drop from the old end until the new one fits; more "
        .. "than one may have to go. An entry larger than the whole room is not stored at all. One "
        .. "large entry may push out many small ones: some policies weigh the size as well." },
    { ask = "A page changes. How does the cache learn of it?",
      answer = "With a time to live, checked on read, or by an invalidation that removes the key; "
        .. "with a version in the key the old entry is simply never asked for again and ages out." },
    { ask = "How would you choose the capacity?",
      answer = "From a trace: the distance between two uses of a key, counted in different keys, "
        .. "gives the hit ratio of LRU for every capacity in one pass. Then weigh the memory "
        .. "against the cost of a miss." },
  },

  explain = [==[
**Invariant.** The ring through the sentinel holds exactly the stored keys, from the one used
longest ago to the one used last. The map gives each key's node, and each node knows its key.

**Why it holds.** A use moves one node to the newest end and leaves the order of the others as it
was, which is just what a use does to the order of last uses. A new key is the most recent use of
all. Only a full cache and a new key drop something, and then the node at the old end is the right
one. It has to know its key: otherwise the map would keep an entry that leads nowhere.

**Cost.** A constant number of links and one or two look-ups a call. One node for each stored key;
nothing is set aside for the capacity.

**Usual mistakes**

- *A `get` that changes nothing.* It must move the key.
- *`put` on a key that is there* must move it too, and must not make room.
- *Dropping after inserting*, with the newcomer at the wrong end, drops the newcomer.
- *A list with a search.* Finding and closing the gap are both O(capacity).
- *A queue of all uses.* Constant time on average, unbounded memory between two drops.
- *A capacity of 0.* Make room first, and there is nothing to drop. Insert first and drop when there
  are too many, and it comes out right by itself.
]==],
}
