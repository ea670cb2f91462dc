-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Feature values by key and version of the feature's code, with a time to live. The drill is about
-- what a model may be served: never code newer than it was trained on, and never a stale value,
-- where staleness is counted from the time the value describes and not from any read or arrival.

-- The reference. Most wrong answers are this text with one thing changed.
local sorted_versions = [==[
-- Per key the versions in ascending order, which is the order in which they appear, and what is
-- held for each. A read searches the order and then judges a single value.
FeatureStore = {}
FeatureStore.__index = FeatureStore

function FeatureStore.new(ttl_s)
  return setmetatable({ ttl_s = ttl_s, features = {} }, FeatureStore)
end

function FeatureStore:put(key, version, value, as_of_s)
  local feature = self.features[key]
  if not feature then
    feature = { versions = {}, held = {} }
    self.features[key] = feature
  end
  local held = feature.held[version]
  if not held then
    feature.versions[#feature.versions + 1] = version
    feature.held[version] = { value = value, as_of_s = as_of_s }
  elseif as_of_s >= held.as_of_s then
    held.value, held.as_of_s = value, as_of_s
  end
end

function FeatureStore:get(key, version, now_s)
  local feature = self.features[key]
  if not feature then return nil end
  local low, high = 0, #feature.versions
  while low < high do
    local middle = (low + high + 1) // 2
    if feature.versions[middle] <= version then low = middle else high = middle - 1 end
  end
  local held = feature.held[feature.versions[low]]
  if held and now_s < held.as_of_s + self.ttl_s then return held.value end
  return nil
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

local binary_search = [==[
  local low, high = 0, #feature.versions
  while low < high do
    local middle = (low + high + 1) // 2
    if feature.versions[middle] <= version then low = middle else high = middle - 1 end
  end
]==]

-- `n` calls on `keys` keys with up to `most` versions each. Refreshes come late by up to `late`
-- seconds, and versions are asked for at, below and above those that exist.
local function traffic(n, keys, most, late, rand)
  local calls, now, versions = {}, 1000, {}
  for key = 1, keys do versions[key] = {} end
  for i = 1, n do
    now = now + rand(0, 3)
    local key = rand(1, keys)
    local there = versions[key]
    local top = there[#there] or 0
    if rand(1, 2) == 1 then
      if #there == 0 or (#there < most and rand(1, 3) == 1) then
        there[#there + 1] = top + rand(1, 2)
        calls[i] = { "put", "f" .. key, there[#there], "v" .. i, now - rand(0, late) }
      else
        calls[i] = { "put", "f" .. key, rand.pick(there), "v" .. i, now - rand(0, late) }
      end
    else
      calls[i] = { "get", "f" .. key, rand(0, top + 2), now }
    end
  end
  return calls
end

return drill {
  id = "versioned-features",
  title = "A feature for every model's vintage",
  category = "pipelines",
  level = "medium",
  minutes = 25,
  covers = { "S05-C05", "S05-C04", "S01-C09" },
  signature = [[
    class FeatureStore(ttl_s: int)
      put(key: string, version: int, value: string, as_of_s: int)
      get(key: string, version: int, now_s: int) -> string?
  ]],

  statement = [==[
The ranking models of a feed read features such as `ann:clicks_7d` from an online store. The code
that computes a feature has a version number, and several models are in service at once, each
trained on the output of another version. A model must never be served what newer code computed. It
may be served what older code computed, if nothing newer was allowed.

Write a store `FeatureStore(ttl_s)` with

- `put(key, version, value, as_of_s)`: code of version `version` says that the feature `key` had
  this value at the time `as_of_s`;
- `get(key, version, now_s)`: the value for a model that was trained on `version`, or nothing
  (`nil`, `None`).

**Which value**

1. Of all versions that were ever put for the key, `get` takes the greatest one that is not greater
   than the version asked for. There may be none: then the answer is nothing.
2. Each version of a key holds one value: the one with the greatest `as_of_s`, and of equal ones the
   one that was put last. A value that arrives with an older `as_of_s` than the one held changes
   nothing.
3. That value is served while `now_s < as_of_s + ttl_s`, and afterwards nothing is. A lower version
   is **not** taken in its place.

**Conventions**

- `ttl_s ≥ 1`. Versions are whole numbers of 0 or more, and may have gaps.
- For each key, versions appear in ascending order: the first `put` of a version comes after the
  first `put` of all lower ones. Any version may be put again later, also while higher ones exist.
- Times are whole seconds, handed in. `now_s` is never earlier than any `as_of_s` put before.
- Reading changes nothing. Keys and values are any strings.

**Cost.** A call may take O(log v) time for `v` versions of its key. Memory may grow with the number
of different pairs of key and version.
]==],

  examples = {
    {
      new = { 60 },
      calls = { { "put", "ann", 1, "a", 100 }, { "put", "ann", 3, "b", 110 },
                { "get", "ann", 2, 120 }, { "get", "ann", 3, 120 }, { "get", "ann", 9, 120 },
                { "get", "ann", 0, 120 }, { "get", "bob", 3, 120 } },
      result = { nil, nil, "a", "b", "b", nil, nil },
      note = "A model trained on version 2 gets version 1, the greatest that it may read.",
    },
    {
      new = { 60 },
      calls = { { "put", "ann", 1, "a", 100 }, { "put", "ann", 2, "b", 100 },
                { "put", "ann", 1, "c", 150 }, { "get", "ann", 1, 159 }, { "get", "ann", 2, 159 },
                { "get", "ann", 2, 160 }, { "get", "ann", 1, 160 } },
      result = { nil, nil, nil, "c", "b", nil, "c" },
      note = "At 160 the value of version 2 is too old. Version 1 is fresh, but a model of "
        .. "version 2 does not get it.",
    },
    {
      new = { 60 },
      calls = { { "put", "ann", 1, "late news", 130 }, { "put", "ann", 1, "old news", 120 },
                { "get", "ann", 1, 185 } },
      result = { nil, nil, "late news" },
      note = "The second put describes an earlier time and changes nothing. With it, the value "
        .. "would have died at 180.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- One key with n/2 versions, and models of every vintage that read it.
    input = function(n, rand)
      local calls = {}
      for i = 1, n // 2 do calls[i] = { "put", "f", 2 * i, "v", i } end
      for i = n // 2 + 1, n do calls[i] = { "get", "f", rand(0, n), n } end
      return { new = { 100000 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, ttl_s, calls)
      case { name = name, catches = catches, new = { ttl_s }, calls = calls }
    end
    story("nothing was ever put", nil, 10, { { "get", "f", 1, 0 }, { "get", "", 0, 5 } })
    story("an older model asks", "reads the newest version", 100,
          { { "put", "f", 1, "a", 10 }, { "put", "f", 2, "b", 11 }, { "get", "f", 1, 20 },
            { "get", "f", 2, 20 } })
    story("older than every version", "reads the newest version", 100,
          { { "put", "f", 5, "a", 10 }, { "get", "f", 4, 20 }, { "get", "f", 5, 20 } })
    story("a version between two others", "asks for that very version", 100,
          { { "put", "f", 1, "a", 10 }, { "put", "f", 5, "b", 10 }, { "get", "f", 4, 20 } })
    story("newer than every version", "asks for that very version", 100,
          { { "put", "f", 1, "a", 10 }, { "get", "f", 1000000000, 20 } })
    story("read again and again", "a read keeps it alive", 10,
          { { "put", "f", 1, "a", 0 }, { "get", "f", 1, 6 }, { "get", "f", 1, 9 },
            { "get", "f", 1, 12 } })
    story("the last second", "served at the deadline", 10,
          { { "put", "f", 1, "a", 5 }, { "get", "f", 1, 14 }, { "get", "f", 1, 15 } })
    story("a life of one second", "served at the deadline", 1,
          { { "put", "f", 1, "a", 5 }, { "get", "f", 1, 5 }, { "get", "f", 1, 6 } })
    story("the greatest allowed is stale", "falls back to an older version", 10,
          { { "put", "f", 1, "a", 9 }, { "put", "f", 2, "b", 1 }, { "get", "f", 1, 12 },
            { "get", "f", 2, 12 } })
    story("a value arrives late", "the last to arrive wins", 10,
          { { "put", "f", 1, "new", 8 }, { "put", "f", 1, "old", 3 }, { "get", "f", 1, 9 },
            { "get", "f", 1, 15 } })
    story("the same time twice", "the first of equal times stays", 10,
          { { "put", "f", 1, "first", 8 }, { "put", "f", 1, "second", 8 }, { "get", "f", 1, 9 } })
    story("an old version is refreshed", "reads what was put last", 100,
          { { "put", "f", 1, "a", 0 }, { "put", "f", 2, "b", 1 }, { "put", "f", 1, "c", 5 },
            { "get", "f", 2, 6 }, { "get", "f", 1, 6 } })
    story("two keys", nil, 100,
          { { "put", "f", 1, "a", 0 }, { "put", "g", 2, "b", 0 }, { "get", "f", 2, 1 },
            { "get", "g", 1, 1 }, { "get", "g", 2, 1 } })
    story("version zero and an empty value", nil, 100,
          { { "put", "", 0, "", 0 }, { "get", "", 0, 1 }, { "get", "", 3, 99 } })
    for i = 1, 4 do
      case { name = "random " .. i, new = { rand(5, 30) }, calls = traffic(60, 2, 4, 20, rand) }
    end
    case { name = "4000 calls, few keys", new = { 60 }, calls = traffic(4000, 12, 8, 90, rand) }
    case { name = "8000 calls, many keys", new = { 900 },
           calls = traffic(8000, 400, 5, 300, rand) }
  end,

  compare = "exact",

  -- Looks through all puts so far, twice: for the version, then for its value.
  oracle = function(case)
    local puts, result = {}, {}
    for i, call in ipairs(case.calls) do
      if call[1] == "put" then
        puts[#puts + 1] = call
      else
        local _, key, asked, now_s = table.unpack(call)
        local version, best
        for _, put in ipairs(puts) do
          if put[2] == key and put[3] <= asked then version = math.max(version or 0, put[3]) end
        end
        for _, put in ipairs(puts) do
          if put[2] == key and put[3] == version and (not best or put[5] >= best[5]) then
            best = put
          end
        end
        if best and now_s - best[5] < case.new[1] then result[i] = best[4] end
      end
    end
    return result
  end,

  reference = {
    lua = sorted_versions,
    python = [==[
from bisect import bisect_right


class FeatureStore:
    def __init__(self, ttl_s):
        self.ttl_s = ttl_s
        self.versions = {}  # key -> its versions, ascending because they appear in that order
        self.held = {}  # (key, version) -> (as_of_s, value)

    def put(self, key, version, value, as_of_s):
        held = self.held.get((key, version))
        if held is None:
            self.versions.setdefault(key, []).append(version)
        elif as_of_s < held[0]:
            return
        self.held[key, version] = (as_of_s, value)

    def get(self, key, version, now_s):
        versions = self.versions.get(key, [])
        at = bisect_right(versions, version)
        if at == 0:
            return None
        as_of_s, value = self.held[key, versions[at - 1]]
        return value if now_s < as_of_s + self.ttl_s else None
]==],
    cpp = [==[
// A sorted map of versions per key: the entry before the first greater version is the one to judge.
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

class FeatureStore {
 public:
  explicit FeatureStore(long long ttl_s) : ttl_s_(ttl_s) {}

  void put(const std::string& key, long long version, const std::string& value,
           long long as_of_s) {
    auto [place, is_new] = features_[key].try_emplace(version, Held{value, as_of_s});
    if (!is_new && as_of_s >= place->second.as_of_s) place->second = {value, as_of_s};
  }

  std::optional<std::string> get(const std::string& key, long long version,
                                 long long now_s) const {
    auto feature = features_.find(key);
    if (feature == features_.end()) return std::nullopt;
    auto above = feature->second.upper_bound(version);
    if (above == feature->second.begin()) return std::nullopt;
    const Held& held = std::prev(above)->second;
    if (now_s >= held.as_of_s + ttl_s_) return std::nullopt;
    return held.value;
  }

 private:
  struct Held {
    std::string value;
    long long as_of_s;
  };
  long long ttl_s_;
  std::unordered_map<std::string, std::map<long long, Held>> features_;
};
]==],
  },

  wrong = {
    {
      name = "reads the newest version",
      language = "lua",
      verdict = "WA",
      case = "an older model asks",
      why = "The store answers with the newest version there is. A model trained on older code "
        .. "then gets numbers that mean something else, and nobody sees an error.",
      code = changed(sorted_versions, binary_search, "  local low = #feature.versions\n"),
    },
    {
      name = "asks for that very version",
      language = "lua",
      verdict = "WA",
      case = "a version between two others",
      why = "Only the exact version is looked up. Not every feature changes with every release; "
        .. "the greatest version that is not above the one asked for is due.",
      code = changed(changed(sorted_versions, binary_search, ""),
                     "feature.held[feature.versions[low]]", "feature.held[version]"),
    },
    {
      name = "served at the deadline",
      language = "lua",
      verdict = "WA",
      case = "the last second",
      why = "A value lives while now < as_of + ttl. At as_of + ttl it is gone.",
      code = changed(sorted_versions, "if held and now_s < held", "if held and now_s <= held"),
    },
    {
      name = "a read keeps it alive",
      language = "lua",
      verdict = "WA",
      case = "read again and again",
      why = "The life is renewed by each read, as a cache would do to keep hot entries. A popular "
        .. "feature whose pipeline has died is then served for ever. Staleness counts from "
        .. "as_of_s.",
      code = changed(sorted_versions, "then return held.value end",
                     "then\n    held.as_of_s = now_s\n    return held.value\n  end"),
    },
    {
      name = "falls back to an older version",
      language = "lua",
      verdict = "WA",
      case = "the greatest allowed is stale",
      why = "When the value is stale, the search goes on among lower versions. The model then "
        .. "sees two definitions of one feature, switching with the load of a pipeline. Nothing is "
        .. "due, and the model's default for a missing value.",
      code = changed(sorted_versions, [==[
  local held = feature.held[feature.versions[low]]
  if held and now_s < held.as_of_s + self.ttl_s then return held.value end
  return nil]==], [==[
  for i = low, 1, -1 do
    local held = feature.held[feature.versions[i]]
    if now_s < held.as_of_s + self.ttl_s then return held.value end
  end
  return nil]==]),
    },
    {
      name = "the last to arrive wins",
      language = "lua",
      verdict = "WA",
      case = "a value arrives late",
      why = "Each put overwrites. A retried or delayed write then replaces a fresh value by an old "
        .. "one. Compare as_of_s first.",
      code = changed(sorted_versions, "elseif as_of_s >= held.as_of_s then", "else"),
    },
    {
      name = "the first of equal times stays",
      language = "lua",
      verdict = "WA",
      case = "the same time twice",
      why = "Of two values for the same time the one put last is due: it is the correction.",
      code = changed(sorted_versions, "as_of_s >= held.as_of_s", "as_of_s > held.as_of_s"),
    },
    {
      name = "reads what was put last",
      language = "lua",
      verdict = "WA",
      case = "an old version is refreshed",
      why = "Each put is appended to a history, and the last allowed one in it is read. When an "
        .. "old version is refreshed for the models that still use it, newer models get it as "
        .. "well.",
      code = [==[
FeatureStore = {}
FeatureStore.__index = FeatureStore

function FeatureStore.new(ttl_s)
  return setmetatable({ ttl_s = ttl_s, held = {}, order = {} }, FeatureStore)
end

function FeatureStore:put(key, version, value, as_of_s)
  local held = self.held[key] or {}
  self.held[key] = held
  local old = held[version]
  if old and as_of_s < old.as_of_s then return end
  held[version] = { value = value, as_of_s = as_of_s }
  local order = self.order[key] or {}
  self.order[key] = order
  for i = #order, 1, -1 do
    if order[i] == version then table.remove(order, i) end
  end
  order[#order + 1] = version
end

function FeatureStore:get(key, version, now_s)
  local order = self.order[key] or {}
  for i = #order, 1, -1 do
    if order[i] <= version then
      local held = self.held[key][order[i]]
      if now_s < held.as_of_s + self.ttl_s then return held.value end
      return nil
    end
  end
  return nil
end
]==],
    },
    {
      name = "looks at every version",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The versions are searched one after the other, which costs O(v) a read. They are in "
        .. "order, so the place can be found by halving.",
      code = changed(sorted_versions, binary_search, [==[
  local low = #feature.versions
  while low > 0 and feature.versions[low] > version do low = low - 1 end
]==]),
    },
  },

  hints = {
    { text = "There are two questions in a read: which version answers, and is its value still "
        .. "good? Keep them apart; the second must not change the answer to the first.",
      cost_min = 2 },
    { text = "Versions of a key appear in ascending order, so a list of them is sorted for free. A "
        .. "refresh does not change the list.", cost_min = 3 },
    { text = "Per key: a list of versions, and a map from version to (value, as_of). put appends a "
        .. "new version, or replaces the pair if as_of is not older. get finds the last version "
        .. "<= the one asked for by binary search, then tests now < as_of + ttl.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "What should the model do when it gets nothing?",
      answer = "What it did in training: a missing indicator with a default, and a counter on how "
        .. "often it happens. Training rows must have been built with the same rule, otherwise the "
        .. "model has never seen the missing value it now gets." },
    { ask = "Versions may appear in any order, after a backfill of an old one.",
      answer = "Use a balanced tree or a sorted map, O(log v) for both calls. A sorted list with "
        .. "insertion is fine too while a key has a handful of versions, which is the rule." },
    { ask = "When may an old version be deleted?",
      answer = "When no model in service or in the rollback window reads it. The registry knows "
        .. "which version each model was trained on: take the least of them, and for each key keep "
        .. "the greatest version not above it and all higher ones." },
    { ask = "Why not count the time to live from the write?",
      answer = "A queue that is three hours behind writes values that are three hours old. Counted "
        .. "from the write they look fresh. Staleness is now minus the time the value describes." },
    { ask = "How do you build training rows from this store?",
      answer = "Not from this one: it forgets. Keep the history offline with both times, what the "
        .. "value describes and when it arrived, and join as of each event with the same version "
        .. "rule and the same time to live." },
  },

  explain = [==[
**Invariant.** For each key, `versions` lists all versions that were put, ascending, and `held` has
for each of them the value with the greatest `as_of_s`, the last put one of equals.

**Why it holds.** A new version is greater than all before it, so appending keeps the order. A
repeated `put` touches only its own version's value, and only if its time is not older, which is the
rule for a maximum taken one element at a time. `get` finds the last version not above the one asked
for, and judges that single value by the clock. Reading writes nothing.

**Cost.** O(1) for `put`, O(log v) for `get`, one pair for each key and version.

**Usual mistakes**

- *Newest wins.* Right for a cache, wrong for a model that is tied to what it was trained on. This
  is training-serving skew made by the store.
- *Falling back when stale.* It looks kind. It mixes two definitions of one feature in one model's
  input, and hides that a pipeline has stopped.
- *Renewing on read.* The more a dead feature is read, the longer it lives.
- *Overwriting by arrival.* Retries and slow partitions deliver old values late.
- *The edge.* `now < as_of + ttl`; try a life of one second.
]==],
}
