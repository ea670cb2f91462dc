-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The drill that hostile submissions are judged by: small enough to be right in ten lines, with
-- cases of every kind that a judge must not be fooled at (two of the same shape with different
-- answers, a large one, growth).

local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

return drill {
  id = "probe",
  title = "Largest sum of k neighbours",
  category = "hostile",
  level = "easy",
  minutes = 10,
  covers = {},
  signature = "solve(nums: int[], k: int) -> int",

  statement = [==[
The largest sum of `k` neighbouring elements of `nums`, with `1 ≤ k ≤ n`. Time must grow like `n`,
whatever `k` is, and no memory is needed beyond the input.
]==],

  examples = {
    { args = { { 4, -1, 2, 7, -3, 5 }, 2 }, result = 9, note = "2 + 7." },
    { args = { { -4, -1, -6 }, 1 }, result = -1, note = "All sums may be negative." },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 256, 512, 1024, 2048 },
    input = function(n, rand) return { random_values(n, -1000, 1000, rand), n // 2 } end,
  },

  cases = function(rand, case)
    case { name = "one element", args = { { 5 }, 1 } }
    case { name = "six elements", args = { { 1, 9, -2, 4, 4, 3 }, 2 } }
    case { name = "six others", args = { { 1, 2, -9, 4, 1, 3 }, 2 } }
    case { name = "all negative", catches = "starts from zero", args = { { -5, -2, -8, -4, -9, -7 }, 3 } }
    case { name = "the whole list", args = { { 3, -1, 4, -1, 5 }, 5 } }
    case { name = "the last window", args = { { 0, 0, 1, 2, 3, 4 }, 3 } }
    case { name = "large numbers", args = { { 1 << 40, -(1 << 40), 1 << 41, 1 << 41 }, 2 } }
    case { name = "two hundred", args = { random_values(200, -50, 50, rand), 17 } }
    case { name = "two thousand", args = { random_values(2000, -1000, 1000, rand), 400 } }
    case { name = "two hundred thousand",
           args = { random_values(200000, -1000000, 1000000, rand), 100000 } }
  end,

  compare = "exact",

  oracle = function(args)
    local nums, k = args[1], args[2]
    local best
    for first = 1, #nums - k + 1 do
      local sum = 0
      for i = first, first + k - 1 do sum = sum + nums[i] end
      if not best or sum > best then best = sum end
    end
    return best
  end,

  reference = {
    lua = [==[
function solve(nums, k)
  local sum = 0
  for i = 1, k do sum = sum + nums[i] end
  local best = sum
  for i = k + 1, #nums do
    sum = sum + nums[i] - nums[i - k]
    if sum > best then best = sum end
  end
  return best
end
]==],
  },

  wrong = {
    {
      name = "starts from zero",
      verdict = "WA",
      case = "all negative",
      why = "The best sum so far begins at 0, so a list of negative numbers answers 0.",
      code = [==[
function solve(nums, k)
  local sum, best = 0, 0
  for i = 1, #nums do
    sum = sum + nums[i] - (i > k and nums[i - k] or 0)
    if i >= k and sum > best then best = sum end
  end
  return best
end
]==],
    },
    {
      name = "sums every window again",
      verdict = "TLE",
      why = "Each window is summed from its beginning: n·k steps.",
      code = [==[
function solve(nums, k)
  local best = math.mininteger
  for first = 1, #nums - k + 1 do
    local sum = 0
    for i = first, first + k - 1 do sum = sum + nums[i] end
    best = math.max(best, sum)
  end
  return best
end
]==],
    },
    {
      name = "keeps every sum",
      verdict = "MLE",
      reason = "growth",
      why = "All window sums are collected and searched at the end; one number is enough.",
      code = [==[
function solve(nums, k)
  local sum, sums = 0, {}
  for i = 1, #nums do
    sum = sum + nums[i] - (i > k and nums[i - k] or 0)
    if i >= k then sums[#sums + 1] = sum end
  end
  local best = sums[1]
  for i = 2, #sums do best = math.max(best, sums[i]) end
  return best
end
]==],
    },
  },

  hints = { { text = "Two neighbouring windows differ by two elements.", cost_min = 2 } },
  follow_ups = { { ask = "And the window itself?", answer = "Keep its end beside the best sum." } },
  explain = [==[
The sum of the window that ends at `i` is the one before plus `nums[i]` minus `nums[i - k]`.
]==],
}
