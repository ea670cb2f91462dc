-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- An exponentially weighted average of samples that come at irregular times. The drill is about a
-- weight that depends on the gap, a start without a bias, and samples that must not spoil it.

-- The reference. Several wrong answers are this text with one thing changed.
local weight_by_gap = [==[
-- The average and the time of the last sample that counted. A new sample gets the weight that the
-- past has lost in the gap since then.
DecayedAverage = {}
DecayedAverage.__index = DecayedAverage

function DecayedAverage.new(tau_s)
  return setmetatable({ tau_s = tau_s, latest_s = 0, average = nil }, DecayedAverage)
end

local function is_finite(x)
  return x - x == 0
end

function DecayedAverage:add(value, at_s)
  if not is_finite(value) then return end
  if not self.average then
    self.average, self.latest_s = value, at_s
  elseif at_s > self.latest_s then
    local alpha = 1 - math.exp(-(at_s - self.latest_s) / self.tau_s)
    self.average = self.average + alpha * (value - self.average)
    self.latest_s = at_s
  end
end

function DecayedAverage:value()
  return self.average
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

local nan, inf = 0 / 0, math.huge

-- `n` calls. The clock moves by up to `step` seconds a sample and, with probability `odd`, stands
-- still, steps back, or the sample is not a number.
local function samples(n, step, odd, rand)
  local calls, now = {}, rand.float() * 100
  for i = 1, n do
    local value = (rand.float() - 0.5) * 200
    now = now + 0.01 + rand.float() * step
    if rand.float() < odd then
      local what = rand(1, 4)
      if what == 1 then
        value = rand.pick { nan, inf, -inf }
      elseif what == 2 and i > 1 and calls[i - 1][1] == "add" then
        now = calls[i - 1][3]
      else
        now = math.max(0, now - 2 * step * rand.float())
      end
    end
    calls[i] = rand(1, 4) == 1 and { "value" } or { "add", value, now }
  end
  return calls
end

return drill {
  id = "decayed-average",
  title = "What the load is like lately",
  category = "streams",
  level = "medium",
  minutes = 20,
  covers = { "S02-C03", "S06-C05", "S02-P3" },
  signature = [[
    class DecayedAverage(tau_s: float)
      add(value: float, at_s: float)
      value() -> float?
  ]],

  statement = [==[
The page for the people on call shows how long the spam filter takes, smoothed so that a single slow
call does not alarm anybody. Samples come when there is traffic: many in one second, then none for
minutes. An old sample should count less by age, not by how many came after it.

Write `DecayedAverage(tau_s)` with

- `add(value, at_s)`: a sample that was measured at `at_s`;
- `value()`: the present average, or nothing (`nil`, `None`) if there has been no sample yet.

The rule is this. When `Δt` seconds have passed since the sample before, what is known so far keeps
the weight `exp(-Δt / tau_s)`, and the new sample gets the rest:

    average = (1 - α) · average + α · value,    α = 1 - exp(-Δt / tau_s)

**Conventions**

- The first sample is the average as it is.
- A sample that is NaN or infinite is left out, wholly: it changes neither the average nor the time
  that counts as that of the last sample.
- `Δt` is counted from the latest time of all samples that were not left out. A sample whose time is
  equal to that, or earlier because a clock stepped back, has `Δt = 0`: it gets no weight, and the
  latest time stays what it is.
- `value()` does not decay anything: as time passes without samples the average stays.
- `tau_s` lies between 10^-3 and 10^6, times between 0 and 10^9, finite values between -10^6 and
  10^6.
- Answers are compared with a tolerance of 10^-9, relative to the answer if that is larger than 1.

**Cost.** Each call takes constant time. Memory is constant.
]==],

  examples = {
    {
      new = { 10 },
      calls = { { "value" }, { "add", 20, 100 }, { "value" }, { "add", 30, 110 }, { "value" } },
      result = { nil, nil, 20, nil, 26.321205588285577 },
      note = "After 10 seconds, one tau, the past keeps 1/e = 36.8% of the weight.",
    },
    {
      new = { 10 },
      calls = { { "add", 20, 100 }, { "add", nan, 105 }, { "add", 90, 100 }, { "value" },
                { "add", 30, 110 }, { "value" } },
      result = { nil, nil, nil, 20, nil, 26.321205588285577 },
      note = "The NaN is left out, its time too. The 90 comes at the time of the last sample and "
        .. "gets no weight.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    input = function(n, rand)
      local calls, now = {}, 0
      for i = 1, n do
        now = now + rand.float()
        calls[i] = i % 4 == 0 and { "value" } or { "add", rand.float(), now }
      end
      return { new = { 60 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, tau_s, calls)
      case { name = name, catches = catches, new = { tau_s }, calls = calls }
    end
    local read = { "value" }
    story("no sample", "an average of nothing", 10, { read, read })
    story("one sample", "starts from zero", 10, { { "add", 42, 1000 }, read })
    story("the first sample at time zero", "starts from zero", 10, { { "add", -7, 0 }, read })
    story("a gap of one tau", "swaps the weights", 1,
          { { "add", 20, 100 }, { "add", 30, 101 }, read })
    story("a short gap and a long one", "the same weight for every sample", 60,
          { { "add", 10, 0 }, { "add", 20, 1 }, read, { "add", 30, 241 }, read })
    story("a gap of many tau", "a weight in proportion to the gap", 10,
          { { "add", 10, 0 }, { "add", 50, 1000 }, read, { "add", 20, 1000000000 }, read })
    story("many samples at short intervals", nil, 100,
          { { "add", 0, 0 }, { "add", 10, 1 }, { "add", 10, 2 }, { "add", 10, 3 },
            { "add", 10, 4 }, read })
    story("the average is zero", "takes zero for nothing", 10,
          { { "add", 0, 5 }, read, { "add", 8, 15 }, read })
    story("reading changes nothing", nil, 10,
          { { "add", 5, 10 }, read, read, { "add", 7, 15 }, read, read })
    story("NaN amid others", "NaN poisons for ever", 10,
          { { "add", 20, 100 }, { "add", nan, 105 }, read, { "add", 30, 110 }, read })
    story("NaN first", "NaN poisons for ever", 10,
          { { "add", nan, 100 }, read, { "add", 30, 110 }, read })
    story("infinite samples", "infinity poisons for ever", 10,
          { { "add", 20, 100 }, { "add", inf, 105 }, read, { "add", -inf, 106 }, read,
            { "add", 30, 110 }, read })
    story("what is left out does not move the clock", "what is left out moves the clock", 10,
          { { "add", 20, 100 }, { "add", nan, 109 }, { "add", 30, 110 }, read })
    story("two samples at the same time", nil, 10,
          { { "add", 20, 100 }, { "add", 90, 100 }, read, { "add", 90, 110 }, read })
    story("the clock steps back", "a negative gap", 10,
          { { "add", 20, 100 }, { "add", 30, 70 }, read })
    story("the clock steps back and comes forward", "the same time counts twice", 10,
          { { "add", 20, 100 }, { "add", 20, 50 }, { "add", 30, 101 }, read })
    story("a small tau", nil, 0.001,
          { { "add", 1, 0.5 }, { "add", 2, 0.501 }, read, { "add", 3, 0.5015 }, read })
    story("a large tau", nil, 1000000, { { "add", 100, 0 }, { "add", 300, 86400 }, read })
    for i = 1, 3 do
      story("random " .. i, nil, 1 + rand.float() * 30, samples(50, 10, 0, rand))
    end
    for i = 1, 3 do
      story("random, with odd samples " .. i, nil, 1 + rand.float() * 30, samples(50, 10, 0.3, rand))
    end
    story("2000 calls", nil, 300, samples(2000, 5, 0, rand))
    story("5000 calls, with odd samples", nil, 20, samples(5000, 8, 0.2, rand))
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["an average of nothing"] = "Without a sample there is no average. 0 or NaN would look like one "
      .. "or break whoever reads it.",
    ["takes zero for nothing"] = "An average of 0 is an average. Where 0 counts as false, `if not "
      .. "average` takes the next sample for the first one; ask whether it is nothing.",
    ["infinity poisons for ever"] = "An infinite sample makes the average infinite, and the next one "
      .. "may make it NaN. Leave out whatever is not finite.",
  },

  -- The sum of all samples, each with its weight, which is the share it got times what the gaps
  -- since then have left of it.
  oracle = function(case)
    local tau_s, kept, result = case.new[1], {}, {}
    for i, call in ipairs(case.calls) do
      if call[1] == "add" then
        local value, at_s = call[2], call[3]
        if value == value and math.abs(value) < inf then
          if #kept == 0 or at_s > kept[#kept].at_s then
            kept[#kept + 1] = { value = value, at_s = at_s }
          end
        end
      elseif #kept > 0 then
        local sum, now = 0, kept[#kept].at_s
        for k, sample in ipairs(kept) do
          local share = k == 1 and 1 or 1 - math.exp((kept[k - 1].at_s - sample.at_s) / tau_s)
          sum = sum + sample.value * share * math.exp((sample.at_s - now) / tau_s)
        end
        result[i] = sum
      end
    end
    return result
  end,

  reference = {
    lua = weight_by_gap,
    python = [==[
import math


class DecayedAverage:
    # The average and the time of the last sample that counted.
    def __init__(self, tau_s):
        self.tau_s = tau_s
        self.average = None
        self.latest_s = 0.0

    def add(self, value, at_s):
        if not math.isfinite(value):
            return
        if self.average is None:
            self.average, self.latest_s = value, at_s
        elif at_s > self.latest_s:
            alpha = -math.expm1(-(at_s - self.latest_s) / self.tau_s)
            self.average += alpha * (value - self.average)
            self.latest_s = at_s

    def value(self):
        return self.average
]==],
    cpp = [==[
// The average and the time of the last sample that counted.
#include <cmath>
#include <optional>

class DecayedAverage {
 public:
  explicit DecayedAverage(double tau_s) : tau_s_(tau_s) {}

  void add(double value, double at_s) {
    if (!std::isfinite(value)) return;
    if (!average_) {
      average_ = value;
    } else if (at_s > latest_s_) {
      double alpha = -std::expm1(-(at_s - latest_s_) / tau_s_);
      *average_ += alpha * (value - *average_);
    } else {
      return;
    }
    latest_s_ = at_s;
  }

  std::optional<double> value() const { return average_; }

 private:
  double tau_s_;
  double latest_s_ = 0;
  std::optional<double> average_;
};
]==],
  },

  wrong = {
    {
      name = "starts from zero",
      language = "lua",
      verdict = "WA",
      case = "one sample",
      why = "The average begins at 0, as if that had been measured. It takes several tau until the "
        .. "zero is forgotten. Take the first sample as it is.",
      code = changed(weight_by_gap, "self.average, self.latest_s = value, at_s",
                     "self.average, self.latest_s = 0, at_s"),
    },
    {
      name = "the same weight for every sample",
      language = "lua",
      verdict = "WA",
      case = "a short gap and a long one",
      why = "Each sample gets a fixed share. A second with a thousand samples then wipes out all "
        .. "before it, and after an hour's silence the first sample hardly counts.",
      code = changed(weight_by_gap, "1 - math.exp(-(at_s - self.latest_s) / self.tau_s)",
                     "1 - math.exp(-1 / self.tau_s)"),
    },
    {
      name = "a weight in proportion to the gap",
      language = "lua",
      verdict = "WA",
      case = "a gap of one tau",
      why = "Δt / tau is close to 1 - exp(-Δt / tau) for short gaps only. At one tau it is 1 instead "
        .. "of 0.632, and beyond the past gets a negative weight.",
      code = changed(weight_by_gap, "1 - math.exp(-(at_s - self.latest_s) / self.tau_s)",
                     "(at_s - self.latest_s) / self.tau_s"),
    },
    {
      name = "swaps the weights",
      language = "lua",
      verdict = "WA",
      case = "a gap of one tau",
      why = "exp(-Δt / tau) is what the past keeps. The new sample gets 1 minus that: after a long "
        .. "silence, nearly all.",
      code = changed(weight_by_gap, "1 - math.exp(", "math.exp("),
    },
    {
      name = "NaN poisons for ever",
      language = "lua",
      verdict = "WA",
      case = "NaN amid others",
      why = "A single NaN makes the average NaN, and no later sample can mend that. Comparing with "
        .. "`value == nan` does not find it: NaN equals nothing, itself included.",
      code = changed(weight_by_gap, "return x - x == 0", "return math.abs(x) ~= math.huge"),
    },
    {
      name = "what is left out moves the clock",
      language = "lua",
      verdict = "WA",
      case = "NaN amid others",
      why = "A sample that is left out sets the latest time. The gap of the next good sample is then "
        .. "too short, and it gets too little weight.",
      code = changed(weight_by_gap, "  if not is_finite(value) then return end\n", [==[
  if not is_finite(value) then
    self.latest_s = math.max(self.latest_s, at_s)
    return
  end
]==]),
    },
    {
      name = "a negative gap",
      language = "lua",
      verdict = "WA",
      case = "the clock steps back",
      why = "With Δt = -30 and tau = 10, exp(-Δt / tau) is 20: the past gets twenty times its weight "
        .. "and the sample minus nineteen times. One step back throws the average far away.",
      code = changed(weight_by_gap, "elseif at_s > self.latest_s then", "else"),
    },
    {
      name = "the same time counts twice",
      language = "lua",
      verdict = "WA",
      case = "the clock steps back and comes forward",
      why = "A sample from the past gets no weight, but its time is taken for the latest. The next "
        .. "one then seems to come after a long gap and replaces nearly everything.",
      code = changed(weight_by_gap, "    self.latest_s = at_s\n  end\n",
                     "  end\n  self.latest_s = at_s\n"),
    },
    {
      name = "sums up all samples at each reading",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The samples are kept and weighed anew at each reading. All weights of the past shrink by "
        .. "the same factor, so their sum can be kept in one number.",
      code = [==[
DecayedAverage = {}
DecayedAverage.__index = DecayedAverage

function DecayedAverage.new(tau_s)
  return setmetatable({ tau_s = tau_s, values = {}, times = {} }, DecayedAverage)
end

function DecayedAverage:add(value, at_s)
  local n = #self.values
  if value - value ~= 0 or n > 0 and at_s <= self.times[n] then return end
  self.values[n + 1], self.times[n + 1] = value, at_s
end

function DecayedAverage:value()
  local average
  for i, value in ipairs(self.values) do
    if not average then
      average = value
    else
      local alpha = 1 - math.exp(-(self.times[i] - self.times[i - 1]) / self.tau_s)
      average = average + alpha * (value - average)
    end
  end
  return average
end
]==],
    },
    {
      name = "keeps all samples",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "The average is kept up to date, and every sample is stored besides. Nothing will ever "
        .. "ask for them.",
      code = changed(changed(weight_by_gap, "average = nil }", "average = nil, samples = {} }"),
                     "  if not self.average then",
                     "  self.samples[#self.samples + 1] = { value, at_s }\n"
                       .. "  if not self.average then"),
    },
  },

  hints = {
    { text = "By which factor do the weights of all earlier samples shrink while Δt passes? Is it "
        .. "the same for all of them?", cost_min = 1 },
    { text = "It is, so two numbers are enough: the average and the time of the last sample. What "
        .. "should happen with the first sample, with NaN, and when Δt is not positive?",
      cost_min = 3 },
    { text = "Leave out what is not finite before anything else. Take the first sample as it is. If "
        .. "the time is later than the latest: alpha = 1 - exp(-Δt / tau), move the average by "
        .. "alpha · (value - average), and set the latest time. Else do nothing.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "The first sample may be an outlier, and it is the whole average for a while.",
      answer = "Start from weight 0 and correct for it: keep s = Σ weight · value and w = Σ weight "
        .. "with the same decay, and answer s / w. With regular samples w is 1 - (1 - α)^n. The "
        .. "first sample is then one among others as soon as some more have come." },
    { ask = "Two samples at the same moment: the second one counts nothing. Is that sensible?",
      answer = "It is what the formula says, since each sample stands for the time since the one "
        .. "before. If samples are events of equal worth, let each add 1 to a decayed weight and "
        .. "its value to a decayed sum; then samples of the same moment count alike." },
    { ask = "Does the result depend on how the stream is cut into calls?",
      answer = "The weight of the past does not: exp(-a) · exp(-b) = exp(-(a + b)). That is why the "
        .. "exponential is used, and why a weight in proportion to Δt is not: two steps of one "
        .. "second and one of two seconds would differ." },
    { ask = "How would you choose tau?",
      answer = "From how soon a change must show. After a jump the average has made 63% of it in "
        .. "one tau and 95% in three; the half-life is 0.69 tau. A longer tau is quieter: for "
        .. "regular samples at distance d the variance falls to about d / (2 tau) of a sample's." },
    { ask = "Why `expm1` in some implementations?",
      answer = "For tiny x, exp(-x) is rounded near 1, and 1 - exp(-x) keeps few correct digits. "
        .. "-expm1(-x) keeps all. It matters when samples come far more often than tau." },
  },

  explain = [==[
**Invariant.** After each sample that counts, `average` is the sum of all values that counted, with
weights that add up to 1. The weight of each is the share it got when it came, times `exp(-age / tau)`
with the age as of `latest`.

**Why it holds.** The first sample has weight 1. When Δt passes, all weights are multiplied by
`exp(-Δt / tau)`, so they add up to that, and the new sample gets the rest. The sum of the old ones
is multiplied by the same factor, so the one number is enough. Since factors of consecutive gaps
multiply, the weight of a sample depends on its age and not on what came in between.

**Cost.** One exponential a sample, two numbers of state.

**Usual mistakes**

- *A start at 0.* The average is too small for several tau, which on a page for people on call looks
  like a good morning.
- *A constant α.* It is right for samples at equal distances only.
- *α = Δt / tau.* The first term of the series; it exceeds 1 after a longer gap.
- *NaN.* It enters once and never leaves. Test at the door: `x - x == 0` or `isfinite`.
- *A step back.* A negative Δt gives a negative α of any size. And the latest time must not follow the
  step, or the same seconds are counted again.
]==],
}
