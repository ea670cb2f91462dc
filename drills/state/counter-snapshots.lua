-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Counters that expire, with snapshots to go back to. The drill is about what a snapshot shares with
-- the living store (nothing that can change), and about time, which no restore turns back.

-- The reference. Several wrong answers are this text with one thing changed.
local copies = [==[
-- A counter is { total, deadline }. A snapshot is a copy of the counters that are alive, and a
-- restore copies the snapshot again: each side may change afterwards without the other noticing.
CounterStore = {}
CounterStore.__index = CounterStore

function CounterStore.new(ttl_s)
  return setmetatable({ ttl_s = ttl_s, counters = {}, snapshots = {}, taken = 0 }, CounterStore)
end

local function copy_alive(counters, now_s)
  local alive = {}
  for key, counter in pairs(counters) do
    if now_s < counter.deadline then
      alive[key] = { total = counter.total, deadline = counter.deadline }
    end
  end
  return alive
end

function CounterStore:add(key, amount, now_s)
  local counter = self.counters[key]
  if not counter or counter.deadline <= now_s then
    counter = { total = 0 }
    self.counters[key] = counter
  end
  counter.total = counter.total + amount
  counter.deadline = now_s + self.ttl_s
end

function CounterStore:get(key, now_s)
  local counter = self.counters[key]
  return counter and now_s < counter.deadline and counter.total or 0
end

function CounterStore:alive(now_s)
  local totals = {}
  for key, counter in pairs(self.counters) do
    if now_s < counter.deadline then totals[key] = counter.total end
  end
  return totals
end

function CounterStore:snapshot(now_s)
  local id = self.taken
  self.snapshots[id] = copy_alive(self.counters, now_s)
  self.taken = id + 1
  return id
end

function CounterStore:restore(id, now_s)
  local saved = self.snapshots[id]
  if not saved then return false end
  self.counters = copy_alive(saved, now_s)
  return true
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls on a few keys; the clock moves by up to `step` a call. One call in `rare` is one of
-- those that look at everything.
local function traffic(n, keys, step, rare, rand)
  local calls, now, taken = {}, rand(0, 50), 0
  for i = 1, n do
    now = now + rand(0, step)
    local key = "u" .. rand(1, keys)
    if rand(1, rare) > 1 then
      calls[i] = rand(1, 3) == 1 and { "get", key, now } or { "add", key, rand(-2, 9), now }
    else
      local what = rand(1, 5)
      if what <= 2 then
        calls[i], taken = { "snapshot", now }, taken + 1
      elseif what <= 4 then
        calls[i] = { "restore", rand(0, taken), now }
      else
        calls[i] = { "alive", now }
      end
    end
  end
  return calls
end

return drill {
  id = "counter-snapshots",
  title = "Back to the last good counters",
  category = "state",
  level = "medium",
  minutes = 25,
  covers = { "S02-C06" },
  signature = [[
    class CounterStore(ttl_s: int)
      add(key: string, amount: int, now_s: int)
      get(key: string, now_s: int) -> int
      alive(now_s: int) -> map<string, int>
      snapshot(now_s: int) -> int
      restore(id: int, now_s: int) -> bool
  ]],

  statement = [==[
A spam filter counts, for each account, points for suspicious acts. An account that stays quiet for a
while is forgotten. Now and then a bad deployment hands out points to everybody; then the counters
are set back to a snapshot from before.

Write `CounterStore(ttl_s)` with

- `add(key, amount, now_s)`: add `amount` to the counter of `key`;
- `get(key, now_s)`: its value, or 0 if it is not alive;
- `alive(now_s)`: all counters that are alive, as a map from key to value;
- `snapshot(now_s)`: keep the present state; returns the snapshot's number: 0 for the first, then 1,
  2 and so on;
- `restore(id, now_s)`: put the state of snapshot `id` in the place of the present one. Returns true,
  or false if there is no such snapshot; then nothing changes.

**Conventions**

- A counter is alive while `now < last + ttl_s`, where `last` is the time of the last `add` to it. A
  dead counter is gone: the next `add` begins a new one from 0.
- A counter that is alive is in the map of `alive` even if its value is 0. Amounts may be negative,
  and so may values. An `add` of 0 counts as an `add`.
- A snapshot holds the values and the `last` times of the counters as they were. What happens later,
  to the store or to a store restored from that snapshot, does not change it. It can be restored any
  number of times, and a restore removes no snapshot.
- A restore does not turn back the clock: a counter comes back with the `last` it had, so it may have
  died since the snapshot was taken, and then it stays dead. Counters that are not in the snapshot
  are gone.
- Times are whole numbers from 0 to 10^12, handed in by the caller; no call has an earlier time than
  the call before it. `1 ≤ ttl_s ≤ 10^9`, amounts lie between -10^9 and 10^9. `id` may be any number
  from 0 to 10^9.
- A new store is empty and has no snapshots.

**Cost.** `add` and `get` take constant time on average. `snapshot`, `restore` and `alive` may look
at all counters that are stored. Dead counters may stay in memory until the next restore, but not in
a snapshot.
]==],

  examples = {
    {
      new = { 100 },
      calls = { { "add", "ann", 3, 0 }, { "snapshot", 10 }, { "add", "ann", 5, 20 },
                { "add", "bob", 1, 20 }, { "get", "ann", 30 }, { "restore", 0, 40 },
                { "alive", 40 } },
      result = { nil, 0, nil, nil, 8, true, { ann = 3 } },
      note = "Back to the state at 10: ann has 3 points, and there is no bob.",
    },
    {
      new = { 100 },
      calls = { { "add", "ann", 3, 0 }, { "add", "bob", 4, 50 }, { "snapshot", 60 },
                { "restore", 0, 100 }, { "get", "ann", 100 }, { "get", "bob", 100 },
                { "restore", 1, 100 } },
      result = { nil, nil, 0, true, 0, 4, false },
      note = "ann was alive when the snapshot was taken, and lived until 99. There is no snapshot 1.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- n/4 counters, a snapshot, n/2 calls on them, a restore, and n/4 calls more.
    input = function(n, rand)
      local calls = {}
      local function call(i)
        local key = "u" .. rand(1, n // 4)
        return i % 2 == 0 and { "add", key, 1, i } or { "get", key, i }
      end
      for i = 1, n // 4 do calls[i] = { "add", "u" .. i, 1, i } end
      for i = n // 4 + 1, n do calls[i] = call(i) end
      calls[n // 4 + 1] = { "snapshot", n // 4 + 1 }
      calls[3 * n // 4] = { "restore", 0, 3 * n // 4 }
      return { new = { 100000 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, ttl_s, calls)
      case { name = name, catches = catches, new = { ttl_s }, calls = calls }
    end
    story("empty", nil, 10, { { "get", "a", 0 }, { "alive", 0 }, { "restore", 0, 5 } })
    story("an empty snapshot", nil, 10,
          { { "snapshot", 0 }, { "add", "a", 1, 1 }, { "restore", 0, 2 }, { "alive", 2 },
            { "get", "a", 2 } })
    story("the last moment of a life", "alive at the deadline", 10,
          { { "add", "a", 7, 5 }, { "get", "a", 14 }, { "alive", 14 }, { "get", "a", 15 },
            { "alive", 15 } })
    story("each add renews", "counts the life from the first add", 10,
          { { "add", "a", 1, 0 }, { "add", "a", 1, 8 }, { "get", "a", 12 }, { "add", "a", 0, 17 },
            { "get", "a", 26 }, { "get", "a", 27 } })
    story("a dead counter begins anew", "adds to the dead", 10,
          { { "add", "a", 5, 0 }, { "add", "a", 2, 10 }, { "get", "a", 10 } })
    story("a value of zero is alive", "takes zero for dead", 10,
          { { "add", "a", 4, 0 }, { "add", "a", -4, 1 }, { "add", "b", 0, 1 }, { "alive", 2 },
            { "add", "a", -3, 3 }, { "get", "a", 3 } })
    story("the store goes on after a snapshot", "the snapshot is the store itself", 100,
          { { "add", "a", 1, 0 }, { "snapshot", 1 }, { "add", "b", 5, 2 }, { "restore", 0, 3 },
            { "alive", 3 } })
    story("a counter goes on after a snapshot", "the snapshot shares its counters", 100,
          { { "add", "a", 1, 0 }, { "snapshot", 1 }, { "add", "a", 5, 2 }, { "restore", 0, 3 },
            { "alive", 3 } })
    story("restored twice", "a restore hands the snapshot out", 100,
          { { "add", "a", 1, 0 }, { "snapshot", 1 }, { "restore", 0, 2 }, { "add", "a", 5, 3 },
            { "add", "b", 1, 3 }, { "restore", 0, 4 }, { "alive", 4 } })
    story("died between snapshot and restore", "a restore wakes the dead", 10,
          { { "add", "a", 3, 0 }, { "add", "b", 4, 6 }, { "snapshot", 8 }, { "restore", 0, 12 },
            { "get", "a", 12 }, { "alive", 12 }, { "add", "a", 1, 13 }, { "get", "a", 13 },
            { "get", "b", 16 } })
    story("renewed after the snapshot", "keeps the later deadline", 10,
          { { "add", "a", 3, 0 }, { "snapshot", 1 }, { "add", "a", 4, 8 }, { "restore", 0, 9 },
            { "get", "a", 9 }, { "get", "a", 10 }, { "alive", 11 } })
    story("what is not in the snapshot goes", "a restore only adds", 100,
          { { "add", "a", 1, 0 }, { "snapshot", 1 }, { "add", "b", 2, 2 }, { "restore", 0, 3 },
            { "get", "b", 3 }, { "alive", 3 } })
    story("dead when the snapshot is taken", nil, 10,
          { { "add", "a", 1, 0 }, { "add", "b", 1, 9 }, { "snapshot", 10 }, { "restore", 0, 10 },
            { "alive", 10 }, { "alive", 19 } })
    story("several snapshots, in any order", "keeps the last snapshot only", 100,
          { { "add", "a", 1, 0 }, { "snapshot", 0 }, { "add", "a", 1, 1 }, { "snapshot", 1 },
            { "add", "a", 1, 2 }, { "snapshot", 2 }, { "restore", 0, 3 }, { "get", "a", 3 },
            { "restore", 2, 4 }, { "get", "a", 4 }, { "restore", 1, 5 }, { "get", "a", 5 },
            { "snapshot", 6 }, { "restore", 3, 7 }, { "get", "a", 7 } })
    story("no such snapshot", nil, 100,
          { { "add", "a", 1, 0 }, { "restore", 0, 1 }, { "get", "a", 1 }, { "snapshot", 2 },
            { "restore", 1, 3 }, { "restore", 1000000000, 4 }, { "get", "a", 5 } })
    for i = 1, 4 do story("random " .. i, nil, rand(5, 40), traffic(60, 4, 3, 3, rand)) end
    story("5000 calls, short lives", nil, 60, traffic(5000, 100, 2, 60, rand))
    story("3000 calls, long lives", nil, 100000, traffic(3000, 300, 2, 200, rand))
  end,

  compare = "exact",
  pitfalls = {
    ["the snapshot is the store itself"] = "Keeping a reference is not keeping a state: the "
      .. "snapshot then follows everything that happens to the store.",
    ["keeps the last snapshot only"] = "All snapshots stay, each under its own number, also after a "
      .. "restore of an earlier one.",
  },

  -- A state is the list of the `add` calls that made it. A restore takes back an earlier list, and
  -- every question adds up from the start.
  oracle = function(case)
    local ttl_s, adds, saved, result = case.new[1], {}, {}, {}
    local function states(now)
      local found = {}
      for _, add in ipairs(adds) do
        local key, amount, at = add[2], add[3], add[4]
        local row
        for _, one in ipairs(found) do
          if one.key == key then row = one end
        end
        if not row then
          row = { key = key, total = 0, last = at }
          found[#found + 1] = row
        end
        if at >= row.last + ttl_s then row.total = 0 end
        row.total, row.last = row.total + amount, at
      end
      local living = {}
      for _, row in ipairs(found) do
        if now < row.last + ttl_s then living[row.key] = row.total end
      end
      return living
    end
    for i, call in ipairs(case.calls) do
      local what = call[1]
      if what == "add" then
        adds[#adds + 1] = call
      elseif what == "get" then
        result[i] = states(call[3])[call[2]] or 0
      elseif what == "alive" then
        result[i] = states(call[2])
      elseif what == "snapshot" then
        saved[#saved + 1] = table.move(adds, 1, #adds, 1, {})
        result[i] = #saved - 1
      else
        local list = saved[call[2] + 1]
        if list then adds = table.move(list, 1, #list, 1, {}) end
        result[i] = list ~= nil
      end
    end
    return result
  end,

  reference = {
    lua = copies,
    python = [==[
# A counter is a tuple (total, deadline), which nobody can change, so copying the dictionary is
# enough to set two states apart.
class CounterStore:
    def __init__(self, ttl_s):
        self.ttl_s = ttl_s
        self.counters = {}
        self.snapshots = []

    @staticmethod
    def _alive(counters, now_s):
        return {key: counter for key, counter in counters.items() if now_s < counter[1]}

    def add(self, key, amount, now_s):
        self.counters[key] = (self.get(key, now_s) + amount, now_s + self.ttl_s)

    def get(self, key, now_s):
        total, deadline = self.counters.get(key, (0, 0))
        return total if now_s < deadline else 0

    def alive(self, now_s):
        return {key: total for key, (total, _) in self._alive(self.counters, now_s).items()}

    def snapshot(self, now_s):
        self.snapshots.append(self._alive(self.counters, now_s))
        return len(self.snapshots) - 1

    def restore(self, id, now_s):
        if id >= len(self.snapshots):
            return False
        self.counters = self._alive(self.snapshots[id], now_s)
        return True
]==],
    cpp = [==[
// Maps are values here: assigning one copies it, counters included, so a snapshot and the living
// store share nothing.
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

class CounterStore {
 public:
  explicit CounterStore(long long ttl_s) : ttl_s_(ttl_s) {}

  void add(const std::string& key, long long amount, long long now_s) {
    counters_[key] = {get(key, now_s) + amount, now_s + ttl_s_};
  }

  long long get(const std::string& key, long long now_s) const {
    auto found = counters_.find(key);
    return found != counters_.end() && now_s < found->second.deadline ? found->second.total : 0;
  }

  std::map<std::string, long long> alive(long long now_s) const {
    std::map<std::string, long long> totals;
    for (const auto& [key, counter] : counters_) {
      if (now_s < counter.deadline) totals[key] = counter.total;
    }
    return totals;
  }

  long long snapshot(long long now_s) {
    snapshots_.push_back(counters_);
    drop_dead(snapshots_.back(), now_s);
    return static_cast<long long>(snapshots_.size()) - 1;
  }

  bool restore(long long id, long long now_s) {
    if (id >= static_cast<long long>(snapshots_.size())) return false;
    counters_ = snapshots_[static_cast<std::size_t>(id)];
    drop_dead(counters_, now_s);
    return true;
  }

 private:
  struct Counter {
    long long total = 0;
    long long deadline = 0;
  };
  using Counters = std::unordered_map<std::string, Counter>;

  static void drop_dead(Counters& counters, long long now_s) {
    std::erase_if(counters, [now_s](const auto& entry) { return entry.second.deadline <= now_s; });
  }

  long long ttl_s_;
  Counters counters_;
  std::vector<Counters> snapshots_;
};
]==],
  },

  wrong = {
    {
      name = "alive at the deadline",
      language = "lua",
      verdict = "WA",
      case = "the last moment of a life",
      why = "A counter is alive while now < last + ttl_s. At last + ttl_s it is gone.",
      code = changed(copies, "return counter and now_s < counter.deadline",
                     "return counter and now_s <= counter.deadline"),
    },
    {
      name = "counts the life from the first add",
      language = "lua",
      verdict = "WA",
      case = "each add renews",
      why = "The deadline is set when the counter is made and not moved by later calls of `add`.",
      code = changed(copies, "counter.deadline = now_s + self.ttl_s",
                     "counter.deadline = counter.deadline or now_s + self.ttl_s"),
    },
    {
      name = "adds to the dead",
      language = "lua",
      verdict = "WA",
      case = "a dead counter begins anew",
      why = "`add` finds the counter and adds to it without asking whether it is still alive. The "
        .. "points of last month are back.",
      code = changed(copies, "if not counter or counter.deadline <= now_s then",
                     "if not counter then"),
    },
    {
      name = "takes zero for dead",
      language = "lua",
      verdict = "WA",
      case = "a value of zero is alive",
      why = "`alive` leaves out counters with the value 0. Whether a counter is alive is a matter of "
        .. "its last `add` alone.",
      code = changed(copies, "if now_s < counter.deadline then totals",
                     "if now_s < counter.deadline and counter.total ~= 0 then totals"),
    },
    {
      name = "the snapshot shares its counters",
      language = "lua",
      verdict = "WA",
      case = "a counter goes on after a snapshot",
      why = "The map is copied, but both maps hold the same counters. What is added afterwards is "
        .. "added in the snapshot as well. A shallow copy is enough only if the values in it are "
        .. "never changed.",
      code = changed(copies, "alive[key] = { total = counter.total, deadline = counter.deadline }",
                     "alive[key] = counter"),
    },
    {
      name = "a restore hands the snapshot out",
      language = "lua",
      verdict = "WA",
      case = "restored twice",
      why = "The store goes on with the snapshot itself, and its changes spoil it for the next "
        .. "restore. Copy when restoring, too.",
      code = changed(copies, "self.counters = copy_alive(saved, now_s)", "self.counters = saved"),
    },
    {
      name = "a restore wakes the dead",
      language = "lua",
      verdict = "WA",
      case = "died between snapshot and restore",
      why = "Each restored counter gets the life that it had left when the snapshot was taken. Time "
        .. "went on meanwhile: the deadline is a moment, not a length.",
      code = changed(changed(copies, "self.snapshots[id] =", "self.taken_at = self.taken_at or {}\n"
                       .. "  self.taken_at[id] = now_s\n  self.snapshots[id] ="),
                     "  self.counters = copy_alive(saved, now_s)\n", [==[
  self.counters = copy_alive(saved, self.taken_at[id])
  for _, counter in pairs(self.counters) do
    counter.deadline = counter.deadline - self.taken_at[id] + now_s
  end
]==]),
    },
    {
      name = "keeps the later deadline",
      language = "lua",
      verdict = "WA",
      case = "renewed after the snapshot",
      why = "The values are restored, but the deadlines live in a table of their own that is not. A "
        .. "state is all that belongs to it.",
      code = changed(copies, "  self.counters = copy_alive(saved, now_s)\n", [==[
  local before = self.counters
  self.counters = copy_alive(saved, now_s)
  for key, counter in pairs(self.counters) do
    if before[key] then counter.deadline = before[key].deadline end
  end
]==]),
    },
    {
      name = "a restore only adds",
      language = "lua",
      verdict = "WA",
      case = "an empty snapshot",
      why = "The snapshot's counters are written over the present ones, and those that are not in it "
        .. "stay.",
      code = changed(copies, "  self.counters = copy_alive(saved, now_s)\n",
                     "  for key, counter in pairs(copy_alive(saved, now_s)) do\n"
                       .. "    self.counters[key] = counter\n  end\n"),
    },
    {
      name = "sweeps at every call",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Every call first removes what has died, by looking at all counters. Checking the one "
        .. "counter that is asked for is enough.",
      code = changed(copies, "  local counter = self.counters[key]\n  if not counter or", [==[
  for other, one in pairs(self.counters) do
    if one.deadline <= now_s then self.counters[other] = nil end
  end
  local counter = self.counters[key]
  if not counter or]==]),
    },
    {
      name = "replays the history",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The calls are kept in a log, a snapshot is a length of it, and each question adds up "
        .. "from the start. Snapshots cost nothing, and everything else costs O(n).",
      code = [==[
CounterStore = {}
CounterStore.__index = CounterStore

function CounterStore.new(ttl_s)
  return setmetatable({ ttl_s = ttl_s, log = {}, snapshots = {}, taken = 0 }, CounterStore)
end

function CounterStore:add(key, amount, now_s)
  self.log[#self.log + 1] = { key = key, amount = amount, at = now_s }
end

function CounterStore:get(key, now_s)
  return self:alive(now_s)[key] or 0
end

function CounterStore:alive(now_s)
  local totals, last = {}, {}
  for _, entry in ipairs(self.log) do
    local key = entry.key
    if last[key] and entry.at < last[key] + self.ttl_s then
      totals[key] = totals[key] + entry.amount
    else
      totals[key] = entry.amount
    end
    last[key] = entry.at
  end
  for key, at in pairs(last) do
    if at + self.ttl_s <= now_s then totals[key] = nil end
  end
  return totals
end

local function copy(list)
  return table.move(list, 1, #list, 1, {})
end

function CounterStore:snapshot()
  self.snapshots[self.taken] = copy(self.log)
  self.taken = self.taken + 1
  return self.taken - 1
end

function CounterStore:restore(id)
  if not self.snapshots[id] then return false end
  self.log = copy(self.snapshots[id])
  return true
end
]==],
    },
  },

  hints = {
    { text = "What makes up the state: the values alone? And what could change a snapshot after it "
        .. "was taken?", cost_min = 2 },
    { text = "Store with each counter its value and its deadline, a moment and not a length. Check "
        .. "the deadline whenever the counter is read or added to; then no restore can wake it.",
      cost_min = 3 },
    { text = "`snapshot` copies every counter that is alive into a new map. `restore` copies the "
        .. "snapshot again, so that it can be used once more. If counters are values that are "
        .. "replaced and never changed, copying the map alone will do.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "Copying a hundred million counters stops everything for seconds.",
      answer = "Copy on write. Take the snapshot by freezing the present map and going on with an "
        .. "empty map of changes on top of it, or, with a process, by a fork that shares pages "
        .. "until they are written. Immutable trees share all but the changed paths, and a "
        .. "snapshot is then one pointer." },
    { ask = "The snapshot is written to disk. How do you know that it is whole?",
      answer = "Write to a new file with a checksum and a count at its end, flush, then rename. A "
        .. "reader takes the latest file whose checksum is right. Store deadlines in wall time, or "
        .. "the life left together with the time of writing." },
    { ask = "After the restore, the good events since the snapshot should count as well.",
      answer = "Keep a log of events with increasing numbers, and in the snapshot the number of the "
        .. "last one it contains. Restore, then replay what is newer and not from the bad "
        .. "deployment. Numbers make replaying twice harmless." },
    { ask = "Counters that are never touched again stay in memory. What would you do?",
      answer = "Keep a queue of (deadline, key): since all lives are equally long and time does not "
        .. "step back, deadlines arrive in order. Each call removes a few at the front that are "
        .. "due and still have that deadline." },
    { ask = "Ten servers hold shards of the counters. How do you take one snapshot of all?",
      answer = "If a moment is enough, each takes its own at an agreed time; events in flight may "
        .. "then be in both or in neither. For an exact cut send markers through the same channels "
        .. "as the events, and take the shard's snapshot when its marker arrives." },
  },

  explain = [==[
**Invariant.** The living map and every snapshot hold counters of their own; no two of them share
anything that can change. Each counter holds its value and the moment at which it dies.

**Why it holds.** `snapshot` and `restore` both make new counters, in opposite directions. `add`
changes counters of the living map alone. Liveness is decided by comparing the deadline with the time
of the call, in the present as after a restore: a counter whose deadline has passed is dead, whether
it died in the store or in a snapshot. Leaving the dead out when copying changes no answer, because
time does not step back; it only saves memory.

**Cost.** `add` and `get` look up one counter: O(1). The other three go through the map once: O(n).

**Usual mistakes**

- *A reference instead of a copy*, or a copy of the map with shared counters inside.
- *A copy in one direction only.* The first restore is right, the second returns what happened in
  between.
- *A length instead of a moment.* Storing the life that is left brings back counters that should have
  died.
- *Half of the state.* Deadlines belong to it.
- *Merging instead of replacing.* What is not in the snapshot has to go.
- *Zero is a value.*
]==],
}
