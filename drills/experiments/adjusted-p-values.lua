-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- One experiment read in many slices: a two-proportion test for each, and p-values adjusted for
-- their number after Benjamini and Hochberg. The drill is about a pooled variance, two tails,
-- slices that allow no test, and adjusted values that keep the order of the raw ones.

-- `n` slices with up to `users` users an arm; one in `shift` has a true effect.
local function random_slices(n, users, shift, rand)
  local slices = {}
  for i = 1, n do
    local first, second = rand(users // 4, users), rand(users // 4, users)
    local rate = 0.05 + 0.4 * rand.float()
    local other = rand(1, shift) == 1 and rate * 1.3 or rate
    local function converted(of, p)
      local spread = math.sqrt(of * p * (1 - p))
      local noise = (rand.float() + rand.float() + rand.float() - 1.5) * 2 * spread
      return math.max(0, math.min(of, math.floor(of * p + noise)))
    end
    slices[i] = { converted(first, rate), first, converted(second, other), second }
  end
  return slices
end

-- The reference. Several wrong answers are this text with one thing changed.
local from_the_largest = [==[
-- A p-value a slice, then one walk from the largest to the smallest with a running minimum.
local function erf(x)
  if x > 6 then return 1.0 end
  local term, sum, k = x, 0.0, 0
  while term > 1e-18 do
    sum = sum + term
    k = k + 1
    term = term * 2 * x * x / (2 * k + 1)
  end
  return 2 / math.sqrt(math.pi) * math.exp(-x * x) * sum
end

local function p_value(slice)
  local c1, n1, c2, n2 = table.unpack(slice)
  local converted, users = c1 + c2, n1 + n2
  if n1 == 0 or n2 == 0 or converted == 0 or converted == users then return nil end
  local rate = converted / users
  local z = (c2 / n2 - c1 / n1) / math.sqrt(rate * (1 - rate) * (1 / n1 + 1 / n2))
  return 1 - erf(math.abs(z) / math.sqrt(2))
end

function adjusted_p_values(slices)
  local p, order, adjusted = {}, {}, {}
  for i, slice in ipairs(slices) do
    p[i] = p_value(slice)
    adjusted[i] = 0 / 0
    if p[i] then order[#order + 1] = i end
  end
  table.sort(order, function(a, b) return p[a] < p[b] end)
  local least = 1.0
  for rank = #order, 1, -1 do
    local i = order[rank]
    least = math.min(least, p[i] * #order / rank)
    adjusted[i] = least
  end
  return adjusted
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = from_the_largest:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return from_the_largest:sub(1, first - 1) .. new .. from_the_largest:sub(last + 1)
end

return drill {
  id = "adjusted-p-values",
  title = "It works in Iceland, on tablets, on Tuesdays",
  category = "experiments",
  level = "medium",
  minutes = 25,
  covers = { "S13-C08", "S13-C10", "S13-P3" },
  signature = "adjusted_p_values(slices: (int, int, int, int)[]) -> float[]",

  statement = [==[
An experiment on a sign-up page is over, and everybody looks for the slice in which it worked:
countries, devices, hours. A slice is `(c1, n1, c2, n2)`: of `n1` users in the control arm `c1`
signed up, and of `n2` in the treated arm `c2`.

**The test of one slice.** With the shares `s1 = c1/n1`, `s2 = c2/n2` and the share of both arms
together `s = (c1 + c2) / (n1 + n2)`,

    z = (s2 - s1) / √( s · (1 - s) · (1/n1 + 1/n2) )

and the p-value is the chance that a standard normal number is at least as far from 0 as `z`, **in
either direction**: `p = 1 - erf(|z| / √2)`.

**The adjustment.** Let `m` be the number of slices that have a p-value, sorted as
`p_1 ≤ p_2 ≤ … ≤ p_m`. The adjusted value of the one at rank `i` (from 1) is the smallest of
`m · p_j / j` over all ranks `j ≥ i`. Whoever acts on the slices with an adjusted value of at most
0.1 expects at most one in ten of them to be a false discovery.

Return the adjusted values, in the order in which the slices are given.

**Conventions**

- A slice has no p-value if one of its arms has no users, if nobody signed up in either arm, or if
  everybody did in both. Its answer is NaN, and it does not count in `m`.
- `0 ≤ c1 ≤ n1 ≤ 10^9`, likewise for `c2` and `n2`.
- No slices give an empty list. Equal p-values get equal adjusted values.
- If your language has no `erf`: for `x ≥ 0`,
  `erf(x) = 2/√π · exp(-x²) · ( x + x·(2x²/3) + x·(2x²/3)·(2x²/5) + … )`, each term being the one
  before it times `2x²/(2k + 1)` for `k = 1, 2, …`. Beyond `x = 6` it is 1 within the tolerance.
- Answers are compared with a tolerance of 10^-7.

**Cost.** For `n` slices time must grow like `n log n`; an `erf` counts as constant. Space may grow
like `n`.
]==],

  examples = {
    {
      args = { { { 50, 1000, 80, 1000 } } },
      result = { 0.006506597483637838 },
      note = "One slice: z is 2.72, and with m = 1 there is nothing to adjust.",
    },
    {
      args = { { { 50, 1000, 80, 1000 }, { 20, 400, 20, 400 }, { 50, 1000, 79, 1000 },
                 { 0, 30, 0, 31 } } },
      result = { 0.01244096387911155, 1, 0.01244096387911155, 0 / 0 },
      note = "The raw values are 0.0065, 1 and 0.0083, and the last slice has none, so m is 3. "
        .. "Rank 1 gives 3 · 0.0065 = 0.0195, rank 2 gives 3/2 · 0.0083 = 0.0124, and the smaller "
        .. "one holds for both.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 250, 500, 1000, 2000 },
    input = function(n, rand) return { random_slices(n, 2000, 10, rand) } end,
  },

  cases = function(rand, case)
    case { name = "no slices", args = { {} } }
    case { name = "no difference at all", catches = "one tail only",
           args = { { { 30, 200, 30, 200 } } } }
    case {
      name = "a small arm and a large one",
      catches = "each arm its own variance",
      args = { { { 12, 60, 90, 900 } } },
    }
    case {
      name = "one clear slice",
      catches = "one tail only",
      args = { { { 40, 500, 61, 500 } } },
    }
    case {
      name = "the treated arm is worse",
      catches = "one tail only",
      args = { { { 61, 500, 40, 500 } } },
    }
    case {
      name = "the second rank is cheaper than the first",
      catches = "adjusted values fall again",
      args = { { { 50, 1000, 80, 1000 }, { 50, 1000, 79, 1000 }, { 100, 1000, 102, 1000 } } },
    }
    case {
      name = "given from the largest to the smallest",
      catches = "answers in the order of the p-values",
      args = { { { 100, 1000, 105, 1000 }, { 100, 1000, 125, 1000 }, { 100, 1000, 145, 1000 } } },
    }
    case {
      name = "a run of small values after a large one",
      catches = "the minimum runs the wrong way",
      args = { { { 100, 1000, 130, 1000 }, { 100, 1000, 133, 1000 }, { 100, 1000, 170, 1000 },
                 { 100, 1000, 132, 1000 }, { 100, 1000, 101, 1000 } } },
    }
    case { name = "the same slice three times", args = { { { 50, 1000, 75, 1000 },
           { 50, 1000, 75, 1000 }, { 50, 1000, 75, 1000 } } } }
    case {
      name = "ten slices",
      catches = "multiplies by the number of slices",
      args = { random_slices(10, 800, 2, rand) },
    }
    case {
      name = "nobody signed up",
      catches = "a slice without users is a p-value of one",
      args = { { { 0, 50, 0, 60 }, { 20, 300, 38, 300 } } },
    }
    case {
      name = "everybody signed up",
      catches = "counts the slices that say nothing",
      args = { { { 20, 300, 38, 300 }, { 5, 5, 7, 7 }, { 30, 300, 33, 300 } } },
    }
    case {
      name = "arms without users",
      catches = "counts the slices that say nothing",
      args = { { { 0, 0, 4, 9 }, { 20, 300, 38, 300 }, { 3, 8, 0, 0 }, { 0, 0, 0, 0 } } },
    }
    case { name = "no slice has a test", args = { { { 0, 5, 0, 5 }, { 0, 0, 1, 2 } } } }
    case { name = "all against nobody", args = { { { 0, 40, 40, 40 }, { 40, 40, 0, 40 } } } }
    case { name = "large arms", args = { { { 30000000, 1000000000, 30030000, 1000000000 },
           { 500000000, 1000000000, 500010000, 1000000000 } } } }
    for i = 1, 4 do
      local slices = random_slices(rand(5, 30), 600, i + 1, rand)
      if i > 2 then
        slices[rand(1, #slices)] = { 0, rand(1, 50), 0, rand(1, 50) }
        slices[#slices + 1] = { 3, 3, 4, 4 }
      end
      case { name = "random " .. i, args = { slices } }
    end
    case { name = "500 slices", args = { random_slices(500, 1500, 10, rand) } }
    case { name = "600 slices, no effect", args = { random_slices(600, 400, 1000000, rand) } }
  end,

  compare = { tolerance = 1e-7 },

  -- The tail by Simpson's rule, and the adjusted value by its definition, over all pairs of slices.
  oracle = function(args)
    local p, m = {}, 0
    for i, s in ipairs(args[1]) do
      local c1, n1, c2, n2 = s[1], s[2], s[3], s[4]
      local share = (c1 + c2) / (n1 + n2)
      if n1 > 0 and n2 > 0 and share > 0 and share < 1 then
        local z = math.abs(c1 / n1 - c2 / n2) / math.sqrt(share * (1 - share) / n1
                                                          + share * (1 - share) / n2)
        local step, sum = math.min(z, 9) / 400, 0
        for k = 0, 400 do
          local factor = (k == 0 or k == 400) and 1 or k % 2 == 1 and 4 or 2
          sum = sum + factor * math.exp(-(k * step) ^ 2 / 2)
        end
        p[i] = math.max(0, 1 - 2 * sum * step / 3 / math.sqrt(2 * math.pi))
        m = m + 1
      end
    end
    local result = {}
    for i = 1, #args[1] do
      result[i] = p[i] and 1 or 0 / 0
      for j = 1, #args[1] do
        if p[i] and p[j] and p[j] >= p[i] then
          local rank = 0
          for k = 1, #args[1] do
            if p[k] and p[k] <= p[j] then rank = rank + 1 end
          end
          result[i] = math.min(result[i], m * p[j] / rank)
        end
      end
    end
    return result
  end,

  reference = {
    lua = from_the_largest,
    python = [==[
from math import erfc, nan, sqrt


def p_value(c1, n1, c2, n2):
    converted, users = c1 + c2, n1 + n2
    if n1 == 0 or n2 == 0 or converted in (0, users):
        return nan
    rate = converted / users
    z = (c2 / n2 - c1 / n1) / sqrt(rate * (1 - rate) * (1 / n1 + 1 / n2))
    return erfc(abs(z) / sqrt(2))


# A p-value a slice, then one walk from the largest to the smallest with a running minimum.
def adjusted_p_values(slices):
    adjusted = [p_value(*one) for one in slices]
    order = sorted((p, i) for i, p in enumerate(adjusted) if p == p)
    least = 1.0
    for rank in range(len(order), 0, -1):
        p, i = order[rank - 1]
        least = min(least, p * len(order) / rank)
        adjusted[i] = least
    return adjusted
]==],
  },

  wrong = {
    {
      name = "one tail only",
      language = "lua",
      verdict = "WA",
      case = "no difference at all",
      why = "The chance of a z at least this large is half of what is asked for: the experiment "
        .. "may do harm, and the slices were not chosen to be better. A worse arm gets a p-value "
        .. "near 1.",
      code = reference_with("return 1 - erf(math.abs(z) / math.sqrt(2))",
                            "local half = erf(math.abs(z) / math.sqrt(2)) / 2\n"
                              .. "  return z > 0 and 0.5 - half or 0.5 + half"),
    },
    {
      name = "each arm its own variance",
      language = "lua",
      verdict = "WA",
      case = "a small arm and a large one",
      why = "The test asks what would happen if both arms had the same share, so the variance "
        .. "comes from both together. With each arm's own variance it is the interval's formula, "
        .. "and with small arms another answer.",
      code = reference_with("math.sqrt(rate * (1 - rate) * (1 / n1 + 1 / n2))",
                            "math.max(1e-12, math.sqrt(c1 / n1 * (1 - c1 / n1) / n1\n"
                              .. "                                                   + c2 / n2 * "
                              .. "(1 - c2 / n2) / n2))"),
    },
    {
      name = "adjusted values fall again",
      language = "lua",
      verdict = "WA",
      case = "the second rank is cheaper than the first",
      why = "m · p / rank by itself can fall from one rank to the next, and then a slice with a "
        .. "smaller p-value has a larger adjusted one. The smallest value of this rank and all "
        .. "later ones counts.",
      code = reference_with("adjusted[i] = least", "adjusted[i] = p[i] * #order / rank"),
    },
    {
      name = "the minimum runs the wrong way",
      language = "lua",
      verdict = "WA",
      case = "the second rank is cheaper than the first",
      why = "Walking up from the smallest and keeping the maximum also makes the values monotone, "
        .. "as Holm's method does. Here the walk goes down from the largest and keeps the minimum.",
      code = reference_with([==[
  local least = 1.0
  for rank = #order, 1, -1 do
    local i = order[rank]
    least = math.min(least, p[i] * #order / rank)
    adjusted[i] = least
  end
]==], [==[
  local most = 0.0
  for rank = 1, #order do
    local i = order[rank]
    most = math.max(most, math.min(1, p[i] * #order / rank))
    adjusted[i] = most
  end
]==]),
    },
    {
      name = "answers in the order of the p-values",
      language = "lua",
      verdict = "WA",
      case = "given from the largest to the smallest",
      why = "The adjusted values come back sorted, and each lands on somebody else's slice. Sort "
        .. "the places, not the values.",
      code = reference_with("adjusted[i] = least\n", "adjusted[rank] = least\n"),
    },
    {
      name = "multiplies by the number of slices",
      language = "lua",
      verdict = "WA",
      case = "the second rank is cheaper than the first",
      why = "p · m bounds the chance of even one false alarm (Bonferroni). With many slices that "
        .. "leaves next to nothing; here the share of false ones among the discoveries is bounded.",
      code = reference_with("least = math.min(least, p[i] * #order / rank)",
                            "least = math.min(1, p[i] * #order)"),
    },
    {
      name = "a slice without users is a p-value of one",
      language = "lua",
      verdict = "WA",
      case = "nobody signed up",
      why = "Where no test is possible 1 is returned, which reads as \"tested, nothing found\", "
        .. "and the slice goes into m as well.",
      code = reference_with("converted == users then return nil end",
                            "converted == users then return 1.0 end"),
    },
    {
      name = "counts the slices that say nothing",
      language = "lua",
      verdict = "WA",
      case = "nobody signed up",
      why = "m is the number of all slices. Those without a p-value were never tested and cannot "
        .. "be false discoveries; a hundred empty slices would hide every real one.",
      code = reference_with("p[i] * #order / rank", "p[i] * #slices / rank"),
    },
    {
      name = "tries every pair of slices",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For every slice all later ranks are searched for the minimum: n²/2 steps. The minimum "
        .. "over the later ranks is the one of the rank before it, carried along.",
      code = reference_with([==[
  local least = 1.0
  for rank = #order, 1, -1 do
    local i = order[rank]
    least = math.min(least, p[i] * #order / rank)
    adjusted[i] = least
  end
]==], [==[
  for rank = 1, #order do
    local least = 1.0
    for later = rank, #order do
      least = math.min(least, p[order[later]] * #order / later)
    end
    adjusted[order[rank]] = least
  end
]==]),
    },
  },

  hints = {
    { text = "Do it in two parts: a function for the p-value of one slice, which may say that "
        .. "there is none, and the adjustment of a list of numbers.", cost_min = 2 },
    { text = "Sort the places of the slices by p-value. The minimum over this rank and all later "
        .. "ones can be carried along, if you begin at one end. Which?", cost_min = 3 },
    { text = "From rank m down to 1: least = min(least, m · p / rank), starting from 1, written to "
        .. "the place that the rank came from. Slices without a p-value keep their NaN and are not "
        .. "in the order.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "Why is the variance pooled here, and not for an interval?",
      answer = "The p-value is worked out as if both arms had one share, so the best estimate of "
        .. "it uses both. An interval is about the difference as it is, so each arm brings its own "
        .. "variance. Near the border the two may disagree." },
    { ask = "What does an adjusted value of 0.08 mean?",
      answer = "It is the smallest false discovery rate at which this slice would still be called "
        .. "a discovery. It is not the chance that this slice is false." },
    { ask = "The slices overlap: tablets in Iceland are in two of them. Is that allowed?",
      answer = "The bound holds for independent tests and for positively dependent ones, which "
        .. "overlapping slices mostly are. For any dependence, multiply further by "
        .. "1 + 1/2 + … + 1/m (Benjamini-Yekutieli)." },
    { ask = "When would you take Holm or Bonferroni instead?",
      answer = "When one false claim is costly: guardrails, or the few metrics on which a launch "
        .. "depends. False discovery control is for exploring, where a follow-up experiment checks "
        .. "what was found." },
    { ask = "How many slices should there be in the list?",
      answer = "All that were looked at, not those that were kept for the slide. Write them down "
        .. "before the experiment. A slice that was found by looking needs new data." },
    { ask = "Five users in a slice: is the test any good?",
      answer = "The normal approximation wants about five sign-ups and five non-sign-ups an arm. "
        .. "Below, use Fisher's exact test or leave the slice out by a rule that does not look at "
        .. "the outcome." },
  },

  explain = [==[
**Invariant.** Before rank `i` is handled, `least` is the smallest of `m · p_j / j` over the ranks
`j > i`, or 1. Taking in rank `i` gives its adjusted value. The start value of 1 does no harm: the
first candidate is `m · p_m / m = p_m`, which is at most 1.

**Why the minimum.** Calling everything up to rank `j` a discovery declares `j` slices, of which
about `m · p_j` would have come by chance; their ratio is the estimated false discovery rate. A
slice at rank `i` is among the discoveries for every `j ≥ i`, so the best rate at which it can be
had is the minimum over those. It also makes adjusted values rise with the p-values: the set of `j`
shrinks.

**Ties.** Two equal p-values at ranks `i` and `i + 1` have candidates `m·p/i > m·p/(i+1)`, and the
minimum takes the later for both. So the order among equals does not matter.

**Cost.** O(n log n) for the sort; the tests and the walk are linear.

**Usual mistakes**

- *No running minimum*, so that adjusted values are out of order. Most data do not show it; two
  close p-values do.
- *The maximum from the other end*, which belongs to Holm.
- *Sorting the values and losing the places.*
- *Untestable slices* as 0, as 1 or in `m`. NaN keeps them out of every comparison.
- *One tail* because the team hopes for a rise.
]==],
}
