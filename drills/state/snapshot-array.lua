-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- An array whose earlier states can be read. The drill is about storing what changed and not what
-- is there, and about finding the last change at or before a snapshot.

-- `n` calls: sets of up to `cells` cells of an array of `size`, snapshots, and reads of snapshots
-- that were taken. One call in `every` takes a snapshot.
local function random_calls(n, size, cells, every, rand)
  local calls, taken = { { "snapshot" } }, 1
  for i = 2, n do
    local index = rand(1, 4) == 1 and rand(0, size - 1) or (rand(1, cells) * 7919) % size
    if rand(1, every) == 1 then
      calls[i] = { "snapshot" }
      taken = taken + 1
    elseif rand(1, 2) == 1 then
      calls[i] = { "set", index, rand(-99, 99) }
    else
      calls[i] = { "get", index, rand(0, taken - 1) }
    end
  end
  return calls
end

-- The reference. Some of the wrong answers are this text with a few words changed.
local versions_per_cell = [==[
-- For each cell that was ever set, its versions: the number of the snapshot that first contains
-- each, ascending, and the values. The state now will be snapshot number `taken`.
SnapshotArray = {}
SnapshotArray.__index = SnapshotArray

function SnapshotArray.new(size)
  return setmetatable({ taken = 0, cells = {} }, SnapshotArray)
end

function SnapshotArray:set(index, value)
  local cell = self.cells[index]
  if not cell then
    cell = { since = {}, value = {} }
    self.cells[index] = cell
  end
  local last = #cell.since
  if cell.since[last] ~= self.taken then last = last + 1 end
  cell.since[last], cell.value[last] = self.taken, value
end

function SnapshotArray:snapshot()
  self.taken = self.taken + 1
  return self.taken - 1
end

function SnapshotArray:get(index, snapshot_id)
  local cell = self.cells[index]
  if not cell then return 0 end
  local low, high = 0, #cell.since -- the last version with since <= snapshot_id; 0 if none
  while low < high do
    local middle = (low + high + 1) // 2
    if cell.since[middle] <= snapshot_id then low = middle else high = middle - 1 end
  end
  return low == 0 and 0 or cell.value[low]
end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(changes)
  local code = versions_per_cell
  for _, change in ipairs(changes) do
    local begins, ends = code:find(change.old, 1, true)
    assert(begins, "the reference no longer contains: " .. change.old)
    code = code:sub(1, begins - 1) .. change.new .. code:sub(ends + 1)
  end
  return code
end

return drill {
  id = "snapshot-array",
  title = "The features as they were",
  category = "state",
  level = "medium",
  minutes = 25,
  covers = { "S02-C06" },
  signature = [[
    class SnapshotArray(size: int)
      set(index: int, value: int)
      snapshot() -> int
      get(index: int, snapshot_id: int) -> int
  ]],

  statement = [==[
A feature store keeps one counter per user, and a training job has to read them as they were when an
example was logged. So the store takes a snapshot now and then, and old snapshots stay readable for
ever. Between two of them few counters change.

Write `SnapshotArray(size)` with

- `set(index, value)`: store `value` in cell `index`, from now on;
- `snapshot()`: take a snapshot of all cells and return its number;
- `get(index, snapshot_id)`: the value that cell `index` had when that snapshot was taken.

**Conventions**

- Snapshots are numbered 0, 1, 2, … in the order in which they are taken.
- A snapshot contains all that was set before it, and nothing that is set after it. If a cell was
  set several times before it, the last one counts.
- Cells are numbered from 0 to `size - 1`. All are 0 at the beginning.
- `get` is only asked for snapshots that were taken, `set` and `get` only for cells that exist. You
  need not check that.
- `1 ≤ size ≤ 10^9`. Values are 64-bit integers. Setting a cell to 0 is a change like any other.

**Cost.** `new`, `set` and `snapshot` take constant time on average, `get` takes O(log n) after `n`
calls, taking an access to a hash map as constant. Memory may grow with the number of sets, but not
with `size`, and not with `size` times the number of snapshots.
]==],

  examples = {
    {
      new = { 3 },
      calls = { { "set", 0, 5 }, { "snapshot" }, { "set", 0, 6 }, { "get", 0, 0 }, { "snapshot" },
                { "get", 0, 1 } },
      result = { nil, 0, nil, 5, 1, 6 },
      note = "The 6 was set after snapshot 0 was taken, and is in snapshot 1.",
    },
    {
      new = { 2 },
      calls = { { "set", 1, 7 }, { "snapshot" }, { "snapshot" }, { "get", 1, 1 }, { "get", 0, 1 } },
      result = { nil, 0, 1, 7, 0 },
      note = "Nothing changed between the snapshots. Cell 0 was never set.",
    },
    {
      new = { 1000000000 },
      calls = { { "set", 999999999, 1 }, { "set", 999999999, 2 }, { "snapshot" },
                { "get", 999999999, 0 }, { "get", 5, 0 } },
      result = { nil, nil, 0, 2, 0 },
      note = "The last value before the snapshot counts.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- One cell gets a new value and a snapshot again and again while others stay as they are; then
    -- old snapshots are read.
    input = function(n, rand)
      local calls, taken = {}, 0
      for i = 1, n // 4 do calls[i] = { "set", i, i } end
      for i = n // 4 + 1, n // 4 * 3, 2 do
        calls[i], calls[i + 1] = { "set", 0, i }, { "snapshot" }
        taken = taken + 1
      end
      for i = #calls + 1, n do calls[i] = { "get", 0, rand(0, taken - 1) } end
      return { new = { n }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, size, calls)
      case { name = name, catches = catches, new = { size }, calls = calls }
    end
    story("never set", "numbers from 1", 4, { { "snapshot" }, { "get", 3, 0 }, { "get", 0, 0 } })
    story("one value", nil, 1, { { "set", 0, 8 }, { "snapshot" }, { "get", 0, 0 } })
    story("set after the snapshot", "reads the present", 2,
          { { "set", 1, 8 }, { "snapshot" }, { "set", 1, 9 }, { "get", 1, 0 } })
    story("unchanged between two snapshots", "finds exact versions only", 2,
          { { "set", 1, 8 }, { "snapshot" }, { "snapshot" }, { "snapshot" }, { "get", 1, 2 } })
    story("first set after a snapshot", "takes the nearest version", 2,
          { { "snapshot" }, { "set", 1, 8 }, { "snapshot" }, { "get", 1, 0 }, { "get", 1, 1 } })
    story("set twice before a snapshot", "keeps the first value", 2,
          { { "set", 0, 1 }, { "set", 0, 2 }, { "snapshot" }, { "get", 0, 0 } })
    story("set back to 0", nil, 2,
          { { "set", 0, 5 }, { "snapshot" }, { "set", 0, 0 }, { "snapshot" }, { "get", 0, 0 },
            { "get", 0, 1 } })
    story("cells do not share versions", nil, 3,
          { { "set", 0, 1 }, { "snapshot" }, { "set", 1, 2 }, { "snapshot" }, { "set", 2, 3 },
            { "snapshot" }, { "get", 0, 2 }, { "get", 1, 0 }, { "get", 1, 2 }, { "get", 2, 1 },
            { "get", 2, 2 } })
    story("every snapshot another value", nil, 1,
          { { "set", 0, 1 }, { "snapshot" }, { "set", 0, 2 }, { "snapshot" }, { "set", 0, 3 },
            { "snapshot" }, { "set", 0, 4 }, { "snapshot" }, { "get", 0, 0 }, { "get", 0, 1 },
            { "get", 0, 2 }, { "get", 0, 3 } })
    story("a long time between two values", nil, 1,
          { { "set", 0, 1 }, { "snapshot" }, { "snapshot" }, { "snapshot" }, { "set", 0, 2 },
            { "snapshot" }, { "get", 0, 2 }, { "get", 0, 3 }, { "get", 0, 1 } })
    story("large values", nil, 2,
          { { "set", 0, math.mininteger }, { "set", 1, math.maxinteger }, { "snapshot" },
            { "get", 0, 0 }, { "get", 1, 0 } })
    for i = 1, 4 do story("random " .. i, nil, 5, random_calls(60, 5, 5, 4, rand)) end
    story("random, many snapshots", nil, 3, random_calls(60, 3, 3, 2, rand))
    story("a billion cells", "allocates every cell", 1000000000,
          { { "set", 0, 1 }, { "set", 999999999, 2 }, { "snapshot" }, { "get", 999999999, 0 },
            { "get", 123456789, 0 } })
    story("5000 calls, few cells", nil, 100, random_calls(5000, 100, 20, 20, rand))
    story("5000 calls, a billion cells", nil, 1000000000,
          random_calls(5000, 1000000000, 300, 40, rand))
  end,

  compare = "exact",

  -- Keeps every call and answers by playing them again up to the snapshot.
  oracle = function(case)
    local result, taken = {}, 0
    for i, call in ipairs(case.calls) do
      if call[1] == "snapshot" then
        result[i] = taken
        taken = taken + 1
      elseif call[1] == "get" then
        local value, snapshots = 0, 0
        for j = 1, i do
          local past = case.calls[j]
          if past[1] == "snapshot" then snapshots = snapshots + 1 end
          if snapshots > call[3] then break end
          if past[1] == "set" and past[2] == call[2] then value = past[3] end
        end
        result[i] = value
      end
    end
    return result
  end,

  reference = {
    lua = versions_per_cell,
    python = [==[
from bisect import bisect_right
from collections import defaultdict


# For each cell that was set, its versions: the number of the snapshot that first contains each, and
# the values. The state now will be snapshot number `taken`.
class SnapshotArray:
    def __init__(self, size):
        self.taken = 0
        self.since = defaultdict(list)
        self.values = defaultdict(list)

    def set(self, index, value):
        since, values = self.since[index], self.values[index]
        if since and since[-1] == self.taken:
            values[-1] = value
        else:
            since.append(self.taken)
            values.append(value)

    def snapshot(self):
        self.taken += 1
        return self.taken - 1

    def get(self, index, snapshot_id):
        if index not in self.since:
            return 0
        place = bisect_right(self.since[index], snapshot_id)
        return self.values[index][place - 1] if place else 0
]==],
    cpp = [==[
// For each cell that was set, its values by the number of the snapshot that first contains them.
// The state now will be snapshot number `taken_`.
#include <iterator>
#include <map>
#include <unordered_map>

class SnapshotArray {
 public:
  explicit SnapshotArray(long long) {}

  void set(long long index, long long value) { cells_[index][taken_] = value; }

  long long snapshot() { return taken_++; }

  long long get(long long index, long long snapshot_id) const {
    const auto cell = cells_.find(index);
    if (cell == cells_.end()) return 0;
    const auto after = cell->second.upper_bound(snapshot_id);
    return after == cell->second.begin() ? 0 : std::prev(after)->second;
  }

 private:
  long long taken_ = 0;
  std::unordered_map<long long, std::map<long long, long long>> cells_;
};
]==],
  },

  wrong = {
    {
      name = "numbers from 1",
      language = "lua",
      verdict = "WA",
      case = "never set",
      why = "The first snapshot has the number 0. Return the number before it is raised.",
      code = reference_with({ { old = "return self.taken - 1", new = "return self.taken" } }),
    },
    {
      name = "reads the present",
      language = "lua",
      verdict = "WA",
      case = "set after the snapshot",
      why = "One value per cell, so every snapshot shows what is there now.",
      code = [==[
SnapshotArray = {}
SnapshotArray.__index = SnapshotArray

function SnapshotArray.new(size) return setmetatable({ cells = {}, taken = 0 }, SnapshotArray) end

function SnapshotArray:set(index, value) self.cells[index] = value end

function SnapshotArray:snapshot()
  self.taken = self.taken + 1
  return self.taken - 1
end

function SnapshotArray:get(index, snapshot_id) return self.cells[index] or 0 end
]==],
    },
    {
      name = "finds exact versions only",
      language = "lua",
      verdict = "WA",
      case = "unchanged between two snapshots",
      why = "Only the changes of the asked snapshot are looked at. A cell that did not change "
        .. "before it still has its older value: go back to the last change at or before it.",
      code = [==[
SnapshotArray = {}
SnapshotArray.__index = SnapshotArray

function SnapshotArray.new(size)
  return setmetatable({ changes = { [0] = {} }, taken = 0 }, SnapshotArray)
end

function SnapshotArray:set(index, value) self.changes[self.taken][index] = value end

function SnapshotArray:snapshot()
  self.taken = self.taken + 1
  self.changes[self.taken] = {}
  return self.taken - 1
end

function SnapshotArray:get(index, snapshot_id) return self.changes[snapshot_id][index] or 0 end
]==],
    },
    {
      name = "takes the nearest version",
      language = "lua",
      verdict = "WA",
      case = "first set after a snapshot",
      why = "The search does not expect that all versions are later than the snapshot, and returns "
        .. "the first of them. Before its first change a cell is 0.",
      code = reference_with({
        { old = "local low, high = 0, #cell.since", new = "local low, high = 1, #cell.since" },
      }),
    },
    {
      name = "keeps the first value",
      language = "lua",
      verdict = "WA",
      case = "set twice before a snapshot",
      why = "A cell that was already set since the last snapshot keeps that value. The last one "
        .. "before the snapshot counts.",
      code = reference_with({
        { old = "if cell.since[last] ~= self.taken then last = last + 1 end",
          new = "if cell.since[last] == self.taken then return end\n  last = last + 1" },
      }),
    },
    {
      name = "allocates every cell",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      case = "a billion cells",
      why = "All cells are created at the beginning. Most are never set: a missing entry can stand "
        .. "for 0.",
      code = reference_with({
        { old = "  return setmetatable({ taken = 0, cells = {} }, SnapshotArray)\n",
          new = "  local cells = {}\n"
            .. "  for i = 0, size - 1 do cells[i] = { since = {}, value = {} } end\n"
            .. "  return setmetatable({ taken = 0, cells = cells }, SnapshotArray)\n" },
      }),
    },
    {
      name = "copies the array",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Every snapshot copies all cells that were ever set, though few have changed since the "
        .. "one before.",
      code = [==[
SnapshotArray = {}
SnapshotArray.__index = SnapshotArray

function SnapshotArray.new(size) return setmetatable({ now = {}, past = {} }, SnapshotArray) end

function SnapshotArray:set(index, value) self.now[index] = value end

function SnapshotArray:snapshot()
  local copy = {}
  for index, value in pairs(self.now) do copy[index] = value end
  self.past[#self.past + 1] = copy
  return #self.past - 1
end

function SnapshotArray:get(index, snapshot_id) return self.past[snapshot_id + 1][index] or 0 end
]==],
    },
    {
      name = "walks back through the versions",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The versions of a cell are looked through from the newest to the oldest. A cell with "
        .. "many of them makes that linear. They are sorted: search by bisection.",
      code = [==[
SnapshotArray = {}
SnapshotArray.__index = SnapshotArray

function SnapshotArray.new(size) return setmetatable({ cells = {}, taken = 0 }, SnapshotArray) end

function SnapshotArray:set(index, value)
  local cell = self.cells[index] or {}
  self.cells[index] = cell
  cell[#cell + 1] = { since = self.taken, value = value }
end

function SnapshotArray:snapshot()
  self.taken = self.taken + 1
  return self.taken - 1
end

function SnapshotArray:get(index, snapshot_id)
  local cell = self.cells[index] or {}
  for i = #cell, 1, -1 do
    if cell[i].since <= snapshot_id then return cell[i].value end
  end
  return 0
end
]==],
    },
  },

  hints = {
    { text = "Between two snapshots few cells change. What is the least you must write down for a "
        .. "snapshot? And for a set?", cost_min = 2 },
    { text = "For a snapshot only that it happened: a number that goes up. For a set the value and "
        .. "that number, in a list of the cell's own. How is the list sorted, and what do you look "
        .. "for?",
      cost_min = 3 },
    { text = "Keep per cell a list of (number, value), where the number is that of the next "
        .. "snapshot. A second set with the same number replaces the last entry. For get search "
        .. "the last entry whose number is at most snapshot_id; if there is none the cell is "
        .. "0.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "Old snapshots may be dropped. How?",
      answer = "With the oldest number that must stay readable, each cell keeps its last version "
        .. "at or before it and all later ones. Do that lazily when a cell is set again, so that "
        .. "no call has to look at all cells; cells that are never set again keep at most what "
        .. "they have." },
    { ask = "Many reads of the same snapshot, all cells?",
      answer = "Then a log per snapshot is poor: build the whole state once, from the nearest "
        .. "earlier full copy and the changes since. Full copies now and then, changes in between, "
        .. "is what databases and video do." },
    { ask = "Can get be constant?",
      answer = "With a copy per snapshot, yes, for size times snapshots of memory. A persistent "
        .. "tree costs O(log size) for set and get, independent of the number of versions, and "
        .. "shares all that did not change." },
    { ask = "Snapshots have times instead of numbers. What does a training job ask for?",
      answer = "The latest value at or before the time of the example: the same search by time. It "
        .. "is a point-in-time lookup. A value that became known only later must carry the time at "
        .. "which it became known, or the future leaks into training." },
    { ask = "Several threads set while one reads old snapshots.",
      answer = "Old versions never change, so a reader of a taken snapshot needs no lock on "
        .. "values, only on the growth of the lists. That is the idea behind multi-version "
        .. "concurrency." },
  },

  explain = [==[
**Invariant.** For every cell the list holds, in ascending order, the numbers of those snapshots
that are the first to contain a new value, each with that value. `taken` is the number that the next
snapshot will have.

**Why it holds.** A set is contained in the snapshots from `taken` on, until the cell is set again
under a larger number. A second set under the same number hides the first from every snapshot, so it
replaces it. Numbers never fall, so the list stays sorted. The value of snapshot s is that of the
last set contained in it: the last entry with a number of at most s, or 0 if there is none.

**Cost.** `set` touches the end of one list, `snapshot` one number. `get` searches one list by
bisection: O(log n). Memory is one entry per set at most, and less when a cell is set often between
two snapshots.

**Usual mistakes**

- *A copy per snapshot.* It costs the number of cells, not the number of changes.
- *Exact look-up.* Most snapshots have no entry for most cells; the one before counts.
- *Off by one.* A set after snapshot 0 belongs to snapshot 1. Number sets by the next snapshot.
- *Before the first version* there is the value 0, not the first version.
- *Cells created in advance.*
- *A new entry for every set*, also between the same two snapshots: right, if the search takes the
  last of equal numbers, but larger than it needs to be.
]==],
}
