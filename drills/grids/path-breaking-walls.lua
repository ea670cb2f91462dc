-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The fewest steps through a grid when up to k walls may be broken. The drill is about what a state
-- of the search is: not the cell alone, but the cell together with the charges that are left.

local function random_grid(rows, columns, share_walls, rand)
  local grid = {}
  for r = 1, rows do
    grid[r] = {}
    for c = 1, columns do grid[r][c] = rand.float() < share_walls and 1 or 0 end
  end
  grid[1][1], grid[rows][columns] = 0, 0
  return grid
end

-- Every other row is a wall with one gap, at the right end and at the left end by turns.
local function winding(rows, columns)
  local grid = {}
  for r = 1, rows do
    grid[r] = {}
    local gap = r % 4 == 2 and columns or 1
    for c = 1, columns do grid[r][c] = (r % 2 == 0 and c ~= gap) and 1 or 0 end
  end
  grid[rows][columns] = 0
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

-- Every other row is a wall without a gap, so that more than k of them cannot be passed.
local function cut_off(rows, columns)
  local grid = {}
  for r = 1, rows do
    grid[r] = {}
    for c = 1, columns do grid[r][c] = r % 2 == 0 and r < rows and 1 or 0 end
  end
  return grid
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local cell_and_breaks = [==[
-- A search in waves over pairs of a cell and the charges that are left. Cells are numbered row by
-- row within a frame; `wall` is nil outside.
function path_breaking_walls(grid, k)
  local rows, columns = #grid, #grid[1]
  local width = columns + 1
  local wall, seen = {}, {}
  for r = 1, rows do
    for c = 1, columns do wall[r * width + c] = grid[r][c] end
  end

  local goal = rows * width + columns
  local moves = { 1, -1, width, -width }
  local layer = (rows + 2) * width -- a state's number is cell + layer * charges left
  local wave, steps = { width + 1 + layer * k }, 0
  seen[wave[1]] = true
  while #wave > 0 do
    local following = {}
    for _, state in ipairs(wave) do
      local cell, left = state % layer, state // layer
      if cell == goal then return steps end
      for i = 1, 4 do
        local near = cell + moves[i]
        if wall[near] and left >= wall[near] then
          local reached = near + layer * (left - wall[near])
          if not seen[reached] then
            seen[reached] = true
            following[#following + 1] = reached
          end
        end
      end
    end
    wave, steps = following, steps + 1
  end
  return -1
end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(changes)
  local code = cell_and_breaks
  for _, change in ipairs(changes) do
    local first, last = code:find(change.old, 1, true)
    assert(first, "the reference no longer contains: " .. change.old)
    code = code:sub(1, first - 1) .. change.new .. code:sub(last + 1)
  end
  return code
end

return drill {
  id = "path-breaking-walls",
  title = "Through k walls",
  category = "grids",
  level = "hard",
  minutes = 30,
  covers = { "S03-C05" },
  signature = "path_breaking_walls(grid: int[][], k: int) -> int",

  statement = [==[
A rescue robot has to get from the upper left cell of a collapsed building to the lower right one.
The plan of the building is a grid: `0` is a free cell, `1` is a wall. The robot carries `k`
charges, and each lets it break one wall and drive on through that cell.

Given `grid` and `k`, return the fewest steps in which the robot gets there.

**Conventions**

- A step leads to the cell above, below, on the left or on the right, within the grid.
- A step onto a wall uses one charge; a step onto a free cell uses none. A broken wall counts as a
  step like any other. At most `k` walls may be broken, fewer is fine.
- Entering the same wall cell again would use another charge, but that is never of use.
- The first and the last cell are free. In a grid of one cell the answer is 0.
- If the robot cannot get there, return -1.
- There is at least one row and one column, and all rows have the same length. The grid need not be
  square. `0 ≤ k ≤ 100`, and `k` may be larger than the number of walls.
- Do not change the input.

**Cost.** O(R·C·(k + 1)) time and space for R rows and C columns. `k` is small here, but must not be
assumed to be 0 or 1.
]==],

  examples = {
    {
      args = { { { 0, 0, 0 }, { 1, 1, 0 }, { 0, 0, 0 }, { 0, 1, 1 }, { 0, 0, 0 } }, 1 },
      result = 6,
      note = "Straight down the right side: six steps, through one wall. Without charges it takes "
        .. "ten.",
    },
    {
      args = { { { 0, 1, 1 }, { 1, 1, 1 }, { 1, 1, 0 } }, 2 },
      result = -1,
      note = "Each way leads through three walls.",
    },
    {
      args = { { { 0, 1, 0, 0 } }, 5 },
      result = 3,
      note = "More charges than walls do no harm.",
    },
  },

  limits = { time_ms = 2000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 512, 1024, 2048, 4096 },
    -- n cells and always 3 charges, which do not suffice: an open hall, where ways found deep first
    -- are long, and walls below it.
    input = function(n)
      local grid, closed = open_hall(n // 32, 16), cut_off(n // 32, 16)
      return { table.move(closed, 1, #closed, #grid + 1, grid), 3 }
    end,
  },

  cases = function(rand, case)
    case { name = "one cell", catches = "counts cells", args = { { { 0 } }, 0 } }
    case { name = "no charges, no way", catches = "breaks one wall too many",
           args = { { { 0, 1 }, { 1, 0 } }, 0 } }
    case { name = "no charges, a way", args = { { { 0, 0, 1 }, { 1, 0, 0 } }, 0 } }
    case { name = "just enough charges", catches = "keeps the last charge",
           args = { { { 0, 1, 1, 0 } }, 2 } }
    case { name = "one charge short", args = { { { 0, 1, 1, 1, 0 } }, 2 } }
    case { name = "saves steps, not charges", catches = "saves charges before steps",
           args = { { { 0, 1, 0, 0, 0 }, { 0, 1, 0, 1, 0 }, { 0, 0, 0, 1, 0 } }, 5 } }
    case { name = "the charge is spent too early", catches = "marks cells only",
           args = { { { 0, 1, 0, 0 }, { 0, 1, 0, 1 }, { 0, 0, 0, 1 }, { 1, 1, 1, 0 } }, 1 } }
    case { name = "the way leads back up", catches = "goes right and down only",
           args = { { { 0, 1, 0, 0, 0 }, { 0, 1, 0, 1, 0 }, { 0, 1, 0, 1, 0 }, { 0, 0, 0, 1, 0 } },
                    0 } }
    case { name = "the short way meets a wall at the end", catches = "marks cells only",
           args = { { { 0, 0, 0 }, { 1, 1, 0 }, { 0, 0, 0 }, { 0, 1, 1 }, { 0, 1, 1 },
                      { 0, 1, 0 } }, 1 } }
    case { name = "two walls in a row",
           args = { { { 0, 0, 1, 1, 0, 0 }, { 0, 1, 1, 1, 1, 0 } }, 2 } }
    case { name = "more charges than cells",
           args = { { { 0, 1, 1 }, { 1, 1, 1 }, { 1, 1, 0 } }, 50 } }
    case { name = "a column", args = { { { 0 }, { 1 }, { 0 }, { 1 }, { 0 } }, 2 } }
    for i = 1, 6 do
      case { name = "random " .. i,
             args = { random_grid(rand(2, 9), rand(2, 9), 0.35 + 0.05 * i, rand), rand(0, 3) } }
    end
    case { name = "winding, 21 x 20, 2 charges", args = { winding(21, 20), 2 } }
    case { name = "40 x 50, many walls, 4 charges", args = { random_grid(40, 50, 0.45, rand), 4 } }
    case { name = "50 x 60, few walls, 1 charge", args = { random_grid(50, 60, 0.3, rand), 1 } }
    case { name = "30 x 30, cut off", args = { cut_off(30, 30), 5 } }
  end,

  compare = "exact",

  -- least[j][cell]: the fewest steps with exactly j broken walls, until nothing changes.
  oracle = function(args)
    local grid, k = args[1], math.min(args[2], #args[1] * #args[1][1])
    local rows, columns, least = #grid, #grid[1], {}
    for j = -1, k do
      least[j] = {}
      for r = 0, rows + 1 do least[j][r] = {} end
    end
    least[0][1][1] = 0
    local changed = true
    while changed do
      changed = false
      for j = 0, k do
        for r = 1, rows do
          for c = 1, columns do
            local from = least[j - grid[r][c]]
            local before = math.min(from[r - 1][c] or math.huge, from[r + 1][c] or math.huge,
                                    from[r][c - 1] or math.huge, from[r][c + 1] or math.huge)
            if before + 1 < (least[j][r][c] or math.huge) then
              least[j][r][c] = before + 1
              changed = true
            end
          end
        end
      end
    end
    local answer = math.huge
    for j = 0, k do answer = math.min(answer, least[j][rows][columns] or math.huge) end
    return answer < math.huge and answer or -1
  end,

  reference = {
    lua = cell_and_breaks,
    python = [==[
from collections import deque


def path_breaking_walls(grid, k):
    wall = {(r, c): w for r, row in enumerate(grid) for c, w in enumerate(row)}
    goal = (len(grid) - 1, len(grid[0]) - 1)
    queue, seen = deque([(0, 0, k, 0)]), {(0, 0, k)}
    while queue:
        r, c, left, steps = queue.popleft()
        if (r, c) == goal:
            return steps
        for near in ((r, c + 1), (r, c - 1), (r + 1, c), (r - 1, c)):
            state = (*near, left - wall.get(near, k + 1))
            if state[2] >= 0 and state not in seen:
                seen.add(state)
                queue.append((*state, steps + 1))
    return -1
]==],
    cpp = [==[
// A search in waves over pairs of a cell and the charges that are left. A cell is entered again
// only with more charges than at any earlier visit.
#include <algorithm>
#include <cstddef>
#include <vector>

int path_breaking_walls(const std::vector<std::vector<long long>>& grid, long long k) {
  struct State {
    int row, column;
    long long left;
  };
  const int rows = static_cast<int>(grid.size()), columns = static_cast<int>(grid[0].size());
  std::vector<std::vector<long long>> most_left(grid.size(),
                                                std::vector<long long>(grid[0].size(), -1));
  std::vector<State> wave = {{0, 0, k}};
  most_left[0][0] = k;
  for (int steps = 0; !wave.empty(); ++steps) {
    std::vector<State> following;
    for (const State& at : wave) {
      if (at.row == rows - 1 && at.column == columns - 1) return steps;
      const State next[] = {{at.row, at.column + 1, at.left},
                            {at.row, at.column - 1, at.left},
                            {at.row + 1, at.column, at.left},
                            {at.row - 1, at.column, at.left}};
      for (State to : next) {
        if (to.row < 0 || to.row >= rows || to.column < 0 || to.column >= columns) continue;
        to.left -= grid[to.row][to.column];
        if (to.left <= most_left[to.row][to.column]) continue;
        most_left[to.row][to.column] = to.left;
        following.push_back(to);
      }
    }
    wave.swap(following);
  }
  return -1;
}
]==],
  },

  wrong = {
    {
      name = "marks cells only",
      language = "lua",
      verdict = "WA",
      case = "the charge is spent too early",
      why = "A cell is marked on the first visit, whatever is left by then. The quickest way to it "
        .. "may have spent a charge that is needed further on; a slower visit with more left must "
        .. "be allowed.",
      code = reference_with({
        { old = "if not seen[reached] then\n            seen[reached] = true",
          new = "if not seen[near] then\n            seen[near] = true" },
        { old = "seen[wave[1]] = true", new = "seen[width + 1] = true" },
      }),
    },
    {
      name = "saves charges before steps",
      language = "lua",
      verdict = "WA",
      case = "saves steps, not charges",
      why = "Of all ways one with the fewest walls is taken, and its steps are counted. Charges "
        .. "cost nothing: a shorter way through more walls is better as long as there are enough.",
      code = [==[
function path_breaking_walls(grid, k)
  local rows, columns = #grid, #grid[1]
  local width = columns + 1
  local wall, walls, steps = {}, {}, {}
  for r = 1, rows do
    for c = 1, columns do wall[r * width + c] = grid[r][c] end
  end
  local start, goal = width + 1, rows * width + columns
  walls[start], steps[start] = 0, 0
  local queue, head = { start }, 1
  while queue[head] do
    local cell = queue[head]
    head = head + 1
    for _, move in ipairs({ 1, -1, width, -width }) do
      local near = cell + move
      if wall[near] then
        local w, s = walls[cell] + wall[near], steps[cell] + 1
        if not walls[near] or w < walls[near] or (w == walls[near] and s < steps[near]) then
          walls[near], steps[near] = w, s
          queue[#queue + 1] = near
        end
      end
    end
  end
  return walls[goal] <= k and steps[goal] or -1
end
]==],
    },
    {
      name = "breaks one wall too many",
      language = "lua",
      verdict = "WA",
      case = "no charges, no way",
      why = "Breaks are counted such that one more than k is possible. Try k = 0: no wall may be "
        .. "broken then.",
      code = reference_with({
        { old = "layer * k }, 0", new = "layer * (k + 1) }, 0" },
      }),
    },
    {
      name = "keeps the last charge",
      language = "lua",
      verdict = "WA",
      case = "just enough charges",
      why = "A wall is broken only when a charge is left afterwards. The last one may be used as "
        .. "well.",
      code = reference_with({
        { old = "if wall[near] and left >= wall[near] then",
          new = "if wall[near] and (wall[near] == 0 or left > 1) then" },
      }),
    },
    {
      name = "counts cells",
      language = "lua",
      verdict = "WA",
      case = "one cell",
      why = "The first cell is counted. Steps are asked for, and a way has one step fewer than it "
        .. "has cells.",
      code = reference_with({
        { old = "layer * k }, 0", new = "layer * k }, 1" },
      }),
    },
    {
      name = "goes right and down only",
      language = "lua",
      verdict = "WA",
      case = "the way leads back up",
      why = "The table is filled in row by row from above and from the left. A way around walls "
        .. "may lead up or to the left.",
      code = [==[
function path_breaking_walls(grid, k)
  local rows, columns, fewest = #grid, #grid[1], {}
  for r = 1, rows do
    fewest[r] = {}
    for c = 1, columns do
      local up, left = fewest[r - 1] and fewest[r - 1][c], fewest[r][c - 1]
      local before = math.min(up or math.huge, left or math.huge)
      if r == 1 and c == 1 then before = 0 end
      fewest[r][c] = before + grid[r][c]
    end
  end
  if fewest[rows][columns] <= k then return rows + columns - 2 end
  return -1
end
]==],
    },
    {
      name = "goes deep first and corrects",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "A state is visited again whenever a shorter way to it turns up. The answer is right, "
        .. "but the first ways are long and get corrected over and over. In waves the first visit "
        .. "is the best.",
      code = [==[
function path_breaking_walls(grid, k)
  local rows, columns = #grid, #grid[1]
  local width = columns + 1
  k = math.min(k, rows * columns)
  local wall, best = {}, {}
  for r = 1, rows do
    for c = 1, columns do wall[r * width + c] = grid[r][c] end
  end
  local goal, layer = rows * width + columns, (rows + 2) * width
  local stack = { width + 1 + layer * k }
  best[stack[1]] = 0
  while #stack > 0 do
    local state = table.remove(stack)
    local cell, left = state % layer, state // layer
    for _, move in ipairs({ 1, -1, width, -width }) do
      local near = cell + move
      if wall[near] and left >= wall[near] then
        local reached = near + layer * (left - wall[near])
        if best[state] + 1 < (best[reached] or math.huge) then
          best[reached] = best[state] + 1
          stack[#stack + 1] = reached
        end
      end
    end
  end
  local answer = math.huge
  for left = 0, k do answer = math.min(answer, best[goal + layer * left] or math.huge) end
  return answer < math.huge and answer or -1
end
]==],
    },
  },

  hints = {
    { text = "Two robots stand in the same cell after the same number of steps. Is there anything "
        .. "else that tells them apart?", cost_min = 3 },
    { text = "A cell must be visited again if more charges are left than on earlier visits. So "
        .. "what is it that is marked as seen?", cost_min = 4 },
    { text = "Search in waves over states (row, column, charges left), from (0, 0, k). A step onto "
        .. "a wall goes to a state with one charge less, if there is one. Mark states, and return "
        .. "the number of the wave in which the goal first comes up with any number "
        .. "left.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "How can many states be spared?",
      answer = "Keep for each cell the most charges left on any visit so far, and enter it again "
        .. "only with more: an earlier visit with as many left is at least as good in both "
        .. "respects. And if k is at least the number of walls on a straight way of R + C - 2 "
        .. "steps, that is the answer." },
    { ask = "Breaking a wall takes t steps instead of one.",
      answer = "Then steps differ in length. Use a heap by time over the same states, or waves in "
        .. "which a broken wall is queued t waves later." },
    { ask = "The fewest walls to break, whatever the steps?",
      answer = "No second dimension is needed: entering a wall costs 1, a free cell 0. A queue "
        .. "with two ends finds it in O(R·C)." },
    { ask = "Would A* help?",
      answer = "With rows plus columns left as the lower bound, yes, where there are few walls on "
        .. "the straight way. The bound ignores walls, so among many of them it visits nearly "
        .. "everything." },
  },

  explain = [==[
**States.** What a robot can still do depends on its cell and on the charges left, and on nothing
else. So these pairs are the places of the search, R·C·(k+1) of them, and each step leads from one
to another.

**Invariant.** The wave with number s holds exactly the states whose shortest way has s steps. The
goal may come up with several numbers of charges left; the first wave that contains any of them is
the answer.

**Why marking cells is wrong.** The first visit to a cell has the fewest steps, but perhaps also the
fewest charges. If a wall bars every way on, only a later visit with more left gets through.

**Cost.** Each state is put in once and looks at four neighbours: O(R·C·(k+1)) time and space. With
the most charges left kept per cell, space for marks is O(R·C).

**Usual mistakes**

- *Marking cells.* See above. Small random grids hardly ever show it.
- *Fewest walls first.* Steps are counted, charges are only a limit.
- *Off by one at the last charge.* Try k = 0, and a way that needs all of them.
- *Deep first.* A way is found, not a shortest one.
]==],
}
