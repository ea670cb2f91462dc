-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Platt scaling: a sigmoid of two parameters by Newton's method. The drill is about smoothed targets,
-- without which clean data have no solution, and about a step that must be shortened when it makes
-- things worse.

-- `n` rows whose log-odds are a line of the score.
local function week(n, slope, offset, rand)
  local scores, labels = {}, {}
  for i = 1, n do
    scores[i] = 6 * rand.float() - 3
    labels[i] = rand.float() < 1 / (1 + math.exp(-slope * scores[i] - offset)) and 1 or 0
  end
  return { scores, labels }
end

-- `n` harmless rows close together and `outliers` violations far out at 10.
local function rare_and_far(n, outliers)
  local scores, labels = {}, {}
  for i = 1, n do scores[i], labels[i] = i / 100, 0 end
  for i = n + 1, n + outliers do scores[i], labels[i] = 10.0, 1 end
  return { scores, labels }
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local guarded_newton = [==[
-- Newton's method on a convex loss in two variables. A step is halved until the loss falls by a part
-- of what its slope promises; near the end full steps are taken and the digits double.
function platt_scaling(scores, labels)
  local n, positives, spread = #scores, 0, false
  for i = 1, n do
    positives = positives + labels[i]
    spread = spread or scores[i] ~= scores[1]
  end
  if not spread then return nil end
  local high, low = (positives + 1) / (positives + 2), 1 / (n - positives + 2)

  local function loss(a, b)
    local sum = 0
    for i = 1, n do
      local u, t = a * scores[i] + b, labels[i] == 1 and high or low
      -- -t ln p - (1 - t) ln(1 - p) with p = 1 / (1 + e^u)
      sum = sum + math.max(u, 0) - (1 - t) * u + math.log(1 + math.exp(-math.abs(u)))
    end
    return sum
  end

  local a, b = 0, math.log((n - positives + 1) / (positives + 1))
  local current = loss(a, b)
  for _ = 1, 100 do
    local ga, gb, haa, hab, hbb = 0, 0, 0, 0, 0
    for i = 1, n do
      local f, t = scores[i], labels[i] == 1 and high or low
      local p = 1 / (1 + math.exp(a * f + b))
      local slope, curve = t - p, p * (1 - p)
      ga, gb = ga + f * slope, gb + slope
      haa, hab, hbb = haa + f * f * curve, hab + f * curve, hbb + curve
    end
    local determinant = haa * hbb - hab * hab
    local da = (hab * gb - hbb * ga) / determinant
    local db = (hab * ga - haa * gb) / determinant
    local descent = ga * da + gb * db
    if -descent <= 1e-13 * (1 + current) then return { a + da, b + db } end
    local step, following = 1, loss(a + da, b + db)
    while following > current + 1e-4 * step * descent and step > 1e-9 do
      step = step / 2
      following = loss(a + step * da, b + step * db)
    end
    a, b, current = a + step * da, b + step * db, following
  end
  return { a, b }
end
]==]

local function reference_with(old, new)
  local first, last = guarded_newton:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return guarded_newton:sub(1, first - 1) .. new .. guarded_newton:sub(last + 1)
end

return drill {
  id = "platt-scaling",
  title = "Two numbers that turn a score into a probability",
  category = "models",
  level = "hard",
  minutes = 35,
  covers = { "S10-C01", "S01-C03", "S01-C04" },
  signature = "platt_scaling(scores: float[], labels: int[]) -> (float, float)?",

  statement = [==[
A spam model gives every post a score, and moderators have labelled a sample: 1 for spam, 0 for the
rest. The score is to become a probability by

`p(f) = 1 / (1 + e^(A f + B))`,

where `f` is the score. Find `A` and `B`. (With this sign a good score has a negative `A`.)

To keep the parameters finite the labels are not used as they are. With `P` spam rows and `N` others,
the target of a spam row is `t = (P + 1) / (P + 2)`, and that of any other row is `t = 1 / (N + 2)`.

Return the pair `(A, B)` that makes `Σ -(t ln p + (1 - t) ln(1 - p))` over all rows as small as
possible.

**Conventions**

- Both lists have the same length `n ≥ 0`. A label is 0 or 1; the rows are in no order. One of the two
  labels may be missing altogether.
- A score lies between -10 and 10. If not all are equal, the largest is at least 0.1 above the
  smallest.
- If all scores are equal, or there is no row, the pair is not unique: return nothing (`nil`, `None`,
  an empty optional). Otherwise exactly one pair is the best.
- An error of 10^-6 in each of the two is allowed (relative to the value where that is above 1).
- Do not change the input.

**Cost.** Time and memory must grow like `n`. A few dozen passes over the rows are fine; thousands are
not.
]==],

  examples = {
    {
      args = { { 1.0, -1.0 }, { 1, 0 } },
      result = { -math.log(2), 0.0 },
      note = "The targets are 2/3 and 1/3. With A = -ln 2 the map hits both: 1 / (1 + e^(-ln 2)) = 2/3.",
    },
    {
      args = { { 0.0, 1.0, 2.0 }, { 0, 0, 0 } },
      result = { 0.0, math.log(4) },
      note = "No spam at all. Every target is 1/5, so the score does not matter: 1 / (1 + 4) = 1/5.",
    },
    {
      args = { { 3.0, 3.0 }, { 0, 1 } },
      result = nil,
      note = "Only 3A + B is determined.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    input = function(n, rand) return week(n, 1.5, -1, rand) end,
  },

  cases = function(rand, case)
    case { name = "no rows", args = { {}, {} } }
    case { name = "one row", catches = "answers where nothing is determined",
           args = { { 2.0 }, { 1 } } }
    case { name = "all scores are equal", catches = "answers where nothing is determined",
           args = { { 3.0, 3.0, 3.0 }, { 0, 1, 0 } } }
    case { name = "two rows", catches = "takes the labels for targets",
           args = { { 1.0, -1.0 }, { 1, 0 } } }
    case { name = "one of three is spam", catches = "smooths with the other class",
           args = { { 1.0, 0.0, -1.0 }, { 1, 0, 0 } } }
    case { name = "no spam", args = { { 0.0, 0.5, 1.0 }, { 0, 0, 0 } } }
    case { name = "only spam", args = { { 0.0, 0.5, 1.0 }, { 1, 1, 1 } } }
    case { name = "the score points the wrong way",
           args = { { -2.0, -1.0, 1.0, 2.0 }, { 1, 1, 0, 0 } } }
    case { name = "the score says nothing", args = { { 1.0, 1.0, 2.0, 2.0 }, { 0, 1, 0, 1 } } }
    case { name = "perfectly separable",
           args = { { -3.0, -2.0, -1.0, 1.0, 2.0, 3.0 }, { 0, 0, 0, 1, 1, 1 } } }
    case { name = "scores far from zero", catches = "walks a fixed number of small steps",
           args = { { 9.0, 9.2, 9.4, 9.6, 9.8, 10.0 }, { 0, 0, 1, 0, 1, 1 } } }
    case { name = "one violation far out", catches = "takes every step in full",
           args = rare_and_far(20, 1) }
    case { name = "two violations far out", catches = "takes every step in full",
           args = rare_and_far(50, 2) }
    case { name = "an outlier on the wrong side",
           args = { { -1.0, -0.5, 0.5, 1.0, 10.0 }, { 0, 0, 1, 1, 0 } } }
    for i = 1, 3 do
      case { name = "random " .. i, args = week(rand(10, 40), 1, 0, rand) }
    end
    for i = 1, 2 do
      case { name = "random, spam is rare " .. i, args = week(rand(20, 40), 1.5, -3, rand) }
    end
    case { name = "1500 posts", args = week(1500, 2, -1, rand) }
    case { name = "1000 harmless posts and one far out", args = rare_and_far(900, 1) }
  end,

  compare = { tolerance = 1e-6 },

  -- Nested bisection. For a fixed A the slope in B rises with B; at the best B for each A the slope
  -- in A rises with A.
  oracle = function(args)
    local scores, labels = args[1], args[2]
    local n, positives, low, high = #scores, 0, math.huge, -math.huge
    for i = 1, n do
      positives = positives + labels[i]
      low, high = math.min(low, scores[i]), math.max(high, scores[i])
    end
    if not (low < high) then return nil end
    local target = {}
    for i = 1, n do
      target[i] = labels[i] == 1 and (positives + 1) / (positives + 2) or 1 / (n - positives + 2)
    end
    local function slopes(a, b)
      local in_a, in_b = 0, 0
      for i = 1, n do
        local d = target[i] - 1 / (1 + math.exp(a * scores[i] + b))
        in_a, in_b = in_a + scores[i] * d, in_b + d
      end
      return in_a, in_b
    end
    local function best_b(a)
      local from, to = -10 * math.abs(a) - 30, 10 * math.abs(a) + 30
      for _ = 1, 54 do
        local b = (from + to) / 2
        local _, in_b = slopes(a, b)
        if in_b > 0 then to = b else from = b end
      end
      return (from + to) / 2
    end
    local from, to = -60, 60
    for _ = 1, 48 do
      local a = (from + to) / 2
      if slopes(a, best_b(a)) > 0 then to = a else from = a end
    end
    local a = (from + to) / 2
    return { a, best_b(a) }
  end,

  reference = {
    lua = guarded_newton,
    python = [==[
from math import exp, log, log1p


# Newton's method on a convex loss in two variables, with steps that are halved until the loss falls.
def platt_scaling(scores, labels):
    if len(set(scores)) < 2:
        return None
    positives = sum(labels)
    negatives = len(labels) - positives
    high, low = (positives + 1) / (positives + 2), 1 / (negatives + 2)
    rows = [(f, high if y else low) for f, y in zip(scores, labels)]

    def loss(a, b):
        total = 0.0
        for f, t in rows:
            u = a * f + b
            total += max(u, 0.0) - (1 - t) * u + log1p(exp(-abs(u)))
        return total

    a, b = 0.0, log((negatives + 1) / (positives + 1))
    current = loss(a, b)
    for _ in range(100):
        ga = gb = haa = hab = hbb = 0.0
        for f, t in rows:
            u = a * f + b
            p = 1 / (1 + exp(u)) if u < 0 else exp(-u) / (1 + exp(-u))
            slope, curve = t - p, p * (1 - p)
            ga += f * slope
            gb += slope
            haa += f * f * curve
            hab += f * curve
            hbb += curve
        determinant = haa * hbb - hab * hab
        da = (hab * gb - hbb * ga) / determinant
        db = (hab * ga - haa * gb) / determinant
        descent = ga * da + gb * db
        if -descent <= 1e-13 * (1 + current):
            return a + da, b + db
        step, following = 1.0, loss(a + da, b + db)
        while following > current + 1e-4 * step * descent and step > 1e-9:
            step /= 2
            following = loss(a + step * da, b + step * db)
        a, b, current = a + step * da, b + step * db, following
    return a, b
]==],
  },

  wrong = {
    {
      name = "takes the labels for targets",
      language = "lua",
      verdict = "WA",
      case = "two rows",
      why = "With targets 0 and 1 a score that separates the classes has no best A: the steeper the "
        .. "better, without end. What comes out is where the loop gave up. The smoothed targets can "
        .. "be reached, so the optimum is finite.",
      code = reference_with("(positives + 1) / (positives + 2), 1 / (n - positives + 2)", "1, 0"),
    },
    {
      name = "turns the sign",
      language = "lua",
      verdict = "WA",
      case = "two rows",
      why = "Fitted for 1 / (1 + e^-(A f + B)), as logistic regression is usually written. Both "
        .. "parameters come out with the other sign.",
      code = reference_with("return { a + da, b + db }", "return { -a - da, -b - db }"),
    },
    {
      name = "smooths with the other class",
      language = "lua",
      verdict = "WA",
      case = "one of three is spam",
      why = "The counts of the two classes are swapped in the targets. With as much spam as not "
        .. "nobody notices; with rare spam the many harmless rows get a target that is far too high.",
      code = reference_with("(positives + 1) / (positives + 2), 1 / (n - positives + 2)",
        "(n - positives + 1) / (n - positives + 2), 1 / (positives + 2)"),
    },
    {
      name = "takes every step in full",
      language = "lua",
      verdict = "WA",
      case = "one violation far out",
      why = "Newton's step is exact for a parabola. Far from the optimum the sigmoid is flat, the "
        .. "curvature close to 0 and the step enormous; the next place is flatter still, and the "
        .. "parameters run away. Halve the step until the loss falls.",
      code = reference_with("    while following > current + 1e-4 * step * descent and step > 1e-9 do",
        "    while false do"),
    },
    {
      name = "walks a fixed number of small steps",
      language = "lua",
      verdict = "WA",
      case = "scores far from zero",
      why = "Gradient descent. When the scores lie far from 0, A and B can nearly replace each other, "
        .. "and the valley is long and narrow: three thousand steps are not enough. The second "
        .. "derivatives know the shape of the valley, and there are only three of them.",
      code = [==[
function platt_scaling(scores, labels)
  local n, positives, spread = #scores, 0, false
  for i = 1, n do
    positives = positives + labels[i]
    spread = spread or scores[i] ~= scores[1]
  end
  if not spread then return nil end
  local high, low = (positives + 1) / (positives + 2), 1 / (n - positives + 2)
  local a, b = 0, math.log((n - positives + 1) / (positives + 1))
  for _ = 1, n > 100 and 300 or 3000 do
    local ga, gb = 0, 0
    for i = 1, n do
      local d = (labels[i] == 1 and high or low) - 1 / (1 + math.exp(a * scores[i] + b))
      ga, gb = ga + d * scores[i], gb + d
    end
    a, b = a - 0.1 * ga / n, b - 0.1 * gb / n
  end
  return { a, b }
end
]==],
    },
    {
      name = "answers where nothing is determined",
      language = "lua",
      verdict = "WA",
      case = "one row",
      why = "With equal scores the matrix of second derivatives cannot be inverted. A small number "
        .. "added to its diagonal hides that, and one of endlessly many pairs is returned as if it "
        .. "had been measured.",
      code = reference_with("if not spread then return nil end", "if n == 0 then return nil end")
        :gsub("local ga, gb, haa, hab, hbb = 0, 0, 0, 0, 0",
          "local ga, gb, haa, hab, hbb = 0, 0, 1e-12, 0, 1e-12"),
    },
    {
      name = "counts the class again for each row",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The target of a row is computed by a helper that counts the rows of its class, once for "
        .. "each row: n². The counts do not change; take them once.",
      code = reference_with("  local high, low =", [==[
  local counted = {}
  for i = 1, n do
    local alike = 0
    for j = 1, n do
      if labels[j] == labels[i] then alike = alike + 1 end
    end
    counted[i] = alike
  end
  local high, low =]==]),
    },
  },

  hints = {
    { text = "Write u = A f + B. What is the derivative of a row's loss with respect to u? It is very "
        .. "short. And the second one?", cost_min = 3 },
    { text = "The gradient has two parts, Σ f (t - p) and Σ (t - p), the second derivatives three, all "
        .. "with p (1 - p). Solve the 2 × 2 system by hand. Start at A = 0 with the B that gives the "
        .. "base rate.", cost_min = 5 },
    { text = "Before you accept a step compare the loss there with the loss here. While it has not "
        .. "fallen, halve the step. Compute the loss without an exponential that overflows, and stop "
        .. "when the promised gain is lost in rounding.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "Why these targets and not 0.99 and 0.01?",
      answer = "(P + 1) / (P + 2) is the mean of what is believed about a rate after P successes in P "
        .. "trials with a uniform prior. It goes to 1 as data come in, so the smoothing fades by "
        .. "itself." },
    { ask = "Should f be the raw score or its logit?",
      answer = "If the model already gives probabilities, the logit: then A = -1, B = 0 means leave it "
        .. "as it is, B alone moves the base rate (as after downsampling) and A alone is a "
        .. "temperature. On the probability itself the sigmoid bends in the wrong place." },
    { ask = "On which data do you fit it?",
      answer = "On rows that neither training nor tuning has seen, from after the training period, "
        .. "with the mix of production. On training rows the scores are too good and the map too "
        .. "steep." },
    { ask = "Platt or isotonic?",
      answer = "Two parameters need about a hundred positives and can only draw a sigmoid. Isotonic "
        .. "draws any rising shape and wants a thousand or more. Both keep the order, but isotonic "
        .. "makes ties." },
    { ask = "Why is the optimum unique?",
      answer = "The loss is convex, and strictly so when two scores differ, since the matrix of second "
        .. "derivatives is then positive definite. It goes to infinity in every direction as every "
        .. "target is strictly between 0 and 1. Hence one minimum." },
  },

  explain = [==[
**The derivatives.** With `u = A f + B` and `p = 1 / (1 + e^u)` the loss of a row is
`ln(1 + e^u) - (1 - t) u`. Its derivative in u is `t - p`, its second derivative `p (1 - p)`. By the
chain rule the gradient is `(Σ f (t - p), Σ (t - p))` and the matrix of second derivatives has the
entries `Σ f² p(1-p)`, `Σ f p(1-p)` and `Σ p(1-p)`.

**Why it converges.** The determinant is, up to a factor, the weighted variance of the scores, so it is
positive when two scores differ: the loss is strictly convex and Newton's direction goes downhill.
Halving the step until the loss falls by a part of what the slope promises excludes running away.
Close to the minimum full steps pass that test and the number of right digits doubles each time. Six
or seven rounds are usual, whatever n is.

**When to stop.** The promised gain of a step is half of `-(g · d)`. When it is smaller than the
rounding error of the loss, comparing losses means nothing any more; take that last step and stop.

**Cost.** One pass for the derivatives and one for each loss.

**Usual mistakes**

- *Labels as targets.* Works on noisy data and explodes on the first clean segment.
- *No brake.* Rare positives far from the rest do it: the second or third step leaves for infinity.
  Nothing in the code looks wrong.
- *ln p computed from p.* A trial step may go far; p is then 0 or 1 and its logarithm infinite, or NaN
  after a multiplication by 0.
- *A ridge for safety.* A tiny one is harmless, but it also turns the question without an answer into
  an answer. Test for equal scores first.
- *Convergence by the change of A alone.* It can be small while B still moves.
]==],
}
