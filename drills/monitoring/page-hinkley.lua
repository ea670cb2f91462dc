-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Page-Hinkley: has the mean of a stream risen above what it has been so far? The drill is about a
-- state of a few numbers, a restart that forgets all of them, a comparison that is strict, and a
-- missing reading that must not poison the rest.

local missing = 0 / 0

-- `n` readings around `level`, each followed by a look at the level of evidence; from reading `at`
-- on they are higher by `shift`.
local function readings(n, level, at, shift, rand)
  local calls = {}
  for i = 1, n do
    local noise = rand.float() + rand.float() - rand.float() - rand.float()
    calls[i] = { "add", level + noise + (i >= at and shift or 0) }
  end
  return calls
end

-- `n` calls: readings that jump up and down every `stretch` calls, some missing, some questions.
local function traffic(n, stretch, rand)
  local calls, level = {}, 0
  for i = 1, n do
    if i % stretch == 0 then level = rand(-2, 3) end
    local what = rand(1, 10)
    if what == 1 then
      calls[i] = { "add", missing }
    elseif what <= 3 then
      calls[i] = { "evidence" }
    else
      calls[i] = { "add", level + rand.float() }
    end
  end
  return calls
end

-- The calls that add these values one after the other, with a look at the evidence at the end.
local function adding(...)
  local calls = {}
  for i, value in ipairs({ ... }) do calls[i] = { "add", value } end
  calls[#calls + 1] = { "evidence" }
  return calls
end

-- The reference. Several wrong answers are this text with one thing changed.
local four_numbers = [==[
-- Since the last restart: how many readings, their mean, the sum m and the least m so far.
PageHinkley = {}
PageHinkley.__index = PageHinkley

function PageHinkley.new(delta, threshold, keep, least_readings)
  local self = setmetatable({
    delta = delta, threshold = threshold, keep = keep, least_readings = least_readings,
  }, PageHinkley)
  self:restart()
  return self
end

function PageHinkley:restart()
  self.count, self.mean, self.sum, self.lowest = 0, 0.0, 0.0, 0.0
end

function PageHinkley:add(x)
  if x ~= x then return false end
  self.count = self.count + 1
  self.mean = self.mean + (x - self.mean) / self.count
  self.sum = self.keep * self.sum + (x - self.mean - self.delta)
  self.lowest = math.min(self.lowest, self.sum)
  local alarm = self.count >= self.least_readings and self.sum - self.lowest > self.threshold
  if alarm then self:restart() end
  return alarm
end

function PageHinkley:evidence()
  return self.sum - self.lowest
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = four_numbers:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return four_numbers:sub(1, first - 1) .. new .. four_numbers:sub(last + 1)
end

return drill {
  id = "page-hinkley",
  title = "When did the reports start to rise?",
  category = "monitoring",
  level = "medium",
  minutes = 20,
  covers = { "S06-C05", "S14-C04", "S06-C12" },
  signature = [[
    class PageHinkley(delta: float, threshold: float, keep: float, least_readings: int)
      add(x: float) -> bool
      evidence() -> float
  ]],

  statement = [==[
A moderation team watches the share of posts that get reported. Nobody knows the normal level; it
differs by community. A detector reads one number an hour and raises an alarm when the level has
risen above what it was so far.

Let `x_1, x_2, …` be the readings since the last restart. The detector works with

- `mean_t`, the mean of `x_1 … x_t`, the newest reading included;
- `m_t = keep · m_{t-1} + (x_t - mean_t - delta)`, with `m_0 = 0`;
- the *evidence*: `m_t` minus the smallest of `m_0, m_1, …, m_t`. It is never negative.

Write `PageHinkley(delta, threshold, keep, least_readings)` with

- `add(x)`: takes in a reading; returns whether it raises an alarm;
- `evidence()`: the evidence as it stands now.

**Conventions**

- There is an alarm when the evidence is **above** `threshold` (not when it equals it) and there
  have been at least `least_readings` readings since the last restart, the newest included.
- An alarm restarts the detector: it then knows no more than a new one. The reading that raised the
  alarm is forgotten too, so `evidence()` right after an alarm is 0, and `least_readings` readings
  must come anew.
- A reading may be missing, which is a NaN. It is ignored: `add` returns false, and it counts
  neither for the mean nor as a reading. All other readings lie between -10^6 and 10^6.
- A new detector has no readings, and its evidence is 0.
- `delta ≥ 0`, `threshold ≥ 0`, `0 < keep ≤ 1`, `least_readings ≥ 1`.
- Only a rise is looked for. A fall alone raises no alarm.
- Evidence is compared with a tolerance of 10^-9 (relative above 1).

**Cost.** Each call takes constant time, and the memory is constant, however long the stream.
]==],

  examples = {
    {
      new = { 0, 4, 1, 2 },
      calls = { { "add", 2 }, { "add", 2 }, { "add", 5 }, { "evidence" }, { "add", 7 },
                { "evidence" } },
      result = { false, false, false, 2, true, 0 },
      note = "The means are 2, 2, 3 and 4. m rises to 2 with the 5 and to 5 with the 7, which is "
        .. "above 4. After the alarm nothing is known any more.",
    },
    {
      new = { 0.5, 1.5, 1, 1 },
      calls = { { "add", 3 }, { "add", 1 }, { "evidence" }, { "add", 5 }, { "evidence" } },
      result = { false, false, 0, false, 1.5 },
      note = "m is -0.5, then -2, then -0.5. The evidence is counted from the lowest m, and 1.5 is "
        .. "not above 1.5.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 1000, 2000, 4000, 8000 },
    -- A quiet stream without an alarm: whoever keeps the readings keeps all of them.
    input = function(n, rand)
      return { new = { 0.1, 1000, 1, 30 }, calls = readings(n, 5, n + 1, 0, rand) }
    end,
  },

  cases = function(rand, case)
    case { name = "new", new = { 0.1, 5, 1, 30 }, calls = { { "evidence" } } }
    case { name = "one reading", new = { 0, 5, 1, 1 }, calls = adding(7) }
    case { name = "a level that stays", new = { 0, 1, 1, 1 }, calls = adding(3, 3, 3, 3, 3, 3) }
    case {
      name = "the first reading is high",
      catches = "the mean lags one reading behind",
      new = { 0, 2, 1, 1 },
      calls = adding(9, 9, 9),
    }
    case {
      name = "a fall",
      catches = "alarms at a fall too",
      new = { 0, 2, 1, 1 },
      calls = { { "add", 8 }, { "add", 8 }, { "add", 0 }, { "add", 0 }, { "add", 0 } },
    }
    case {
      name = "a rise after a long slope down",
      catches = "forgets the lowest point",
      new = { 0.5, 2.5, 1, 1 },
      calls = adding(8, 6, 4, 2, 8),
    }
    case {
      name = "exactly at the threshold",
      catches = "alarms at the threshold",
      new = { 0, 3, 1, 1 },
      calls = adding(0, 0, 0, 4),
    }
    case { name = "a little above the threshold", new = { 0, 2.75, 1, 1 },
           calls = { { "add", 0 }, { "add", 0 }, { "add", 0 }, { "add", 4 } } }
    case {
      name = "too few readings",
      catches = "alarms before the warm-up",
      new = { 0, 1, 1, 5 },
      calls = adding(0, 8, 8, 8),
    }
    case { name = "the warm-up's last reading", new = { 0, 1, 1, 4 },
           calls = { { "add", 0 }, { "add", 8 }, { "add", 8 }, { "add", 8 } } }
    case {
      name = "after the alarm",
      catches = "goes on after an alarm",
      new = { 0, 2, 1, 2 },
      calls = adding(0, 0, 8),
    }
    case {
      name = "a new level after the alarm",
      catches = "keeps the mean over an alarm",
      new = { 0, 3, 1, 1 },
      calls = { { "add", 0 }, { "add", 0 }, { "add", 8 }, { "add", 6 }, { "add", 7 },
                { "evidence" } },
    }
    case {
      name = "a warm-up after the alarm",
      catches = "warms up only once",
      new = { 0, 1, 1, 3 },
      calls = adding(0, 0, 8, 0, 8, 8, 8),
    }
    case { name = "forgetting", catches = "forgets nothing", new = { 0, 100, 0.5, 1 },
           calls = { { "add", 0 }, { "add", 8 }, { "evidence" }, { "add", 4 }, { "evidence" },
                     { "add", 4 }, { "evidence" } } }
    case {
      name = "forgetting after a low point",
      catches = "lets the low point fade",
      new = { 0, 100, 0.5, 1 },
      calls = adding(8, 0, 7),
    }
    case {
      name = "a missing reading",
      catches = "a missing reading poisons the rest",
      new = { 0, 3, 1, 1 },
      calls = adding(0, 0, missing, 0, 8, 0),
    }
    case { name = "only missing readings", catches = "a missing reading poisons the rest",
           new = { 0, 0, 1, 1 }, calls = adding(missing, missing) }
    case {
      name = "missing readings do not warm up",
      catches = "counts missing readings",
      new = { 0, 1, 1, 4 },
      calls = adding(0, missing, missing, 8, 8, 8),
    }
    case { name = "threshold zero", new = { 0, 0, 1, 1 }, calls = adding(1, 1, 1.5, 0, 0.25) }
    for i = 1, 4 do
      case {
        name = "random " .. i,
        new = { 0.05, 2.3 + rand.float(), i % 2 == 0 and 1 or 0.97, rand(1, 8) },
        calls = traffic(120, 15, rand),
      }
    end
    case { name = "5000 readings, one rise", new = { 0.3, 40.3, 1, 30 },
           calls = readings(5000, 2, 3500, 1.5, rand) }
    case { name = "4000 calls, many rises", new = { 0.1, 6.7, 0.99, 20 },
           calls = traffic(4000, 60, rand) }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["lets the low point fade"] = "`keep` multiplies m alone. The smallest m stays what it was; where it "
      .. "fades too, or the evidence itself is carried on, the evidence comes out smaller.",
  },

  -- By the definition: all readings since the restart are kept, and after each one the means and
  -- the sums are worked out from the first.
  oracle = function(case)
    local delta, threshold, keep, least = table.unpack(case.new)
    local kept, result = {}, {}
    local function evidence()
      local total, m, lowest = 0, 0, 0
      for t, x in ipairs(kept) do
        total = total + x
        m = keep * m + x - total / t - delta
        if m < lowest then lowest = m end
      end
      return m - lowest
    end
    for i, call in ipairs(case.calls) do
      if call[1] == "evidence" then
        result[i] = evidence()
      else
        if call[2] == call[2] then table.insert(kept, call[2]) end
        result[i] = call[2] == call[2] and #kept >= least and evidence() > threshold
        if result[i] then kept = {} end
      end
    end
    return result
  end,

  reference = {
    lua = four_numbers,
    python = [==[
from math import isnan


class PageHinkley:
    # Since the last restart: how many readings, their mean, the sum m and the least m so far.
    def __init__(self, delta, threshold, keep, least_readings):
        self.delta, self.threshold, self.keep = delta, threshold, keep
        self.least_readings = least_readings
        self._restart()

    def _restart(self):
        self.count, self.mean, self.sum, self.lowest = 0, 0.0, 0.0, 0.0

    def add(self, x):
        if isnan(x):
            return False
        self.count += 1
        self.mean += (x - self.mean) / self.count
        self.sum = self.keep * self.sum + (x - self.mean - self.delta)
        self.lowest = min(self.lowest, self.sum)
        alarm = self.count >= self.least_readings and self.evidence() > self.threshold
        if alarm:
            self._restart()
        return alarm

    def evidence(self):
        return self.sum - self.lowest
]==],
    cpp = [==[
#include <algorithm>
#include <cmath>

class PageHinkley {
 public:
  PageHinkley(double delta, double threshold, double keep, long long least_readings)
      : delta_(delta), threshold_(threshold), keep_(keep), least_readings_(least_readings) {}

  bool add(double x) {
    if (std::isnan(x)) return false;
    ++now_.count;
    now_.mean += (x - now_.mean) / static_cast<double>(now_.count);
    now_.sum = keep_ * now_.sum + (x - now_.mean - delta_);
    now_.lowest = std::min(now_.lowest, now_.sum);
    const bool alarm = now_.count >= least_readings_ && evidence() > threshold_;
    if (alarm) now_ = {};
    return alarm;
  }

  double evidence() const { return now_.sum - now_.lowest; }

 private:
  // Since the last restart: how many readings, their mean, the sum m and the least m so far.
  struct State {
    long long count = 0;
    double mean = 0, sum = 0, lowest = 0;
  };
  double delta_, threshold_, keep_;
  long long least_readings_;
  State now_;
};
]==],
  },

  wrong = {
    {
      name = "the mean lags one reading behind",
      language = "lua",
      verdict = "WA",
      case = "one reading",
      why = "The mean is brought up to date after it was used. The first reading is then compared "
        .. "with a mean of 0 that nobody measured, and a level of 9 alarms at once.",
      code = reference_with([==[
  self.mean = self.mean + (x - self.mean) / self.count
  self.sum = self.keep * self.sum + (x - self.mean - self.delta)
]==], [==[
  self.sum = self.keep * self.sum + (x - self.mean - self.delta)
  self.mean = self.mean + (x - self.mean) / self.count
]==]),
    },
    {
      name = "alarms at a fall too",
      language = "lua",
      verdict = "WA",
      case = "a fall",
      why = "The deviation is taken without its sign, so a fall counts as a rise. Falls have a sum "
        .. "of their own, with the largest value in place of the smallest.",
      code = reference_with("(x - self.mean - self.delta)",
                            "(math.abs(x - self.mean) - self.delta)"),
    },
    {
      name = "forgets the lowest point",
      language = "lua",
      verdict = "WA",
      case = "a rise after a long slope down",
      why = "The sum itself is compared with the threshold. After a quiet time it is far below "
        .. "zero (delta pulls it down at every reading), and a rise must first make up for all of "
        .. "that. What counts is the climb since the lowest point.",
      code = reference_with("self.lowest = math.min(self.lowest, self.sum)", ""),
    },
    {
      name = "alarms at the threshold",
      language = "lua",
      verdict = "WA",
      case = "exactly at the threshold",
      why = "The evidence has to be above the threshold. With >= a threshold of 0 alarms at every "
        .. "reading.",
      code = reference_with("self.sum - self.lowest > self.threshold",
                            "self.sum - self.lowest >= self.threshold"),
    },
    {
      name = "alarms before the warm-up",
      language = "lua",
      verdict = "WA",
      case = "too few readings",
      why = "The mean of two readings is no level to compare with. Until least_readings have come "
        .. "there is no alarm, whatever the evidence.",
      code = reference_with("self.count >= self.least_readings and ", ""),
    },
    {
      name = "goes on after an alarm",
      language = "lua",
      verdict = "WA",
      case = "after the alarm",
      why = "Without a restart the evidence stays above the threshold, and one change pages the "
        .. "team every hour.",
      code = reference_with("  if alarm then self:restart() end\n", ""),
    },
    {
      name = "keeps the mean over an alarm",
      language = "lua",
      verdict = "WA",
      case = "a new level after the alarm",
      why = "Only the sums are set back. The mean still holds the time before the change, so the "
        .. "new level counts as a change again, and again.",
      code = reference_with("if alarm then self:restart() end",
                            "if alarm then self.sum, self.lowest = 0.0, 0.0 end"),
    },
    {
      name = "warms up only once",
      language = "lua",
      verdict = "WA",
      case = "a warm-up after the alarm",
      why = "The readings are counted since the beginning of the stream, not since the restart. "
        .. "Right after an alarm the detector trusts a mean of two readings.",
      code = [==[
PageHinkley = {}
PageHinkley.__index = PageHinkley

function PageHinkley.new(delta, threshold, keep, least_readings)
  local self = setmetatable({
    delta = delta, threshold = threshold, keep = keep, least_readings = least_readings, seen = 0,
  }, PageHinkley)
  self:restart()
  return self
end

function PageHinkley:restart()
  self.count, self.mean, self.sum, self.lowest = 0, 0.0, 0.0, 0.0
end

function PageHinkley:add(x)
  if x ~= x then return false end
  self.seen = self.seen + 1
  self.count = self.count + 1
  self.mean = self.mean + (x - self.mean) / self.count
  self.sum = self.keep * self.sum + (x - self.mean - self.delta)
  self.lowest = math.min(self.lowest, self.sum)
  local alarm = self.seen >= self.least_readings and self.sum - self.lowest > self.threshold
  if alarm then self:restart() end
  return alarm
end

function PageHinkley:evidence()
  return self.sum - self.lowest
end
]==],
    },
    {
      name = "forgets nothing",
      language = "lua",
      verdict = "WA",
      case = "forgetting",
      why = "The factor `keep` is ignored, so a rise of long ago weighs as much as one of this "
        .. "hour.",
      code = reference_with("self.keep * self.sum + ", "self.sum + "),
    },
    {
      name = "a missing reading poisons the rest",
      language = "lua",
      verdict = "WA",
      case = "a missing reading",
      why = "One NaN goes into the mean, every later mean is NaN, and every comparison with NaN is "
        .. "false: the detector is silent for ever and looks healthy.",
      code = reference_with("  if x ~= x then return false end\n", ""),
    },
    {
      name = "counts missing readings",
      language = "lua",
      verdict = "WA",
      case = "missing readings do not warm up",
      why = "The counter goes up before the reading is tested, so missing readings pass for zero "
        .. "deviations in the mean and as warm-up.",
      code = reference_with([==[
  if x ~= x then return false end
  self.count = self.count + 1
]==], [==[
  self.count = self.count + 1
  if x ~= x then return false end
]==]),
    },
    {
      name = "works the mean out anew",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All readings are kept and summed for every new one. The mean of t readings follows "
        .. "from the mean of t - 1 and the new one.",
      code = reference_with("self.mean = self.mean + (x - self.mean) / self.count", [==[
if self.count == 1 then self.kept = {} end
  self.kept[self.count] = x
  local total = 0.0
  for _, reading in ipairs(self.kept) do total = total + reading end
  self.mean = total / self.count]==]),
    },
    {
      name = "keeps every m",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "The values of m are put into a list for the chart. The smallest of them is enough, "
        .. "and the list grows for as long as nothing happens.",
      code = reference_with("self.lowest = math.min(self.lowest, self.sum)", [==[
if self.count == 1 then self.history = {} end
  self.history[#self.history + 1] = self.sum
  self.lowest = math.min(self.lowest, self.sum)]==]),
    },
  },

  hints = {
    { text = "Which numbers does the next step need from the past? Count them.", cost_min = 2 },
    { text = "How many readings, their mean, m, and the lowest m so far. The mean moves by "
        .. "(x - mean) / count when a reading comes in. Which of the four must a restart set back?",
      cost_min = 3 },
    { text = "add: leave at a NaN; count, mean, m, lowest in this order; test count and the strict "
        .. "comparison; at an alarm set all four back to 0. evidence: m - lowest.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "How do you choose the threshold?",
      answer = "From the false alarms that the team accepts. Run the detector over quiet weeks (or "
        .. "over reshuffled ones), find the threshold at which it alarms once in the agreed time, "
        .. "and report with it the delay for the smallest rise that matters." },
    { ask = "What is delta for?",
      answer = "It is the slack: rises smaller than delta are no news. It makes m drift down while "
        .. "nothing happens, so noise does not add up. About half of the rise that you want to see "
        .. "is usual." },
    { ask = "And a fall?",
      answer = "A second sum with x - mean + delta, its largest value so far, and an alarm when it "
        .. "has fallen below that by more than the threshold. Two thresholds make the rate of "
        .. "false alarms add up." },
    { ask = "Why not CUSUM?",
      answer = "CUSUM is given the normal level and the noise, and is quicker when they are right. "
        .. "Page-Hinkley learns the level as it goes, so it needs a warm-up, and a slow drift is "
        .. "followed by the mean and seen late or never." },
    { ask = "Nights are quiet and days are busy. The detector alarms every morning.",
      answer = "Take the daily shape out first: compare with the same hour of last week, or feed "
        .. "the ratio to it. A detector on a raw seasonal series finds the season." },
    { ask = "The process restarts every few hours. What has to be stored?",
      answer = "The four numbers and the settings. Storing them beside the offset of the stream "
        .. "makes replay exact: the same readings give the same alarms." },
  },

  explain = [==[
**Invariant.** After each call, `count` and `mean` describe the readings since the last restart,
`sum` is `m_count`, and `lowest` is the least of `m_0 … m_count`. A missing reading and a question
change nothing.

**Why it holds.** The mean of `t` readings is `mean_{t-1} + (x_t - mean_{t-1}) / t`. The recurrence
for `m` is the definition, and the minimum of a longer list is the smaller of the old minimum and
the new entry. A restart sets all four to the values of an empty list.

**Why it finds a rise.** While the level stays, `x - mean` is around 0 and `delta` pulls `m` down,
so `m` is mostly at its lowest point and the evidence is small. After a rise by more than `delta`
each reading adds the rest of it, and the evidence climbs steadily until the mean has followed.
`keep` below 1 limits how much can pile up.

**Cost.** O(1) time a call and O(1) memory.

**Usual mistakes**

- *Half a restart.* Whatever survives the alarm brings the old level back: the mean, the count for
  the warm-up, the lowest point.
- *m instead of m - lowest.* It works in a test that begins with the rise, and fails in production,
  where the quiet time was long.
- *The order.* Mean first, then `m`, then the lowest, then the test. With the mean last, the first
  reading is compared with nothing.
- *NaN.* Test it at the door. Later it cannot be told from silence.
- *A threshold from a blog post.* It is right for one noise level only.
]==],
}
