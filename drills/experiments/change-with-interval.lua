-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The result of an experiment in the two forms in which people ask for it: percentage points and
-- per cent, each with its interval, from counts that arrive day by day. The drill is about counts
-- that must be pooled, a relative change whose base is uncertain too, and what is undefined.

-- Counts of `days` days for both arms, with a question now and then.
local function days_of(days, users, base, treated, rand)
  local calls = {}
  local function day(arm, rate)
    local n = rand(0, users)
    local c = 0
    for _ = 1, n do
      if rand.float() < rate then c = c + 1 end
    end
    calls[#calls + 1] = { "add", arm, n, c }
  end
  for i = 1, days do
    day(0, base)
    day(1, treated)
    if i % 3 == 0 then calls[#calls + 1] = { rand.pick({ "points", "percent" }) } end
  end
  calls[#calls + 1] = { "points" }
  calls[#calls + 1] = { "percent" }
  return calls
end

-- Two arms' counts, and both questions.
local function once(n1, c1, n2, c2)
  return { { "add", 0, n1, c1 }, { "add", 1, n2, c2 }, { "points" }, { "percent" } }
end

-- The reference. Several wrong answers are this text with one thing changed.
local four_counts = [==[
-- Two counts an arm are all the state; shares and variances are worked out when somebody asks.
ChangeReadout = {}
ChangeReadout.__index = ChangeReadout

function ChangeReadout.new(z)
  return setmetatable({ z = z, users = { 0, 0 }, conversions = { 0, 0 } }, ChangeReadout)
end

function ChangeReadout:add(arm, users, conversions)
  self.users[arm + 1] = self.users[arm + 1] + users
  self.conversions[arm + 1] = self.conversions[arm + 1] + conversions
end

-- The share of an arm and the variance of that share.
function ChangeReadout:share(arm)
  local users = self.users[arm + 1]
  local p = self.conversions[arm + 1] / users
  return p, p * (1 - p) / users
end

function ChangeReadout:interval(change, variance)
  local margin = self.z * math.sqrt(variance)
  return { 100 * change, 100 * (change - margin), 100 * (change + margin) }
end

function ChangeReadout:points()
  if self.users[1] == 0 or self.users[2] == 0 then return nil end
  local p1, v1 = self:share(0)
  local p2, v2 = self:share(1)
  return self:interval(p2 - p1, v1 + v2)
end

function ChangeReadout:percent()
  if self.conversions[1] == 0 or self.users[2] == 0 then return nil end
  local p1, v1 = self:share(0)
  local p2, v2 = self:share(1)
  return self:interval(p2 / p1 - 1, v2 / p1 ^ 2 + p2 ^ 2 * v1 / p1 ^ 4)
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = four_counts:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return four_counts:sub(1, first - 1) .. new .. four_counts:sub(last + 1)
end

return drill {
  id = "change-with-interval",
  title = "By how much, and how sure are we?",
  category = "experiments",
  level = "medium",
  minutes = 20,
  covers = { "S14-C02", "S13-C10", "S14-P1" },
  signature = [[
    class ChangeReadout(z: float)
      add(arm: int, users: int, conversions: int)
      points() -> (float, float, float)?
      percent() -> (float, float, float)?
  ]],

  statement = [==[
An experiment compares two versions of a reply box. Each day brings counts for both arms: how many
users came, and how many of them wrote a reply. The page of the experiment shows the change in
percentage points and in per cent, with intervals. *From 10% to 12%* is a change of 2 percentage
points and of 20 per cent.

Write `ChangeReadout(z)` with

- `add(arm, users, conversions)`: counts of one day; arm 0 is the control, arm 1 the treatment;
- `points()`: the absolute change in percentage points, with the ends of its interval;
- `percent()`: the relative change in per cent, with the ends of its interval.

Let `n1`, `c1` be all users and conversions of the control so far, `p1 = c1/n1` and
`v1 = p1·(1 - p1)/n1`; likewise `n2`, `c2`, `p2`, `v2` for the treatment. Then

| | change | variance |
|---|---|---|
| `points` | `p2 - p1` | `v1 + v2` |
| `percent` | `p2/p1 - 1` | `v2/p1² + p2²·v1/p1⁴` |

and the interval is the change minus and plus `z · √variance`. All three numbers are multiplied by
100, and returned in the order change, lower end, upper end.

**Conventions**

- Shares are those of all users so far, whatever days they came on. No user comes twice.
- `points()` does not exist while one of the arms has no users: return nothing (`nil`, `None`).
- `percent()` does not exist while one of the arms has no users or the control has no conversions:
  return nothing.
- If the variance is 0 the interval has no width: both ends are the change itself.
- The intervals are not cut at -100 or anywhere else.
- `0 ≤ conversions ≤ users ≤ 10^9` for each day; a day may have no users. `0 < z ≤ 10`; for 95%
  intervals it is 1.96.
- Answers are compared with a tolerance of 10^-9 (relative above 1).

**Cost.** Each call takes constant time, and the memory is constant, however many days were added.
]==],

  examples = {
    {
      new = { 2 },
      calls = { { "add", 0, 900, 90 }, { "add", 1, 900, 108 }, { "points" }, { "percent" } },
      result = { nil, nil, { 2, -0.948445918333, 4.94844591833 },
                 { 20, -12.3316150746, 52.3316150746 } },
      note = "From 10% to 12%. The relative interval is wider than ten times the absolute one, "
        .. "because the 10% are uncertain too.",
    },
    {
      new = { 2 },
      calls = { { "points" }, { "add", 0, 100, 0 }, { "add", 1, 100, 4 }, { "points" },
                { "percent" } },
      result = { nil, nil, nil, { 4, 0.0808164115469, 7.91918358845 }, nil },
      note = "Nobody in the control replied: four points more, but four points are no multiple of "
        .. "nothing.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 1000, 2000, 4000, 8000 },
    -- A question after every day: whoever sums the days anew is quadratic.
    input = function(n, rand)
      local calls = {}
      for i = 1, n, 2 do
        local users = rand(1, 200)
        calls[i] = { "add", i // 2 % 2, users, rand(1, users) }
        calls[i + 1] = { i % 4 == 1 and "points" or "percent" }
      end
      return { new = { 1.96 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    case { name = "no days", new = { 1.96 }, calls = { { "points" }, { "percent" } } }
    case { name = "only the control", new = { 1.96 },
           calls = { { "add", 0, 50, 5 }, { "points" }, { "percent" } } }
    case { name = "only the treatment", new = { 1.96 },
           calls = { { "add", 1, 50, 5 }, { "points" }, { "percent" } } }
    case { name = "everybody replies", new = { 1.96 }, calls = once(20, 20, 30, 30) }
    case {
      name = "no change, in per cent",
      catches = "points for per cent",
      new = { 1 },
      calls = { { "add", 0, 64, 32 }, { "add", 1, 64, 32 }, { "percent" } },
    }
    case { name = "a fall", catches = "the arms are swapped", new = { 1 },
           calls = { { "add", 0, 16, 8 }, { "add", 1, 16, 4 }, { "points" } } }
    case {
      name = "an absolute interval",
      catches = "the pooled variance",
      new = { 1.96 },
      calls = { { "add", 0, 400, 20 }, { "add", 1, 100, 30 }, { "points" } },
    }
    case {
      name = "a relative interval",
      catches = "divides the absolute interval by the base",
      new = { 1.96 },
      calls = { { "add", 0, 100, 10 }, { "add", 1, 100, 25 }, { "percent" } },
    }
    case {
      name = "nobody replies in the control",
      catches = "a change from nothing is a number",
      new = { 1.96 },
      calls = once(80, 0, 90, 9),
    }
    case { name = "nobody replies in the treatment", new = { 1.96 }, calls = once(90, 9, 80, 0) }
    case { name = "nobody replies at all", new = { 1.96 }, calls = once(40, 0, 60, 0) }
    case {
      name = "a small day and a large one",
      catches = "averages the days",
      new = { 1.96 },
      calls = { { "add", 0, 10, 9 }, { "add", 0, 1000, 100 }, { "add", 1, 500, 60 },
                { "add", 1, 20, 1 }, { "points" }, { "percent" } },
    }
    case {
      name = "a day without users",
      catches = "averages the days",
      new = { 1.96 },
      calls = { { "add", 0, 0, 0 }, { "points" }, { "add", 0, 40, 10 }, { "add", 1, 40, 12 },
                { "add", 1, 0, 0 }, { "points" }, { "percent" } },
    }
    case {
      name = "asked in between",
      catches = "an answer is kept",
      new = { 1.96 },
      calls = { { "add", 0, 100, 10 }, { "add", 1, 100, 12 }, { "points" }, { "add", 1, 50, 20 },
                { "points" }, { "percent" }, { "add", 0, 70, 3 }, { "percent" } },
    }
    case { name = "an end below minus one hundred", new = { 3 }, calls = once(6, 1, 5, 1) }
    case { name = "large counts", new = { 1.96 },
           calls = { { "add", 0, 1000000000, 1000000 }, { "add", 0, 1000000000, 1000300 },
                     { "add", 1, 1000000000, 1010000 }, { "add", 1, 1000000000, 1000000 },
                     { "points" }, { "percent" } } }
    for i = 1, 5 do
      case { name = "random " .. i, new = { rand(10, 30) / 10 },
             calls = days_of(rand(2, 12), 60, 0.05 + 0.5 * rand.float(), 0.05 + 0.5 * rand.float(),
                             rand) }
    end
    case { name = "300 days", new = { 1.96 }, calls = days_of(300, 50, 0.1, 0.12, rand) }
    case { name = "500 days, rare", new = { 2.576 }, calls = days_of(500, 40, 0.01, 0.013, rand) }
  end,

  compare = { tolerance = 1e-9 },

  -- Every user as a 0 or 1, the variance as the mean square distance from the mean, and the
  -- relative change by its slopes, taken numerically.
  oracle = function(case)
    local z, outcomes, result = case.new[1], { {}, {} }, {}
    local sums = { { 0, 0 }, { 0, 0 } }
    for i, call in ipairs(case.calls) do
      if call[1] == "add" then
        local sum = sums[call[2] + 1]
        sum[1], sum[2] = sum[1] + call[3], sum[2] + call[4]
        if call[3] <= 100000 then
          for k = 1, call[3] do table.insert(outcomes[call[2] + 1], k <= call[4] and 1 or 0) end
        end
      else
        local p, v = {}, {}
        for arm = 1, 2 do
          local n = sums[arm][1]
          p[arm] = n > 0 and sums[arm][2] / n or nil
          if n > 0 and #outcomes[arm] == n then
            local square = 0
            for _, y in ipairs(outcomes[arm]) do square = square + (y - p[arm]) ^ 2 end
            v[arm] = square / n / n
          elseif n > 0 then
            v[arm] = (p[arm] - p[arm] * p[arm]) / n
          end
        end
        if p[1] and p[2] and (call[1] == "points" or p[1] > 0) then
          local change, spread = p[2] - p[1], v[1] + v[2]
          if call[1] == "percent" then
            change = (p[2] - p[1]) / p[1]
            local h = 1e-4
            local up = p[2] / (p[1] * (1 + h)) - p[2] / p[1]
            local down = p[2] / (p[1] * (1 - h)) - p[2] / p[1]
            local half_up = p[2] / (p[1] * (1 + h / 2)) - p[2] / p[1]
            local half_down = p[2] / (p[1] * (1 - h / 2)) - p[2] / p[1]
            local coarse, fine = (up - down) / (2 * h * p[1]), (half_up - half_down) / (h * p[1])
            local slope = (4 * fine - coarse) / 3
            spread = v[1] * slope ^ 2 + v[2] * (1 / p[1]) ^ 2
          end
          local margin = z * math.sqrt(spread)
          result[i] = { change * 100, (change - margin) * 100, (change + margin) * 100 }
        end
      end
    end
    return result
  end,

  reference = {
    lua = four_counts,
    python = [==[
from math import sqrt


class ChangeReadout:
    # Two counts an arm are all the state; shares and variances are worked out when somebody asks.
    def __init__(self, z):
        self.z = z
        self.users, self.conversions = [0, 0], [0, 0]

    def add(self, arm, users, conversions):
        self.users[arm] += users
        self.conversions[arm] += conversions

    def _share(self, arm):
        p = self.conversions[arm] / self.users[arm]
        return p, p * (1 - p) / self.users[arm]

    def _interval(self, change, variance):
        margin = self.z * sqrt(variance)
        return 100 * change, 100 * (change - margin), 100 * (change + margin)

    def points(self):
        if 0 in self.users:
            return None
        (p1, v1), (p2, v2) = self._share(0), self._share(1)
        return self._interval(p2 - p1, v1 + v2)

    def percent(self):
        if self.conversions[0] == 0 or self.users[1] == 0:
            return None
        (p1, v1), (p2, v2) = self._share(0), self._share(1)
        return self._interval(p2 / p1 - 1, v2 / p1**2 + p2**2 * v1 / p1**4)
]==],
  },

  wrong = {
    {
      name = "points for per cent",
      language = "lua",
      verdict = "WA",
      case = "no change, in per cent",
      why = "The relative change is reported in percentage points. From 10% to 12% is 2 points and "
        .. "20 per cent: a report that mixes them is wrong by the factor of the base.",
      code = reference_with("return self:interval(p2 / p1 - 1, v2 / p1 ^ 2 + p2 ^ 2 * v1 / p1 ^ 4)",
                            "return self:interval(p2 - p1, v1 + v2)"),
    },
    {
      name = "the arms are swapped",
      language = "lua",
      verdict = "WA",
      case = "a fall",
      why = "The change is counted from the treatment to the control, so every gain is a loss. "
        .. "Name the arms, and subtract what was there before.",
      code = reference_with("self:interval(p2 - p1, v1 + v2)", "self:interval(p1 - p2, v1 + v2)"),
    },
    {
      name = "the pooled variance",
      language = "lua",
      verdict = "WA",
      case = "a fall",
      why = "One variance from both arms together belongs to the test that asks whether they are "
        .. "equal. The interval describes two shares that may differ: each arm brings its own "
        .. "variance.",
      code = reference_with("return self:interval(p2 - p1, v1 + v2)", [==[
local n1, n2 = self.users[1], self.users[2]
  local p = (self.conversions[1] + self.conversions[2]) / (n1 + n2)
  return self:interval(p2 - p1, p * (1 - p) * (1 / n1 + 1 / n2))]==]),
    },
    {
      name = "divides the absolute interval by the base",
      language = "lua",
      verdict = "WA",
      case = "a relative interval",
      why = "Dividing both ends by p1 takes the base for known. It was measured in the same "
        .. "experiment with the same uncertainty; with a large change the interval is far too "
        .. "narrow.",
      code = reference_with("v2 / p1 ^ 2 + p2 ^ 2 * v1 / p1 ^ 4", "(v1 + v2) / p1 ^ 2"),
    },
    {
      name = "a change from nothing is a number",
      language = "lua",
      verdict = "WA",
      case = "nobody replies in the control",
      why = "With no conversions in the control the relative change is a division by zero: "
        .. "infinite, or NaN, with ends to match. There is no such number, while the absolute "
        .. "change is fine.",
      code = reference_with("if self.conversions[1] == 0 or self.users[2] == 0 then",
                            "if self.users[1] == 0 or self.users[2] == 0 then"),
    },
    {
      name = "averages the days",
      language = "lua",
      verdict = "WA",
      case = "a small day and a large one",
      why = "The share of each day is worked out and the days are averaged, so a Sunday with ten "
        .. "users weighs as much as a Monday with a thousand. Add the counts, then divide.",
      code = [==[
ChangeReadout = {}
ChangeReadout.__index = ChangeReadout

function ChangeReadout.new(z)
  return setmetatable({ z = z, users = { 0, 0 }, rates = { 0, 0 }, days = { 0, 0 } },
                      ChangeReadout)
end

function ChangeReadout:add(arm, users, conversions)
  if users == 0 then return end
  self.users[arm + 1] = self.users[arm + 1] + users
  self.rates[arm + 1] = self.rates[arm + 1] + conversions / users
  self.days[arm + 1] = self.days[arm + 1] + 1
end

function ChangeReadout:share(arm)
  local p = self.rates[arm + 1] / self.days[arm + 1]
  return p, p * (1 - p) / self.users[arm + 1]
end

function ChangeReadout:interval(change, variance)
  local margin = self.z * math.sqrt(variance)
  return { 100 * change, 100 * (change - margin), 100 * (change + margin) }
end

function ChangeReadout:points()
  if self.users[1] == 0 or self.users[2] == 0 then return nil end
  local p1, v1 = self:share(0)
  local p2, v2 = self:share(1)
  return self:interval(p2 - p1, v1 + v2)
end

function ChangeReadout:percent()
  if self.rates[1] == 0 or self.users[2] == 0 then return nil end
  local p1, v1 = self:share(0)
  local p2, v2 = self:share(1)
  return self:interval(p2 / p1 - 1, v2 / p1 ^ 2 + p2 ^ 2 * v1 / p1 ^ 4)
end
]==],
    },
    {
      name = "an answer is kept",
      language = "lua",
      verdict = "WA",
      case = "asked in between",
      why = "The first answer is kept for the next question and is not dropped when new counts "
        .. "come in. A cache needs to know what makes it stale; here the work is a handful of "
        .. "operations, and none is needed.",
      code = reference_with([==[
  local p1, v1 = self:share(0)
  local p2, v2 = self:share(1)
  return self:interval(p2 - p1, v1 + v2)
]==], [==[
  if not self.shown then
    local p1, v1 = self:share(0)
    local p2, v2 = self:share(1)
    self.shown = self:interval(p2 - p1, v1 + v2)
  end
  return self.shown
]==]),
    },
    {
      name = "sums the days for every question",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All days are kept and summed whenever somebody looks. Two running counts an arm give "
        .. "the same sums, and the page can be asked as often as anybody likes.",
      code = reference_with([==[
function ChangeReadout:add(arm, users, conversions)
  self.users[arm + 1] = self.users[arm + 1] + users
  self.conversions[arm + 1] = self.conversions[arm + 1] + conversions
end
]==], [==[
function ChangeReadout:add(arm, users, conversions)
  self.log = self.log or {}
  self.log[#self.log + 1] = { arm = arm, users = users, conversions = conversions }
  self.users, self.conversions = { 0, 0 }, { 0, 0 }
  for _, day in ipairs(self.log) do
    self.users[day.arm + 1] = self.users[day.arm + 1] + day.users
    self.conversions[day.arm + 1] = self.conversions[day.arm + 1] + day.conversions
  end
end
]==]),
    },
    {
      name = "keeps the days for later",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "The days are put aside for a chart that nobody asked for, and never leave. Four "
        .. "counts answer both questions.",
      code = reference_with("  self.users[arm + 1] = self.users[arm + 1] + users\n", [==[
  self.log = self.log or {}
  self.log[#self.log + 1] = { arm, users, conversions }
  self.users[arm + 1] = self.users[arm + 1] + users
]==]),
    },
  },

  hints = {
    { text = "What is the least that you have to remember of all days to answer both questions?",
      cost_min = 1 },
    { text = "Two counts an arm. Write a helper that gives an arm's share and the variance of that "
        .. "share, and one that makes the three numbers from a change and a variance.",
      cost_min = 2 },
    { text = "points: p2 - p1 and v1 + v2, if both arms have users. percent: p2/p1 - 1 and "
        .. "v2/p1² + p2²·v1/p1⁴, if the control has conversions and the treatment users. Times 100 "
        .. "at the end.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Where does the variance of the relative change come from?",
      answer = "p2/p1 is a function of two independent estimates. To first order its variance is "
        .. "the squared slope times the variance for each: (1/p1)²·v2 + (p2/p1²)²·v1. That is the "
        .. "delta method; it is good while p1 is several standard errors away from 0." },
    { ask = "When does that approximation fail, and what then?",
      answer = "With few conversions in the control. Use the interval of log(p2/p1), whose "
        .. "variance is about v1/p1² + v2/p2², and take the exponential of its ends; it never goes "
        .. "below -100%. Or Fieller's interval, or a bootstrap over users." },
    { ask = "One interval has no width. Would you show it?",
      answer = "No: nobody or everybody converted, and the simple formula knows no better. A "
        .. "Wilson interval for each share, or three over n as an upper end for no conversions, "
        .. "says what is known." },
    { ask = "Some users come on several days.",
      answer = "Then the daily counts count them twice, and they are no independent draws. Count "
        .. "users, not visits: keep a set or a sketch of ids, or work per user and use the delta "
        .. "method for a ratio of sums." },
    { ask = "The page shows the interval every day. May we stop when it leaves 0?",
      answer = "Not with this interval. Looking daily lets chance through several times as often "
        .. "as promised. Fix the length beforehand, or use boundaries that are made for looking." },
    { ask = "Which of both numbers goes into the story of your project?",
      answer = "Both, with the interval and the base: replies rose from 10.0% to 12.0%, by 2.0 "
        .. "points (0.9 to 3.1), which is 20%. A relative change without its base can be "
        .. "anything." },
  },

  explain = [==[
**Invariant.** After each call `users` and `conversions` hold the sums over all days added so far,
for both arms. Both answers are functions of these four counts, so nothing else has to be kept.

**Why counts are added and shares are not.** The share of all users is `Σ c / Σ n`. It is the mean
of the daily shares only if they are weighted by the daily users. Averaging them plainly lets small
days shout, and if the arms' small days differ, it can even turn the sign.

**Why the variances add.** The arms hold different users, so their shares are independent. For the
ratio, `p2/p1` moves by `dp2/p1` with the treatment and by `-p2·dp1/p1²` with the control; squares
and variances give the formula. It is `(v1 + v2)/p1²` only where `p2 = p1`: the wider the arms
differ, the more the uncertainty of the base matters.

**Cost.** O(1) a call, four counts of memory.

**Usual mistakes**

- *Points for per cent.* Say the unit with every number.
- *A known base.* Dividing the ends by `p1` is the commonest wrong relative interval.
- *The test's variance in the interval.* Pooling assumes that there is no change.
- *Relative to nothing.* Without conversions in the control there is no relative change, whatever
  the software prints.
- *Means of daily shares.*
]==],
}
