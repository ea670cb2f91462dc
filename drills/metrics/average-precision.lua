-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Average precision over the distinct thresholds. The drill is about rows that share a score, which
-- come in together or not at all, and about the step between two points, which is not a line.

-- `n` rows of which about one in `rarity` is positive. With `steps` the scores lie on a grid.
local function queue(n, rarity, steps, rand)
  local scores, labels = {}, {}
  for i = 1, n do
    labels[i] = rand(1, rarity) == 1 and 1 or 0
    local s = rand.float() + labels[i] * 0.3
    scores[i] = steps and math.floor(s * steps) / steps or s
  end
  labels[rand(1, n)] = 1
  return { scores, labels }
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local by_groups = [==[
-- Down the thresholds. All rows of a score come in at once; the precision after them counts as
-- often as there are positives among them.
function average_precision(scores, labels)
  local n, order = #scores, {}
  for i = 1, n do order[i] = i end
  table.sort(order, function(a, b) return scores[a] > scores[b] end)
  local found, sum, k = 0, 0, 1
  while k <= n do
    local score, before = scores[order[k]], found
    while k <= n and scores[order[k]] == score do
      found = found + labels[order[k]]
      k = k + 1
    end
    sum = sum + (found - before) * found / (k - 1)
  end
  if found == 0 then return nil end
  return sum / found
end
]==]

local function reference_with(old, new)
  local first, last = by_groups:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return by_groups:sub(1, first - 1) .. new .. by_groups:sub(last + 1)
end

-- The walk of many textbooks, one row at a time; `before` orders the rows of equal scores.
local function row_by_row(before)
  return [==[
function average_precision(scores, labels)
  local order = {}
  for i = 1, #scores do order[i] = i end
  table.sort(order, function(a, b)
    if scores[a] ~= scores[b] then return scores[a] > scores[b] end
    ]==] .. before .. [==[

  end)
  local found, sum = 0, 0
  for k, i in ipairs(order) do
    if labels[i] == 1 then
      found = found + 1
      sum = sum + found / k
    end
  end
  if found == 0 then return nil end
  return sum / found
end
]==]
end

return drill {
  id = "average-precision",
  title = "How clean the top of the queue is",
  category = "metrics",
  level = "medium",
  minutes = 20,
  covers = { "S01-C02", "S10-C04", "S11-C03", "E06" },
  signature = "average_precision(scores: float[], labels: int[]) -> float?",

  statement = [==[
A safety team reviews reported posts by falling score and stops at some threshold: every post with a
score at or above it is reviewed. Labels are 1 for a post that breaks the rules and 0 otherwise.
Violations are rare.

At a threshold, *precision* is the share of violations among the reviewed posts, and *recall* is the
share of all violations that is among them. Let t₁ > t₂ > … be the **different** scores that occur,
and P₁, R₁, P₂, R₂, … precision and recall at these thresholds, with R₀ = 0. Return

`AP = Σ (R_k - R_{k-1}) · P_k`.

**Conventions**

- Both lists have the same length `n ≥ 0`. A label is 0 or 1. Scores are finite; they need not be
  probabilities. Only exactly equal scores are the same threshold.
- The sum is taken as it stands: nothing is interpolated, and no point is added at either end.
- Many scores may be equal, up to all of them. The result does not depend on the order of the rows.
- Without a violation recall is undefined, and so is the result: return nothing (`nil`, `None`, an
  empty optional). That includes the empty queue.
- An error of 10^-9 in the result is allowed. Do not change the input.

**Cost.** Time must grow like `n log n`, also when all scores are equal. Memory may grow like `n`.
]==],

  examples = {
    {
      args = { { 0.9, 0.7, 0.6, 0.2 }, { 1, 0, 1, 0 } },
      result = 5 / 6,
      note = "At 0.9: P = 1, R = 1/2. At 0.6: P = 2/3, R = 1. So 1/2 · 1 + 1/2 · 2/3.",
    },
    {
      args = { { 0.8, 0.8, 0.3 }, { 0, 1, 1 } },
      result = 7 / 12,
      note = "Both posts with 0.8 are reviewed or neither: P = 1/2, R = 1/2. Then P = 2/3, R = 1.",
    },
    {
      args = { { 0.4, 0.1 }, { 0, 0 } },
      result = nil,
      note = "There is nothing to find.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 4000, 8000, 16000, 32000 },
    -- Every row has a score of its own.
    input = function(n, rand) return queue(n, 10, nil, rand) end,
  },

  cases = function(rand, case)
    case { name = "no rows", catches = "calls nothing to find a zero", args = { {}, {} } }
    case { name = "no violation", catches = "calls nothing to find a zero",
           args = { { 0.9, 0.1 }, { 0, 0 } } }
    case { name = "only violations", args = { { 0.9, 0.1, 0.5 }, { 1, 1, 1 } } }
    case { name = "one violation at the bottom", catches = "draws lines between the points",
           args = { { 0.9, 0.6, 0.3, 0.1 }, { 0, 0, 0, 1 } } }
    case { name = "precision rises further down", catches = "takes the best precision to come",
           args = { { 0.9, 0.8, 0.7, 0.6 }, { 0, 1, 1, 1 } } }
    case { name = "the top is clean", args = { { 5.0, 4.0, 3.0, 2.0, 1.0 }, { 1, 1, 0, 0, 1 } } }
    case { name = "the first threshold alone", args = { { 0.9, 0.6 }, { 1, 0 } } }
    case { name = "a tie, the harmless post first", catches = "splits ties in favour",
           args = { { 0.7, 0.7 }, { 0, 1 } } }
    case { name = "a tie, the violation first", catches = "splits ties by row order",
           args = { { 0.7, 0.7 }, { 1, 0 } } }
    case { name = "all scores are equal", args = { { 1.0, 1.0, 1.0, 1.0 }, { 0, 1, 1, 0 } } }
    case { name = "two violations in one tie", catches = "counts a tie once",
           args = { { 0.9, 0.5, 0.5, 0.5 }, { 1, 1, 1, 0 } } }
    case { name = "a tie at the end", args = { { 0.9, 0.1, 0.1 }, { 1, 0, 1 } } }
    case { name = "scores below zero", args = { { -2.0, -1.0, -3.0 }, { 1, 0, 0 } } }
    case { name = "scores that differ in the last bit", catches = "takes near scores for equal",
           args = { { 0.3, 0.1 + 0.2 }, { 0, 1 } } }
    case { name = "zero and minus zero tie", args = { { 0.0, -0.0 }, { 0, 1 } } }
    for i = 1, 3 do
      case { name = "random, without ties " .. i, args = queue(rand(5, 60), 4, nil, rand) }
    end
    for i = 1, 3 do
      case { name = "random, many ties " .. i, args = queue(rand(5, 80), 3, 6, rand) }
    end
    case { name = "1000 posts", args = queue(1000, 40, nil, rand) }
    case { name = "1500 posts, scores with two digits", args = queue(1500, 20, 100, rand) }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["takes near scores for equal"] = "Scores are rounded or compared with a tolerance. Only exactly equal "
      .. "scores share a threshold; any two others can be told apart by one.",
  },

  -- Each violation asks for the precision at its own score; their mean is the sum asked for.
  oracle = function(args)
    local scores, labels = args[1], args[2]
    local violations, sum = 0, 0
    for i = 1, #scores do
      if labels[i] == 1 then
        local reviewed, found = 0, 0
        for j = 1, #scores do
          if scores[j] >= scores[i] then reviewed, found = reviewed + 1, found + labels[j] end
        end
        violations, sum = violations + 1, sum + found / reviewed
      end
    end
    if violations == 0 then return nil end
    return sum / violations
  end,

  reference = {
    lua = by_groups,
    python = [==[
from itertools import groupby


# All rows of a score come in at once; the precision after them counts once per positive among them.
def average_precision(scores, labels):
    rows = sorted(zip(scores, labels), reverse=True)
    reviewed = found = 0
    total = 0.0
    for _, group in groupby(rows, key=lambda row: row[0]):
        ties = [label for _, label in group]
        reviewed += len(ties)
        found += sum(ties)
        total += sum(ties) * found / reviewed
    return total / found if found else None
]==],
    cpp = [==[
#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

// All rows of a score come in at once; the precision after them counts once per positive among them.
std::optional<double> average_precision(const std::vector<double>& scores,
                                        const std::vector<long long>& labels) {
  std::vector<std::pair<double, long long>> rows;
  for (std::size_t i = 0; i < scores.size(); ++i) rows.emplace_back(scores[i], labels[i]);
  std::sort(rows.begin(), rows.end(), std::greater<>());
  double found = 0, sum = 0;
  for (std::size_t k = 0; k < rows.size();) {
    const double score = rows[k].first, before = found;
    for (; k < rows.size() && rows[k].first == score; ++k)
      found += static_cast<double>(rows[k].second);
    sum += (found - before) * found / static_cast<double>(k);
  }
  if (found == 0) return std::nullopt;
  return sum / found;
}
]==],
  },

  wrong = {
    {
      name = "splits ties by row order",
      language = "lua",
      verdict = "WA",
      case = "a tie, the violation first",
      why = "Rows of one score are taken in one by one, as if a threshold could pass between them. "
        .. "The result then depends on how the file is sorted. Compute precision and recall only "
        .. "after the last row of a score.",
      code = row_by_row("return a < b"),
    },
    {
      name = "splits ties in favour",
      language = "lua",
      verdict = "WA",
      case = "a tie, the harmless post first",
      why = "Violations are put before harmless posts of the same score. A model that gives "
        .. "everything the same score gets a perfect 1.",
      code = row_by_row("return labels[a] > labels[b]"),
    },
    {
      name = "draws lines between the points",
      language = "lua",
      verdict = "WA",
      case = "one violation at the bottom",
      why = "The trapezoid under the precision-recall points. Between two thresholds precision does "
        .. "not move on a straight line, and the line promises too much: the sum asked for uses "
        .. "the precision at the end of the step only.",
      code = [==[
function average_precision(scores, labels)
  local n, order = #scores, {}
  for i = 1, n do order[i] = i end
  table.sort(order, function(a, b) return scores[a] > scores[b] end)
  local found, sum, k, last = 0, 0, 1, 1
  while k <= n do
    local score, before = scores[order[k]], found
    while k <= n and scores[order[k]] == score do
      found = found + labels[order[k]]
      k = k + 1
    end
    local precision = found / (k - 1)
    sum = sum + (found - before) * (last + precision) / 2
    last = precision
  end
  if found == 0 then return nil end
  return sum / found
end
]==],
    },
    {
      name = "takes the best precision to come",
      language = "lua",
      verdict = "WA",
      case = "precision rises further down",
      why = "Each precision is replaced by the greatest one at any higher recall, as the interpolated "
        .. "variants of image and text retrieval do. It is a different number, and never a smaller "
        .. "one.",
      code = [==[
function average_precision(scores, labels)
  local n, order = #scores, {}
  for i = 1, n do order[i] = i end
  table.sort(order, function(a, b) return scores[a] > scores[b] end)
  local found, gains, precisions, k = 0, {}, {}, 1
  while k <= n do
    local score, before = scores[order[k]], found
    while k <= n and scores[order[k]] == score do
      found = found + labels[order[k]]
      k = k + 1
    end
    gains[#gains + 1], precisions[#precisions + 1] = found - before, found / (k - 1)
  end
  if found == 0 then return nil end
  local best, sum = 0, 0
  for step = #gains, 1, -1 do
    best = math.max(best, precisions[step])
    sum = sum + gains[step] * best
  end
  return sum / found
end
]==],
    },
    {
      name = "calls nothing to find a zero",
      language = "lua",
      verdict = "WA",
      case = "no rows",
      why = "0 is a result of a terrible ranking. A day without violations has no ranking to judge, "
        .. "and a zero in the mean over days drags it down.",
      code = reference_with("if found == 0 then return nil end", "if found == 0 then return 0 end"),
    },
    {
      name = "counts a tie once",
      language = "lua",
      verdict = "WA",
      case = "two violations in one tie",
      why = "The mean of the precisions over the thresholds that found something. A threshold that "
        .. "finds five violations raises recall five times as much as one that finds a single "
        .. "one, and must weigh as much.",
      code = [==[
function average_precision(scores, labels)
  local n, order = #scores, {}
  for i = 1, n do order[i] = i end
  table.sort(order, function(a, b) return scores[a] > scores[b] end)
  local found, sum, steps, k = 0, 0, 0, 1
  while k <= n do
    local score, before = scores[order[k]], found
    while k <= n and scores[order[k]] == score do
      found = found + labels[order[k]]
      k = k + 1
    end
    if found > before then sum, steps = sum + found / (k - 1), steps + 1 end
  end
  if found == 0 then return nil end
  return sum / steps
end
]==],
    },
    {
      name = "reviews the queue again for each threshold",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each of up to n thresholds all rows are read again: n². Going down the sorted rows, "
        .. "both counts change only by the rows that come in.",
      code = [==[
function average_precision(scores, labels)
  local violations, sum = 0, 0
  for i = 1, #scores do violations = violations + labels[i] end
  if violations == 0 then return nil end
  local done = {}
  for i = 1, #scores do
    local t = scores[i]
    if not done[t] then
      done[t] = true
      local reviewed, found, here = 0, 0, 0
      for j = 1, #scores do
        if scores[j] >= t then reviewed, found = reviewed + 1, found + labels[j] end
        if scores[j] == t then here = here + labels[j] end
      end
      sum = sum + here * found / reviewed
    end
  end
  return sum / violations
end
]==],
    },
  },

  hints = {
    { text = "R_k - R_{k-1} is the number of violations with exactly the score t_k, over all "
        .. "violations. When is a threshold's term zero?", cost_min = 2 },
    { text = "Sort by falling score and keep two counts, reviewed and found. After which rows may "
        .. "you look at their quotient?", cost_min = 2 },
    { text = "For each group of equal scores: add all its rows to both counts, then add "
        .. "(violations in the group) · found / reviewed. Divide the sum by all violations.",
      cost_min = 4 },
  },

  follow_ups = {
    { ask = "What does a random ranking score?",
      answer = "About the share of positives, where ROC AUC gives 0.5. So AP of 0.2 at a base rate "
        .. "of 1 % is twenty times chance, and values from data with different base rates cannot "
        .. "be compared." },
    { ask = "Negatives were downsampled to one in ten. Which of the two areas moves?",
      answer = "ROC AUC stays in expectation, since both of its axes are shares within a class. "
        .. "Precision rises, so AP does too. Weight each kept negative by ten to get it back." },
    { ask = "The team reviews 200 posts a day. Is AP the right number?",
      answer = "It averages over all depths. Precision and recall at 200, or recall at a fixed "
        .. "precision, say what the team feels. AP is for comparing models before the capacity is "
        .. "known." },
    { ask = "Why does the straight line promise too much?",
      answer = "Adding rows at a constant rate moves (reviewed, found) on a line, and their quotient "
        .. "on a curve that lies below the chord when precision falls from a high value. With few "
        .. "positives the error is large." },
    { ask = "How do you get this from a stream too large to sort?",
      answer = "Histograms of the score, one for each label. Every bin is a tie; walk down the bins. "
        .. "Make the bins fine at the top, where positives are and precision moves." },
  },

  explain = [==[
**What it is.** Between two thresholds recall grows by the violations that share the score t_k,
divided by all violations. So AP is the mean, over violations, of the precision at the violation's
own score. That reading explains the ties: two violations of one score see the same reviewed set.

**Invariant of the walk.** After the last row of a score, `k - 1` rows have been reviewed, which are
exactly those with a score at or above it, and `found` is the number of violations among them. Only
then is the quotient the precision at a threshold that exists.

**Why rows of one score go together.** A threshold cannot tell them apart. Going through them row by
row evaluates thresholds that nobody can set, and which of them depends on the file's order.

**Cost.** The sort, then one walk. No row is looked at twice.

**Usual mistakes**

- *Ties split.* By the row order (the number changes when the file is shuffled) or with positives
  first (a constant score becomes perfect).
- *Interpolation.* Trapezoids and running maxima are optimistic; libraries offer them under nearly
  the same name, so say which one you report.
- *A point at recall 0.* The curve is often drawn from (0, 1). The sum does not use it.
- *No positives.* Undefined, not 0 and not 1. Skip such days or queries, and count them.
- *Dividing by k of the group's first row.* Precision belongs after the group, not inside it.
]==],
}
