-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Count the connected pieces of a grid. The search is a few lines; the drill is about doing it
-- without recursion, about the moment at which a cell is marked, and about the grid's borders.

-- Draws `rows` strings of `columns` cells, each land with probability `share`.
local function random_grid(rows, columns, share, rand)
  local grid, cells = {}, {}
  for r = 1, rows do
    for c = 1, columns do cells[c] = rand.float() < share and "1" or "0" end
    grid[r] = table.concat(cells, "", 1, columns)
  end
  return grid
end

local function block(rows, columns)
  local grid, row = {}, ("1"):rep(columns)
  for r = 1, rows do grid[r] = row end
  return grid
end

-- One path that winds from row to row. Its length is about half of the cells, and so is the depth
-- of a recursive search.
local function snake(rows, columns)
  local full, grid = ("1"):rep(columns), {}
  local turn_right = ("0"):rep(columns - 1) .. "1"
  local turn_left = "1" .. ("0"):rep(columns - 1)
  for r = 1, rows do
    if r % 2 == 1 then
      grid[r] = full
    else
      grid[r] = r % 4 == 2 and turn_right or turn_left
    end
  end
  return grid
end

-- The reference. Some of the wrong answers are this text with a few words changed.
local flood_with_a_stack = [==[
-- Flood from every land cell not yet seen, with a stack of our own. Cells are numbered row by row
-- within a frame of water one cell wide, so that no neighbour needs a check of the borders.
function count_islands(grid)
  if #grid == 0 then return 0 end
  local width = #grid[1] + 2
  local land = {}
  for cell = 1, (#grid + 2) * width do land[cell] = false end
  for r, row in ipairs(grid) do
    for c = 1, #row do
      land[r * width + c + 1] = row:byte(c) == 49 -- "1"
    end
  end

  local neighbours = { 1, -1, width, -width }
  local stack, islands = {}, 0
  for start = 1, #land do
    if land[start] then
      islands = islands + 1
      land[start] = false -- what is on the stack is marked, so nothing is pushed twice
      local size = 1
      stack[1] = start
      while size > 0 do
        local cell = stack[size]
        size = size - 1
        for i = 1, 4 do
          local next_cell = cell + neighbours[i]
          if land[next_cell] then
            land[next_cell] = false
            size = size + 1
            stack[size] = next_cell
          end
        end
      end
    end
  end
  return islands
end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(changes)
  local code = flood_with_a_stack
  for _, change in ipairs(changes) do
    local first, last = code:find(change.old, 1, true)
    assert(first, "the reference no longer contains: " .. change.old)
    code = code:sub(1, first - 1) .. change.new .. code:sub(last + 1)
  end
  return code
end

return drill {
  id = "count-islands",
  title = "Islands on the map of communities",
  category = "grids",
  level = "medium",
  minutes = 20,
  covers = { "S03-C05", "S03-P3" },
  signature = "count_islands(grid: string[]) -> int",

  statement = [==[
Somebody drew a map of all communities of a site: similar ones were placed side by side on a grid,
and a cell is land where at least one active community lies. Land that hangs together is an island
of communities whose members know each other. How many islands are there?

The map is a list of rows, each a string with one character per cell: `1` is land, `0` is water.
Return the number of islands.

**Conventions**

- Two land cells belong together when they share a side: above, below, left or right. Cells that
  touch at a corner only do not.
- The map ends at its borders. Everything outside is water, and no row or column continues on the
  other side.
- All rows have the same length, at least 1. The map need not be square. There may be no rows at
  all; then there are no islands.
- Maps have up to 1000 rows of 1000 cells, and an island may be a single winding path through half
  of them.
- The input is read-only.

**Cost.** Time and space of O(R·C) for R rows and C columns.
]==],

  examples = {
    {
      args = { { "11000", "11000", "00100", "00011" } },
      result = 3,
      note = "The single cell in the middle touches its neighbours at corners only.",
    },
    {
      args = { { "10101", "10101", "11111" } },
      result = 1,
      note = "The three arms meet in the last row.",
    },
    {
      args = { { "1001" } },
      result = 2,
      note = "The borders are not joined: the first cell and the last are two islands.",
    },
  },

  -- A million cells are a hundred times what other drills hand in: the reference needs a quarter of
  -- a second and 16 MB for them.
  limits = { time_ms = 2000, memory_mb = 96 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1024, 4096, 16384, 65536 },
    -- n cells: half a winding path, half solid land.
    input = function(n)
      local side = math.floor(math.sqrt(n) + 0.5)
      local grid = snake(side // 2, side)
      return { table.move(block(side - side // 2, side), 1, side - side // 2, #grid + 1, grid) }
    end,
  },

  cases = function(rand, case)
    case { name = "no rows", args = { {} } }
    case { name = "one cell of land", args = { { "1" } } }
    case { name = "all water", args = { { "000", "000" } } }
    case { name = "one column", catches = "takes -1 for an index",
           args = { { "1", "0", "1", "1", "0", "1" } } }
    case { name = "wider than high", catches = "takes the map for a square",
           args = { { "1011010", "1010010" } } }
    case { name = "corners only", catches = "eight neighbours", args = { { "101", "010", "101" } } }
    case { name = "the other side of the map", catches = "walks round the edge",
           args = { { "0011", "1000", "0001", "1100" } } }
    case { name = "higher than wide", args = { { "10", "00", "01", "10", "10", "01" } } }
    case { name = "arms that meet below", catches = "looks up and left only",
           args = { { "1010", "1010", "1110" } } }
    case { name = "arms that meet above left", catches = "looks up and left only",
           args = { { "0001", "0111", "1100" } } }
    case { name = "an island in a lake", args = { { "1111", "1001", "1101", "1001", "1111" } } }
    case { name = "a spiral",
           args = { { "111111", "000001", "111101", "100101", "100001", "111111" } } }
    for i = 1, 3 do
      case { name = "random " .. i,
             args = { random_grid(rand(2, 12), rand(2, 12), 0.3 + 0.1 * i, rand) } }
    end
    case { name = "solid land", catches = "marks when taken out", args = { block(60, 60) } }
    case { name = "100 x 100, scattered", args = { random_grid(100, 100, 0.35, rand) } }
    case { name = "100 x 100, nearly joined", args = { random_grid(100, 100, 0.59, rand) } }
    case { name = "30 x 300, dense", args = { random_grid(30, 300, 0.75, rand) } }
    case {
      name = "a snake through 200 x 200",
      catches = "passes labels on until nothing changes",
      args = { snake(200, 200) },
    }
    case {
      name = "a snake through 1000 x 1000",
      catches = "recursive flood",
      args = { snake(1000, 1000) },
    }
  end,

  compare = "exact",

  -- Joins neighbours one pair at a time: every cell carries the list of all cells of its piece.
  oracle = function(args)
    local grid, piece_of, pieces = args[1], {}, 0
    local function join(a, b)
      local into, from = piece_of[a], piece_of[b]
      if into == from then return end
      if #into < #from then into, from = from, into end
      for _, cell in ipairs(from) do
        into[#into + 1] = cell
        piece_of[cell] = into
      end
      pieces = pieces - 1
    end
    for r, row in ipairs(grid) do
      for c = 1, #row do
        if row:sub(c, c) == "1" then
          local cell = r .. "," .. c
          piece_of[cell] = { cell }
          pieces = pieces + 1
          if piece_of[r - 1 .. "," .. c] then join(cell, r - 1 .. "," .. c) end
          if piece_of[r .. "," .. c - 1] then join(cell, r .. "," .. c - 1) end
        end
      end
    end
    return pieces
  end,

  reference = {
    lua = flood_with_a_stack,
    python = [==[
def count_islands(grid):
    rows, columns = len(grid), len(grid[0]) if grid else 0
    seen = [bytearray(columns) for _ in range(rows)]
    islands = 0
    for first_row in range(rows):
        for first_column in range(columns):
            if grid[first_row][first_column] == "0" or seen[first_row][first_column]:
                continue
            islands += 1
            seen[first_row][first_column] = 1
            stack = [(first_row, first_column)]
            while stack:
                r, c = stack.pop()
                for nr, nc in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
                    inside = 0 <= nr < rows and 0 <= nc < columns
                    if inside and grid[nr][nc] == "1" and not seen[nr][nc]:
                        seen[nr][nc] = 1
                        stack.append((nr, nc))
    return islands
]==],
  },

  wrong = {
    {
      name = "eight neighbours",
      language = "lua",
      verdict = "WA",
      case = "corners only",
      why = "Cells that touch at a corner are taken for neighbours. Read the rule for what belongs "
        .. "together; when it is missing, ask.",
      code = reference_with({
        { old = "{ 1, -1, width, -width }",
          new = "{ 1, -1, width, -width, width + 1, width - 1, -width + 1, -width - 1 }" },
        { old = "for i = 1, 4 do", new = "for i = 1, 8 do" },
      }),
    },
    {
      name = "walks round the edge",
      language = "lua",
      verdict = "WA",
      case = "the other side of the map",
      why = "With cells numbered row by row, cell - 1 of the first column is the last cell of the "
        .. "row above. Check the column, or put a frame of water around the map.",
      code = [==[
function count_islands(grid)
  if #grid == 0 then return 0 end
  local width = #grid[1]
  local map, seen, islands = table.concat(grid), {}, 0
  for start = 1, #map do
    if map:byte(start) == 49 and not seen[start] then
      islands = islands + 1
      seen[start] = true
      local stack = { start }
      while #stack > 0 do
        local cell = table.remove(stack)
        for _, step in ipairs({ 1, -1, width, -width }) do
          local next_cell = cell + step
          if next_cell >= 1 and map:byte(next_cell) == 49 and not seen[next_cell] then
            seen[next_cell] = true
            stack[#stack + 1] = next_cell
          end
        end
      end
    end
  end
  return islands
end
]==],
    },
    {
      name = "takes the map for a square",
      language = "lua",
      verdict = "WA",
      case = "wider than high",
      why = "The number of rows is used for the number of columns. Cells beyond it are never "
        .. "looked at.",
      code = reference_with({
        { old = "local width = #grid[1] + 2", new = "local width = #grid + 2" },
        { old = "for c = 1, #row do", new = "for c = 1, #grid do" },
      }),
    },
    {
      name = "looks up and left only",
      language = "lua",
      verdict = "WA",
      case = "arms that meet below",
      why = "One pass counts a cell as new when there is no land above or to its left. Two arms "
        .. "that meet further down are counted twice; they must be joined when they meet.",
      code = [==[
function count_islands(grid)
  local islands = 0
  for r, row in ipairs(grid) do
    for c = 1, #row do
      local above = r > 1 and grid[r - 1]:sub(c, c) == "1"
      local left = c > 1 and row:sub(c - 1, c - 1) == "1"
      if row:sub(c, c) == "1" and not above and not left then islands = islands + 1 end
    end
  end
  return islands
end
]==],
    },
    {
      name = "marks when taken out",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      why = "A cell is marked when it leaves the queue and not when it enters. Until then each of "
        .. "its neighbours puts it in again, every copy does the same to the next cells, and the "
        .. "number of copies doubles with each step across open land.",
      code = [==[
function count_islands(grid)
  local seen, islands = {}, 0
  for r = 1, #grid do seen[r] = {} end
  local queue, head, tail
  local function offer(row, column, steps)
    if grid[row] and grid[row]:byte(column) == 49 and column > 0 and not seen[row][column] then
      tail = tail + 1
      queue[tail] = { row = row, column = column, steps = steps }
    end
  end
  for r = 1, #grid do
    for c = 1, #grid[r] do
      queue, head, tail = {}, 1, 0
      offer(r, c, 0)
      islands = islands + tail
      while head <= tail do
        local at = queue[head]
        head = head + 1
        seen[at.row][at.column] = true
        offer(at.row, at.column + 1, at.steps + 1)
        offer(at.row, at.column - 1, at.steps + 1)
        offer(at.row + 1, at.column, at.steps + 1)
        offer(at.row - 1, at.column, at.steps + 1)
      end
    end
  end
  return islands
end
]==],
    },
    {
      name = "recursive flood",
      language = "lua",
      verdict = "RTE",
      case = "a snake through 1000 x 1000",
      why = "The search calls itself once per cell of the island. A path of half a million cells "
        .. "is half a million calls deep, and no language's call stack is made for that. Keep the "
        .. "cells still to visit in a list of your own.",
      code = [==[
function count_islands(grid)
  local seen, islands = {}, 0
  for r = 1, #grid do seen[r] = {} end
  local function flood(r, c)
    if not grid[r] or c < 1 or grid[r]:byte(c) ~= 49 or seen[r][c] then return end
    seen[r][c] = true
    flood(r + 1, c)
    flood(r - 1, c)
    flood(r, c + 1)
    flood(r, c - 1)
  end
  for r = 1, #grid do
    for c = 1, #grid[r] do
      if grid[r]:byte(c) == 49 and not seen[r][c] then
        islands = islands + 1
        flood(r, c)
      end
    end
  end
  return islands
end
]==],
    },
    {
      name = "passes labels on until nothing changes",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      why = "Every sweep over the map hands the smaller label to the neighbours. On a winding path "
        .. "a label moves a few cells a sweep, so the number of sweeps grows with the path.",
      code = [==[
function count_islands(grid)
  local label, width = {}, #grid > 0 and #grid[1] or 0
  for r = 1, #grid do
    label[r] = {}
    for c = 1, width do label[r][c] = grid[r]:byte(c) == 49 and r * width + c or false end
  end
  label[0], label[#grid + 1] = {}, {}
  local changed = true
  while changed do
    changed = false
    for r = 1, #grid do
      for c = 1, width do
        local own = label[r][c]
        if own then
          local least = math.min(own, label[r - 1][c] or own, label[r + 1][c] or own,
                                 label[r][c - 1] or own, label[r][c + 1] or own)
          if least < own then
            label[r][c] = least
            changed = true
          end
        end
      end
    end
  end
  local found, islands = {}, 0
  for r = 1, #grid do
    for c = 1, width do
      if label[r][c] and not found[label[r][c]] then
        found[label[r][c]] = true
        islands = islands + 1
      end
    end
  end
  return islands
end
]==],
    },
  },

  pitfalls = {
    ["takes -1 for an index"] = "In Python row -1 is the last row and column -1 the last column, and "
      .. "no error says so. The map ends at its borders: ask whether a cell lies on it.",
  },

  hints = {
    { text = "When you meet land for the first time, count one island. Then see to it that you "
        .. "never count any other cell of it.", cost_min = 2 },
    { text = "From the cell you met, visit all land that can be reached and mark it. Mind how deep "
        .. "a function that calls itself would go on a path of 500,000 cells.", cost_min = 3 },
    { text = "Keep the cells to visit in a list. Mark a cell and push it; then, until the list is "
        .. "empty, take one out and for each of its four neighbours inside the map that is land "
        .. "and not marked: mark it, then push it.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Depth first or breadth first?",
      answer = "For counting it makes no difference: both visit each cell once. A stack is shorter "
        .. "to write. A queue gives distances, which matters when steps are asked for, and on open "
        .. "land it holds fewer cells at a time." },
    { ask = "The rows arrive one at a time and the map does not fit into memory.",
      answer = "Union-find over the current and the previous row: label the runs of land, join a "
        .. "run with those that it touches above, and count a piece when none of its cells go on. "
        .. "Memory is O(C)." },
    { ask = "Land is added cell by cell and the number is asked for after each.",
      answer = "Union-find with path compression and union by size: each addition makes one piece "
        .. "and joins it with up to four, in nearly constant time." },
    { ask = "How do you find the largest island, or the lakes?",
      answer = "Count the cells while flooding. For lakes flood the water from the border first; "
        .. "the pieces of water that remain are lakes." },
    { ask = "The map wraps around, left to right and top to bottom.",
      answer = "Take the neighbours' coordinates modulo the width and the height. The frame of "
        .. "water must go." },
  },

  explain = [==[
**Invariant.** Whenever the outer loop moves on, the marked cells are exactly all cells of the
islands counted so far. While one island is flooded, every marked cell of it is either on the stack
or has had all its neighbours looked at.

**Why it holds.** A flood only moves between neighbours that are land, so it stays on one island. It
reaches all of it: suppose a cell of the island stays unmarked at the end, and follow a path to it
from the start. Some marked cell on this path has an unmarked neighbour. But that cell left the
stack at some time, and then all its neighbours were marked. So each island is counted once, at its
first cell.

**Cost.** A cell is marked when it is pushed, so it is pushed at most once, and four neighbours are
looked at for each: O(R·C) time. The marks take O(R·C) space and so does the stack at worst.

**Usual mistakes**

- *Recursion.* Its depth is the length of the longest path, here up to half of all cells. Lua gives
  up at 100,000 to 200,000 calls, Python at 1000, C++ crashes without a message.
- *Marking late.* Mark on the way in. Marked on the way out, a cell is in the queue several times;
  if the copies are not skipped either, their number grows exponentially.
- *Flat indices.* They are quick, but `cell - 1` of the first column is the end of the row above.
- *Rows for columns.* Test with a map that is not square.
- *Strings as keys* such as `r .. "," .. c`. They cost about twenty times as
  much as a number. With a million cells that is the difference between accepted and too slow.
]==],
}
