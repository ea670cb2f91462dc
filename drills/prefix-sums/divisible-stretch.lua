-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Is there a stretch of two or more values whose sum is a multiple of k? Two prefixes with the same
-- remainder enclose one. The drill is about remainders of negative numbers, in which languages
-- differ, and about the least length.

local function values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local first_places = [==[
-- `first[r]` says after how many values the sum had the remainder r for the first time. In Lua, %
-- with a positive k is never negative.
function divisible_stretch(nums, k)
  local first = { [0] = 0 }
  local remainder = 0
  for i, value in ipairs(nums) do
    remainder = (remainder + value) % k
    if not first[remainder] then
      first[remainder] = i
    elseif i - first[remainder] >= 2 then
      return true
    end
  end
  return false
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = first_places:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return first_places:sub(1, first - 1) .. new .. first_places:sub(last + 1)
end

return drill {
  id = "divisible-stretch",
  title = "Batches without a remainder",
  category = "prefix-sums",
  level = "medium",
  minutes = 20,
  covers = { "S03-C04" },
  signature = "divisible_stretch(nums: int[], k: int) -> bool",

  statement = [==[
A pipeline turns the events of each hour into training rows and ships them in batches of exactly
`k`. To test it, somebody looks for a stretch of neighbouring hours whose rows fill batches without
a remainder. One hour alone does not exercise the code that joins hours, so the stretch must have at
least two.

Given the numbers of rows `nums` and the batch size `k`, return whether there is a stretch of two or
more neighbouring values whose sum is divisible by `k`.

**Conventions**

- A sum is divisible by `k` if it is `m · k` for some whole number m. m may be 0 or negative: 0 and
  -k are divisible by k.
- Values may be negative, where rows were withdrawn, or zero. They lie between -10^12 and 10^12.
- `1 ≤ k ≤ 10^12`.
- The list may be empty or have one value; then the answer is `false`.
- Do not change the input.

**Cost.** Time must grow like `n`, taking an access to a hash map as constant. Space may grow like
`n`. Neither may grow with `k`.
]==],

  examples = {
    {
      args = { { 5, 2, 4, 1 }, 6 },
      result = true,
      note = "2 + 4 = 6.",
    },
    {
      args = { { 2, 6, 3 }, 6 },
      result = false,
      note = "The 6 alone would do, but a stretch has at least two values. 8, 9 and 11 are not "
        .. "divisible.",
    },
    {
      args = { { 7, -3, 3 }, 100 },
      result = true,
      note = "-3 + 3 = 0, and 0 is divisible by everything.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- All sums are positive and below k: there is no such stretch, and all must be ruled out.
    input = function(n, rand) return { values(n, 1, 1000, rand), 999999999989 } end,
  },

  cases = function(rand, case)
    case { name = "no hours", args = { {}, 3 } }
    case { name = "a multiple alone", catches = "takes a single value", args = { { 6 }, 3 } }
    case { name = "a multiple between others", catches = "takes a single value",
           args = { { 2, 6, 3 }, 6 } }
    case { name = "the stretch begins at the first hour",
           catches = "forgets the place before the first hour", args = { { 2, 4 }, 6 } }
    case { name = "two multiples side by side", catches = "keeps the last place",
           args = { { 1, 6, 6 }, 6 } }
    case { name = "from below zero to above", catches = "lets remainders be negative",
           args = { { -1, 2, 4 }, 3 } }
    case { name = "three hours together", catches = "asks neighbours only",
           args = { { 4, 1, 1, 9 }, 3 } }
    case { name = "a sum of exactly k in the middle", args = { { 1, 3, 4, 1 }, 7 } }
    case { name = "a sum of zero", args = { { 9, -5, 5 }, 100 } }
    case { name = "two zeros", args = { { 0, 0 }, 5 } }
    case { name = "one zero among others", args = { { 1, 0, 1 }, 5 } }
    case { name = "a negative multiple", args = { { -2, -5 }, 7 } }
    case { name = "negative values without one", args = { { -1, -1, -1 }, 5 } }
    case { name = "k is 1", args = { { 8, -3 }, 1 } }
    case { name = "k is 1 and there is one hour", args = { { 8 }, 1 } }
    case { name = "k is beyond every sum", args = { { 1, 2, 3, 4 }, 1000000000000 } }
    case { name = "large values",
           args = { { 1000000000000, -999999999999, 999999999998 }, 999999999999 } }
    case { name = "the whole list alone", args = { { 1, 1, 1, 1, 1 }, 5 } }
    for i = 1, 4 do
      case { name = "random " .. i, args = { values(rand(2, 8), -30, 30, rand), rand(10, 40) } }
    end
    for i = 1, 3 do
      case { name = "random, large k " .. i,
             args = { values(30, -500, 500, rand), rand(500, 2000) } }
    end
    case { name = "2000 hours, none", args = { values(2000, 1, 1000, rand), 1000000007 } }
    case { name = "2000 hours, large values",
           args = { values(2000, -1000000000000, 1000000000000, rand), 999999999989 } }
  end,

  compare = "exact",

  -- Every stretch added up by itself.
  oracle = function(args)
    local nums, k = args[1], args[2]
    for first = 1, #nums do
      local sum = nums[first]
      for last = first + 1, #nums do
        sum = sum + nums[last]
        if sum // k * k == sum then return true end
      end
    end
    return false
  end,

  reference = {
    lua = first_places,
    python = [==[
def divisible_stretch(nums, k):
    # After how many values each remainder of the sum was seen first; 0 before the first value.
    first = {0: 0}
    total = 0
    for i, value in enumerate(nums, 1):
        total += value
        if i - first.setdefault(total % k, i) >= 2:
            return True
    return False
]==],
    cpp = [==[
// After how many values each remainder of the sum was seen first; 0 before the first value. In C++
// the remainder has the sign of the dividend, so k is added to a negative one.
#include <unordered_map>
#include <vector>

bool divisible_stretch(const std::vector<long long>& nums, long long k) {
  std::unordered_map<long long, long long> first{{0, 0}};
  first.reserve(nums.size() + 1);
  long long remainder = 0, place = 0;
  for (long long value : nums) {
    ++place;
    remainder = (remainder + value) % k;
    if (remainder < 0) remainder += k;
    auto [seen, is_new] = first.try_emplace(remainder, place);
    if (!is_new && place - seen->second >= 2) return true;
  }
  return false;
}
]==],
  },

  wrong = {
    {
      name = "takes a single value",
      language = "lua",
      verdict = "WA",
      case = "a multiple alone",
      why = "A value that is itself a multiple leaves the remainder as it was, so two places next "
        .. "to each other share it. That stretch has one value: ask for a distance of two.",
      code = reference_with(">= 2", ">= 1"),
    },
    {
      name = "forgets the place before the first hour",
      language = "lua",
      verdict = "WA",
      case = "the stretch begins at the first hour",
      why = "A stretch from the first hour lies between the place before it, with sum 0, and a "
        .. "later one. Remainder 0 at place 0 must be entered at the start.",
      code = reference_with("{ [0] = 0 }", "{}"),
    },
    {
      name = "keeps the last place",
      language = "lua",
      verdict = "WA",
      case = "two multiples side by side",
      why = "When the distance is too short, the newer place is noted in place of the older. The "
        .. "next one is then one step away again, though the older was two steps away.",
      code = reference_with("    elseif i - first[remainder] >= 2 then\n      return true\n    end",
        "    elseif i - first[remainder] >= 2 then\n      return true\n    else\n"
        .. "      first[remainder] = i\n    end"),
    },
    {
      name = "lets remainders be negative",
      language = "lua",
      verdict = "WA",
      case = "from below zero to above",
      why = "math.fmod, like % in C++ and Java, gives a remainder with the sign of the sum: -1 and "
        .. "2 are the same class modulo 3 and become two keys. Lua's and Python's % give 2 for "
        .. "both. Elsewhere add k to a negative remainder.",
      code = reference_with("(remainder + value) % k", "math.fmod(remainder + value, k)"),
    },
    {
      name = "asks neighbours only",
      language = "lua",
      verdict = "WA",
      case = "three hours together",
      why = "Two is the least length, not the only one.",
      code = [==[
function divisible_stretch(nums, k)
  for i = 2, #nums do
    if (nums[i - 1] + nums[i]) % k == 0 then return true end
  end
  return false
end
]==],
    },
    {
      name = "adds up every stretch",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All n²/2 stretches are tried when there is none. A stretch is divisible exactly if "
        .. "the sums before and after it have the same remainder, so remember remainders.",
      code = [==[
function divisible_stretch(nums, k)
  for first = 1, #nums do
    local sum = nums[first]
    for last = first + 1, #nums do
      sum = sum + nums[last]
      if sum % k == 0 then return true end
    end
  end
  return false
end
]==],
    },
  },

  hints = {
    { text = "The sum of a stretch is the difference of two running totals. When is a difference "
        .. "divisible by k?", cost_min = 2 },
    { text = "When both totals leave the same remainder. So watch for a remainder that you have "
        .. "seen before. What about the length, and what about negative totals?", cost_min = 3 },
    { text = "Keep a map from remainder to the first place where it occurred, with remainder 0 at "
        .. "place 0. After each value: if the remainder is new, enter it; if it was first seen two "
        .. "or more places ago, the answer is true. Make remainders non-negative.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Can you say true at once for some inputs?",
      answer = "With 2k values or more there are at least 2k + 1 totals and only k remainders, so "
        .. "some remainder occurs three times, and the first and third of these are two apart. So "
        .. "only the first 2k values ever need to be read, and the map has at most min(n + 1, k) "
        .. "entries." },
    { ask = "How many such stretches are there?",
      answer = "Count how often each remainder occurred and add up the earlier occurrences at each "
        .. "place; for length at least two, enter each remainder one step late." },
    { ask = "Return the longest.",
      answer = "Do not stop at the first; take the largest distance to the first place of the same "
        .. "remainder, if it is two or more." },
    { ask = "k may be 0, meaning a sum of exactly 0.",
      answer = "Then totals themselves are the keys, without a remainder. Division by zero is an "
        .. "error in most languages (in Lua for integers too), so it needs a branch." },
    { ask = "Without a map from places: can one do with a set?",
      answer = "Yes: hold the previous remainder back for one step, so that the set has only "
        .. "totals that are at least two values older. Then being in the set is enough." },
  },

  explain = [==[
**Idea.** Let S(i) be the sum of the first i values. The stretch from value j + 1 to value i has the
sum S(i) - S(j), and that is divisible by k exactly if S(i) and S(j) leave the same remainder.

**Invariant.** Before value i is added, `first` holds for each remainder among S(0) … S(i-1) the
least index with it, and no stretch that ends before i answers the question.

**Length.** The stretch has i - j values. The least j with the right remainder gives the longest
stretch that ends at i; if even that is shorter than two, there is none for this end. That is why
the first place must be kept when it is too near.

**Remainders.** The classes modulo k need one name each. The remainder of a floor division, 0 … k-1,
is one; a remainder with the sign of the sum has two names for most classes.

| | -1 % 3 |
|---|---|
| Lua, Python | 2 |
| C++, Java, Go; `math.fmod` in Lua | -1 |

**Cost.** One step per value: O(n) expected time and at most min(n + 1, k) entries.

**Usual mistakes**

- *Length.* A single multiple is not enough, and two side by side are.
- *The place before the list*, remainder 0.
- *Negative remainders.* With positive values alone it never shows.
- *Testing sum == k.* Any multiple will do, and 0.
- *Only neighbours.* Two is the least length.
]==],
}
