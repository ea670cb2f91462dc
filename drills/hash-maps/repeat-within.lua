-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Does a value come again within k places? The drill is about a set that holds exactly the last k
-- values: who enters when, who leaves when, and what becomes of k = 0.

-- `n` values that come again after `period` places and not earlier.
local function periodic(n, period, rand)
  local offset, nums = rand(-1000, 1000), {}
  for i = 1, n do nums[i] = offset + i % period end
  return nums
end

local function random_values(n, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(0, high) end
  return nums
end

local function all_different(n, first)
  local nums = {}
  for i = 1, n do nums[i] = first + 7 * i end
  return nums
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local set_of_the_last_k = [==[
-- `recent` holds the values at the k places before the current one. None of them is there twice, or
-- the search would have ended.
function repeat_within(nums, k)
  local recent = {}
  for i, x in ipairs(nums) do
    if i - k - 1 >= 1 then recent[nums[i - k - 1]] = nil end
    if recent[x] then return true end
    recent[x] = true
  end
  return false
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = set_of_the_last_k:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return set_of_the_last_k:sub(1, first - 1) .. new .. set_of_the_last_k:sub(last + 1)
end

return drill {
  id = "repeat-within",
  title = "The same comment again",
  category = "hash-maps",
  level = "easy",
  minutes = 12,
  covers = { "S03-C04", "S02-T" },
  signature = "repeat_within(nums: int[], k: int) -> bool",

  statement = [==[
A cheap sign of spam: the same comment turns up twice within a short stretch of the stream. Each
comment has been turned into a number, equal for equal texts.

Given the numbers `nums` in the order of the stream, tell whether some number comes again at most
`k` places later: whether there are two different places `i < j` with `nums[i] = nums[j]` and
`j - i ≤ k`.

**Conventions**

- `k ≥ 0`, and it may be larger than the list. With `k = 0` the answer is always false, since two
  different places are at least 1 apart.
- The list may be empty; the answer is then false.
- The numbers lie between -10^15 and 10^15.
- Do not change the input.

**Cost.** Time must grow like `n`, whatever `k` is, taking an access to a hash map as constant.
Memory may grow with `k`, but not with the length of the list.
]==],

  examples = {
    {
      args = { { 4, 9, 2, 9, 4 }, 2 },
      result = true,
      note = "The 9 comes again two places later.",
    },
    {
      args = { { 4, 9, 2, 7, 4 }, 3 },
      result = false,
      note = "The 4 comes again, but four places later.",
    },
    {
      args = { { 5, 5 }, 0 },
      result = false,
      note = "Next to each other is one place apart.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "sqrt n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- Nothing comes again, and k is the root of n: this tells apart n from n·k in time, and k from
    -- n in memory.
    input = function(n, rand)
      return { all_different(n, rand(0, 1000)), math.floor(math.sqrt(n)) }
    end,
  },

  cases = function(rand, case)
    case { name = "no comments", args = { {}, 3 } }
    case { name = "one comment", catches = "meets itself", args = { { 8 }, 2 } }
    case { name = "the same one far away", catches = "never forgets",
           args = { { 3, 1, 2, 5, 3 }, 2 } }
    case { name = "exactly k apart", catches = "one place short", args = { { 6, 1, 2, 6 }, 3 } }
    case { name = "one more than k apart", catches = "one place too far",
           args = { { 6, 1, 2, 6 }, 2 } }
    case { name = "far away, then near", catches = "keeps the first place",
           args = { { 1, 2, 3, 1, 1 }, 1 } }
    case { name = "a k of zero", catches = "a slice of the last zero", args = { { 7, 7, 7 }, 0 } }
    case { name = "next to each other", args = { { 1, 2, 2, 3 }, 1 } }
    case { name = "k is larger than the list", args = { { 5, 1, 2, 5 }, 100 } }
    case { name = "k is larger, nothing repeats", args = { { 5, 1, 2, 4 }, 100 } }
    case { name = "at the very end", args = { { 1, 2, 3, 4, 5, 6, 4 }, 3 } }
    case { name = "zero and below", args = { { 0, -3, 3, -3 }, 2 } }
    for i = 1, 3 do
      case { name = "random " .. i, args = { random_values(rand(20, 80), 300, rand), rand(1, 9) } }
    end
    for i = 1, 2 do
      case { name = "random, always just too far " .. i,
             args = { periodic(rand(30, 90), 8, rand), 7 } }
    end
    case { name = "8000 comments, always just too far", args = { periodic(8000, 61, rand), 60 } }
    case { name = "8000 comments, all different", args = { all_different(8000, 1), 100 } }
    local near_the_end = all_different(5000, 1)
    near_the_end[4999] = near_the_end[4950]
    case { name = "5000 comments, a repeat near the end", args = { near_the_end, 49 } }
  end,

  compare = "exact",

  -- All pairs of places.
  oracle = function(args)
    local nums, k = args[1], args[2]
    for i = 1, #nums do
      for j = i + 1, #nums do
        if nums[i] == nums[j] and j - i <= k then return true end
      end
    end
    return false
  end,

  reference = {
    lua = set_of_the_last_k,
    python = [==[
def repeat_within(nums, k):
    recent = set()  # the values at the k places before i
    for i, x in enumerate(nums):
        if i > k:
            recent.discard(nums[i - k - 1])
        if x in recent:
            return True
        recent.add(x)
    return False
]==],
    cpp = [==[
// `recent` holds the values at the k places before i.
#include <cstddef>
#include <unordered_set>
#include <vector>

bool repeat_within(const std::vector<long long>& nums, long long k) {
  std::unordered_set<long long> recent;
  auto reach = static_cast<std::size_t>(k);
  for (std::size_t i = 0; i < nums.size(); ++i) {
    if (i > reach) recent.erase(nums[i - reach - 1]);
    if (!recent.insert(nums[i]).second) return true;
  }
  return false;
}
]==],
  },

  wrong = {
    {
      name = "meets itself",
      language = "lua",
      verdict = "WA",
      case = "one comment",
      why = "The value is entered before it is looked up, so it finds itself. Ask first.",
      code = reference_with("    if recent[x] then return true end\n    recent[x] = true\n",
                            "    recent[x] = true\n    if recent[x] then return true end\n"),
    },
    {
      name = "never forgets",
      language = "lua",
      verdict = "WA",
      case = "the same one far away",
      why = "The set is never trimmed, so any repeat counts, however far away.",
      code = reference_with("    if i - k - 1 >= 1 then recent[nums[i - k - 1]] = nil end\n", ""),
    },
    {
      name = "one place short",
      language = "lua",
      verdict = "WA",
      case = "exactly k apart",
      why = "The value k places back is removed before it is compared. A distance of k still "
        .. "counts.",
      code = reference_with("if i - k - 1 >= 1 then recent[nums[i - k - 1]] = nil end",
                            "if i - k >= 1 then recent[nums[i - k]] = nil end"),
    },
    {
      name = "one place too far",
      language = "lua",
      verdict = "WA",
      case = "one more than k apart",
      why = "The set still holds the value k + 1 places back when the current one is looked up.",
      code = reference_with("if i - k - 1 >= 1 then recent[nums[i - k - 1]] = nil end",
                            "if i - k - 2 >= 1 then recent[nums[i - k - 2]] = nil end"),
    },
    {
      name = "keeps the first place",
      language = "lua",
      verdict = "WA",
      case = "far away, then near",
      why = "The map remembers where a value was seen first. The nearest earlier place is the last "
        .. "one; overwrite.",
      code = [==[
function repeat_within(nums, k)
  local place = {}
  for i, x in ipairs(nums) do
    if place[x] and i - place[x] <= k then return true end
    place[x] = place[x] or i
  end
  return false
end
]==],
    },
    {
      name = "a slice of the last zero",
      language = "python",
      verdict = "WA",
      case = "a k of zero",
      why = "The last k values are taken as `nums[-k:]`. With k = 0 that is everything, since -0 "
        .. "is 0.",
      code = [==[
def repeat_within(nums, k):
    seen = []
    for x in nums:
        if x in seen[-k:]:
            return True
        seen.append(x)
    return False
]==],
    },
    {
      name = "looks back over k places",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each value is compared with the k before it: n·k steps. A set of these k answers at "
        .. "once.",
      code = [==[
function repeat_within(nums, k)
  for i = 1, #nums do
    for j = math.max(1, i - k), i - 1 do
      if nums[j] == nums[i] then return true end
    end
  end
  return false
end
]==],
    },
    {
      name = "remembers every value",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "The last place of every value ever seen is kept. That is quick and right, but a "
        .. "stream has no end. What is more than k places back can be forgotten.",
      code = [==[
function repeat_within(nums, k)
  local place = {}
  for i, x in ipairs(nums) do
    if place[x] and i - place[x] <= k then return true end
    place[x] = i
  end
  return false
end
]==],
    },
  },

  hints = {
    { text = "Stand at place i. Which earlier places matter to you, and what do you want to know "
        .. "about them?", cost_min = 1 },
    { text = "Whether the value is among the k before. Keep these in a set. When you go on by one "
        .. "place, one value enters it. Which one leaves?", cost_min = 2 },
    { text = "For each i: if i > k, remove nums[i - k - 1]; if nums[i] is in the set, the answer "
        .. "is true; add nums[i]. In this order k = 0 needs no rule of its own.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "Why is it safe to remove a value, when it may be in the window a second time?",
      answer = "If it were, the search would have ended with true when the second came in. So the "
        .. "set never stands for a value twice. Where the search goes on after a hit, keep counts, "
        .. "or last places." },
    { ask = "Within the last T seconds instead of k places?",
      answer = "A queue of (time, value) beside the set: first drop what is too old, then ask. The "
        .. "memory is what arrives in T seconds, which nobody bounds; say what happens in a "
        .. "burst." },
    { ask = "Nearly the same number: they may differ by at most t.",
      answer = "Cut the numbers into buckets of width t + 1. Equal buckets mean a hit, and "
        .. "otherwise only the two neighbouring buckets need a look. Each bucket holds one value "
        .. "at a time." },
    { ask = "And nearly the same text?",
      answer = "Hash overlapping pieces of the text and keep a few of the smallest hashes, or one "
        .. "bit vector that changes little when the text does. Look up parts of it. Then compare "
        .. "the texts, since near-equal signatures are only a hint." },
    { ask = "k is a hundred million and memory is short.",
      answer = "A Bloom filter for each of a few stretches of the stream; drop the oldest as a "
        .. "whole. It never overlooks a repeat within the kept stretches, but sometimes reports "
        .. "one that is not there." },
  },

  explain = [==[
**Invariant.** When place `i` is looked up, the set holds exactly the values at places
`i - k … i - 1`, all different.

**Why it holds.** Going from one place to the next, the window of the `k` places before gains the
place just visited and loses the one at `i - k - 1`. Since all values in it are different, removing
one by its value removes the right one. If the current value is in the set, there is a pair with a
distance of at most `k`. If it never is, there is none, since for every pair the earlier place is in
the window of the later one.

**k = 0.** The window is empty. Removing first, then asking, then adding comes out right by itself:
what was added at `i - 1` is removed at `i`.

**Cost.** Three steps a place on average: O(n) time. The set has at most `k + 1` values.

**Usual mistakes**

- *The order of the three steps.* Adding before asking finds the value itself; removing after asking
  needs another bound.
- *Off by one.* Say which places the set holds, and derive the place that leaves.
- *The first place instead of the last* in a map of places.
- *A map of all values ever seen.* It answers correctly and grows with the stream.
]==],
}
