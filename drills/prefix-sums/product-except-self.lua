-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The product of all values but one, for each of them: what stands before times what stands after.
-- The drill is about zeros, which division cannot undo, and about the empty product.

-- Mostly 1 and -1, so that thousands of values still have a product of 64 bits: 18 places are drawn
-- for a 2 or a 3.
local function mild_values(n, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(0, 1) * 2 - 1 end
  for _ = 1, 18 do nums[rand(1, n)] = rand(2, 3) end
  return nums
end

local function with_zeros(nums, places)
  for _, place in ipairs(places) do nums[place] = 0 end
  return nums
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local two_passes = [==[
-- One pass leaves at each place the product of what stands before it; one pass back multiplies it
-- by the product of what stands after.
function product_except_self(nums)
  local result, before = {}, 1
  for i = 1, #nums do
    result[i] = before
    before = before * nums[i]
  end
  local after = 1
  for i = #nums, 1, -1 do
    result[i] = result[i] * after
    after = after * nums[i]
  end
  return result
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = two_passes:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return two_passes:sub(1, first - 1) .. new .. two_passes:sub(last + 1)
end

return drill {
  id = "product-except-self",
  title = "The score without each factor",
  category = "prefix-sums",
  level = "medium",
  minutes = 15,
  covers = { "S03-T" },
  signature = "product_except_self(nums: int[]) -> int[]",

  statement = [==[
A ranking rule multiplies whole-number factors into the score of a post: 3 for a followed author, -1
for a topic that the reader muted, 0 for a removed post, and so on. The ablation page shows, next to
each factor, what the score would be without it.

Given the factors `nums`, return a list of the same length: at place i stands the product of all
factors except the one at place i.

**Conventions**

- There is at least one factor. The product of no factors is 1, so the answer to a single factor is
  `[1]`.
- Factors are whole numbers. Zeros, negative and equal factors are allowed, and any number of zeros.
- Equal factors at different places are different factors: each answer leaves out one place.
- Take any of the factors, few or many: their product fits a signed 64-bit integer. Most factors are
  therefore 1 or -1. The answer must be exact to the last digit.
- Do not change the input.

**Cost.** Time must grow like `n`, and so may space.
]==],

  examples = {
    {
      args = { { 2, 3, 4 } },
      result = { 12, 8, 6 },
      note = "3·4, 2·4 and 2·3.",
    },
    {
      args = { { 5, 0, -2 } },
      result = { 0, -10, 0 },
      note = "Only without the 0 is anything left.",
    },
    {
      args = { { 7 } },
      result = { 1 },
      note = "Without its only factor a product is 1.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n, rand) return { mild_values(n, rand) } end,
  },

  cases = function(rand, case)
    case { name = "two factors", catches = "multiplies itself in", args = { { 4, 9 } } }
    case { name = "a single factor", catches = "knows no empty product", args = { { 7 } } }
    case { name = "a factor that occurs twice", catches = "leaves out equal factors too",
           args = { { 6, 2, 6, 5 } } }
    case { name = "one zero", catches = "divides by zero", args = { { 3, 0, 5 } } }
    case { name = "two zeros", catches = "leaves out every zero", args = { { 2, 0, 5, 0 } } }
    case { name = "a single zero", args = { { 0 } } }
    case { name = "zeros only", args = { { 0, 0, 0 } } }
    case { name = "a zero at the start", args = { { 0, 2, -3, 4 } } }
    case { name = "a zero at the end", args = { { 2, -3, 4, 0 } } }
    case { name = "an odd number of negative factors", args = { { -1, 2, -3, -4 } } }
    do
      local threes = {}
      for i = 1, 39 do threes[i] = 3 end
      threes[40] = -2
      case { name = "a product beyond 2^53", catches = "divides as a float", args = { threes } }
    end
    case { name = "large factors",
           args = { { 1000000007, 1, 998244353, -1, 7 } } }
    for i = 1, 4 do
      local nums = {}
      for place = 1, rand(3, 30) do nums[place] = rand(1, 3) * (rand(0, 1) * 2 - 1) end
      case { name = "random " .. i, args = { nums } }
    end
    for i = 1, 3 do
      local nums = {}
      for place = 1, rand(3, 12) do nums[place] = rand(-3, 3) end
      case { name = "random with zeros " .. i, args = { nums } }
    end
    case { name = "4000 factors", args = { mild_values(4000, rand) } }
    case { name = "4000 factors and a zero",
           args = { with_zeros(mild_values(4000, rand), { rand(1, 4000) }) } }
    case { name = "4000 factors and two zeros",
           args = { with_zeros(mild_values(4000, rand), { rand(1, 2000), rand(2001, 4000) }) } }
  end,

  compare = "exact",

  -- Every product by itself.
  oracle = function(args)
    local nums, result = args[1], {}
    for left_out = 1, #nums do
      local product = 1
      for i, factor in ipairs(nums) do
        if i ~= left_out then product = product * factor end
      end
      result[left_out] = product
    end
    return result
  end,

  reference = {
    lua = two_passes,
    python = [==[
from itertools import accumulate
from operator import mul


def product_except_self(nums):
    before = accumulate(nums[:-1], mul, initial=1)
    after = list(accumulate(reversed(nums[1:]), mul, initial=1))
    return list(map(mul, before, reversed(after)))
]==],
    cpp = [==[
// One pass leaves at each place the product of what stands before it; one pass back multiplies it
// by the product of what stands after.
#include <cstddef>
#include <vector>

std::vector<long long> product_except_self(const std::vector<long long>& nums) {
  std::vector<long long> result(nums.size());
  long long before = 1, after = 1;
  for (std::size_t i = 0; i < nums.size(); ++i) {
    result[i] = before;
    before *= nums[i];
  }
  for (std::size_t i = nums.size(); i-- > 0;) {
    result[i] *= after;
    after *= nums[i];
  }
  return result;
}
]==],
  },

  wrong = {
    {
      name = "divides by zero",
      language = "lua",
      verdict = "RTE",
      case = "one zero",
      why = "The product of everything is divided by each factor. A single zero makes that product "
        .. "0 and the division fails, although the answer at the zero's place is well defined.",
      code = [==[
function product_except_self(nums)
  local total = 1
  for _, factor in ipairs(nums) do total = total * factor end
  local result = {}
  for i, factor in ipairs(nums) do result[i] = total // factor end
  return result
end
]==],
    },
    {
      name = "leaves out every zero",
      language = "lua",
      verdict = "WA",
      case = "two zeros",
      why = "Zeros are kept out of the product and a zero's place then gets the product of all "
        .. "others. That is right for one zero. With two, the other zero is still a factor: count "
        .. "them.",
      code = [==[
function product_except_self(nums)
  local total, zero_seen = 1, false
  for _, factor in ipairs(nums) do
    if factor == 0 then zero_seen = true else total = total * factor end
  end
  local result = {}
  for i, factor in ipairs(nums) do
    if factor == 0 then
      result[i] = total
    else
      result[i] = zero_seen and 0 or total // factor
    end
  end
  return result
end
]==],
    },
    {
      name = "divides as a float",
      language = "lua",
      verdict = "WA",
      case = "a product beyond 2^53",
      why = "The zeros are counted correctly, but `/` gives a double, which has 53 bits. Large "
        .. "products lose their last digits. Divide as integers, or better not at all.",
      code = [==[
function product_except_self(nums)
  local total, zeros = 1, 0
  for _, factor in ipairs(nums) do
    if factor == 0 then zeros = zeros + 1 else total = total * factor end
  end
  local result = {}
  for i, factor in ipairs(nums) do
    if zeros == 0 then
      result[i] = total / factor
    elseif zeros == 1 and factor == 0 then
      result[i] = total
    else
      result[i] = 0
    end
  end
  return result
end
]==],
    },
    {
      name = "multiplies itself in",
      language = "lua",
      verdict = "WA",
      case = "two factors",
      why = "The running product takes the factor in before it is written down, so every answer "
        .. "contains its own factor. Write first, multiply afterwards.",
      code = reference_with("    result[i] = before\n    before = before * nums[i]",
                            "    before = before * nums[i]\n    result[i] = before"),
    },
    {
      name = "leaves out equal factors too",
      language = "lua",
      verdict = "WA",
      case = "a factor that occurs twice",
      why = "The factor is told apart by its value. An equal one at another place must stay in: "
        .. "compare places.",
      code = [==[
function product_except_self(nums)
  local result = {}
  for i, own in ipairs(nums) do
    local product = 1
    for _, factor in ipairs(nums) do
      if factor ~= own then product = product * factor end
    end
    result[i] = product
  end
  return result
end
]==],
    },
    {
      name = "knows no empty product",
      language = "lua",
      verdict = "WA",
      case = "a single factor",
      why = "The first and the last place are treated apart and look at a neighbour. A single "
        .. "factor has none. A running product that begins at 1 needs no special places.",
      code = [==[
function product_except_self(nums)
  local n, upto, from = #nums, {}, {}
  for i = 1, n do upto[i] = (upto[i - 1] or 1) * nums[i] end
  for i = n, 1, -1 do from[i] = (from[i + 1] or 1) * nums[i] end
  local result = {}
  for i = 2, n - 1 do result[i] = upto[i - 1] * from[i + 1] end
  result[1] = from[2] or 0
  result[n] = upto[n - 1] or 0
  return result
end
]==],
    },
    {
      name = "multiplies everything anew",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "n products of n - 1 factors. Neighbouring answers share nearly all of their factors: "
        .. "keep the product of what stands before.",
      code = [==[
function product_except_self(nums)
  local result = {}
  for left_out = 1, #nums do
    local product = 1
    for i = 1, #nums do
      if i ~= left_out then product = product * nums[i] end
    end
    result[left_out] = product
  end
  return result
end
]==],
    },
  },

  hints = {
    { text = "Which factors belong to the answer at place i? Write them as two groups.",
      cost_min = 2 },
    { text = "The product of what stands before place i follows from the one at place i - 1 by one "
        .. "multiplication. The same holds from the other end.", cost_min = 3 },
    { text = "Begin with a running product of 1. Going forward, write it down at i, then multiply "
        .. "it by the factor at i. Going backward with a second one, multiply what was written by "
        .. "it, then take the factor at i in.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "Why not divide the product of everything by each factor?",
      answer = "It can be made to work: count the zeros. With none divide, with one only the "
        .. "zero's place is not 0, with two or more everything is 0. It needs an exact division; "
        .. "two passes need none, and work modulo a number, for matrices and for floats as well." },
    { ask = "What does it cost in space?",
      answer = "Nothing beyond the answer: one running product forward, one backward." },
    { ask = "The factors change one at a time, and one answer is asked for after each change.",
      answer = "A segment tree of products: a change and a question take O(log n). Or keep "
        .. "the product of the factors that are not 0 and the number of zeros: with exact division "
        .. "both take O(1)." },
    { ask = "The factors are probabilities, a hundred thousand of them.",
      answer = "Their product underflows to 0. Add logarithms instead; the answer at i is the sum "
        .. "without the i-th, again by two passes if one logarithm may be minus infinity, since "
        .. "inf - inf is not a number." },
  },

  explain = [==[
**Idea.** The factors other than the i-th are those before it and those after it.

**Invariant.** In the pass forward, `before` is the product of the factors 1 … i-1 when place i is
written; in the pass backward, `after` is the product of i+1 … n. Both begin at 1, the product of
nothing, so the ends need no care.

**Cost.** O(n) time; no space beyond the answer.

**Usual mistakes**

- *Dividing.* A zero destroys what the product knew of the others. One zero and two zeros are
  different cases, and both must be tested.
- *Dividing as floats.* A double is exact up to 2^53, products here go up to 2^63.
- *Taking the factor in too early.* Write the running product down first, then multiply.
- *Special ends.* They break for a list of one.
]==],
}
