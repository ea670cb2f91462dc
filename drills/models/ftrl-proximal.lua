-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- One step of FTRL-proximal, a row at a time. The drill is about two sums per feature that must not be
-- mixed up, and about a weight that is made when it is needed and never stored.

-- `n` calls on ids below `ids`; most of them learn.
local function log_of(n, ids, rand)
  local calls = {}
  local function row()
    local features, used = { { 0, 1.0 } }, { [0] = true }
    for _ = 1, rand(0, 4) do
      local id = rand(1, ids)
      if not used[id] then
        used[id] = true
        features[#features + 1] = { id, rand(1, 2) == 1 and 1.0 or rand(-20, 20) / 10 }
      end
    end
    return features
  end
  for i = 1, n do
    local kind = rand(1, 6)
    if kind == 1 then
      calls[i] = { "weight", rand(0, ids) }
    elseif kind == 2 then
      calls[i] = { "predict", row() }
    else
      local features = row()
      local odds = #features % 2 == 0 and 0.7 or 0.2
      calls[i] = { "learn", features, rand.float() < odds and 1 or 0 }
    end
  end
  return calls
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local lazy_weights = [==[
-- z and n for each feature that has been learned. A weight is computed from them when a row asks.
FtrlProximal = {}
FtrlProximal.__index = FtrlProximal

function FtrlProximal.new(alpha, beta, l1, l2)
  return setmetatable({ alpha = alpha, beta = beta, l1 = l1, l2 = l2, z = {}, n = {} }, FtrlProximal)
end

function FtrlProximal:weight(feature)
  local z = self.z[feature]
  if not z or math.abs(z) <= self.l1 then return 0.0 end
  local pull = z > 0 and z - self.l1 or z + self.l1
  return -pull / ((self.beta + math.sqrt(self.n[feature])) / self.alpha + self.l2)
end

function FtrlProximal:predict(features)
  local sum = 0.0
  for _, feature in ipairs(features) do sum = sum + self:weight(feature[1]) * feature[2] end
  return 1 / (1 + math.exp(-sum))
end

function FtrlProximal:learn(features, label)
  local p = self:predict(features)
  for _, feature in ipairs(features) do
    local id, x = feature[1], feature[2]
    local z, n = self.z[id] or 0.0, self.n[id] or 0.0
    local g = (p - label) * x
    local sigma = (math.sqrt(n + g * g) - math.sqrt(n)) / self.alpha
    self.z[id], self.n[id] = z + g - sigma * self:weight(id), n + g * g
  end
  return p
end
]==]

local function reference_with(old, new)
  local first, last = lazy_weights:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return lazy_weights:sub(1, first - 1) .. new .. lazy_weights:sub(last + 1)
end

return drill {
  id = "ftrl-proximal",
  title = "A click model that learns row by row",
  category = "models",
  level = "hard",
  minutes = 30,
  covers = { "S01-C08", "S01-C05" },
  signature = [[
    class FtrlProximal(alpha: float, beta: float, l1: float, l2: float)
      predict(features: (int, float)[]) -> float
      learn(features: (int, float)[], label: int) -> float
      weight(feature: int) -> float
  ]],

  statement = [==[
An ad server trains a logistic model on the stream of impressions, one row after the other. There are
millions of features, a row has a few dozen of them, and most weights should be exactly 0. The
server's team has settled on the update known as FTRL-proximal.

For each feature `i` two numbers are kept, `z_i` and `n_i`, both 0 at first. They define the weight:

- `w_i = 0` if `|z_i| ≤ l1`,
- `w_i = -(z_i - sign(z_i) · l1) / ((beta + √n_i) / alpha + l2)` otherwise.

Write `FtrlProximal(alpha, beta, l1, l2)` with

- `weight(feature)`: the present weight `w_i`; 0 for a feature never seen;
- `predict(features)`: `p = 1 / (1 + e^(-s))` with `s = Σ w_i x_i` over the row's features `(i, x_i)`.
  It changes nothing;
- `learn(features, label)`: first predicts `p` with the present weights, then updates each feature of
  the row, and returns that `p`. With `g = (p - label) · x_i` the update is

  `σ = (√(n_i + g²) - √n_i) / alpha`, then `z_i ← z_i + g - σ w_i` and `n_i ← n_i + g²`,

  where `σ` uses the old `n_i`, and `w_i` is the weight from before the row.

**Conventions**

- `alpha > 0`; `beta`, `l1` and `l2` are at least 0.
- A feature is a whole number between 0 and 10^15. The ids are not dense. Within a row no id occurs
  twice. The order of features in a row does not matter.
- A value `x_i` lies between -100 and 100 and may be 0. A row may have no features; its `p` is 1/2.
- There is no hidden bias. A row that wants one has a feature for it.
- The label is 0 or 1.
- An error of 10^-9 is allowed in each result (relative to the value where that is above 1).

**Cost.** A call takes time that grows with the number of features in its row, however many features
have been seen before. Memory may grow with the number of features learned.
]==],

  examples = {
    {
      new = { 1.0, 1.0, 0.0, 0.0 },
      calls = { { "learn", { { 7, 1.0 } }, 1 }, { "weight", 7 }, { "predict", { { 7, 3.0 } } } },
      result = { 0.5, 1 / 3, 1 / (1 + math.exp(-1)) },
      note = "g = -0.5, so z = -0.5 and n = 0.25. The weight is 0.5 / (1 + 0.5).",
    },
    {
      new = { 1.0, 1.0, 0.6, 0.0 },
      calls = { { "learn", { { 7, 1.0 } }, 1 }, { "weight", 7 }, { "learn", { { 7, 1.0 } }, 1 },
                { "weight", 7 } },
      result = { 0.5, 0.0, 0.5, 0.4 / (1 + math.sqrt(0.5)) },
      note = "After one click |z| is 0.5 and the weight 0. After two it is 1.0, which exceeds 0.6 by 0.4.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- Every row has a feature that no row had before.
    input = function(n, rand)
      local calls = {}
      for i = 1, n do
        calls[i] = { "learn", { { 0, 1.0 }, { i, 1.0 }, { n + i // 2, 0.5 } }, rand(0, 1) }
      end
      return { new = { 0.1, 1.0, 0.1, 1.0 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    case { name = "nothing learned", new = { 0.1, 1.0, 0.0, 1.0 },
           calls = { { "weight", 5 }, { "predict", { { 5, 1.0 }, { 6, -2.0 } } }, { "predict", {} } } }
    case { name = "one click", catches = "predicts after learning", new = { 1.0, 1.0, 0.0, 0.0 },
           calls = { { "learn", { { 1, 1.0 } }, 1 }, { "weight", 1 }, { "weight", 2 } } }
    case { name = "one skip", new = { 1.0, 1.0, 0.0, 0.0 },
           calls = { { "learn", { { 1, 1.0 } }, 0 }, { "weight", 1 }, { "predict", { { 1, 1.0 } } } } }
    case { name = "a value of two", catches = "forgets the value", new = { 1.0, 1.0, 0.0, 0.0 },
           calls = { { "learn", { { 1, 2.0 } }, 1 }, { "weight", 1 } } }
    case { name = "two features in a row", catches = "predicts again for each feature",
           new = { 0.5, 1.0, 0.0, 0.0 },
           calls = { { "learn", { { 1, 1.0 }, { 2, 1.0 } }, 1 }, { "weight", 1 }, { "weight", 2 } } }
    case { name = "two clicks in a row", catches = "raises n first", new = { 1.0, 1.0, 0.0, 0.0 },
           calls = { { "learn", { { 1, 1.0 } }, 1 }, { "learn", { { 1, 1.0 } }, 1 }, { "weight", 1 } } }
    case { name = "a click with l1", catches = "subtracts l1 from negative z too",
           new = { 0.5, 1.0, 0.2, 0.0 }, calls = { { "learn", { { 1, 1.0 } }, 1 }, { "weight", 1 } } }
    case { name = "a weak feature stays at zero", catches = "shrinks past zero",
           new = { 0.1, 1.0, 1.0, 1.0 },
           calls = { { "learn", { { 1, 1.0 } }, 1 }, { "weight", 1 }, { "learn", { { 1, 1.0 } }, 1 },
                     { "weight", 1 } } }
    case { name = "it falls back to zero", new = { 0.5, 1.0, 0.4, 0.0 },
           calls = { { "learn", { { 1, 1.0 } }, 1 }, { "weight", 1 }, { "learn", { { 1, 1.0 } }, 0 },
                     { "weight", 1 } } }
    case { name = "l2 alone", new = { 0.5, 1.0, 0.0, 3.0 },
           calls = { { "learn", { { 1, 1.0 } }, 1 }, { "weight", 1 }, { "learn", { { 1, 1.0 } }, 1 },
                     { "weight", 1 } } }
    case { name = "a value of zero changes nothing", new = { 0.5, 1.0, 0.0, 1.0 },
           calls = { { "learn", { { 1, 0.0 }, { 2, 1.0 } }, 1 }, { "weight", 1 }, { "weight", 2 } } }
    case { name = "predict changes nothing", new = { 0.5, 1.0, 0.0, 1.0 },
           calls = { { "learn", { { 1, 1.0 } }, 1 }, { "predict", { { 1, 1.0 } } },
                     { "predict", { { 1, 1.0 } } }, { "weight", 1 } } }
    case { name = "a row without features", new = { 0.1, 1.0, 0.1, 1.0 },
           calls = { { "learn", {}, 1 }, { "predict", {} } } }
    case { name = "beta and l2 are zero", new = { 0.3, 0.0, 0.0, 0.0 },
           calls = { { "weight", 1 }, { "learn", { { 1, 1.0 } }, 1 }, { "weight", 1 },
                     { "learn", { { 1, -1.0 }, { 2, 1.0 } }, 1 }, { "weight", 1 }, { "weight", 2 } } }
    case { name = "a large value saturates", new = { 1.0, 1.0, 0.0, 0.0 },
           calls = { { "learn", { { 1, 100.0 } }, 1 }, { "learn", { { 1, 100.0 } }, 0 },
                     { "predict", { { 1, 100.0 } } }, { "predict", { { 1, -100.0 } } }, { "weight", 1 } } }
    case { name = "log-odds far below zero", catches = "overflows far below zero",
           new = { 10.0, 0.0, 0.0, 0.0 },
           calls = { { "learn", { { 1, 1.0 } }, 0 }, { "weight", 1 }, { "predict", { { 1, 100.0 } } },
                     { "predict", { { 1, -100.0 } } } } }
    case { name = "distant ids", new = { 0.1, 1.0, 0.0, 1.0 },
           calls = { { "learn", { { 0, 1.0 }, { 1000000000000000, 1.0 } }, 0 },
                     { "weight", 1000000000000000 }, { "weight", 0 } } }
    for i = 1, 3 do
      case { name = "random " .. i, new = { 0.1 * rand(1, 10), 1.0, 0.0, 0.5 },
             calls = log_of(40, 6, rand) }
    end
    for i = 1, 3 do
      case { name = "random, with l1 " .. i, new = { 0.3, 0.5, 0.1 * rand(1, 6), 0.1 },
             calls = log_of(40, 5, rand) }
    end
    case { name = "1000 calls", new = { 0.1, 1.0, 0.5, 1.0 }, calls = log_of(1000, 40, rand) }
    case { name = "1500 calls, many features", new = { 0.2, 1.0, 0.1, 0.0 },
           calls = log_of(1500, 300, rand) }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["overflows far below zero"] = "With s = -1000 the power e^1000 does not fit into a float, and some "
      .. "languages raise an error there. For s < 0 compute e^s / (1 + e^s), which is the same.",
  },

  -- The weight as the name says it: of all w the one that follows the regularised leader, the minimum
  -- of Σ g w + ½ Σ σ (w - w_then)² + l1 |w| + ½ (l2 + beta / alpha) w², found by bisection.
  oracle = function(case)
    local alpha, beta, l1, l2 = table.unpack(case.new)
    local past = {}
    local function weight(id)
      local history = past[id]
      if not history then return 0.0 end
      local function slope(w)
        local sum = (l2 + beta / alpha) * w
        for _, step in ipairs(history) do sum = sum + step.g + step.sigma * (w - step.w) end
        return sum
      end
      local at_zero = slope(0)
      if math.abs(at_zero) <= l1 then return 0.0 end
      local side = at_zero > 0 and -1 or 1
      local near, far = 0, 1
      while side * slope(side * far) + l1 < 0 do far = 2 * far end
      for _ = 1, 80 do
        local middle = (near + far) / 2
        if side * slope(side * middle) + l1 < 0 then near = middle else far = middle end
      end
      return side * far
    end
    local function predict(features)
      local sum = 0
      for _, feature in ipairs(features) do sum = sum + weight(feature[1]) * feature[2] end
      return sum > 0 and 1 / (1 + math.exp(-sum)) or math.exp(sum) / (1 + math.exp(sum))
    end
    local result = {}
    for i, call in ipairs(case.calls) do
      if call[1] == "weight" then
        result[i] = weight(call[2])
      else
        local p, steps = predict(call[2]), {}
        result[i] = p
        for k, feature in ipairs(call[1] == "learn" and call[2] or {}) do
          local g, squares = (p - call[3]) * feature[2], 0
          for _, step in ipairs(past[feature[1]] or {}) do squares = squares + step.g * step.g end
          steps[k] = { id = feature[1], g = g, w = weight(feature[1]),
                       sigma = (math.sqrt(squares + g * g) - math.sqrt(squares)) / alpha }
        end
        for _, step in ipairs(steps) do
          past[step.id] = past[step.id] or {}
          table.insert(past[step.id], step)
        end
      end
    end
    return result
  end,

  reference = {
    lua = lazy_weights,
    python = [==[
from math import exp, sqrt


# z and n for each feature that has been learned. A weight is computed from them when a row asks.
class FtrlProximal:
    def __init__(self, alpha, beta, l1, l2):
        self.alpha, self.beta, self.l1, self.l2 = alpha, beta, l1, l2
        self.state = {}  # feature: (z, n)

    def weight(self, feature):
        z, n = self.state.get(feature, (0.0, 0.0))
        if abs(z) <= self.l1:
            return 0.0
        pull = z - self.l1 if z > 0 else z + self.l1
        return -pull / ((self.beta + sqrt(n)) / self.alpha + self.l2)

    def predict(self, features):
        s = sum(self.weight(feature) * x for feature, x in features)
        return 1 / (1 + exp(-s)) if s > 0 else exp(s) / (1 + exp(s))

    def learn(self, features, label):
        p = self.predict(features)
        for feature, x in features:
            z, n = self.state.get(feature, (0.0, 0.0))
            g = (p - label) * x
            sigma = (sqrt(n + g * g) - sqrt(n)) / self.alpha
            self.state[feature] = (z + g - sigma * self.weight(feature), n + g * g)
        return p
]==],
    cpp = [==[
#include <cmath>
#include <unordered_map>
#include <utility>
#include <vector>

// z and n for each feature that has been learned. A weight is computed from them when a row asks.
class FtrlProximal {
 public:
  using Row = std::vector<std::pair<long long, double>>;

  FtrlProximal(double alpha, double beta, double l1, double l2)
      : alpha_(alpha), beta_(beta), l1_(l1), l2_(l2) {}

  double weight(long long feature) const {
    const auto found = states_.find(feature);
    return found == states_.end() ? 0 : weight_of(found->second);
  }

  double predict(const Row& features) const {
    double sum = 0;
    for (const auto& [feature, x] : features) sum += weight(feature) * x;
    return 1 / (1 + std::exp(-sum));
  }

  double learn(const Row& features, long long label) {
    const double p = predict(features);
    for (const auto& [feature, x] : features) {
      State& state = states_[feature];
      const double g = (p - static_cast<double>(label)) * x, n = state.n + g * g;
      const double sigma = (std::sqrt(n) - std::sqrt(state.n)) / alpha_;
      state = {state.z + g - sigma * weight_of(state), n};
    }
    return p;
  }

 private:
  struct State {
    double z = 0, n = 0;
  };

  double weight_of(const State& state) const {
    if (std::abs(state.z) <= l1_) return 0;
    return -(state.z - std::copysign(l1_, state.z)) / ((beta_ + std::sqrt(state.n)) / alpha_ + l2_);
  }

  double alpha_, beta_, l1_, l2_;
  std::unordered_map<long long, State> states_;
};
]==],
  },

  wrong = {
    {
      name = "raises n first",
      language = "lua",
      verdict = "WA",
      case = "two clicks in a row",
      why = "n is raised before σ is computed, so σ measures the next step and the weight that it is "
        .. "multiplied with belongs to another n. Compute σ and w from the old state, then store both "
        .. "sums.",
      code = reference_with([==[    local sigma = (math.sqrt(n + g * g) - math.sqrt(n)) / self.alpha
    self.z[id], self.n[id] = z + g - sigma * self:weight(id), n + g * g]==], [==[
    n = n + g * g
    self.z[id], self.n[id] = z, n
    local sigma = (math.sqrt(n + g * g) - math.sqrt(n)) / self.alpha
    self.z[id] = z + g - sigma * self:weight(id)]==]),
    },
    {
      name = "sums up gradients only",
      language = "lua",
      verdict = "WA",
      case = "two clicks in a row",
      why = "Without - σw, z is the plain sum of gradients. Then a larger n pulls the weight back to 0 at "
        .. "every step (dual averaging), where it should keep what it has learned with smaller steps.",
      code = reference_with("z + g - sigma * self:weight(id)", "z + g"),
    },
    {
      name = "forgets the value",
      language = "lua",
      verdict = "WA",
      case = "a value of two",
      why = "The gradient is (p - label) times the feature's value. With values of 1 only, as in most "
        .. "tests of click models, nobody notices.",
      code = reference_with("local g = (p - label) * x", "local g = p - label"),
    },
    {
      name = "predicts again for each feature",
      language = "lua",
      verdict = "WA",
      case = "two features in a row",
      why = "The prediction is made anew after each feature's update, so the second feature sees a row "
        .. "that is half learned, and the result depends on the order of features.",
      code = reference_with("local g = (p - label) * x", "local g = (self:predict(features) - label) * x"),
    },
    {
      name = "predicts after learning",
      language = "lua",
      verdict = "WA",
      case = "one click",
      why = "The returned p comes from weights that have seen the label. Averaged over the stream, that "
        .. "loss looks better than the model is. Predict first: progressive validation is free.",
      code = reference_with("  return p\nend", "  return self:predict(features)\nend"),
    },
    {
      name = "subtracts l1 from negative z too",
      language = "lua",
      verdict = "WA",
      case = "a click with l1",
      why = "l1 pulls towards 0 from both sides. Subtracted from a negative z it pushes away from 0.",
      code = reference_with("z > 0 and z - self.l1 or z + self.l1", "z - self.l1"),
    },
    {
      name = "shrinks past zero",
      language = "lua",
      verdict = "WA",
      case = "a weak feature stays at zero",
      why = "Without the test |z| ≤ l1 a weak feature is pulled past 0 to the other side: clicks then lower "
        .. "the prediction.",
      code = reference_with("if not z or math.abs(z) <= self.l1 then", "if not z or z == 0 then"),
    },
    {
      name = "renews all weights after each row",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "After each row the weights of all features are computed and stored: rows times features. "
        .. "Only the features of the row have changed, and even their weights are needed only when a row "
        .. "asks for them.",
      code = [==[
FtrlProximal = {}
FtrlProximal.__index = FtrlProximal

function FtrlProximal.new(alpha, beta, l1, l2)
  return setmetatable({ alpha = alpha, beta = beta, l1 = l1, l2 = l2, ids = {}, z = {}, n = {}, w = {} },
    FtrlProximal)
end

function FtrlProximal:weight(feature)
  return self.w[feature] or 0.0
end

function FtrlProximal:predict(features)
  local sum = 0.0
  for _, feature in ipairs(features) do sum = sum + self:weight(feature[1]) * feature[2] end
  return 1 / (1 + math.exp(-sum))
end

function FtrlProximal:learn(features, label)
  local p = self:predict(features)
  for _, feature in ipairs(features) do
    local id, x = feature[1], feature[2]
    if not self.z[id] then
      self.z[id], self.n[id] = 0.0, 0.0
      self.ids[#self.ids + 1] = id
    end
    local n, g = self.n[id], (p - label) * x
    local sigma = (math.sqrt(n + g * g) - math.sqrt(n)) / self.alpha
    self.z[id], self.n[id] = self.z[id] + g - sigma * self:weight(id), n + g * g
  end
  for _, id in ipairs(self.ids) do
    local z = self.z[id]
    if math.abs(z) <= self.l1 then
      self.w[id] = 0.0
    else
      local pull = z > 0 and z - self.l1 or z + self.l1
      self.w[id] = -pull / ((self.beta + math.sqrt(self.n[id])) / self.alpha + self.l2)
    end
  end
  return p
end
]==],
    },
  },

  hints = {
    { text = "What must be stored for a feature, and what follows from it? Do you need to store a weight "
        .. "at all?", cost_min = 2 },
    { text = "Within `learn` fix the order: weights, p, then for each feature g, σ from the old n, the new "
        .. "z, the new n. Which of these use the old state?", cost_min = 3 },
    { text = "One map from feature to (z, n). `weight` reads it and treats a missing feature as (0, 0), "
        .. "`predict` sums weights, `learn` calls `predict` once and writes (z + g - σw, n + g²).",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "Why does this give exact zeros where gradient descent with an L1 term does not?",
      answer = "A gradient step lands on 0 only by chance. Here the weight is the minimum of all past "
        .. "gradients' sum plus l1 |w|, which is exactly 0 as long as the evidence |z| is at most l1." },
    { ask = "What is the role of n?",
      answer = "Each feature has a learning rate of its own, alpha / (beta + √n): a frequent feature slows "
        .. "down, a rare one keeps learning fast. One global rate would be too slow for the rare ones or "
        .. "too restless for the frequent ones." },
    { ask = "How much memory is that, and how would you shrink it?",
      answer = "Two numbers and an id for each feature. Admit a feature only after some occurrences (with "
        .. "a counting filter or by chance), hash names to a fixed table, store z and n in 16 bits with "
        .. "random rounding, and ship only the non-zero weights to the servers." },
    { ask = "Negatives are kept at a rate of 10 %. What changes?",
      answer = "Either weight each kept negative by 10, that is multiply g by it, or leave the model as "
        .. "it is and move its output: q = p / (p + (1 - p) / 0.1)." },
    { ask = "With l1 = l2 = 0, which well-known method is this?",
      answer = "Online gradient descent with rates per coordinate, alpha / (beta + √n), as in AdaGrad. "
        .. "The term σw is what makes the two the same." },
  },

  explain = [==[
**Where the formulas come from.** After t rows the weight of a feature is the minimum of

`Σ g w + ½ Σ σ (w - w_then)² + l1 |w| + ½ l2 w²`,

where the sums run over past rows, and the σ add up to `(beta + √n) / alpha` with a first part of
beta / alpha around 0. Expanding the squares, everything that depends on the past and is linear in w is
`z = Σ (g - σ w_then)`. So z and n are all that has to be remembered. Setting the derivative to 0 gives the
formula for the weight; if |z| ≤ l1 the minimum is at the kink, that is at 0.

**Why lazily.** A row without the feature adds g = 0 and σ = 0: neither z nor n changes, and so neither
does the weight. Nothing has to be done for absent features, l1 and l2 included. (An L1 penalty applied to
stored weights at each step would need a pass over all of them.)

**Order within a row.** p and all w come from the state before the row. σ comes from the old n. Then both
sums are replaced. As ids within a row differ, each update reads only its own old state.

**Cost.** A row costs its own length.

**Usual mistakes**

- *z and n mixed up*: √z for √n, or n raised before σ is taken. The model still learns, a little worse, so
  only exact numbers show it.
- *Missing - σw.* It learns too, more slowly, since a growing n pulls the weights back towards 0.
- *The sign.* z is a sum of gradients, so it is negative where clicks are; the weight has the other sign.
- *Storing weights.* They must then be renewed whenever z or n changes, and two truths can drift apart.
- *Predicting after the update* when the progressive loss is reported.
]==],
}
