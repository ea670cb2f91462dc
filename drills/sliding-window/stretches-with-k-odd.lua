-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How many stretches have exactly k odd numbers. The drill is about "exactly": a window that moves
-- forward finds one start per end, and the others lie in the gap before it.

local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

-- `n` even values.
local function evens(n)
  local nums = {}
  for i = 1, n do nums[i] = 2 * i end
  return nums
end

-- The reference. Some of the wrong answers are this text with a few words changed.
local counts_up_to_places = [==[
-- starts[c] is the number of places with c odd numbers before them. A stretch has k odd ones when
-- the counts up to its two ends differ by k.
function stretches_with_k_odd(nums, k)
  local starts, odd, total = { [0] = 1 }, 0, 0
  for i = 1, #nums do
    if nums[i] % 2 == 1 then odd = odd + 1 end
    total = total + (starts[odd - k] or 0)
    starts[odd] = (starts[odd] or 0) + 1
  end
  return total
end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(changes)
  local code = counts_up_to_places
  for _, change in ipairs(changes) do
    local begins, ends = code:find(change.old, 1, true)
    assert(begins, "the reference no longer contains: " .. change.old)
    code = code:sub(1, begins - 1) .. change.new .. code:sub(ends + 1)
  end
  return code
end

return drill {
  id = "stretches-with-k-odd",
  title = "Exactly k requests on the new ranker",
  category = "sliding-window",
  level = "medium",
  minutes = 20,
  covers = { "S02-F", "S03-C04" },
  signature = "stretches_with_k_odd(nums: int[], k: int) -> int",

  statement = [==[
A service splits its traffic by user id: odd ids are answered by the new ranker, even ids by the old
one. To compare stretches of the request log fairly, a team wants to know in how many of them the
new ranker answered exactly `k` requests.

Given the user ids `nums` of the log and `k`, return how many stretches of neighbouring requests
have exactly `k` odd ids.

**Conventions**

- A stretch has at least one request. Stretches at different places count separately, even if they
  look the same.
- Exactly `k`: not fewer, not more. With `k = 0` these are the stretches of even ids only.
- `0 ≤ k ≤ 10^9`, so `k` may be larger than the log.
- Ids are 64-bit integers. Some old accounts have negative ids: -3 is odd, -2 and 0 are even. The
  same id may occur often.
- The log may be empty; then the answer is 0. It has at most 10^5 requests, and the answer fits into
  64 bits.
- The input is read-only.

**Cost.** Time must grow like `n`, the number of requests, whatever `k` is. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { 2, 7, 4, 9 }, 1 },
      result = 6,
      note = "With the 7 alone: `2 7`, `2 7 4`, `7`, `7 4`. With the 9 alone: `4 9`, `9`.",
    },
    {
      args = { { 3, 5, 7 }, 2 },
      result = 2,
      note = "`3 5` and `5 7`.",
    },
    {
      args = { { 4, 6, 1, 8 }, 0 },
      result = 4,
      note = "`4`, `6`, `4 6` and `8`.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- One odd id at the very end: every start looks through all the even ones.
    input = function(n)
      local nums = evens(n)
      nums[n] = 1
      return { nums, 1 }
    end,
  },

  cases = function(rand, case)
    case { name = "an empty log", args = { {}, 1 } }
    case { name = "one odd id", catches = "misses the stretches from the first request",
           args = { { 5 }, 1 } }
    case { name = "one even id", catches = "counts at most k", args = { { 4 }, 1 } }
    case { name = "a negative odd id", catches = "takes negative odd numbers for even",
           args = { { -3 }, 1 } }
    case { name = "more than there are", args = { { 1, 2, 3 }, 4 } }
    case { name = "fewer odd ids than k at the start", catches = "counts at most k",
           args = { { 1, 2, 1 }, 2 } }
    case { name = "even ids before the first odd one", catches = "one start per end",
           args = { { 2, 4, 1 }, 1 } }
    case { name = "even ids behind the last odd one", catches = "forgets the tail",
           args = { { 1, 2, 4 }, 1 } }
    case { name = "even ids only, none wanted", catches = "counts the empty stretch",
           args = { { 2, 4, 6 }, 0 } }
    case { name = "odd ids between, none wanted", args = { { 2, 4, 1, 6, 3, 3, 8, 10 }, 0 } }
    case { name = "odd ids only", args = { { 1, 3, 5, 7, 9 }, 3 } }
    case { name = "gaps on both sides", args = { { 2, 2, 1, 2, 3, 2, 2, 2 }, 2 } }
    case { name = "ends of the 64-bit range",
           args = { { math.mininteger, math.maxinteger, math.mininteger + 1, -1, 0 }, 2 } }
    case { name = "k as large as it gets", args = { { 1, 1, 1, 1 }, 1000000000 } }
    for i = 1, 5 do
      case { name = "random " .. i, args = { random_values(rand(20, 60), -50, 50, rand), i - 1 } }
    end
    case { name = "10000 requests", args = { random_values(10000, 1, 1000000, rand), 30 } }
    case { name = "10000 requests, none wanted",
           args = { random_values(10000, -1000000, 1000000, rand), 0 } }
    case { name = "1000 even ids, one wanted", args = { evens(1000), 1 } }
  end,

  compare = "exact",

  -- Every stretch, counted through from its first id.
  oracle = function(args)
    local nums, k = args[1], args[2]
    local total = 0
    for first = 1, #nums do
      for last = first, #nums do
        local odd = 0
        for i = first, last do odd = odd + (nums[i] & 1) end
        if odd == k then total = total + 1 end
      end
    end
    return total
  end,

  reference = {
    lua = counts_up_to_places,
    python = [==[
# The stretches with at most k odd ids, minus those with at most k - 1: each is a window in which
# every start from `first` on is good.
def stretches_with_k_odd(nums, k):
    def at_most(limit):
        if limit < 0:
            return 0
        total = first = odd = 0
        for last, number in enumerate(nums):
            odd += number % 2
            while odd > limit:
                odd -= nums[first] % 2
                first += 1
            total += last - first + 1
        return total

    return at_most(k) - at_most(k - 1)
]==],
    cpp = [==[
// starts[c] is the number of places with c odd ids before them. A stretch has k odd ones when the
// counts up to its two ends differ by k.
#include <cstddef>
#include <vector>

long long stretches_with_k_odd(const std::vector<long long>& nums, long long k) {
  std::vector<long long> starts(nums.size() + 1);
  starts[0] = 1;
  long long odd = 0, total = 0;
  for (long long number : nums) {
    odd += number & 1;  // % 2 would give -1 for negative odd ones
    if (odd >= k) total += starts[static_cast<std::size_t>(odd - k)];
    ++starts[static_cast<std::size_t>(odd)];
  }
  return total;
}
]==],
  },

  wrong = {
    {
      name = "one start per end",
      language = "lua",
      verdict = "WA",
      case = "even ids before the first odd one",
      why = "The window holds k odd ids and is counted once per end. The even ids at its left end "
        .. "may be in or out: each gives a start of its own.",
      code = [==[
function stretches_with_k_odd(nums, k)
  local first, odd, total = 1, 0, 0
  for last = 1, #nums do
    odd = odd + (nums[last] & 1)
    while odd > k do
      odd = odd - (nums[first] & 1)
      first = first + 1
    end
    if odd == k and first <= last then total = total + 1 end
  end
  return total
end
]==],
    },
    {
      name = "forgets the tail",
      language = "lua",
      verdict = "WA",
      case = "even ids behind the last odd one",
      why = "The stretches are counted when an odd id completes them, from the gap before the "
        .. "first of them. The even ids behind the last odd one may be taken in as well.",
      code = [==[
function stretches_with_k_odd(nums, k)
  local at, total, run = { [0] = 0 }, 0, 0
  for i = 1, #nums do
    run = nums[i] & 1 == 1 and 0 or run + 1
    if k == 0 then
      total = total + run
    elseif nums[i] & 1 == 1 then
      at[#at + 1] = i
      if #at >= k then total = total + at[#at - k + 1] - at[#at - k] end
    end
  end
  return total
end
]==],
    },
    {
      name = "counts at most k",
      language = "lua",
      verdict = "WA",
      case = "one even id",
      why = "Every start in the window is counted. That gives the stretches with at most k odd "
        .. "ids; those with at most k - 1 are still to be taken away.",
      code = [==[
function stretches_with_k_odd(nums, k)
  local first, odd, total = 1, 0, 0
  for last = 1, #nums do
    odd = odd + (nums[last] & 1)
    while odd > k do
      odd = odd - (nums[first] & 1)
      first = first + 1
    end
    total = total + last - first + 1
  end
  return total
end
]==],
    },
    {
      name = "misses the stretches from the first request",
      language = "lua",
      verdict = "WA",
      case = "one odd id",
      why = "Before the first request there are 0 odd ids: this place is a start too and has to be "
        .. "entered before the walk begins.",
      code = reference_with({ { old = "{ [0] = 1 }, 0, 0", new = "{}, 0, 0" } }),
    },
    {
      name = "counts the empty stretch",
      language = "lua",
      verdict = "WA",
      case = "even ids only, none wanted",
      why = "The current place is entered before it is asked for. For k = 0 every place then finds "
        .. "itself, a stretch without requests.",
      code = reference_with({
        { old = "    total = total + (starts[odd - k] or 0)\n", new = "" },
        { old = "    starts[odd] = (starts[odd] or 0) + 1\n",
          new = "    starts[odd] = (starts[odd] or 0) + 1\n"
            .. "    total = total + (starts[odd - k] or 0)\n" },
      }),
    },
    {
      name = "takes negative odd numbers for even",
      language = "lua",
      verdict = "WA",
      case = "a negative odd id",
      why = "In C++ and with math.fmod the remainder has the sign of the number: -3 leaves -1, not "
        .. "1. Compare with 0, or look at the lowest bit.",
      code = reference_with({ { old = "nums[i] % 2 == 1", new = "math.fmod(nums[i], 2) == 1" } }),
    },
    {
      name = "follows every start",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "From every start the odd ids are counted until there are more than k. With long gaps "
        .. "between them that is n²/2 steps.",
      code = [==[
function stretches_with_k_odd(nums, k)
  local total = 0
  for first = 1, #nums do
    local odd = 0
    for last = first, #nums do
      odd = odd + (nums[last] & 1)
      if odd > k then break end
      if odd == k then total = total + 1 end
    end
  end
  return total
end
]==],
    },
    {
      name = "walks back to all starts",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The counts up to every place are stored, but for each end all earlier places are "
        .. "looked through for the right one. Only how many there are matters: keep the number per "
        .. "count.",
      code = [==[
function stretches_with_k_odd(nums, k)
  local odd, total = { [0] = 0 }, 0
  for last = 1, #nums do
    odd[last] = odd[last - 1] + (nums[last] & 1)
    for first = last - 1, 0, -1 do
      local inside = odd[last] - odd[first]
      if inside > k then break end
      if inside == k then total = total + 1 end
    end
  end
  return total
end
]==],
    },
  },

  hints = {
    { text = "Fix the last request of a stretch. Which starts are good? Are they neighbours of "
        .. "each other?", cost_min = 1 },
    { text = "They are: as many as there are even ids in a row before the k-th odd one from the "
        .. "end, plus that one. One window has only one left end. What could you count instead of "
        .. "exactly k, for which one left end is enough?", cost_min = 3 },
    { text = "Either take the stretches with at most k odd ids minus those with at most k - 1, "
        .. "each by a window that adds last - first + 1 per end. Or walk once with the number of "
        .. "odd ids so far, and for each end look up how many places had k fewer.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Which of the two ways do you prefer?",
      answer = "The counts per place: one pass, and it works for any numbers in place of 0 and 1, "
        .. "negative ones too. The two windows need constant space and work for every question of "
        .. "the form \"exactly k kinds\", where counts per place are not enough." },
    { ask = "Exactly k different ids instead of k odd ones?",
      answer = "At most k minus at most k - 1, with a map of counts in each window. Counting by "
        .. "place does not work: the number of kinds in a stretch is not a difference of two "
        .. "numbers." },
    { ask = "Between a and b odd ids?",
      answer = "At most b minus at most a - 1." },
    { ask = "The longest stretch with exactly k?",
      answer = "One window: the first place with k fewer is the best start for an end. Store the "
        .. "first place per count instead of the number of places." },
    { ask = "Is the parity of an id a good split for an experiment?",
      answer = "No. Ids are often handed out in patterns, for example by shard, and every "
        .. "experiment that uses parity gets the same users. Hash the id with a salt of the "
        .. "experiment." },
  },

  explain = [==[
**Counts up to places.** Let odd(i) be the number of odd ids among the first i. The stretch from
place j + 1 to i has odd(i) - odd(j) of them. So for each end i the starts j < i with odd(j) =
odd(i) - k are counted.

**Invariant.** Before `i` is counted, starts[c] is the number of places j < i with odd(j) = c. Place
0 is among them. Entering i only after the look-up keeps j < i, which matters for k = 0.

**Why not one window.** As j grows, odd(j) never falls, so the good starts of an end are a range.
A window has one left end and finds the border of this range, not its length. With "at most k" the
range reaches up to the end itself, and its length is known from the border. Therefore exactly k is
at most k minus at most k - 1.

**Cost.** One look-up and one entry per request: O(n) time; at most n + 1 counts.

**Usual mistakes**

- *One per end.* The even ids in front of the window are free.
- *The tail.* So are those behind it; a count at odd ids only misses them.
- *starts[0] = 1* is missing: the stretches from the first request are lost.
- *Look-up after entry*: with k = 0 each place finds itself.
- *k - 1 = -1.* At most -1 odd ids has no stretch; a window that does not expect it runs past its
  end.
- *Remainders of negative numbers* have the sign of the number in C++ and Java, not in Lua and
  Python.
]==],
}
