-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- From which cells does water reach both of two borders? Going backwards from the borders answers
-- it for all cells at once. The drill is about turning the question round, and about level ground.

local function random_heights(rows, columns, most, rand)
  local heights = {}
  for r = 1, rows do
    heights[r] = {}
    for c = 1, columns do heights[r][c] = rand(0, most) end
  end
  return heights
end

-- Level ground, half of it open to the borders and half within a rim: from the inner cells a search
-- walks through the whole basin and finds no way out.
local function plain_and_basin(rows, columns)
  local heights, middle = {}, rows // 2
  for r = 1, rows do
    heights[r] = {}
    for c = 1, columns do
      local rim = r == middle or r == rows or r > middle and (c == 1 or c == columns)
      heights[r][c] = rim and 9 or 3
    end
  end
  return heights
end

-- Rises towards the middle, so that every cell has a short way out.
local function hill(rows, columns)
  local heights = {}
  for r = 1, rows do
    heights[r] = {}
    for c = 1, columns do
      heights[r][c] = math.min(r, rows + 1 - r) + math.min(c, columns + 1 - c)
    end
  end
  return heights
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local uphill_from_the_borders = [==[
-- Two searches that go uphill, one from each pair of borders; the answer is what both have visited.
-- Cells are numbered row by row within a frame that lies lower than everything.
function reach_both_borders(heights)
  local rows, columns = #heights, #heights[1]
  local width = columns + 1
  local height = {}
  for cell = 1, (rows + 2) * width do height[cell] = -1 end
  for r = 1, rows do
    for c = 1, columns do height[r * width + c] = heights[r][c] end
  end

  local function climb_from(first_row, first_column)
    local seen, stack = {}, {}
    for cell = 1, #height do seen[cell] = false end
    local function visit(cell)
      if not seen[cell] then
        seen[cell] = true
        stack[#stack + 1] = cell
      end
    end
    for c = 1, columns do visit(first_row * width + c) end
    for r = 1, rows do visit(r * width + first_column) end
    local steps = { 1, -1, width, -width }
    while #stack > 0 do
      local cell = table.remove(stack)
      for k = 1, 4 do
        local near = cell + steps[k]
        if height[near] >= height[cell] then visit(near) end
      end
    end
    return seen
  end

  local upper_left, lower_right = climb_from(1, 1), climb_from(rows, columns)
  local both = {}
  for r = 1, rows do
    for c = 1, columns do
      local cell = r * width + c
      if upper_left[cell] and lower_right[cell] then both[#both + 1] = { r - 1, c - 1 } end
    end
  end
  return both
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = uphill_from_the_borders:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return uphill_from_the_borders:sub(1, first - 1) .. new .. uphill_from_the_borders:sub(last + 1)
end

return drill {
  id = "reach-both-borders",
  title = "Rain between two seas",
  category = "grids",
  level = "medium",
  minutes = 25,
  covers = { "S03-C05" },
  signature = "reach_both_borders(heights: int[][]) -> (int, int)[]",

  statement = [==[
A rectangular island is divided into cells, each with a height. One sea lies along its upper and its
left border, another along its lower and its right border. Rain that falls on a cell flows to
neighbouring cells that are as high or lower, and from a cell on a border into the sea there. From
which cells can rain reach both seas?

Given the heights, return all such cells as pairs `(row, column)`.

**Conventions**

- Rows and columns are counted from 0, from the upper left.
- Neighbours are above, below, left and right. Water flows to a neighbour of **equal or lower**
  height, and on from there, along any way.
- A cell in the first row or the first column touches the first sea; one in the last row or the last
  column touches the second. A cell may touch both, such as the upper right and the lower left
  corner.
- The order of the pairs is yours; each cell appears once.
- There is at least one row and one column, and all rows have the same length. The island need not
  be square. `0 ≤ height ≤ 10^9`.
- Do not change the input.

**Cost.** O(R·C) time and space for R rows and C columns, also where much of the island is level.
]==],

  examples = {
    {
      args = { { { 1, 2, 3 }, { 2, 4, 2 }, { 3, 2, 1 } } },
      result = { { 0, 2 }, { 1, 1 }, { 2, 0 } },
      note = "Two corners touch both seas. From the 4 water flows up to the first sea and down to "
        .. "the second.",
    },
    {
      args = { { { 7, 7 }, { 7, 7 } } },
      result = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } },
      note = "On level ground water gets everywhere.",
    },
    {
      args = { { { 5, 1, 4 } } },
      result = { { 0, 0 }, { 0, 1 }, { 0, 2 } },
      note = "A single row is the first row and the last, so each cell touches both seas.",
    },
  },

  limits = { time_ms = 2000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1024, 2048, 4096, 8192 },
    input = function(n) return { plain_and_basin(n // 32, 32) } end,
  },

  cases = function(rand, case)
    case { name = "one cell", catches = "counts from 1", args = { { { 4 } } } }
    case { name = "one column", args = { { { 2 }, { 9 }, { 1 } } } }
    case { name = "a hollow in the middle", catches = "climbs in the wrong direction",
           args = { { { 1, 3, 4 }, { 2, 0, 6 }, { 5, 7, 8 } } } }
    case { name = "a summit in the middle", catches = "one set of marks for both seas",
           args = { { { 1, 2, 1 }, { 2, 9, 2 }, { 1, 2, 1 } } } }
    case { name = "level ground", catches = "flows to lower cells only",
           args = { { { 3, 3, 3 }, { 3, 3, 3 }, { 3, 3, 3 } } } }
    case { name = "a way that winds up again", catches = "looks up and left only",
           args = { { { 9, 9, 1, 9, 9 }, { 9, 7, 2, 9, 9 }, { 9, 6, 9, 9, 9 }, { 9, 5, 4, 3, 9 },
                      { 9, 9, 9, 2, 1 } } } }
    case { name = "ways that turn twice", catches = "looks along rows and columns",
           args = { { { 1, 1, 8, 1 }, { 1, 6, 9, 8 }, { 8, 5, 5, 4 }, { 1, 8, 8, 3 } } } }
    case { name = "wider than high", args = { { { 1, 3, 2, 4, 1, 5 }, { 2, 2, 6, 1, 3, 2 } } } }
    case { name = "higher than wide",
           args = { { { 1, 5 }, { 4, 2 }, { 3, 3 }, { 2, 6 }, { 1, 1 } } } }
    case { name = "a terrace at half height",
           args = { { { 1, 1, 1, 1 }, { 1, 4, 4, 1 }, { 1, 4, 4, 1 }, { 1, 1, 1, 1 } } } }
    case { name = "a rim around level ground",
           args = { { { 8, 8, 8, 8, 8 }, { 8, 2, 2, 2, 8 }, { 8, 2, 2, 2, 8 },
                      { 8, 8, 8, 8, 8 } } } }
    case { name = "corners only",
           args = { { { 1, 2, 3, 9 }, { 2, 1, 1, 3 }, { 9, 3, 2, 1 } } } }
    for i = 1, 4 do
      case { name = "random " .. i,
             args = { random_heights(rand(2, 10), rand(2, 10), 1 + 3 * i, rand) } }
    end
    case { name = "random, nearly level", args = { random_heights(10, 12, 1, rand) } }
    case { name = "50 x 70", args = { random_heights(50, 70, 6, rand) } }
    case { name = "60 x 60, a hill", args = { hill(60, 60) } }
  end,

  compare = "unordered",

  -- Follows the water from every cell.
  oracle = function(args)
    local heights, both = args[1], {}
    local rows, columns = #heights, #heights[1]
    for r = 1, rows do
      for c = 1, columns do
        local first, second, seen, queue = false, false, {}, { { r, c } }
        seen[r * 1000 + c] = true
        for _, at in ipairs(queue) do
          local row, column = at[1], at[2]
          first = first or row == 1 or column == 1
          second = second or row == rows or column == columns
          for _, near in ipairs({ { row + 1, column }, { row - 1, column }, { row, column + 1 },
                                  { row, column - 1 } }) do
            local height = heights[near[1]] and heights[near[1]][near[2]]
            local id = near[1] * 1000 + near[2]
            if height and height <= heights[row][column] and not seen[id] then
              seen[id] = true
              queue[#queue + 1] = near
            end
          end
        end
        if first and second then both[#both + 1] = { r - 1, c - 1 } end
      end
    end
    return both
  end,

  reference = {
    lua = uphill_from_the_borders,
    python = [==[
def reach_both_borders(heights):
    rows, columns = len(heights), len(heights[0])
    height = {(r, c): h for r, row in enumerate(heights) for c, h in enumerate(row)}

    def climb_from(first_row, first_column):
        seen = {(first_row, c) for c in range(columns)} | {(r, first_column) for r in range(rows)}
        stack = list(seen)
        while stack:
            r, c = stack.pop()
            for near in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
                if near not in seen and height.get(near, -1) >= height[r, c]:
                    seen.add(near)
                    stack.append(near)
        return seen

    return list(climb_from(0, 0) & climb_from(rows - 1, columns - 1))
]==],
    cpp = [==[
// Two searches that go uphill, one from each pair of borders; the answer is what both have visited.
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

using Grid = std::vector<std::vector<long long>>;

namespace {

std::vector<std::vector<char>> climb_from(const Grid& heights, int first_row, int first_column) {
  const int rows = static_cast<int>(heights.size()), columns = static_cast<int>(heights[0].size());
  std::vector<std::vector<char>> seen(heights.size(), std::vector<char>(heights[0].size(), 0));
  std::vector<std::pair<int, int>> stack;
  auto visit = [&](int r, int c) {
    if (seen[r][c]) return;
    seen[r][c] = 1;
    stack.emplace_back(r, c);
  };
  for (int c = 0; c < columns; ++c) visit(first_row, c);
  for (int r = 0; r < rows; ++r) visit(r, first_column);
  while (!stack.empty()) {
    const auto [r, c] = stack.back();
    stack.pop_back();
    const std::array<std::pair<int, int>, 4> near = {
        {{r + 1, c}, {r - 1, c}, {r, c + 1}, {r, c - 1}}};
    for (const auto& [nr, nc] : near) {
      const bool inside = 0 <= nr && nr < rows && 0 <= nc && nc < columns;
      if (inside && heights[nr][nc] >= heights[r][c]) visit(nr, nc);
    }
  }
  return seen;
}

}  // namespace

std::vector<std::pair<long long, long long>> reach_both_borders(const Grid& heights) {
  const int rows = static_cast<int>(heights.size()), columns = static_cast<int>(heights[0].size());
  const auto upper_left = climb_from(heights, 0, 0);
  const auto lower_right = climb_from(heights, rows - 1, columns - 1);
  std::vector<std::pair<long long, long long>> both;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c)
      if (upper_left[r][c] && lower_right[r][c]) both.emplace_back(r, c);
  return both;
}
]==],
  },

  wrong = {
    {
      name = "counts from 1",
      language = "lua",
      verdict = "WA",
      case = "one cell",
      why = "Lua's tables begin at 1, the rows and columns of this drill at 0.",
      code = reference_with("{ r - 1, c - 1 }", "{ r, c }"),
    },
    {
      name = "flows to lower cells only",
      language = "lua",
      verdict = "WA",
      case = "level ground",
      why = "Cells of equal height are taken for a barrier. Water flows on over level ground: `>=` "
        .. "on the way up.",
      code = reference_with("if height[near] >= height[cell] then",
                            "if height[near] > height[cell] then"),
    },
    {
      name = "climbs in the wrong direction",
      language = "lua",
      verdict = "WA",
      case = "a hollow in the middle",
      why = "The search starts at the borders but goes downhill, as the water does. Backwards from "
        .. "the sea the way leads up: to cells that are as high or higher.",
      code = reference_with("if height[near] >= height[cell] then",
                            "if height[near] >= 0 and height[near] <= height[cell] then"),
    },
    {
      name = "one set of marks for both seas",
      language = "lua",
      verdict = "WA",
      case = "a summit in the middle",
      why = "The second search stops at cells that the first has marked, so it does not get past "
        .. "them. Each sea needs marks of its own.",
      code = [==[
function reach_both_borders(heights)
  local rows, columns = #heights, #heights[1]
  local sea, both = {}, {}
  for r = 0, rows + 1 do sea[r] = {} end
  local function climb(r, c, which, from)
    local height = heights[r] and heights[r][c]
    if not height or height < from or sea[r][c] == which then return end
    if sea[r][c] then
      if sea[r][c] ~= "both" then both[#both + 1] = { r - 1, c - 1 } end
      sea[r][c] = "both"
      return
    end
    sea[r][c] = which
    climb(r + 1, c, which, height)
    climb(r - 1, c, which, height)
    climb(r, c + 1, which, height)
    climb(r, c - 1, which, height)
  end
  for c = 1, columns do climb(1, c, 1, 0) end
  for r = 1, rows do climb(r, 1, 1, 0) end
  for c = 1, columns do climb(rows, c, 2, 0) end
  for r = 1, rows do climb(r, columns, 2, 0) end
  return both
end
]==],
    },
    {
      name = "looks up and left only",
      language = "lua",
      verdict = "WA",
      case = "a way that winds up again",
      why = "One pass from the upper left asks the cells above and to the left, one pass from the "
        .. "lower right the others. Water also takes ways that wind, and one pass does not see "
        .. "them.",
      code = [==[
function reach_both_borders(heights)
  local rows, columns = #heights, #heights[1]
  local function sweep(first_row, last_row, first_column, last_column, step)
    local out = {}
    for r = first_row - step, last_row + step, step do out[r] = {} end
    for r = first_row, last_row, step do
      for c = first_column, last_column, step do
        local height = heights[r][c]
        out[r][c] = r == first_row or c == first_column
          or (out[r - step][c] and heights[r - step][c] <= height)
          or (out[r][c - step] and heights[r][c - step] <= height)
      end
    end
    return out
  end
  local first = sweep(1, rows, 1, columns, 1)
  local second = sweep(rows, 1, columns, 1, -1)
  local both = {}
  for r = 1, rows do
    for c = 1, columns do
      if first[r][c] and second[r][c] then both[#both + 1] = { r - 1, c - 1 } end
    end
  end
  return both
end
]==],
    },
    {
      name = "follows the water from each cell",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "One search per cell, each through all the level ground in reach: (R·C)². Cells share "
        .. "their ways. Go backwards from the borders and every cell is visited twice in all.",
      code = [==[
function reach_both_borders(heights)
  local rows, columns = #heights, #heights[1]
  local width = columns + 1
  local height = {}
  for cell = 1, (rows + 2) * width do height[cell] = math.huge end
  for r = 1, rows do
    for c = 1, columns do height[r * width + c] = heights[r][c] end
  end
  local steps = { 1, -1, width, -width }

  local function drains_to_both(start)
    local first, second = false, false
    local seen, stack = { [start] = true }, { start }
    while #stack > 0 and not (first and second) do
      local cell = table.remove(stack)
      local r, c = cell // width, cell % width
      first = first or r == 1 or c == 1
      second = second or r == rows or c == columns
      for k = 1, 4 do
        local near = cell + steps[k]
        if height[near] <= height[cell] and not seen[near] then
          seen[near] = true
          stack[#stack + 1] = near
        end
      end
    end
    return first and second
  end

  local both = {}
  for r = 1, rows do
    for c = 1, columns do
      if drains_to_both(r * width + c) then both[#both + 1] = { r - 1, c - 1 } end
    end
  end
  return both
end
]==],
    },
  },

  pitfalls = {
    ["looks along rows and columns"] = "Only straight ways to the borders are tried. Water may "
      .. "turn as often as it likes.",
  },

  hints = {
    { text = "Following the water from each cell repeats the same ways over and over. From where "
        .. "would one search serve many cells?", cost_min = 3 },
    { text = "Go backwards: start at the cells that touch a sea and go to neighbours that are as "
        .. "high or higher. Every cell that you visit drains into that sea.", cost_min = 4 },
    { text = "Do that twice, with marks of its own for each sea: once from the first row and "
        .. "column, once from the last row and column. Return the cells that have both "
        .. "marks.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "There are k seas along parts of the border.",
      answer = "One search a sea, O(k·R·C), with a set or a bit mask per cell. For questions such "
        .. "as 'which sea is reached by most cells' no more is needed." },
    { ask = "Water flows only to strictly lower cells. Does that make it easier?",
      answer = "Yes: there are no cycles. Sort the cells by height (or recurse with a memo) and "
        .. "each cell's seas are those of its lower neighbours together, plus its own border." },
    { ask = "Why does remembering results fail with equal heights?",
      answer = "On level ground cells depend on each other in a circle. A memo that is read while "
        .. "a cell is still being worked out gives 'no' too early. Join level ground to one piece "
        .. "first, or go backwards from the borders, where the question does not come up." },
    { ask = "Heights change one at a time.",
      answer = "Rising ground can cut ways, sinking ground can open them, and a change may touch "
        .. "everything behind it. Without more knowledge search anew; it is linear." },
  },

  explain = [==[
**Turning it round.** Water gets from cell x to a sea if there is a way of never rising heights from
x to a cell that touches it. Read backwards it is a way of never falling heights from that cell to
x. So all cells that drain into a sea are found by one search which starts at all cells of its
borders and climbs.

**Invariant.** Each marked cell has a never rising way to the sea, namely back along the search.
When the stack is empty, all neighbours of marked cells that are as high or higher are marked, so no
cell with such a way is missing.

**Cost.** Each search visits each cell at most once and looks at four neighbours: O(R·C) in all.

**Usual mistakes**

- *One search per cell.* On level ground each of them walks through everything.
- *`>` for `>=`.* Level ground carries water.
- *Downhill from the border.* Backwards the condition turns round as well.
- *Shared marks.* The second search must be able to walk over what the first has marked.
- *A memo over level ground.* The cells wait for each other.
]==],
}
