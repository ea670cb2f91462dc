-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Target encoding with folds and smoothing. The drill is about leaks: a row's own label, the labels of
-- its fold and the mean that stands in for unseen levels must all stay out of its value.

-- `n` rows with `kinds` frequent levels, a few that occur once, and `folds` folds.
local function log_of(n, kinds, folds, rand)
  local levels, labels, fold_of = {}, {}, {}
  for i = 1, n do
    local kind = rand(1, kinds)
    levels[i] = rand(1, 12) == 1 and "rare-" .. i or "board-" .. kind
    labels[i] = rand.float() < (kind % 5 + 0.5) / 6 and 1 or 0
    fold_of[i] = rand(1, folds) * 3
  end
  if n > 1 then fold_of[1], fold_of[n] = 3, 6 end
  return levels, labels, fold_of
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local totals_minus_fold = [==[
-- Rows and clicks in all, by level, by fold, and by level and fold. What the other folds hold is a
-- difference of two of them.
function target_encoding(levels, labels, folds, smoothing)
  local by_level, by_fold, different = {}, {}, 0
  local clicks = 0
  for i, level in ipairs(levels) do
    local fold, y = folds[i], labels[i]
    local of_fold = by_fold[fold]
    if not of_fold then
      of_fold, different = { rows = 0, clicks = 0 }, different + 1
      by_fold[fold] = of_fold
    end
    local of_level = by_level[level]
    if not of_level then
      of_level = { rows = 0, clicks = 0, inside = {} }
      by_level[level] = of_level
    end
    local inside = of_level.inside[fold]
    if not inside then
      inside = { rows = 0, clicks = 0 }
      of_level.inside[fold] = inside
    end
    for _, cell in ipairs { of_fold, of_level, inside } do
      cell.rows, cell.clicks = cell.rows + 1, cell.clicks + y
    end
    clicks = clicks + y
  end
  if different == 1 then return nil end

  local encoded = {}
  for i, level in ipairs(levels) do
    local of_fold, of_level = by_fold[folds[i]], by_level[level]
    local inside = of_level.inside[folds[i]]
    local prior = (clicks - of_fold.clicks) / (#levels - of_fold.rows)
    local rows, hits = of_level.rows - inside.rows, of_level.clicks - inside.clicks
    if rows + smoothing == 0 then
      encoded[i] = prior
    else
      encoded[i] = (hits + smoothing * prior) / (rows + smoothing)
    end
  end
  return encoded
end
]==]

local function reference_with(old, new)
  local first, last = totals_minus_fold:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return totals_minus_fold:sub(1, first - 1) .. new .. totals_minus_fold:sub(last + 1)
end

return drill {
  id = "target-encoding",
  title = "A board's click rate that does not know the answer",
  category = "models",
  level = "medium",
  minutes = 25,
  covers = { "S01-C05", "S12-C03", "S10-C08", "S09-C01" },
  signature = "target_encoding(levels: string[], labels: int[], folds: int[], smoothing: float) "
    .. "-> float[]?",

  statement = [==[
A click model is to use the board (the community) in which an ad was shown. There are very many boards,
so each is replaced by a number: how often ads were clicked there. If a row's own click is part of that
number, the model learns to read the label from it. Therefore the rows are divided into folds, and the
value of a row comes from the rows of all **other** folds only.

Row `i` has the board `levels[i]`, the label `labels[i]` (1 for a click, else 0) and the fold `folds[i]`.
For each row take the rows whose fold differs from its own. Among these let

- `prior` be the mean label of all of them,
- `C` be the number and `S` the sum of labels of those with the same board as the row.

The row's value is `(S + smoothing · prior) / (C + smoothing)`. Return the values in the order of the
rows.

**Conventions**

- The three lists have the same length `n ≥ 0`. Without rows the answer is an empty list.
- `0 ≤ smoothing ≤ 1000`. If `C + smoothing` is 0, that is when nothing is known of the board and there
  is no smoothing, the value is `prior`.
- A fold is a whole number between 0 and 10^9. The numbers need not be consecutive, and the folds need
  not be of equal size. There may be nearly as many folds as rows.
- If all rows (at least one) are in the same fold, there are no other rows and nothing is defined:
  return nothing (`nil`, `None`, an empty optional).
- A board's name is compared as it stands.
- An error of 10^-9 is allowed. Do not change the input.

**Cost.** Time and memory must grow like `n`, taking an access to a hash map as constant, and must not
depend on the number of folds or boards beyond that.
]==],

  examples = {
    {
      args = { { "chess", "chess", "chess", "go" }, { 1, 0, 1, 0 }, { 0, 0, 1, 1 }, 1.0 },
      result = { 0.75, 0.75, 0.5, 0.5 },
      note = "Rows 0 and 1 see fold 1: prior 1/2, and one click in one row of chess: (1 + 1/2) / 2. "
        .. "Row 2 sees fold 0: (1 + 1/2) / 3. Row 3 finds no row of go there: the prior.",
    },
    {
      args = { { "art", "art" }, { 1, 0 }, { 7, 9 }, 0.0 },
      result = { 0.0, 1.0 },
      note = "Each row sees only the other one.",
    },
    {
      args = { { "art", "go" }, { 1, 0 }, { 4, 4 }, 2.0 },
      result = nil,
      note = "There is no other fold to learn from.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- Two rows to a fold and two folds to a board.
    input = function(n, rand)
      local levels, labels, folds = {}, {}, {}
      for i = 1, n do
        levels[i], labels[i], folds[i] = "board-" .. i // 4, rand(0, 1), i // 2
      end
      return { levels, labels, folds, 2.0 }
    end,
  },

  cases = function(rand, case)
    case { name = "no rows", args = { {}, {}, {}, 1.0 } }
    case { name = "one row", catches = "one fold", args = { { "go" }, { 1 }, { 0 }, 1.0 } }
    case { name = "all rows in one fold", catches = "one fold",
           args = { { "go", "go", "art" }, { 1, 0, 1 }, { 5, 5, 5 }, 1.0 } }
    case { name = "everything was clicked", catches = "pulls towards zero",
           args = { { "go", "go", "go" }, { 1, 1, 1 }, { 0, 1, 2 }, 2.0 } }
    case { name = "a board that the other folds lack", catches = "an unseen board is zero",
           args = { { "go", "art", "go" }, { 1, 1, 1 }, { 0, 1, 1 }, 1.0 } }
    case { name = "the same without smoothing", catches = "divides by nothing",
           args = { { "go", "art", "go" }, { 1, 1, 1 }, { 0, 1, 1 }, 0.0 } }
    case { name = "two rows, two folds", catches = "counts the row itself",
           args = { { "go", "go" }, { 1, 0 }, { 0, 1 }, 0.0 } }
    case { name = "two rows of a board in one fold", catches = "leaves out the row only",
           args = { { "go", "go", "go" }, { 1, 0, 1 }, { 0, 0, 1 }, 0.0 } }
    case { name = "folds with different click rates", catches = "takes the prior from all rows",
           args = { { "go", "art", "tea", "art" }, { 1, 1, 0, 0 }, { 0, 0, 1, 1 }, 3.0 } }
    case { name = "never clicked", args = { { "go", "go", "art" }, { 0, 0, 0 }, { 0, 1, 1 }, 2.0 } }
    case { name = "a fold for every row",
           args = { { "go", "go", "art", "go" }, { 1, 0, 1, 1 }, { 3, 1, 2, 0 }, 1.5 } }
    case { name = "distant fold numbers",
           args = { { "go", "go", "art" }, { 1, 0, 1 }, { 1000000000, 0, 1000000000 }, 1.0 } }
    case { name = "names that look like numbers or pairs",
           args = { { "1", "1-1", "", "1", "" }, { 1, 0, 1, 0, 0 }, { 1, 11, 1, 11, 2 }, 0.5 } }
    case { name = "capital letters and spaces", catches = "tidies the names up",
           args = { { "go", "Go", "go ", "Go" }, { 1, 0, 0, 1 }, { 0, 1, 1, 2 }, 0.5 } }
    case { name = "heavy smoothing",
           args = { { "go", "go", "art", "art" }, { 1, 0, 0, 1 }, { 0, 1, 0, 1 }, 1000.0 } }
    for i = 1, 3 do
      local levels, labels, folds = log_of(rand(10, 60), 4, 5, rand)
      case { name = "random " .. i, args = { levels, labels, folds, rand(0, 8) / 2 } }
    end
    for i = 1, 2 do
      local levels, labels, folds = log_of(rand(10, 60), 6, 30, rand)
      case { name = "random, small folds " .. i, args = { levels, labels, folds, 0.0 } }
    end
    local levels, labels, folds = log_of(1500, 40, 5, rand)
    case { name = "1500 rows in 5 folds", args = { levels, labels, folds, 10.0 } }
    levels, labels, folds = log_of(1500, 20, 60, rand)
    case { name = "1500 rows in 60 folds", args = { levels, labels, folds, 1.0 } }
  end,

  compare = { tolerance = 1e-9 },

  -- Each row reads all rows.
  oracle = function(args)
    local levels, labels, folds, smoothing = args[1], args[2], args[3], args[4]
    local encoded = {}
    for i = 1, #levels do
      local others, clicks, alike, hits = 0, 0, 0, 0
      for j = 1, #levels do
        if folds[j] ~= folds[i] then
          others, clicks = others + 1, clicks + labels[j]
          if levels[j] == levels[i] then alike, hits = alike + 1, hits + labels[j] end
        end
      end
      if others == 0 then return nil end
      local prior = clicks / others
      local weight = alike + smoothing
      -- As a mixture of two rates.
      encoded[i] = prior
      if alike > 0 then encoded[i] = prior + (hits / alike - prior) * alike / weight end
    end
    return encoded
  end,

  reference = {
    lua = totals_minus_fold,
    python = [==[
from collections import Counter


# What the other folds hold is the total minus the row's own fold, for rows and for clicks.
def target_encoding(levels, labels, folds, smoothing):
    rows, clicks = Counter(), Counter()
    for level, y, fold in zip(levels, labels, folds):
        for key in (None, fold, level, (level, fold)):
            rows[key] += 1
            clicks[key] += y
    if rows and rows[None] == rows[folds[0]]:
        return None
    encoded = []
    for level, fold in zip(levels, folds):
        prior = (clicks[None] - clicks[fold]) / (rows[None] - rows[fold])
        count = rows[level] - rows[level, fold]
        hits = clicks[level] - clicks[level, fold]
        weight = count + smoothing
        encoded.append((hits + smoothing * prior) / weight if weight else prior)
    return encoded
]==],
  },

  wrong = {
    {
      name = "counts the row itself",
      language = "lua",
      verdict = "WA",
      case = "two rows, two folds",
      why = "The board's rate is taken from all rows, its own included. For a board that occurs once "
        .. "the value is nearly the label. The model looks splendid in training and fails on new "
        .. "data, where the label is not known yet.",
      code = reference_with(
        "local rows, hits = of_level.rows - inside.rows, of_level.clicks - inside.clicks",
        "local rows, hits = of_level.rows, of_level.clicks"),
    },
    {
      name = "leaves out the row only",
      language = "lua",
      verdict = "WA",
      case = "two rows of a board in one fold",
      why = "Only the row itself is taken out, not its fold. That leaks too, and backwards: within a "
        .. "board, rows that were clicked get the lower value, since one click less is left. A tree "
        .. "finds that split.",
      code = reference_with(
        "local rows, hits = of_level.rows - inside.rows, of_level.clicks - inside.clicks",
        "local rows, hits = of_level.rows - 1, of_level.clicks - labels[i]"),
    },
    {
      name = "takes the prior from all rows",
      language = "lua",
      verdict = "WA",
      case = "folds with different click rates",
      why = "The board's numbers come from the other folds, but the prior from all rows. With rare "
        .. "boards and much smoothing the value is mostly prior, so the fold's own labels are back in.",
      code = reference_with("(clicks - of_fold.clicks) / (#levels - of_fold.rows)", "clicks / #levels"),
    },
    {
      name = "an unseen board is zero",
      language = "lua",
      verdict = "WA",
      case = "a board that the other folds lack",
      why = "A board without rows in the other folds gets 0, as if it were known that nobody clicks "
        .. "there. Nothing is known; the mean is the best guess.",
      code = reference_with("if rows + smoothing == 0 then\n      encoded[i] = prior",
        "if rows == 0 then\n      encoded[i] = 0.0"),
    },
    {
      name = "divides by nothing",
      language = "lua",
      verdict = "WA",
      case = "the same without smoothing",
      why = "Without smoothing an unseen board is 0 / 0. A NaN in a feature column makes every gradient "
        .. "of its batch NaN.",
      code = reference_with("if rows + smoothing == 0 then", "if false then"),
    },
    {
      name = "pulls towards zero",
      language = "lua",
      verdict = "WA",
      case = "everything was clicked",
      why = "Smoothing is added to the count but no prior to the clicks. Rare boards are drawn towards 0 "
        .. "instead of the mean.",
      code = reference_with("(hits + smoothing * prior)", "hits"),
    },
    {
      name = "counts again for each row",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Every row reads all rows: n². What a row needs are counts, and these are the same for all "
        .. "rows of a board in a fold.",
      code = [==[
function target_encoding(levels, labels, folds, smoothing)
  local encoded = {}
  for i = 1, #levels do
    local others, clicks, alike, hits = 0, 0, 0, 0
    for j = 1, #levels do
      if folds[j] ~= folds[i] then
        others, clicks = others + 1, clicks + labels[j]
        if levels[j] == levels[i] then alike, hits = alike + 1, hits + labels[j] end
      end
    end
    if others == 0 then return nil end
    local prior = clicks / others
    encoded[i] = alike + smoothing == 0 and prior or (hits + smoothing * prior) / (alike + smoothing)
  end
  return encoded
end
]==],
    },
    {
      name = "counts again for each fold",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The table of boards is built anew for every fold from the rows of all others: n · folds. "
        .. "With five folds nobody minds. Build one table, and take a fold's part away from it.",
      code = [==[
function target_encoding(levels, labels, folds, smoothing)
  local encoded, done = {}, {}
  for first = 1, #levels do
    local fold = folds[first]
    if not done[fold] then
      done[fold] = true
      local others, clicks, rows, hits = 0, 0, {}, {}
      for j, level in ipairs(levels) do
        if folds[j] ~= fold then
          others, clicks = others + 1, clicks + labels[j]
          rows[level] = (rows[level] or 0) + 1
          hits[level] = (hits[level] or 0) + labels[j]
        end
      end
      if others == 0 then return nil end
      local prior = clicks / others
      for j, level in ipairs(levels) do
        if folds[j] == fold then
          local count = rows[level] or 0
          encoded[j] = count + smoothing == 0 and prior
            or ((hits[level] or 0) + smoothing * prior) / (count + smoothing)
        end
      end
    end
  end
  return encoded
end
]==],
    },
  },

  pitfalls = {
    ["tidies the names up"] = "Names are compared as they stand. Two boards whose names differ in a capital "
      .. "letter or a space are two boards.",
    ["one fold"] = "With a single fold there are no other rows: the prior is 0 / 0. Say that nothing is "
      .. "defined instead of returning NaN or the label.",
  },

  hints = {
    { text = "Which counts does a row need? Write them down without thinking of how to get them.",
      cost_min = 2 },
    { text = "\"All folds but one\" is a total minus one part. Which totals and which parts do you have "
        .. "to keep?", cost_min = 3 },
    { text = "One pass: rows and clicks in all, per fold, per board, and per (board, fold). Second pass: "
        .. "prior from all minus fold, C and S from board minus (board, fold).", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Which value does a row get at serving time?",
      answer = "The one from all training rows, with the same formula: there is no label to leak. The "
        .. "training values are a little noisier than that, which is a small and honest difference." },
    { ask = "The data are a log over four weeks. Are random folds right?",
      answer = "They use the future: a row of day 3 is encoded with clicks of day 20. Encode with what "
        .. "was known at the row's time, a running count up to the day before, as serving will do." },
    { ask = "How do you choose the smoothing?",
      answer = "It is the number of rows that the prior is worth. By empirical Bayes it is about p(1 - p) "
        .. "divided by the variance of the true rates between boards, minus 1; or simply tune it on the "
        .. "log loss of a later week." },
    { ask = "How would you test for the leak?",
      answer = "Shuffle the labels, encode again and take the encoded value alone as a score. Its AUC "
        .. "should be close to 0.5. Clearly above: rows see their own label. Clearly below: they see "
        .. "its absence, as with leaving out one row." },
    { ask = "What is lost compared with an embedding or hashing?",
      answer = "One number per board, so boards with equal rates look alike, and interactions (this user "
        .. "on that board) are gone. In return trees can use it directly and rare boards are shrunk." },
  },

  explain = [==[
**Totals minus parts.** Let the first pass collect rows and clicks for everything, for each fold, for
each board, and for each pair of board and fold. For a row with board b in fold f the other folds hold
`rows(b) - rows(b, f)` rows of the board, and likewise for clicks and for all boards. Sums of labels are
whole numbers, so the subtraction loses nothing.

**Why nothing leaks.** The value of a row is a function of labels in other folds only: all labels of its
own fold are subtracted from each of the counts, the prior included. So where labels are independent, a
row's value is independent of its own label. A weak trace stays between rows, as the labels of each fold
are in the values of the others; the larger the folds' cells, the weaker it is.

**Smoothing.** `(S + m · prior) / (C + m)` is the mixture of the board's own rate with weight C / (C + m)
and of the prior with the rest. Boards with many rows keep their rate, unseen ones get the prior, with no
special case unless m is 0.

**Cost.** Two passes. A pair of board and fold needs an entry only if it occurs, so there are at most n.
A full table of boards × folds would not be linear.

**Usual mistakes**

- *The row's own label*, in the worst case as the only one of its board.
- *Leave one out.* It looks cleaner than folds and leaks the label with the sign turned around.
- *A leaking prior.* Small with five folds and many rows, large where a day is a fold.
- *Keys glued together from two texts.* "1" in fold 11 and "1-1" in fold 1 may become the same key.
  Use nested maps or pairs.
]==],
}
