-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The shortest stretch whose sum reaches a target when numbers may be negative. The drill is about
-- what fails with two pointers, and which starts of a stretch may be forgotten all the same.

local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

local function ones(n)
  local nums = {}
  for i = 1, n do nums[i] = 1 end
  return nums
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local rising_sums = [==[
-- upto[i] is the sum of the first i values. `queue` holds the places i that can still be the best
-- start of a stretch (which then begins with value i + 1): ascending, and their sums rise.
function shortest_with_sum_signed(target, nums)
  local upto, queue, head, tail, best = { [0] = 0 }, { 0 }, 1, 1, nil
  for i = 1, #nums do
    upto[i] = upto[i - 1] + nums[i]
    while head <= tail and upto[i] - upto[queue[head]] >= target do
      local length = i - queue[head]
      if not best or length < best then best = length end
      head = head + 1
    end
    while head <= tail and upto[queue[tail]] >= upto[i] do
      tail = tail - 1
    end
    tail = tail + 1
    queue[tail] = i
  end
  return best or 0
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local begins, ends = rising_sums:find(old, 1, true)
  assert(begins, "the reference no longer contains: " .. old)
  return rising_sums:sub(1, begins - 1) .. new .. rising_sums:sub(ends + 1)
end

return drill {
  id = "shortest-with-sum-signed",
  title = "The fastest way to a better reputation",
  category = "sliding-window",
  level = "hard",
  minutes = 30,
  covers = { "S02-C01", "S02-F" },
  signature = "shortest_with_sum_signed(target: int, nums: int[]) -> int",

  statement = [==[
Every post changes the reputation of its author: votes up minus votes down, so a post can also cost
reputation. A trust team looks for accounts that gain very much with very few posts. For one author,
in how few posts in a row was a gain of at least `target` made?

Given `target` and the change `nums` that each post made, in order, return the length of the
shortest stretch of neighbouring posts whose sum is at least `target`, or 0 if there is none.

**Conventions**

- Changes may be positive, zero or negative, and lie between -10^9 and 10^9.
- `1 ≤ target ≤ 10^15`. A sum equal to the target reaches it. So an empty stretch never does.
- The posts must stand side by side and keep their order; what lies between them counts, gain or
  loss.
- Return the length only.
- There may be no posts at all; then the answer is 0. There are at most 10^5, so that every sum fits
  into 64 bits.
- The input is read-only.

**Cost.** Time must grow like `n`, the number of posts, or like `n log n`. Space may grow like `n`.
]==],

  examples = {
    {
      args = { 8, { 6, -5, 4, 4 } },
      result = 2,
      note = "4 + 4. All four posts together gain 9, but they are more.",
    },
    {
      args = { 9, { -5, 9, -1 } },
      result = 1,
      note = "The post with 9 is enough. With the one before or after it, it no longer is.",
    },
    {
      args = { 10, { 3, -2, 6, 2, -9 } },
      result = 0,
      note = "The best stretch is 3 - 2 + 6 + 2 = 9.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- All posts together just miss the target, and every start remains a candidate to the end.
    input = function(n) return { n + 1, ones(n) } end,
  },

  cases = function(rand, case)
    case { name = "no posts", args = { 1, {} } }
    case { name = "one post, enough", catches = "never begins with the first post",
           args = { 5, { 5 } } }
    case { name = "one post, not enough", args = { 5, { 4 } } }
    case { name = "losses only", args = { 1, { -3, -1, -2 } } }
    case { name = "all posts are needed", args = { 9, { 4, -1, 6 } } }
    case { name = "several starts become good at once", catches = "one start per post",
           args = { 5, { 2, 2, 1, 9 } } }
    case { name = "a large gain before losses", catches = "searches the length by halves",
           args = { 5, { 5, -3, -3 } } }
    case { name = "a loss before the gain", catches = "two pointers",
           args = { 9, { -5, 9 } } }
    case { name = "a dip within a stretch that is ahead", catches = "starts anew below zero",
           args = { 8, { 6, -5, 4, 4 } } }
    case { name = "a start with a large sum stays in the way", catches = "keeps every start",
           args = { 7, { 3, 2, -4, 1, 7, -3 } } }
    case { name = "the whole gain is a dip and a rise", args = { 6, { 1, -8, 2, -1, 3, 2 } } }
    case { name = "gains and losses cancel", args = { 2, { 1, -1, 1, -1, 1, -1 } } }
    case { name = "zeros between", args = { 4, { 2, 0, 0, 2, 0, -1, 3, 1 } } }
    case { name = "the shorter stretch is inside the longer", args = { 6, { 5, -2, 3, 4, -7, 6 } } }
    case { name = "large changes",
           args = { 2000000000, { -1000000000, 1000000000, 1000000000, -1000000000 } } }
    for i = 1, 5 do
      local nums = random_values(rand(5, 60), -9, 9, rand)
      case { name = "random " .. i, args = { rand(3, 25), nums } }
    end
    case { name = "random, mostly losses", args = { 12, random_values(60, -9, 6, rand) } }
    case { name = "1000 posts, all gains", args = { 1001, ones(1000) } }
    case { name = "2000 posts", args = { 2000000000, random_values(2000, -900000000, 1000000000,
           rand) } }
    case { name = "3000 posts, small changes", args = { 120, random_values(3000, -20, 22, rand) } }
  end,

  compare = "exact",

  -- Length by length, with the sum of every stretch of that length.
  oracle = function(args)
    local target, nums = args[1], args[2]
    local sums = {}
    for first = 1, #nums do sums[first] = 0 end
    for length = 1, #nums do
      for first = 1, #nums - length + 1 do
        sums[first] = sums[first] + nums[first + length - 1]
        if sums[first] >= target then return length end
      end
    end
    return 0
  end,

  reference = {
    lua = rising_sums,
    python = [==[
from collections import deque
from itertools import accumulate


# `starts` holds (sum up to it, place) of the starts that may still be the best: their sums rise.
def shortest_with_sum_signed(target, nums):
    starts = deque()
    best = len(nums) + 1
    for i, upto in enumerate(accumulate(nums, initial=0)):
        while starts and upto - starts[0][0] >= target:
            best = min(best, i - starts.popleft()[1])
        while starts and starts[-1][0] >= upto:
            starts.pop()
        starts.append((upto, i))
    return best if best <= len(nums) else 0
]==],
    cpp = [==[
// `starts` holds the starts that may still be the best, each with the sum up to it: the sums rise.
#include <algorithm>
#include <deque>
#include <vector>

long long shortest_with_sum_signed(long long target, const std::vector<long long>& nums) {
  struct Start {
    long long upto, place;
  };
  std::deque<Start> starts{{0, 0}};
  const auto n = static_cast<long long>(nums.size());
  long long upto = 0, best = n + 1;
  for (long long i = 1; i <= n; ++i) {
    upto += nums[i - 1];
    while (!starts.empty() && upto - starts.front().upto >= target) {
      best = std::min(best, i - starts.front().place);
      starts.pop_front();
    }
    while (!starts.empty() && starts.back().upto >= upto) starts.pop_back();
    starts.push_back({upto, i});
  }
  return best <= n ? best : 0;
}
]==],
  },

  wrong = {
    {
      name = "two pointers",
      language = "lua",
      verdict = "WA",
      case = "a loss before the gain",
      why = "The window shrinks only when its sum reaches the target. With negative numbers it may "
        .. "never get there, though a shorter stretch in it does: a loss at its left end holds it "
        .. "down. The rule \"more is more\" is gone, and with it the two pointers.",
      code = [==[
function shortest_with_sum_signed(target, nums)
  local first, sum, best = 1, 0, nil
  for last = 1, #nums do
    sum = sum + nums[last]
    while sum >= target do
      if not best or last - first + 1 < best then best = last - first + 1 end
      sum = sum - nums[first]
      first = first + 1
    end
  end
  return best or 0
end
]==],
    },
    {
      name = "starts anew below zero",
      language = "lua",
      verdict = "WA",
      case = "a dip within a stretch that is ahead",
      why = "Dropping the stretch when its sum falls to zero or below is right for the largest "
        .. "sum. Here the stretch may be ahead and still begin with a part that is not worth its "
        .. "length: after 6 and -5 the sum is 1, and both posts are ballast.",
      code = [==[
function shortest_with_sum_signed(target, nums)
  local first, sum, best = 1, 0, nil
  for last = 1, #nums do
    sum = sum + nums[last]
    if sum <= 0 then first, sum = last + 1, 0 end
    while sum >= target do
      if not best or last - first + 1 < best then best = last - first + 1 end
      sum = sum - nums[first]
      first = first + 1
    end
  end
  return best or 0
end
]==],
    },
    {
      name = "searches the length by halves",
      language = "lua",
      verdict = "WA",
      case = "a large gain before losses",
      why = "A binary search over the length takes for granted that longer stretches reach what "
        .. "shorter ones reach. With losses they need not.",
      code = [==[
function shortest_with_sum_signed(target, nums)
  local upto = { [0] = 0 }
  for i = 1, #nums do upto[i] = upto[i - 1] + nums[i] end
  local function some_stretch_of(length)
    for i = length, #nums do
      if upto[i] - upto[i - length] >= target then return true end
    end
    return false
  end
  local low, high = 1, #nums + 1
  while low < high do
    local middle = (low + high) // 2
    if some_stretch_of(middle) then high = middle else low = middle + 1 end
  end
  return low <= #nums and low or 0
end
]==],
    },
    {
      name = "one start per post",
      language = "lua",
      verdict = "WA",
      case = "several starts become good at once",
      why = "One large gain can make many starts good, and the last of them gives the shortest "
        .. "stretch. At the front this must be a loop.",
      code = [==[
function shortest_with_sum_signed(target, nums)
  local upto, queue, head, tail, best = { [0] = 0 }, { 0 }, 1, 1, nil
  for i = 1, #nums do
    upto[i] = upto[i - 1] + nums[i]
    if head <= tail and upto[i] - upto[queue[head]] >= target then
      local length = i - queue[head]
      if not best or length < best then best = length end
      head = head + 1
    end
    while head <= tail and upto[queue[tail]] >= upto[i] do tail = tail - 1 end
    tail = tail + 1
    queue[tail] = i
  end
  return best or 0
end
]==],
    },
    {
      name = "keeps every start",
      language = "lua",
      verdict = "WA",
      case = "a loss before the gain",
      why = "Starts are taken from the front only while they are good. Without removing those with "
        .. "a larger sum at the back, a bad one at the front hides the good ones behind it. This "
        .. "is two pointers again, with a queue for decoration.",
      code = reference_with([==[
    while head <= tail and upto[queue[tail]] >= upto[i] do
      tail = tail - 1
    end
]==], ""),
    },
    {
      name = "never begins with the first post",
      language = "lua",
      verdict = "WA",
      case = "one post, enough",
      why = "The queue begins empty, so no stretch can begin with the first post. Place 0, with "
        .. "the sum 0, is a start like any other.",
      code = reference_with("{ [0] = 0 }, { 0 }, 1, 1, nil", "{ [0] = 0 }, {}, 1, 0, nil"),
    },
    {
      name = "tries every stretch",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "n²/2 stretches are tried. Most starts are beaten by a later one with a smaller sum up "
        .. "to it: it gains more in fewer posts, whatever the end.",
      code = [==[
function shortest_with_sum_signed(target, nums)
  local best
  for first = 1, #nums do
    local sum = 0
    for last = first, #nums do
      sum = sum + nums[last]
      if sum >= target then
        if not best or last - first + 1 < best then best = last - first + 1 end
        break
      end
    end
  end
  return best or 0
end
]==],
    },
    {
      name = "walks through the candidates",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Beaten starts are removed, but for every end all that remain are looked at. When the "
        .. "sums rise all remain. They are sorted by their sums: the good ones stand at the front, "
        .. "and once measured they are never needed again.",
      code = [==[
function shortest_with_sum_signed(target, nums)
  local upto, stack, best = { [0] = 0 }, { 0 }, nil
  for i = 1, #nums do
    upto[i] = upto[i - 1] + nums[i]
    for j = #stack, 1, -1 do
      if upto[i] - upto[stack[j]] >= target then
        local length = i - stack[j]
        if not best or length < best then best = length end
        break
      end
    end
    while #stack > 0 and upto[stack[#stack]] >= upto[i] do stack[#stack] = nil end
    stack[#stack + 1] = i
  end
  return best or 0
end
]==],
    },
  },

  hints = {
    { text = "Write the sum of a stretch as a difference of two sums from the beginning: upto[end] "
        .. "- upto[start]. Two starts, and the later one has the smaller sum up to it. Is the "
        .. "earlier one ever better?", cost_min = 3 },
    { text = "Never: the later start gains more in fewer posts. So keep only starts whose sums "
        .. "rise from the oldest to the newest. If the oldest does not reach the target with the "
        .. "current end, does any other? And if it does, will you need it again?", cost_min = 4 },
    { text = "Use a double-ended queue of places. For each i: while upto[i] - upto[front] >= "
        .. "target, measure and pop the front. While upto[back] >= upto[i], pop the back. Push i. "
        .. "Begin with the place 0, whose sum is 0.", cost_min = 7 },
  },

  follow_ups = {
    { ask = "Why may the front be popped after it was measured? A later end might come.",
      answer = "A later end makes a longer stretch with the same start. The first good end is the "
        .. "best one for it." },
    { ask = "Does the order of the two loops matter?",
      answer = "Not here: with a target of at least 1, a start whose sum is >= upto[i] is not good "
        .. "for the end i, so no start is in both loops. With a target of 0 or less a start popped "
        .. "at the back might have been measured, so measure first." },
    { ask = "The longest stretch with a sum of at least the target, instead of the shortest?",
      answer = "Now early starts are better. Candidates are the places with a new lowest sum up to "
        .. "them; walk the ends from the right and take candidates from the back while they are "
        .. "good. Linear as well." },
    { ask = "The posts come as a stream that never ends. What is kept?",
      answer = "The queue. Once some length L is known, starts older than L posts can be dropped "
        .. "as well, so it has at most L entries." },
    { ask = "And if you had not seen the queue?",
      answer = "Keep the candidates in a stack with rising sums and search the last good one by "
        .. "bisection: O(n log n), which is fine here. A search tree over all sums does not help "
        .. "by itself: it finds good starts, but not the latest." },
  },

  explain = [==[
**Sums.** With `upto[i]` for the sum of the first `i` values, a stretch from value `j + 1` to value
`i` has the sum `upto[i] - upto[j]` and the length `i - j`. For each end `i` the latest `j < i` with
`upto[j] ≤ upto[i] - target` is wanted.

**Invariant.** The queue holds places in ascending order whose sums strictly rise. Every place that
is not in it either has been measured with its best end, or is beaten: a later place has a sum that
is not larger.

**Why it holds.** A beaten place `j` is never needed: for every later end the place `j'` that beats
it has a sum at least as large and a shorter length. So `i` removes what it beats, and all of that
is at the back because sums rise. For an end `i`, if the front is not good, none is, since all
others have larger sums. If it is good, `i` is the first end for which it is (otherwise it would be
gone), so this is its best length, and it can go. Popping goes on until the front is not good; the
last one popped is the latest good place in the queue.

**Cost.** Every place enters once and leaves at most once: O(n) time and space.

**Usual mistakes**

- *Two pointers.* They rest on "a longer stretch has a larger sum". One negative number ends that.
- *Starting anew below zero* solves the largest sum. For the shortest stretch a part may be above
  zero and still be ballast.
- *Binary search over the length* needs the same rule as two pointers.
- *The place 0* is missing, and stretches from the first post are never found.
- *`if` at the front.* One gain can finish several starts.
- *No removal at the back.* Then the front is not the smallest sum, and the first test that fails
  proves nothing.
]==],
}
