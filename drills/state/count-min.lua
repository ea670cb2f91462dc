-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Counts of more keys than fit into memory, never too small and seldom much too large. The drill is
-- about independent rows: each errs upwards, in places of its own, and the smallest is believed.
-- Any answer that keeps the promise is right, so answers are judged by the promise.

-- The reference. Several wrong answers are this text with one thing changed.
local rows_of_counters = [==[
-- `depth` rows of `width` counters. A key has one counter in each row, chosen by a hash of that row's
-- own; others share it, so it holds at least the key's count. In one row the expected excess is at
-- most N / width, so it exceeds e times that with probability 1/e at most, in all rows with e^-depth.
CountMin = {}
CountMin.__index = CountMin

function CountMin.new(epsilon, delta)
  local width = math.ceil(math.exp(1) / epsilon)
  local depth = math.max(1, math.ceil(math.log(1 / delta)))
  local counters = {}
  for i = 1, depth * width do counters[i] = 0 end
  return setmetatable({ width = width, depth = depth, counters = counters }, CountMin)
end

local function hash(key)
  local h = 0xcbf29ce484222325
  for i = 1, #key do h = (h ~ key:byte(i)) * 0x100000001b3 end
  return h
end

-- Every bit of the result depends on every bit of `h`.
local function mixed(h)
  h = (h ~ h >> 30) * 0xbf58476d1ce4e5b9
  h = (h ~ h >> 27) * 0x94d049bb133111eb
  return h ~ h >> 31
end

function CountMin:place(h, row)
  return row * self.width + mixed(h + row * 0x9e3779b97f4a7c15) % self.width + 1
end

function CountMin:add(key, count)
  local h = hash(key)
  for row = 0, self.depth - 1 do
    local place = self:place(h, row)
    self.counters[place] = self.counters[place] + count
  end
end

function CountMin:estimate(key)
  local h, least = hash(key), math.maxinteger
  for row = 0, self.depth - 1 do
    least = math.min(least, self.counters[self:place(h, row)])
  end
  return least
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

local function link(i) return string.format("link%05d", i) end

-- `n` different links whose letters follow no pattern, so that a plain hash will do.
local function shortened(n, rand)
  local names, taken = {}, {}
  while #names < n do
    local letters = {}
    for i = 1, 10 do letters[i] = string.char(rand(97, 122)) end
    local name = table.concat(letters)
    if not taken[name] then names[#names + 1] = name end
    taken[name] = true
  end
  return names
end

-- Adds `heavy` keys with `weight` each and `light` ones with 1 each, in random order, then asks for
-- the light ones and for `strange` others. With heavy · epsilon a little under 1, an excess over
-- epsilon · N means that heavy keys stand in all places of a light one.
local function heavy_and_light(heavy, weight, light, strange, rand)
  local names, calls = shortened(heavy + light + strange, rand), {}
  for i = 1, heavy + light do calls[i] = { "add", names[i], i <= heavy and weight or 1 } end
  rand.shuffle(calls)
  for i = heavy + 1, #names do calls[#calls + 1] = { "estimate", names[i] } end
  return calls
end

-- `n` calls on `keys` links, of which some come much more often, and at the end a question for each.
local function skewed(n, keys, most, rand)
  local names, calls = shortened(keys, rand), {}
  for i = 1, n do
    local key = names[math.ceil(keys ^ rand.float())]
    calls[i] = rand(1, 10) == 1 and { "estimate", key } or { "add", key, rand(0, most) }
  end
  for _, key in ipairs(names) do calls[#calls + 1] = { "estimate", key } end
  return calls
end

-- The promise of the statement. Of each key the last estimate is judged. Besides the share delta an
-- eighth of the keys and three more may be far off. That is generous on purpose: hashes that are good
-- enough in practice, such as those of tuples in Python, may give rows that are not quite independent.
-- Rows that are copies, or one row only, put 28% of the light keys far off in the cases below.
local function keeps_promise(case, got)
  local epsilon, delta = case.new[1], case.new[2]
  local truth, total, far = {}, 0, {}
  local asked, asked_before = {}, {}
  for i, call in ipairs(case.calls) do
    local key = call[2]
    if call[1] == "add" then
      truth[key] = (truth[key] or 0) + call[3]
      total = total + call[3]
    else
      local excess = got[i] - (truth[key] or 0)
      if excess < 0 or got[i] > total then return false end
      far[key] = excess > epsilon * total
      if not asked_before[key] then
        asked[#asked + 1] = key
        asked_before[key] = true
      end
    end
  end
  local bad, due = 0, delta * #asked
  for _, key in ipairs(asked) do
    if far[key] then bad = bad + 1 end
  end
  return bad <= due + #asked / 8 + 3
end

return drill {
  id = "count-min",
  title = "How often was this link posted?",
  category = "state",
  level = "hard",
  minutes = 30,
  covers = { "S02-C05", "S02-T" },
  signature = [[
    class CountMin(epsilon: float, delta: float)
      add(key: string, count: int)
      estimate(key: string) -> int
  ]],

  statement = [==[
A spam filter wants to know how often a link has been posted. There are far too many different links
to keep a counter for each, and most are posted once. A rough count will do, under two conditions:
it must never be too small, and it should seldom be much too large.

Write `CountMin(epsilon, delta)` with

- `add(key, count)`: `key` was seen `count` times more;
- `estimate(key)`: about how often `key` has been seen.

**Conventions**

- Let `N` be the sum of all counts added so far, over all keys, and `c` what was added for `key`
  (0 if it was never added). Then always `c ≤ estimate(key) ≤ N`.
- For any key, `estimate(key) ≤ c + epsilon · N` with probability `1 - delta` or more. The chance lies
  in your choice of how keys are spread. It must hold for every set of keys and counts that was fixed
  before that choice, for instance when a few keys have nearly all of the counts.
- This is judged over the different keys that a test asks for. Besides the share `delta`, up to an
  eighth of them may be further off, so that neither bad luck nor a middling hash decides.
- Any estimate within these bounds is right, also an exact one, if the memory is kept.
- `0.001 ≤ epsilon ≤ 0.5`, `0.001 ≤ delta ≤ 0.5`. Counts lie between 0 and 10^12, and `N` stays below
  10^15. Keys are any strings.

**Cost.** Memory may grow like `1 / epsilon · log(1 / delta)`, but not with the number of keys nor with
`N`. Each call takes time like `log(1 / delta)`, and whatever it takes to read the key once.
]==],

  examples = {
    {
      new = { 0.01, 0.01 },
      calls = { { "estimate", "a" }, { "add", "a", 3 }, { "add", "b", 1 }, { "add", "a", 2 },
                { "estimate", "a" }, { "estimate", "b" } },
      result = { 0, nil, nil, nil, 5, 1 },
      note = "With two keys the exact counts are likely. For b anything from 1 to 6 keeps the first "
        .. "bound, and 1 alone the second.",
    },
    {
      new = { 0.5, 0.5 },
      calls = { { "add", "a", 10 }, { "add", "b", 20 }, { "add", "c", 30 }, { "estimate", "a" } },
      result = { nil, nil, nil, 10 },
      note = "N is 60, so with probability 1/2 or more the estimate is between 10 and 40. It is never "
        .. "below 10 or above 60.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Each second call brings a new key.
    input = function(n)
      local calls = {}
      for i = 1, n do
        calls[i] = i % 2 == 0 and { "add", link(i), 1 } or { "estimate", link(i // 2) }
      end
      return { new = { 0.05, 0.05 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, epsilon, delta, calls)
      case { name = name, catches = catches, new = { epsilon, delta }, calls = calls }
    end
    story("nothing added", nil, 0.1, 0.1, { { "estimate", "a" }, { "estimate", "" } })
    story("one key", "adds the rows up", 0.1, 0.01,
          { { "add", "a", 1 }, { "estimate", "a" } })
    story("counts larger than one", "counts calls", 0.1, 0.1,
          { { "add", "a", 7 }, { "estimate", "a" }, { "add", "a", 5 }, { "estimate", "a" } })
    story("the least of a row", "the least along a row", 0.1, 0.1,
          { { "add", "a", 4 }, { "add", "b", 9 }, { "estimate", "a" }, { "estimate", "b" } })
    story("a count of zero", nil, 0.1, 0.1,
          { { "add", "a", 0 }, { "estimate", "a" }, { "add", "b", 2 }, { "estimate", "b" } })
    story("the empty key, and keys made of the same letters", nil, 0.01, 0.1,
          { { "add", "", 5 }, { "add", "ab", 6 }, { "add", "ba", 7 }, { "estimate", "" },
            { "estimate", "ab" }, { "estimate", "ba" }, { "estimate", "aa" } })
    story("counts beyond 32 bits", "counters of 32 bits", 0.1, 0.1,
          { { "add", "a", 5000000000 }, { "estimate", "a" }, { "add", "b", 1000000000000 },
            { "add", "a", 3000000000 }, { "estimate", "b" }, { "estimate", "a" } })
    do
      local calls = {}
      for i = 1, 60 do calls[i] = { "add", link(i % 30), i % 7 + 1 } end
      for i = 0, 29 do calls[#calls + 1] = { "estimate", link(i) } end
      story("more keys than counters", "raises only the least counters", 0.5, 0.1, calls)
    end
    story("a few heavy keys", "one place for all rows", 0.01, 0.01,
          heavy_and_light(90, 1000, 600, 0, rand))
    story("a few heavy keys, coarser", "one row", 0.02, 0.005,
          heavy_and_light(45, 2000, 600, 0, rand))
    story("a few heavy keys, finer", "rows that differ by a shift", 0.004, 0.02,
          heavy_and_light(220, 5000, 600, 0, rand))
    story("heavy keys, a few rows", "the mean of the rows", 0.01, 0.05,
          heavy_and_light(32, 100000, 1, 800, rand))
    story("a single row of the least width", "one counter for each epsilon", 0.004, 0.37,
          heavy_and_light(249, 100000, 1, 800, rand))
    story("keys that were never added", "the greatest of the rows", 0.02, 0.01,
          heavy_and_light(45, 1000, 100, 500, rand))
    for i = 1, 3 do
      story("random " .. i, nil, 0.05, 0.05, skewed(60, 15, 9, rand))
    end
    story("a skewed stream", nil, 0.005, 0.01, skewed(3000, 1000, 20, rand))
    story("a skewed stream, very coarse", nil, 0.3, 0.2, skewed(3000, 1000, 20, rand))
    story("a fine sketch", nil, 0.001, 0.001, skewed(3000, 1000, 3, rand))
  end,

  compare = function(case, got) return keeps_promise(case, got) end,
  pitfalls = {
    ["the mean of the rows"] = "One heavy neighbour in one row lifts the mean, though the other rows "
      .. "know better. Every row errs upwards, so the least of them is the best.",
    ["one counter for each epsilon"] = "With 1 / epsilon counters the expected excess is epsilon · N "
      .. "itself, and a row keeps below that too seldom. It takes e / epsilon counters to be e times "
      .. "below the bound on average.",
  },

  -- Exact counts, from all earlier calls.
  oracle = function(case)
    local result = {}
    for i, call in ipairs(case.calls) do
      if call[1] == "estimate" then
        result[i] = 0
        for j = 1, i - 1 do
          local earlier = case.calls[j]
          if earlier[1] == "add" and earlier[2] == call[2] then result[i] = result[i] + earlier[3] end
        end
      end
    end
    return result
  end,

  reference = {
    lua = rows_of_counters,
    python = [==[
import math
from hashlib import blake2b


# Rows of counters; a key has one in each row, in places that one long digest gives row by row. All
# of them hold at least the key's count, so the least is nearest.
class CountMin:
    def __init__(self, epsilon, delta):
        self.width = math.ceil(math.e / epsilon)
        self.depth = max(1, math.ceil(math.log(1 / delta)))
        self.rows = [[0] * self.width for _ in range(self.depth)]

    def _places(self, key):
        digest = blake2b(key.encode(), digest_size=8 * self.depth).digest()
        for i, row in enumerate(self.rows):
            yield row, int.from_bytes(digest[8 * i:8 * i + 8], "little") % self.width

    def add(self, key, count):
        for row, column in self._places(key):
            row[column] += count

    def estimate(self, key):
        return min(row[column] for row, column in self._places(key))
]==],
    cpp = [==[
// Rows of counters; a key has one in each row, at a place given by that row's own hash. All of them
// hold at least the key's count, so the least is nearest.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

class CountMin {
 public:
  CountMin(double epsilon, double delta)
      : width_(static_cast<std::uint64_t>(std::ceil(std::exp(1.0) / epsilon))),
        depth_(static_cast<std::uint64_t>(std::max(1.0, std::ceil(std::log(1 / delta))))),
        counters_(width_ * depth_) {}

  void add(const std::string& key, long long count) {
    std::uint64_t h = hash(key);
    for (std::uint64_t row = 0; row < depth_; ++row) counters_[place(h, row)] += count;
  }

  long long estimate(const std::string& key) const {
    std::uint64_t h = hash(key);
    long long least = std::numeric_limits<long long>::max();
    for (std::uint64_t row = 0; row < depth_; ++row)
      least = std::min(least, counters_[place(h, row)]);
    return least;
  }

 private:
  static std::uint64_t hash(const std::string& key) {
    std::uint64_t h = 0xcbf29ce484222325;
    for (unsigned char c : key) h = (h ^ c) * 0x100000001b3;
    return h;
  }

  std::uint64_t place(std::uint64_t h, std::uint64_t row) const {
    h += row * 0x9e3779b97f4a7c15;
    h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9;
    h = (h ^ h >> 27) * 0x94d049bb133111eb;
    return row * width_ + (h ^ h >> 31) % width_;
  }

  std::uint64_t width_, depth_;
  std::vector<long long> counters_;
};
]==],
  },

  wrong = {
    {
      name = "adds the rows up",
      language = "lua",
      verdict = "WA",
      case = "one key",
      why = "Each row counts everything, so their sum counts a key once per row. The rows are several "
        .. "answers to one question: take one of them.",
      code = changed(changed(rows_of_counters, "local h, least = hash(key), math.maxinteger",
                             "local h, least = hash(key), 0"),
                     "least = math.min(least, self.counters[self:place(h, row)])",
                     "least = least + self.counters[self:place(h, row)]"),
    },
    {
      name = "counts calls",
      language = "lua",
      verdict = "WA",
      case = "counts larger than one",
      why = "Each `add` raises the counters by 1, whatever the count.",
      code = changed(rows_of_counters, "self.counters[place] + count", "self.counters[place] + 1"),
    },
    {
      name = "the least along a row",
      language = "lua",
      verdict = "WA",
      case = "one key",
      why = "The minimum is taken over the columns of a row, among counters of other keys. It belongs to "
        .. "the key's own counters, one in each row.",
      code = changed(rows_of_counters, [==[
  for row = 0, self.depth - 1 do
    least = math.min(least, self.counters[self:place(h, row)])
  end
]==], [==[
  local row = mixed(h) % self.depth
  for column = 1, self.width do
    least = math.min(least, self.counters[row * self.width + column])
  end
]==]),
    },
    {
      name = "counters of 32 bits",
      language = "lua",
      verdict = "WA",
      case = "counts beyond 32 bits",
      why = "The counters wrap at 2^32. What wraps becomes small, and the one thing that was promised for "
        .. "certain is broken.",
      code = changed(rows_of_counters, "= self.counters[place] + count",
                     "= self.counters[place] + count & 0xffffffff"),
    },
    {
      name = "raises only the least counters",
      language = "lua",
      verdict = "WA",
      case = "more keys than counters",
      why = "To err less, only the key's least counters are raised, by the count. The others may then be "
        .. "too small. What is right is to raise each counter to least + count, if it is below that.",
      code = changed(rows_of_counters, [==[
  for row = 0, self.depth - 1 do
    local place = self:place(h, row)
    self.counters[place] = self.counters[place] + count
  end
]==], [==[
  local least = self:estimate(key)
  for row = 0, self.depth - 1 do
    local place = self:place(h, row)
    if self.counters[place] == least then self.counters[place] = least + count end
  end
]==]),
    },
    {
      name = "one place for all rows",
      language = "lua",
      verdict = "WA",
      case = "a few heavy keys",
      why = "All rows use the same hash, so keys that meet in one row meet in all of them. The rows are "
        .. "copies, and the least of equal numbers helps nobody.",
      code = changed(rows_of_counters, "mixed(h + row * 0x9e3779b97f4a7c15)", "mixed(h)"),
    },
    {
      name = "rows that differ by a shift",
      language = "lua",
      verdict = "WA",
      case = "a few heavy keys",
      why = "The row's number is added to the place, after hashing. The places differ from row to row, "
        .. "but two keys that meet in one row still meet in all. The same happens if the rows' hashes "
        .. "differ only in a start value that a linear hash carries through.",
      code = changed(rows_of_counters, "mixed(h + row * 0x9e3779b97f4a7c15)", "(mixed(h) + 31 * row)"),
    },
    {
      name = "one row",
      language = "lua",
      verdict = "WA",
      case = "a few heavy keys",
      why = "There is one row, so `delta` plays no part. About every fourth light key shares its counter "
        .. "with a heavy one.",
      code = changed(rows_of_counters, "math.max(1, math.ceil(math.log(1 / delta)))", "1"),
    },
    {
      name = "the greatest of the rows",
      language = "lua",
      verdict = "WA",
      case = "a few heavy keys",
      why = "All counters of a key are too large or right. The greatest is the worst of them, and every "
        .. "row that is added makes it worse.",
      code = changed(changed(rows_of_counters, "local h, least = hash(key), math.maxinteger",
                             "local h, least = hash(key), 0"),
                     "least = math.min(", "least = math.max("),
    },
    {
      name = "the log, added up at each question",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All calls are kept and added up when somebody asks. It is exact, and each question costs as "
        .. "much as has happened so far.",
      code = [==[
CountMin = {}
CountMin.__index = CountMin

function CountMin.new() return setmetatable({ keys = {}, counts = {} }, CountMin) end

function CountMin:add(key, count)
  self.keys[#self.keys + 1], self.counts[#self.counts + 1] = key, count
end

function CountMin:estimate(key)
  local total = 0
  for i, one in ipairs(self.keys) do
    if one == key then total = total + self.counts[i] end
  end
  return total
end
]==],
    },
    {
      name = "a counter for each key",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "Exact counts, and memory that grows with the number of different keys. That is what could "
        .. "not be had.",
      code = [==[
CountMin = {}
CountMin.__index = CountMin

function CountMin.new() return setmetatable({ counts = {} }, CountMin) end

function CountMin:add(key, count) self.counts[key] = (self.counts[key] or 0) + count end

function CountMin:estimate(key) return self.counts[key] or 0 end
]==],
    },
  },

  hints = {
    { text = "Let keys share counters: a hash gives each key one of w. In which direction can such a "
        .. "counter be wrong, and how far is it off on average?", cost_min = 3 },
    { text = "It is only ever too large, by N/w on average. So it is off by more than e · N/w with a "
        .. "probability of at most 1/e. How do you get from 1/e to delta?", cost_min = 5 },
    { text = "Use d rows of counters, with hashes that have nothing to do with each other, and take the "
        .. "least of the key's d counters. All are too large with probability e^-d. So w = ceil(e / "
        .. "epsilon) and d = ceil(ln(1 / delta)). Mix the row's number into the hash before the last "
        .. "scrambling, not after it.", cost_min = 7 },
  },

  follow_ups = {
    { ask = "Where does e / epsilon come from?",
      answer = "Markov: an excess with mean N/w exceeds a · N/w with probability at most 1/a. The number "
        .. "of counters is w · d with w = a/epsilon and d = ln(1/delta) / ln a, and a / ln a is "
        .. "smallest at a = e. With a = 2 there are 6% more counters in more rows." },
    { ask = "Make it more accurate without more memory.",
      answer = "Raise each of the key's counters only to (least + count). They stay upper bounds and grow "
        .. "less. It needs counts that are not negative, and two such sketches cannot be merged by "
        .. "adding them." },
    { ask = "Which links were posted most in the last hour?",
      answer = "Beside the sketch keep a heap of the k keys with the largest estimates, updated at each "
        .. "add. For the window, one sketch for each few minutes, added up when asked, and the oldest "
        .. "one cleared. Sketches of the same size and hashes add up counter by counter." },
    { ask = "Somebody wants a rare link to look frequent.",
      answer = "With hashes he knows, he can search links that meet it in every row. Draw a secret seed "
        .. "at the start and use a keyed hash. The promise holds only for inputs chosen without "
        .. "knowledge of the hashes." },
    { ask = "Most links are posted once. How good is the estimate for those?",
      answer = "Poor in relation: the error is a share of N, not of the count. Use it to find what is "
        .. "frequent. To tell once from twice, use a filter with one or two bits for each key." },
  },

  explain = [==[
**Invariant.** Each counter holds the sum of the counts of all keys that have it as their place in
its row.

**Why the promise holds.** Counts are not negative, so each of a key's counters holds at least its
count, and at most N; so does the least of them. In one row, another key shares the counter with
probability 1/w. The expected excess is therefore at most N/w ≤ epsilon · N / e, and by Markov it
exceeds epsilon · N with a probability of at most 1/e. The rows are independent, and the least counter
is too large only if all are: e^-d ≤ delta.

This uses that the hashes of different rows have nothing to do with each other, and that in each row
two keys meet with probability 1/w. It uses nothing about the keys or their counts.

**Cost.** w · d counters; d places for each call.

**Usual mistakes**

- *Rows that are copies*: the same hash, or hashes that differ by a shift. Every test with evenly
  spread counts passes, because no row errs much there. A few heavy keys show it.
- *The wrong minimum*: over columns, or the maximum, or the sum.
- *Raising only the least counters* in the wrong way.
- *Narrow counters.* A wrapped counter is too small.
- *Too few columns or rows*: one of the two numbers was not used.
]==],
}
