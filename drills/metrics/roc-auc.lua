-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- ROC AUC from ranks. The drill is about ties, which count half whatever the order of the rows, and
-- about logs with one class, where the number does not exist.

-- `n` rows; scores of clicks are higher by `lift`. With `steps` the scores lie on a grid and tie.
local function rows(n, lift, steps, rand)
  local scores, labels = {}, {}
  for i = 1, n do
    labels[i] = rand(1, 4) == 1 and 1 or 0
    local s = rand.float() + labels[i] * lift
    scores[i] = steps and math.floor(s * steps) / steps or s
  end
  if n > 1 then labels[1], labels[n] = 0, 1 end
  return { scores, labels }
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local rank_sum = [==[
-- Sort, give equal scores the mean of their ranks, and sum the ranks of the positives. What that
-- sum exceeds its least possible value by is the number of won pairs.
function roc_auc(scores, labels)
  local n, order = #scores, {}
  for i = 1, n do order[i] = i end
  table.sort(order, function(a, b) return scores[a] < scores[b] end)
  local positives, ranks = 0, 0
  local first = 1
  while first <= n do
    local last, clicks = first, labels[order[first]]
    while last < n and scores[order[last + 1]] == scores[order[first]] do
      last = last + 1
      clicks = clicks + labels[order[last]]
    end
    positives = positives + clicks
    ranks = ranks + clicks * (first + last) / 2
    first = last + 1
  end
  local negatives = n - positives
  if positives == 0 or negatives == 0 then return nil end
  return (ranks - positives * (positives + 1) / 2) / (positives * negatives)
end
]==]

local function reference_with(old, new)
  local first, last = rank_sum:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return rank_sum:sub(1, first - 1) .. new .. rank_sum:sub(last + 1)
end

-- A walk from the highest score down, row by row; `before` orders the rows of equal scores.
local function row_by_row(before)
  return [==[
function roc_auc(scores, labels)
  local order = {}
  for i = 1, #scores do order[i] = i end
  table.sort(order, function(a, b)
    if scores[a] ~= scores[b] then return scores[a] > scores[b] end
    ]==] .. before .. [==[

  end)
  local positives, negatives, won = 0, 0, 0
  for _, i in ipairs(order) do
    if labels[i] == 1 then
      positives = positives + 1
    else
      negatives = negatives + 1
      won = won + positives
    end
  end
  if positives == 0 or negatives == 0 then return nil end
  return won / (positives * negatives)
end
]==]
end

return drill {
  id = "roc-auc",
  title = "The chance that a click outranks a skip",
  category = "metrics",
  level = "medium",
  minutes = 20,
  covers = { "S01-C02", "S10-C04", "S06-C03" },
  signature = "roc_auc(scores: float[], labels: int[]) -> float?",

  statement = [==[
A feed ranks posts by a score. Afterwards each shown post has a label: 1 for a click, 0 for a skip.
Draw one click and one skip at random. How likely does the click have the higher score?

Given `scores` and `labels`, return that probability over all pairs of a click and a skip. It is
known as the area under the ROC curve.

**Conventions**

- A pair in which the click has the higher score counts 1. A pair with equal scores counts 1/2. Any
  other pair counts 0.
- Both lists have the same length `n ≥ 0`. A label is 0 or 1. Scores are finite; they need not be
  probabilities. Only exactly equal scores are ties.
- Many scores may be equal, up to all of them. The result does not depend on the order of the rows.
- Without a click or without a skip there is no pair: return nothing (`nil`, `None`, an empty
  optional). That includes the empty log.
- An error of 10^-9 in the result is allowed. Do not change the input.

**Cost.** Time must grow like `n log n`, also when all scores are equal. Memory may grow like `n`.
]==],

  examples = {
    {
      args = { { 0.9, 0.4, 0.6, 0.2 }, { 1, 0, 0, 1 } },
      result = 0.5,
      note = "Four pairs. 0.9 beats 0.4 and 0.6, 0.2 loses to both.",
    },
    {
      args = { { 0.5, 0.5, 0.1 }, { 1, 0, 0 } },
      result = 0.75,
      note = "The click ties with one skip and beats the other: 1.5 of 2.",
    },
    {
      args = { { 0.3, 0.8 }, { 1, 1 } },
      result = nil,
      note = "There is no skip to compare with.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 4000, 8000, 16000, 32000 },
    -- Half of the rows tie at one score, the others differ.
    input = function(n, rand)
      local args = rows(n, 0.2, nil, rand)
      for i = 1, n, 2 do args[1][i] = 0.5 end
      return args
    end,
  },

  cases = function(rand, case)
    case { name = "no rows", catches = "calls one class a coin toss", args = { {}, {} } }
    case { name = "only clicks", catches = "calls one class a coin toss",
           args = { { 0.1, 0.7 }, { 1, 1 } } }
    case { name = "only skips", catches = "calls one class a coin toss",
           args = { { 0.1, 0.7, 0.7 }, { 0, 0, 0 } } }
    case { name = "the right way round", catches = "turns the order around",
           args = { { 0.2, 0.9, 0.6, 0.4 }, { 0, 1, 1, 0 } } }
    case { name = "the wrong way round", catches = "mends a bad model",
           args = { { 0.2, 0.9 }, { 1, 0 } } }
    case { name = "all scores are equal, skips first", catches = "ties by row order",
           args = { { 0.5, 0.5, 0.5 }, { 0, 0, 1 } } }
    case { name = "all scores are equal, clicks first", catches = "ties count as won",
           args = { { 0.5, 0.5, 0.5 }, { 1, 0, 0 } } }
    case { name = "clicks tie with clicks", args = { { 3.0, 3.0, 1.0 }, { 1, 1, 0 } } }
    case { name = "a tie in the middle",
           args = { { 1.0, 2.0, 2.0, 3.0 }, { 0, 1, 0, 1 } } }
    case { name = "ranks jump over the tie", catches = "one rank for each score",
           args = { { 1.0, 2.0, 2.0, 2.0, 3.0, 4.0 }, { 0, 0, 0, 0, 1, 0 } } }
    case { name = "scores below zero", args = { { -5.0, -1.0, -3.0, 0.0 }, { 0, 1, 1, 0 } } }
    case { name = "zero and minus zero tie", args = { { 0.0, -0.0 }, { 0, 1 } } }
    case { name = "scores that differ in the last bit",
           args = { { 0.1 + 0.2, 0.3 }, { 1, 0 } } }
    case { name = "scores of any size", args = { { 1e300, -1e300, 1e-300, 2e300 }, { 1, 0, 0, 0 } } }
    for i = 1, 3 do
      case { name = "random, without ties " .. i, args = rows(rand(5, 60), 0.3, nil, rand) }
    end
    for i = 1, 3 do
      case { name = "random, many ties " .. i, args = rows(rand(5, 80), 0.2, 5, rand) }
    end
    case { name = "1000 posts", args = rows(1000, 0.1, nil, rand) }
    case { name = "1500 posts, scores with two digits", args = rows(1500, 0.1, 100, rand) }
  end,

  compare = { tolerance = 1e-9 },

  -- The area itself: for each threshold the share of clicks and of skips at or above it, and
  -- straight lines between these points.
  oracle = function(args)
    local scores, labels = args[1], args[2]
    local thresholds, seen = {}, {}
    for _, s in ipairs(scores) do
      if not seen[s] then
        seen[s] = true
        thresholds[#thresholds + 1] = s
      end
    end
    table.sort(thresholds, function(a, b) return a > b end)
    local positives = 0
    for _, y in ipairs(labels) do positives = positives + y end
    local negatives = #labels - positives
    if positives * negatives == 0 then return nil end
    local area, x, y = 0, 0, 0
    for _, t in ipairs(thresholds) do
      local clicks, skips = 0, 0
      for i, s in ipairs(scores) do
        if s >= t then clicks, skips = clicks + labels[i], skips + 1 - labels[i] end
      end
      local nx, ny = skips / negatives, clicks / positives
      area = area + (nx - x) * (ny + y) / 2
      x, y = nx, ny
    end
    return area
  end,

  reference = {
    lua = rank_sum,
    python = [==[
from itertools import groupby


# Sum the ranks of the positives, equal scores sharing the mean of theirs.
def roc_auc(scores, labels):
    positives, ranks, below = 0, 0.0, 0
    for _, group in groupby(sorted(zip(scores, labels)), key=lambda row: row[0]):
        ties = [label for _, label in group]
        clicks = sum(ties)
        positives += clicks
        ranks += clicks * (below + (len(ties) + 1) / 2)
        below += len(ties)
    negatives = len(scores) - positives
    if positives == 0 or negatives == 0:
        return None
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)
]==],
    cpp = [==[
#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

// Sum the ranks of the positives, equal scores sharing the mean of theirs.
std::optional<double> roc_auc(const std::vector<double>& scores,
                              const std::vector<long long>& labels) {
  std::vector<std::pair<double, long long>> rows;
  for (std::size_t i = 0; i < scores.size(); ++i) rows.emplace_back(scores[i], labels[i]);
  std::sort(rows.begin(), rows.end());
  double positives = 0, ranks = 0;
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t end = first;
    double clicks = 0;
    for (; end < rows.size() && rows[end].first == rows[first].first; ++end)
      clicks += static_cast<double>(rows[end].second);
    positives += clicks;
    ranks += clicks * static_cast<double>(first + 1 + end) / 2;
    first = end;
  }
  const double negatives = static_cast<double>(rows.size()) - positives;
  if (positives == 0 || negatives == 0) return std::nullopt;
  return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
}
]==],
  },

  wrong = {
    {
      name = "ties by row order",
      language = "lua",
      verdict = "WA",
      case = "all scores are equal, skips first",
      why = "Equal scores are walked through one row at a time, so whoever stands first in the file "
        .. "wins. Shuffle the file and the number changes. Treat equal scores as one group.",
      code = row_by_row("return a < b"),
    },
    {
      name = "ties count as won",
      language = "lua",
      verdict = "WA",
      case = "all scores are equal, skips first",
      why = "With clicks before skips at equal scores every tie is a win. A model that says 0.5 to "
        .. "everything then has an AUC of 1. A tie is half a win.",
      code = row_by_row("return labels[a] > labels[b]"),
    },
    {
      name = "one rank for each score",
      language = "lua",
      verdict = "WA",
      case = "all scores are equal, skips first",
      why = "Equal scores get the same rank, but not the mean of the ranks that they take up: the "
        .. "next score continues with the next number as if the ties were one row. Two scores "
        .. "tied at ranks 2 and 3 both have rank 2.5, and the next has rank 4.",
      code = [==[
function roc_auc(scores, labels)
  local n, order = #scores, {}
  for i = 1, n do order[i] = i end
  table.sort(order, function(a, b) return scores[a] < scores[b] end)
  local positives, ranks, rank = 0, 0, 0
  for k, i in ipairs(order) do
    if k == 1 or scores[i] ~= scores[order[k - 1]] then rank = rank + 1 end
    if labels[i] == 1 then positives, ranks = positives + 1, ranks + rank end
  end
  local negatives = n - positives
  if positives == 0 or negatives == 0 then return nil end
  return (ranks - positives * (positives + 1) / 2) / (positives * negatives)
end
]==],
    },
    {
      name = "calls one class a coin toss",
      language = "lua",
      verdict = "WA",
      case = "no rows",
      why = "A log without clicks gets 0.5, which looks like a measured number: the model is no "
        .. "better than chance. Nothing was measured; say so.",
      code = reference_with("negatives == 0 then return nil end",
        "negatives == 0 then return 0.5 end"),
    },
    {
      name = "mends a bad model",
      language = "lua",
      verdict = "WA",
      case = "the wrong way round",
      why = "Values below 0.5 are turned around. A ranking that is worse than chance is a finding "
        .. "(most often a swapped label or sign), and this hides it.",
      code = reference_with("return (ranks - positives * (positives + 1) / 2) / (positives * negatives)",
        [==[local area = (ranks - positives * (positives + 1) / 2) / (positives * negatives)
  return math.max(area, 1 - area)]==]),
    },
    {
      name = "compares every pair",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The definition, run as it stands: clicks times skips comparisons. After sorting, the "
        .. "number of skips below a click is known from its rank.",
      code = [==[
function roc_auc(scores, labels)
  local won, pairs_seen = 0, 0
  for i = 1, #scores do
    if labels[i] == 1 then
      for j = 1, #scores do
        if labels[j] == 0 then
          pairs_seen = pairs_seen + 1
          if scores[i] > scores[j] then
            won = won + 1
          elseif scores[i] == scores[j] then
            won = won + 0.5
          end
        end
      end
    end
  end
  if pairs_seen == 0 then return nil end
  return won / pairs_seen
end
]==],
    },
    {
      name = "reads a tie again for each of its rows",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Every row looks to the left and right for its ties. With few different scores that is "
        .. "n² again, although the list is sorted. Find the ends of a group once.",
      code = [==[
function roc_auc(scores, labels)
  local n, order = #scores, {}
  for i = 1, n do order[i] = i end
  table.sort(order, function(a, b) return scores[a] < scores[b] end)
  local positives, ranks = 0, 0
  for k, i in ipairs(order) do
    if labels[i] == 1 then
      local first, last = k, k
      while first > 1 and scores[order[first - 1]] == scores[i] do first = first - 1 end
      while last < n and scores[order[last + 1]] == scores[i] do last = last + 1 end
      positives, ranks = positives + 1, ranks + (first + last) / 2
    end
  end
  local negatives = n - positives
  if positives == 0 or negatives == 0 then return nil end
  return (ranks - positives * (positives + 1) / 2) / (positives * negatives)
end
]==],
    },
  },

  pitfalls = {
    ["turns the order around"] = "The result is 1 minus the right one: the share of pairs in which "
      .. "the skip has the higher score. Check the direction of the sort and of the ranks.",
  },

  hints = {
    { text = "Sort the rows by score. What does the position of a click say about the number of "
        .. "skips that it beats?", cost_min = 2 },
    { text = "The sum of the ranks of the clicks counts, for each of them, the skips and the clicks "
        .. "below it. How much do the clicks contribute among themselves?", cost_min = 3 },
    { text = "Give equal scores the mean of the ranks that they take up. Then "
        .. "(rank sum - P(P + 1)/2) / (P · N) with P clicks and N skips.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "The AUC rose from 0.78 to 0.80, yet the log loss got worse. How?",
      answer = "AUC sees the order only: any increasing map of the scores leaves it as it is. The "
        .. "new model ranks better and its probabilities are off, for instance since negatives were "
        .. "downsampled. Recalibrate; where the score is multiplied by a bid, log loss decides." },
    { ask = "Clicks are at 0.1 %. What does an AUC of 0.95 mean for the top of the list?",
      answer = "Little. A false-positive rate of 1 % is ten skips for every click, even with all "
        .. "clicks found. Precision and recall at the cut that is used say more." },
    { ask = "A billion rows, on many machines?",
      answer = "Two histograms of the score, one a class, with a few thousand bins. They add up "
        .. "across machines, and one walk gives the AUC with each bin as a tie; half of the pairs "
        .. "that share a bin bounds the error." },
    { ask = "How sure are you of the third digit?",
      answer = "Bootstrap by user rather than by row, since the rows of a user depend on each other; "
        .. "or DeLong's variance where rows are independent. With P clicks the standard error is at "
        .. "most about 1 / (2 sqrt(min(P, N)))." },
    { ask = "Should the AUC be taken over all rows or per user?",
      answer = "A feed compares posts within one user's request. The global AUC also rewards telling "
        .. "heavy clickers from others, which moves no post. Average it per user or request, "
        .. "skipping those with one class, and say how many were skipped." },
  },

  explain = [==[
**Counting by ranks.** Sort ascending and number the rows 1 … n. A click at rank r has r - 1 rows
below it, clicks and skips. Summed over all P clicks the ranks are therefore: pairs won against
skips, plus 1 + 2 + … + P for the clicks among themselves. Hence

`won = Σ ranks of clicks - P (P + 1) / 2`, and `AUC = won / (P · N)`.

**Ties.** Let m rows share a score, at ranks f … l. In a random order of these rows each pair of a
click and a skip is won half of the time, and the average rank of each row is (f + l) / 2. Since the
formula is linear in the ranks, putting in the average gives every tie its 1/2. The numerator is a
multiple of 1/2 and exact in doubles.

**The area.** On the ROC curve a group of equal scores is one straight segment. Walking through it
row by row draws a staircase above or below the segment instead, depending on the order of the rows.
That is the whole bug in one picture.

**Cost.** The sort; the walk over groups is linear since each row belongs to one group.

**Usual mistakes**

- *Ties by accident.* A model with few leaves, or scores rounded for the log, ties all the time.
- *One class.* Small segments have days without a click. 0.5, 0 and 1 are all lies; NaN spreads.
- *P · N in 32 bits.* A hundred thousand of each already overflow.
- *A sort that must be stable.* If the result changes with the sort's stability, ties are wrong.
]==],
}
