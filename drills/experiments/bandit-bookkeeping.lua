-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The bookkeeping of a bandit: epsilon-greedy and Thompson choices over the same counts, with the
-- random numbers handed in, outcomes that arrive late, and the probabilities that must be logged.
-- The drill is about which arm an outcome belongs to, what a tie is, and exploring the best arm.

-- `n` calls on `arms` arms, whose outcomes come for any arm at any time.
local function traffic(n, arms, rand)
  local calls = {}
  for i = 1, n do
    local what = rand(1, 10)
    if what <= 4 then
      local arm = rand(0, arms - 1)
      calls[i] = { "outcome", arm, rand.float() < (arm + 1) / (arms + 2) }
    elseif what <= 7 then
      calls[i] = { "greedy", rand.float(), rand.float() }
    elseif what <= 8 then
      calls[i] = { "propensities" }
    else
      local noise = {}
      for arm = 1, arms do
        noise[arm] = 2 * (rand.float() + rand.float() + rand.float()) - 3
      end
      calls[i] = { "thompson", noise }
    end
  end
  return calls
end

-- `won` outcomes for `arm`, in words: "+" for a success, "-" for none.
local function outcomes(arm, won)
  local calls = {}
  for sign in won:gmatch(".") do calls[#calls + 1] = { "outcome", arm, sign == "+" } end
  return calls
end

-- Several lists of calls, one after the other.
local function joined(...)
  local all = {}
  for _, calls in ipairs({ ... }) do table.move(calls, 1, #calls, #all + 1, all) end
  return all
end

-- The reference. Several wrong answers are this text with one thing changed.
local two_counts_an_arm = [==[
-- Two counts an arm. The mean of each is worked out when somebody chooses.
Bandit = {}
Bandit.__index = Bandit

function Bandit.new(arms, epsilon)
  local self = setmetatable({ arms = arms, epsilon = epsilon, wins = {}, trials = {} }, Bandit)
  for arm = 1, arms do self.wins[arm], self.trials[arm] = 0, 0 end
  return self
end

function Bandit:outcome(arm, won)
  self.trials[arm + 1] = self.trials[arm + 1] + 1
  if won then self.wins[arm + 1] = self.wins[arm + 1] + 1 end
end

function Bandit:mean(arm)
  return (self.wins[arm] + 1) / (self.trials[arm] + 2)
end

-- The arms with the largest mean, ascending.
function Bandit:leaders()
  local leaders, best = {}, 0.0
  for arm = 1, self.arms do
    local mean = self:mean(arm)
    if mean > best then leaders, best = {}, mean end
    if mean == best then leaders[#leaders + 1] = arm end
  end
  return leaders
end

function Bandit:greedy(u, v)
  if u < self.epsilon then return math.floor(v * self.arms) end
  local leaders = self:leaders()
  return leaders[1 + math.floor(v * #leaders)] - 1
end

function Bandit:thompson(noise)
  local chosen, best = 0, -math.huge
  for arm = 1, self.arms do
    local mean = self:mean(arm)
    local draw = mean + noise[arm] * math.sqrt(mean * (1 - mean) / (self.trials[arm] + 3))
    if draw > best then chosen, best = arm, draw end
  end
  return chosen - 1
end

function Bandit:propensities()
  local shares, leaders = {}, self:leaders()
  for arm = 1, self.arms do shares[arm] = self.epsilon / self.arms end
  for _, arm in ipairs(leaders) do
    shares[arm] = shares[arm] + (1 - self.epsilon) / #leaders
  end
  return shares
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = two_counts_an_arm:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return two_counts_an_arm:sub(1, first - 1) .. new .. two_counts_an_arm:sub(last + 1)
end

return drill {
  id = "bandit-bookkeeping",
  title = "Which invitation today?",
  category = "experiments",
  level = "medium",
  minutes = 25,
  covers = { "S04-C12", "S04-P2", "S04-C06" },
  signature = [[
    class Bandit(arms: int, epsilon: float)
      outcome(arm: int, won: bool)
      greedy(u: float, v: float) -> int
      thompson(noise: float[]) -> int
      propensities() -> float[]
  ]],

  statement = [==[
A site has several texts with which it invites readers to join a community. Each text is an *arm*.
A service chooses one for every reader; hours later it learns whether the reader joined. All
randomness is handed in, so that a run can be repeated.

For every arm let `t` be the number of outcomes that have arrived and `w` how many of them were
successes. Its *mean* is `(w + 1) / (t + 2)`, so an arm without outcomes has a mean of one half.

Write `Bandit(arms, epsilon)` with

- `outcome(arm, won)`: an outcome of that arm has arrived;
- `greedy(u, v)`: a choice. If `u < epsilon` it explores: any arm, the best ones included, namely
  arm `floor(v · arms)`. Otherwise it takes an arm with the largest mean; if `b` arms share it, the
  one at place `floor(v · b)` among them, the places counted from 0 in the order of the arms;
- `thompson(noise)`: a choice. Arm `i` draws `mean + noise[i] · √(mean · (1 - mean) / (t + 3))`,
  and the arm with the largest draw is taken, the first one if several share it. `noise` has one
  number per arm, in the order of the arms;
- `propensities()`: for each arm the probability that `greedy` would choose it now, if `u` and `v`
  were drawn uniformly from [0, 1).

**Conventions**

- Arms are numbered from 0. `1 ≤ arms ≤ 1000`, `0 ≤ epsilon ≤ 1`, `0 ≤ u, v < 1`, and the noise
  lies between -10 and 10.
- Choosing changes nothing. Only outcomes count, and they come late, in any order, for any arm,
  whatever was chosen last.
- Means are compared as floats, computed as one division: equal fractions are then equal.
- Propensities are compared with a tolerance of 10^-9.

**Cost.** `outcome` takes constant time, the others time that grows like the number of arms. For a
fixed number of arms, neither the time of a call nor the memory may grow with the number of
outcomes.
]==],

  examples = {
    {
      new = { 3, 0.25 },
      calls = { { "outcome", 1, true }, { "outcome", 0, false }, { "greedy", 0.5, 0.9 },
                { "greedy", 0.1, 0.9 }, { "propensities" } },
      result = { nil, nil, 1, 2, { 0.25 / 3, 0.75 + 0.25 / 3, 0.25 / 3 } },
      note = "The means are 1/3, 2/3 and 1/2. With u = 0.5 the best arm is taken, with u = 0.1 arm "
        .. "floor(2.7). Exploring hits the best arm too, so its probability is above 0.75.",
    },
    {
      new = { 3, 0 },
      calls = { { "outcome", 1, false }, { "greedy", 0.2, 0.4 }, { "greedy", 0.2, 0.6 },
                { "thompson", { -1, 2, 0 } } },
      result = { nil, 0, 2, 1 },
      note = "Arms 0 and 2 share a mean of 1/2, and v decides between them. Then arm 1 draws "
        .. "1/3 + 2 · 0.236 = 0.80, which is the most.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n, rand) return { new = { 4, 0.1 }, calls = traffic(n, 4, rand) } end,
  },

  cases = function(rand, case)
    case { name = "a single arm", new = { 1, 0 },
           calls = { { "greedy", 0.2, 0.7 }, { "greedy", 0.9, 0.7 }, { "thompson", { -2 } },
                     { "propensities" } } }
    case {
      name = "choices without an outcome",
      catches = "counts a choice as a trial",
      new = { 2, 0.5 },
      calls = { { "greedy", 0.1, 0.1 }, { "greedy", 0.1, 0.1 }, { "greedy", 0.1, 0.1 },
                { "greedy", 0.9, 0.1 } },
    }
    case {
      name = "nothing known yet",
      catches = "ties go to the first arm",
      new = { 4, 0 },
      calls = { { "greedy", 0.5, 0.1 }, { "greedy", 0.5, 0.3 }, { "greedy", 0.5, 0.6 },
                { "greedy", 0.5, 0.99 }, { "propensities" } },
    }
    case {
      name = "two arms share the largest mean",
      catches = "ties go to the first arm",
      new = { 3, 0 },
      calls = joined(outcomes(0, "-"), { { "greedy", 0.5, 0.25 }, { "greedy", 0.5, 0.75 } }),
    }
    case {
      name = "the place is rounded down",
      catches = "rounds to the nearest place",
      new = { 4, 0.5 },
      calls = { { "greedy", 0.75, 0.45 }, { "greedy", 0.25, 0.45 }, { "greedy", 0.75, 0.95 },
                { "greedy", 0.25, 0.95 } },
    }
    case {
      name = "means that hardly differ",
      catches = "takes near means for equal",
      new = { 2, 0.25 },
      calls = joined(outcomes(0, ("+-"):rep(19) .. "-"), outcomes(1, ("+-"):rep(20) .. "-"),
                     { { "greedy", 0.5, 0.25 }, { "greedy", 0.5, 0.75 } }),
    }
    case { name = "equal means of different counts", catches = "ties go to the first arm",
           new = { 2, 0 },
           calls = joined(outcomes(0, "+-+-"), outcomes(1, "-+"),
                          { { "greedy", 0.5, 0.25 }, { "greedy", 0.5, 0.75 },
                            { "propensities" } }) }
    case {
      name = "three losses and a success",
      catches = "untried arms are worth nothing",
      new = { 2, 0 },
      calls = joined(outcomes(0, "---+"), { { "greedy", 0.5, 0 }, { "greedy", 0.5, 0.75 } }),
    }
    case {
      name = "one success against many",
      catches = "untried arms are worth nothing",
      new = { 3, 0 },
      calls = joined(outcomes(0, "+"), outcomes(1, "+++++++-"), { { "greedy", 0.5, 0 } }),
    }
    case {
      name = "u equals epsilon",
      catches = "explores at epsilon too",
      new = { 3, 0.25 },
      calls = joined(outcomes(2, "+"), { { "greedy", 0.25, 0 }, { "greedy", 0.125, 0 } }),
    }
    case { name = "never explores", new = { 2, 0 },
           calls = joined(outcomes(1, "+"), { { "greedy", 0, 0 }, { "propensities" } }) }
    case {
      name = "what to log",
      catches = "logs one minus epsilon for the best arm",
      new = { 5, 0.2 },
      calls = joined(outcomes(3, "++"), { { "propensities" } }),
    }
    case { name = "always explores", new = { 4, 1 },
           calls = joined(outcomes(1, "+"), { { "greedy", 0.99, 0.5 }, { "greedy", 0, 0 },
                                              { "propensities" } }) }
    case {
      name = "exploring the best arm",
      catches = "never explores the best arm",
      new = { 4, 0.5 },
      calls = joined(outcomes(1, "+"), { { "greedy", 0.25, 0.25 }, { "greedy", 0.25, 0.5 },
                                         { "greedy", 0.25, 0.75 }, { "greedy", 0.25, 0 } }),
    }
    case {
      name = "an outcome of an earlier choice",
      catches = "updates the arm chosen last",
      new = { 3, 0.5 },
      calls = { { "greedy", 0.1, 0.9 }, { "greedy", 0.1, 0 }, { "outcome", 2, true },
                { "greedy", 0.9, 0 }, { "propensities" } },
    }
    case {
      name = "a draw for a well-known arm",
      catches = "the same spread for every arm",
      new = { 2, 0 },
      calls = joined(outcomes(0, "+-+-+-+-+-+-+-+-"), { { "thompson", { 2, 1 } },
                                                        { "thompson", { 1, 0 } } }),
    }
    case { name = "equal draws", new = { 3, 0 }, calls = { { "thompson", { 0, 0, 0 } },
           { "thompson", { -1, 0.5, 0.5 } } } }
    case { name = "draws below zero", catches = "draws from zero", new = { 2, 0 },
           calls = joined(outcomes(0, "--"), outcomes(1, "---"), { { "thompson", { -9, -5 } } }) }
    for i = 1, 5 do
      local arms = rand(2, 8)
      case { name = "random " .. i, new = { arms, rand(0, 10) / 10 },
             calls = traffic(rand(20, 80), arms, rand) }
    end
    case { name = "1500 calls, six arms", new = { 6, 0.1 }, calls = traffic(1500, 6, rand) }
    case { name = "300 calls, forty arms", new = { 40, 0.2 }, calls = traffic(300, 40, rand) }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["rounds to the nearest place"] = "The place is floor(v · b): each of b places gets the same share of "
      .. "[0, 1). Rounded to the nearest, the first one gets half of it, and a place b appears.",
    ["takes near means for equal"] = "Means are compared with a tolerance. Only equal floats share the "
      .. "first place; 21/43 beats 20/41.",
  },

  -- The outcomes are counted anew for each question; means are compared crosswise as whole numbers,
  -- and a propensity is the share of a grid of (u, v) at which the arm comes out.
  oracle = function(case)
    local arms, epsilon = case.new[1], case.new[2]
    local result = {}
    local function counts(until_call)
      local w, t = {}, {}
      for arm = 0, arms - 1 do w[arm], t[arm] = 1, 2 end
      for i = 1, until_call - 1 do
        local call = case.calls[i]
        if call[1] == "outcome" then
          t[call[2]] = t[call[2]] + 1
          w[call[2]] = w[call[2]] + (call[3] and 1 or 0)
        end
      end
      return w, t
    end
    for i, call in ipairs(case.calls) do
      local w, t = counts(i)
      local shared = {}
      for arm = 0, arms - 1 do
        local beaten = false
        for other = 0, arms - 1 do beaten = beaten or w[other] * t[arm] > w[arm] * t[other] end
        if not beaten then table.insert(shared, arm) end
      end
      if call[1] == "greedy" then
        local pool = shared
        if call[2] < epsilon then
          pool = {}
          for arm = 0, arms - 1 do table.insert(pool, arm) end
        end
        result[i] = pool[math.floor(call[3] * #pool) + 1]
      elseif call[1] == "propensities" then
        result[i] = {}
        local cells = arms * #shared
        for arm = 0, arms - 1 do
          local explored, followed = 0, 0
          for cell = 0, cells - 1 do
            if cell * arms // cells == arm then explored = explored + 1 end
            if shared[cell * #shared // cells + 1] == arm then followed = followed + 1 end
          end
          result[i][arm + 1] = epsilon * explored / cells + (1 - epsilon) * followed / cells
        end
      elseif call[1] == "thompson" then
        local order = {}
        for arm = 0, arms - 1 do
          local mean = w[arm] / t[arm]
          local spread = (w[arm] * (t[arm] - w[arm])) ^ 0.5 / t[arm] / (t[arm] + 1) ^ 0.5
          order[arm + 1] = { -(mean + call[2][arm + 1] * spread), arm }
        end
        table.sort(order, function(a, b)
          if math.abs(a[1] - b[1]) > 1e-12 then return a[1] < b[1] end
          return a[2] < b[2]
        end)
        result[i] = order[1][2]
      end
    end
    return result
  end,

  reference = {
    lua = two_counts_an_arm,
    python = [==[
from math import floor, sqrt


class Bandit:
    # Two counts an arm. The mean of each is worked out when somebody chooses.
    def __init__(self, arms, epsilon):
        self.epsilon = epsilon
        self.wins, self.trials = [0] * arms, [0] * arms

    def outcome(self, arm, won):
        self.trials[arm] += 1
        self.wins[arm] += won

    def _means(self):
        return [(w + 1) / (t + 2) for w, t in zip(self.wins, self.trials)]

    def _leaders(self):
        means = self._means()
        best = max(means)
        return [arm for arm, mean in enumerate(means) if mean == best]

    def greedy(self, u, v):
        if u < self.epsilon:
            return floor(v * len(self.wins))
        leaders = self._leaders()
        return leaders[floor(v * len(leaders))]

    def thompson(self, noise):
        draws = [
            mean + z * sqrt(mean * (1 - mean) / (t + 3))
            for mean, z, t in zip(self._means(), noise, self.trials)
        ]
        return draws.index(max(draws))

    def propensities(self):
        leaders = self._leaders()
        shares = [self.epsilon / len(self.wins)] * len(self.wins)
        for arm in leaders:
            shares[arm] += (1 - self.epsilon) / len(leaders)
        return shares
]==],
    cpp = [==[
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

// Two counts an arm. The mean of each is worked out when somebody chooses.
class Bandit {
 public:
  Bandit(long long arms, double epsilon)
      : epsilon_(epsilon), arms_(static_cast<std::size_t>(arms)) {}

  void outcome(long long arm, bool won) {
    Arm& one = arms_[static_cast<std::size_t>(arm)];
    ++one.trials;
    if (won) ++one.wins;
  }

  long long greedy(double u, double v) const {
    if (u < epsilon_) return place(v, arms_.size());
    const auto best = leaders();
    return static_cast<long long>(best[static_cast<std::size_t>(place(v, best.size()))]);
  }

  long long thompson(const std::vector<double>& noise) const {
    std::vector<double> draws;
    for (std::size_t i = 0; i < arms_.size(); ++i) {
      const double mean = arms_[i].mean();
      const double variance = mean * (1 - mean) / (static_cast<double>(arms_[i].trials) + 3);
      draws.push_back(mean + noise[i] * std::sqrt(variance));
    }
    return std::max_element(draws.begin(), draws.end()) - draws.begin();
  }

  std::vector<double> propensities() const {
    std::vector<double> shares(arms_.size(), epsilon_ / static_cast<double>(arms_.size()));
    const auto best = leaders();
    for (std::size_t arm : best) shares[arm] += (1 - epsilon_) / static_cast<double>(best.size());
    return shares;
  }

 private:
  struct Arm {
    long long wins = 0, trials = 0;
    double mean() const {
      return static_cast<double>(wins + 1) / static_cast<double>(trials + 2);
    }
  };

  static long long place(double v, std::size_t of) {
    return static_cast<long long>(std::floor(v * static_cast<double>(of)));
  }

  std::vector<std::size_t> leaders() const {
    std::vector<std::size_t> leaders;
    double best = 0;
    for (std::size_t i = 0; i < arms_.size(); ++i) {
      const double mean = arms_[i].mean();
      if (mean > best) leaders.clear();
      best = std::max(best, mean);
      if (mean == best) leaders.push_back(i);
    }
    return leaders;
  }

  double epsilon_;
  std::vector<Arm> arms_;
};
]==],
  },

  wrong = {
    {
      name = "ties go to the first arm",
      language = "lua",
      verdict = "WA",
      case = "nothing known yet",
      why = "Among arms with the same mean the first is always taken. At the start that sends "
        .. "everybody to arm 0, and the logged probabilities, if they assume a draw, are wrong.",
      code = reference_with([==[
  local leaders = self:leaders()
  return leaders[1 + math.floor(v * #leaders)] - 1
]==], [==[
  return self:leaders()[1] - 1
]==]),
    },
    {
      name = "untried arms are worth nothing",
      language = "lua",
      verdict = "WA",
      case = "two arms share the largest mean",
      why = "The plain share w/t is used, with 0 for an arm without outcomes. One success makes an "
        .. "arm perfect, and an arm that was never tried is never tried.",
      code = reference_with("return (self.wins[arm] + 1) / (self.trials[arm] + 2)",
                            "local trials = self.trials[arm]\n"
                              .. "  return trials > 0 and self.wins[arm] / trials or 0"),
    },
    {
      name = "explores at epsilon too",
      language = "lua",
      verdict = "WA",
      case = "u equals epsilon",
      why = "u < epsilon happens with probability epsilon. With <= an epsilon of 0 explores when u "
        .. "is 0.",
      code = reference_with("if u < self.epsilon then", "if u <= self.epsilon then"),
    },
    {
      name = "never explores the best arm",
      language = "lua",
      verdict = "WA",
      case = "exploring the best arm",
      why = "Exploring draws among the other arms only. That is another policy, with other "
        .. "probabilities than those that are logged.",
      code = reference_with("if u < self.epsilon then return math.floor(v * self.arms) end", [==[
if u < self.epsilon then
    local others, best = {}, {}
    for _, arm in ipairs(self:leaders()) do best[arm] = true end
    for arm = 1, self.arms do
      if not best[arm] then others[#others + 1] = arm end
    end
    if #others == 0 then return math.floor(v * self.arms) end
    return others[1 + math.floor(v * #others)] - 1
  end]==]),
    },
    {
      name = "logs one minus epsilon for the best arm",
      language = "lua",
      verdict = "WA",
      case = "what to log",
      why = "The best arm is also hit by exploring, so its probability is 1 - epsilon plus "
        .. "epsilon / arms. As logged here the probabilities sum to less than 1, and every "
        .. "estimate that divides by them is too large.",
      code = reference_with("shares[arm] = shares[arm] + (1 - self.epsilon) / #leaders",
                            "shares[arm] = (1 - self.epsilon) / #leaders"),
    },
    {
      name = "updates the arm chosen last",
      language = "lua",
      verdict = "WA",
      case = "an outcome of an earlier choice",
      why = "The outcome is booked on the arm of the latest choice. Outcomes come hours later, "
        .. "when thousands of other choices have been made: they carry their arm with them.",
      code = reference_with("function Bandit:outcome(arm, won)\n",
                            "function Bandit:outcome(arm, won)\n  arm = self.last or arm\n")
        :gsub("return math%.floor%(v %* self%.arms%) end",
              "self.last = math.floor(v * self.arms) return self.last end"),
    },
    {
      name = "counts a choice as a trial",
      language = "lua",
      verdict = "WA",
      case = "choices without an outcome",
      why = "The trial is counted when the arm is chosen, so every choice looks like a failure "
        .. "until its outcome comes. Popular arms have the most open choices and look worst.",
      code = reference_with([==[
  self.trials[arm + 1] = self.trials[arm + 1] + 1
]==], ""):gsub("function Bandit:greedy%(u, v%)", "function Bandit:pick(u, v)") .. [==[

function Bandit:greedy(u, v)
  local arm = self:pick(u, v)
  self.trials[arm + 1] = self.trials[arm + 1] + 1
  return arm
end
]==],
    },
    {
      name = "the same spread for every arm",
      language = "lua",
      verdict = "WA",
      case = "a draw for a well-known arm",
      why = "The spread does not shrink with the number of outcomes, so an arm that has been tried "
        .. "a thousand times is explored as eagerly as a new one, for ever.",
      code = reference_with("(self.trials[arm] + 3)", "3"),
    },
    {
      name = "draws from zero",
      language = "lua",
      verdict = "WA",
      case = "draws below zero",
      why = "The search for the largest draw starts from 0. A draw can be negative, and then no "
        .. "arm wins. Start from the first arm or from minus infinity.",
      code = reference_with("local chosen, best = 0, -math.huge", "local chosen, best = 1, 0"),
    },
    {
      name = "counts the outcomes anew",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All outcomes are kept, and the means are counted from them at every choice. Two "
        .. "counts an arm say the same.",
      code = reference_with([==[
function Bandit:outcome(arm, won)
  self.trials[arm + 1] = self.trials[arm + 1] + 1
  if won then self.wins[arm + 1] = self.wins[arm + 1] + 1 end
end

function Bandit:mean(arm)
  return (self.wins[arm] + 1) / (self.trials[arm] + 2)
end
]==], [==[
function Bandit:outcome(arm, won)
  self.trials[arm + 1] = self.trials[arm + 1] + 1
  self.log = self.log or {}
  self.log[#self.log + 1] = { arm + 1, won }
end

function Bandit:mean(arm)
  local wins, trials = 0, 0
  for _, entry in ipairs(self.log or {}) do
    if entry[1] == arm then
      trials = trials + 1
      if entry[2] then wins = wins + 1 end
    end
  end
  return (wins + 1) / (trials + 2)
end
]==]),
    },
    {
      name = "keeps the outcomes for replay",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "The outcomes are kept in the process. They belong into the log, with the choice, the "
        .. "time and the probability; the service needs two counts an arm.",
      code = reference_with("  self.trials[arm + 1] = self.trials[arm + 1] + 1\n", [==[
  self.log = self.log or {}
  self.log[#self.log + 1] = { arm, won }
  self.trials[arm + 1] = self.trials[arm + 1] + 1
]==]),
    },
  },

  hints = {
    { text = "The state is two counts an arm, changed by `outcome` alone. Everything else is a "
        .. "function of the counts and of the numbers handed in.", cost_min = 2 },
    { text = "Write a helper for the list of arms that share the largest mean. `greedy` and "
        .. "`propensities` both need it. In how many ways can the best arm be chosen?",
      cost_min = 3 },
    { text = "propensities: epsilon / arms for each arm, and (1 - epsilon) / b more for each of "
        .. "the b arms with the largest mean. thompson: one pass with a running maximum that "
        .. "starts at minus infinity and moves on > only.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "Why log the propensity with every choice?",
      answer = "It is what turns the log into an experiment: any other policy can be valued later "
        .. "by weighting rewards with target / propensity. It has to be the probability at the "
        .. "time of the choice; it cannot be worked out afterwards without the exact state." },
    { ask = "What is the propensity of a Thompson choice?",
      answer = "The chance that this arm's draw is the largest, an integral without a simple form. "
        .. "Estimate it by many draws at the time of the choice, with a floor, or mix in a little "
        .. "uniform exploring so that no probability is near 0." },
    { ask = "Thompson or epsilon-greedy?",
      answer = "Thompson stops exploring arms that are surely bad, so it loses less over time. "
        .. "Epsilon-greedy wastes a fixed share for ever, is trivial to explain, has known "
        .. "probabilities, and goes on noticing when a bad arm becomes good." },
    { ask = "Outcomes come a day late, in batches. What happens to both?",
      answer = "Greedy chooses the same arm for the whole day. Thompson still spreads its choices, "
        .. "since its draws differ, which is one of its strengths. In both, wait equally long for "
        .. "each arm, or fast outcomes (mostly successes) come first and flatter new arms." },
    { ask = "Tastes change with time.",
      answer = "Discount the counts, multiplying both by a factor a day, or keep the last weeks "
        .. "only. The posterior then never becomes narrower than the window allows, and exploring "
        .. "goes on." },
    { ask = "Why the draw from a normal curve?",
      answer = "The posterior of a share with a uniform prior is Beta(w + 1, t - w + 1). It has "
        .. "the mean and the variance used here; a normal curve with the same two is close once "
        .. "there are some outcomes. With few, draw from the Beta itself." },
  },

  explain = [==[
**Invariant.** `trials[i]` and `wins[i]` are the outcomes and successes of arm `i` that have
arrived. Choosing does not touch them.

**Why counts at arrival.** A choice whose outcome is open says nothing yet. Counting it as a trial
at once makes it a failure for the time being, and the error is largest for the arm that is chosen
most.

**The propensities.** `greedy` makes two independent draws. Exploring has probability epsilon and
then gives each arm `1/arms`; otherwise each of the `b` leaders has `1/b`, since `floor(v · b)`
takes each of `0 … b-1` on a stretch of length `1/b`. The sum over all arms is
`epsilon + (1 - epsilon) = 1`: a check worth having in production.

**Equal means.** `(w + 1)/(t + 2)` is one correctly rounded division of whole numbers, so equal
fractions give equal floats: 3/6 and 2/4 are both 0.5. A mean that is updated step by step has no
such property, and its ties depend on the order of the outcomes.

**Cost.** O(1) for an outcome, O(arms) for the others, two numbers an arm.

**Usual mistakes**

- *The arm chosen last.* An outcome carries its arm (better: the id of its choice).
- *Ties.* All arms are tied at the start. Always taking the first is a silent bias.
- *Epsilon.* Exploring includes the best arm here; the other convention is as good, but the logged
  probabilities must be those of the code.
- *Plain shares*: 1 of 1 beats 700 of 800, and 0 of 0 is a division by zero.
- *A spread that does not shrink.*
]==],
}
