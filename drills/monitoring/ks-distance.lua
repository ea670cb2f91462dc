-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The greatest distance between two empirical distribution functions (Kolmogorov-Smirnov), by
-- walking through both sorted samples together. The drill is about ties, which must be stepped over
-- as one, about samples of unequal size, and about a distance that has no sign.

local function spread_values(n, low, high, rand)
  local values = {}
  for i = 1, n do values[i] = low + (high - low) * rand.float() end
  return values
end

local function few_values(n, low, high, rand)
  local values = {}
  for i = 1, n do values[i] = rand(low, high) / 2 end
  return values
end

-- The reference. Several wrong answers are this text with one thing changed.
local walk_together = [==[
-- Both samples sorted, one place in each. A step goes to the next different value and past all its
-- copies on both sides; only then are the two shares compared.
local function sorted(values)
  local copy = table.move(values, 1, #values, 1, {})
  table.sort(copy)
  return copy
end

function ks_distance(reference, current)
  local a, b = sorted(reference), sorted(current)
  local n, m = #a, #b
  if n == 0 or m == 0 then return nil end
  local i, j, widest = 0, 0, 0.0
  while i < n and j < m do
    local value = math.min(a[i + 1], b[j + 1])
    while i < n and a[i + 1] == value do i = i + 1 end
    while j < m and b[j + 1] == value do j = j + 1 end
    widest = math.max(widest, math.abs(i / n - j / m))
  end
  return widest
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = walk_together:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return walk_together:sub(1, first - 1) .. new .. walk_together:sub(last + 1)
end

return drill {
  id = "ks-distance",
  title = "The widest gap between two weeks",
  category = "monitoring",
  level = "medium",
  minutes = 15,
  covers = { "S11-C07", "S12-C07", "S06-C04" },
  signature = "ks_distance(reference: float[], current: float[]) -> float?",

  statement = [==[
A monitor compares a feature's values in a reference week with those of the current week. For a
number `x`, let `F(x)` be the share of the reference values that are at most `x`, and `G(x)` the
share of the current values that are at most `x`. The monitor shows the largest distance
`|F(x) - G(x)|` over all `x`.

Given both samples, return that distance.

**Conventions**

- The samples come in no order, and their sizes may differ.
- Values are finite, and often equal, within a sample and between both: counts, prices, rounded
  ages.
- The distance lies between 0 and 1, and it does not matter which of both shares is the larger.
- If one of the samples is empty, or both are, there is no distance: return nothing (`nil`,
  `None`).
- Do not change the input.
- The answer is compared with a tolerance of 10^-9.

**Cost.** With `n` values in all, time must grow like `n log n`. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { 1, 2, 3, 4 }, { 3, 4, 5, 6, 7 } },
      result = 0.6,
      note = "At x = 4 all of the reference values are at most x, and 2 of 5 current ones: "
        .. "1 - 0.4. At x = 2 it is 0.5 - 0.",
    },
    {
      args = { { 5, 5, 5, 8 }, { 5, 8 } },
      result = 0.25,
      note = "At x = 5 the shares are 3/4 and 1/2. Between the fives there is no x.",
    },
    {
      args = { { 2, 9 }, {} },
      result = nil,
      note = "An empty week has no distribution.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- Hardly any ties, and one sample three times as large as the other.
    input = function(n, rand)
      return { spread_values(n // 4, 0, 1, rand), spread_values(n - n // 4, 0.1, 1.1, rand) }
    end,
  },

  cases = function(rand, case)
    case { name = "one value each, equal", catches = "steps through ties one by one",
           args = { { 3 }, { 3 } } }
    case { name = "one value each, different", args = { { 3 }, { 7 } } }
    case { name = "empty reference", catches = "answers zero for an empty week",
           args = { {}, { 1, 2 } } }
    case { name = "both empty", args = { {}, {} } }
    case { name = "nothing in common", args = { { 1, 2, 3 }, { 10, 11, 12 } } }
    case {
      name = "the current values are smaller",
      catches = "one side only",
      args = { { 5, 9, 9, 9 }, { 5, 5, 5, 9 } },
    }
    case {
      name = "the gap opens between reference values",
      catches = "looks at the reference's values only",
      args = { { 0, 20, 30, 40 }, { 11, 12, 13, 14 } },
    }
    case { name = "values that differ in the last bit", catches = "takes near values for equal",
           args = { { 0.3 }, { 0.1 + 0.2 } } }
    case { name = "unequal sizes", catches = "compares counts",
           args = { { 1, 2, 3, 4, 5, 6 }, { 1, 3, 5 } } }
    case {
      name = "the same values in both",
      catches = "steps through ties one by one",
      args = { { 4, 4, 4, 4, 4 }, { 4, 4, 4, 4, 4 } },
    }
    case {
      name = "a tie between the samples",
      catches = "steps through ties one by one",
      args = { { 1, 2, 2, 2, 3 }, { 0, 2, 2, 2, 4 } },
    }
    case { name = "the same week in another order", args = { { 6, 1, 9, 3 }, { 9, 3, 6, 1 } } }
    case { name = "every value doubled", args = { { 1, 5, 8 }, { 8, 1, 5, 5, 1, 8 } } }
    case { name = "negative and zero", args = { { -3, -0.5, 0, 0 }, { 0, 0.5, -0.5 } } }
    case {
      name = "values far apart",
      catches = "counts in bins of equal width",
      args = { { 1, 2, 3, 1000000 }, { 2.5, 3.5, 4.5, 1000000 } },
    }
    case { name = "the gap is at the smallest value", args = { { 1, 1, 1, 2 }, { 1, 2, 2, 2, 2 } } }
    for i = 1, 3 do
      case {
        name = "random " .. i,
        args = { spread_values(rand(3, 60), 0, 1, rand), spread_values(rand(3, 60), 0, 1.2, rand) },
      }
    end
    for i = 1, 3 do
      case {
        name = "random with ties " .. i,
        args = { few_values(rand(3, 60), 0, 9, rand), few_values(rand(3, 60), 0, 10, rand) },
      }
    end
    case { name = "1200 values, few different",
           args = { few_values(400, 0, 40, rand), few_values(800, 3, 44, rand) } }
    case { name = "1500 values",
           args = { spread_values(1000, -5, 5, rand), spread_values(500, -4.5, 5.5, rand) } }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["takes near values for equal"] = "Values are rounded or compared with a tolerance. Shares at x count "
      .. "what is at most x, and the next float above x is not.",
  },

  -- Both shares, counted anew at every value that occurs.
  oracle = function(args)
    local function share(values, x)
      local count = 0
      for _, value in ipairs(values) do
        if value <= x then count = count + 1 end
      end
      return count / #values
    end
    if #args[1] == 0 or #args[2] == 0 then return nil end
    local widest = 0.0
    for _, sample in ipairs(args) do
      for _, x in ipairs(sample) do
        widest = math.max(widest, math.abs(share(args[1], x) - share(args[2], x)))
      end
    end
    return widest
  end,

  reference = {
    lua = walk_together,
    python = [==[
# Both samples sorted, one place in each. A step goes to the next different value and past all its
# copies on both sides; only then are the two shares compared.
def ks_distance(reference, current):
    a, b = sorted(reference), sorted(current)
    n, m = len(a), len(b)
    if n == 0 or m == 0:
        return None
    i = j = 0
    widest = 0.0
    while i < n and j < m:
        value = min(a[i], b[j])
        while i < n and a[i] == value:
            i += 1
        while j < m and b[j] == value:
            j += 1
        widest = max(widest, abs(i / n - j / m))
    return widest
]==],
  },

  wrong = {
    {
      name = "steps through ties one by one",
      language = "lua",
      verdict = "WA",
      case = "one value each, equal",
      why = "The smaller head is taken and the shares are compared at once. In the middle of a tie "
        .. "they belong to no x: two equal weeks get a distance above zero. Step over all copies "
        .. "on both sides first.",
      code = [==[
function ks_distance(reference, current)
  local a = table.move(reference, 1, #reference, 1, {})
  local b = table.move(current, 1, #current, 1, {})
  table.sort(a)
  table.sort(b)
  local n, m = #a, #b
  if n == 0 or m == 0 then return nil end
  local i, j, widest = 0, 0, 0.0
  while i < n and j < m do
    if a[i + 1] <= b[j + 1] then i = i + 1 else j = j + 1 end
    widest = math.max(widest, math.abs(i / n - j / m))
  end
  return widest
end
]==],
    },
    {
      name = "one side only",
      language = "lua",
      verdict = "WA",
      case = "the current values are smaller",
      why = "The sign is kept, so only a reference that runs ahead is seen. The current week may "
        .. "as well have moved down.",
      code = reference_with("math.abs(i / n - j / m)", "i / n - j / m"),
    },
    {
      name = "looks at the reference's values only",
      language = "lua",
      verdict = "WA",
      case = "the gap opens between reference values",
      why = "At a reference value F has just jumped up, so a gap with G above F is largest just "
        .. "before it, at a current value. Both samples' values have to be tried.",
      code = [==[
function ks_distance(reference, current)
  local a = table.move(reference, 1, #reference, 1, {})
  local b = table.move(current, 1, #current, 1, {})
  table.sort(a)
  table.sort(b)
  local n, m = #a, #b
  if n == 0 or m == 0 then return nil end
  local j, widest = 0, 0.0
  for i = 1, n do
    while j < m and b[j + 1] <= a[i] do j = j + 1 end
    if i == n or a[i + 1] ~= a[i] then widest = math.max(widest, math.abs(i / n - j / m)) end
  end
  return widest
end
]==],
    },
    {
      name = "compares counts",
      language = "lua",
      verdict = "WA",
      case = "unequal sizes",
      why = "Both counts are divided by the size of the larger sample. With unequal weeks that "
        .. "leaves a gap at the end where both shares are 1.",
      code = reference_with("math.abs(i / n - j / m)", "math.abs(i - j) / math.max(n, m)"),
    },
    {
      name = "counts in bins of equal width",
      language = "lua",
      verdict = "WA",
      case = "values far apart",
      why = "Twenty bins between the smallest and the largest value: what happens within a bin is "
        .. "not seen, and one outlier puts everything else into the first bin. The distance is "
        .. "defined on the values themselves.",
      code = [==[
function ks_distance(reference, current)
  if #reference == 0 or #current == 0 then return nil end
  local low, high = math.huge, -math.huge
  for _, sample in ipairs({ reference, current }) do
    for _, value in ipairs(sample) do
      low, high = math.min(low, value), math.max(high, value)
    end
  end
  local bins, width = 20, (high - low) / 20
  local function shares(sample)
    local counts = {}
    for b = 1, bins do counts[b] = 0 end
    for _, value in ipairs(sample) do
      local b = width > 0 and math.min(bins, 1 + (value - low) // width) or 1
      counts[b] = counts[b] + 1 / #sample
    end
    return counts
  end
  local f, g = shares(reference), shares(current)
  local sum, widest = 0.0, 0.0
  for b = 1, bins do
    sum = sum + f[b] - g[b]
    widest = math.max(widest, math.abs(sum))
  end
  return widest
end
]==],
    },
    {
      name = "answers zero for an empty week",
      language = "lua",
      verdict = "WA",
      case = "empty reference",
      why = "An empty sample has no shares. Answering 0 says that nothing has moved, on the very "
        .. "day on which no data arrived.",
      code = reference_with("if n == 0 or m == 0 then return nil end",
                            "if n == 0 or m == 0 then return 0.0 end"),
    },
    {
      name = "counts anew at every value",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The shares are counted from scratch for each value that occurs: n² comparisons. In "
        .. "sorted samples both counts only ever go up.",
      code = [==[
local function share(values, x)
  local count = 0
  for _, value in ipairs(values) do
    if value <= x then count = count + 1 end
  end
  return count / #values
end

function ks_distance(reference, current)
  if #reference == 0 or #current == 0 then return nil end
  local widest = 0.0
  for _, sample in ipairs({ reference, current }) do
    for _, x in ipairs(sample) do
      widest = math.max(widest, math.abs(share(reference, x) - share(current, x)))
    end
  end
  return widest
end
]==],
    },
  },

  hints = {
    { text = "Between two neighbouring values neither share changes. At which x is it enough to "
        .. "look?", cost_min = 1 },
    { text = "Sort both samples and walk through them together, with one place in each. The places "
        .. "divided by the sizes are the two shares. When may you compare them, if both heads are "
        .. "equal?", cost_min = 3 },
    { text = "Take the smaller head as the value, step past all its copies in both samples, then "
        .. "compare i/n with j/m without regard to sign. Stop when one sample is used up: from "
        .. "there on the gap only closes.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Why may you stop when one sample is used up?",
      answer = "Its share is 1 and stays there, and the other's can only rise towards 1. The gap "
        .. "was compared at the moment of running out, so nothing larger can follow." },
    { ask = "Both weeks have a million rows and the p-value is 10^-12. Is it an alarm?",
      answer = "Not by that alone. With enough rows any difference is significant. Read the "
        .. "distance itself, alarm on an effect that matters for the model, and use the p-value to "
        .. "rule out chance where samples are small." },
    { ask = "The feature is a category.",
      answer = "Categories have no order, so there is no distribution function to compare: use a "
        .. "χ² test with Cramér's V as the effect size, and list new and vanished levels." },
    { ask = "The values arrive as a stream and cannot be kept.",
      answer = "Fix cut points from the reference and count the current values between them: the "
        .. "largest gap over the cut points is at most the true distance and misses at most a "
        .. "bin's share. Or keep a quantile sketch on both sides, whose error adds to the "
        .. "distance." },
    { ask = "Two hundred features are tested each day. What changes?",
      answer = "Ten of them fall below 0.05 by chance. Control the false discovery rate over the "
        .. "features (Benjamini-Hochberg) or ask for the gap to last, and count alarms per week "
        .. "that nobody could act on." },
  },

  explain = [==[
**Idea.** `F` and `G` are staircases that jump only at values that occur. Their distance is constant
between two neighbouring values of the pool, so it is enough to look at each different value once,
after all its copies.

**Invariant.** After a step to the value `x`, `i` is the number of reference values that are at most
`x`, and `j` the number of current ones. So `i/n` and `j/m` are `F(x)` and `G(x)`.

**Why it is right.** The next value is the smaller of both heads, since both samples are sorted.
Stepping past all its copies in both restores the invariant. When one sample is used up its share is
1, and the gap can only close, so nothing is missed.

**Cost.** O(n log n) for the sorting; the walk is linear.

**Usual mistakes**

- *Comparing within a tie.* With rounded or integer features this is not a rare case but the rule:
  a code that takes one head at a time sees a gap of up to the size of the tie.
- *A sign.* `max(F - G)` is the one-sided statistic. Taking the absolute value of the final maximum
  does not help.
- *Only one sample's values.* Right after a jump of `F` the gap `F - G` is largest, right before it
  the gap `G - F`.
- *Unequal sizes.* Compare shares, not counts or positions.
- *A number for an empty sample.* No data is an alarm of another kind, not a distance of 0.
]==],
}
