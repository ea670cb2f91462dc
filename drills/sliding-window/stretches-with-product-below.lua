-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How many stretches have a product below a limit. The drill is about counting all starts of an end
-- at once, and about what a running product cannot do: divide by zero, or grow without bound.

local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

-- `n` values, the given ones over and over.
local function in_turn(n, values)
  local nums = {}
  for i = 1, n do nums[i] = values[(i - 1) % #values + 1] end
  return nums
end

-- The reference. Some of the wrong answers are this text with a few words changed.
local window_behind_the_last_zero = [==[
-- For each end: the starts up to the last zero are all good, and behind it the good ones are a
-- window from `first` on, whose product is kept.
function stretches_with_product_below(nums, limit)
  if limit == 0 then return 0 end
  local total, last_zero, first, product = 0, 0, 1, 1
  for i = 1, #nums do
    if nums[i] == 0 then
      last_zero, first, product = i, i + 1, 1
    else
      product = product * nums[i]
      while first <= i and product >= limit do
        product = product // nums[first]
        first = first + 1
      end
    end
    total = total + last_zero + (i - first + 1)
  end
  return total
end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(changes)
  local code = window_behind_the_last_zero
  for _, change in ipairs(changes) do
    local begins, ends = code:find(change.old, 1, true)
    assert(begins, "the reference no longer contains: " .. change.old)
    code = code:sub(1, begins - 1) .. change.new .. code:sub(ends + 1)
  end
  return code
end

return drill {
  id = "stretches-with-product-below",
  title = "Fan-out within bounds",
  category = "sliding-window",
  level = "medium",
  minutes = 25,
  covers = { "S02-F" },
  signature = "stretches_with_product_below(nums: int[], limit: int) -> int",

  statement = [==[
A notification pipeline is a chain of steps. Step `i` makes `nums[i]` messages out of every message
that it gets: 1 passes it on, 5 sends it to five devices, 0 filters it out. A stretch of steps
multiplies: two steps with 5 and 3 make 15 messages of one. A team wants to move some neighbouring
steps into one service, which must make fewer than `limit` messages of one.

Given the factors `nums` and `limit`, return how many stretches of neighbouring steps have a product
less than `limit`.

**Conventions**

- A stretch has at least one step. Stretches at different places count separately, even if they look
  the same.
- Less than: a product equal to `limit` is too much.
- Factors lie between 0 and 10^9. A stretch with a zero in it has the product 0.
- `0 ≤ limit ≤ 10^9`. No product is less than 0, so for `limit = 0` the answer is 0.
- There may be no steps at all; then the answer is 0. There are at most 10^5. Products of many
  factors do not fit into 64 bits; the answer does.
- The input is read-only.

**Cost.** Time must grow like `n`, the number of steps, whatever `limit` is. Space may grow like
`n`.
]==],

  examples = {
    {
      args = { { 2, 5, 3, 1 }, 10 },
      result = 5,
      note = "The four single steps, and 3·1. The products 2·5 and 5·3 are 10 or more, and so is "
        .. "all that contains them.",
    },
    {
      args = { { 4, 0, 6 }, 5 },
      result = 5,
      note = "All stretches but the single 6: what contains the 0 has the product 0.",
    },
    {
      args = { { 1, 1, 1 }, 1 },
      result = 0,
      note = "All products are 1, which is not less than 1.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- Steps that pass everything on: every stretch is good.
    input = function(n) return { in_turn(n, { 1 }), 2 } end,
  },

  cases = function(rand, case)
    case { name = "no steps", args = { {}, 10 } }
    case { name = "one step, below", args = { { 4 }, 5 } }
    case { name = "one step, equal", catches = "lets the limit pass", args = { { 5 }, 5 } }
    case { name = "a limit of one", catches = "runs past the end", args = { { 1, 1, 1 }, 1 } }
    case { name = "several starts for one end", catches = "counts one stretch per end",
           args = { { 1, 2, 1 }, 9 } }
    case { name = "before a zero", catches = "forgets the starts before a zero",
           args = { { 3, 3, 0 }, 10 } }
    case { name = "behind a zero", catches = "a zero hides what follows",
           args = { { 0, 5, 9 }, 10 } }
    case { name = "a limit of zero", args = { { 0, 1, 0 }, 0 } }
    case { name = "zeros and a limit of one", args = { { 0, 3, 0, 1 }, 1 } }
    case { name = "only zeros", args = { { 0, 0, 0, 0 }, 7 } }
    case { name = "a large step in the middle", args = { { 2, 3, 100, 2, 3 }, 50 } }
    case { name = "one step pushes several out", args = { { 1, 2, 2, 2, 40, 1 }, 60 } }
    case { name = "the product leaves 64 bits", catches = "lets the product overflow",
           args = { in_turn(6, { 65536 }), 1000 } }
    case { name = "the limit is hit exactly, often", catches = "adds logarithms",
           args = { in_turn(60, { 2, 3, 5, 7 }), 210 } }
    case { name = "large factors", catches = "adds logarithms",
           args = { { 1000000000, 1, 999999999, 1, 1, 1000000000, 999999999 }, 1000000000 } }
    for i = 1, 4 do
      case { name = "random " .. i,
             args = { random_values(rand(20, 60), 1, 9, rand), rand(2, 300) } }
    end
    for i = 1, 2 do
      case { name = "random with zeros " .. i,
             args = { random_values(rand(20, 60), 0, 5, rand), rand(1, 100) } }
    end
    case { name = "10000 steps", args = { random_values(10000, 1, 100, rand), 1000000000 } }
    case { name = "10000 steps, with zeros", args = { random_values(10000, 0, 40, rand), 100000 } }
    case { name = "1500 steps that pass all on", args = { in_turn(1500, { 1 }), 2 } }
  end,

  compare = "exact",

  -- Every stretch, with a product that stops growing at the limit unless a zero comes.
  oracle = function(args)
    local nums, limit = args[1], args[2]
    local total = 0
    for first = 1, #nums do
      for last = first, #nums do
        local product = 1
        for i = first, last do
          product = nums[i] == 0 and 0 or math.min(product * nums[i], 1000000000)
        end
        if product < limit then total = total + 1 end
      end
    end
    return total
  end,

  reference = {
    lua = window_behind_the_last_zero,
    python = [==[
# For each end: the starts up to the last zero are all good, and behind it the good ones are a
# window from `first` on, whose product is kept.
def stretches_with_product_below(nums, limit):
    if limit == 0:
        return 0
    total = zeros = first = 0  # `zeros` starts lie at or before the last zero
    product = 1
    for i, factor in enumerate(nums):
        if factor == 0:
            zeros = first = i + 1
            product = 1
        else:
            product *= factor
            while first <= i and product >= limit:
                product //= nums[first]
                first += 1
        total += zeros + i - first + 1
    return total
]==],
  },

  pitfalls = {
    ["adds logarithms"] = "Sums of logarithms do not overflow, but they round. Where the product "
      .. "equals the limit, the sum may fall on either side of it.",
  },

  wrong = {
    {
      name = "lets the limit pass",
      language = "lua",
      verdict = "WA",
      case = "one step, equal",
      why = "A product equal to the limit is counted. It must be less.",
      code = reference_with({
        { old = "product >= limit", new = "product > limit" },
      }),
    },
    {
      name = "runs past the end",
      language = "lua",
      verdict = "RTE",
      case = "a limit of one",
      why = "With a limit of 1 the product of no factors, 1, is already too much, and the loop "
        .. "goes on when the window is empty. Stop it there, or answer such limits first.",
      code = reference_with({ { old = "while first <= i and product", new = "while product" } }),
    },
    {
      name = "counts one stretch per end",
      language = "lua",
      verdict = "WA",
      case = "several starts for one end",
      why = "The longest good stretch is counted for every end. All shorter ones with the same end "
        .. "are good too: with a window of w steps that makes w.",
      code = reference_with({
        { old = "total = total + last_zero + (i - first + 1)",
          new = "if i >= first or last_zero > 0 then total = total + 1 end" },
      }),
    },
    {
      name = "a zero hides what follows",
      language = "lua",
      verdict = "WA",
      case = "behind a zero",
      why = "Once a zero is in the product it stays 0, whatever follows, and the window never "
        .. "shrinks again. A product with a zero cannot be divided back: begin anew behind the "
        .. "zero.",
      code = reference_with({
        { old = "    if nums[i] == 0 then\n      last_zero, first, product = i, i + 1, 1\n    else\n",
          new = "    do\n" },
      }),
    },
    {
      name = "forgets the starts before a zero",
      language = "lua",
      verdict = "WA",
      case = "before a zero",
      why = "The window begins anew behind a zero, which is right, but every stretch that contains "
        .. "the zero has the product 0 and is good as well.",
      code = reference_with({
        { old = "total = total + last_zero + (i - first + 1)",
          new = "total = total + (nums[i] == 0 and 1 or i - first + 1)" },
      }),
    },
    {
      name = "lets the product overflow",
      language = "lua",
      verdict = "WA",
      case = "the product leaves 64 bits",
      why = "The product is multiplied on after it has passed the limit. In 64 bits four factors "
        .. "of 65536 make 0, which is below every limit. Stop at the limit: from there on a "
        .. "product without zeros never falls.",
      code = [==[
function stretches_with_product_below(nums, limit)
  local total = 0
  for first = 1, #nums do
    local product = 1
    for last = first, #nums do
      product = product * nums[last]
      if product < limit then total = total + 1 end
    end
  end
  return total
end
]==],
    },
    {
      name = "follows every start",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "From every start the product is built again until it reaches the limit. With many "
        .. "ones it never does, and that is n²/2 steps.",
      code = [==[
function stretches_with_product_below(nums, limit)
  local next_zero, total = {}, 0
  local zero = #nums + 1
  for i = #nums, 1, -1 do
    if nums[i] == 0 then zero = i end
    next_zero[i] = zero
  end
  if limit == 0 then return 0 end
  for first = 1, #nums do
    local product, last = 1, first
    while last < next_zero[first] do
      product = product * nums[last]
      if product >= limit then break end
      last = last + 1
    end
    total = total + (last - first) + (#nums - next_zero[first] + 1)
  end
  return total
end
]==],
    },
  },

  hints = {
    { text = "Forget the zeros at first. If a stretch is good, which stretches with the same end "
        .. "are good for sure? So how many are there for one end?", cost_min = 2 },
    { text = "As many as the longest good one has steps. Its start only moves to the right: "
        .. "multiply the new factor in, divide old ones out. What must not be divided by, and what "
        .. "happens with a limit of 1?", cost_min = 4 },
    { text = "At a zero begin the window anew behind it. For every end from then on, all starts up "
        .. "to the last zero are good too, since they give 0: add that number to the length of the "
        .. "window. Answer a limit of 0 at once, and never shrink an empty window.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "How large does the running product become?",
      answer = "Before a factor comes in it is below the limit, so after it below 10^9 · 10^9: it "
        .. "fits. With larger factors compare by division instead: product is at least limit / "
        .. "factor, rounded up." },
    { ask = "Factors are real numbers, and some are between 0 and 1.",
      answer = "Then a longer stretch may have a smaller product, and the window is wrong. Take "
        .. "logarithms: the question becomes how many pairs of sums up to a place differ by less "
        .. "than a bound, which a tree that counts answers in O(n log n). Zeros stay apart, as "
        .. "here." },
    { ask = "Negative factors?",
      answer = "A negative product is below every positive limit: count these stretches by the "
        .. "parity of negative factors up to each place. For the others run the window on the "
        .. "sizes, and count only the starts in it with the same parity as the end. Still "
        .. "linear." },
    { ask = "The shortest stretch with a product of at least the limit?",
      answer = "The same window, measured while it is too large. A zero empties it." },
  },

  explain = [==[
**One end at a time.** Fix the end `i`. A start is good when the product from there to `i` is less
than the limit. Starts at or before the last zero give 0, so all of them are good (the limit is
positive). Behind the last zero all factors are at least 1, so the product does not grow when the
start moves to the right: the good starts are `first … i` for some `first`, perhaps none.

**Invariant.** After step `i`, `product` is the product of `first … i`, below the limit or of an
empty window, and `first` is the smallest good start behind the last zero.

**Why it holds.** A start that was bad for `i - 1` is bad for `i`. So `first` only moves to the
right, and a loop finds the new one. No factor behind the last zero is 0, so the division is exact.

**Cost.** Each factor is multiplied in once and divided out at most once: O(n) time, constant space.

**Usual mistakes**

- *A limit of 1 or 0.* The empty product is 1. The loop must end at an empty window.
- *Zeros.* They cannot be divided out, and what contains one counts.
- *One per end.* A good stretch of w steps stands for w good stretches with its end.
- *Overflow.* A product that is multiplied on beyond the limit wraps around; Python's does not, but
  becomes slow.
- *Logarithms* make an exact question a rounded one.
]==],
}
