-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Isotonic regression of labels on sorted scores. The drill is about a merge that may have to go on
-- to the left, about equal scores, which are one point, and about means that carry weights.

-- `n` rows with ascending scores whose click rate rises with the score. With `steps` scores tie.
local function calibration_week(n, steps, rand)
  local scores, labels = {}, {}
  for i = 1, n do
    local s = rand.float()
    scores[i] = steps and math.floor(s * steps) / steps or s
  end
  table.sort(scores)
  for i = 1, n do labels[i] = rand.float() < scores[i] ^ 2 and 1 or 0 end
  return { scores, labels }
end

-- Clicks first, then skips: everything ends up in one block.
local function upside_down(n)
  local scores, labels = {}, {}
  for i = 1, n do
    scores[i] = i
    labels[i] = i <= n // 2 and 1 or 0
  end
  return { scores, labels }
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local stack_of_blocks = [==[
-- A stack of blocks with rising means. A new block that is not above the last one takes it in, and
-- goes on comparing to the left.
function isotonic_fit(scores, labels)
  local rows, sum, top = {}, {}, 0
  local i = 1
  while i <= #scores do
    local count, clicks, score = 0, 0, scores[i]
    while i <= #scores and scores[i] == score do
      count, clicks, i = count + 1, clicks + labels[i], i + 1
    end
    while top > 0 and sum[top] * count >= clicks * rows[top] do
      count, clicks = count + rows[top], clicks + sum[top]
      top = top - 1
    end
    top = top + 1
    rows[top], sum[top] = count, clicks
  end
  local fitted = {}
  for block = 1, top do
    for _ = 1, rows[block] do fitted[#fitted + 1] = sum[block] / rows[block] end
  end
  return fitted
end
]==]

local function reference_with(old, new)
  local first, last = stack_of_blocks:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return stack_of_blocks:sub(1, first - 1) .. new .. stack_of_blocks:sub(last + 1)
end

return drill {
  id = "pool-adjacent-violators",
  title = "The best staircase that never falls",
  category = "models",
  level = "medium",
  minutes = 25,
  covers = { "S10-C01", "S01-C03", "S10-P3" },
  signature = "isotonic_fit(scores: float[], labels: int[]) -> float[]",

  statement = [==[
A click model ranks well, but its scores are not probabilities. A calibration map is wanted that
never falls: a higher score must not get a lower probability. Apart from that it may have any shape.

Given one calibration week, sorted by score, find a probability for every row such that

- rows with equal scores get the same value,
- a row with a higher score gets a value at least as high,
- the sum over all rows of `(label - value)²` is as small as possible.

Return the values in the order of the rows. They are unique.

**Conventions**

- Both lists have the same length `n ≥ 0`. Without rows the answer is an empty list.
- `scores` is ascending; equal scores stand next to each other. They are finite, and need not be
  probabilities. A label is 0 or 1.
- Within equal scores labels may stand in any order; it does not matter.
- An error of 10^-9 in each value is allowed. Do not change the input.

**Cost.** Time and memory must grow like `n`, for every order of labels.
]==],

  examples = {
    {
      args = { { 0.1, 0.2, 0.3, 0.4, 0.5 }, { 0, 1, 0, 1, 1 } },
      result = { 0.0, 0.5, 0.5, 1.0, 1.0 },
      note = "Labels 1 and 0 at 0.2 and 0.3 are the wrong way round. The best common value is 0.5.",
    },
    {
      args = { { 0.1, 0.2, 0.3, 0.4 }, { 1, 1, 0, 0 } },
      result = { 0.5, 0.5, 0.5, 0.5 },
      note = "Averaging the two in the middle would give 1, 0.5, 0.5, 0, which still falls.",
    },
    {
      args = { { 0.3, 0.3, 0.7 }, { 0, 1, 0 } },
      result = { 1 / 3, 1 / 3, 1 / 3 },
      note = "The two rows with 0.3 are one point with the mean 0.5. The last row is below it, so all "
        .. "three are averaged.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n) return upside_down(n) end,
  },

  cases = function(rand, case)
    case { name = "no rows", args = { {}, {} } }
    case { name = "one row", args = { { 0.5 }, { 1 } } }
    case { name = "in order already", args = { { 1.0, 2.0, 3.0, 4.0 }, { 0, 0, 1, 1 } } }
    case { name = "labels rise with the score", catches = "makes it fall",
           args = { { 1.0, 2.0, 3.0 }, { 0, 1, 1 } } }
    case { name = "one violation", catches = "carries the maximum forward",
           args = { { 1.0, 2.0, 3.0, 4.0 }, { 0, 1, 0, 1 } } }
    case { name = "blocks of different sizes meet", catches = "averages means without weights",
           args = { { 1.0, 2.0, 3.0 }, { 1, 0, 0 } } }
    case { name = "the merge goes on to the left", catches = "does not look back",
           args = { { 1.0, 2.0, 3.0, 4.0, 5.0 }, { 1, 0, 1, 0, 0 } } }
    case { name = "two equal scores, skip first", catches = "ties stay apart",
           args = { { 0.5, 0.5 }, { 0, 1 } } }
    case { name = "a tie splits a violation", catches = "ties stay apart",
           args = { { 0.2, 0.5, 0.5, 0.8 }, { 1, 0, 1, 0 } } }
    case { name = "all scores are equal", args = { { 2.0, 2.0, 2.0, 2.0 }, { 0, 0, 1, 0 } } }
    case { name = "what lies lower on the left stays",
           args = { { 1.0, 2.0, 3.0, 4.0, 5.0 }, { 0, 0, 1, 0, 1 } } }
    case { name = "only clicks", args = { { 1.0, 2.0, 3.0 }, { 1, 1, 1 } } }
    case { name = "only skips", args = { { 1.0, 2.0, 2.0 }, { 0, 0, 0 } } }
    case { name = "scores below zero", args = { { -3.0, -1.0, -1.0, 0.0 }, { 0, 1, 0, 0 } } }
    case { name = "zero and minus zero are equal", args = { { -0.0, 0.0 }, { 0, 1 } } }
    case { name = "scores that differ in the last bits", catches = "takes near scores for equal",
           args = { { 0.3, 0.1 + 0.2 }, { 0, 1 } } }
    case { name = "upside down", args = upside_down(40) }
    for i = 1, 3 do
      case { name = "random, without ties " .. i, args = calibration_week(rand(10, 70), nil, rand) }
    end
    for i = 1, 3 do
      case { name = "random, many ties " .. i, args = calibration_week(rand(10, 90), 12, rand) }
    end
    case { name = "4000 rows", args = calibration_week(4000, nil, rand) }
    case { name = "5000 rows, scores with three digits", args = calibration_week(5000, 1000, rand) }
  end,

  compare = { tolerance = 1e-9 },

  -- The min-max formula: over all stretches of whole scores around a row, the largest start's
  -- smallest mean.
  oracle = function(args)
    local scores, labels = args[1], args[2]
    local n, sums, fitted = #scores, { [0] = 0 }, {}
    for i = 1, n do sums[i] = sums[i - 1] + labels[i] end
    for i = 1, n do
      local best = -1
      for a = 1, n do
        if scores[a] <= scores[i] and (a == 1 or scores[a - 1] < scores[a]) then
          local least = 2
          for b = a, n do
            if scores[b] >= scores[i] and (b == n or scores[b] < scores[b + 1]) then
              least = math.min(least, (sums[b] - sums[a - 1]) / (b - a + 1))
            end
          end
          best = math.max(best, least)
        end
      end
      fitted[i] = best
    end
    return fitted
  end,

  reference = {
    lua = stack_of_blocks,
    python = [==[
from itertools import groupby


# A stack of blocks with rising means. A new block that is not above the last one takes it in.
def isotonic_fit(scores, labels):
    blocks = []  # [rows, clicks]
    for _, group in groupby(zip(scores, labels), key=lambda row: row[0]):
        ties = [label for _, label in group]
        rows, clicks = len(ties), sum(ties)
        while blocks and blocks[-1][1] * rows >= clicks * blocks[-1][0]:
            last = blocks.pop()
            rows, clicks = rows + last[0], clicks + last[1]
        blocks.append((rows, clicks))
    return [clicks / rows for rows, clicks in blocks for _ in range(rows)]
]==],
    cpp = [==[
#include <cstddef>
#include <vector>

// A stack of blocks with rising means. A new block that is not above the last one takes it in.
std::vector<double> isotonic_fit(const std::vector<double>& scores,
                                 const std::vector<long long>& labels) {
  struct Block {
    long long rows = 0, clicks = 0;
  };
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < scores.size();) {
    Block block;
    for (const double score = scores[i]; i < scores.size() && scores[i] == score; ++i) {
      ++block.rows;
      block.clicks += labels[i];
    }
    while (!blocks.empty() &&
           blocks.back().clicks * block.rows >= block.clicks * blocks.back().rows) {
      block.rows += blocks.back().rows;
      block.clicks += blocks.back().clicks;
      blocks.pop_back();
    }
    blocks.push_back(block);
  }
  std::vector<double> fitted;
  for (const Block& block : blocks)
    fitted.insert(fitted.end(), static_cast<std::size_t>(block.rows),
                  static_cast<double>(block.clicks) / static_cast<double>(block.rows));
  return fitted;
}
]==],
  },

  wrong = {
    {
      name = "does not look back",
      language = "lua",
      verdict = "WA",
      case = "the merge goes on to the left",
      why = "A new block is merged with the last one and then kept, although the merged mean may now "
        .. "lie below the block before it. Go on comparing until the block on the left is lower.",
      code = reference_with("    while top > 0 and sum[top] * count >= clicks * rows[top] do",
        "    for _ = 1, top > 0 and sum[top] * count >= clicks * rows[top] and 1 or 0 do"),
    },
    {
      name = "averages means without weights",
      language = "lua",
      verdict = "WA",
      case = "blocks of different sizes meet",
      why = "The mean of two means is right only for blocks of the same size. A block of ten rows "
        .. "and one of a single row are merged by their sums and counts.",
      code = [==[
function isotonic_fit(scores, labels)
  local rows, mean, top = {}, {}, 0
  local i = 1
  while i <= #scores do
    local count, clicks, score = 0, 0, scores[i]
    while i <= #scores and scores[i] == score do
      count, clicks, i = count + 1, clicks + labels[i], i + 1
    end
    local value = clicks / count
    while top > 0 and mean[top] >= value do
      count, value = count + rows[top], (value + mean[top]) / 2
      top = top - 1
    end
    top = top + 1
    rows[top], mean[top] = count, value
  end
  local fitted = {}
  for block = 1, top do
    for _ = 1, rows[block] do fitted[#fitted + 1] = mean[block] end
  end
  return fitted
end
]==],
    },
    {
      name = "ties stay apart",
      language = "lua",
      verdict = "WA",
      case = "two equal scores, skip first",
      why = "Rows of the same score get different values, depending on which stands first in the "
        .. "file. A map has one value for a score: make equal scores one point before pooling.",
      code = reference_with("while i <= #scores and scores[i] == score do\n",
        "while count == 0 do\n"),
    },
    {
      name = "carries the maximum forward",
      language = "lua",
      verdict = "WA",
      case = "one violation",
      why = "Every value is raised to the highest so far. The staircase never falls, but one early "
        .. "click lifts all that follows. Values that are too high must come down as well.",
      code = [==[
function isotonic_fit(scores, labels)
  local fitted, highest, i = {}, 0, 1
  while i <= #scores do
    local count, clicks, score = 0, 0, scores[i]
    while i <= #scores and scores[i] == score do
      count, clicks, i = count + 1, clicks + labels[i], i + 1
    end
    highest = math.max(highest, clicks / count)
    for k = i - count, i - 1 do fitted[k] = highest end
  end
  return fitted
end
]==],
    },
    {
      name = "begins anew after every merge",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "After each merge the search for a violation starts at the left end again, and the list "
        .. "closes up behind the merged block. With clicks first and skips last that is n² steps. "
        .. "What was in order on the left is still in order, but for the one neighbour.",
      code = [==[
function isotonic_fit(scores, labels)
  local blocks = {}
  for i = 1, #scores do
    if i > 1 and scores[i] == scores[i - 1] then
      local last = blocks[#blocks]
      last.rows, last.clicks = last.rows + 1, last.clicks + labels[i]
    else
      blocks[#blocks + 1] = { rows = 1, clicks = labels[i] }
    end
  end
  local b = 1
  while b < #blocks do
    local left, right = blocks[b], blocks[b + 1]
    if left.clicks * right.rows > right.clicks * left.rows then
      left.rows, left.clicks = left.rows + right.rows, left.clicks + right.clicks
      table.remove(blocks, b + 1)
      b = 1
    else
      b = b + 1
    end
  end
  local fitted = {}
  for _, block in ipairs(blocks) do
    for _ = 1, block.rows do fitted[#fitted + 1] = block.clicks / block.rows end
  end
  return fitted
end
]==],
    },
    {
      name = "writes the block's value after every merge",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each merge writes the new mean into all rows of the block. A block that grows by one row "
        .. "n times is written n²/2 times. Keep sums and counts, and write the rows once at the end.",
      code = [==[
function isotonic_fit(scores, labels)
  local fitted, first, sum, top, i = {}, {}, {}, 0, 1
  while i <= #scores do
    local start, clicks, score = i, 0, scores[i]
    while i <= #scores and scores[i] == score do
      clicks, i = clicks + labels[i], i + 1
    end
    while top > 0 and fitted[start - 1] >= clicks / (i - start) do
      start, clicks = first[top], clicks + sum[top]
      top = top - 1
    end
    top = top + 1
    first[top], sum[top] = start, clicks
    for k = start, i - 1 do fitted[k] = clicks / (i - start) end
  end
  return fitted
end
]==],
    },
  },

  pitfalls = {
    ["makes it fall"] = "The comparison is the wrong way round, so rising labels are pooled and "
      .. "falling ones are left. A higher score must not get a lower value.",
    ["takes near scores for equal"] = "Scores are compared with a tolerance. A model may well use the "
      .. "last bits, and only equal scores must get the same value.",
  },

  hints = {
    { text = "If the best value left of some point is higher than the best value right of it, what do "
        .. "you know about the two in the best staircase?", cost_min = 3 },
    { text = "Read from left to right and keep blocks whose means rise. A new point is a block of its "
        .. "own. When must it be merged, and what can the merge break?", cost_min = 4 },
    { text = "Keep the blocks on a stack as (rows, clicks). First gather all rows of one score. While "
        .. "the mean on top of the stack is not below the new block's mean, pop it and add both of "
        .. "its numbers. Push. Write out the values at the end.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "One merge can pop thousands of blocks. Why is it linear?",
      answer = "A block is pushed once per different score and each pop removes one for good, so all "
        .. "pops together are at most n." },
    { ask = "Rows have weights. What changes?",
      answer = "Counts become sums of weights and clicks sums of weight times label. Rows with weight "
        .. "0 must be left out, or their block's mean is 0 / 0." },
    { ask = "How do you map a score that the week did not contain?",
      answer = "Decide once: a step (the value of the last block that starts at or below the score) or "
        .. "a line between the blocks' means, constant outside. The line makes fewer ties." },
    { ask = "The last block holds three rows, all clicked. What is wrong with its value?",
      answer = "It promises 1, and the first skip there costs an infinite log loss. Isotonic has as "
        .. "many parameters as blocks: use it from about a thousand positives on, clip or smooth the "
        .. "blocks by (clicks + 1) / (rows + 2), or take Platt scaling." },
    { ask = "Does the map change the AUC?",
      answer = "Pooling makes ties, each of which counts half. On the data it was fitted on the AUC "
        .. "cannot fall, since pooled stretches were the wrong way round; on new data it may fall a "
        .. "little. Keep the raw score to break ties in a ranking." },
  },

  explain = [==[
**Why pooling is right.** Take two neighbouring blocks that are each constant in the best staircase,
and let the left mean be at least the right one. If the best staircase had a jump between them, then
either the left value could be raised towards its mean or the right value lowered towards its own,
and that makes the sum of squares smaller without breaking the order. So there is no jump, and
the two are one block, whose best value is their common mean.

**Invariant.** The stack holds blocks that cover all rows read, with strictly rising means, and their
means are the best staircase for these rows. A new point is a block; merging while the block on its
left is not lower brings the invariant back. Blocks below the first lower one are not touched.

**Equal scores.** They have one value, so they are one point with the mean of their labels, and its
weight is their number. Gather them first. After pooling it is too late: a skip and a click of the
same score, in this order, look like a rising pair.

**Cost.** Each point is pushed once, each block popped at most once. Comparing means by cross
multiplication of whole numbers avoids rounding altogether.

**Usual mistakes**

- *No second look to the left.* Labels 1 0 1 0 0 show it, 1 0 0 does not.
- *Restarts.* Right, and quadratic as soon as a long stretch collapses.
- *The mean of means.* Blocks have sizes.
- *Ties after the sort.* Where equal scores are not gathered, the map depends on how the sort happened
  to place them.
]==],
}
