-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A fair sample of a stream whose length nobody knows, in memory for the sample alone. The drill is
-- about one probability, k/n, and about randomness that a seed repeats. Any fair way is right, so
-- answers are judged by what must hold and by frequencies over many seeds.

-- The reference. Several wrong answers are this text with one thing changed.
local replace_at_random = [==[
-- The n-th item enters with probability k/n and takes the place of a random one. A draw below n does
-- both: it is below k with that probability, and then says which place.
ReservoirSample = {}
ReservoirSample.__index = ReservoirSample

function ReservoirSample.new(k, seed)
  local self = setmetatable({ k = k }, ReservoirSample)
  self:restart(seed)
  return self
end

function ReservoirSample:restart(seed)
  self.state, self.seen, self.kept = seed, 0, {}
end

-- A generator of its own (splitmix64), so that nobody else's draws come in between.
function ReservoirSample:below(n)
  self.state = self.state + 0x9e3779b97f4a7c15
  local z = self.state
  z = (z ~ z >> 30) * 0xbf58476d1ce4e5b9
  z = (z ~ z >> 27) * 0x94d049bb133111eb
  z = z ~ z >> 31
  return math.floor((z >> 11) * 2.0 ^ -53 * n)
end

function ReservoirSample:offer(item)
  self.seen = self.seen + 1
  if self.seen <= self.k then
    self.kept[self.seen] = item
    return
  end
  local place = self:below(self.seen)
  if place < self.k then self.kept[place + 1] = item end
end

function ReservoirSample:sample()
  return self.kept
end
]==]

-- Keeps the stream and draws when asked. Fair, and two wrong answers by its cost.
local keep_and_draw = [==[
ReservoirSample = {}
ReservoirSample.__index = ReservoirSample

function ReservoirSample.new(k, seed)
  local self = setmetatable({ k = k }, ReservoirSample)
  self:restart(seed)
  return self
end

function ReservoirSample:restart(seed)
  math.randomseed(seed)
  self.items, self.drawn = {}, nil
end

function ReservoirSample:offer(item)
  self.items[#self.items + 1], self.drawn = item, nil
end

function ReservoirSample:sample()
  if self.drawn then return self.drawn end
  local n, moved = #self.items, {}
  self.drawn = {}
  for i = 1, math.min(self.k, n) do
    local j = math.random(i, n)
    self.drawn[i] = self.items[moved[j] or j]
    moved[j] = moved[i] or i
  end
  return self.drawn
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

local function seed_from(rand) return rand(1, 2147483647) end

-- `trials` streams of the items 1 … n, each with a seed of its own, with a look after each of the
-- lengths in `looks`.
local function trials(times, n, looks, rand)
  local calls, used = {}, {}
  for _ = 1, times do
    local seed
    repeat seed = seed_from(rand) until not used[seed]
    used[seed] = true
    calls[#calls + 1] = { "restart", seed }
    for item = 1, n do
      calls[#calls + 1] = { "offer", item }
      for _, length in ipairs(looks) do
        if length == item then calls[#calls + 1] = { "sample" } end
      end
    end
  end
  return calls
end

-- The sum of (seen - due)²/due over equally likely outcomes, against a bound that a fair answer
-- passes with a probability of less than one in a billion.
local function plausible(counts, outcomes, due, scale)
  local sum = 0
  for i = 1, outcomes do sum = sum + ((counts[i] or 0) - due) ^ 2 / due end
  local df = outcomes - 1
  return sum * scale <= df + 10 * (2 * df) ^ 0.5 + 20
end

-- Frequencies of single items and, of short streams, of pairs, over all samples of streams 1 … n.
local function fair(groups, k)
  for n, samples in ipairs(groups) do
    local times = #samples
    if times >= 200 and n > k then
      local items, pairs_of = {}, {}
      for _, sample in ipairs(samples) do
        for _, a in ipairs(sample) do
          items[a] = (items[a] or 0) + 1
          for _, b in ipairs(sample) do
            -- The pairs a < b are numbered 1, 2, 3, …
            local pair = (b - 1) * (b - 2) // 2 + a
            if a < b then pairs_of[pair] = (pairs_of[pair] or 0) + 1 end
          end
        end
      end
      if not plausible(items, n, times * k / n, (n - 1) / (n - k)) then return false end
      local all = n * (n - 1) // 2
      if k == 2 and n <= 6 and not plausible(pairs_of, all, times / all, 1) then return false end
    end
  end
  return true
end

-- One long stream 1 … n with a large sample: how many of each tenth of it are there?
local function even_along(sample, n)
  local tenths = {}
  for _, item in ipairs(sample) do
    local tenth = (item - 1) * 10 // n + 1
    tenths[tenth] = (tenths[tenth] or 0) + 1
  end
  return plausible(tenths, 10, #sample / 10, 1)
end

local function is_valid(sample, offered, k)
  if #sample ~= math.min(k, #offered) then return false end
  local left = {}
  for _, item in ipairs(offered) do left[item] = (left[item] or 0) + 1 end
  for _, item in ipairs(sample) do
    if not left[item] or left[item] == 0 then return false end
    left[item] = left[item] - 1
  end
  return true
end

local function in_order(sample)
  local sorted = table.move(sample, 1, #sample, 1, {})
  table.sort(sorted)
  return sorted
end

-- All that the statement asks for.
local function keeps_promise(case, got)
  local k, seed = table.unpack(case.new)
  local offered, groups, earlier, looks = {}, {}, {}, ""
  local counting, latest = true, nil  -- the items so far are 1, 2, 3, …; the sample since then
  for i, call in ipairs(case.calls) do
    if call[1] == "restart" then
      offered, seed, looks, counting, latest = {}, call[2], "", true, nil
    elseif call[1] == "offer" then
      offered[#offered + 1] = call[2]
      counting, latest = counting and call[2] == #offered, nil
    else
      local sample, n = got[i], #offered
      if not is_valid(sample, offered, k) then return false end
      local sorted = in_order(sample)
      local text = table.concat(sorted, " ")
      if latest and latest ~= text then return false end
      looks, latest = looks .. " " .. n, text
      -- The same seed, the same items, the same looks: the same sample.
      local history = seed .. ":" .. (n <= 300 and table.concat(offered, ",") or n) .. ":" .. looks
      if earlier[history] and earlier[history] ~= text then return false end
      if counting and not earlier[history] then
        for length = #groups + 1, n <= 50 and n or 0 do groups[length] = {} end
        if n <= 50 and n > 0 then table.insert(groups[n], sorted) end
        if k >= 100 and n >= 10 * k and not even_along(sorted, n) then return false end
      end
      earlier[history] = text
    end
  end
  return fair(groups, k)
end

return drill {
  id = "reservoir-sample",
  title = "A fair handful of an endless queue",
  category = "streams",
  level = "medium",
  minutes = 25,
  covers = { "S06-C09", "S02-T" },
  signature = [[
    class ReservoirSample(k: int, seed: int)
      offer(item: int)
      sample() -> int[]
      restart(seed: int)
  ]],

  statement = [==[
Every decision of the spam filter passes by, and at any moment an auditor may ask for `k` of the
decisions so far, chosen fairly. Nobody knows how many there will be, and they cannot all be kept. To
be able to look into a complaint later, one must be able to draw the same sample again.

Write `ReservoirSample(k, seed)` with

- `offer(item)`: the next item of the stream;
- `sample()`: the sample of the items offered so far;
- `restart(seed)`: forget everything and begin again, as a new sampler with the same `k` and this seed
  would.

**Conventions**

- After `n` offers the sample has `min(k, n)` items. Over the choice of the seed, each choice of that
  many of the `n` offers is equally likely, at every `n` at which somebody looks.
- Items may be equal. Each offer is one of its own, so an item is in the sample at most as often as it
  was offered.
- The order of the items in the answer is free.
- `sample` changes nothing: asked again without an offer in between it returns the same items.
- The seed decides: the same seed followed by the same calls gives the same samples. Different seeds
  give independent ones, as far as your generator can. Any usual generator of your language will do.
- `1 ≤ k ≤ 1000` and `1 ≤ seed < 2^31`. Items are whole numbers from 0 to 10^15.

You may answer in any way that is fair. Your samples over hundreds of seeds are counted, and frequencies
that a fair way would show less often than once in a billion are refused.

**Cost.** `offer` takes constant time on average, `sample` time like `k`. Memory may grow like `k`, but
not with the length of the stream.
]==],

  examples = {
    {
      new = { 3, 7 },
      calls = { { "sample" }, { "offer", 10 }, { "offer", 20 }, { "sample" }, { "offer", 20 },
                { "sample" } },
      result = { {}, nil, nil, { 10, 20 }, nil, { 10, 20, 20 } },
      note = "As long as there are no more than k items, all of them are the sample.",
    },
    {
      new = { 1, 7 },
      calls = { { "offer", 10 }, { "offer", 20 }, { "offer", 30 }, { "sample" } },
      result = { nil, nil, nil, { 20 } },
      note = "One of many right answers: with this seed 10 or 30 would do as well. Over all seeds each "
        .. "comes up in a third of the cases.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    input = function(n, rand)
      local calls = {}
      for i = 1, n do calls[i] = i % 50 == 0 and { "sample" } or { "offer", i } end
      return { new = { 20, seed_from(rand) }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, k, seed, calls)
      case { name = name, catches = catches, new = { k, seed }, calls = calls }
    end
    local look = { "sample" }
    local function offers(...)
      local calls = {}
      for _, item in ipairs { ... } do
        calls[#calls + 1] = item == look and look or { "offer", item }
      end
      return calls
    end
    story("nothing offered", nil, 5, 1, { look, look })
    story("fewer than k", nil, 5, 2, offers(8, look, 9, look, 7, look))
    story("just k", nil, 3, 3, offers(4, 5, 6, look))
    story("equal items", nil, 3, 4, offers(6, 6, look, 6, 6, look, 6, look))
    story("each offer at most once", "may take an item twice", 4, 5, trials(100, 8, { 6, 8 }, rand))
    story("asked twice", "draws anew at each question", 2, 6,
          offers(11, 12, 13, 14, 15, 16, 17, 18, 19, look, look, look, 20, look, look))
    do
      local calls = {}
      for _, seed in ipairs { 77, 78, 77 } do
        calls[#calls + 1] = { "restart", seed }
        for i = 1, 60 do calls[#calls + 1] = { "offer", 1000 + i } end
        calls[#calls + 1] = look
      end
      story("the same seed again", "the seed is not set anew", 5, 77, calls)
    end
    story("begun anew", "a restart keeps the items", 3, 9,
          { { "offer", 1 }, { "offer", 2 }, { "offer", 3 }, { "offer", 4 }, look, { "restart", 9 },
            look, { "offer", 5 }, look, { "offer", 6 }, { "offer", 7 }, look })
    story("one of three", "the first ones stay", 1, 10, trials(1000, 3, { 3 }, rand))
    story("one of two", "the second one always enters", 1, 11, trials(1000, 2, { 2 }, rand))
    story("two of five", "one chance for all places", 2, 12, trials(1000, 5, { 5 }, rand))
    story("two of four", nil, 2, 13, trials(1200, 4, { 4 }, rand))
    story("three of ten", nil, 3, 14, trials(700, 10, { 10 }, rand))
    story("looked at on the way", nil, 2, 15, trials(700, 8, { 3, 5, 8 }, rand))
    story("one of twelve", "late items push the others out", 1, 16, trials(600, 12, { 12 }, rand))
    for i = 1, 2 do
      local calls = {}
      for item = 1, 6000 do calls[item] = { "offer", item } end
      calls[6001] = look
      story("400 of 6000, " .. i, nil, 400, seed_from(rand), calls)
    end
  end,

  compare = function(case, got) return keeps_promise(case, got) end,
  pitfalls = {
    ["a restart keeps the items"] = "`restart` forgets everything: the items, how many there were, "
      .. "and the state of the generator.",
  },

  -- Gives each offer a random mark and returns the k smallest.
  oracle = function(case)
    local k, seed = table.unpack(case.new)
    local marked, result = {}, {}
    local function mark_of(place)
      local z = (seed * 2654435761 + place * 40503) % 2147483647
      for _ = 1, 3 do z = z * 48271 % 2147483647 end
      return z
    end
    for i, call in ipairs(case.calls) do
      if call[1] == "restart" then
        seed, marked = call[2], {}
      elseif call[1] == "offer" then
        marked[#marked + 1] = { mark_of(#marked + 1), call[2] }
      else
        local sorted = table.move(marked, 1, #marked, 1, {})
        table.sort(sorted, function(a, b) return a[1] < b[1] end)
        result[i] = {}
        for j = 1, math.min(k, #sorted) do result[i][j] = sorted[j][2] end
      end
    end
    return result
  end,

  reference = {
    lua = replace_at_random,
    python = [==[
from random import Random


# The n-th item enters with probability k/n and takes the place of a random one: a draw below n does
# both.
class ReservoirSample:
    def __init__(self, k, seed):
        self.k = k
        self.restart(seed)

    def restart(self, seed):
        self.random = Random(seed)
        self.seen = 0
        self.kept = []

    def offer(self, item):
        self.seen += 1
        if self.seen <= self.k:
            self.kept.append(item)
            return
        place = self.random.randrange(self.seen)
        if place < self.k:
            self.kept[place] = item

    def sample(self):
        return list(self.kept)
]==],
  },

  wrong = {
    {
      name = "may take an item twice",
      language = "lua",
      verdict = "WA",
      case = "each offer at most once",
      why = "Each of the k places runs a sample of one for itself. Every place is fair, but two may "
        .. "hold the same offer.",
      code = changed(replace_at_random, [==[
  if self.seen <= self.k then
    self.kept[self.seen] = item
    return
  end
  local place = self:below(self.seen)
  if place < self.k then self.kept[place + 1] = item end
]==], [==[
  if self.seen <= self.k then
    self.kept[self.seen] = item
    return
  end
  for place = 1, self.k do
    if self:below(self.seen) == 0 then self.kept[place] = item end
  end
]==]),
    },
    {
      name = "draws anew at each question",
      language = "lua",
      verdict = "WA",
      case = "asked twice",
      why = "Each question draws another sample. Whoever asks twice and takes what he likes better no "
        .. "longer has a fair one.",
      code = changed(keep_and_draw, "  if self.drawn then return self.drawn end\n", ""),
    },
    {
      name = "the seed is not set anew",
      language = "lua",
      verdict = "WA",
      case = "the same seed again",
      why = "The draws come from a generator that the seed does not reach, so no sample can be drawn "
        .. "again.",
      code = changed(keep_and_draw, "  math.randomseed(seed)\n", ""),
    },
    {
      name = "one seed for all",
      language = "lua",
      verdict = "WA",
      case = "one of three",
      why = "The generator is set back at each restart, but to the same state whatever the seed. All "
        .. "auditors of the year look at the same places of the stream.",
      code = changed(keep_and_draw, "math.randomseed(seed)", "math.randomseed(42)"),
    },
    {
      name = "the first ones stay",
      language = "lua",
      verdict = "WA",
      case = "one of three",
      why = "The draw goes one too far, up to n instead of below it, so each item enters with k/(n + 1) "
        .. "and the first ones have a better chance than all others.",
      code = changed(replace_at_random, "self:below(self.seen)", "self:below(self.seen + 1)"),
    },
    {
      name = "the second one always enters",
      language = "lua",
      verdict = "WA",
      case = "one of three",
      why = "The draw is made before the item is counted: k/(n - 1) instead of k/n. With k = 1 the second "
        .. "item always takes the place of the first.",
      code = changed(replace_at_random, "self:below(self.seen)", "self:below(self.seen - 1)"),
    },
    {
      name = "one chance for all places",
      language = "lua",
      verdict = "WA",
      case = "two of five",
      why = "An item enters with 1/n, which is right for a sample of one. For k places it must be k/n; so "
        .. "the early items hardly ever leave.",
      code = changed(replace_at_random, "  if place < self.k then self.kept[place + 1] = item end\n",
                     "  if place == 0 then self.kept[self:below(self.k) + 1] = item end\n"),
    },
    {
      name = "late items push the others out",
      language = "lua",
      verdict = "WA",
      case = "one of three",
      why = "Every item enters, at a random place. What came long ago has been pushed out: this is a "
        .. "sample of the recent past.",
      code = changed(replace_at_random, [==[
  local place = self:below(self.seen)
  if place < self.k then self.kept[place + 1] = item end
]==], "  self.kept[self:below(self.k) + 1] = item\n"),
    },
    {
      name = "replaces in turn",
      language = "lua",
      verdict = "WA",
      case = "two of five",
      why = "An item enters with the right chance, but takes the places in turn instead of a random one. "
        .. "Those that have just entered are then safe for a while, and the combinations are not "
        .. "equally likely.",
      code = changed(replace_at_random, "  if place < self.k then self.kept[place + 1] = item end\n", [==[
  if place < self.k then
    self.turn = (self.turn or 0) % self.k + 1
    self.kept[self.turn] = item
  end
]==]),
    },
    {
      name = "shuffles all at each question",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The stream is kept and shuffled whenever somebody asks. Fair, and each question costs as much "
        .. "as has gone by.",
      code = changed(keep_and_draw, [==[
  local n, moved = #self.items, {}
  self.drawn = {}
  for i = 1, math.min(self.k, n) do
    local j = math.random(i, n)
    self.drawn[i] = self.items[moved[j] or j]
    moved[j] = moved[i] or i
  end
]==], [==[
  local n = #self.items
  local all = table.move(self.items, 1, n, 1, {})
  for i = 1, n do
    local j = math.random(i, n)
    all[i], all[j] = all[j], all[i]
  end
  self.drawn = table.move(all, 1, math.min(self.k, n), 1, {})
]==]),
    },
    {
      name = "keeps the stream",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "All items are kept, and k of them drawn when somebody asks. The drawing is quick; the stream "
        .. "has no end.",
      code = keep_and_draw,
    },
  },

  hints = {
    { text = "Take k = 1. One item is kept, the n-th arrives. With which probability must it take the "
        .. "place of the kept one, so that all n are equally likely?", cost_min = 2 },
    { text = "With 1/n. Then each of the others is left with 1/(n - 1) · (1 - 1/n) = 1/n. What is it for "
        .. "k places, and who has to go?", cost_min = 3 },
    { text = "Keep the first k. For the n-th item after that draw a whole number j from 0 to n - 1. If j < "
        .. "k, put the item in place j. Count the item before drawing. Give each sampler a generator of "
        .. "its own, and set it in `restart`.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "Prove it for k places.",
      answer = "By induction over n. The n-th item is in with k/n. Each earlier one was in with "
        .. "k/(n - 1) and is replaced with k/n · 1/k = 1/n, so it stays with k/(n - 1) · (n - 1)/n = "
        .. "k/n. The same reckoning with sets instead of items shows that all sets are equally likely." },
    { ask = "A hundred million items a second: one draw for each is too much.",
      answer = "Draw how many items to skip until the next one that enters; the gaps grow like n/k. Then "
        .. "there are about k · ln(n/k) draws in all." },
    { ask = "Twenty servers each see a part of the stream.",
      answer = "Give each item a random mark and keep the k smallest in each part. The k smallest of all "
        .. "parts together are a fair sample of the whole. With plain reservoirs one must draw how many "
        .. "come from each part, by the numbers they have seen." },
    { ask = "Items have weights.",
      answer = "Use the mark u^(1/w) with u uniform in (0, 1), and keep the k largest. Each next pick is "
        .. "then made in proportion to the weights of what is left." },
    { ask = "Why not keep each item with a fixed probability, by a hash of its id?",
      answer = "Often that is better: no state, the same choice on every server, and all rows of one user "
        .. "stay together. But the size then follows the traffic, and a fixed size was asked for." },
  },

  explain = [==[
**Invariant.** After n ≥ k offers, each set of k of them is the kept one with the same probability.

**Why it holds.** For n = k there is one set. When item n + 1 arrives, it enters with k/(n + 1) and
replaces one of the k at random. Take a set S of k out of n + 1 offers, and write C(n, k) for the number
of sets. If S lacks the new item, S was kept before and the new item did not enter: 1/C(n, k) · (1 -
k/(n + 1)) = 1/C(n + 1, k). If S has it, the kept set was the rest of S and one of the n + 1 - k others,
and just that one was replaced: (n + 1 - k)/C(n, k) · k/(n + 1) · 1/k = 1/C(n + 1, k).

One draw j below n + 1 decides both: `j < k` has the probability k/(n + 1), and given that, j is uniform
below k.

**Cost.** One draw an offer, k items.

**Usual mistakes**

- *One off*: count the item, then draw below the count. Test with k = 1 and two or three items, where
  the probabilities are large.
- *1/n for k places.* Right for k = 1 only; the early items stay.
- *Always entering.* A sample of the recent past.
- *k samples of one.* The same offer may be there twice.
- *Replacing the oldest.* Right for each newcomer at its arrival, wrong for those that are there.
- *A shared generator.* Somebody else's draw in between, and no sample can be repeated.
]==],
}
