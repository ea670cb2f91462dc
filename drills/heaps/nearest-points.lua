-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The k nearest of a set of points, exactly. The drill is about distances that are compared and
-- never needed: a root or a float makes different ones equal, 32 bits make far ones near.

-- `n` points with coordinates of up to `reach` in absolute value.
local function random_points(n, reach, rand)
  local points = {}
  for i = 1, n do points[i] = { rand(-reach, reach), rand(-reach, reach) } end
  return points
end

-- Each point nearer to the origin than the one before, so that each of them gets in.
local function coming_nearer(n)
  local points = {}
  for i = 1, n do points[i] = { n - i + 1, i % 2 == 0 and 1 or -1 } end
  return points
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local heap_of_the_best = [==[
-- The k nearest so far in a heap whose top is the farthest of them: the one that a nearer point
-- pushes out. Squares of distances are whole numbers and order the points as the distances do.
function nearest_points(points, x, y, k)
  local square = {}
  for i, point in ipairs(points) do
    local dx, dy = point[1] - x, point[2] - y
    square[i] = dx * dx + dy * dy
  end

  local function farther(i, j)
    if square[i] ~= square[j] then return square[i] > square[j] end
    return i > j
  end

  local heap, size = {}, math.min(k, #points)

  local function sift_down(at)
    while 2 * at <= size do
      local child = 2 * at
      if child < size and farther(heap[child + 1], heap[child]) then child = child + 1 end
      if farther(heap[at], heap[child]) then return end
      heap[at], heap[child] = heap[child], heap[at]
      at = child
    end
  end

  for i = 1, size do heap[i] = i end
  for at = size // 2, 1, -1 do sift_down(at) end
  for i = size + 1, #points do
    if farther(heap[1], i) then
      heap[1] = i
      sift_down(1)
    end
  end

  -- The farthest comes out first, so the answer is filled from its end.
  local result = {}
  for place = size, 1, -1 do
    result[place] = heap[1] - 1
    heap[1] = heap[size]
    size = size - 1
    sift_down(1)
  end
  return result
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = heap_of_the_best:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return heap_of_the_best:sub(1, first - 1) .. new .. heap_of_the_best:sub(last + 1)
end

return drill {
  id = "nearest-points",
  title = "Neighbours on the map of communities",
  category = "heaps",
  level = "medium",
  minutes = 20,
  covers = { "S02-C04", "S02-P2" },
  signature = "nearest_points(points: (int, int)[], x: int, y: int, k: int) -> int[]",

  statement = [==[
A site draws its communities as points on a map; similar ones lie near each other. When somebody
clicks on the map, a list shows the communities nearest to the click.

Given the `points` as pairs of coordinates, and a click at `(x, y)`, return the indices of the `k`
nearest points.

**Conventions**

- Distance is the length of the straight line between two points, on the flat map.
- The answer is a list of indices into `points`, counted from 0, the nearest first. Of two points
  that are **exactly** equally far, the one with the smaller index counts as nearer. This rule also
  decides who gets in at the end of the list.
- `k ≥ 1`. If there are fewer than `k` points, return all of them. There may be no points at all;
  the answer is then empty.
- All coordinates, also those of the click, are whole numbers between -10^9 and 10^9. The answer
  must be exact for all of them.
- Several points may lie at the same place, also at that of the click.
- Do not change the input.

**Cost.** For `n` points O(n log k + k log k) time, and no worse than O(n log n) if `k` is a good
part of `n`. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { { 5, 0 }, { 1, 1 }, { -2, 0 }, { 3, 4 } }, 0, 0, 2 },
      result = { 1, 2 },
      note = "The distances are 5, 1.41…, 2 and 5.",
    },
    {
      args = { { { 5, 0 }, { 1, 1 }, { -2, 0 }, { 3, 4 } }, 0, 0, 3 },
      result = { 1, 2, 0 },
      note = "Points 0 and 3 are both 5 away, and one place is left: the smaller index gets it.",
    },
    {
      args = { { { 0, 0 }, { 10, 10 } }, 9, 8, 5 },
      result = { 1, 0 },
      note = "Measured from the click, not from the middle of the map. There are only two points.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n) return { coming_nearer(n), 0, 0, n // 4 } end,
  },

  cases = function(rand, case)
    case { name = "no points", args = { {}, 3, 4, 2 } }
    case { name = "one point", args = { { { 7, -7 } }, 0, 0, 1 } }
    case {
      name = "nearest first",
      catches = "in the order of the indices",
      args = { { { 9, 0 }, { 4, 0 }, { 1, 0 }, { 6, 0 } }, 0, 0, 3 },
    }
    case {
      name = "fewer points than k",
      args = { { { 3, 3 }, { 0, 1 } }, 0, 0, 6 },
    }
    case {
      name = "a click away from the middle",
      catches = "measures from the origin",
      args = { { { 1, 1 }, { 20, 20 }, { 30, 30 } }, 31, 31, 2 },
    }
    case {
      name = "straight or round the corner",
      catches = "walks along the streets",
      args = { { { 0, 6 }, { 4, 4 } }, 0, 0, 1 },
    }
    case {
      name = "a tie at the end of the list",
      catches = "lets the wrong one of a tie stay",
      args = { { { 0, 5 }, { 3, 4 }, { 5, 0 }, { 1, 0 } }, 0, 0, 2 },
    }
    case { name = "four at one place",
           args = { { { 2, 2 }, { 2, 2 }, { 2, 2 }, { 2, 2 } }, 2, 2, 3 } }
    case {
      name = "far away, and farther by a hair",
      catches = "takes the root",
      args = { { { 90000000, 1 }, { 90000000, 0 } }, 0, 0, 1 },
    }
    case {
      name = "at the border of the map, and beyond by a hair",
      catches = "squares into a float",
      args = { { { 1000000000, 1 }, { 0, 1000000000 }, { -1000000000, 0 } }, 0, 0, 2 },
    }
    case {
      name = "too far for 32 bits",
      catches = "keeps distances in 32 bits",
      args = { { { 65536, 0 }, { 3, 0 }, { 46341, 0 } }, 0, 0, 2 },
    }
    case {
      name = "from corner to corner",
      args = { { { 1000000000, 1000000000 }, { 1000000000, 999999999 },
                 { -999999999, -1000000000 } }, -1000000000, -1000000000, 3 },
    }
    for i = 1, 3 do
      local n = rand(5, 50)
      case { name = "random " .. i,
             args = { random_points(n, 100, rand), rand(-50, 50), rand(-50, 50), rand(1, n) } }
    end
    for i = 1, 2 do
      local n = rand(20, 60)
      case { name = "random, many ties " .. i,
             args = { random_points(n, 3, rand), rand(-1, 1), rand(-1, 1), rand(1, n) } }
    end
    case { name = "random, all over the map",
           args = { random_points(60, 1000000000, rand), 123456789, -987654321, 25 } }
    case { name = "2000 points, k = 500", args = { random_points(2000, 5000, rand), 17, -4, 500 } }
    case { name = "5000 points, k = 10", args = { random_points(5000, 1000, rand), 250, 250, 10 } }
  end,

  compare = "exact",

  -- A point's place is the number of points before it, counted for each.
  oracle = function(args)
    local points, x, y, k = table.unpack(args)
    local function square(point)
      local dx, dy = point[1] - x, point[2] - y
      return dx * dx + dy * dy
    end
    local result = {}
    for i, point in ipairs(points) do
      local place = 1
      for j, other in ipairs(points) do
        local lead = square(point) - square(other)
        if lead > 0 or lead == 0 and j < i then place = place + 1 end
      end
      if place <= k then result[place] = i - 1 end
    end
    return result
  end,

  reference = {
    lua = heap_of_the_best,
    python = [==[
import heapq


def nearest_points(points, x, y, k):
    # nsmallest keeps a heap of k. Pairs (square, index) break ties by the index.
    squares = (((px - x) ** 2 + (py - y) ** 2, i) for i, (px, py) in enumerate(points))
    return [i for _, i in heapq.nsmallest(k, squares)]
]==],
    cpp = [==[
// Brings the k nearest to the front, which is linear on average, and sorts only those. The square
// of a distance is at most 8 * 10^18 and fits into 64 bits.
#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

std::vector<long long> nearest_points(const std::vector<std::tuple<long long, long long>>& points,
                                      long long x, long long y, long long k) {
  std::vector<std::pair<long long, long long>> near;  // (square, index)
  for (const auto& [px, py] : points) {
    long long dx = px - x, dy = py - y;
    near.emplace_back(dx * dx + dy * dy, static_cast<long long>(near.size()));
  }
  auto wanted = static_cast<std::ptrdiff_t>(std::min<long long>(k, std::ssize(near)));
  auto cut = near.begin() + wanted;
  std::nth_element(near.begin(), cut, near.end());
  std::sort(near.begin(), cut);
  std::vector<long long> result;
  for (auto it = near.begin(); it != cut; ++it) result.push_back(it->second);
  return result;
}
]==],
  },

  wrong = {
    {
      name = "in the order of the indices",
      language = "lua",
      verdict = "WA",
      case = "nearest first",
      why = "Finds the right points and returns them in the order of their indices. The nearest "
        .. "comes first.",
      code = reference_with("  return result\n", "  table.sort(result)\n  return result\n"),
    },
    {
      name = "measures from the origin",
      language = "lua",
      verdict = "WA",
      case = "a click away from the middle",
      why = "x² + y² of the point is its distance from (0, 0). Subtract the click's coordinates "
        .. "first.",
      code = reference_with("point[1] - x, point[2] - y", "point[1], point[2]"),
    },
    {
      name = "walks along the streets",
      language = "lua",
      verdict = "WA",
      case = "straight or round the corner",
      why = "|dx| + |dy| is the length of a walk along streets. It orders the points differently: "
        .. "(4, 4) is nearer than (0, 6), though the walk is longer.",
      code = reference_with("dx * dx + dy * dy", "math.abs(dx) + math.abs(dy)"),
    },
    {
      name = "lets the wrong one of a tie stay",
      language = "lua",
      verdict = "WA",
      case = "a tie at the end of the list",
      why = "Compares distances alone. Which of several equally far points stays in the heap is "
        .. "then an accident of its shape. The index belongs to the comparison.",
      code = [==[
function nearest_points(points, x, y, k)
  local function square(i)
    local dx, dy = points[i][1] - x, points[i][2] - y
    return dx * dx + dy * dy
  end
  local kept, wanted = {}, math.min(k, #points)
  for i = #points, 1, -1 do
    local at = #kept + 1
    while at > 1 and square(kept[at - 1]) > square(i) do at = at - 1 end
    table.insert(kept, at, i)
    if #kept > wanted then table.remove(kept) end
  end
  table.sort(kept, function(i, j)
    if square(i) ~= square(j) then return square(i) < square(j) end
    return i < j
  end)
  for place, i in ipairs(kept) do kept[place] = i - 1 end
  return kept
end
]==],
    },
    {
      name = "takes the root",
      language = "lua",
      verdict = "WA",
      case = "far away, and farther by a hair",
      why = "The roots of two large neighbours round to the same float, and the farther point wins "
        .. "by its index. Nobody asked for the distance itself: compare the squares.",
      code = reference_with("dx * dx + dy * dy", "math.sqrt(dx * dx + dy * dy)"),
    },
    {
      name = "squares into a float",
      language = "lua",
      verdict = "WA",
      case = "at the border of the map, and beyond by a hair",
      why = "dx^2 is a float in Lua. Above 2^53 a float no longer holds every whole number, so "
        .. "10^18 and 10^18 + 1 become equal. Multiply integers instead.",
      code = reference_with("dx * dx + dy * dy", "dx ^ 2 + dy ^ 2"),
    },
    {
      name = "keeps distances in 32 bits",
      language = "cpp",
      verdict = "WA",
      case = "too far for 32 bits",
      why = "The square of 65536 is 2^32, which a 32-bit int holds as 0: far points become the "
        .. "nearest. Coordinates that fit into an int have squares that do not.",
      code = [==[
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

std::vector<long long> nearest_points(const std::vector<std::tuple<long long, long long>>& points,
                                      long long x, long long y, long long k) {
  std::vector<std::pair<int, long long>> near;
  for (const auto& [px, py] : points) {
    long long dx = px - x, dy = py - y;
    near.emplace_back(static_cast<int>(dx * dx + dy * dy), static_cast<long long>(near.size()));
  }
  std::sort(near.begin(), near.end());
  std::vector<long long> result;
  for (const auto& one : near) {
    if (static_cast<long long>(result.size()) < k) result.push_back(one.second);
  }
  return result;
}
]==],
    },
    {
      name = "looks for the nearest k times",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each place of the answer costs a pass over all points: k·n steps, quadratic when k is "
        .. "a good part of n.",
      code = [==[
function nearest_points(points, x, y, k)
  local square, taken, result = {}, {}, {}
  for i, point in ipairs(points) do
    local dx, dy = point[1] - x, point[2] - y
    square[i] = dx * dx + dy * dy
  end
  for place = 1, math.min(k, #points) do
    local best
    for i = 1, #points do
      if not taken[i] and (not best or square[i] < square[best]) then best = i end
    end
    taken[best] = true
    result[place] = best - 1
  end
  return result
end
]==],
    },
    {
      name = "inserts into a sorted list of k",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The k nearest so far are kept in order, and a point that gets in shifts all that are "
        .. "farther. When each point is nearer than the last, that is k steps for each. A heap "
        .. "needs log k.",
      code = [==[
function nearest_points(points, x, y, k)
  local kept = {}
  for i, point in ipairs(points) do
    local dx, dy = point[1] - x, point[2] - y
    local entry = { dx * dx + dy * dy, i - 1 }
    local low, high = 1, #kept + 1
    while low < high do
      local middle = (low + high) // 2
      if kept[middle][1] <= entry[1] then low = middle + 1 else high = middle end
    end
    if low <= k then table.insert(kept, low, entry) end
    if #kept > k then table.remove(kept) end
  end
  local result = {}
  for place, entry in ipairs(kept) do result[place] = entry[2] end
  return result
end
]==],
    },
  },

  hints = {
    { text = "Do you need the distance, or only something that orders the points the same way and "
        .. "stays a whole number?", cost_min = 2 },
    { text = "Keep the k nearest so far. A new point must beat only one of them: the farthest. "
        .. "What does \"farther\" mean when two are equally far?", cost_min = 3 },
    { text = "A max-heap of pairs (square of the distance, index), at most k of them. A pair "
        .. "smaller than the top replaces it. At the end pop everything and fill the answer from "
        .. "its end, or sort the k pairs.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "The same points are asked again and again, for many clicks.",
      answer = "Then prepare them: a grid of cells or a k-d tree. A query visits the cells or "
        .. "branches nearest to the click and stops when the next one is farther than the worst "
        .. "of its heap. On average that is O(log n + k)." },
    { ask = "The points have 300 dimensions: embeddings of communities.",
      answer = "Trees then visit nearly everything. A scan with a heap of k is exact, fast with "
        .. "vector instructions, and good up to about a million; beyond, use an approximate index "
        .. "(inverted lists, graphs) and measure its recall against this very scan." },
    { ask = "Is the root never needed?",
      answer = "Only to show the distance to somebody. The root rises with its argument, so the "
        .. "order is the same; in floats it merges neighbours above about 2^52." },
    { ask = "And if the coordinates use all 64 bits?",
      answer = "Differences then need 65 bits and squares 130. Use wider integers where there are "
        .. "some, or compare in floats first and exactly only when the floats are close." },
    { ask = "Why a heap of k and not one of all points?",
      answer = "It holds k entries, works on a stream, and turns most points away with one "
        .. "comparison. A heap of all is O(n + k log n) and holds all." },
  },

  explain = [==[
**Invariant.** After `i ≥ k` points, the heap holds the `k` first of them in the order "smaller
square, then smaller index", and its top is the last of these.

**Why it holds.** The order is total: no two points have the same index. A point behind the top has
`k` points before it and is out for good. A point before the top pushes the top to place `k + 1`, so
the top goes. Since the root rises with its argument, squares order the points as distances do.

**Exactness.** Differences are at most 2·10^9, squares 4·10^18, and the sum 8·10^18, below 2^63. So
everything is exact in 64-bit integers. Floats have 53 bits: beyond 9·10^15 neighbouring sums merge,
and their roots do so already from about 4.5·10^15.

**Cost.** O(n log k) to choose and O(k log k) to put in order. Selecting the k first in place
(quickselect) is O(n) on average, and the k log k remain.

**Usual mistakes**

- *The root, or `^` in Lua.* Both make floats of whole numbers.
- *32 bits.* Squares need twice the bits of their roots.
- *Ties.* The index belongs into the comparison; what a heap or an unstable sort does with equal
  keys is an accident.
- *Forgetting the click.* Tests that click at the origin do not see it.
]==],
}
