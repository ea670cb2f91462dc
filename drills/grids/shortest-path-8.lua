-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The fewest cells on a way through a grid when corners count as neighbours. The drill is about the
-- order of the search, and about the two cells that are easily left unchecked: the first and the
-- last.

-- Cells are blocked with the given share; the first and the last are free.
local function random_grid(rows, columns, share_blocked, rand)
  local grid = {}
  for r = 1, rows do
    grid[r] = {}
    for c = 1, columns do grid[r][c] = rand.float() < share_blocked and 1 or 0 end
  end
  grid[1][1], grid[rows][columns] = 0, 0
  return grid
end

local function open_hall(rows, columns)
  local grid = {}
  for r = 1, rows do
    grid[r] = {}
    for c = 1, columns do grid[r][c] = 0 end
  end
  return grid
end

-- Every other row is a wall with one gap, at the right end and at the left end by turns.
local function winding(rows, columns)
  local grid = open_hall(rows, columns)
  for r = 2, rows - 1, 2 do
    local gap = r % 4 == 2 and columns or 1
    for c = 1, columns do grid[r][c] = c == gap and 0 or 1 end
  end
  return grid
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local in_waves = [==[
-- A search in waves: all cells that are d cells away from the start, then all that are d + 1 away.
-- Cells are numbered row by row within a frame of blocked cells, so no border needs a check.
function shortest_path_8(grid)
  local rows, columns = #grid, #grid[1]
  local width = columns + 1
  local free = {}
  for cell = 1, (rows + 2) * width do free[cell] = false end
  for r = 1, rows do
    for c = 1, columns do free[r * width + c] = grid[r][c] == 0 end
  end

  local start, goal = width + 1, rows * width + columns
  if not free[start] or not free[goal] then return -1 end
  local steps = { 1, -1, width, -width, width + 1, width - 1, -width + 1, -width - 1 }
  local wave, cells = { start }, 1
  free[start] = false -- what is in a wave is marked, so nothing is put in twice
  while #wave > 0 do
    local following = {}
    for _, cell in ipairs(wave) do
      if cell == goal then return cells end
      for k = 1, #steps do
        local near = cell + steps[k]
        if free[near] then
          free[near] = false
          following[#following + 1] = near
        end
      end
    end
    wave, cells = following, cells + 1
  end
  return -1
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = in_waves:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return in_waves:sub(1, first - 1) .. new .. in_waves:sub(last + 1)
end

return drill {
  id = "shortest-path-8",
  title = "Through the server hall",
  category = "grids",
  level = "medium",
  minutes = 20,
  covers = { "S03-C05" },
  signature = "shortest_path_8(grid: int[][]) -> int",

  statement = [==[
A small robot brings spare disks through a server hall. The hall is a grid of tiles: `0` is a free
tile, `1` is taken by a rack. The robot starts on the upper left tile and has to get to the lower
right one. From a tile it drives to any of the eight tiles around it, diagonally too. How short can
its way be?

Given `grid`, return the number of tiles on a shortest way, counting the first and the last.

**Conventions**

- Only free tiles may be used. The first and the last tile may be taken too; then there is no way.
- A diagonal step needs only its two tiles to be free. It may pass between two racks that touch at a
  corner.
- If there is no way, return -1.
- There is at least one row and one column, and all rows have the same length. The hall need not be
  square. In a hall of one free tile the answer is 1.
- Do not change the input.

**Cost.** O(R·C) time and space for R rows and C columns.
]==],

  examples = {
    {
      args = { { { 0, 0, 0 }, { 1, 1, 0 }, { 0, 0, 0 } } },
      result = 4,
      note = "Right, diagonally down to the tile at the right edge, and down. Four tiles.",
    },
    {
      args = { { { 0, 1 }, { 1, 0 } } },
      result = 2,
      note = "One diagonal step between the two racks.",
    },
    {
      args = { { { 0, 1, 0 }, { 0, 1, 0 } } },
      result = -1,
      note = "The racks cut the hall in two.",
    },
  },

  limits = { time_ms = 2000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1024, 2048, 4096, 8192 },
    -- n tiles, nothing in the way: the hall in which a search that goes deep first errs most.
    input = function(n) return { open_hall(n // 32, 32) } end,
  },

  cases = function(rand, case)
    case { name = "one free tile", catches = "counts steps", args = { { { 0 } } } }
    case { name = "one taken tile", catches = "does not look at the first tile",
           args = { { { 1 } } } }
    case { name = "the first tile is taken", catches = "does not look at the first tile",
           args = { { { 1, 0 }, { 0, 0 } } } }
    case { name = "the last tile is taken", catches = "does not look at the last tile",
           args = { { { 0, 0 }, { 0, 1 } } } }
    case { name = "no way", args = { { { 0, 1, 0 }, { 1, 1, 0 }, { 0, 0, 0 } } } }
    case { name = "between two racks", catches = "drives along rows and columns only",
           args = { { { 0, 1 }, { 1, 0 } } } }
    case { name = "wider than high", catches = "takes the hall for a square",
           args = { { { 0, 0, 0, 0, 1 }, { 1, 1, 1, 1, 0 } } } }
    case { name = "higher than wide", args = { { { 0, 1 }, { 1, 0 }, { 0, 1 }, { 1, 0 } } } }
    case { name = "a long way and a short one", catches = "takes the first way it finds",
           args = { { { 0, 0, 0, 0 }, { 0, 1, 1, 0 }, { 0, 1, 0, 0 }, { 0, 0, 0, 0 } } } }
    case { name = "a detour up and left", catches = "never turns back",
           args = { { { 0, 1, 0, 0, 0 }, { 0, 1, 0, 1, 0 }, { 0, 0, 1, 1, 0 },
                      { 0, 0, 1, 1, 0 } } } }
    case { name = "a single row", args = { { { 0, 0, 0, 0, 0 } } } }
    case { name = "a single row, cut", args = { { { 0, 0, 1, 0 } } } }
    case { name = "a winding way", args = { winding(9, 7) } }
    for i = 1, 4 do
      case { name = "random " .. i,
             args = { random_grid(rand(3, 12), rand(3, 12), 0.25 + 0.06 * i, rand) } }
    end
    case { name = "50 x 50, scattered racks", args = { random_grid(50, 50, 0.4, rand) } }
    case { name = "40 x 70, crowded", args = { random_grid(40, 70, 0.5, rand) } }
    case { name = "41 x 90, winding", args = { winding(41, 90) } }
  end,

  compare = "exact",

  -- Lets the numbers of tiles settle: each tile takes the least of its neighbours plus one.
  oracle = function(args)
    local grid, tiles = args[1], {}
    for r = 0, #grid + 1 do
      tiles[r] = {}
      for c = 0, #grid[1] + 1 do tiles[r][c] = math.huge end
    end
    if grid[1][1] == 0 then tiles[1][1] = 1 end
    local changed = true
    while changed do
      changed = false
      for r = 1, #grid do
        for c = 1, #grid[1] do
          for dr = -1, 1 do
            for dc = -1, 1 do
              local through = tiles[r + dr][c + dc] + 1
              if grid[r][c] == 0 and through < tiles[r][c] then
                tiles[r][c] = through
                changed = true
              end
            end
          end
        end
      end
    end
    local answer = tiles[#grid][#grid[1]]
    return answer < math.huge and answer or -1
  end,

  reference = {
    lua = in_waves,
    python = [==[
from collections import deque


def shortest_path_8(grid):
    free = {(r, c) for r, row in enumerate(grid) for c, tile in enumerate(row) if tile == 0}
    start, goal = (0, 0), (len(grid) - 1, len(grid[0]) - 1)
    if start not in free:
        return -1
    free.remove(start)
    queue = deque([(start, 1)])
    while queue:
        (r, c), tiles = queue.popleft()
        if (r, c) == goal:
            return tiles
        for near in [(r + dr, c + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1)]:
            if near in free:
                free.remove(near)
                queue.append((near, tiles + 1))
    return -1
]==],
  },

  wrong = {
    {
      name = "counts steps",
      language = "lua",
      verdict = "WA",
      case = "one free tile",
      why = "Steps are counted, and a way has one tile more than it has steps. Begin with 1 for "
        .. "the first tile.",
      code = reference_with("local wave, cells = { start }, 1", "local wave, cells = { start }, 0"),
    },
    {
      name = "does not look at the first tile",
      language = "lua",
      verdict = "WA",
      case = "one taken tile",
      why = "Only the tiles that are driven to are looked at, and the first is never driven to. It "
        .. "may be taken.",
      code = reference_with("if not free[start] or not free[goal] then",
                            "if not free[goal] and goal ~= start then"),
    },
    {
      name = "does not look at the last tile",
      language = "lua",
      verdict = "WA",
      case = "the last tile is taken",
      why = "The goal is recognised among the neighbours before it is asked whether it is free.",
      code = [==[
function shortest_path_8(grid)
  local rows, columns = #grid, #grid[1]
  if grid[1][1] == 1 then return -1 end
  if rows == 1 and columns == 1 then return 1 end
  local seen, queue, head = { [1] = true }, { { 1, 1, 1 } }, 1
  while queue[head] do
    local r, c, tiles = table.unpack(queue[head])
    head = head + 1
    for nr = r - 1, r + 1 do
      for nc = c - 1, c + 1 do
        if nr == rows and nc == columns then return tiles + 1 end
        local id = (nr - 1) * columns + nc
        if grid[nr] and grid[nr][nc] == 0 and not seen[id] then
          seen[id] = true
          queue[#queue + 1] = { nr, nc, tiles + 1 }
        end
      end
    end
  end
  return -1
end
]==],
    },
    {
      name = "drives along rows and columns only",
      language = "lua",
      verdict = "WA",
      case = "between two racks",
      why = "Four neighbours are tried instead of eight.",
      code = reference_with(
        "{ 1, -1, width, -width, width + 1, width - 1, -width + 1, -width - 1 }",
        "{ 1, -1, width, -width }"),
    },
    {
      name = "takes the hall for a square",
      language = "lua",
      verdict = "WA",
      case = "wider than high",
      why = "The number of rows is used for the number of columns, so the goal is sought on the "
        .. "wrong tile.",
      code = reference_with("local rows, columns = #grid, #grid[1]",
                            "local rows, columns = #grid, #grid"),
    },
    {
      name = "never turns back",
      language = "lua",
      verdict = "WA",
      case = "a detour up and left",
      why = "The tiles are filled in row by row from those above and to the left. A way may lead "
        .. "up or to the left, and then what it needs is not there yet.",
      code = [==[
function shortest_path_8(grid)
  local rows, columns, tiles = #grid, #grid[1], { [0] = {} }
  for r = 1, rows do
    tiles[r] = {}
    for c = 1, columns do
      if grid[r][c] == 0 then
        local before = math.min(tiles[r - 1][c - 1] or math.huge, tiles[r - 1][c] or math.huge,
                                tiles[r - 1][c + 1] or math.huge, tiles[r][c - 1] or math.huge)
        if r == 1 and c == 1 then before = 0 end
        if before < math.huge then tiles[r][c] = before + 1 end
      end
    end
  end
  return tiles[rows][columns] or -1
end
]==],
    },
    {
      name = "takes the first way it finds",
      language = "lua",
      verdict = "WA",
      case = "a long way and a short one",
      why = "A search that goes deep first marks a tile when it comes by, on whatever way. The "
        .. "first way that reaches the goal need not be a shortest one; in waves it is.",
      code = [==[
function shortest_path_8(grid)
  local rows, columns, seen = #grid, #grid[1], {}
  local steps = { { 1, 0 }, { 0, 1 }, { 1, 1 }, { -1, 0 }, { 0, -1 }, { -1, 1 }, { 1, -1 },
                  { -1, -1 } }
  local function go(r, c, tiles)
    if not grid[r] or grid[r][c] ~= 0 or seen[(r - 1) * columns + c] then return nil end
    if r == rows and c == columns then return tiles end
    seen[(r - 1) * columns + c] = true
    for _, step in ipairs(steps) do
      local found = go(r + step[1], c + step[2], tiles + 1)
      if found then return found end
    end
  end
  return go(1, 1, 1) or -1
end
]==],
    },
    {
      name = "goes deep first and corrects",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "A tile is visited again whenever a shorter way to it turns up. The answer is right, "
        .. "but in open space the first way to a tile is very long, and it is corrected over and "
        .. "over. In waves the first visit is the best.",
      code = [==[
function shortest_path_8(grid)
  local rows, columns = #grid, #grid[1]
  local width = columns + 1
  local best = {}
  for cell = 0, (rows + 2) * width do best[cell] = 0 end
  for r = 1, rows do
    for c = 1, columns do
      if grid[r][c] == 0 then best[r * width + c] = math.huge end
    end
  end
  local start, goal = width + 1, rows * width + columns
  if best[start] == 0 then return -1 end
  local steps = { 1, -1, width, -width, width + 1, width - 1, -width + 1, -width - 1 }
  best[start] = 1
  local stack = { start }
  while #stack > 0 do
    local cell = table.remove(stack)
    for k = 1, 8 do
      local near = cell + steps[k]
      if best[cell] + 1 < best[near] then
        best[near] = best[cell] + 1
        stack[#stack + 1] = near
      end
    end
  end
  return best[goal] > 0 and best[goal] < math.huge and best[goal] or -1
end
]==],
    },
  },

  hints = {
    { text = "Which tiles can the robot reach with one step, and which with two but not with one?",
      cost_min = 2 },
    { text = "Visit the tiles in the order of their distance from the start. Then the first visit "
        .. "to a tile is on a shortest way, and no tile need be visited twice.", cost_min = 3 },
    { text = "Check the first and the last tile. Put the first into a queue with the count 1 and "
        .. "mark it. Take tiles from the front; if it is the goal, return its count; otherwise "
        .. "mark each free unmarked neighbour and put it at the back with the count plus "
        .. "1.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Return the way itself.",
      answer = "Store for each tile from which one it was first reached, and walk back from the "
        .. "goal. Search from the goal instead and the walk comes out in the right order." },
    { ask = "Driving diagonally takes longer, √2 instead of 1.",
      answer = "Waves no longer come in the order of distance. Dijkstra with a heap, or A* with "
        .. "the octile distance as a lower bound." },
    { ask = "The hall is huge and nearly empty. How would you visit fewer tiles?",
      answer = "A* with max(rows left, columns left), which never overestimates, or a search from "
        .. "both ends that meets in the middle. The worst case stays O(R·C)." },
    { ask = "The robot must not squeeze between two racks at a corner.",
      answer = "Allow a diagonal step only if the two tiles beside it are free (or at least one of "
        .. "them; ask). One more condition, the search is the same." },
    { ask = "Racks are moved all day and the same question comes a thousand times.",
      answer = "With few changes repair the distances only where they change (D* Lite does that "
        .. "for robots). With many, search anew: it is linear." },
  },

  explain = [==[
**Invariant.** The wave with count d holds exactly the free tiles whose shortest way has d tiles,
and all tiles with shorter ways are marked.

**Why it holds.** A tile with a shortest way of d+1 tiles has a neighbour on it with d, which is in
the wave before, so the tile is found then. It is not found earlier, since all its neighbours have d
or more. So the goal is met in the wave of its true distance.

**Cost.** Each tile is put in once and looks at eight neighbours: O(R·C) time and space.

**Usual mistakes**

- *Deep first.* It finds a way, not a shortest one. Correcting afterwards costs far more than
  searching in waves.
- *The ends.* Check the first tile before the search, and the last as any other.
- *Tiles or steps.* A hall of one tile tells: one tile, no step.
- *Filling in by rows.* Only right when ways cannot turn back.
- *Marking when taken out.* The same tile then stands in the queue many times.
]==],
}
