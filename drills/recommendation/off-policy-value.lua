-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The value of a ranking that was never shown, from the log of the one that was: inverse propensity
-- weights, capped, once averaged plainly and once normalised by their own sum. The drill is about
-- what the cap is applied to, and about a broken log that the cap would hide.

-- A log of `n` rows with propensities in steps of 1/64 and rewards in [low, high].
local function random_log(n, low, high, rand)
  local log = {}
  for i = 1, n do
    log[i] = { rand(1, 64) / 64, rand(0, 64) / 64, low + (high - low) * rand.float() }
  end
  return log
end

-- The reference. Several wrong answers are this text with one thing changed.
local one_pass = [==[
-- Four sums in one pass: the capped weights, their squares, the weighted rewards, the rows.
function off_policy_value(log, cap)
  local weights, squares, gained, rows = 0.0, 0.0, 0.0, 0
  for _, row in ipairs(log) do
    local logged, target, reward = row[1], row[2], row[3]
    if logged <= 0 then return nil end
    local weight = math.min(target / logged, cap)
    weights = weights + weight
    squares = squares + weight * weight
    gained = gained + weight * reward
    rows = rows + 1
  end
  if weights == 0 then return nil end
  return { gained / rows, gained / weights, weights * weights / squares }
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = one_pass:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return one_pass:sub(1, first - 1) .. new .. one_pass:sub(last + 1)
end

return drill {
  id = "off-policy-value",
  title = "What would the other feed have earned?",
  category = "recommendation",
  level = "medium",
  minutes = 15,
  covers = { "S04-C06", "S04-P2", "S01-N2" },
  signature = "off_policy_value(log: (float, float, float)[], cap: float) "
    .. "-> (float, float, float)?",

  statement = [==[
One slot of a community feed is filled at random, and the log keeps the odds. Each row holds

1. `logged`: the probability with which the feed that was running chose the post that was shown;
2. `target`: the probability with which a new feed, never shown to anybody, would have chosen the
   same post in the same place;
3. `reward`: what came of it, for instance a comment (1 or 0), or seconds of reading.

The weight of a row is `target / logged`, but at most `cap`. Call the capped weight `w` and the
reward `r`, and let there be `n` rows. Return three numbers, in this order:

1. the plain estimate of the new feed's mean reward, `Σ w·r / n`;
2. the normalised estimate, `Σ w·r / Σ w`;
3. the effective number of rows, `(Σ w)² / Σ w²`.

**Conventions**

- Every weight is capped by itself, before anything is summed. A weight of exactly `cap` stays.
- `cap` is above zero and at most 10^6. It may be below 1.
- `target` lies in [0, 1]. Rewards are finite, may be negative, and lie between -10^6 and 10^6.
- `logged` should lie in (0, 1], but logs are broken at times. If any row has a `logged` of zero or
  less, no estimate is valid: return nothing (`nil`, `None`), whatever the row's `target` and the
  cap.
- An empty log has no estimate: return nothing.
- If every weight is zero, the log says nothing about the new feed: return nothing.
- Answers are compared with a tolerance of 10^-9 (relative above 1).

**Cost.** Time must grow like `n`. Space must be constant: the real log does not fit into memory.
]==],

  examples = {
    {
      args = { { { 0.5, 0.25, 1 }, { 0.25, 0.5, 1 }, { 0.25, 0.25, 0 } }, 10 },
      result = { 2.5 / 3, 2.5 / 3.5, 12.25 / 5.25 },
      note = "The weights are 0.5, 2 and 1, so Σ w·r = 2.5, Σ w = 3.5 and Σ w² = 5.25. Three rows "
        .. "are worth 2.33.",
    },
    {
      args = { { { 0.03125, 0.5, 1 }, { 0.5, 0.5, 0 } }, 4 },
      result = { 2, 0.8, 25 / 17 },
      note = "The first weight is 16 and becomes 4. The plain estimate, 2, is more than any "
        .. "reward; the normalised one never is.",
    },
    {
      args = { { { 0.5, 0.5, 1 }, { 0, 0.5, 1 } }, 4 },
      result = nil,
      note = "The second row claims that a post was shown which could not be shown.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n, rand) return { random_log(n, 0, 1, rand), 8 } end,
  },

  cases = function(rand, case)
    case { name = "one row", args = { { { 0.5, 0.5, 3 } }, 10 } }
    case { name = "empty log", args = { {}, 10 } }
    case { name = "the same feed",
           args = { { { 0.5, 0.5, 1 }, { 0.25, 0.25, 0 }, { 1, 1, 1 } }, 2 } }
    case {
      name = "weights that do not sum to the number of rows",
      catches = "normalises by the number of rows",
      args = { { { 0.5, 1, 1 }, { 0.5, 1, 0 }, { 0.5, 0.75, 1 } }, 10 },
    }
    case {
      name = "one heavy weight among light ones",
      catches = "caps the average",
      args = { { { 0.03125, 1, 1 }, { 0.5, 0.25, 0 }, { 0.5, 0.25, 1 }, { 0.5, 0.125, 0 } }, 10 },
    }
    case {
      name = "seconds of reading",
      catches = "caps the weighted reward",
      args = { { { 0.5, 0.5, 40 }, { 0.5, 0.25, 90 }, { 0.25, 0.5, 0 } }, 5 },
    }
    case {
      name = "capped weights in the divisor",
      catches = "divides by the uncapped weights",
      args = { { { 0.0625, 1, 1 }, { 0.5, 0.5, 0 }, { 0.5, 1, 1 } }, 3 },
    }
    case { name = "a weight at the cap", args = { { { 0.25, 1, 1 }, { 0.5, 0.5, 0 } }, 4 } }
    case { name = "a cap below one",
           args = { { { 0.5, 0.5, 1 }, { 0.5, 0.25, -2 }, { 1, 1, 4 } }, 0.5 } }
    case { name = "negative rewards", args = { { { 0.125, 1, -3 }, { 0.5, 0.25, 2 } }, 4 } }
    case { name = "no reward at all", args = { { { 0.5, 0.25, 0 }, { 0.25, 0.5, 0 } }, 4 } }
    case {
      name = "impossible row under the cap",
      catches = "the cap hides a zero propensity",
      args = { { { 0.5, 0.25, 1 }, { 0, 0.5, 1 }, { 0.5, 0.5, 0 } }, 5 },
    }
    case {
      name = "zero over zero",
      catches = "the cap hides a zero propensity",
      args = { { { 0.5, 0.25, 1 }, { 0, 0, 1 } }, 5 },
    }
    case {
      name = "a row of weight zero",
      catches = "counts only rows with a weight",
      args = { { { 0.5, 0.5, 1 }, { 0.5, 0, 1 }, { 0.25, 0.5, 0 } }, 5 },
    }
    case {
      name = "a tiny probability is a probability",
      catches = "takes tiny for broken",
      args = { { { 1e-9, 5e-10, 4 }, { 0.5, 0.5, 1 } }, 10 },
    }
    case {
      name = "only small weights",
      catches = "takes small weights for none",
      args = { { { 0.5, 1e-12, 1 }, { 0.5, 2e-12, 0 } }, 10 },
    }
    case { name = "impossible row at the end", catches = "asks for exactly zero",
           args = { { { 0.5, 0.5, 1 }, { 0.5, 0, 1 }, { -0.25, 0, 0 } }, 5 } }
    case {
      name = "no row that the new feed would show",
      catches = "answers zero when nothing is known",
      args = { { { 0.5, 0, 1 }, { 0.25, 0, 1 } }, 5 },
    }
    for i = 1, 4 do
      case {
        name = "random " .. i,
        args = { random_log(rand(2, 60), i == 4 and -5 or 0, 1, rand), rand(1, 12) / 2 },
      }
    end
    case { name = "1000 rows", args = { random_log(1000, 0, 1, rand), 5 } }
    case { name = "2000 rows, seconds", args = { random_log(2000, -10, 300, rand), 20 } }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["counts only rows with a weight"] = "A row that the new feed would not show has the weight 0. It "
      .. "is a row all the same: the plain estimate is divided by all n.",
    ["takes tiny for broken"] = "Only a logged probability of zero or less is broken. A tiny one may be "
      .. "right, and the weight is an ordinary one if the target is tiny too.",
    ["takes small weights for none"] = "Weights are compared with a tolerance instead of 0. The "
      .. "normalised estimate and the effective number of rows do not depend on the size of the weights.",
    ["asks for exactly zero"] = "A negative probability is as broken as a zero one.",
  },

  -- One list a quantity, each summed on its own; the effective number by way of the variance of
  -- the weights.
  oracle = function(args)
    local log, cap = args[1], args[2]
    local n = #log
    if n == 0 then return nil end
    local weights, largest = {}, 0
    for i = 1, n do
      if not (log[i][1] > 0) then return nil end
      weights[i] = log[i][2] / log[i][1]
      if weights[i] > cap then weights[i] = cap end
      largest = math.max(largest, weights[i])
    end
    if largest == 0 then return nil end
    local mean, plain, variance, normalised = 0, 0, 0, 0
    for i = 1, n do mean = mean + weights[i] / n end
    for i = 1, n do
      plain = plain + weights[i] * log[i][3] / n
      normalised = normalised + weights[i] / (mean * n) * log[i][3]
      variance = variance + (weights[i] - mean) ^ 2 / n
    end
    return { plain, normalised, n / (1 + variance / mean ^ 2) }
  end,

  reference = {
    lua = one_pass,
    python = [==[
# Four sums in one pass: the capped weights, their squares, the weighted rewards, the rows.
def off_policy_value(log, cap):
    weights = squares = gained = 0.0
    for logged, target, reward in log:
        if logged <= 0:
            return None
        weight = min(target / logged, cap)
        weights += weight
        squares += weight * weight
        gained += weight * reward
    if weights == 0:
        return None
    return gained / len(log), gained / weights, weights * weights / squares
]==],
    cpp = [==[
#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

// Four sums in one pass: the capped weights, their squares, the weighted rewards, the rows.
std::optional<std::tuple<double, double, double>> off_policy_value(
    const std::vector<std::tuple<double, double, double>>& log, double cap) {
  double weights = 0, squares = 0, gained = 0;
  for (const auto& [logged, target, reward] : log) {
    if (logged <= 0) return std::nullopt;
    const double weight = std::min(target / logged, cap);
    weights += weight;
    squares += weight * weight;
    gained += weight * reward;
  }
  if (weights == 0) return std::nullopt;
  const double rows = static_cast<double>(log.size());
  return std::tuple(gained / rows, gained / weights, weights * weights / squares);
}
]==],
  },

  wrong = {
    {
      name = "normalises by the number of rows",
      language = "lua",
      verdict = "WA",
      case = "weights that do not sum to the number of rows",
      why = "The second estimate divides by the rows again. Its point is to divide by the sum of "
        .. "the weights, so that a log whose weights happen to be large does not promise more than "
        .. "its largest reward.",
      code = reference_with("gained / weights,", "gained / rows,"),
    },
    {
      name = "caps the average",
      language = "lua",
      verdict = "WA",
      case = "one heavy weight among light ones",
      why = "The weights are averaged first and the average is capped. It is nearly always below "
        .. "the cap, so the one heavy row, whose variance the cap is there for, goes in whole.",
      code = [==[
function off_policy_value(log, cap)
  local weights, squares, gained, rows = 0.0, 0.0, 0.0, 0
  for _, row in ipairs(log) do
    if row[1] <= 0 then return nil end
    local weight = row[2] / row[1]
    weights = weights + weight
    squares = squares + weight * weight
    gained = gained + weight * row[3]
    rows = rows + 1
  end
  if weights == 0 then return nil end
  local shrink = math.min(weights / rows, cap) / (weights / rows)
  return { shrink * gained / rows, gained / weights, weights * weights / squares }
end
]==],
    },
    {
      name = "caps the weighted reward",
      language = "lua",
      verdict = "WA",
      case = "seconds of reading",
      why = "The product w·r is capped, not the weight. With rewards of 0 and 1 nobody notices; "
        .. "ninety seconds of reading then count as five.",
      code = reference_with("gained = gained + weight * reward",
                            "gained = gained + math.min(target / logged * reward, cap)"),
    },
    {
      name = "divides by the uncapped weights",
      language = "lua",
      verdict = "WA",
      case = "one heavy weight among light ones",
      why = "The numerator has capped weights and the divisor raw ones, so the normalised estimate "
        .. "is no weighted mean of the rewards any more: it is far too small.",
      code = reference_with("weights = weights + weight\n",
                            "weights = weights + target / logged\n"),
    },
    {
      name = "the cap hides a zero propensity",
      language = "lua",
      verdict = "WA",
      case = "impossible row under the cap",
      why = "Dividing by zero gives infinity, and the cap turns infinity into an ordinary weight. "
        .. "The log is broken, and the answer looks like one. Test the propensity before dividing.",
      code = reference_with("    if logged <= 0 then return nil end\n", ""),
    },
    {
      name = "leaves out the impossible rows",
      language = "lua",
      verdict = "WA",
      case = "impossible row under the cap",
      why = "Rows with a zero propensity are skipped in silence. They are the rows that say that "
        .. "the logging is wrong, and what it wrote elsewhere is then no more to be trusted.",
      code = [==[
function off_policy_value(log, cap)
  local weights, squares, gained, rows = 0.0, 0.0, 0.0, 0
  for _, row in ipairs(log) do
    if row[1] > 0 then
      local weight = math.min(row[2] / row[1], cap)
      weights = weights + weight
      squares = squares + weight * weight
      gained = gained + weight * row[3]
      rows = rows + 1
    end
  end
  if weights == 0 then return nil end
  return { gained / rows, gained / weights, weights * weights / squares }
end
]==],
    },
    {
      name = "answers zero when nothing is known",
      language = "lua",
      verdict = "WA",
      case = "no row that the new feed would show",
      why = "With all weights zero the plain estimate is 0 by arithmetic. That is no measurement: "
        .. "not one row tells what the new feed would have earned.",
      code = reference_with("if weights == 0 then return nil end",
                            "if rows == 0 then return nil end\n"
                              .. "  if weights == 0 then return { 0.0, 0.0, 0.0 } end"),
    },
    {
      name = "sums the weights for every row",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each row's share of the weight is worked out with a sum over all rows of its own. The "
        .. "sum is the same for all of them: take the division out of the loop.",
      code = [==[
local function capped(row, cap) return math.min(row[2] / row[1], cap) end

local function total(log, cap)
  local sum = 0.0
  for _, row in ipairs(log) do sum = sum + capped(row, cap) end
  return sum
end

function off_policy_value(log, cap)
  for _, row in ipairs(log) do
    if row[1] <= 0 then return nil end
  end
  if #log == 0 or total(log, cap) == 0 then return nil end
  local plain, normalised, concentration = 0.0, 0.0, 0.0
  for _, row in ipairs(log) do
    local share = capped(row, cap) / total(log, cap)
    plain = plain + capped(row, cap) * row[3] / #log
    normalised = normalised + share * row[3]
    concentration = concentration + share * share
  end
  return { plain, normalised, 1 / concentration }
end
]==],
    },
    {
      name = "keeps all weights",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "The weights are put into a list and summed afterwards. All three answers need only "
        .. "sums, which can be kept while the log goes by.",
      code = [==[
function off_policy_value(log, cap)
  local kept = {}
  for i, row in ipairs(log) do
    if row[1] <= 0 then return nil end
    kept[i] = math.min(row[2] / row[1], cap)
  end
  local weights, squares, gained = 0.0, 0.0, 0.0
  for i, weight in ipairs(kept) do
    weights = weights + weight
    squares = squares + weight * weight
    gained = gained + weight * log[i][3]
  end
  if weights == 0 then return nil end
  return { gained / #log, gained / weights, weights * weights / squares }
end
]==],
    },
  },

  hints = {
    { text = "Which sums stand in the three formulas? There are only a few different ones.",
      cost_min = 1 },
    { text = "Keep Σ w, Σ w², Σ w·r and the number of rows while the log goes by. The cap belongs "
        .. "to the single weight. What does a division by zero become under a cap?", cost_min = 2 },
    { text = "For each row: if logged <= 0, give up at once. Else w = min(target / logged, cap), "
        .. "and add to the four sums. At the end give up if Σ w is 0, as it is for an empty log; "
        .. "else divide.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Why does the plain estimate work at all?",
      answer = "The logged feed shows a post with probability `logged`, and the weight is "
        .. "target / logged, so in the mean the `logged` cancels and Σ target · reward is left: "
        .. "the new feed's value. It needs logged > 0 wherever target > 0." },
    { ask = "What do the cap and the normalisation cost?",
      answer = "Both trade bias for variance. The cap takes weight from the very rows that the new "
        .. "feed likes more, so with rewards of 0 and above the plain estimate is too low. The "
        .. "normalised one is a ratio of two sums: biased by about 1/n, mostly with a much smaller "
        .. "variance, and never outside the range of the rewards." },
    { ask = "How would you choose the cap?",
      answer = "On other data than what you report on, or by a rule fixed beforehand, such as a "
        .. "share of the rows or √n. Report the estimate for several caps and the share of rows "
        .. "that each touches. Choosing the cap that makes the new feed win is peeking." },
    { ask = "The effective number of rows is 40 out of a million. What do you say?",
      answer = "That the log cannot answer the question: the two feeds hardly overlap. Log more "
        .. "exploration, evaluate a feed nearer to the logged one, or add a model of the reward "
        .. "(doubly robust). A capped estimate of such a log measures the cap." },
    { ask = "Give an error bar.",
      answer = "Plain: the standard deviation of w·r over √n. Normalised, with V the estimate: "
        .. "√(Σ w²(r - V)²) / Σ w. When users have several rows, take whole users in a bootstrap, "
        .. "since rows of one user are not independent." },
  },

  explain = [==[
**Idea.** All three numbers are made of `Σ w`, `Σ w²`, `Σ w·r` and `n`, so one pass and constant
space do. What has to be right is the order: test the propensity, divide, cap, sum.

**Why it is right.** Say the logged feed chooses post `a` with probability `b(a)` and the new one
with `e(a)`. Without a cap the mean of `w·r` over the logged feed's choices is
`Σ b(a) · e(a)/b(a) · r(a) = Σ e(a) · r(a)`, the new feed's value, wherever `b(a) > 0`. The mean of
`w` is 1 by the same sum, so dividing by `Σ w` in place of `n` changes nothing in the long run and
takes out the luck of having drawn heavy rows.

**Effective rows.** With equal weights `(Σ w)² / Σ w²` is `n`; with one weight that outweighs all
others it is 1. It is `n / (1 + c²)`, `c` being the weights' coefficient of variation.

**Cost.** O(n) time, O(1) space.

**Usual mistakes**

- *A zero propensity under a cap.* `min(inf, cap)` is `cap`: the log's clearest sign of being broken
  vanishes. A missing propensity that was filled in with 0 or 1 is the usual reason.
- *Capping the wrong thing*: the product, the average, or the numerator alone.
- *Trusting a number because it came out.* Read the effective rows before the estimate. A plain
  estimate above the largest possible reward is a sign that the weights do not average to 1.
]==],
}
