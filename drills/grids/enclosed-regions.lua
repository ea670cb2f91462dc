-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Fill every free region that is closed off from the border. What is open is easier to find than
-- what is closed: the drill is about searching from the border inward, once, and without recursion.

local function random_picture(rows, columns, share_ink, rand)
  local picture, cells = {}, {}
  for r = 1, rows do
    for c = 1, columns do cells[c] = rand.float() < share_ink and "#" or "." end
    picture[r] = table.concat(cells, "", 1, columns)
  end
  return picture
end

-- A frame of ink with a free inside, and `margin` free rows below it.
local function frame(rows, columns, margin)
  local picture, wall = {}, ("#"):rep(columns)
  for r = 1, rows do picture[r] = "#" .. ("."):rep(columns - 2) .. "#" end
  picture[1], picture[rows] = wall, wall
  for r = rows + 1, rows + margin do picture[r] = ("."):rep(columns) end
  return picture
end

-- A single free way, one cell wide, that winds through the picture; it begins at the upper left.
local function snake(rows, columns)
  local picture = { "." .. ("#"):rep(columns - 1) }
  local way = "#" .. ("."):rep(columns - 2) .. "#"
  for r = 2, rows - 1 do
    if r % 2 == 0 then
      picture[r] = way
    elseif r % 4 == 3 then
      picture[r] = ("#"):rep(columns - 2) .. ".#"
    else
      picture[r] = "#." .. ("#"):rep(columns - 2)
    end
  end
  picture[2] = "." .. picture[2]:sub(2)
  picture[rows] = ("#"):rep(columns)
  return picture
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local from_the_border = [==[
-- What is not reached from the border is enclosed. Cells are numbered row by row within a frame of
-- free cells: one search from the frame finds all that is open.
function enclosed_regions(picture)
  local rows, columns = #picture, #picture[1]
  local width = columns + 2
  local closed = {} -- free and not reached so far
  for cell = 1, (rows + 2) * width do closed[cell] = true end
  for r = 1, rows do
    for c = 1, columns do
      closed[r * width + c + 1] = picture[r]:byte(c) == 46 -- "."
    end
  end

  local steps = { 1, -1, width, -width }
  local stack, size = { 1 }, 1
  closed[1] = false
  while size > 0 do
    local cell = stack[size]
    size = size - 1
    for k = 1, 4 do
      local near = cell + steps[k]
      if closed[near] then
        closed[near] = false
        size = size + 1
        stack[size] = near
      end
    end
  end

  local filled, row = {}, {}
  for r = 1, rows do
    for c = 1, columns do
      row[c] = closed[r * width + c + 1] and "#" or picture[r]:sub(c, c)
    end
    filled[r] = table.concat(row)
  end
  return filled
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = from_the_border:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return from_the_border:sub(1, first - 1) .. new .. from_the_border:sub(last + 1)
end

return drill {
  id = "enclosed-regions",
  title = "Fill the closed outlines",
  category = "grids",
  level = "medium",
  minutes = 20,
  covers = { "S03-C05", "S03-P3" },
  signature = "enclosed_regions(picture: string[]) -> string[]",

  statement = [==[
Members of a community paint badges in a small editor. One of its buttons fills everything that is
closed off by ink: the free cells from which one cannot get to the border of the picture.

A picture is a list of rows, each a string with one character per cell: `#` is ink, `.` is free.
Return the picture after the fill: every enclosed free cell has become `#`, everything else is as it
was.

**Conventions**

- From a free cell one gets to the free cells above, below, left and right of it. Corners do not
  connect: ink that touches at corners only is a closed line.
- A free cell in the first or last row or column lies at the border. It is open, and so is every
  free cell from which one can get to such a cell.
- There is at least one row and one column, and all rows have the same length. The picture need not
  be square. It may be all ink or all free.
- A picture has up to 10^6 cells, and a region may be one winding way through half of them.
- Return a new picture and do not change the input.

**Cost.** O(R·C) time and space for R rows and C columns.
]==],

  examples = {
    {
      args = { { "####", "#..#", "####" } },
      result = { "####", "####", "####" },
      note = "The two free cells are closed off.",
    },
    {
      args = { { "####", "#..#", "##.#" } },
      result = { "####", "#..#", "##.#" },
      note = "The region has a cell in the last row: all three cells are open.",
    },
    {
      args = { { ".#.", "#.#", ".#." } },
      result = { ".#.", "###", ".#." },
      note = "The middle cell cannot get out at the corners.",
    },
  },

  limits = { time_ms = 2000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1024, 2048, 4096, 8192 },
    -- n cells: a large closed region, and open land below it.
    input = function(n) return { frame(n // 64, 32, n // 32 - n // 64) } end,
  },

  cases = function(rand, case)
    case { name = "one free cell", args = { { "." } } }
    case { name = "one cell of ink", args = { { "#" } } }
    case { name = "a closed cell", args = { { "###", "#.#", "###" } } }
    case { name = "closed at the corners", catches = "gets out at the corners",
           args = { { "##.", "#.#", ".##" } } }
    case { name = "open to the right", catches = "looks at two borders only",
           args = { { "####", "#...", "####" } } }
    case { name = "open below", catches = "looks at two borders only",
           args = { { "###", "#.#", "#.#" } } }
    case { name = "open round a corner", catches = "looks in four directions",
           args = { { "#####", "#.###", "#...#", "###.#", "###.#" } } }
    case { name = "an open region with two arms", catches = "gives up at the border",
           args = { { "##.##", "#...#", "#.#.#", "#####" } } }
    case { name = "a closed region inside an open one",
           args = { { ".......", ".#####.", ".#...#.", ".#.#.#.", ".#...#.", ".#####.",
                      "......." } } }
    case { name = "an open region and a closed one",
           args = { { "#####", "#.#..", "#.#.#", "#####" } } }
    case { name = "two rows", args = { { "#.#", ".#." } } }
    case { name = "a single column", args = { { "#", ".", "#" } } }
    case { name = "wider than high", args = { { "########", "#..#...#", "########" } } }
    case { name = "all free", args = { { "....", "....", "....", "...." } } }
    case { name = "the other side of the picture", catches = "walks round the edge",
           args = { { "#####", "##.#.", "#####", ".####", "####." } } }
    for i = 1, 4 do
      case { name = "random " .. i,
             args = { random_picture(rand(3, 12), rand(3, 12), 0.4 + 0.06 * i, rand) } }
    end
    case { name = "80 x 100, scattered ink", args = { random_picture(80, 100, 0.45, rand) } }
    case { name = "a closed room of 30 x 40", args = { frame(30, 40, 5) } }
    case { name = "one winding way through 44 x 60", catches = "calls itself for each cell",
           args = { snake(44, 60) } }
  end,

  compare = "exact",

  -- Openness settles: a free cell is open at the border or beside an open cell.
  oracle = function(args)
    local picture, open = args[1], {}
    for r = 0, #picture + 1 do open[r] = {} end
    local rows, columns = #picture, #picture[1]
    local changed = true
    while changed do
      changed = false
      for r = 1, rows do
        for c = 1, columns do
          local at_border = r == 1 or r == rows or c == 1 or c == columns
          local beside = open[r - 1][c] or open[r + 1][c] or open[r][c - 1] or open[r][c + 1]
          if picture[r]:sub(c, c) == "." and not open[r][c] and (at_border or beside) then
            open[r][c] = true
            changed = true
          end
        end
      end
    end
    local filled = {}
    for r = 1, rows do
      filled[r] = ""
      for c = 1, columns do filled[r] = filled[r] .. (open[r][c] and "." or "#") end
    end
    return filled
  end,

  reference = {
    lua = from_the_border,
    python = [==[
def enclosed_regions(picture):
    rows, columns = len(picture), len(picture[0])
    closed = {(r, c) for r in range(rows) for c in range(columns) if picture[r][c] == "."}
    stack = [(r, c) for r, c in closed if r in (0, rows - 1) or c in (0, columns - 1)]
    closed.difference_update(stack)
    while stack:
        r, c = stack.pop()
        for near in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
            if near in closed:
                closed.remove(near)
                stack.append(near)
    filled = [list(row) for row in picture]
    for r, c in closed:
        filled[r][c] = "#"
    return ["".join(row) for row in filled]
]==],
  },

  wrong = {
    {
      name = "gets out at the corners",
      language = "lua",
      verdict = "WA",
      case = "closed at the corners",
      why = "The search takes diagonal steps and so passes between two cells of ink that touch at "
        .. "a corner. Such a line is closed here.",
      code = reference_with("local steps = { 1, -1, width, -width }",
                            "local steps = { 1, -1, width, -width, width + 1, width - 1, "
                              .. "1 - width, -1 - width }")
        :gsub("for k = 1, 4 do", "for k = 1, 8 do"),
    },
    {
      name = "looks at two borders only",
      language = "lua",
      verdict = "WA",
      case = "open to the right",
      why = "The search starts from the first row and the first column. A region may be open to "
        .. "the right or below just as well.",
      code = [==[
function enclosed_regions(picture)
  local rows, columns = #picture, #picture[1]
  local open, stack = {}, {}
  for r = 1, rows do open[r] = {} end
  local function visit(r, c)
    if open[r] and not open[r][c] and picture[r]:sub(c, c) == "." and c >= 1 then
      open[r][c] = true
      stack[#stack + 1] = { r, c }
    end
  end
  for c = 1, columns do visit(1, c) end
  for r = 1, rows do visit(r, 1) end
  while #stack > 0 do
    local at = table.remove(stack)
    visit(at[1] + 1, at[2])
    visit(at[1] - 1, at[2])
    visit(at[1], at[2] + 1)
    visit(at[1], at[2] - 1)
  end
  local filled = {}
  for r = 1, rows do
    local row = {}
    for c = 1, columns do row[c] = open[r][c] and "." or "#" end
    filled[r] = table.concat(row)
  end
  return filled
end
]==],
    },
    {
      name = "looks in four directions",
      language = "lua",
      verdict = "WA",
      case = "open round a corner",
      why = "A cell is taken for enclosed when there is ink in all four directions. The way out "
        .. "may turn.",
      code = [==[
function enclosed_regions(picture)
  local rows, columns, filled = #picture, #picture[1], {}
  local function ink_from(r, c, dr, dc)
    while r >= 1 and r <= rows and c >= 1 and c <= columns do
      if picture[r]:byte(c) == 35 then return true end
      r, c = r + dr, c + dc
    end
    return false
  end
  for r = 1, rows do
    local row = {}
    for c = 1, columns do
      local closed = ink_from(r, c, 1, 0) and ink_from(r, c, -1, 0) and ink_from(r, c, 0, 1)
        and ink_from(r, c, 0, -1)
      row[c] = closed and "#" or "."
    end
    filled[r] = table.concat(row)
  end
  return filled
end
]==],
    },
    {
      name = "gives up at the border",
      language = "lua",
      verdict = "WA",
      case = "an open region with two arms",
      why = "A search from inside stops as soon as it meets the border. The rest of the region "
        .. "stays unvisited, is searched later by itself, finds its way to the border barred by "
        .. "marks, and is filled. Visit the whole region, then decide.",
      code = [==[
function enclosed_regions(picture)
  local rows, columns = #picture, #picture[1]
  local filled, seen = {}, {}
  for r = 1, rows do
    filled[r], seen[r] = {}, {}
    for c = 1, columns do filled[r][c] = picture[r]:sub(c, c) end
  end
  for first_row = 1, rows do
    for first_column = 1, columns do
      if picture[first_row]:byte(first_column) == 46 and not seen[first_row][first_column] then
        local region, open = { { first_row, first_column } }, false
        seen[first_row][first_column] = true
        local done = 0
        while done < #region and not open do
          done = done + 1
          local r, c = region[done][1], region[done][2]
          open = r == 1 or r == rows or c == 1 or c == columns
          if not open then
            for _, near in ipairs({ { r + 1, c }, { r - 1, c }, { r, c + 1 }, { r, c - 1 } }) do
              local nr, nc = near[1], near[2]
              if picture[nr]:byte(nc) == 46 and not seen[nr][nc] then
                seen[nr][nc] = true
                region[#region + 1] = near
              end
            end
          end
        end
        if not open then
          for _, at in ipairs(region) do filled[at[1]][at[2]] = "#" end
        end
      end
    end
  end
  for r = 1, rows do filled[r] = table.concat(filled[r]) end
  return filled
end
]==],
    },
    {
      name = "calls itself for each cell",
      language = "python",
      verdict = "RTE",
      case = "one winding way through 44 x 60",
      why = "The search calls itself for each next cell of the way: over a thousand calls deep, "
        .. "where Python allows a thousand. Raising the limit only moves the crash. Keep the cells "
        .. "still to visit in a list.",
      code = [==[
def enclosed_regions(picture):
    rows, columns = len(picture), len(picture[0])
    cells = [list(row) for row in picture]

    def visit(r, c):
        if 0 <= r < rows and 0 <= c < columns and cells[r][c] == ".":
            cells[r][c] = "o"
            visit(r + 1, c)
            visit(r - 1, c)
            visit(r, c + 1)
            visit(r, c - 1)

    for c in range(columns):
        visit(0, c)
        visit(rows - 1, c)
    for r in range(rows):
        visit(r, 0)
        visit(r, columns - 1)
    return ["".join("." if cell == "o" else "#" for cell in row) for row in cells]
]==],
    },
    {
      name = "searches for each cell anew",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Every free cell starts a search of its own for a way to the border. In a closed "
        .. "region each of them walks through all of it: (R·C)². One search from the border "
        .. "answers for all.",
      code = [==[
function enclosed_regions(picture)
  local rows, columns = #picture, #picture[1]
  local width = columns + 2
  local free = {}
  for cell = 1, (rows + 2) * width do free[cell] = false end
  for r = 1, rows do
    for c = 1, columns do free[r * width + c + 1] = picture[r]:byte(c) == 46 end
  end
  local steps = { 1, -1, width, -width }

  local function is_open(start)
    local seen, stack = { [start] = true }, { start }
    while #stack > 0 do
      local cell = table.remove(stack)
      local r, c = cell // width, cell % width - 1
      if r == 1 or r == rows or c == 1 or c == columns then return true end
      for k = 1, 4 do
        local near = cell + steps[k]
        if free[near] and not seen[near] then
          seen[near] = true
          stack[#stack + 1] = near
        end
      end
    end
    return false
  end

  local filled, row = {}, {}
  for r = 1, rows do
    for c = 1, columns do
      local cell = r * width + c + 1
      row[c] = free[cell] and is_open(cell) and "." or "#"
    end
    filled[r] = table.concat(row)
  end
  return filled
end
]==],
    },
  },

  pitfalls = {
    ["walks round the edge"] = "With cells numbered row by row and no frame, the cell after the "
      .. "last of a row is the first of the next: a region gets out on the other side of the "
      .. "picture, or in.",
  },

  hints = {
    { text = "What is the opposite of enclosed, and where does it begin?", cost_min = 2 },
    { text = "All open cells are reached from the free cells at the border. Find those; the other "
        .. "free cells are the enclosed ones.", cost_min = 3 },
    { text = "Put all free border cells on a stack and mark them. Take one off, mark and push its "
        .. "free unmarked neighbours, until the stack is empty. In the new picture only the marked "
        .. "cells stay free.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Can you start from a single cell instead of from all border cells?",
      answer = "Yes, with a frame of free cells around the picture: it joins everything that is "
        .. "open, and one search from any cell of the frame finds it all. The frame also spares "
        .. "the checks of the borders." },
    { ask = "Fill only closed regions of at most m cells.",
      answer = "Then sizes are needed, so search each unreached region by itself, collect its "
        .. "cells, and fill it if there are few enough. Still every cell once." },
    { ask = "The picture does not fit into memory; rows arrive from above.",
      answer = "Union-find over the runs of the current and the previous row, where all open "
        .. "regions share one root, gives the labels in a first pass over the rows; a second pass "
        .. "writes. Memory is O(C) plus the table of labels." },
    { ask = "Ink is added cell by cell and after each you must say what is enclosed.",
      answer = "Regions only get smaller and split, which is hard to follow. Backwards in time "
        .. "they join: if all additions are known, take them back from the last to the first with "
        .. "union-find." },
    { ask = "How deep would a recursive search go here?",
      answer = "As deep as the longest way, up to half of the cells. Python stops at 1000 calls by "
        .. "default, Lua at some 100,000 to 200,000, and C++ crashes when its stack of usually 8 "
        .. "MB is full." },
  },

  explain = [==[
**Idea.** Being enclosed says that there is no way, and that is hard to see from inside. Being open
says that there is one, and all open cells are found by one search from the border.

**Invariant.** Every marked cell is open: it lies at the border or beside a marked cell that is
free. When the stack is empty every free neighbour of a marked cell is marked. So an open cell
cannot be unmarked: on its way to the border there would be a first unmarked cell, counted from the
border, and it is itself a border cell or has a marked neighbour.

**Cost.** Each cell is pushed at most once and looks at four neighbours: O(R·C) time and space.

**Usual mistakes**

- *One search per free cell.* A closed region is then walked through as often as it has cells.
- *Stopping a search from inside at the border.* Half of an open region stays behind and looks
  closed.
- *Ink in four directions.* Ways turn.
- *Only some of the borders.* There are four.
- *Recursion.* Its depth is the length of the longest way.
]==],
}
