-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How long until everything in reach of several sources is taken: one search that starts from all
-- of them at once. The drill is about counting the minutes (not one too many) and about what is
-- never reached.

local function random_grid(rows, columns, share_fresh, sources, rand)
  local grid = {}
  for r = 1, rows do
    grid[r] = {}
    for c = 1, columns do grid[r][c] = rand.float() < share_fresh and 1 or 0 end
  end
  for _ = 1, sources do grid[rand(1, rows)][rand(1, columns)] = 2 end
  return grid
end

local function filled(rows, columns, value)
  local grid = {}
  for r = 1, rows do
    grid[r] = {}
    for c = 1, columns do grid[r][c] = value end
  end
  return grid
end

-- One path that winds from row to row, all of it fresh.
local function snake(rows, columns)
  local grid = {}
  for r = 1, rows do
    grid[r] = {}
    local turn = r % 4 == 2 and columns or 1
    for c = 1, columns do grid[r][c] = (r % 2 == 1 or c == turn) and 1 or 0 end
  end
  return grid
end

-- Sources in open land above a winding path: many sources, each with all the rest in reach, and a
-- long way.
local function sources_and_snake(rows, columns)
  local grid, path = filled(rows // 2, columns, 1), snake(rows - rows // 2, columns)
  for r = 1, #grid, 2 do
    for c = 1, columns, 2 do grid[r][c] = 2 end
  end
  return table.move(path, 1, #path, #grid + 1, grid)
end

local function with_source(grid, row, column)
  grid[row][column] = 2
  return grid
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local all_at_once = [==[
-- One search from all sources together, minute by minute: what is taken in one minute spreads in
-- the next. Cells are numbered row by row within a frame of empty cells: no border needs a check.
function spread_minutes(grid)
  local width = #grid[1] + 1
  local state, queue, fresh = {}, {}, 0
  for cell = 1, (#grid + 2) * width do state[cell] = 0 end
  for r, row in ipairs(grid) do
    for c, value in ipairs(row) do
      local cell = r * width + c
      state[cell] = value
      if value == 1 then fresh = fresh + 1 end
      if value == 2 then queue[#queue + 1] = cell end
    end
  end

  local steps = { 1, -1, width, -width }
  local minutes, head, tail = 0, 1, #queue
  while fresh > 0 and head <= tail do
    minutes = minutes + 1
    for i = head, tail do
      for k = 1, 4 do
        local near = queue[i] + steps[k]
        if state[near] == 1 then
          state[near] = 2
          fresh = fresh - 1
          queue[#queue + 1] = near
        end
      end
    end
    head, tail = tail + 1, #queue
  end
  return fresh == 0 and minutes or -1
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = all_at_once:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return all_at_once:sub(1, first - 1) .. new .. all_at_once:sub(last + 1)
end

return drill {
  id = "spread-minutes",
  title = "A rumour on the map",
  category = "grids",
  level = "medium",
  minutes = 20,
  covers = { "S03-C05" },
  signature = "spread_minutes(grid: int[][]) -> int",

  statement = [==[
A false rumour goes round among communities. They lie on a grid; a community that has heard the
rumour tells it to all its neighbours within a minute. The safety team asks how long it has until
everybody knows.

Each cell of `grid` is `0` (nobody lives there), `1` (a community that has not heard the rumour) or
`2` (one that has). Every minute each `1` that shares a side with a `2` becomes a `2`; all of them
at the same time. Return after how many minutes no `1` is left.

**Conventions**

- Neighbours are above, below, left and right. Corners do not count, and the grid ends at its
  borders.
- What becomes `2` in a minute passes the rumour on in the next minute, not in the same.
- The rumour does not cross empty cells.
- When there is no `1` at the beginning, the answer is 0, with or without a `2`.
- When some `1` is never reached, the answer is -1.
- There is at least one row and one column, and all rows have the same length. The grid need not be
  square. There may be no `2` at all, or very many.
- Do not change the input.

**Cost.** O(R·C) time and space for R rows and C columns, however many communities know the rumour
at the start and however long the ways are.
]==],

  examples = {
    {
      args = { { { 2, 1, 1 }, { 0, 1, 1 } } },
      result = 3,
      note = "The last to hear it is the lower right corner: two steps to the right and one down.",
    },
    {
      args = { { { 2, 1, 1, 1, 2 } } },
      result = 2,
      note = "It comes from both sides and meets in the middle.",
    },
    {
      args = { { { 2, 1, 0, 1 } } },
      result = -1,
      note = "Nobody tells the last community.",
    },
  },

  limits = { time_ms = 2000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1024, 2048, 4096, 8192 },
    -- n cells: half of them land with many sources, half a long winding way.
    input = function(n) return { sources_and_snake(n // 32, 32) } end,
  },

  cases = function(rand, case)
    case { name = "only empty cells", catches = "takes one minute off", args = { { { 0, 0 } } } }
    case { name = "everybody knows", catches = "counts the minute in which nothing happens",
           args = { { { 2, 2 } } } }
    case { name = "one neighbour", args = { { { 2, 1 } } } }
    case { name = "nobody knows", catches = "forgets who is out of reach",
           args = { { { 1, 1 }, { 0, 1 } } } }
    case { name = "a row", catches = "spreads on in the same minute",
           args = { { { 2, 1, 1, 1, 1 } } } }
    case { name = "an empty cell on the way", catches = "crosses empty cells",
           args = { { { 2, 0, 1 }, { 1, 1, 1 } } } }
    case { name = "one is out of reach",
           args = { { { 2, 1, 0 }, { 0, 0, 1 } } } }
    case { name = "a corner is no neighbour", args = { { { 2, 0 }, { 0, 1 } } } }
    case { name = "two sources", catches = "starts from one source",
           args = { { { 2, 1, 1, 1, 1, 2 } } } }
    case { name = "a column", args = { { { 1 }, { 1 }, { 2 }, { 1 }, { 1 }, { 1 } } } }
    case { name = "wider than high", args = { { { 1, 1, 1, 1, 1, 1 }, { 1, 1, 2, 1, 1, 1 } } } }
    case { name = "higher than wide",
           args = { { { 2, 1 }, { 1, 1 }, { 1, 0 }, { 1, 1 }, { 0, 1 }, { 1, 1 } } } }
    case { name = "the border is an end", catches = "walks round the edge",
           args = { { { 1, 0, 2 }, { 1, 0, 1 }, { 1, 1, 1 } } } }
    case { name = "a winding way", args = { with_source(snake(9, 7), 1, 1) } }
    for i = 1, 3 do
      case { name = "random " .. i,
             args = { random_grid(rand(2, 10), rand(2, 10), 0.8, 2, rand) } }
    end
    for i = 1, 2 do
      case { name = "random, crowded " .. i,
             args = { random_grid(rand(4, 12), rand(4, 12), 1, i, rand) } }
    end
    case { name = "100 x 100, one source", args = { with_source(filled(100, 100, 1), 37, 81) } }
    case { name = "60 x 160, three sources, some out of reach",
           args = { random_grid(60, 160, 0.6, 3, rand) } }
  end,

  compare = "exact",

  -- For each fresh cell: how far sources can be, found by letting distances settle.
  oracle = function(args)
    local grid, distance = args[1], {}
    for r, row in ipairs(grid) do
      distance[r] = {}
      for c, value in ipairs(row) do distance[r][c] = value == 2 and 0 or math.huge end
    end
    local function at(r, c) return distance[r] and distance[r][c] or math.huge end
    local changed = true
    while changed do
      changed = false
      for r, row in ipairs(grid) do
        for c, value in ipairs(row) do
          local nearest = math.min(at(r - 1, c), at(r + 1, c), at(r, c - 1), at(r, c + 1))
          if value == 1 and nearest + 1 < distance[r][c] then
            distance[r][c] = nearest + 1
            changed = true
          end
        end
      end
    end
    local longest = 0
    for r, row in ipairs(grid) do
      for c, value in ipairs(row) do
        if value == 1 then longest = math.max(longest, distance[r][c]) end
      end
    end
    return longest < math.huge and longest or -1
  end,

  reference = {
    lua = all_at_once,
    python = [==[
def spread_minutes(grid):
    state = {(r, c): value for r, row in enumerate(grid) for c, value in enumerate(row)}
    fresh = sum(value == 1 for value in state.values())
    front = [cell for cell, value in state.items() if value == 2]
    minutes = 0
    while fresh and front:
        minutes += 1
        reached = []
        for r, c in front:
            for near in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
                if state.get(near) == 1:
                    state[near] = 2
                    reached.append(near)
        fresh -= len(reached)
        front = reached
    return -1 if fresh else minutes
]==],
    cpp = [==[
// One search from all sources together, minute by minute, in a copy with a frame of empty cells.
#include <cstddef>
#include <vector>

int spread_minutes(const std::vector<std::vector<long long>>& grid) {
  const std::size_t width = grid[0].size() + 2;
  std::vector<int> state((grid.size() + 2) * width, 0);
  std::vector<std::size_t> front;
  std::size_t fresh = 0;
  for (std::size_t r = 0; r < grid.size(); ++r) {
    for (std::size_t c = 0; c < grid[r].size(); ++c) {
      const std::size_t cell = (r + 1) * width + c + 1;
      state[cell] = static_cast<int>(grid[r][c]);
      if (state[cell] == 1) ++fresh;
      if (state[cell] == 2) front.push_back(cell);
    }
  }
  int minutes = 0;
  while (fresh > 0 && !front.empty()) {
    ++minutes;
    std::vector<std::size_t> reached;
    for (const std::size_t cell : front) {
      for (const std::size_t near : {cell + 1, cell - 1, cell + width, cell - width}) {
        if (state[near] != 1) continue;
        state[near] = 2;
        reached.push_back(near);
      }
    }
    fresh -= reached.size();
    front.swap(reached);
  }
  return fresh == 0 ? minutes : -1;
}
]==],
  },

  wrong = {
    {
      name = "counts the minute in which nothing happens",
      language = "lua",
      verdict = "WA",
      case = "everybody knows",
      why = "Every round of the queue counts as a minute, the last one too, in which nobody is "
        .. "left to be told. Stop when no fresh cell is left.",
      code = reference_with("while fresh > 0 and head <= tail do", "while head <= tail do"),
    },
    {
      name = "takes one minute off",
      language = "lua",
      verdict = "WA",
      case = "only empty cells",
      why = "The round too many is taken off at the end. Without any source there was no round, "
        .. "and the answer becomes -1 where it should be 0.",
      code = reference_with([==[
    head, tail = tail + 1, #queue
  end
  return fresh == 0 and minutes or -1]==], [==[
    head, tail = tail + 1, #queue
  end
  return fresh == 0 and minutes - 1 or -1]==]):gsub("while fresh > 0 and", "while"),
    },
    {
      name = "forgets who is out of reach",
      language = "lua",
      verdict = "WA",
      case = "nobody knows",
      why = "The number of minutes is returned without asking whether a fresh cell was left over.",
      code = reference_with("return fresh == 0 and minutes or -1", "return minutes"),
    },
    {
      name = "spreads on in the same minute",
      language = "lua",
      verdict = "WA",
      case = "a row",
      why = "The grid is changed while it is scanned, so a cell that was told a moment ago tells "
        .. "its neighbour in the same minute. Decide first who is told, then change.",
      code = [==[
function spread_minutes(grid)
  local minutes = 0
  while true do
    local fresh, told = 0, 0
    for r, row in ipairs(grid) do
      for c = 1, #row do
        if row[c] == 1 then
          fresh = fresh + 1
          local above = grid[r - 1] and grid[r - 1][c]
          local below = grid[r + 1] and grid[r + 1][c]
          if above == 2 or below == 2 or row[c - 1] == 2 or row[c + 1] == 2 then
            row[c] = 2
            told = told + 1
          end
        end
      end
    end
    if fresh == 0 then return minutes end
    if told == 0 then return -1 end
    minutes = minutes + 1
  end
end
]==],
    },
    {
      name = "starts from one source",
      language = "lua",
      verdict = "WA",
      case = "two sources",
      why = "The search begins at the first source only. They all spread at the same time: put all "
        .. "of them into the queue before you begin.",
      code = reference_with("if value == 2 then queue[#queue + 1] = cell end",
                            "if value == 2 and #queue == 0 then queue[1] = cell end"),
    },
    {
      name = "crosses empty cells",
      language = "lua",
      verdict = "WA",
      case = "an empty cell on the way",
      why = "The time is taken from the distance in rows and columns. A way has to lead through "
        .. "communities, around empty cells.",
      code = [==[
function spread_minutes(grid)
  local sources, longest = {}, 0
  for r, row in ipairs(grid) do
    for c, value in ipairs(row) do
      if value == 2 then sources[#sources + 1] = { r, c } end
    end
  end
  for r, row in ipairs(grid) do
    for c, value in ipairs(row) do
      if value == 1 then
        if #sources == 0 then return -1 end
        local nearest = math.huge
        for _, source in ipairs(sources) do
          nearest = math.min(nearest, math.abs(source[1] - r) + math.abs(source[2] - c))
        end
        longest = math.max(longest, nearest)
      end
    end
  end
  return longest
end
]==],
    },
    {
      name = "searches from every source by itself",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "A search of the whole grid for each source, and the least distance kept: sources "
        .. "times cells. Started together, the sources need one search: whoever comes first is "
        .. "nearest.",
      code = [==[
function spread_minutes(grid)
  local width, nearest = #grid[1] + 1, {}
  local state = {}
  for cell = 1, (#grid + 2) * width do state[cell] = 0 end
  for r, row in ipairs(grid) do
    for c, value in ipairs(row) do state[r * width + c] = value end
  end
  local steps = { 1, -1, width, -width }
  for source = 1, #state do
    if state[source] == 2 then
      local distance, queue, head = { [source] = 0 }, { source }, 1
      while queue[head] do
        local cell = queue[head]
        head = head + 1
        for k = 1, 4 do
          local near = cell + steps[k]
          if state[near] == 1 and not distance[near] then
            distance[near] = distance[cell] + 1
            nearest[near] = math.min(nearest[near] or math.huge, distance[near])
            queue[#queue + 1] = near
          end
        end
      end
    end
  end
  local longest = 0
  for cell = 1, #state do
    if state[cell] == 1 then
      if not nearest[cell] then return -1 end
      longest = math.max(longest, nearest[cell])
    end
  end
  return longest
end
]==],
    },
    {
      name = "scans the grid every minute",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each minute costs a look at every cell, and on a winding way there are as many "
        .. "minutes as cells. Only those told in the last minute have anything new to tell: keep "
        .. "them in a list.",
      code = [==[
function spread_minutes(grid)
  local state, minutes = {}, 0
  for r, row in ipairs(grid) do state[r] = table.move(row, 1, #row, 1, {}) end
  local none = {}
  while true do
    local fresh, told = 0, {}
    for r = 1, #state do
      local row, above, below = state[r], state[r - 1] or none, state[r + 1] or none
      for c = 1, #row do
        if row[c] == 1 then
          fresh = fresh + 1
          if above[c] == 2 or below[c] == 2 or row[c - 1] == 2 or row[c + 1] == 2 then
            told[#told + 1] = { row, c }
          end
        end
      end
    end
    if fresh == 0 then return minutes end
    if #told == 0 then return -1 end
    for _, at in ipairs(told) do at[1][at[2]] = 2 end
    minutes = minutes + 1
  end
end
]==],
    },
  },

  pitfalls = {
    ["walks round the edge"] = "With cells numbered row by row, the cell before the first of a row "
      .. "is the last of the row above. Check the column, or put a frame around the grid.",
  },

  hints = {
    { text = "Who can tell somebody new in a minute? Only those who heard it in the minute before.",
      cost_min = 2 },
    { text = "Nothing says that a search must start from one cell. What if all cells that know the "
        .. "rumour stand in the queue before it begins?", cost_min = 3 },
    { text = "Fill the queue with all sources and count the fresh cells. While both are left: one "
        .. "more minute, go through what is in the queue now, mark fresh neighbours, take them off "
        .. "the count and queue them for the next minute. Return -1 if the count is not 0 at the "
        .. "end.",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "Which community hears it last, and from which source?",
      answer = "Store with each queued cell the source that it came from; the last cell queued is "
        .. "one of the last to hear. On ties several sources are equally near." },
    { ask = "Some communities are slow and need w minutes to pass it on.",
      answer = "Then the order of the queue no longer is the order of time. Use a heap by time: "
        .. "Dijkstra from all sources, O(RC log RC)." },
    { ask = "Where should one fact-checked community be placed to delay the rumour most?",
      answer = "Each candidate needs a search: (RC)² in all, or only cells on the ways to the last "
        .. "ones. It is about separators, so ask first how large the grid is." },
    { ask = "Why may the search stop when the count of fresh cells is 0?",
      answer = "A cell turns at most once, so what is left in the queue can change nothing. It is "
        .. "also what makes the count of minutes right." },
  },

  explain = [==[
**Invariant.** At the beginning of minute m+1 the stretch of the queue from `head` to `tail` holds
exactly the cells that became `2` in minute m, and all cells at distance at most m from their
nearest source are `2`.

**Why it holds.** A cell at distance m+1 has a neighbour at distance m, which became `2` in minute
m, so it is marked in minute m+1. It was not marked earlier: all its neighbours are at distance m or
more. Starting from all sources is the same as starting from one more cell beside the grid that is
joined to them.

**Cost.** Each cell enters the queue at most once and looks at four neighbours: O(R·C).

**Usual mistakes**

- *One minute too many.* The cells told last are still in the queue, but have nobody to tell.
  Counting the fresh cells ends the loop in time; subtracting one at the end goes wrong when there
  was no round.
- *Changing while scanning.* The rumour then runs along a row within one minute.
- *One search per source.* The queue does not mind where its first cells come from.
- *No check for the rest.* Count, and return -1 when it is not 0.
]==],
}
