-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A key-value store whose changes can be taken back, with transactions inside transactions. The
-- drill is about remembering what a write replaced, instead of copying what it did not touch.

-- The reference. Several wrong answers are this text with one thing changed.
local one_log = [==[
-- `values` is always up to date. One log holds, for each write, what was there before it; for each
-- open transaction `marks` says how long the log was when it began.
ConfigStore = {}
ConfigStore.__index = ConfigStore

function ConfigStore.new()
  return setmetatable({ values = {}, keys_with = {}, log = {}, marks = {} }, ConfigStore)
end

-- The one place that changes the store. Without a value the key is removed.
function ConfigStore:write(key, value)
  local old, keys_with = self.values[key], self.keys_with
  if old then keys_with[old] = keys_with[old] > 1 and keys_with[old] - 1 or nil end
  if value then keys_with[value] = (keys_with[value] or 0) + 1 end
  self.values[key] = value
end

function ConfigStore:remember(key)
  if #self.marks > 0 then self.log[#self.log + 1] = { key = key, old = self.values[key] } end
end

function ConfigStore:set(key, value)
  self:remember(key)
  self:write(key, value)
end

function ConfigStore:get(key)
  return self.values[key]
end

function ConfigStore:remove(key)
  if self.values[key] == nil then return false end
  self:remember(key)
  self:write(key, nil)
  return true
end

function ConfigStore:count(value)
  return self.keys_with[value] or 0
end

function ConfigStore:begin()
  self.marks[#self.marks + 1] = #self.log
end

function ConfigStore:commit()
  if #self.marks == 0 then return false end
  self.marks[#self.marks] = nil
  if #self.marks == 0 then self.log = {} end
  return true
end

function ConfigStore:rollback()
  local mark = self.marks[#self.marks]
  if not mark then return false end
  self.marks[#self.marks] = nil
  for i = #self.log, mark + 1, -1 do
    self:write(self.log[i].key, self.log[i].old)
    self.log[i] = nil
  end
  return true
end
]==]

-- Two wrong answers: one layer of changes for each open transaction.
local layers = [==[
local REMOVED = {}

ConfigStore = {}
ConfigStore.__index = ConfigStore

function ConfigStore.new()
  return setmetatable({ layers = { {} }, keys_with = {} }, ConfigStore)
end

function ConfigStore:find(key)
  for depth = #self.layers, 1, -1 do
    local value = self.layers[depth][key]
    if value == REMOVED then return nil end
    if value ~= nil then return value end
  end
end

function ConfigStore:recount(old, new)
  if old then self.keys_with[old] = self.keys_with[old] - 1 end
  if new then self.keys_with[new] = (self.keys_with[new] or 0) + 1 end
end

function ConfigStore:set(key, value)
  self:recount(self:find(key), value)
  self.layers[#self.layers][key] = value
end

ConfigStore.get = ConfigStore.find

function ConfigStore:remove(key)
  local old = self:find(key)
  if old == nil then return false end
  self:recount(old, nil)
  self.layers[#self.layers][key] = REMOVED
  return true
end

function ConfigStore:count(value)
  return self.keys_with[value] or 0
end

function ConfigStore:begin()
  self.layers[#self.layers + 1] = {}
end

function ConfigStore:commit()
  if #self.layers == 1 then return false end
  local top = table.remove(self.layers)
  for key, value in pairs(top) do self.layers[#self.layers][key] = value end
  return true
end

function ConfigStore:rollback()
  if #self.layers == 1 then return false end
  local top = table.remove(self.layers)
  for key, value in pairs(top) do
    self:recount(value ~= REMOVED and value or nil, self:find(key))
  end
  return true
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls on a few keys and values. At most `deepest` transactions are open at a time.
local function traffic(n, keys, values, deepest, rand)
  local calls, depth = {}, 0
  for i = 1, n do
    local key, value, what = "k" .. rand(1, keys), "v" .. rand(1, values), rand(1, 20)
    if what <= 6 then
      calls[i] = { "set", key, value }
    elseif what <= 9 then
      calls[i] = { "remove", key }
    elseif what <= 12 then
      calls[i] = { "get", key }
    elseif what <= 14 then
      calls[i] = { "count", value }
    elseif what <= 17 and depth < deepest then
      calls[i], depth = { "begin" }, depth + 1
    else
      calls[i], depth = { rand(1, 2) == 1 and "commit" or "rollback" }, math.max(0, depth - 1)
    end
  end
  return calls
end

return drill {
  id = "nested-transactions",
  title = "Settings that can be taken back",
  category = "state",
  level = "medium",
  minutes = 30,
  covers = { "S02-C06", "S02-T" },
  signature = [[
    class ConfigStore()
      set(key: string, value: string)
      get(key: string) -> string?
      remove(key: string) -> bool
      count(value: string) -> int
      begin()
      commit() -> bool
      rollback() -> bool
  ]],

  statement = [==[
The owners of a community change many settings at once: who may post, which words are held for
review, what new members see. A page of the settings opens a transaction, its tabs open
transactions inside it, and each of them can be saved or dropped.

Write a store `ConfigStore()` with

- `set(key, value)`: store `value` under `key`;
- `get(key)`: the value under `key`, or nothing (`nil`, `None`);
- `remove(key)`: remove `key`; returns whether it was there;
- `count(value)`: how many keys hold `value` now;
- `begin()`: open a transaction. It lies inside the one that is open, if there is one;
- `commit()`: close the innermost open transaction and keep its changes;
- `rollback()`: close the innermost open transaction and undo its changes.

**Conventions**

- Reads see all changes made so far, those of open transactions included.
- What an inner transaction commits becomes part of the transaction around it. If that one is
  rolled back later, these changes are undone too.
- `rollback` brings back exactly what was there at the matching `begin`: changed values, removed
  keys, and the absence of keys that were new.
- `commit` and `rollback` return true, or false when no transaction is open; then they change
  nothing. Changes made while none is open are kept at once.
- Keys and values are any strings; the empty string is a value like any other. A new store is empty
  and has no open transaction.
- There may be any number of transactions inside each other.

**Cost.** Each call takes constant time on average, whatever the number of keys and however many
transactions are open; what a `rollback` costs may be charged to the writes that it undoes. Memory
may grow with the number of keys and of the writes since the outermost open `begin`.
]==],

  examples = {
    {
      new = {},
      calls = { { "set", "posting", "all" }, { "begin" }, { "set", "posting", "members" },
                { "count", "all" }, { "rollback" }, { "get", "posting" }, { "rollback" } },
      result = { nil, nil, nil, 0, true, "all", false },
      note = "The only transaction is undone; the second rollback finds none that is open.",
    },
    {
      new = {},
      calls = { { "begin" }, { "set", "links", "held" }, { "begin" }, { "remove", "links" },
                { "get", "links" }, { "commit" }, { "get", "links" }, { "rollback" },
                { "get", "links" } },
      result = { nil, nil, nil, true, nil, true, nil, true, nil },
      note = "The inner transaction hands its removal to the outer one. The rollback then undoes "
        .. "the outer one: `links` was never set.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- A quarter each: keys are set, each in a transaction of its own inside the others; the first
    -- key is read; all transactions but one are committed; the rest are reads, then a rollback.
    input = function(n)
      local calls = {}
      for i = 1, n // 8 do
        calls[#calls + 1] = { "begin" }
        calls[#calls + 1] = { "set", "k" .. i, "v" .. i % 10 }
      end
      for _ = 1, n // 4 do calls[#calls + 1] = { "get", "k1" } end
      for _ = 1, n // 8 - 1 do
        calls[#calls + 1] = { "commit" }
        calls[#calls + 1] = { "count", "v1" }
      end
      while #calls < n - 1 do calls[#calls + 1] = { "get", "k1" } end
      calls[n] = { "rollback" }
      return { new = {}, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, calls)
      case { name = name, catches = catches, new = {}, calls = calls }
    end
    story("nothing stored, nothing open", nil,
          { { "get", "a" }, { "remove", "a" }, { "count", "x" }, { "commit" }, { "rollback" } })
    story("without transactions", "counts a key twice",
          { { "set", "a", "x" }, { "set", "b", "x" }, { "count", "x" }, { "set", "a", "y" },
            { "count", "x" }, { "remove", "b" }, { "remove", "b" }, { "get", "b" },
            { "count", "x" }, { "get", "a" } })
    story("an old value comes back", nil,
          { { "set", "a", "x" }, { "begin" }, { "set", "a", "y" }, { "get", "a" }, { "rollback" },
            { "get", "a" } })
    story("a new key goes away again", "forgets which keys were new",
          { { "begin" }, { "set", "a", "x" }, { "rollback" }, { "get", "a" }, { "remove", "a" } })
    story("removed, and back again", nil,
          { { "set", "a", "x" }, { "begin" }, { "remove", "a" }, { "rollback" }, { "get", "a" } })
    story("a key removed in a transaction is gone", "a removal lets the value below shine through",
          { { "set", "a", "x" }, { "begin" }, { "remove", "a" }, { "get", "a" }, { "remove", "a" },
            { "commit" }, { "get", "a" } })
    story("set twice in one transaction", "undoes from the oldest write on",
          { { "set", "a", "x" }, { "begin" }, { "set", "a", "y" }, { "set", "a", "z" },
            { "rollback" }, { "get", "a" } })
    story("removed and set in one transaction", "undoes from the oldest write on",
          { { "set", "a", "x" }, { "begin" }, { "remove", "a" }, { "set", "a", "y" },
            { "remove", "a" }, { "rollback" }, { "get", "a" } })
    story("the inner one is committed, the outer one rolled back", "an inner commit is final",
          { { "set", "a", "x" }, { "begin" }, { "begin" }, { "set", "a", "y" }, { "commit" },
            { "get", "a" }, { "rollback" }, { "get", "a" }, { "rollback" } })
    story("one key in both, all undone", "an inner commit covers older values",
          { { "set", "a", "x" }, { "begin" }, { "set", "a", "y" }, { "begin" }, { "set", "a", "z" },
            { "commit" }, { "get", "a" }, { "rollback" }, { "get", "a" } })
    story("the inner one is rolled back, the outer one goes on", "a rollback undoes everything",
          { { "begin" }, { "set", "a", "x" }, { "begin" }, { "set", "a", "y" }, { "rollback" },
            { "get", "a" }, { "commit" }, { "get", "a" }, { "commit" } })
    story("counts go back too", "counts are not undone",
          { { "set", "a", "x" }, { "set", "b", "x" }, { "begin" }, { "set", "a", "y" },
            { "set", "c", "x" }, { "count", "x" }, { "count", "y" }, { "rollback" },
            { "count", "x" }, { "count", "y" } })
    story("set to the value it has", "counts a key twice",
          { { "set", "a", "x" }, { "set", "a", "x" }, { "count", "x" }, { "begin" },
            { "set", "a", "x" }, { "count", "x" }, { "rollback" }, { "count", "x" } })
    story("the empty string is a value", "takes an empty value for none",
          { { "set", "", "" }, { "get", "" }, { "count", "" }, { "begin" }, { "set", "", "x" },
            { "rollback" }, { "get", "" }, { "count", "" }, { "remove", "" } })
    story("empty transactions", nil,
          { { "set", "a", "x" }, { "begin" }, { "begin" }, { "commit" }, { "rollback" },
            { "get", "a" }, { "begin" }, { "commit" }, { "commit" }, { "get", "a" } })
    story("a second transaction after the first", nil,
          { { "begin" }, { "set", "a", "x" }, { "commit" }, { "begin" }, { "set", "b", "y" },
            { "rollback" }, { "get", "a" }, { "get", "b" }, { "rollback" }, { "get", "a" } })
    for i = 1, 4 do story("random " .. i, nil, traffic(70, 4, 3, 5, rand)) end
    story("5000 calls, few keys", nil, traffic(5000, 8, 4, 6, rand))
    story("8000 calls, many keys", nil, traffic(8000, 500, 40, 12, rand))
  end,

  compare = "exact",
  pitfalls = {
    ["a rollback undoes everything"] = "`rollback` closes the innermost transaction alone. What "
      .. "was written before its `begin` stays, in the outer transaction as well.",
    ["an inner commit covers older values"] = "Both transactions wrote the key, and each kept what it "
      .. "found. The outer one must undo to what it found itself, which is the older of the two: join "
      .. "the inner log behind the outer one, and let no inner entry replace an outer one.",
  },

  -- Keeps a whole copy of the store for each open transaction, as a plain list of pairs.
  oracle = function(case)
    local pairs_now, saved, result = {}, {}, {}
    local function copy(list)
      local same = {}
      for i, pair in ipairs(list) do same[i] = { pair[1], pair[2] } end
      return same
    end
    local function place_of(key)
      for i, pair in ipairs(pairs_now) do
        if pair[1] == key then return i end
      end
    end
    for i, call in ipairs(case.calls) do
      local what, key, value = call[1], call[2], call[3]
      local at = key and place_of(key)
      if what == "set" then
        pairs_now[at or #pairs_now + 1] = { key, value }
      elseif what == "get" then
        result[i] = at and pairs_now[at][2] or nil
      elseif what == "remove" then
        if at then table.remove(pairs_now, at) end
        result[i] = at ~= nil
      elseif what == "count" then
        result[i] = 0
        for _, pair in ipairs(pairs_now) do
          if pair[2] == key then result[i] = result[i] + 1 end
        end
      elseif what == "begin" then
        saved[#saved + 1] = copy(pairs_now)
      else
        local copied = table.remove(saved)
        if copied and what == "rollback" then pairs_now = copied end
        result[i] = copied ~= nil
      end
    end
    return result
  end,

  reference = {
    lua = one_log,
    python = [==[
from collections import Counter


# The values are always up to date; the log says how to undo each write, newest last.
class ConfigStore:
    def __init__(self):
        self.values = {}
        self.keys_with = Counter()
        self.log = []  # (key, what it held before the write, None for nothing)
        self.marks = []  # for each open transaction the length of the log at its begin

    def _write(self, key, value):
        old = self.values.pop(key, None)
        if old is not None:
            self.keys_with[old] -= 1
        if value is not None:
            self.keys_with[value] += 1
            self.values[key] = value

    def _remember(self, key):
        if self.marks:
            self.log.append((key, self.values.get(key)))

    def set(self, key, value):
        self._remember(key)
        self._write(key, value)

    def get(self, key):
        return self.values.get(key)

    def remove(self, key):
        if key not in self.values:
            return False
        self._remember(key)
        self._write(key, None)
        return True

    def count(self, value):
        return self.keys_with[value]

    def begin(self):
        self.marks.append(len(self.log))

    def commit(self):
        if not self.marks:
            return False
        self.marks.pop()
        if not self.marks:
            self.log.clear()
        return True

    def rollback(self):
        if not self.marks:
            return False
        mark = self.marks.pop()
        while len(self.log) > mark:
            self._write(*self.log.pop())
        return True
]==],
    cpp = [==[
// The store is always up to date; one log holds what each write replaced, and for each open
// transaction `marks` says how long the log was when it began.
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

class ConfigStore {
 public:
  void set(const std::string& key, const std::string& value) {
    remember(key);
    write(key, value);
  }

  std::optional<std::string> get(const std::string& key) const {
    auto found = values_.find(key);
    if (found == values_.end()) return std::nullopt;
    return found->second;
  }

  bool remove(const std::string& key) {
    if (!values_.contains(key)) return false;
    remember(key);
    write(key, std::nullopt);
    return true;
  }

  long long count(const std::string& value) const {
    auto found = keys_with_.find(value);
    return found == keys_with_.end() ? 0 : found->second;
  }

  void begin() { marks_.push_back(log_.size()); }

  bool commit() {
    if (marks_.empty()) return false;
    marks_.pop_back();
    if (marks_.empty()) log_.clear();
    return true;
  }

  bool rollback() {
    if (marks_.empty()) return false;
    for (; log_.size() > marks_.back(); log_.pop_back())
      write(log_.back().first, log_.back().second);
    marks_.pop_back();
    return true;
  }

 private:
  using Maybe = std::optional<std::string>;

  void remember(const std::string& key) {
    if (!marks_.empty()) log_.emplace_back(key, get(key));
  }

  void write(const std::string& key, const Maybe& value) {
    if (auto old = values_.find(key); old != values_.end()) {
      if (--keys_with_[old->second] == 0) keys_with_.erase(old->second);
      values_.erase(old);
    }
    if (!value) return;
    values_.emplace(key, *value);
    ++keys_with_[*value];
  }

  std::unordered_map<std::string, std::string> values_;
  std::unordered_map<std::string, long long> keys_with_;
  std::vector<std::pair<std::string, Maybe>> log_;
  std::vector<std::size_t> marks_;
};
]==],
  },

  wrong = {
    {
      name = "forgets which keys were new",
      language = "lua",
      verdict = "WA",
      case = "a new key goes away again",
      why = "What was there before a write is kept in a table by key. A new key had nothing, and "
        .. "a `nil` in a table leaves no trace, so the rollback does not know of it. Absence must "
        .. "be written down too.",
      code = changed(one_log, "if #self.marks > 0 then",
                     "if #self.marks > 0 and self.values[key] ~= nil then"),
    },
    {
      name = "a removal lets the value below shine through",
      language = "lua",
      verdict = "WA",
      case = "a key removed in a transaction is gone",
      why = "Each transaction has a layer of changes, and removing a key takes it out of the top "
        .. "layer. A read then goes down and finds the value of the layer below. The layer needs a "
        .. "mark that says: removed here.",
      code = changed(layers, "self.layers[#self.layers][key] = REMOVED",
                     "self.layers[#self.layers][key] = nil"),
    },
    {
      name = "undoes from the oldest write on",
      language = "lua",
      verdict = "WA",
      case = "set twice in one transaction",
      why = "The log is played from its old end. A key that was written twice gets its first value "
        .. "back and then the second. Undoing goes from the newest write to the oldest.",
      code = changed(one_log,
                     "    self:write(self.log[i].key, self.log[i].old)\n    self.log[i] = nil\n",
                     "    local oldest = table.remove(self.log, mark + 1)\n"
                       .. "    self:write(oldest.key, oldest.old)\n"),
    },
    {
      name = "an inner commit is final",
      language = "lua",
      verdict = "WA",
      case = "the inner one is committed, the outer one rolled back",
      why = "Committing throws away what is needed to undo. Inside another transaction that is too "
        .. "early: the outer one may still be rolled back, and the inner changes with it.",
      code = changed(one_log, "  if #self.marks == 0 then self.log = {} end\n",
                     "  self.log = {}\n  for i = 1, #self.marks do self.marks[i] = 0 end\n"),
    },
    {
      name = "counts are not undone",
      language = "lua",
      verdict = "WA",
      case = "counts go back too",
      why = "`rollback` puts the values back directly and leaves the counts per value as they are. "
        .. "Let all changes, undoing included, go through one function that keeps both in step.",
      code = changed(one_log, "self:write(self.log[i].key, self.log[i].old)",
                     "self.values[self.log[i].key] = self.log[i].old"),
    },
    {
      name = "counts a key twice",
      language = "lua",
      verdict = "WA",
      case = "without transactions",
      why = "`set` raises the count of the new value and does not lower that of the value it "
        .. "replaces.",
      code = changed(one_log, "  if old then keys_with[old]",
                     "  if old and not value then keys_with[old]"),
    },
    {
      name = "takes an empty value for none",
      language = "python",
      verdict = "WA",
      case = "the empty string is a value",
      why = "`or None` and `if old:` treat the empty string as absent. Ask whether it `is None`.",
      code = [==[
class ConfigStore:
    def __init__(self):
        self.values, self.log, self.marks = {}, [], []

    def _write(self, key, value):
        if value:
            self.values[key] = value
        else:
            self.values.pop(key, None)

    def set(self, key, value):
        self.log.append((key, self.values.get(key)))
        self._write(key, value)

    def get(self, key):
        return self.values.get(key) or None

    def remove(self, key):
        there = key in self.values
        if there:
            self.log.append((key, self.values[key]))
            self._write(key, None)
        return there

    def count(self, value):
        return sum(1 for held in self.values.values() if held == value)

    def begin(self):
        self.marks.append(len(self.log))

    def commit(self):
        if not self.marks:
            return False
        self.marks.pop()
        return True

    def rollback(self):
        if not self.marks:
            return False
        mark = self.marks.pop()
        while len(self.log) > mark:
            self._write(*self.log.pop())
        return True
]==],
    },
    {
      name = "copies the store at each begin",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "`begin` keeps a copy of the whole store. Rolling back is then a matter of one line, "
        .. "but opening a transaction costs as much as there are keys, whether it writes or not.",
      code = [==[
ConfigStore = {}
ConfigStore.__index = ConfigStore

local function copy(map)
  local same = {}
  for key, value in pairs(map) do same[key] = value end
  return same
end

function ConfigStore.new()
  return setmetatable({ values = {}, keys_with = {}, saved = {} }, ConfigStore)
end

function ConfigStore:write(key, value)
  local old = self.values[key]
  if old then self.keys_with[old] = self.keys_with[old] - 1 end
  if value then self.keys_with[value] = (self.keys_with[value] or 0) + 1 end
  self.values[key] = value
end

ConfigStore.set = ConfigStore.write

function ConfigStore:get(key)
  return self.values[key]
end

function ConfigStore:remove(key)
  local there = self.values[key] ~= nil
  self:write(key, nil)
  return there
end

function ConfigStore:count(value)
  return self.keys_with[value] or 0
end

function ConfigStore:begin()
  self.saved[#self.saved + 1] = { copy(self.values), copy(self.keys_with) }
end

function ConfigStore:commit()
  return table.remove(self.saved) ~= nil
end

function ConfigStore:rollback()
  local saved = table.remove(self.saved)
  if not saved then return false end
  self.values, self.keys_with = saved[1], saved[2]
  return true
end
]==],
    },
    {
      name = "reads down through all layers",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "One layer of changes for each open transaction is right, but a read of a key that was "
        .. "written far below passes all layers above it, and a change is copied once for every "
        .. "commit around it.",
      code = layers,
    },
  },

  hints = {
    { text = "Most transactions touch a handful of keys. What is the least you must remember so "
        .. "that one write can be undone?", cost_min = 2 },
    { text = "Let the store always be up to date and write down, before each change, the key and "
        .. "what it held, or that it held nothing. In which order must these notes be played back?",
      cost_min = 4 },
    { text = "One log for all transactions is enough. `begin` pushes the log's length on a stack. "
        .. "`rollback` pops it and undoes from the end of the log down to that length. `commit` "
        .. "pops it and leaves the log alone, unless it was the last one: then clear the log.",
      cost_min = 6 },
  },

  follow_ups = {
    { ask = "A transaction sets one key a million times. Your log has a million entries.",
      answer = "Only the first write to a key in a transaction needs a note. Keep with each key the "
        .. "number of the transaction that noted it last and skip the rest. When an inner "
        .. "transaction commits there may be two notes for a key, which is harmless: undoing from "
        .. "the end, the older one is played last and wins." },
    { ask = "Many readers while a transaction is open, and they must not see its changes.",
      answer = "Then changes in place are wrong for them. Keep versions per key with a commit "
        .. "number, let each reader read as of the number at its start, and drop versions that no "
        .. "reader can see any more." },
    { ask = "The process may die at any moment. What must be on disk, and when?",
      answer = "A log with the new values and a commit mark, flushed before `commit` returns; at "
        .. "the start, replay what has its mark. If changes reach the disk before their commit, "
        .. "the old values must be logged first as well, so that they can be undone." },
    { ask = "Compare with a layer of changes per transaction.",
      answer = "Layers make rollback O(1): drop the layer. Reads cost the depth, and commit copies "
        .. "the layer into the one below. With shallow nesting that is fine; merging the smaller "
        .. "layer into the larger keeps deep ones at O(log n) a change." },
    { ask = "Two transactions at the same time, neither inside the other?",
      answer = "One undo log cannot serve both: they would undo each other's writes. They need "
        .. "locks per key, or versions and a check at commit that no key they read has changed." },
  },

  explain = [==[
**Invariant.** `values` and `keys_with` describe the store as all reads must see it. Undoing the
entries of the log from the last one down to position `m + 1` gives the store as it was when the log
had `m` entries. `marks` holds that number for each open transaction, outermost first.

**Why it holds.** While a transaction is open, every write appends what it replaced before it
replaces it, absence included, so undoing the last entry undoes the last write. By induction,
undoing down to `m` restores the state at length `m`. A commit inside another transaction only
forgets a position in between; the entries stay and belong to the outer one from now on. When the
outermost transaction commits nobody can go back any more, and the log is dropped.

**Cost.** A read is one look-up. A write is one entry and one change. An entry is undone at most
once, so `rollback` costs O(1) for each write that it undoes; `begin` and `commit` are O(1), the
dropping of the log aside, which is paid for in the same way.

**Usual mistakes**

- *No note for a new key.* In Lua a `nil` in a table is no entry, in Python `None` may look like a
  value. Say which of the two a missing note means.
- *A removal as a hole in a layer.* A read falls through it to the old value.
- *The wrong order.* The oldest note for a key must be played last.
- *A commit that is final inside another transaction.*
- *Two structures, one undone.* Whatever is derived from the values has to change with them, in one
  place.
- *Copying.* It is the shortest answer and costs O(keys) per `begin`.
]==],
}
