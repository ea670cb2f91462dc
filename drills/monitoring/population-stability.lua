-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The population stability index over bins cut at the reference's quantiles. The drill is about
-- definitions that are easy to say and easy to get half right: whose quantiles, which end of a bin
-- is closed, empty bins, missing values; and about finding a value's bin without trying them all.

local missing = 0 / 0

local function spread_values(n, low, high, rand)
  local values = {}
  for i = 1, n do values[i] = low + (high - low) * rand.float() end
  return values
end

-- `n` values drawn from `pool`, one in `rate` of them missing (0: none).
local function drawn_from(pool, n, rate, rand)
  local values = {}
  for i = 1, n do
    values[i] = rate > 0 and rand(1, rate) == 1 and missing or rand.pick(pool)
  end
  return values
end

-- The reference. Several wrong answers are this text with one thing changed.
local by_edges = [==[
-- Edges from the sorted reference; a value's bin is the number of edges below it, found by halving.
local function present(values)
  local kept = {}
  for _, value in ipairs(values) do
    if value == value then kept[#kept + 1] = value end
  end
  return kept
end

local function edges_of(values, bins)
  local ascending, edges = table.move(values, 1, #values, 1, {}), {}
  table.sort(ascending)
  for b = 1, bins - 1 do
    local at, rest = b * (#ascending - 1) // bins, b * (#ascending - 1) % bins
    local low = ascending[at + 1]
    local high = ascending[at + 2] or low
    local edge = low + rest / bins * (high - low)
    if edge ~= edges[#edges] then edges[#edges + 1] = edge end
  end
  return edges
end

local function shares(values, edges)
  local counts = {}
  for b = 1, #edges + 1 do counts[b] = 0 end
  for _, value in ipairs(values) do
    local low, high = 1, #edges + 1
    while low < high do
      local middle = (low + high) // 2
      if value <= edges[middle] then high = middle else low = middle + 1 end
    end
    counts[low] = counts[low] + 1
  end
  for b = 1, #counts do counts[b] = math.max(counts[b] / #values, 1e-4) end
  return counts
end

function population_stability(reference, current, bins)
  reference, current = present(reference), present(current)
  if #reference == 0 or #current == 0 then return nil end
  local edges = edges_of(reference, bins)
  local p, q = shares(reference, edges), shares(current, edges)
  local index = 0.0
  for b = 1, #p do index = index + (q[b] - p[b]) * math.log(q[b] / p[b]) end
  return index
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = by_edges:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return by_edges:sub(1, first - 1) .. new .. by_edges:sub(last + 1)
end

return drill {
  id = "population-stability",
  title = "Has the feature moved?",
  category = "monitoring",
  level = "medium",
  minutes = 25,
  covers = { "S06-C05", "S12-C12", "S01-C11" },
  signature = "population_stability(reference: float[], current: float[], bins: int) -> float?",

  statement = [==[
A monitor compares today's values of a feature with those of a reference week. It cuts the number
line into bins that hold about the same share of the reference, and looks at how today's values fall
into the same bins. With `p` a bin's share of the reference and `q` its share of today's values, the
*population stability index* is the sum of `(q - p) · ln(q / p)` over the bins.

Given `reference`, `current` and the number of bins, return the index.

**Conventions**

- A missing value is a NaN. Missing values are dropped from both samples before anything else, and
  count neither in the shares nor in the sizes. All other values are finite.
- If no value is left in one of the samples, there is no index: return nothing (`nil`, `None`).
- The edges come from the reference alone. Sort its `n` values as `s[0] ≤ … ≤ s[n-1]`. For each
  `b` from 1 to `bins - 1`, divide `b · (n - 1)` by `bins` in whole numbers, with quotient `i` and
  remainder `r`. The edge is `s[i] + (r / bins) · (s[i+1] - s[i])`, and `s[i]` where `r` is 0.
  (Compute it in just this form: then equal neighbours give exactly their value.)
- Of equal edges only one is kept, so there may be fewer bins than asked for.
- A bin is open on the left and closed on the right: with edges `e1 < e2 < … < ek` the bins are
  `x ≤ e1`, `e1 < x ≤ e2`, …, `x > ek`. Values outside the reference's range belong to the outer
  bins.
- A share below 0.0001 is raised to 0.0001, on both sides. The other shares stay as they are, even
  if the sum is then more than 1.
- `1 ≤ bins ≤ 10000`. With one bin there is no edge, and the index is 0.
- Do not change the input. The answer is compared with a tolerance of 10^-9.

**Cost.** With `n` values in all, time must grow like `n log n`, even when there are about as many
bins as values. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { 1, 2, 3, 4, 5 }, { 1, 2, 2, 4, 5, 5, 9, 9 }, 2 },
      result = (0.625 - 0.4) * math.log(0.625 / 0.4) + (0.375 - 0.6) * math.log(0.375 / 0.6),
      note = "The only edge is 3, the median. The reference puts 3 of 5 at or below it, today's "
        .. "values 3 of 8.",
    },
    {
      args = { { 10, 20, 30, 40 }, { 50, 60 }, 2 },
      result = 0.4999 * math.log(5000) + 0.5 * math.log(2),
      note = "The edge is 25. Nothing of today lies below it: the share of 0 is raised to 0.0001.",
    },
    {
      args = { { 7, 7, 7, 7, 9 }, { 7, 9 }, 4 },
      result = 0.3 * math.log(0.5 / 0.2) - 0.3 * math.log(0.5 / 0.8),
      note = "All three edges are 7. One is kept, and there are two bins: up to 7, and above.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1500, 3000, 6000, 12000 },
    -- As many bins as the reference has values: trying the bins one by one is quadratic.
    input = function(n, rand)
      return { spread_values(n // 2, 0, 1, rand), spread_values(n - n // 2, 0, 1, rand), n // 2 }
    end,
  },

  cases = function(rand, case)
    case { name = "one value each", args = { { 4 }, { 4 }, 1 } }
    case { name = "one bin", args = { { 1, 2, 3 }, { 7, 8 }, 1 } }
    case { name = "nothing has moved", args = { { 3, 1, 2, 4 }, { 4, 3, 2, 1 }, 4 } }
    case { name = "no values today", args = { { 1, 2, 3 }, {}, 4 } }
    case { name = "only missing values", args = { { missing, missing }, { 1, 2 }, 4 } }
    case {
      name = "on the edge",
      catches = "closed on the left",
      args = { { 1, 2, 3, 4, 5 }, { 3, 3, 3, 5 }, 2 },
    }
    case {
      name = "skewed values",
      catches = "cuts at equal widths",
      args = { { 1, 2, 3, 4, 5, 6, 7, 100 }, { 1, 2, 3, 6, 7, 100 }, 2 },
    }
    case {
      name = "two weeks apart",
      catches = "cuts at the pooled quantiles",
      args = { { 1, 2, 3, 4, 5, 6, 7, 8 }, { 4, 5, 6, 7, 8, 9, 10, 11 }, 2 },
    }
    case { name = "between two values",
           args = { { 1, 2, 4, 8, 16, 32 }, { 1, 3, 5, 7, 30 }, 4 } }
    case {
      name = "an empty bin",
      catches = "an empty bin gives infinity",
      args = { { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { 1, 1, 2, 9, 9 }, 4 },
    }
    case {
      name = "only the outer bins today",
      catches = "makes the shares sum to one again",
      args = { { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { -20, 0, 40 }, 5 },
    }
    case { name = "below the reference and above",
           args = { { 10, 20, 30, 40, 50 }, { -1000, 1000, 25, 35 }, 3 } }
    case { name = "many equal values",
           args = { { 0, 0, 0, 0, 0, 0, 1, 2 }, { 0, 1, 1, 2, 3 }, 10 } }
    case { name = "all equal", args = { { 5, 5, 5 }, { 4, 5, 6 }, 10 } }
    case {
      name = "missing values today",
      catches = "a missing value is a zero",
      args = { { 1, 2, 3, 4, 5 }, { missing, 2, 4, missing, 5 }, 2 },
    }
    case {
      name = "missing values in the reference",
      catches = "divides by the rows that are missing too",
      args = { { 1, missing, 2, 3, missing, 4, 5, missing }, { 2, 4, 5 }, 2 },
    }
    case {
      name = "equal neighbours between others",
      catches = "weighs both neighbours",
      args = { { 0.1, 0.3, 0.3, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5 }, { 0.3, 0.3, 0.5, 1 }, 7 },
    }
    case {
      name = "values of a tiny scale",
      catches = "takes near edges for equal",
      args = { { 1e-12, 2e-12, 3e-12, 4e-12, 5e-12 }, { 1e-12, 2e-12, 2e-12, 5e-12 }, 4 },
    }
    case { name = "more bins than values", args = { { 1, 4, 9 }, { 2, 4, 5, 12 }, 10 } }
    for i = 1, 3 do
      case {
        name = "random " .. i,
        args = { spread_values(rand(5, 90), 0, 1, rand), spread_values(rand(5, 90), 0.1, 1.2, rand),
                 rand(2, 12) },
      }
    end
    for i = 1, 3 do
      local pool = spread_values(rand(4, 12), -3, 3, rand)
      case {
        name = "random with ties " .. i,
        args = { drawn_from(pool, rand(8, 90), i == 1 and 0 or 5, rand),
                 drawn_from(pool, rand(8, 90), i == 2 and 0 or 5, rand), rand(2, 12) },
      }
    end
    local crowd = {}
    for i = 1, 12000 do crowd[i] = 0 end
    crowd[12001] = 2
    case { name = "one value in 12001", catches = "raises empty bins only",
           args = { { 0, 1 }, crowd, 2 } }
    case { name = "2000 values in 10 bins",
           args = { spread_values(800, 0, 1, rand), spread_values(1200, 0, 1.1, rand), 10 } }
    case { name = "1000 values in 300 bins",
           args = { spread_values(600, 0, 1, rand), spread_values(400, 0.2, 1.1, rand), 300 } }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["weighs both neighbours"] = "(1 - f) · s[i] + f · s[i+1] is the same in mathematics, but of two "
      .. "equal values it can make a slightly smaller edge, and these values then lie above it. The form "
      .. "s[i] + f · (s[i+1] - s[i]) gives exactly their value.",
    ["takes near edges for equal"] = "Edges are compared with a fixed tolerance. A feature may live on "
      .. "any scale; only equal edges are one.",
    ["raises empty bins only"] = "Every share below 0.0001 is raised, also that of a bin with a single "
      .. "value among very many.",
  },

  -- No edges are merged and no bin is searched: bins between neighbouring edges are counted one by
  -- one. Bins between equal edges are empty on both sides and add nothing.
  oracle = function(args)
    local samples = {}
    for k = 1, 2 do
      samples[k] = {}
      for _, value in ipairs(args[k]) do
        if value == value then table.insert(samples[k], value) end
      end
      if #samples[k] == 0 then return nil end
    end
    local sorted, bins = { table.unpack(samples[1]) }, args[3]
    table.sort(sorted)
    local edges = { [0] = -math.huge, [bins] = math.huge }
    for b = 1, bins - 1 do
      local whole = b * (#sorted - 1)
      local i, r = whole // bins, whole % bins
      edges[b] = sorted[i + 1]
      if r > 0 then edges[b] = edges[b] + (r / bins) * (sorted[i + 2] - sorted[i + 1]) end
    end
    local index = 0.0
    for b = 1, bins do
      local share = {}
      for k = 1, 2 do
        local count = 0
        for _, value in ipairs(samples[k]) do
          if edges[b - 1] < value and value <= edges[b] then count = count + 1 end
        end
        share[k] = math.max(count / #samples[k], 0.0001)
      end
      index = index + (share[2] - share[1]) * (math.log(share[2]) - math.log(share[1]))
    end
    return index
  end,

  reference = {
    lua = by_edges,
    python = [==[
from bisect import bisect_left
from math import isnan, log


# Edges from the sorted reference; a value's bin is the number of edges below it, found by halving.
def edges_of(values, bins):
    ascending, edges = sorted(values), []
    for b in range(1, bins):
        at, rest = divmod(b * (len(ascending) - 1), bins)
        edge = ascending[at]
        if rest:
            edge += rest / bins * (ascending[at + 1] - edge)
        if not edges or edge != edges[-1]:
            edges.append(edge)
    return edges


def shares(values, edges):
    counts = [0] * (len(edges) + 1)
    for value in values:
        counts[bisect_left(edges, value)] += 1
    return [max(count / len(values), 1e-4) for count in counts]


def population_stability(reference, current, bins):
    reference = [value for value in reference if not isnan(value)]
    current = [value for value in current if not isnan(value)]
    if not reference or not current:
        return None
    edges = edges_of(reference, bins)
    pairs = zip(shares(reference, edges), shares(current, edges))
    return sum((q - p) * log(q / p) for p, q in pairs)
]==],
    cpp = [==[
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

// Edges from the sorted reference; a value's bin is the number of edges below it, found by halving.
static std::vector<double> present(const std::vector<double>& values) {
  std::vector<double> kept;
  for (double value : values)
    if (!std::isnan(value)) kept.push_back(value);
  return kept;
}

static std::vector<double> edges_of(std::vector<double> values, long long bins) {
  std::sort(values.begin(), values.end());
  const long long last = static_cast<long long>(values.size()) - 1;
  std::vector<double> edges;
  for (long long b = 1; b < bins; ++b) {
    const auto at = static_cast<std::size_t>(b * last / bins);
    const long long rest = b * last % bins;
    double edge = values[at];
    if (rest > 0)
      edge += static_cast<double>(rest) / static_cast<double>(bins) * (values[at + 1] - edge);
    if (edges.empty() || edge != edges.back()) edges.push_back(edge);
  }
  return edges;
}

static std::vector<double> shares(const std::vector<double>& values,
                                  const std::vector<double>& edges) {
  std::vector<double> result(edges.size() + 1);
  for (double value : values) {
    const auto bin = std::lower_bound(edges.begin(), edges.end(), value) - edges.begin();
    ++result[static_cast<std::size_t>(bin)];
  }
  for (double& share : result) share = std::max(share / static_cast<double>(values.size()), 1e-4);
  return result;
}

std::optional<double> population_stability(const std::vector<double>& reference,
                                           const std::vector<double>& current, long long bins) {
  const auto before = present(reference), after = present(current);
  if (before.empty() || after.empty()) return std::nullopt;
  const auto edges = edges_of(before, bins);
  const auto p = shares(before, edges), q = shares(after, edges);
  double index = 0;
  for (std::size_t b = 0; b < p.size(); ++b) index += (q[b] - p[b]) * std::log(q[b] / p[b]);
  return index;
}
]==],
  },

  wrong = {
    {
      name = "closed on the left",
      language = "lua",
      verdict = "WA",
      case = "on the edge",
      why = "A value that equals an edge goes into the bin above. Edges are values of the "
        .. "reference, so with counts and rounded numbers that moves whole spikes into the next "
        .. "bin.",
      code = reference_with("if value <= edges[middle] then", "if value < edges[middle] then"),
    },
    {
      name = "cuts at equal widths",
      language = "lua",
      verdict = "WA",
      case = "skewed values",
      why = "The bins have equal widths instead of equal shares. One outlier in the reference puts "
        .. "nearly everything into the first bin, where no change can be seen.",
      code = reference_with("local edge = low + rest / bins * (high - low)",
                            "local edge = ascending[1] + b / bins * (ascending[#ascending] - "
                              .. "ascending[1])"),
    },
    {
      name = "cuts at the pooled quantiles",
      language = "lua",
      verdict = "WA",
      case = "two weeks apart",
      why = "The edges come from both samples together, so they move with what they are to "
        .. "measure: the further the current week runs off, the more of the bins follow it. And "
        .. "yesterday's index is on other bins than today's.",
      code = reference_with("local edges = edges_of(reference, bins)", [==[
local pool = table.move(reference, 1, #reference, 1, {})
  table.move(current, 1, #current, #pool + 1, pool)
  local edges = edges_of(pool, bins)]==]),
    },
    {
      name = "an empty bin gives infinity",
      language = "lua",
      verdict = "WA",
      case = "an empty bin",
      why = "Without a floor, an empty bin makes ln 0: the index is infinite, or NaN where both "
        .. "sides are empty, and every later comparison with a threshold is meaningless.",
      code = reference_with("math.max(counts[b] / #values, 1e-4)", "counts[b] / #values"),
    },
    {
      name = "leaves out empty bins",
      language = "lua",
      verdict = "WA",
      case = "an empty bin",
      why = "Bins with a share of 0 are skipped, which takes the largest change out of the sum.",
      code = reference_with("index = index + (q[b] - p[b]) * math.log(q[b] / p[b])",
                            "if p[b] > 1e-4 and q[b] > 1e-4 then\n      index = index + "
                              .. "(q[b] - p[b]) * math.log(q[b] / p[b])\n    end"),
    },
    {
      name = "makes the shares sum to one again",
      language = "lua",
      verdict = "WA",
      case = "an empty bin",
      why = "After raising the empty bins all shares are scaled back to a sum of 1. It is a sound "
        .. "choice and not the one asked for: two tools that differ in it disagree in the third "
        .. "digit.",
      code = reference_with("  return counts\nend\n\nfunction population", [==[
  local sum = 0.0
  for b = 1, #counts do sum = sum + counts[b] end
  for b = 1, #counts do counts[b] = counts[b] / sum end
  return counts
end

function population]==]),
    },
    {
      name = "a missing value is a zero",
      language = "lua",
      verdict = "WA",
      case = "only missing values",
      why = "Missing values are counted as 0 and look like a move to the left. Drop them here, and "
        .. "report the rate of missing values on its own.",
      code = reference_with("if value == value then kept[#kept + 1] = value end",
                            "kept[#kept + 1] = value == value and value or 0"),
    },
    {
      name = "divides by the rows that are missing too",
      language = "lua",
      verdict = "WA",
      case = "missing values today",
      why = "The missing values are left out of the bins and stay in the divisor, so the shares "
        .. "sum to less than 1 and every bin seems to have shrunk.",
      code = reference_with([==[
function population_stability(reference, current, bins)
  reference, current = present(reference), present(current)
  if #reference == 0 or #current == 0 then return nil end
  local edges = edges_of(reference, bins)
  local p, q = shares(reference, edges), shares(current, edges)
]==], [==[
function population_stability(reference, current, bins)
  local rows, rows_now = #reference, #current
  reference, current = present(reference), present(current)
  if #reference == 0 or #current == 0 then return nil end
  local edges = edges_of(reference, bins)
  local p, q = shares(reference, edges), shares(current, edges)
  for b = 1, #p do
    p[b] = math.max(p[b] * #reference / rows, 1e-4)
    q[b] = math.max(q[b] * #current / rows_now, 1e-4)
  end
]==]),
    },
    {
      name = "tries the bins one by one",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each value walks through the edges until one is large enough. With ten bins nobody "
        .. "minds; with as many bins as values it is quadratic. The edges are sorted: halve.",
      code = reference_with([==[
    local low, high = 1, #edges + 1
    while low < high do
      local middle = (low + high) // 2
      if value <= edges[middle] then high = middle else low = middle + 1 end
    end
]==], [==[
    local low = 1
    while low <= #edges and value > edges[low] do low = low + 1 end
]==]),
    },
  },

  hints = {
    { text = "Write three small functions: the values that are there, the edges of a sample, the "
        .. "shares of a sample over given edges. The last one is used twice.", cost_min = 2 },
    { text = "The number of edges strictly below a value is its bin. The edges ascend, so you can "
        .. "find that number by halving; most libraries have it under the name of a lower bound.",
      cost_min = 4 },
    { text = "Drop NaN (it is the only value that differs from itself), give up if a sample is "
        .. "empty. Edge b: i, r = divmod(b·(n-1), bins), s[i] + r/bins·(s[i+1] - s[i]) if r > 0, "
        .. "kept if it differs from the last one. Count, divide, raise to 0.0001, sum.",
      cost_min = 6 },
  },

  follow_ups = {
    { ask = "Everybody alarms at 0.25. Is that right?",
      answer = "Not for every sample size. With no change at all the index is about "
        .. "(1/n + 1/m) · χ² with bins - 1 degrees of freedom: with 10 bins and 200 rows a side "
        .. "its mean is 0.09 and one day in twenty is above 0.17, while with a million rows 0.01 "
        .. "is a real change. Alarm above the noise, and on changes large enough to matter." },
    { ask = "Why the reference's quantiles and not equal widths?",
      answer = "Every bin then has about the same expected count, so each has the same chance to "
        .. "show a change, and outliers cost nothing. It also fixes the bins: they are worked out "
        .. "once and kept with the model." },
    { ask = "What does the floor of 0.0001 do?",
      answer = "It bounds what an empty bin adds: with p = 0.1 about 0.1 · ln 1000 = 0.69. So one "
        .. "empty bin alarms by itself, which is what you want with large samples and noise with "
        .. "small ones. The choice of the floor is part of the metric: write it down." },
    { ask = "The index is high. What next?",
      answer = "Show the bins that contribute most, then ask what changed: the missing rate, the "
        .. "units, a new client, a join, the mix of countries. Check whether the model's error "
        .. "moved. Retraining is the last thing, since it would learn a broken feature." },
    { ask = "The values come as a stream of a billion a day.",
      answer = "The edges are fixed, so count into the bins as values pass: constant memory, and "
        .. "counts from many machines add up. Only the reference has to be sorted or sketched." },
  },

  explain = [==[
**Idea.** Three steps: edges from the reference, shares of both samples over the same edges, a sum.
With the edges sorted, the bin of a value is the number of edges strictly below it, which halving
finds in `log(bins)` steps.

**Why each bin is right.** The search keeps two facts: all edges before `low` are below the value,
and the edge at `high`, if there is one, is not. When both meet, exactly the edges before it are
below, so the value lies above the one and at or below the other: open on the left, closed on the
right. A value above all edges ends in the last bin.

**The index.** `(q - p) · ln(q/p)` is never negative, since both factors have the same sign. It is
the sum of the two Kullback-Leibler divergences, of `p` from `q` and of `q` from `p`, so it does not
matter which sample is called the reference once the bins are fixed.

**Cost.** O(n log n): sorting, and one search a value. Without halving it is O(n · bins).

**Usual mistakes**

- *Whose quantiles.* From the pool, the bins chase the change. From today, the index of each day is
  on a scale of its own.
- *Equal edges.* A feature that is mostly 0 has several edges at 0. Libraries that insist on
  strictly rising edges fail here, on just the features that matter.
- *The closed end* decides where a spike goes, and spikes sit on edges.
- *Missing values.* NaN compares false with everything, so it ends in the last bin, or makes a sort
  go wrong, without any error. Their rate is a metric of its own, and often the better alarm.
- *Empty bins* without a floor, or left out.
]==],
}
