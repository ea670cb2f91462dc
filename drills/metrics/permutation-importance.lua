-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Permutation importance of a linear model's features, with the permutations handed in. The drill
-- is about shuffling one column and nothing else, putting it back, not scoring all features anew
-- for each, and about a single shuffle, which says nothing of its own error.

-- `n` rows of `p` features in steps of 1/8, weights in steps of 1/4 with some zeros, labels near
-- the model's score, and `times` permutations of the rows.
local function random_task(n, p, times, rand)
  local rows, labels, weights, shuffles = {}, {}, {}, {}
  for j = 1, p do weights[j] = rand(1, 4) == 1 and 0 or rand(-8, 8) / 4 end
  for i = 1, n do
    rows[i] = {}
    local score = 0.5
    for j = 1, p do
      rows[i][j] = rand(-16, 16) / 8
      score = score + weights[j] * rows[i][j]
    end
    labels[i] = score + rand(-8, 8) / 8
  end
  for r = 1, times do
    shuffles[r] = {}
    for i = 1, n do shuffles[r][i] = i - 1 end
    rand.shuffle(shuffles[r])
  end
  return { rows, labels, weights, 0.5, shuffles }
end

-- The reference. Several wrong answers are this text with one thing changed.
local by_differences = [==[
-- Scores and losses of the untouched rows once. Shuffling feature j moves the score of a row by
-- weight j times the change of that one value.
function permutation_importance(rows, labels, weights, bias, shuffles)
  local n, scores, untouched = #rows, {}, 0.0
  for i, row in ipairs(rows) do
    local score = bias
    for j, weight in ipairs(weights) do score = score + weight * row[j] end
    scores[i] = score
    untouched = untouched + (labels[i] - score) ^ 2 / n
  end
  local result = {}
  for j, weight in ipairs(weights) do
    local rises, mean = {}, 0.0
    for r, shuffle in ipairs(shuffles) do
      local loss = 0.0
      for i, row in ipairs(rows) do
        local score = scores[i] + weight * (rows[shuffle[i] + 1][j] - row[j])
        loss = loss + (labels[i] - score) ^ 2 / n
      end
      rises[r] = loss - untouched
      mean = mean + rises[r] / #shuffles
    end
    local squares = 0.0
    for _, rise in ipairs(rises) do squares = squares + (rise - mean) ^ 2 end
    result[j] = { mean, math.sqrt(squares / (#shuffles - 1)) }
  end
  return result
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = by_differences:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return by_differences:sub(1, first - 1) .. new .. by_differences:sub(last + 1)
end

return drill {
  id = "permutation-importance",
  title = "Which feature would the model miss?",
  category = "metrics",
  level = "medium",
  minutes = 25,
  covers = { "S10-C08", "S12-C08", "S11-C12" },
  signature = "permutation_importance(rows: float[][], labels: float[], weights: float[], "
    .. "bias: float, shuffles: int[][]) -> (float, float)[]",

  statement = [==[
A linear model predicts how long somebody will read a post: the prediction for a row is
`bias + Σ weights[j] · row[j]`. Its loss on some rows is the mean of `(label - prediction)²`. A
feature matters to the model if the loss rises when that feature's values are mixed up between the
rows, while labels and all other features stay where they are.

The mixing is handed in. A shuffle `s` is a list of row numbers: in the shuffled data, row `i` has
the value that row `s[i]` has in the original data, in the one feature that is being tested. Each
shuffle is applied to each feature, always starting from the original rows.

For a feature and a shuffle the *rise* is the loss with the feature shuffled minus the loss of the
untouched rows. Return for each feature, in order, the pair of

1. the mean of its rises over all shuffles;
2. their standard deviation, with the number of shuffles minus 1 as the divisor of the squares.

**Conventions**

- Row numbers are counted from 0. Each shuffle contains every row number exactly once.
- There is at least one row, one feature and one shuffle. With a single shuffle nobody knows how
  much the rise would vary: the standard deviation is NaN.
- Every row has as many values as there are weights. All numbers are finite, at most 1000 in size,
  and so are the predictions.
- A rise may be negative: a feature can do harm.
- Do not change the input. Answers are compared with a tolerance of 10^-9 (relative above 1).

**Cost.** With `n` rows, `p` features and `k` shuffles, time must grow like `n · p · k`. In
particular, twice as many features may take twice the time only. Beside the answer, space may grow
like `n + k`.
]==],

  examples = {
    {
      args = { { { 1, 5 }, { 3, 5 } }, { 1, 3 }, { 1, 2 }, -10, { { 1, 0 }, { 0, 1 } } },
      result = { { 2, math.sqrt(8) }, { 0, 0 } },
      note = "The model is perfect. The first shuffle swaps the rows: predictions 3 and 1, a loss "
        .. "of 4. The second leaves them alone, a rise of 0. The other feature is the same "
        .. "everywhere, so mixing it does nothing.",
    },
    {
      args = { { { 0 }, { 1 }, { 2 } }, { 2, 1, 0 }, { 1 }, 0, { { 2, 1, 0 } } },
      result = { { -8 / 3, 0 / 0 } },
      note = "The weight has the wrong sign: turned round, the values fit perfectly, and the loss "
        .. "falls from 8/3 to 0. One shuffle has no standard deviation.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 125, 250, 500, 1000 },
    -- The size is the number of features; rows and shuffles stay the same.
    input = function(n, rand) return random_task(8, n, 2, rand) end,
  },

  cases = function(rand, case)
    case { name = "one row", args = { { { 4, 2 } }, { 3 }, { 1, -1 }, 0, { { 0 }, { 0 } } } }
    case {
      name = "a constant beside the feature",
      catches = "shuffles the label",
      args = { { { 0, 1 }, { 0, 2 }, { 0, 4 } }, { 1, 2, 4 }, { 3, 1 }, 0,
               { { 1, 2, 0 }, { 1, 2, 0 } } },
    }
    case {
      name = "two shuffles",
      catches = "divides by the number of shuffles",
      args = { { { 1 }, { 2 }, { 4 } }, { 1, 2, 4 }, { 1 }, 0, { { 0, 1, 2 }, { 2, 1, 0 } } },
    }
    case {
      name = "a ring of three rows",
      catches = "shuffles the wrong way round",
      args = { { { 1 }, { 2 }, { 4 } }, { 1, 2, 3 }, { 1 }, 0, { { 0, 1, 2 }, { 1, 2, 0 } } },
    }
    case {
      name = "two features that work together",
      catches = "does not put the column back",
      args = { { { 1, 3 }, { 2, 1 }, { 5, 2 } }, { 4, 3, 7 }, { 1, 1 }, 0,
               { { 0, 1, 2 }, { 1, 2, 0 } } },
    }
    case {
      name = "one shuffle after the other",
      catches = "shuffles what is shuffled already",
      args = { { { 1 }, { 2 }, { 4 }, { 8 } }, { 1, 2, 4, 8 }, { 1 }, 0,
               { { 1, 0, 2, 3 }, { 0, 1, 3, 2 }, { 3, 2, 1, 0 } } },
    }
    case {
      name = "only one shuffle",
      catches = "one shuffle is taken for certain",
      args = { { { 1, 2 }, { 3, 1 }, { 2, 2 } }, { 1, 3, 3 }, { 1, 0.25 }, 0, { { 1, 2, 0 } } },
    }
    case {
      name = "a feature that does harm",
      catches = "the size of the rise only",
      args = { { { 1, 1 }, { 2, 2 }, { 3, 0 } }, { 3, 2, 1 }, { 1, 0 }, 0,
               { { 2, 1, 0 }, { 1, 0, 2 } } },
    }
    case {
      name = "a large weight on a constant",
      catches = "weights for importances",
      args = { { { 7, 1 }, { 7, 2 }, { 7, 4 } }, { 71, 72, 74 }, { 10, 1 }, 1,
               { { 1, 2, 0 }, { 0, 2, 1 } } },
    }
    case { name = "a weight of zero",
           args = { { { 1, 9 }, { 2, -9 } }, { 1, 2 }, { 1, 0 }, 0.5, { { 1, 0 }, { 1, 0 } } } }
    case { name = "the shuffle leaves all in place",
           args = { { { 1 }, { 2 }, { 5 } }, { 0, 2, 3 }, { 2 }, 1, { { 0, 1, 2 }, { 0, 1, 2 } } } }
    for i = 1, 5 do
      case { name = "random " .. i, args = random_task(rand(2, 20), rand(1, 6), rand(1, 5), rand) }
    end
    case { name = "200 rows, 10 features", args = random_task(200, 10, 4, rand) }
    case { name = "10 rows, 150 features", args = random_task(10, 150, 3, rand) }
  end,

  compare = { tolerance = 1e-9 },

  -- Copies the rows, shuffles the column in the copy and predicts everything anew; the deviation
  -- from the differences of all pairs.
  oracle = function(args)
    local rows, labels, weights, bias, shuffles = table.unpack(args)
    local function loss(data)
      local total = 0
      for i, row in ipairs(data) do
        local error = labels[i] - bias
        for j = 1, #weights do error = error - weights[j] * row[j] end
        total = total + error * error
      end
      return total / #data
    end
    local result = {}
    for j = 1, #weights do
      local rises, sum, pairs_sum = {}, 0, 0
      for r, shuffle in ipairs(shuffles) do
        local copy = {}
        for i, row in ipairs(rows) do
          copy[i] = table.move(row, 1, #row, 1, {})
          copy[i][j] = rows[shuffle[i] + 1][j]
        end
        rises[r] = loss(copy) - loss(rows)
        sum = sum + rises[r]
        for q = 1, r - 1 do pairs_sum = pairs_sum + (rises[r] - rises[q]) ^ 2 end
      end
      local k = #rises
      result[j] = { sum / k, k > 1 and math.sqrt(pairs_sum / k / (k - 1)) or 0 / 0 }
    end
    return result
  end,

  reference = {
    lua = by_differences,
    python = [==[
from math import nan
from statistics import fmean, stdev


# Scores and losses of the untouched rows once. Shuffling feature j moves the score of a row by
# weight j times the change of that one value.
def permutation_importance(rows, labels, weights, bias, shuffles):
    errors = [
        label - bias - sum(weight * value for weight, value in zip(weights, row))
        for row, label in zip(rows, labels)
    ]
    untouched = fmean(error * error for error in errors)

    def rise(column, weight, shuffle):
        moved = (
            error - weight * (column[source] - value)
            for error, source, value in zip(errors, shuffle, column)
        )
        return fmean(error * error for error in moved) - untouched

    result = []
    for j, weight in enumerate(weights):
        column = [row[j] for row in rows]
        rises = [rise(column, weight, shuffle) for shuffle in shuffles]
        result.append((fmean(rises), stdev(rises) if len(rises) > 1 else nan))
    return result
]==],
  },

  wrong = {
    {
      name = "shuffles the label",
      language = "lua",
      verdict = "WA",
      case = "a constant beside the feature",
      why = "The labels are mixed up, so all features lose their meaning at once and each gets the "
        .. "same importance. It tells whether the model is better than chance, not which feature "
        .. "makes it so.",
      code = reference_with([==[
        local score = scores[i] + weight * (rows[shuffle[i] + 1][j] - row[j])
        loss = loss + (labels[i] - score) ^ 2 / n
]==], [==[
        loss = loss + (labels[shuffle[i] + 1] - scores[i]) ^ 2 / n
]==]),
    },
    {
      name = "shuffles the wrong way round",
      language = "lua",
      verdict = "WA",
      case = "a ring of three rows",
      why = "The value of row i is sent to row s[i]; it should be fetched from there. Over many "
        .. "random shuffles it makes no difference, but nobody can then repeat your numbers.",
      code = reference_with([==[
      for i, row in ipairs(rows) do
        local score = scores[i] + weight * (rows[shuffle[i] + 1][j] - row[j])
        loss = loss + (labels[i] - score) ^ 2 / n
      end
]==], [==[
      for i, row in ipairs(rows) do
        local to = shuffle[i] + 1
        local score = scores[to] + weight * (row[j] - rows[to][j])
        loss = loss + (labels[to] - score) ^ 2 / n
      end
]==]),
    },
    {
      name = "shuffles whole rows",
      language = "lua",
      verdict = "WA",
      case = "a constant beside the feature",
      why = "All features of a row move together, which is the same as mixing up the labels. Only "
        .. "the tested column may move.",
      code = reference_with("scores[i] + weight * (rows[shuffle[i] + 1][j] - row[j])",
                            "scores[shuffle[i] + 1]"),
    },
    {
      name = "does not put the column back",
      language = "lua",
      verdict = "WA",
      case = "two features that work together",
      why = "A column stays shuffled while the next one is tested. From the second feature on the "
        .. "rise belongs to several features together, and the order of the columns decides.",
      code = reference_with([==[
    for r, shuffle in ipairs(shuffles) do
      local loss = 0.0
]==], [==[
    if j > 1 then
      local last, before = shuffles[#shuffles], {}
      for i, row in ipairs(rows) do before[i] = rows[last[i] + 1][j - 1] - row[j - 1] end
      for i in ipairs(rows) do scores[i] = scores[i] + weights[j - 1] * before[i] end
    end
    for r, shuffle in ipairs(shuffles) do
      local loss = 0.0
]==]),
    },
    {
      name = "shuffles what is shuffled already",
      language = "lua",
      verdict = "WA",
      case = "one shuffle after the other",
      why = "Each shuffle is applied to the outcome of the one before. The shuffles are given for "
        .. "the original rows.",
      code = reference_with([==[
    for r, shuffle in ipairs(shuffles) do
      local loss = 0.0
]==], [==[
    local place = {}
    for i = 1, n do place[i] = i - 1 end
    for r, given in ipairs(shuffles) do
      local loss, shuffle = 0.0, {}
      for i = 1, n do shuffle[i] = place[given[i] + 1] end
      place = shuffle
]==]),
    },
    {
      name = "one shuffle is taken for certain",
      language = "lua",
      verdict = "WA",
      case = "only one shuffle",
      why = "With a single shuffle a deviation of 0 is returned, which says that the importance is "
        .. "exactly known. It is not known at all how much it varies.",
      code = reference_with("math.sqrt(squares / (#shuffles - 1))",
                            "math.sqrt(squares / math.max(1, #shuffles - 1))"),
    },
    {
      name = "divides by the number of shuffles",
      language = "lua",
      verdict = "WA",
      case = "two shuffles",
      why = "The squares around the sample's own mean are a little small, and the divisor k - 1 "
        .. "makes up for it. With a few shuffles, which is the rule, the difference is large.",
      code = reference_with("math.sqrt(squares / (#shuffles - 1))",
                            "#shuffles > 1 and math.sqrt(squares / #shuffles) or 0 / 0"),
    },
    {
      name = "the size of the rise only",
      language = "lua",
      verdict = "WA",
      case = "a feature that does harm",
      why = "The sign is dropped, so a feature that makes the model worse ranks among the "
        .. "important ones. And noise around 0 averages to something above 0.",
      code = reference_with("rises[r] = loss - untouched", "rises[r] = math.abs(loss - untouched)"),
    },
    {
      name = "weights for importances",
      language = "lua",
      verdict = "WA",
      case = "one row",
      why = "The size of a weight depends on the feature's unit, and a large weight on a value "
        .. "that never changes predicts nothing.",
      code = [==[
function permutation_importance(rows, labels, weights, bias, shuffles)
  local result = {}
  for j, weight in ipairs(weights) do
    result[j] = { math.abs(weight), #shuffles > 1 and 0.0 or 0 / 0 }
  end
  return result
end
]==],
    },
    {
      name = "predicts everything anew",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each feature the whole prediction is computed again, over all features: p² per "
        .. "row. Only one term of the sum has changed.",
      code = reference_with("scores[i] + weight * (rows[shuffle[i] + 1][j] - row[j])", [==[
bias
        for other, w in ipairs(weights) do
          score = score + w * (other == j and rows[shuffle[i] + 1][j] or row[other])
        end]==]),
    },
  },

  hints = {
    { text = "First get it right: for each feature and shuffle, what is the prediction of row i? "
        .. "Which rows' values occur in it?", cost_min = 2 },
    { text = "Only one term of the sum changes. Keep the predictions of the untouched rows; the "
        .. "new one is the old one plus weight j times the change of the value.", cost_min = 3 },
    { text = "Rise = mean of (label - (score[i] + w[j]·(rows[s[i]][j] - rows[i][j])))² minus the "
        .. "untouched loss. Collect the rises of a feature, take mean and deviation, with NaN for "
        .. "a single one. Nothing is written into the rows, so there is nothing to put back.",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "The model is a forest. What becomes of the shortcut?",
      answer = "It goes: a prediction cannot be updated by one term. Shuffle the column in place, "
        .. "predict, and put it back; the cost is p · k predictions of all rows. Skip features "
        .. "that the model never splits on." },
    { ask = "Two features are nearly the same. What do you see?",
      answer = "Both look unimportant, since the other one still carries the information (or the "
        .. "importance is shared in an arbitrary way). Shuffle them together as a group, or drop "
        .. "one and refit." },
    { ask = "One feature has nearly all of the importance. Your next step?",
      answer = "Suspect leakage before celebrating: look when its value is known, compared with "
        .. "the label, and refit without it. A feature that is filled in after the outcome is the "
        .. "usual reason." },
    { ask = "On training rows or on held-out rows?",
      answer = "Held-out: what matters is the loss that the feature saves on new data. On training "
        .. "rows an overfitted identifier looks important. A large gap between both is a finding "
        .. "by itself." },
    { ask = "How many shuffles are enough?",
      answer = "Until the standard error, deviation over √k, is small against the differences that "
        .. "you want to rank. It is the error from shuffling only; that from the rows at hand "
        .. "needs a bootstrap." },
    { ask = "Shuffled rows may be impossible: a newborn with a licence. Does it matter?",
      answer = "Yes. The model is asked outside of its data, and its answers there count in the "
        .. "importance. Shuffle within groups of similar rows, or drop the feature and refit." },
  },

  explain = [==[
**Idea.** For a linear model the prediction of row `i` with feature `j` taken from row `s[i]` is the
untouched prediction plus `weights[j] · (rows[s[i]][j] - rows[i][j])`. With the untouched
predictions at hand, a shuffled one costs O(1), so a feature and a shuffle cost O(n), and all of
them O(n · p · k).

**Why nothing has to be put back.** The original rows are only read. Each rise is a function of the
original rows, one feature and one shuffle, so neither the order of the features nor that of the
shuffles matters. That is the property to test: exchange two shuffles, and the answer must stay.

**What is measured.** Mixing a column keeps its distribution and breaks its tie to the label and to
the other features. The rise of the loss is what the model gains from that tie. With squared loss
and features that are independent of each other and of the errors, the mean rise tends to
`2 · weight² · variance` of the feature.

**One shuffle.** A mean of one number exists, a deviation does not: 0/0. Returning 0 there turns "we
do not know" into "we are certain".

**Usual mistakes**

- *Shuffling the labels or whole rows*, which tests the model and not the feature.
- *Not putting the column back*, so that importances pile up from left to right.
- *Shuffling again what is shuffled.*
- *Absolute values.* Noise then looks like importance, and harmful features like good ones.
- *Weights instead.* They have units.
- *Scoring everything again* where one term has changed.
]==],
}
