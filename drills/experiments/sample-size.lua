-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Users per arm for an experiment on a share. The formula is short; the drill is about what goes
-- into it: both tails, a change in points, both arms' variances, and users who never come back.

-- The reference. Several wrong answers are this text with one thing changed.
local closed_form = [==[
-- The normal quantile by bisection of its distribution function, then the formula, rounded up once.
local function erf(x)
  if x < 0 then return -erf(-x) end
  if x > 6 then return 1.0 end
  local term, sum, k = x, 0.0, 0
  while term > 1e-18 do
    sum = sum + term
    k = k + 1
    term = term * 2 * x * x / (2 * k + 1)
  end
  return 2 / math.sqrt(math.pi) * math.exp(-x * x) * sum
end

local function quantile(share)
  local low, high = -8.0, 8.0
  for _ = 1, 60 do
    local middle = (low + high) / 2
    if (1 + erf(middle / math.sqrt(2))) / 2 < share then low = middle else high = middle end
  end
  return high
end

function sample_size(base, change, alpha, power, attrition)
  local treated = base + change
  if change == 0 or base <= 0 or base >= 1 or treated <= 0 or treated >= 1 then return nil end
  local z = quantile(1 - alpha / 2) + quantile(power)
  local variance = base * (1 - base) + treated * (1 - treated)
  return math.ceil(z * z * variance / (change * change) / (1 - attrition))
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = closed_form:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return closed_form:sub(1, first - 1) .. new .. closed_form:sub(last + 1)
end

return drill {
  id = "sample-size",
  title = "How many newcomers do we need?",
  category = "experiments",
  level = "easy",
  minutes = 20,
  covers = { "S13-C03", "S14-C06", "S13-C11" },
  signature = "sample_size(base: float, change: float, alpha: float, power: float, "
    .. "attrition: float) -> int?",

  statement = [==[
A community tests a new welcome page on newcomers, half of whom see it. Of those who see the old
page the share `base` comes back within a week. The team wants to notice if the new page moves that
share by `change`, up or down.

How many newcomers have to be assigned **to each arm**? With `p1 = base`, `p2 = base + change` and
the normal quantile `z(q)`, the number of users whose outcome is known must be at least

    ( z(1 - alpha/2) + z(power) )² · ( p1·(1 - p1) + p2·(1 - p2) ) / change²

The share `attrition` of the assigned users is lost before the outcome is known, in both arms alike.
So the users assigned must be more than that: many enough that `1 - attrition` of them reach the
number above. Return the smallest whole number that does.

**Conventions**

- `change` is an absolute difference of shares: 0.02 means two percentage points. It may be
  negative.
- `alpha` is the two-sided error of the first kind, `0 < alpha ≤ 0.5`; `0.5 ≤ power < 1`;
  `0 ≤ attrition < 1`.
- The answer does not exist if `change` is 0, or if `base` or `base + change` is not strictly
  between 0 and 1. Return nothing then (`nil`, `None`).
- Round up once, at the very end. The inputs are such that rounding errors do not decide.
- `z(q)` is the number below which a standard normal number lies with probability `q`. If your
  language has no such function: the probability to lie below `x` is `(1 + erf(x/√2)) / 2`, which
  grows with `x`. And if it has no `erf` either: for `x ≥ 0`,
  `erf(x) = 2/√π · exp(-x²) · ( x + x·(2x²/3) + x·(2x²/3)·(2x²/5) + … )`, each term being the one
  before it times `2x²/(2k + 1)` for `k = 1, 2, …`, and `erf(-x) = -erf(x)`. All quantiles that
  occur lie between -6 and 6; eight correct digits are enough.

**Cost.** Constant time and space: neither may grow with the answer, which can be in the millions.
]==],

  examples = {
    {
      args = { 0.1, 0.02, 0.05, 0.8, 0 },
      result = 3839,
      note = "z(0.975) + z(0.8) = 1.960 + 0.842, the variances are 0.09 and 0.1056, and "
        .. "7.849 · 0.1956 / 0.0004 = 3838.1.",
    },
    {
      args = { 0.1, 0.02, 0.05, 0.8, 0.1 },
      result = 4265,
      note = "A tenth of them is lost: 3838.1 / 0.9 = 4264.6.",
    },
    {
      args = { 0.9, 0.2, 0.05, 0.8, 0 },
      result = nil,
      note = "No share can rise from 0.9 by twenty percentage points.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "1",
    memory = "1",
    sizes = { 4000, 8000, 16000, 32000 },
    -- A change so small that about four times n users are needed.
    input = function(n) return { 0.5, 1 / math.sqrt(n), 0.05, 0.8, 0.1 } end,
  },

  cases = function(rand, case)
    case { name = "hard to miss", catches = "rounds to the nearest",
           args = { 0.9, -0.85, 0.4, 0.5, 0 } }
    case { name = "no change", args = { 0.3, 0, 0.05, 0.8, 0 } }
    case { name = "nobody comes back", args = { 0, 0.1, 0.05, 0.8, 0 } }
    case {
      name = "points, not per cent",
      catches = "per cent of the base",
      args = { 0.1, 0.8, 0.4, 0.5, 0 },
    }
    case { name = "everybody would come back", catches = "answers for impossible shares",
           args = { 0.75, 0.25, 0.05, 0.8, 0 } }
    case { name = "below zero", catches = "answers for impossible shares",
           args = { 0.25, -0.5, 0.05, 0.8, 0 } }
    case {
      name = "both tails",
      catches = "one tail only",
      args = { 0.49, 0.02, 0.2, 0.5, 0 },
    }
    case {
      name = "a power above one half",
      catches = "the quantile of the risk",
      args = { 0.47, 0.06, 0.4, 0.8, 0 },
    }
    case {
      name = "the new share has a larger variance",
      catches = "the old variance twice",
      args = { 0.02, 0.01, 0.05, 0.8, 0 },
    }
    case {
      name = "a large change",
      catches = "the variance of the pooled share",
      args = { 0.1, 0.3, 0.05, 0.8, 0 },
    }
    case { name = "the usual settings", args = { 0.1, 0.02, 0.05, 0.8, 0 } }
    case {
      name = "one in five is lost",
      catches = "multiplies by what is lost",
      args = { 0.25, 0.05, 0.05, 0.8, 0.2 },
    }
    case {
      name = "half of them are lost",
      catches = "rounds up twice",
      args = { 0.3, 0.1, 0.05, 0.8, 0.5 },
    }
    case { name = "a fall", args = { 0.2, -0.02, 0.05, 0.8, 0 } }
    case { name = "strict and certain", args = { 0.4, 0.05, 0.01, 0.95, 0.15 } }
    case { name = "lenient", args = { 0.6, 0.1, 0.1, 0.8, 0.35 } }
    case { name = "a small change of a small share", args = { 0.03, 0.002, 0.05, 0.8, 0.1 } }
    case { name = "one in a thousand", args = { 0.001, 0.0002, 0.05, 0.8, 0.05 } }
    for i = 1, 6 do
      local base = rand(5, 60) / 100
      case {
        name = "random " .. i,
        args = { base, base * rand(5, 40) / 100 * (i % 3 == 0 and -1 or 1),
                 rand.pick({ 0.01, 0.05, 0.1 }), rand.pick({ 0.8, 0.85, 0.9, 0.95 }),
                 rand(0, 30) / 100 },
      }
    end
  end,

  compare = "exact",

  -- The smallest number whose power is enough, by halving; the normal distribution by Simpson's
  -- rule.
  oracle = function(args)
    local base, change, alpha, power, attrition = table.unpack(args)
    if change == 0 then return nil end
    for _, share in ipairs({ base, base + change }) do
      if not (share > 0 and share < 1) then return nil end
    end
    local function below(x)
      local step, sum = x / 300, 0
      for k = 0, 300 do
        local factor = (k == 0 or k == 300) and 1 or k % 2 == 1 and 4 or 2
        sum = sum + factor * math.exp(-(k * step) ^ 2 / 2)
      end
      return 0.5 + sum * step / 3 / math.sqrt(2 * math.pi)
    end
    local low, high = 0, 7
    for _ = 1, 50 do
      local middle = (low + high) / 2
      if below(middle) < 1 - alpha / 2 then low = middle else high = middle end
    end
    local critical = high
    local function enough(users)
      local error = math.sqrt((base * (1 - base) + (base + change) * (1 - base - change))
                              / (users * (1 - attrition)))
      local x = math.min(math.abs(change) / error - critical, 8)
      return x > -8 and below(x) >= power
    end
    local few, many = 0, 1
    while not enough(many) do few, many = many, many * 2 end
    while many - few > 1 do
      local middle = (few + many) // 2
      if enough(middle) then many = middle else few = middle end
    end
    return many
  end,

  reference = {
    lua = closed_form,
    python = [==[
from math import ceil
from statistics import NormalDist


def sample_size(base, change, alpha, power, attrition):
    treated = base + change
    if change == 0 or not 0 < base < 1 or not 0 < treated < 1:
        return None
    quantile = NormalDist().inv_cdf
    z = quantile(1 - alpha / 2) + quantile(power)
    variance = base * (1 - base) + treated * (1 - treated)
    # Rounded up once, after allowing for those who are lost.
    return ceil(z * z * variance / change**2 / (1 - attrition))
]==],
    cpp = [==[
#include <cmath>
#include <optional>

// The normal quantile by bisection of its distribution function, then the formula, rounded up once.
static double quantile(double share) {
  double low = -8, high = 8;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (std::erfc(-middle / std::sqrt(2.0)) / 2 < share ? low : high) = middle;
  }
  return high;
}

std::optional<long long> sample_size(double base, double change, double alpha, double power,
                                     double attrition) {
  const double treated = base + change;
  if (change == 0 || base <= 0 || base >= 1 || treated <= 0 || treated >= 1) return std::nullopt;
  const double z = quantile(1 - alpha / 2) + quantile(power);
  const double variance = base * (1 - base) + treated * (1 - treated);
  return static_cast<long long>(
      std::ceil(z * z * variance / (change * change) / (1 - attrition)));
}
]==],
  },

  wrong = {
    {
      name = "both arms together",
      language = "lua",
      verdict = "WA",
      case = "both tails",
      why = "Twice the number is the size of the whole experiment. What is asked for is one arm. "
        .. "Say which of both you mean whenever you give a number.",
      code = reference_with("math.ceil(z * z", "math.ceil(2 * z * z"),
    },
    {
      name = "answers for impossible shares",
      language = "lua",
      verdict = "WA",
      case = "no change",
      why = "The formula gives a number for a share above 1 or below 0 as well, or divides by "
        .. "zero. An experiment that cannot be has no size.",
      code = reference_with("if change == 0 or base <= 0 or base >= 1 or treated <= 0 "
                              .. "or treated >= 1 then return nil end",
                            "if change == 0 then return 0 end"),
    },
    {
      name = "per cent of the base",
      language = "lua",
      verdict = "WA",
      case = "points, not per cent",
      why = "The change is taken as relative: 0.02 on a base of 0.1 becomes 0.002. It needs about "
        .. "a hundred times the users. The two are confused in meetings, too.",
      code = reference_with("local treated = base + change",
                            "change = base * change\n  local treated = base + change"),
    },
    {
      name = "one tail only",
      language = "lua",
      verdict = "WA",
      case = "both tails",
      why = "z(1 - alpha) is the quantile of a one-sided test. A change in either direction is to "
        .. "be noticed, so alpha is shared between both tails.",
      code = reference_with("quantile(1 - alpha / 2)", "quantile(1 - alpha)"),
    },
    {
      name = "the quantile of the risk",
      language = "lua",
      verdict = "WA",
      case = "a power above one half",
      why = "The quantile of 1 - power is negative and takes away what it should add. More power "
        .. "then seems to need fewer users: a check that costs nothing.",
      code = reference_with("quantile(power)", "quantile(1 - power)"),
    },
    {
      name = "the old variance twice",
      language = "lua",
      verdict = "WA",
      case = "the new share has a larger variance",
      why = "Both arms are given the variance of the old share. For rare events the new variance "
        .. "is larger in proportion to the change, and the test comes out too small.",
      code = reference_with("base * (1 - base) + treated * (1 - treated)",
                            "2 * base * (1 - base)"),
    },
    {
      name = "the variance of the pooled share",
      language = "lua",
      verdict = "WA",
      case = "the new share has a larger variance",
      why = "Using the mean share for the first quantile is another formula, a sound one, and "
        .. "gives a few users more. Name the form that you use: tools differ by it.",
      code = reference_with([==[
  local z = quantile(1 - alpha / 2) + quantile(power)
  local variance = base * (1 - base) + treated * (1 - treated)
  return math.ceil(z * z * variance / (change * change) / (1 - attrition))
]==], [==[
  local middle = base + change / 2
  local root = quantile(1 - alpha / 2) * math.sqrt(2 * middle * (1 - middle))
    + quantile(power) * math.sqrt(base * (1 - base) + treated * (1 - treated))
  return math.ceil(root * root / (change * change) / (1 - attrition))
]==]),
    },
    {
      name = "rounds to the nearest",
      language = "lua",
      verdict = "WA",
      case = "hard to miss",
      why = "Rounding to the nearest whole number falls short of the power half of the time. At "
        .. "least this many are needed: round up.",
      code = reference_with("math.ceil(z * z", "math.floor(0.5 + z * z"),
    },
    {
      name = "multiplies by what is lost",
      language = "lua",
      verdict = "WA",
      case = "one in five is lost",
      why = "Adding a fifth of the number does not make up for losing a fifth of the sum: 120 less "
        .. "one in five is 96. Divide by the share that stays.",
      code = reference_with("/ (1 - attrition)", "* (1 + attrition)"),
    },
    {
      name = "rounds up twice",
      language = "lua",
      verdict = "WA",
      case = "half of them are lost",
      why = "Rounding before the division and after it can give a user too many. It is no tragedy, "
        .. "but two tools then disagree, and somebody has to find out why.",
      code = reference_with("math.ceil(z * z * variance / (change * change) / (1 - attrition))",
                            "math.ceil(math.ceil(z * z * variance / (change * change)) "
                              .. "/ (1 - attrition))"),
    },
    {
      name = "counts up until it is enough",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Trying 1, 2, 3, … users costs as many steps as there are users. The condition can be "
        .. "solved for the number.",
      code = reference_with([==[
  return math.ceil(z * z * variance / (change * change) / (1 - attrition))
]==], [==[
  local users = 1
  while users * (1 - attrition) * change * change < z * z * variance do users = users + 1 end
  return users
]==]),
    },
  },

  hints = {
    { text = "Two quantiles go into the formula. Which share of the normal curve lies below each "
        .. "of them?", cost_min = 1 },
    { text = "For alpha = 0.05 and a power of 0.8 the quantiles are 1.96 and 0.84. Without a "
        .. "library function: the distribution function rises, so halve an interval until it is "
        .. "narrow.", cost_min = 3 },
    { text = "Check the inputs; z = z(1 - alpha/2) + z(power); divide the formula's number by "
        .. "1 - attrition and round up once.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Half the change: how many more users?",
      answer = "Four times as many, since the change is squared. That is why the smallest change "
        .. "worth having should be settled first: it decides whether the test takes a week or a "
        .. "month." },
    { ask = "Where do the two quantiles come from?",
      answer = "The estimate of the difference is normal with standard error s. The test alarms "
        .. "beyond z(1 - alpha/2)·s. For it to do so with probability `power`, the true change has "
        .. "to lie z(power)·s beyond that line. So change = (sum of both)·s, and "
        .. "s² = variance / n." },
    { ask = "Is it right to divide by 1 - attrition and be done?",
      answer = "It restores the number, not the comparison. If the new page makes other people "
        .. "leave than the old one, those who are left differ between the arms. Count everybody "
        .. "who was assigned, with a lost user as not returned, and compare the attrition "
        .. "itself." },
    { ask = "There are 600 newcomers a day and the answer is 20,000 an arm.",
      answer = "67 days. Look for a metric with less variance or one that reacts earlier, use a "
        .. "covariate from before the test, ask for a larger change, or accept less power and say "
        .. "so. Stopping early because it looks good is not on the list." },
    { ask = "Can you give the power for a fixed number of users?",
      answer = "Turn the formula round: with s = √(variance / n) the power is "
        .. "Φ(|change| / s - z(1 - alpha/2)), leaving out the tail on the wrong side, which is "
        .. "tiny." },
    { ask = "How large must a canary be to see one failure in a thousand double?",
      answer = "The same formula with base 0.001 and change 0.001: about 23,500 requests an arm "
        .. "at the usual alpha and power. A canary of 1% of the traffic needs as long as that "
        .. "takes." },
  },

  explain = [==[
**Why the formula.** With `n` known outcomes an arm, the difference of the two shares has the
variance `(p1·(1-p1) + p2·(1-p2)) / n`; call its root `s`. The test calls a difference beyond
`z(1 - alpha/2) · s` significant, on either side. When the true difference is `change`, the estimate
lies beyond that line with probability `power` if `change = z(1 - alpha/2)·s + z(power)·s`. Solve
for `n`.

**Attrition.** Of `N` assigned users `N · (1 - attrition)` are left, so `N` is the number divided by
`1 - attrition`. The smallest whole `N` is the number after the division, rounded up, and nothing is
rounded before.

**The quantile.** `Φ(x) = (1 + erf(x/√2)) / 2` rises strictly, so bisection finds the place where it
reaches `q`; 60 halvings of an interval of length 16 are more than double precision can use.

**Cost.** O(1).

**Usual mistakes**

- *One tail.* 1.64 for 1.96 saves a fifth of the users, and doubles the false alarms of a two-sided
  test.
- *Per cent or percentage points.* Write the change as `from 10% to 12%`.
- *An arm or the experiment.* Say which.
- *Attrition multiplied.* With a fifth lost the test is 4% too small; with a half lost, 25%.
- *A number for everything.* A base of 0, a change of 0, a share above 1: the formula does not mind.
]==],
}
