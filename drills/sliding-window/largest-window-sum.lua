-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The largest sum of k neighbours. The drill is the first step to every window: from one window to
-- the next only two values change, so nothing has to be added up again and nothing to be stored.

local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

return drill {
  id = "largest-window-sum",
  title = "The best k hours of a post",
  category = "sliding-window",
  level = "easy",
  minutes = 10,
  covers = { "S02-C01", "S02-F" },
  signature = "largest_window_sum(nums: int[], k: int) -> int",

  statement = [==[
A community site keeps one number per hour for a post: its score in that hour, votes up minus votes
down. The author's page shows how well the post did in its best `k` hours in a row.

Given the scores `nums` and the length `k`, return the largest sum of `k` neighbours.

**Conventions**

- `1 ≤ k ≤ n`, where `n` is the number of hours. There is at least one.
- Exactly `k` hours are added up, neither more nor fewer, and they stand side by side.
- Scores are negative when more people voted down than up. All of them may be negative, and so may
  the answer.
- Every score lies between -10^12 and 10^12, and there are at most 10^5 of them, so every sum fits
  into 64 bits.
- The input is read-only.

**Cost.** Time must grow like `n`, whatever `k` is; half of all hours are asked for. Space beside
the input must be constant.
]==],

  examples = {
    {
      args = { { 2, 7, -3, 8, 1 }, 2 },
      result = 9,
      note = "The pairs of neighbours add up to 9, 4, 5 and 9. The 7 and the 8 would be better, "
        .. "but they are not side by side.",
    },
    {
      args = { { 4, 6, -9, 3, 2 }, 3 },
      result = 1,
      note = "The windows are 4 6 -9, then 6 -9 3 with sum 0, then -9 3 2. The two hours 4 6 alone "
        .. "are not a window of three.",
    },
    {
      args = { { -5, -2, -7 }, 2 },
      result = -7,
      note = "-5 - 2 is the least bad of the two windows.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Windows of half the log: adding each one up again costs n²/4.
    input = function(n, rand) return { random_values(n, -1000, 1000, rand), n // 2 } end,
  },

  cases = function(rand, case)
    case { name = "a single hour", args = { { 7 }, 1 } }
    case { name = "a single bad hour", catches = "starts from zero", args = { { -7 }, 1 } }
    case { name = "one window for all", args = { { 3, -1, 4, 1, 5 }, 5 } }
    case {
      name = "a longer stretch is better",
      catches = "takes a stretch of any length",
      args = { { 3, -2, 3 }, 1 },
    }
    case {
      name = "windows of one",
      catches = "the oldest hour leaves one step late",
      args = { { 3, 1, 4, 2 }, 1 },
    }
    case {
      name = "a shorter stretch in the middle is better",
      catches = "takes a stretch of any length",
      args = { { -4, 1, 9, -5, 1 }, 3 },
    }
    case {
      name = "the first hours alone are better",
      catches = "counts windows that are not full",
      args = { { 9, -5, 1, 2 }, 3 },
    }
    case {
      name = "the last window is the best",
      catches = "misses the last window",
      args = { { 1, 0, 2, 3, 5 }, 2 },
    }
    case { name = "all negative", catches = "starts from zero", args = { { -8, -3, -6, -4 }, 2 } }
    case { name = "the first window is the best", args = { { 8, 8, 1, 2, 1 }, 2 } }
    case {
      name = "ups and downs cancel",
      args = { { 5, -5, 5, -5, 5, -5 }, 4 },
    }
    case { name = "all zero", args = { { 0, 0, 0, 0 }, 3 } }
    case {
      name = "large scores",
      args = { { 1000000000000, 999999999999, -1000000000000, 1000000000000, 1000000000000 }, 2 },
    }
    for i = 1, 4 do
      local n = rand(5, 60)
      case { name = "random " .. i, args = { random_values(n, -9, 9, rand), rand(1, n) } }
    end
    case { name = "random, all negative",
           args = { random_values(40, -99, -1, rand), rand(2, 20) } }
    case { name = "2000 hours, half of them a window",
           args = { random_values(2000, -1000000, 1000000, rand), 1000 } }
    case { name = "10000 hours",
           args = { random_values(10000, -1000000000000, 1000000000000, rand), 50 } }
  end,

  compare = "exact",

  -- Adds up every window from its first hour.
  oracle = function(args)
    local nums, k = args[1], args[2]
    local sums = {}
    for first = 1, #nums - k + 1 do
      local sum = 0
      for i = first, first + k - 1 do sum = sum + nums[i] end
      sums[first] = sum
    end
    table.sort(sums)
    return sums[#sums]
  end,

  reference = {
    lua = [==[
-- One running sum. Moving the window by one hour adds the hour that enters and subtracts the one
-- that leaves.
function largest_window_sum(nums, k)
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
    python = [==[
# One running sum: each step adds the hour that enters and subtracts the one that leaves.
def largest_window_sum(nums, k):
    best = total = sum(nums[:k])
    for i in range(k, len(nums)):
        total += nums[i] - nums[i - k]
        best = max(best, total)
    return best
]==],
    cpp = [==[
// One running sum: each step adds the hour that enters and subtracts the one that leaves.
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

long long largest_window_sum(const std::vector<long long>& nums, long long k) {
  const auto width = static_cast<std::size_t>(k);
  long long sum = std::accumulate(nums.begin(), nums.begin() + k, 0LL);
  long long best = sum;
  for (std::size_t i = width; i < nums.size(); ++i) {
    sum += nums[i] - nums[i - width];
    best = std::max(best, sum);
  }
  return best;
}
]==],
  },

  wrong = {
    {
      name = "starts from zero",
      language = "lua",
      verdict = "WA",
      case = "a single bad hour",
      why = "The best sum so far begins at 0, a sum that no window has. When all windows are "
        .. "negative it is never replaced. Begin with the sum of the first window.",
      code = [==[
function largest_window_sum(nums, k)
  local best, sum = 0, 0
  for i = 1, #nums do
    sum = sum + nums[i]
    if i > k then sum = sum - nums[i - k] end
    if i >= k and sum > best then best = sum end
  end
  return best
end
]==],
    },
    {
      name = "takes a stretch of any length",
      language = "lua",
      verdict = "WA",
      case = "a longer stretch is better",
      why = "This is the best stretch of any length: the sum is dropped when it falls below zero. "
        .. "Exactly k hours are asked for.",
      code = [==[
function largest_window_sum(nums, k)
  local best, sum = nums[1], nums[1]
  for i = 2, #nums do
    sum = math.max(sum, 0) + nums[i]
    best = math.max(best, sum)
  end
  return best
end
]==],
    },
    {
      name = "counts windows that are not full",
      language = "lua",
      verdict = "WA",
      case = "the first hours alone are better",
      why = "The best sum is updated from the first hour on, when fewer than k hours have been "
        .. "added up. The first window is complete at hour k.",
      code = [==[
function largest_window_sum(nums, k)
  local best, sum = math.mininteger, 0
  for i = 1, #nums do
    sum = sum + nums[i]
    if i > k then sum = sum - nums[i - k] end
    if sum > best then best = sum end
  end
  return best
end
]==],
    },
    {
      name = "the oldest hour leaves one step late",
      language = "lua",
      verdict = "WA",
      case = "windows of one",
      why = "The window that ends at hour i begins at i - k + 1, so the hour that has just left is "
        .. "i - k. Subtracting i - k - 1 keeps k + 1 hours in the sum.",
      code = [==[
function largest_window_sum(nums, k)
  local sum = 0
  for i = 1, k do sum = sum + nums[i] end
  local best = sum
  for i = k + 1, #nums do
    sum = sum + nums[i] - (nums[i - k - 1] or 0)
    if sum > best then best = sum end
  end
  return best
end
]==],
    },
    {
      name = "misses the last window",
      language = "lua",
      verdict = "WA",
      case = "the last window is the best",
      why = "There are n - k + 1 windows, not n - k. The sum is compared before the last hour is "
        .. "taken in, and never after it.",
      code = [==[
function largest_window_sum(nums, k)
  local sum, best = 0, nil
  for i = 1, k do sum = sum + nums[i] end
  for i = k + 1, #nums do
    if not best or sum > best then best = sum end
    sum = sum + nums[i] - nums[i - k]
  end
  return best or sum
end
]==],
    },
    {
      name = "adds up every window",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each window is added up from its first hour: n·k steps, a quarter of n² for k = n/2. "
        .. "Neighbouring windows share all hours but two.",
      code = [==[
function largest_window_sum(nums, k)
  local best
  for first = 1, #nums - k + 1 do
    local sum = 0
    for i = first, first + k - 1 do sum = sum + nums[i] end
    if not best or sum > best then best = sum end
  end
  return best
end
]==],
    },
    {
      name = "stores the sums up to every hour",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "With the sums up to each hour, every window is one difference. The time is right, but "
        .. "n sums are stored where one is enough, and constant space was asked for.",
      code = [==[
function largest_window_sum(nums, k)
  local upto = { [0] = 0 }
  for i = 1, #nums do upto[i] = upto[i - 1] + nums[i] end
  local best = upto[k]
  for i = k + 1, #nums do best = math.max(best, upto[i] - upto[i - k]) end
  return best
end
]==],
    },
  },

  hints = {
    { text = "Write down two windows that begin one hour apart. Which hours do they share?",
      cost_min = 1 },
    { text = "Only one hour enters and one leaves. If you know the sum of a window, how many "
        .. "operations does the next one cost?", cost_min = 2 },
    { text = "Add up the first k hours; that is also the best so far. For each further hour i add "
        .. "nums[i], subtract nums[i - k], and compare.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "The largest mean of k hours?",
      answer = "The same window: all have the same length, so the largest sum has the largest "
        .. "mean. Divide once, at the end." },
    { ask = "At least k hours instead of exactly k?",
      answer = "Use the sums up to each hour. For each end i take the smallest of those up to "
        .. "i - k; it is kept as a running minimum. Linear, and one variable more." },
    { ask = "The scores are floats and the stream never ends. What happens to the running sum?",
      answer = "Every addition and subtraction rounds, and the errors stay. Add the window up anew "
        .. "every k steps, which costs constant time on average, or use compensated summation. "
        .. "One NaN or infinity poisons a running sum for ever, so count those apart." },
    { ask = "The scores arrive one at a time. What must be kept?",
      answer = "The last k of them, in a ring, since the value that leaves must be known; the sum; "
        .. "and the best. O(k) memory. Here the input itself serves as the ring." },
    { ask = "Which window is it?",
      answer = "Keep the end with the best sum. With > the first of several equal ones wins, with "
        .. ">= the last: ask which one is wanted." },
  },

  explain = [==[
**Invariant.** After hour `i ≥ k`, `sum` is the sum of the hours `i - k + 1 … i`, and `best` is the
largest such sum up to now.

**Why it holds.** The window that ends at `i` has the same hours as the one that ends at `i - 1`,
but for `i`, which is new, and `i - k`, which is gone. The sum is corrected by just these two. All
`n - k + 1` windows are met, each once, and every one is compared.

**Cost.** Two additions and one comparison an hour: O(n) time. Two numbers beside the input.

**Usual mistakes**

- *A best of 0.* It is a sum that nobody has measured. Begin with a real window.
- *One off.* Say which hours a window holds, `i - k + 1 … i`, then what leaves is `i - k`. Try k = 1
  and k = n: with k = 1 each hour replaces the one before, with k = n there is nothing to move.
- *Windows that are not full.* In a single loop the comparison needs `i >= k`.
- *Another problem.* Dropping the sum when it is negative finds the best stretch of any length.
- *All sums stored.* They are the tool for many different ranges; for one moving window the
  previous sum is all that is needed.
]==],
}
