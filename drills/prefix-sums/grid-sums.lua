-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Sums of rectangles of a grid that never changes, each in one step. The drill is about the part
-- that is taken away twice, in the questions and already in the table.

local function random_grid(rows, cols, low, high, rand)
  local grid = {}
  for r = 1, rows do
    grid[r] = {}
    for c = 1, cols do grid[r][c] = rand(low, high) end
  end
  return grid
end

-- `q` questions about a grid of that size.
local function questions(q, rows, cols, rand)
  local calls = {}
  for i = 1, q do
    local r1, r2, c1, c2 = rand(0, rows - 1), rand(0, rows - 1), rand(0, cols - 1), rand(0, cols - 1)
    calls[i] = { "sum", math.min(r1, r2), math.min(c1, c2), math.max(r1, r2), math.max(c1, c2) }
  end
  return calls
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local corner_sums = [==[
-- `corner[r][c]` is the sum of the first r rows, as far as their first c columns. Row 0 and column
-- 0 are there, all zero, so that no edge is a special case.
GridSums = {}
GridSums.__index = GridSums

function GridSums.new(grid)
  local corner = { [0] = {} }
  for c = 0, #grid[1] do corner[0][c] = 0 end
  for r, row in ipairs(grid) do
    corner[r] = { [0] = 0 }
    for c, value in ipairs(row) do
      corner[r][c] = value + corner[r - 1][c] + corner[r][c - 1] - corner[r - 1][c - 1]
    end
  end
  return setmetatable({ corner = corner }, GridSums)
end

function GridSums:sum(row1, col1, row2, col2)
  local above, below = self.corner[row1], self.corner[row2 + 1]
  return below[col2 + 1] - above[col2 + 1] - below[col1] + above[col1]
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = corner_sums:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return corner_sums:sub(1, first - 1) .. new .. corner_sums:sub(last + 1)
end

return drill {
  id = "grid-sums",
  title = "Where on the page do they tap?",
  category = "prefix-sums",
  level = "medium",
  minutes = 20,
  covers = { "S03-P1", "S03-T" },
  signature = [[
    class GridSums(grid: int[][])
      sum(row1: int, col1: int, row2: int, col2: int) -> int
  ]],

  statement = [==[
The page of a feed is divided into cells, and for each cell the taps of a day were counted.
Designers draw rectangles on this heat map, and for each rectangle the number of taps is shown while
they drag.

Write a class `GridSums(grid)`, where `grid[r][c]` is the number of taps in row r and column c:

- `sum(row1, col1, row2, col2)` returns the sum of all cells in the rows from `row1` to `row2` and
  the columns from `col1` to `col2`, all four included.

**Conventions**

- Rows and columns are counted from 0; row 0 is at the top, column 0 at the left.
- `0 ≤ row1 ≤ row2 < rows` and `0 ≤ col1 ≤ col2 < cols`.
- The grid has at least one row and one column, and all rows are equally long. It need not be a
  square.
- Values lie between -10^9 and 10^9; they are negative where a second day was subtracted. All sums
  fit a signed 64-bit integer.
- Do not change the input.

**Cost.** The constructor may take time and space proportional to the number of cells. Each `sum`
must take constant time, however large the rectangle is.
]==],

  examples = {
    {
      new = { { { 1, 2, 3 }, { 4, 5, 6 } } },
      calls = { { "sum", 0, 0, 1, 2 }, { "sum", 0, 1, 1, 2 }, { "sum", 1, 0, 1, 0 } },
      result = { 21, 16, 4 },
      note = "The whole grid; the two columns at the right; the cell at the lower left.",
    },
    {
      new = { { { 0, 7, -2 } } },
      calls = { { "sum", 0, 1, 0, 2 }, { "sum", 0, 0, 0, 0 } },
      result = { 5, 0 },
      note = "A grid of one row.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 4096, 8192, 16384, 32768 },
    -- n cells in n/32 rows, and n/2 questions about large parts of it: a total per row costs a
    -- share of n for each.
    input = function(n, rand)
      local rows, cols = n // 32, 32
      local calls = {}
      for i = 1, n // 2 do
        calls[i] = { "sum", rand(0, rows // 8), rand(0, cols // 8),
                     rows - 1 - rand(0, rows // 8), cols - 1 - rand(0, cols // 8) }
      end
      return { new = { random_grid(rows, cols, 0, 99, rand) }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, grid, calls)
      for i, call in ipairs(calls) do
        calls[i] = { "sum", call[1], call[2], call[3], call[4] }
      end
      case { name = name, catches = catches, new = { grid }, calls = calls }
    end
    local nine = { { 3, 1, 4 }, { 1, 5, 9 }, { 2, 6, 5 } }
    story("a single cell", "leaves out the last row and column", { { 6 } }, { { 0, 0, 0, 0 } })
    story("all of a square", "builds the table with a part counted twice", nine, { { 0, 0, 2, 2 } })
    story("the upper left part", "reads on from line to line", nine, { { 0, 0, 1, 1 } })
    story("away from the upper and left edge", "takes the corner away twice", nine,
          { { 1, 1, 2, 2 } })
    story("a wide grid", "swaps rows and columns", { { 1, 2, 3, 4 }, { 5, 6, 7, 8 } },
          { { 0, 2, 1, 3 }, { 1, 0, 1, 3 } })
    story("a tall grid", "swaps rows and columns", { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } },
          { { 2, 0, 3, 1 }, { 0, 1, 3, 1 } })
    story("one row", nil, { { 5, -1, 0, 2 } }, { { 0, 0, 0, 3 }, { 0, 1, 0, 2 }, { 0, 3, 0, 3 } })
    story("one column", nil, { { 5 }, { -1 }, { 0 }, { 2 } },
          { { 0, 0, 3, 0 }, { 1, 0, 2, 0 }, { 3, 0, 3, 0 } })
    story("each cell by itself", nil, { { 1, -2 }, { -3, 4 } },
          { { 0, 0, 0, 0 }, { 0, 1, 0, 1 }, { 1, 0, 1, 0 }, { 1, 1, 1, 1 } })
    story("at each of the four edges", nil, nine,
          { { 0, 1, 0, 1 }, { 1, 0, 1, 0 }, { 2, 1, 2, 1 }, { 1, 2, 1, 2 }, { 1, 1, 1, 1 } })
    story("all negative", nil, { { -1, -2 }, { -3, -4 } }, { { 0, 0, 1, 1 }, { 1, 0, 1, 1 } })
    story("sums beyond 32 bits", "sums in 32 bits",
          { { 1000000000, 1000000000 }, { 1000000000, 1000000000 } },
          { { 0, 0, 1, 1 }, { 0, 1, 1, 1 } })
    for i = 1, 3 do
      local rows, cols = rand(2, 9), rand(2, 9)
      case { name = "random " .. i, new = { random_grid(rows, cols, -9, 9, rand) },
             calls = questions(30, rows, cols, rand) }
    end
    case { name = "random, a narrow one", new = { random_grid(40, 2, -9, 9, rand) },
           calls = questions(40, 40, 2, rand) }
    case { name = "60 by 40 cells, 1000 questions", new = { random_grid(60, 40, 0, 1000, rand) },
           calls = questions(1000, 60, 40, rand) }
    case { name = "10 by 300 cells, 1000 questions", new = { random_grid(10, 300, 0, 1000, rand) },
           calls = questions(1000, 10, 300, rand) }
    do
      local calls = {}
      for i = 1, 8000 do
        calls[i] = { "sum", 0, rand(0, 3000), rand(0, 1), 29999 - rand(0, 3000) }
      end
      case { name = "2 by 30000 cells, 8000 questions", catches = "keeps a total per column",
             new = { random_grid(2, 30000, 0, 99, rand) }, calls = calls }
    end
  end,

  compare = "exact",

  -- Each rectangle added up cell by cell.
  oracle = function(case)
    local grid, result = case.new[1], {}
    for i, call in ipairs(case.calls) do
      local _, row1, col1, row2, col2 = table.unpack(call)
      local total = 0
      for r = row1, row2 do
        for c = col1, col2 do total = total + grid[r + 1][c + 1] end
      end
      result[i] = total
    end
    return result
  end,

  reference = {
    lua = corner_sums,
    python = [==[
from itertools import accumulate


class GridSums:
    # corner[r][c] is the sum of the first r rows, as far as their first c columns.
    def __init__(self, grid):
        self.corner = [[0] * (len(grid[0]) + 1)]
        for row in grid:
            totals = accumulate(row, initial=0)
            self.corner.append([a + b for a, b in zip(self.corner[-1], totals)])

    def sum(self, row1, col1, row2, col2):
        above, below = self.corner[row1], self.corner[row2 + 1]
        return below[col2 + 1] - above[col2 + 1] - below[col1] + above[col1]
]==],
    cpp = [==[
// corner_(r, c) is the sum of the first r rows, as far as their first c columns; all rows lie in one
// array, one after the other.
#include <cstddef>
#include <vector>

class GridSums {
 public:
  explicit GridSums(const std::vector<std::vector<long long>>& grid)
      : width_(grid[0].size() + 1), corner_((grid.size() + 1) * width_) {
    for (std::size_t r = 0; r < grid.size(); ++r) {
      long long row_total = 0;
      for (std::size_t c = 0; c < grid[r].size(); ++c) {
        row_total += grid[r][c];
        corner_[(r + 1) * width_ + c + 1] = corner(r, c + 1) + row_total;
      }
    }
  }

  long long sum(long long row1, long long col1, long long row2, long long col2) const {
    return corner(row2 + 1, col2 + 1) - corner(row1, col2 + 1) - corner(row2 + 1, col1) +
           corner(row1, col1);
  }

 private:
  long long corner(std::size_t r, std::size_t c) const { return corner_[r * width_ + c]; }

  std::size_t width_;
  std::vector<long long> corner_;
};
]==],
  },

  wrong = {
    {
      name = "leaves out the last row and column",
      language = "lua",
      verdict = "WA",
      case = "a single cell",
      why = "corner[r][c] covers the rows before r and the columns before c. The last row and "
        .. "column belong to the rectangle, so it needs row2 + 1 and col2 + 1.",
      code = reference_with([==[
  local above, below = self.corner[row1], self.corner[row2 + 1]
  return below[col2 + 1] - above[col2 + 1] - below[col1] + above[col1]
]==], [==[
  local above, below = self.corner[row1], self.corner[row2]
  return below[col2] - above[col2] - below[col1] + above[col1]
]==]),
    },
    {
      name = "builds the table with a part counted twice",
      language = "lua",
      verdict = "WA",
      case = "all of a square",
      why = "What lies above and what lies to the left share everything that lies above and to the "
        .. "left. Adding both counts that part twice, so it must be taken away once.",
      code = reference_with(" - corner[r - 1][c - 1]", ""),
    },
    {
      name = "reads on from line to line",
      language = "lua",
      verdict = "WA",
      case = "the upper left part",
      why = "One list of totals in reading order gives the cells between two places of the text, "
        .. "full lines in between. A rectangle has only some columns of each line.",
      code = [==[
GridSums = {}
GridSums.__index = GridSums

function GridSums.new(grid)
  local before, total, n = { [0] = 0 }, 0, 0
  for _, row in ipairs(grid) do
    for _, value in ipairs(row) do
      total, n = total + value, n + 1
      before[n] = total
    end
  end
  return setmetatable({ before = before, cols = #grid[1] }, GridSums)
end

function GridSums:sum(row1, col1, row2, col2)
  return self.before[row2 * self.cols + col2 + 1] - self.before[row1 * self.cols + col1]
end
]==],
    },
    {
      name = "takes the corner away twice",
      language = "lua",
      verdict = "WA",
      case = "away from the upper and left edge",
      why = "The strip above and the strip at the left share the corner. Both are subtracted, so "
        .. "the corner must be added once. It is 0 for rectangles at an edge, which hides the "
        .. "mistake.",
      code = reference_with(" - below[col1] + above[col1]", " - below[col1]"),
    },
    {
      name = "swaps rows and columns",
      language = "lua",
      verdict = "RTE",
      case = "a wide grid",
      why = "The table is asked with the column first. In a square that gives the mirrored "
        .. "rectangle; in a wide grid there is no such row.",
      code = reference_with("function GridSums:sum(row1, col1, row2, col2)\n",
        "function GridSums:sum(row1, col1, row2, col2)\n"
        .. "  row1, col1, row2, col2 = col1, row1, col2, row2\n"),
    },
    {
      name = "adds up cell by cell",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "2 by 30000 cells, 8000 questions",
      why = "Each question reads its whole rectangle. The grid never changes: prepare sums once.",
      code = [==[
GridSums = {}
GridSums.__index = GridSums

function GridSums.new(grid) return setmetatable({ grid = grid }, GridSums) end

function GridSums:sum(row1, col1, row2, col2)
  local total = 0
  for r = row1 + 1, row2 + 1 do
    local row = self.grid[r]
    for c = col1 + 1, col2 + 1 do total = total + row[c] end
  end
  return total
end
]==],
    },
    {
      name = "keeps totals for each row",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Totals along each row answer a row at once, but a question still adds as many numbers "
        .. "as the rectangle has rows. Sum these totals downwards as well, and four numbers are "
        .. "enough.",
      code = [==[
GridSums = {}
GridSums.__index = GridSums

function GridSums.new(grid)
  local before = {}
  for r, row in ipairs(grid) do
    local totals, total = { [0] = 0 }, 0
    for c, value in ipairs(row) do
      total = total + value
      totals[c] = total
    end
    before[r] = totals
  end
  return setmetatable({ before = before }, GridSums)
end

function GridSums:sum(row1, col1, row2, col2)
  local total = 0
  for r = row1 + 1, row2 + 1 do
    local totals = self.before[r]
    total = total + totals[col2 + 1] - totals[col1]
  end
  return total
end
]==],
    },
    {
      name = "keeps a total per column",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "2 by 30000 cells, 8000 questions",
      why = "Totals down each column answer a column at once, but a question still adds as many "
        .. "numbers as the rectangle has columns. Sum these totals to the right as well.",
      code = [==[
GridSums = {}
GridSums.__index = GridSums

function GridSums.new(grid)
  local down, columns = { {} }, #grid[1]
  for c = 1, columns do down[1][c] = 0 end
  for r = 1, #grid do
    down[r + 1] = {}
    for c = 1, columns do down[r + 1][c] = down[r][c] + grid[r][c] end
  end
  return setmetatable({ down = down }, GridSums)
end

function GridSums:sum(row1, col1, row2, col2)
  local above, below, total = self.down[row1 + 1], self.down[row2 + 2], 0
  for c = col1 + 1, col2 + 1 do total = total + below[c] - above[c] end
  return total
end
]==],
    },
  },

  pitfalls = {
    ["sums in 32 bits"] = "Each cell fits a 32-bit integer, but three of them may not. The table "
      .. "needs 64 bits.",
  },

  hints = {
    { text = "How would you do it for a single row? Which numbers play that part for rectangles "
        .. "that begin in the upper left corner of the grid?", cost_min = 2 },
    { text = "Suppose you know the sum of every rectangle that begins at the upper left cell. Draw "
        .. "any rectangle, and write it with four of these. Which part did you take away twice?",
      cost_min = 3 },
    { text = "corner[r][c] = the first r rows and c columns, with a row and a column of zeros. "
        .. "Build: value + up + left - up-left. Ask: corner[row2+1][col2+1] - corner[row1][col2+1] "
        .. "- corner[row2+1][col1] + corner[row1][col1].", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Single cells change between the questions.",
      answer = "A Fenwick tree in two dimensions: both an update and a sum cost O(log rows · log "
        .. "cols), with the same four terms. With few updates, keep a list of changes beside the "
        .. "table and rebuild it when the list grows long." },
    { ask = "Many rectangles are raised by a number each, and then the whole grid is read.",
      answer = "The same picture backwards: +v at (row1, col1), -v at (row1, col2+1) and (row2+1, "
        .. "col1), +v at (row2+1, col2+1), then one pass of sums in both directions." },
    { ask = "Which rectangle has the largest sum?",
      answer = "For each pair of rows, totals downwards make it a list, and the best stretch of a "
        .. "list is found in one pass: rows² · cols. Take the shorter side for the pairs." },
    { ask = "Where else is such a table used?",
      answer = "In image processing, as an integral image: the mean of any box in constant time, "
        .. "and with a second table of squares its variance. In data cubes, with 2^d terms in d "
        .. "dimensions." },
  },

  explain = [==[
**Invariant.** corner[r][c] is the sum of the cells in the first r rows and the first c columns; it
is 0 if r or c is 0.

**Building.** The rectangle of corner[r][c] is the one that ends a row higher, together with the one
that ends a column earlier, together with the cell itself. The first two share corner[r-1][c-1],
which was added twice. (Or add the total of the current row to the entry above, and nothing is
counted twice.)

**Asking.** Take all down to row2 and col2. Take away what lies above row1, and what lies left of
col1. What lies above and left of both was taken away twice: add it once. Four entries, whatever the
size.

**Cost.** One step per cell, four look-ups per question. The table has (rows + 1) · (cols + 1)
entries.

**Usual mistakes**

- *The sign of the corner*, in the table or in the question. Rectangles that begin in row 0 or
  column 0 do not show it, so test one in the middle.
- *No row and column of zeros.* Then each edge needs an `if`, and one is forgotten.
- *Rows and columns swapped*, which squares hide. Test a grid that is wide and one that is tall.
- *Totals per row only.* It is quicker than cell by cell and still grows with the rectangle.
- *32 bits.* A grid of a million cells with up to 10^9 each.
]==],
}
