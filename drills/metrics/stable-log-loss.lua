-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Log loss straight from logits. The drill is about the numbers: a probability that has been rounded
-- to 0 or 1 cannot be repaired afterwards, so it must never be made.

-- `n` logits between -spread and spread, with labels that mostly agree with them.
local function clicks(n, spread, rand)
  local logits, labels = {}, {}
  for i = 1, n do
    local z = (2 * rand.float() - 1) * spread
    logits[i] = z
    labels[i] = rand.float() < 1 / (1 + math.exp(-z / spread * 3)) and 1 or 0
  end
  return { logits, labels }
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local softplus = [==[
-- Both losses are ln(1 + e^t), with t = -z for a click and t = z for none. Taking the larger of
-- 0 and t out of the logarithm leaves an exponential that is at most 1.
function log_loss_from_logits(logits, labels)
  if #logits == 0 then return nil end
  local sum = 0
  for i, z in ipairs(logits) do
    local t = labels[i] == 1 and -z or z
    sum = sum + math.max(t, 0) + math.log(1 + math.exp(-math.abs(t)))
  end
  return sum / #logits
end
]==]

local function reference_with(old, new)
  local first, last = softplus:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return softplus:sub(1, first - 1) .. new .. softplus:sub(last + 1)
end

return drill {
  id = "stable-log-loss",
  title = "Log loss that never says infinity",
  category = "metrics",
  level = "easy",
  minutes = 12,
  covers = { "S01-C01", "S10-C02", "S11-C02" },
  signature = "log_loss_from_logits(logits: float[], labels: int[]) -> float?",

  statement = [==[
An ad server logs, for every impression, the model's raw score `z` (the logit) and whether the ad
was clicked. The model stands for the click probability `p = 1 / (1 + e^(-z))`.

Given `logits` and `labels`, return the mean log loss: the mean over all rows of `-ln p` where the
label is 1 and of `-ln(1 - p)` where it is 0.

**Conventions**

- Both lists have the same length `n ≥ 0`. A label is 0 or 1.
- Logarithms are natural.
- The result is the value of the formula in exact arithmetic, to within 10^-9 (relative to the
  value where that is above 1). Nothing is clipped: a logit of 1000 with label 0 costs 1000.
- A logit is finite and lies between -10^6 and 10^6. The result is therefore finite.
- Without rows the mean is undefined: return nothing (`nil`, `None`, an empty optional).
- Do not change the input.

**Cost.** Time must grow like `n`. Beyond the input only a constant amount of memory may be used.
]==],

  examples = {
    {
      args = { { 0.0, 2.0 }, { 1, 0 } },
      result = 1.4100375958014247,
      note = "The first row costs ln 2 = 0.693, the second ln(1 + e^2) = 2.127.",
    },
    {
      args = { { 1000.0, 1000.0 }, { 1, 0 } },
      result = 500.0,
      note = "Sure and right costs nothing, sure and wrong costs the logit itself.",
    },
    {
      args = { {}, {} },
      result = nil,
      note = "There is no mean of no rows.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    input = function(n, rand) return clicks(n, 30, rand) end,
  },

  cases = function(rand, case)
    case { name = "no rows", catches = "divides by no rows", args = { {}, {} } }
    case { name = "one row at even odds", catches = "counts in bits", args = { { 0.0 }, { 1 } } }
    case { name = "two rows", catches = "sums up", args = { { 1.0, -1.0 }, { 1, 1 } } }
    case { name = "a negative label on a positive logit", catches = "swaps the labels",
           args = { { 3.0 }, { 0 } } }
    case { name = "a positive label on a positive logit", args = { { 3.0 }, { 1 } } }
    case { name = "sure of no click, and clicked", catches = "clips the probability",
           args = { { -50.0 }, { 1 } } }
    case { name = "one minus almost one", catches = "subtracts from one", args = { { 20.0 }, { 0 } } }
    case { name = "probability rounds to one", catches = "subtracts from one",
           args = { { 40.0 }, { 0 } } }
    case { name = "far too sure, and right", catches = "overflows", args = { { 800.0 }, { 1 } } }
    case { name = "far too sure of no click, and right", catches = "overflows",
           args = { { -800.0 }, { 0 } } }
    case { name = "wrong by sixteen", catches = "cuts the tail off", args = { { -16.0 }, { 1 } } }
    case { name = "right by sixteen", catches = "cuts the tail off", args = { { 16.0 }, { 1 } } }
    case { name = "far too sure, and wrong", catches = "overflows", args = { { 800.0, -800.0 }, { 0, 1 } } }
    case { name = "at the bounds", args = { { 1e6, -1e6, 1e6, -1e6 }, { 1, 1, 0, 0 } } }
    case { name = "minus zero", args = { { -0.0, 0.0 }, { 0, 1 } } }
    for i = 1, 4 do
      case { name = "random, mild logits " .. i, args = clicks(rand(3, 40), 4, rand) }
    end
    for i = 1, 3 do
      case { name = "random, wild logits " .. i, args = clicks(rand(3, 40), 2000, rand) }
    end
    case { name = "3000 impressions", args = clicks(3000, 6, rand) }
    case { name = "4000 impressions, a broken model", args = clicks(4000, 900, rand) }
  end,

  compare = { tolerance = 1e-9 },

  -- e^t kept as m · 2^e with an exponent of any size, so that nothing can overflow.
  oracle = function(args)
    local logits, labels = args[1], args[2]
    if #logits == 0 then return nil end
    local sum, ln2 = 0, math.log(2)
    for i = 1, #logits do
      local t = math.max((1 - 2 * labels[i]) * logits[i], -700)  -- e^-700 is as good as nothing
      local e = math.floor(t / ln2)
      local m = math.exp(t - e * ln2)
      sum = sum + e * ln2 + math.log(m + 2.0 ^ -e)
    end
    return sum / #logits
  end,

  reference = {
    lua = softplus,
    python = [==[
from math import exp, log1p


# Both losses are ln(1 + e^t), with t = -z for a click and t = z for none.
def log_loss_from_logits(logits, labels):
    if not logits:
        return None
    total = 0.0
    for z, y in zip(logits, labels):
        t = -z if y else z
        total += max(t, 0.0) + log1p(exp(-abs(t)))
    return total / len(logits)
]==],
    cpp = [==[
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

// Both losses are ln(1 + e^t), with t = -z for a click and t = z for none.
std::optional<double> log_loss_from_logits(const std::vector<double>& logits,
                                           const std::vector<long long>& labels) {
  if (logits.empty()) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double t = labels[i] == 1 ? -logits[i] : logits[i];
    sum += std::max(t, 0.0) + std::log1p(std::exp(-std::abs(t)));
  }
  return sum / static_cast<double>(logits.size());
}
]==],
  },

  wrong = {
    {
      name = "subtracts from one",
      language = "lua",
      verdict = "WA",
      case = "one minus almost one",
      why = "The probability is made first and 1 - p afterwards. At a logit of 20 the difference "
        .. "has eight good digits left, at 40 it is 0 and its logarithm is minus infinity. Use "
        .. "1 - sigmoid(z) = sigmoid(-z), and better still no probability at all.",
      code = [==[
function log_loss_from_logits(logits, labels)
  if #logits == 0 then return nil end
  local sum = 0
  for i, z in ipairs(logits) do
    local p = 1 / (1 + math.exp(-z))
    sum = sum - math.log(labels[i] == 1 and p or 1 - p)
  end
  return sum / #logits
end
]==],
    },
    {
      name = "overflows",
      language = "lua",
      verdict = "WA",
      case = "far too sure, and right",
      why = "ln(1 + e^z) - yz is the right formula, but e^z leaves the range of a double at 709.8. "
        .. "A row that costs nothing then costs infinity. Take the larger of 0 and z out of the "
        .. "logarithm first.",
      code = reference_with([==[local t = labels[i] == 1 and -z or z
    sum = sum + math.max(t, 0) + math.log(1 + math.exp(-math.abs(t)))]==],
        "sum = sum + math.log(1 + math.exp(z)) - labels[i] * z"),
    },
    {
      name = "clips the probability",
      language = "lua",
      verdict = "WA",
      case = "sure of no click, and clicked",
      why = "Clipping at 10^-15 hides the infinity and puts a wrong number in its place: no row can "
        .. "cost more than 34.5, so a broken model looks better than it is, and the gradient of a "
        .. "clipped row is 0. It is a fair cure where only probabilities were logged; here the "
        .. "logits are at hand.",
      code = [==[
function log_loss_from_logits(logits, labels)
  if #logits == 0 then return nil end
  local sum = 0
  for i, z in ipairs(logits) do
    local t = labels[i] == 1 and z or -z
    local p = t >= 0 and 1 / (1 + math.exp(-t)) or math.exp(t) / (1 + math.exp(t))
    sum = sum - math.log(math.max(p, 1e-15))
  end
  return sum / #logits
end
]==],
    },
    {
      name = "divides by no rows",
      language = "lua",
      verdict = "WA",
      case = "no rows",
      why = "0 / 0 is NaN. On a dashboard it is drawn as a gap or, worse, as 0. Say that there is "
        .. "nothing to average.",
      code = reference_with("  if #logits == 0 then return nil end\n", ""),
    },
    {
      name = "counts in bits",
      language = "lua",
      verdict = "WA",
      case = "one row at even odds",
      why = "Logarithms to base 2 make bits; the drill asks for natural ones. A coin costs 0.693 "
        .. "nats and 1 bit.",
      code = reference_with("return sum / #logits", "return sum / #logits / math.log(2)"),
    },
    {
      name = "sums up",
      language = "lua",
      verdict = "WA",
      case = "two rows",
      why = "The sum grows with the traffic, the mean does not. The mean is asked for.",
      code = reference_with("return sum / #logits", "return sum"),
    },
    {
      name = "takes rows off the front",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Removing the first element moves all the others, so n rows cost n²/2 moves. Walk "
        .. "through the list by index.",
      code = [==[
function log_loss_from_logits(logits, labels)
  local rows, sum = #logits, 0
  if rows == 0 then return nil end
  while #logits > 0 do
    local z = table.remove(logits, 1)
    local t = table.remove(labels, 1) == 1 and -z or z
    sum = sum + math.max(t, 0) + math.log(1 + math.exp(-math.abs(t)))
  end
  return sum / rows
end
]==],
    },
    {
      name = "keeps a loss for every row",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "A list of n losses is made only to be summed. A running sum is enough, and a log that "
        .. "does not fit into memory can then be read as a stream.",
      code = [==[
function log_loss_from_logits(logits, labels)
  if #logits == 0 then return nil end
  local losses = {}
  for i, z in ipairs(logits) do
    local t = labels[i] == 1 and -z or z
    losses[i] = math.max(t, 0) + math.log(1 + math.exp(-math.abs(t)))
  end
  local sum = 0
  for _, loss in ipairs(losses) do sum = sum + loss end
  return sum / #logits
end
]==],
    },
  },

  pitfalls = {
    ["swaps the labels"] = "The loss of the other label: -ln p belongs to label 1 and -ln(1 - p) to "
      .. "label 0. A positive logit is good news only for label 1.",
    ["cuts the tail off"] = "Beyond some logit the loss is taken for |z| or for 0. At 16 what is left out "
      .. "is still e^-16, about 10^-7. Nothing has to be cut: ln(1 + e^-|z|) is harmless for every z.",
  },

  hints = {
    { text = "Put p into -ln p and into -ln(1 - p) on paper and simplify. Both become a logarithm "
        .. "of 1 plus an exponential.", cost_min = 2 },
    { text = "ln(1 + e^t) is harmless for negative t. What can you take out of the logarithm when t "
        .. "is large, so that the exponential that stays is at most 1?", cost_min = 3 },
    { text = "With t = -z for label 1 and t = z for label 0 each row costs "
        .. "max(t, 0) + ln(1 + e^(-|t|)).", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Only probabilities were logged, as 32-bit floats. What now?",
      answer = "Then a 0 or 1 may stand there and information is gone. Clip, at a value that the "
        .. "format can hold (1e-7 rather than 1e-15 for 32 bits, since 1 - 1e-15 rounds to 1), and "
        .. "report how many rows were clipped. Better: log the logit." },
    { ask = "What is the gradient with respect to the logit?",
      answer = "p - y. It lies between -1 and 1 however wild the logit is, which is one reason why "
        .. "frameworks offer the loss on logits as one operation." },
    { ask = "And with many classes?",
      answer = "Log-sum-exp: subtract the largest logit, sum the exponentials, take the logarithm, "
        .. "add the largest back. The loss is that minus the logit of the true class. Two classes "
        .. "with logits 0 and z give this drill." },
    { ask = "Why ln(1 + x) and not log1p?",
      answer = "Below 10^-16 the sum 1 + x is 1 and the logarithm 0: an absolute error of 10^-16, "
        .. "which no mean shows. For the relative error of a tiny loss log1p is needed; use it "
        .. "where the language has it." },
    { ask = "Is a log loss of 0.2 good?",
      answer = "Compare it with the entropy of the base rate. At 1 % clicks the constant "
        .. "prediction already reaches 0.056, so 0.2 would be a disaster; their ratio is the "
        .. "normalised entropy." },
  },

  explain = [==[
**The identity.** With `p = 1 / (1 + e^(-z))` we have `-ln p = ln(1 + e^(-z))` and
`-ln(1 - p) = ln(1 + e^z)`. Both are `ln(1 + e^t)` with `t = -z` or `t = z`. For any `t`

`ln(1 + e^t) = max(t, 0) + ln(1 + e^(-|t|))`,

since for positive `t` one may write `1 + e^t = e^t (1 + e^(-t))`.

**Why it is stable.** The exponential lies in (0, 1] and cannot overflow; when it underflows to 0
the term is really that small. The logarithm is taken of a number between 1 and 2, never of 0. The
two summands are not negative, so nothing cancels.

**Cost.** One pass, one number of state.

**Usual mistakes**

- *Making p.* Doubles near 1 are 10^-16 apart, near 0 they are far denser. So `1 - p` loses digits
  from a logit of about 10 on and is 0 from 37 on, while `p` itself stays good down to a logit
  of about -700. Tests with negative logits alone do not show the bug.
- *The textbook product* `y ln p + (1 - y) ln(1 - p)`: at p = 1 and y = 1 it is 0 times minus
  infinity, which is NaN.
- *Clipping.* It bounds the loss of a row at 34.5. One confident mistake is then worth as much as
  another, which is what log loss is meant to tell apart.
- *Infinity in the mean.* One row is enough to lose the whole day's number.
]==],
}
