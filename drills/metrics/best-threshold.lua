-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The threshold with the best F-beta: sort by score once, and move the threshold down. The drill
-- is about equal scores, between which no threshold lies, about a zero over zero, and about counts
-- that can be carried along.

-- `n` scores in [0, 1), positive with a probability that rises with the score.
local function spread_scores(n, rate, rand)
  local scores, labels = {}, {}
  for i = 1, n do
    scores[i] = rand.float()
    labels[i] = rand.float() < rate * 2 * scores[i] and 1 or 0
  end
  labels[rand(1, n)] = 1
  return scores, labels
end

-- The same with few different scores.
local function rounded_scores(n, steps, rate, rand)
  local scores, labels = spread_scores(n, rate, rand)
  for i = 1, n do scores[i] = math.floor(scores[i] * steps) / steps end
  return scores, labels
end

-- The reference. Several wrong answers are this text with one thing changed.
local one_sweep = [==[
-- Rows by falling score. After the last row of each different score the counts are those of that
-- threshold. The larger F wins, and among equal ones the first, which is the highest threshold.
function best_threshold(scores, labels, beta)
  local order, positives = {}, 0
  for i = 1, #scores do
    order[i] = i
    positives = positives + labels[i]
  end
  if positives == 0 then return nil end
  table.sort(order, function(a, b) return scores[a] > scores[b] end)
  local weight, hits = beta * beta, 0
  local threshold, best = nil, -1.0
  for rank, i in ipairs(order) do
    hits = hits + labels[i]
    local following = order[rank + 1]
    if not following or scores[following] < scores[i] then
      local f = (1 + weight) * hits / (weight * positives + rank)
      if f > best then threshold, best = scores[i], f end
    end
  end
  return { threshold, best }
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = one_sweep:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return one_sweep:sub(1, first - 1) .. new .. one_sweep:sub(last + 1)
end

return drill {
  id = "best-threshold",
  title = "Where to cut the moderation queue",
  category = "metrics",
  level = "medium",
  minutes = 20,
  covers = { "S10-C12", "S11-C03", "S11-C10", "S10-P1" },
  signature = "best_threshold(scores: float[], labels: int[], beta: float) -> (float, float)?",

  statement = [==[
A model scores comments, and all comments with a score of at least `t` go to the moderators. On a
labelled sample you look for the threshold `t` that does best.

For a threshold, let `flagged` be the number of comments with a score of at least `t`, `hits` how
many of these have label 1, and `positives` how many labels are 1 in all. The measure is

    F = (1 + beta²) · hits / ( beta² · positives + flagged )

which weighs precision (`hits / flagged`) and recall (`hits / positives`); a larger `beta` favours
recall.

Given `scores`, `labels` and `beta`, return the best threshold and its `F`.

**Conventions**

- Only scores of the sample are candidates for the threshold. Comments with equal scores are flagged
  together or not at all.
- If several thresholds have the same `F`, return the highest of them: it gives the moderators the
  least to read.
- `beta` is 0.5, 1 or 2. With these, numerator and denominator above have no rounding errors, so
  equal values of `F` are equal as floats if you compute them in this form.
- Scores are finite and may be negative or above 1; labels are 0 or 1. Both lists have the same
  length and come in no order.
- Without a positive label `F` says nothing: return nothing (`nil`, `None`). The same holds for an
  empty sample.
- Do not change the input. Answers are compared with a tolerance of 10^-9.

**Cost.** Time must grow like `n log n`, even if all scores differ. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { 0.9, 0.8, 0.7, 0.6, 0.2 }, { 1, 0, 1, 1, 0 }, 1 },
      result = { 0.6, 6 / 7 },
      note = "From 0.6 on, four are flagged and all three positives are hit: 2 · 3 / (3 + 4).",
    },
    {
      args = { { 0.9, 0.8, 0.7, 0.6, 0.2 }, { 1, 0, 1, 0, 0 }, 0.5 },
      result = { 0.9, 1.25 / 1.5 },
      note = "With beta = 0.5 precision counts for more. The first comment alone gives "
        .. "1.25 · 1 / (0.25 · 2 + 1).",
    },
    {
      args = { { 0.5, 0.5, 0.5, 0.1 }, { 1, 0, 0, 1 }, 1 },
      result = { 0.1, 2 / 3 },
      note = "The three comments at 0.5 cannot be told apart: 2 · 1 / (2 + 3) is 0.4. Flagging "
        .. "everything is better.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1500, 3000, 6000, 12000 },
    input = function(n, rand)
      local scores, labels = spread_scores(n, 0.2, rand)
      return { scores, labels, 1 }
    end,
  },

  cases = function(rand, case)
    case { name = "one positive", args = { { 0.3 }, { 1 }, 1 } }
    case { name = "empty sample", args = { {}, {}, 1 } }
    case {
      name = "no positive label",
      catches = "a threshold without positives",
      args = { { 0.9, 0.4 }, { 0, 0 }, 1 },
    }
    case { name = "all positive", args = { { 0.9, 0.1, 0.5 }, { 1, 1, 1 }, 2 } }
    case {
      name = "perfectly separated",
      catches = "flags above the threshold only",
      args = { { 0.9, 0.8, 0.3, 0.2 }, { 1, 1, 0, 0 }, 1 },
    }
    case {
      name = "the highest score is a negative",
      catches = "zero over zero wins",
      args = { { 0.9, 0.8, 0.3, 0.2 }, { 0, 1, 1, 0 }, 1 },
    }
    case {
      name = "a positive within a tie",
      catches = "cuts between equal scores",
      args = { { 0.7, 0.7, 0.7, 0.4 }, { 1, 0, 0, 0 }, 1 },
    }
    case {
      name = "a tie that ends with a positive",
      catches = "cuts between equal scores",
      args = { { 0.7, 0.7, 0.5, 0.5, 0.1 }, { 0, 1, 0, 1, 1 }, 1 },
    }
    case {
      name = "recall counts more",
      catches = "always F1",
      args = { { 0.9, 0.8, 0.7, 0.6, 0.5, 0.4 }, { 1, 0, 0, 0, 1, 0 }, 2 },
    }
    case {
      name = "precision counts more",
      catches = "beta without the square",
      args = { { 0.9, 0.8, 0.7, 0.6, 0.5, 0.4 }, { 1, 0, 1, 0, 1, 0 }, 0.5 },
    }
    case {
      name = "two thresholds with the same F",
      catches = "the lowest of equal thresholds",
      args = { { 0.9, 0.8, 0.7, 0.6 }, { 1, 0, 0, 1 }, 1 },
    }
    case {
      name = "scores that are no probabilities",
      catches = "tries hundredths",
      args = { { -3.5, 12, 4.25, -0.5, 7 }, { 0, 1, 1, 0, 0 }, 1 },
    }
    case {
      name = "scores close together",
      catches = "tries hundredths",
      args = { { 0.5012, 0.5034, 0.5021, 0.5043 }, { 0, 1, 0, 1 }, 1 },
    }
    case {
      name = "scores that differ in the last bit",
      catches = "takes near scores for equal",
      args = { { 0.3, 0.1 + 0.2, 0.2 }, { 0, 1, 0 }, 1 },
    }
    case {
      name = "the same F by different roundings",
      catches = "goes by precision and recall",
      args = { { 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2 }, { 0, 0, 1, 1, 1, 0, 0, 1 }, 1 },
    }
    case { name = "equal scores only", args = { { 0.5, 0.5, 0.5 }, { 0, 1, 0 }, 0.5 } }
    case { name = "in no order", args = { { 0.2, 0.9, 0.4, 0.7, 0.1 }, { 0, 1, 1, 0, 0 }, 2 } }
    case { name = "falsely ordered", args = { { 0.9, 0.8, 0.2, 0.1 }, { 0, 0, 1, 1 }, 1 } }
    for i = 1, 3 do
      local scores, labels = spread_scores(rand(4, 90), 0.3, rand)
      case { name = "random " .. i, args = { scores, labels, ({ 0.5, 1, 2 })[i] } }
    end
    for i = 1, 3 do
      local scores, labels = rounded_scores(rand(8, 90), rand(3, 9), 0.4, rand)
      case { name = "random with ties " .. i, args = { scores, labels, ({ 2, 0.5, 1 })[i] } }
    end
    local scores, labels = spread_scores(1500, 0.1, rand)
    case { name = "1500 comments", args = { scores, labels, 1 } }
    scores, labels = rounded_scores(2000, 100, 0.05, rand)
    case { name = "2000 comments, scores in hundredths", args = { scores, labels, 2 } }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["takes near scores for equal"] = "Scores are compared with a tolerance. Only equal scores are "
      .. "flagged together; a threshold may lie between any two others.",
    ["goes by precision and recall"] = "Precision and recall are rounded before F is made of them, so two "
      .. "equal F can differ in the last bit, and the lower threshold wins. Whole numbers above and below "
      .. "the line, and one division, keep equal what is equal.",
  },

  -- Each score as a threshold, by precision and recall, with the ties among the best decided on
  -- whole numbers.
  oracle = function(args)
    local scores, labels, beta = args[1], args[2], args[3]
    local chosen
    for _, t in ipairs(scores) do
      local hits, flagged, positives = 0, 0, 0
      for i, score in ipairs(scores) do
        if score >= t then flagged = flagged + 1 end
        if score >= t and labels[i] == 1 then hits = hits + 1 end
        if labels[i] == 1 then positives = positives + 1 end
      end
      if positives == 0 then return nil end
      -- beta² as a quarter: 1, 4 or 16 of them.
      local quarters = math.tointeger(4 * beta * beta)
      local numerator, denominator = hits, quarters * positives + 4 * flagged
      local precision, recall = hits / flagged, hits / positives
      local f = hits > 0 and (1 + beta ^ 2) / (1 / precision + beta ^ 2 / recall) or 0.0
      local gain = chosen and numerator * chosen[4] - chosen[3] * denominator or 1
      if gain > 0 or gain == 0 and t > chosen[1] then
        chosen = { t, f, numerator, denominator }
      end
    end
    return chosen and { chosen[1], chosen[2] }
  end,

  reference = {
    lua = one_sweep,
    python = [==[
# Rows by falling score. After the last row of each different score the counts are those of that
# threshold. The larger F wins, and among equal ones the first, which is the highest threshold.
def best_threshold(scores, labels, beta):
    positives, weight = sum(labels), beta * beta
    if positives == 0:
        return None
    rows = sorted(zip(scores, labels), reverse=True)
    hits, threshold, best = 0, None, -1.0
    for flagged, (score, label) in enumerate(rows, start=1):
        hits += label
        if flagged == len(rows) or rows[flagged][0] < score:
            f = (1 + weight) * hits / (weight * positives + flagged)
            if f > best:
                threshold, best = score, f
    return threshold, best
]==],
    cpp = [==[
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

// Rows by falling score. After the last row of each different score the counts are those of that
// threshold. The larger F wins, and among equal ones the first, which is the highest threshold.
std::optional<std::pair<double, double>> best_threshold(const std::vector<double>& scores,
                                                        const std::vector<long long>& labels,
                                                        double beta) {
  const auto positives = std::accumulate(labels.begin(), labels.end(), 0LL);
  if (positives == 0) return std::nullopt;
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  const double weight = beta * beta;
  double threshold = 0, best = -1;
  long long hits = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    hits += labels[order[rank]];
    const double score = scores[order[rank]];
    if (rank + 1 < order.size() && scores[order[rank + 1]] == score) continue;
    const double f = (1 + weight) * static_cast<double>(hits) /
                     (weight * static_cast<double>(positives) + static_cast<double>(rank + 1));
    if (f > best) {
      best = f;
      threshold = score;
    }
  }
  return std::pair(threshold, best);
}
]==],
  },

  wrong = {
    {
      name = "a threshold without positives",
      language = "lua",
      verdict = "WA",
      case = "no positive label",
      why = "Without positives each F is 0, and the answer \"0.9 with an F of 0\" looks like a bad "
        .. "model. It is a sample that cannot tell.",
      code = reference_with("if positives == 0 then return nil end",
                            "if #scores == 0 then return nil end"),
    },
    {
      name = "flags above the threshold only",
      language = "lua",
      verdict = "WA",
      case = "one positive",
      why = "A comment that has exactly the threshold's score is flagged too. With > in place of "
        .. ">= the threshold that is reported is one score too low.",
      code = [==[
function best_threshold(scores, labels, beta)
  local order, positives = {}, 0
  for i = 1, #scores do
    order[i] = i
    positives = positives + labels[i]
  end
  if positives == 0 then return nil end
  table.sort(order, function(a, b) return scores[a] > scores[b] end)
  local weight, hits, flagged = beta * beta, 0, 0
  local threshold, best = nil, -1.0
  for rank, i in ipairs(order) do
    if rank == 1 or scores[i] < scores[order[rank - 1]] then
      local f = (1 + weight) * hits / (weight * positives + flagged)
      if f > best then threshold, best = scores[i], f end
    end
    hits = hits + labels[i]
    flagged = flagged + 1
  end
  return { threshold, best }
end
]==],
    },
    {
      name = "zero over zero wins",
      language = "lua",
      verdict = "WA",
      case = "the highest score is a negative",
      why = "F is worked out from precision and recall. Without a hit both are 0, and the formula "
        .. "is 0/0: a NaN that no later value is larger than. F in counts has no such hole.",
      code = reference_with("local f = (1 + weight) * hits / (weight * positives + rank)", [==[
local precision, recall = hits / rank, hits / positives
      local f = (1 + weight) * precision * recall / (weight * precision + recall)]==])
        :gsub("if f > best then", "if not (f <= best) and best == best then"),
    },
    {
      name = "cuts between equal scores",
      language = "lua",
      verdict = "WA",
      case = "a positive within a tie",
      why = "F is read after every row, in the middle of a tie as well. No threshold does that: "
        .. "the promised F cannot be reached, and it depends on the order of the rows.",
      code = reference_with("return scores[a] > scores[b] end)", [==[

    if scores[a] ~= scores[b] then return scores[a] > scores[b] end
    return a < b
  end)]==]):gsub("if not following or scores%[following%] < scores%[i%] then", "do"),
    },
    {
      name = "always F1",
      language = "lua",
      verdict = "WA",
      case = "recall counts more",
      why = "beta is ignored. Whether a missed threat or a wrongly flagged joke costs more is the "
        .. "question that beta answers.",
      code = reference_with("local weight, hits = beta * beta, 0", "local weight, hits = 1, 0"),
    },
    {
      name = "beta without the square",
      language = "lua",
      verdict = "WA",
      case = "recall counts more",
      why = "beta stands in the formula as its square: recall counts beta² times as much as "
        .. "precision in the weighted harmonic mean.",
      code = reference_with("local weight, hits = beta * beta, 0", "local weight, hits = beta, 0"),
    },
    {
      name = "the lowest of equal thresholds",
      language = "lua",
      verdict = "WA",
      case = "two thresholds with the same F",
      why = "With >= the last of several equal values is kept, which flags the most comments for "
        .. "the same F.",
      code = reference_with("if f > best then", "if f >= best then"),
    },
    {
      name = "tries hundredths",
      language = "lua",
      verdict = "WA",
      case = "scores that are no probabilities",
      why = "Thresholds 0.00, 0.01, … 1.00 are tried. The best one may lie between two of them, "
        .. "scores may lie outside, and the answer has to be a score of the sample.",
      code = [==[
function best_threshold(scores, labels, beta)
  local positives = 0
  for _, label in ipairs(labels) do positives = positives + label end
  if positives == 0 then return nil end
  local weight, threshold, best = beta * beta, nil, -1.0
  for step = 100, 0, -1 do
    local t, hits, flagged = step / 100, 0, 0
    for i, score in ipairs(scores) do
      if score >= t then
        flagged = flagged + 1
        hits = hits + labels[i]
      end
    end
    local f = (1 + weight) * hits / (weight * positives + flagged)
    if f > best then threshold, best = t, f end
  end
  return { threshold, best }
end
]==],
    },
    {
      name = "counts anew for every threshold",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All rows are counted for each candidate: n² steps. From one threshold to the next "
        .. "only the rows with that score are added.",
      code = [==[
function best_threshold(scores, labels, beta)
  local positives = 0
  for _, label in ipairs(labels) do positives = positives + label end
  if positives == 0 then return nil end
  local weight, threshold, best = beta * beta, nil, -1.0
  for _, t in ipairs(scores) do
    local hits, flagged = 0, 0
    for i = 1, #scores do
      if scores[i] >= t then
        flagged = flagged + 1
        hits = hits + labels[i]
      end
    end
    local f = (1 + weight) * hits / (weight * positives + flagged)
    if f > best or f == best and t > threshold then threshold, best = t, f end
  end
  return { threshold, best }
end
]==],
    },
  },

  hints = {
    { text = "Lower the threshold step by step from above. Which counts change, and by how much?",
      cost_min = 2 },
    { text = "Sort the rows by falling score and add them one by one to `flagged` and `hits`. When "
        .. "do these counts belong to a threshold, and when are you in the middle of one?",
      cost_min = 3 },
    { text = "Look at F only after the last row of a score, that is when the next row's score is "
        .. "smaller or there is none. Keep a value only if it is strictly larger: the sweep comes "
        .. "from above, so the highest threshold stays.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "What is wrong with choosing the threshold on the test set?",
      answer = "The best of many thresholds on a sample is partly luck, so its F there is too "
        .. "good. Choose on a validation set and report on another. The smaller the sample, the "
        .. "more it matters." },
    { ask = "When would you not use F at all?",
      answer = "When the costs are known. With calibrated probabilities flag if p is above "
        .. "c_fp / (c_fp + c_fn): no search is needed, and the threshold moves with the costs. And "
        .. "when the moderators can read 500 comments a day, flag the top 500." },
    { ask = "The share of positives in production is a tenth of that in the sample.",
      answer = "Recall and the false positive rate carry over, precision does not. Weight the "
        .. "negatives by ten in the counts before the sweep; the best threshold moves up." },
    { ask = "Can you avoid the sort?",
      answer = "If scores are rounded to a fixed number of values, count positives and negatives "
        .. "per value and sweep over the values: linear, and it merges over machines." },
    { ask = "How stable is the threshold?",
      answer = "Often not at all: F is flat near its maximum. Draw bootstrap samples and look at "
        .. "the spread of the threshold; then take a round one within the flat part, and keep it "
        .. "when the model is retrained unless it clearly loses." },
    { ask = "Why is the largest F at a threshold never at a negative?",
      answer = "If the score group at the threshold had no positive, leaving it out would lower "
        .. "`flagged` and keep `hits`, so F would rise. So only scores that some positive has need "
        .. "to be tried." },
  },

  explain = [==[
**Invariant.** After `rank` rows in the order of falling score, `hits` is the number of positives
among them, and `rank` is the number of flagged rows. If the next score is smaller, these are just
the counts of the threshold at the current score.

**Why it is right.** The rows with a score of at least `t` form a prefix of the sorted rows that
ends where the score changes. The sweep looks at each such prefix once, so it sees every candidate,
and it sees nothing else: a prefix that ends within a tie belongs to no threshold.

**The formula.** With precision `P = hits/flagged` and recall `R = hits/positives`, F is
`(1 + beta²) · P·R / (beta²·P + R)`. Written in counts, the denominator is never 0 once there is a
positive label, and without a hit F is 0, as it should be.

**Ties in F.** The sweep goes down from the highest threshold and replaces the best on `>` only, so
the first of equal values stays.

**Cost.** O(n log n) for sorting, then one pass.

**Usual mistakes**

- *Cutting within a tie.* It gives an F that no threshold reaches, and another one when the rows are
  shuffled.
- *0/0.* In many languages a comparison with NaN is false, so a NaN that came first stays, or one
  that came later is skipped by luck.
- *> or >=.* Decide once what happens at the threshold, in the search and in the service.
- *beta* forgotten, or not squared.
- *A fixed grid*, which is neither exact nor safe when scores are no probabilities.
]==],
}
