-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Expected calibration error with bins of equal width. The drill is about the edges of the bins, a
-- score of exactly 1, empty bins, and what is averaged with which weight.

-- `n` scores in [0, 1) with labels whose rate is the score bent by `bend`.
local function rows(n, bend, rand)
  local scores, labels = {}, {}
  for i = 1, n do
    scores[i] = rand.float()
    labels[i] = rand.float() < scores[i] ^ bend and 1 or 0
  end
  return scores, labels
end

-- Scores on a grid that includes both ends, so that edges and ties are common.
local function rows_on_grid(n, steps, rand)
  local scores, labels = {}, {}
  for i = 1, n do
    scores[i] = rand(0, steps) / steps
    labels[i] = rand(0, 1)
  end
  return scores, labels
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local one_pass = [==[
-- Per bin the sum of (label - score). Divided by n it is already the bin's gap times its share.
function expected_calibration_error(scores, labels, bins)
  if #scores == 0 then return nil end
  local gap = {}
  for b = 0, bins - 1 do gap[b] = 0 end
  for i, p in ipairs(scores) do
    local b = math.min(math.floor(p * bins), bins - 1)
    gap[b] = gap[b] + labels[i] - p
  end
  local sum = 0
  for b = 0, bins - 1 do sum = sum + math.abs(gap[b]) end
  return sum / #scores
end
]==]

local function reference_with(old, new)
  local first, last = one_pass:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return one_pass:sub(1, first - 1) .. new .. one_pass:sub(last + 1)
end

-- A solution that keeps count, scores and labels of each bin; `term` makes one bin's part of `sum`
-- and `last` the answer of it.
local function by_means(term, last)
  return [==[
function expected_calibration_error(scores, labels, bins)
  local n = #scores
  if n == 0 then return nil end
  local count, score, label = {}, {}, {}
  for b = 0, bins - 1 do count[b], score[b], label[b] = 0, 0, 0 end
  for i, p in ipairs(scores) do
    local b = math.min(math.floor(p * bins), bins - 1)
    count[b], score[b], label[b] = count[b] + 1, score[b] + p, label[b] + labels[i]
  end
  local sum, filled = 0, 0
  for b = 0, bins - 1 do
]==] .. term .. "\n  end\n  return " .. last .. "\nend\n"
end

return drill {
  id = "expected-calibration-error",
  title = "How far promises are from outcomes",
  category = "metrics",
  level = "easy",
  minutes = 15,
  covers = { "S10-C03", "S01-C03", "S12-C10", "S10-C11" },
  signature = "expected_calibration_error(scores: float[], labels: int[], bins: int) -> float?",

  statement = [==[
A moderation model gives every comment a probability of breaking the rules. Reviewers then find out
whether it did. The model is well calibrated when, of the comments that it scores near 0.3, about 30 %
do break the rules.

Cut the range of scores into `bins` bins of equal width. For every bin that holds at least one row,
take the distance between the mean label and the mean score of its rows. Return the mean of these
distances, each weighted with the bin's share of all rows:

`ECE = Σ (rows in bin / rows) · |mean label - mean score|`.

**Conventions**

- Both lists have the same length `n ≥ 0`. A score lies in [0, 1], a label is 0 or 1.
- `1 ≤ bins ≤ 100000`. There may be more bins than rows.
- A score `p` belongs to bin `floor(p · bins)`, counted from 0 and computed in 64-bit floats. So a
  score on an edge belongs to the bin above it. The one exception is the score 1, which belongs to
  the last bin.
- An empty bin contributes nothing.
- Without rows the error is undefined: return nothing (`nil`, `None`, an empty optional).
- An error of 10^-9 in the result is allowed. Do not change the input.

**Cost.** Time and memory must grow like `n + bins`.
]==],

  examples = {
    {
      args = { { 0.1, 0.3, 0.9, 0.7 }, { 0, 1, 1, 1 }, 2 },
      result = 0.25,
      note = "The lower bin has mean score 0.2 and mean label 0.5, the upper one 0.8 and 1. "
        .. "Half of 0.3 and half of 0.2.",
    },
    {
      args = { { 1.0, 1.0, 0.0 }, { 1, 0, 0 }, 10 },
      result = 1 / 3,
      note = "The last bin holds both ones: mean label 0.5, mean score 1, share 2/3. The first bin "
        .. "is exact, the other eight are empty.",
    },
    {
      args = { { 0.5 }, { 1 }, 2 },
      result = 0.5,
      note = "0.5 is on an edge and belongs to the upper bin. Here its place does not matter.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- Half as many bins as rows.
    input = function(n, rand)
      local scores, labels = rows(n, 1.5, rand)
      return { scores, labels, n // 2 }
    end,
  },

  cases = function(rand, case)
    case { name = "no rows", catches = "divides by no rows", args = { {}, {}, 10 } }
    case { name = "one row", args = { { 0.5 }, { 1 }, 1 } }
    case { name = "errors inside a bin cancel", catches = "measures each row",
           args = { { 0.4, 0.5, 0.5, 0.6 }, { 0, 1, 1, 0 }, 1 } }
    case { name = "too low here, too high there", catches = "lets bins cancel",
           args = { { 0.25, 0.75 }, { 1, 0 }, 2 } }
    case { name = "scores away from the middle of the bin", catches = "takes the middle of the bin",
           args = { { 0.01, 0.6 }, { 0, 1 }, 2 } }
    case { name = "a full bin and a thin one", catches = "weighs all bins alike",
           args = { { 0.25, 0.25, 0.25, 0.75 }, { 0, 0, 0, 0 }, 2 } }
    case { name = "an empty bin in between", catches = "divides by an empty bin",
           args = { { 0.1, 0.95, 0.9 }, { 0, 1, 0 }, 4 } }
    case { name = "a score on an edge", catches = "gives edges to the bin below",
           args = { { 0.4, 0.5, 0.6 }, { 1, 0, 1 }, 2 } }
    case { name = "a score of one", catches = "loses the score 1",
           args = { { 1.0, 0.75 }, { 0, 0 }, 2 } }
    case { name = "a score of one among others", catches = "gives the score 1 a bin of its own",
           args = { { 1.0, 0.75 }, { 0, 1 }, 2 } }
    case { name = "an edge that a division misses", catches = "computes the bin another way",
           args = { { 0.7, 0.65 }, { 1, 0 }, 10 } }
    case { name = "a product just below a whole number", catches = "computes the bin another way",
           args = { { 0.29, 0.295 }, { 1, 0 }, 100 } }
    case { name = "only ones", args = { { 1.0, 1.0 }, { 1, 0 }, 1 } }
    case { name = "only zeros", args = { { 0.0, 0.0, 0.0 }, { 0, 1, 0 }, 3 } }
    case { name = "a single bin", args = { { 0.0, 0.3, 0.8, 1.0 }, { 1, 1, 0, 1 }, 1 } }
    case { name = "many more bins than rows", args = { { 0.123, 0.124, 0.9 }, { 1, 0, 1 }, 1000 } }
    case { name = "perfect", args = { { 0.5, 0.5, 0.0, 1.0 }, { 0, 1, 0, 1 }, 5 } }
    for i = 1, 4 do
      local scores, labels = rows_on_grid(rand(4, 60), 20, rand)
      case { name = "random, scores on edges " .. i,
             args = { scores, labels, rand.pick { 2, 4, 5, 10 } } }
    end
    for i = 1, 2 do
      local scores, labels = rows(rand(10, 80), 0.5, rand)
      case { name = "random " .. i, args = { scores, labels, rand(1, 15) } }
    end
    local scores, labels = rows(8000, 2, rand)
    case { name = "8000 comments", args = { scores, labels, 15 } }
    scores, labels = rows_on_grid(5000, 100, rand)
    case { name = "5000 comments, scores with two digits", args = { scores, labels, 100 } }
  end,

  compare = { tolerance = 1e-9 },

  -- Row by row, the gap of the bin that the row is in: the mean over rows carries the weights.
  oracle = function(args)
    local scores, labels, bins = args[1], args[2], args[3]
    local n = #scores
    if n == 0 then return nil end
    local function bin(p) return p == 1 and bins - 1 or math.floor(p * bins) end
    local sum = 0
    for i = 1, n do
      local score, label, count = 0, 0, 0
      for j = 1, n do
        if bin(scores[j]) == bin(scores[i]) then
          score, label, count = score + scores[j], label + labels[j], count + 1
        end
      end
      sum = sum + math.abs(label / count - score / count)
    end
    return sum / n
  end,

  reference = {
    lua = one_pass,
    python = [==[
# Per bin the sum of (label - score). Divided by n it is already the bin's gap times its share.
def expected_calibration_error(scores, labels, bins):
    if not scores:
        return None
    gap = [0.0] * bins
    for p, y in zip(scores, labels):
        gap[min(int(p * bins), bins - 1)] += y - p
    return sum(map(abs, gap)) / len(scores)
]==],
  },

  wrong = {
    {
      name = "loses the score 1",
      language = "lua",
      verdict = "WA",
      case = "a score of one",
      why = "floor(1 · bins) is one bin too far. Where bins are half-open the last one must be "
        .. "closed at both ends: take the smaller of floor(p · bins) and bins - 1. Others write "
        .. "past the end of an array here.",
      code = reference_with([==[    local b = math.min(math.floor(p * bins), bins - 1)
    gap[b] = gap[b] + labels[i] - p]==], [==[
    local b = math.floor(p * bins)
    if gap[b] then gap[b] = gap[b] + labels[i] - p end]==]),
    },
    {
      name = "weighs all bins alike",
      language = "lua",
      verdict = "WA",
      case = "a full bin and a thin one",
      why = "The plain mean over the bins is another measure (the average calibration error). A bin "
        .. "with three rows then counts as much as one with three million.",
      code = by_means([==[
    if count[b] > 0 then
      sum, filled = sum + math.abs(label[b] - score[b]) / count[b], filled + 1
    end]==], "sum / filled"),
    },
    {
      name = "divides by an empty bin",
      language = "lua",
      verdict = "WA",
      case = "an empty bin in between",
      why = "The means of an empty bin are 0 / 0, and one NaN makes the whole sum NaN. Skip the bin.",
      code = by_means([==[
    local gap = math.abs(label[b] / count[b] - score[b] / count[b])
    sum = sum + count[b] / n * gap]==], "sum"),
    },
    {
      name = "takes the middle of the bin",
      language = "lua",
      verdict = "WA",
      case = "scores away from the middle of the bin",
      why = "The middle of a bin stands in for its mean score. With rare events nearly all scores "
        .. "crowd at the low end of the first bin, and the error of that bin is invented.",
      code = by_means("    sum = sum + math.abs(label[b] - count[b] * (b + 0.5) / bins)", "sum / n"),
    },
    {
      name = "measures each row",
      language = "lua",
      verdict = "WA",
      case = "errors inside a bin cancel",
      why = "The distance of every single label from its score is at most noise: a perfect 0.5 would "
        .. "have the error 0.5. Average within the bin first, then take the distance.",
      code = [==[
function expected_calibration_error(scores, labels, bins)
  if #scores == 0 then return nil end
  local sum = 0
  for i, p in ipairs(scores) do sum = sum + math.abs(labels[i] - p) end
  return sum / #scores
end
]==],
    },
    {
      name = "lets bins cancel",
      language = "lua",
      verdict = "WA",
      case = "too low here, too high there",
      why = "Without the absolute value a bin that promises too much makes up for one that promises "
        .. "too little, and the number of bins no longer matters.",
      code = reference_with("sum + math.abs(gap[b])", "sum + gap[b]"),
    },
    {
      name = "gives edges to the bin below",
      language = "lua",
      verdict = "WA",
      case = "a score on an edge",
      why = "Bins that are open below and closed above: a score on an edge lands one bin too low. "
        .. "Both habits exist, so the statement says which; scores with two digits are on edges "
        .. "all the time.",
      code = reference_with("math.min(math.floor(p * bins), bins - 1)",
        "math.max(math.ceil(p * bins) - 1, 0)"),
    },
    {
      name = "looks through all rows for each bin",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Every bin reads all rows to find its own: n · bins steps. A row can compute its bin, so "
        .. "one pass over the rows fills all of them.",
      code = [==[
function expected_calibration_error(scores, labels, bins)
  if #scores == 0 then return nil end
  local sum = 0
  for b = 0, bins - 1 do
    local gap = 0
    for i, p in ipairs(scores) do
      if math.min(math.floor(p * bins), bins - 1) == b then gap = gap + labels[i] - p end
    end
    sum = sum + math.abs(gap)
  end
  return sum / #scores
end
]==],
    },
  },

  pitfalls = {
    ["divides by no rows"] = "0 / 0 is NaN, not an error of calibration. Say that there is nothing "
      .. "to measure.",
    ["gives the score 1 a bin of its own"] = "With room for one bin more the score 1 does no harm, but "
      .. "it belongs to the last bin, together with the scores just below it.",
    ["computes the bin another way"] = "The bin is floor(p · bins) in 64-bit floats. A division by the "
      .. "width of a bin, or a little added against rounding, moves some scores across an edge: "
      .. "0.7 / 0.1 is below 7, and 0.29 · 100 is below 29.",
  },

  hints = {
    { text = "What do you have to know about a bin? Does the place of its rows matter, or their "
        .. "order?", cost_min = 1 },
    { text = "Write the term of one bin with its sums instead of its means. What happens to the "
        .. "number of rows in the bin?", cost_min = 2 },
    { text = "One array of `bins` sums. Each row adds label - score to bin "
        .. "min(floor(p · bins), bins - 1). The answer is the sum of absolute values over n.",
      cost_min = 3 },
  },

  follow_ups = {
    { ask = "How many bins would you take?",
      answer = "The more bins, the more noise: a bin of m rows has a standard error of about "
        .. "sqrt(p(1 - p) / m), and the absolute value turns all of it into error. So ECE grows "
        .. "with the number of bins even for a perfect model. Ten to twenty for thousands of rows; "
        .. "keep the number fixed when models are compared, and show the bins' intervals." },
    { ask = "Clicks are at 1 %. What does this ECE tell you?",
      answer = "Little: nearly all rows are in the first bin, where too high and too low scores "
        .. "cancel. Use bins with equal numbers of rows (inner edges at quantiles), or bins on the "
        .. "logit, and put the quantile version beside the equal-width one." },
    { ask = "Bins of equal count: how do you treat equal scores?",
      answer = "Cut at quantile values, not at positions in the sorted list, so that equal scores "
        .. "stay in one bin. Otherwise the result depends on the order of rows." },
    { ask = "A model that always predicts the base rate: what is its ECE?",
      answer = "0, and it is useless. Calibration says nothing about telling cases apart; report it "
        .. "with a proper score such as log loss or Brier, which see both." },
    { ask = "The mean ECE is fine. Where do you look next?",
      answer = "At segments: country, surface, new users. Errors of opposite sign cancel inside a "
        .. "bin as soon as segments are mixed. Per-segment ECE with a minimum number of rows, and "
        .. "the ratio of mean score to mean label." },
  },

  explain = [==[
**The shortcut.** Let a bin hold `m` rows with sum of labels `L` and sum of scores `S`. Its term is
`m/n · |L/m - S/m| = |L - S| / n`. The number of rows cancels, so a bin needs a single number, the
sum of label - score, and an empty bin contributes 0 by itself: no special case is left to forget.

**Which bin.** `floor(p · bins)` is right for all scores in [0, 1). Only p = 1 gives `bins`, which
does not exist. Taking the minimum with `bins - 1` closes the last bin. Nothing else may be nudged:
adding a small epsilon moves scores that are on an edge.

**Cost.** One pass over the rows and one over the bins.

**Usual mistakes**

- *p = 1.* In tests with random scores it never occurs; a model that saturates makes it every day.
- *Empty bins.* 0 / 0 is NaN in a float language and an exception in others.
- *The weight.* Share of rows, not 1 / bins. The unweighted mean is a measure of its own, with its
  own name.
- *Absolute value too early or not at all.* Inside a bin errors must cancel, between bins they must
  not.
- *Edges.* 0.29 · 100 is 28.999999999999996 in doubles, so a score of 0.29 is in bin 28 of 100. It
  is no mistake of yours, but two implementations that compute edges differently disagree there.
]==],
}
