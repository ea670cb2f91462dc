-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The k-th largest of a list, by a heap of the k best. The drill is about what a rank is when
-- values repeat, and about selections that are linear on random values and quadratic on sorted or
-- equal ones.

local function random_values(n, low, high, rand)
  local nums = {}
  for i = 1, n do nums[i] = rand(low, high) end
  return nums
end

-- Ascending values in the first half, one larger value all over the second: what is bad for a pivot
-- at the front, and what is bad for a split that puts equal values on one side.
local function rising_then_level(n, first)
  local nums = {}
  for i = 1, n do nums[i] = first + math.min(i, n // 2) end
  return nums
end

-- Quickselect on the places first…last, for wrong answers that differ in the pivot they take.
-- Equal values all go to the right of the pivot.
local function quickselect(pivot)
  return ([==[
function kth_largest(nums, k)
  local values = table.move(nums, 1, #nums, 1, {})
  local first, last = 1, #values
  while true do
    local pivot_at = PIVOT
    local pivot = values[pivot_at]
    values[pivot_at], values[last] = values[last], pivot
    local boundary = first
    for i = first, last - 1 do
      if values[i] > pivot then
        values[i], values[boundary] = values[boundary], values[i]
        boundary = boundary + 1
      end
    end
    values[last], values[boundary] = values[boundary], pivot
    if boundary == k then return pivot end
    if boundary < k then first = boundary + 1 else last = boundary - 1 end
  end
end
]==]):gsub("PIVOT", pivot)
end

return drill {
  id = "kth-largest",
  title = "The score that reaches the front page",
  category = "heaps",
  level = "easy",
  minutes = 15,
  covers = { "S02-C04", "S02-P2" },
  signature = "kth_largest(nums: int[], k: int) -> int",

  statement = [==[
The front page of a community site has room for `k` posts, and the `k` posts with the highest
scores get in. Authors ask what score it took today: that of the last post that got in.

Given the scores `nums` of all posts of the day, return the `k`-th largest of them.

**Conventions**

- Each post counts for itself. Of the scores 9, 9, 5 the first and the second largest are both 9,
  and the third is 5.
- `1 ≤ k ≤ n`, where `n` is the number of posts. There is at least one.
- Scores are whole numbers between -10^15 and 10^15. They come in any order, also sorted, and many
  may be equal.
- Do not change the input.

**Cost.** O(n log k) time or better, for every order of the scores and however many are equal. Space
may grow like `n`.
]==],

  examples = {
    {
      args = { { 40, 7, 93, 12, 55 }, 2 },
      result = 55,
      note = "The order is 93, 55, 40, 12, 7.",
    },
    {
      args = { { 9, 5, 9 }, 2 },
      result = 9,
      note = "Two posts have 9, so both places go to a 9.",
    },
    {
      args = { { -3, -8, 0, -3 }, 4 },
      result = -8,
      note = "With four places everybody gets in, and the lowest score is what it took.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    -- Small enough that a selection in C++, a few microseconds, is not drowned by fetching memory.
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n, rand) return { rising_then_level(n, rand(0, 1000)), n // 4 } end,
  },

  cases = function(rand, case)
    case { name = "one post", args = { { 17 }, 1 } }
    case { name = "the largest", catches = "counts from the bottom", args = { { 3, 8, 1, 8 }, 1 } }
    case { name = "larger than all others", catches = "counts from 0",
           args = { { 4, 8, 6, 1, 6 }, 1 } }
    case { name = "equal scores", catches = "takes equal scores for one",
           args = { { 7, 9, 9, 3, 7 }, 3 } }
    case { name = "all equal", args = { { 6, 6, 6, 6 }, 3 } }
    case { name = "below zero", catches = "fills up with zeros", args = { { -4, -9, -2, -7 }, 2 } }
    case { name = "the smallest", args = { { 8, 2, 9, 4 }, 4 } }
    case { name = "the high ones come last", catches = "keeps the first k",
           args = { { 1, 2, 3, 8, 9 }, 2 } }
    case { name = "falling", args = { { 9, 8, 7, 6, 5, 4, 3 }, 4 } }
    case { name = "rising", args = { { 3, 4, 5, 6, 7, 8, 9 }, 4 } }
    case { name = "far apart",
           args = { { 1000000000000000, -1000000000000000, 0, 999999999999999 }, 2 } }
    for i = 1, 3 do
      local n = rand(5, 60)
      case { name = "random " .. i, args = { random_values(n, -50, 50, rand), rand(1, n) } }
    end
    for i = 1, 2 do
      local n = rand(10, 60)
      case { name = "random, few different " .. i,
             args = { random_values(n, 0, 4, rand), rand(1, n) } }
    end
    case { name = "2000 scores, k = 700",
           args = { random_values(2000, -1000000, 1000000, rand), 700 } }
    case { name = "10000 scores, k = 25",
           args = { random_values(10000, -1000000, 1000000, rand), 25 } }
    case { name = "500 scores, half of them equal", args = { rising_then_level(500, 0), 100 } }
  end,

  compare = "exact",

  -- The one value of the list that fewer than k values beat and at least k reach.
  oracle = function(args)
    local nums, k = args[1], args[2]
    for _, candidate in ipairs(nums) do
      local above, reached = 0, 0
      for _, other in ipairs(nums) do
        if other > candidate then above = above + 1 end
        if other >= candidate then reached = reached + 1 end
      end
      if above < k and k <= reached then return candidate end
    end
  end,

  reference = {
    lua = [==[
-- Keeps the k largest so far in a heap whose top is the smallest of them. A score that does not
-- beat the top is done with after one comparison.
function kth_largest(nums, k)
  local heap = {}

  local function sift_down(i)
    local value = heap[i]
    while 2 * i <= k do
      local child = 2 * i
      if child < k and heap[child + 1] < heap[child] then child = child + 1 end
      if value <= heap[child] then break end
      heap[i] = heap[child]
      i = child
    end
    heap[i] = value
  end

  table.move(nums, 1, k, 1, heap)
  for i = k // 2, 1, -1 do sift_down(i) end
  for i = k + 1, #nums do
    if nums[i] > heap[1] then
      heap[1] = nums[i]
      sift_down(1)
    end
  end
  return heap[1]
end
]==],
    python = [==[
import heapq


def kth_largest(nums, k):
    # The k largest so far; the smallest of them is on top and is the one to beat.
    best = nums[:k]
    heapq.heapify(best)
    for score in nums[k:]:
        if score > best[0]:
            heapq.heapreplace(best, score)
    return best[0]
]==],
    cpp = [==[
// The k largest so far in a heap whose top is the smallest of them: the one to beat.
#include <cstddef>
#include <functional>
#include <queue>
#include <vector>

long long kth_largest(const std::vector<long long>& nums, long long k) {
  auto first_k = nums.begin() + static_cast<std::ptrdiff_t>(k);
  std::priority_queue<long long, std::vector<long long>, std::greater<>> best(nums.begin(),
                                                                              first_k);
  for (auto score = first_k; score != nums.end(); ++score) {
    if (*score <= best.top()) continue;
    best.pop();
    best.push(*score);
  }
  return best.top();
}
]==],
  },

  wrong = {
    {
      name = "counts from 0",
      language = "lua",
      verdict = "WA",
      case = "larger than all others",
      why = "In a list that begins at 0 the k-th largest stands at k - 1; in Lua it stands at k. "
        .. "Here the place after it was taken.",
      code = [==[
function kth_largest(nums, k)
  local sorted = table.move(nums, 1, #nums, 1, {})
  table.sort(sorted, function(a, b) return a > b end)
  return sorted[math.min(k + 1, #sorted)]
end
]==],
    },
    {
      name = "counts from the bottom",
      language = "lua",
      verdict = "WA",
      case = "the largest",
      why = "Sorts upwards and takes entry k, which is the k-th smallest. The k-th largest is "
        .. "entry n - k + 1.",
      code = [==[
function kth_largest(nums, k)
  local sorted = table.move(nums, 1, #nums, 1, {})
  table.sort(sorted)
  return sorted[k]
end
]==],
    },
    {
      name = "takes equal scores for one",
      language = "lua",
      verdict = "WA",
      case = "equal scores",
      why = "Equal scores are entered once, as in a set. Each post has a place of its own, so a "
        .. "score that occurs twice takes two places.",
      code = [==[
function kth_largest(nums, k)
  local seen, different = {}, {}
  for _, score in ipairs(nums) do
    if not seen[score] then different[#different + 1] = score end
    seen[score] = true
  end
  table.sort(different, function(a, b) return a > b end)
  return different[math.min(k, #different)]
end
]==],
    },
    {
      name = "fills up with zeros",
      language = "lua",
      verdict = "WA",
      case = "below zero",
      why = "The list of the best k starts with k zeros, and no negative score ever beats a zero. "
        .. "Start with the first k scores.",
      code = [==[
function kth_largest(nums, k)
  local best = {}
  for i = 1, k do best[i] = 0 end
  for _, score in ipairs(nums) do
    if score > best[k] then
      local at = k
      while at > 1 and best[at - 1] < score do
        best[at] = best[at - 1]
        at = at - 1
      end
      best[at] = score
    end
  end
  return best[k]
end
]==],
    },
    {
      name = "the pivot is always the first",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Quickselect with the first value as pivot splits off one value at a time when the "
        .. "scores are sorted, and the scores of a day often are. Take a random pivot.",
      code = quickselect("first"),
    },
    {
      name = "puts equal scores on one side",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The pivot is well chosen, but the split knows two sides only. Among many equal scores "
        .. "every split takes off a single one. Split three ways: larger, equal, smaller, and stop "
        .. "when the wanted place is among the equal ones.",
      code = quickselect("(first + last) // 2"),
    },
    {
      name = "looks for the maximum k times",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "k passes over all scores. That is fine for a front page of ten and quadratic when k "
        .. "grows with n.",
      code = [==[
function kth_largest(nums, k)
  local left = table.move(nums, 1, #nums, 1, {})
  local largest
  for _ = 1, k do
    local at = 1
    for i = 2, #left do
      if left[i] > left[at] then at = i end
    end
    largest = left[at]
    left[at] = left[#left]
    left[#left] = nil
  end
  return largest
end
]==],
    },
  },

  pitfalls = {
    ["keeps the first k"] = "The first k scores are where you start, not what stays: each later "
      .. "score that beats the smallest of them takes its place.",
  },

  hints = {
    { text = "Sorting is right and costs O(n log n). Which part of the sorted order does nobody "
        .. "ask for?", cost_min = 1 },
    { text = "Keep only the k largest scores so far. A new score needs to be compared with one of "
        .. "them. Which one?", cost_min = 2 },
    { text = "Put the first k scores into a min-heap. For each later score: if it is larger than "
        .. "the top, replace the top by it. At the end the top is the answer.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Can you do it in linear time?",
      answer = "Quickselect: split around a random pivot and go on in the part that holds place k. "
        .. "The parts shrink geometrically on average, so it is O(n) expected and O(n²) at worst. "
        .. "The median of medians as pivot makes the worst case linear; hardly anybody writes it, "
        .. "and libraries switch to another method when the splits go badly." },
    { ask = "When is the heap the better choice nevertheless?",
      answer = "When scores arrive one at a time or do not fit into memory: it holds k values and "
        .. "never needs the others again. With small k most scores cost one comparison, so it is "
        .. "near O(n) on random orders too." },
    { ask = "A max-heap of everything, popped k times?",
      answer = "O(n + k log n), because building a heap in one go is linear. It needs all values "
        .. "in memory, which the heap of k does not." },
    { ask = "The scores are spread over a hundred machines.",
      answer = "Each sends its k largest, and one machine selects among 100·k. If k is too large "
        .. "for that, search for the value: guess one, let every machine count what lies above, "
        .. "and bisect." },
  },

  explain = [==[
**Invariant.** After `i ≥ k` scores, the heap holds the `k` largest of them, counted with
repetition, and its top is the smallest of these: the `k`-th largest so far.

**Why it holds.** A new score that does not beat the top has `k` scores at least as large before it,
so it can be left out. One that does beat the top pushes the top to rank `k + 1`, so the top can go.
Equal scores need no rule: whichever of them stays, the value is the same.

**Cost.** O(k) to build the heap and at most O(log k) for each later score: O(n log k) time and O(k)
space. In random order the score at place `i` gets in with probability `k / i`, so only about
`k ln(n / k)` scores pay more than a comparison.

**Usual mistakes**

- *The heap the wrong way round.* A max-heap of size k has the best on top, the one that never goes.
- *A set instead of a list.* "k-th largest" means rank, "k-th different value" is another problem;
  ask which is meant.
- *Quickselect on friendly data only.* Try it on sorted scores and on equal ones. A random pivot
  cures the first, only a split in three parts cures the second.
- *Start values.* Zero is not smaller than all scores.
]==],
}
