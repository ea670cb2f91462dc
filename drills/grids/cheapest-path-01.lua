-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The cheapest way through a grid in which some moves are free and the others cost one. The drill
-- is about the queue with two ends, and about when a cell is settled: when it is taken out, and not
-- when it is put in.

local arrows = { ">", "<", "v", "^" }

local function random_signs(rows, columns, rand)
  local signs, cells = {}, {}
  for r = 1, rows do
    for c = 1, columns do cells[c] = rand.pick(arrows) end
    signs[r] = table.concat(cells, "", 1, columns)
  end
  return signs
end

local function all_the_same(rows, columns, sign)
  local signs = {}
  for r = 1, rows do signs[r] = sign:rep(columns) end
  return signs
end

-- Signs that lead along every row, right and left by turns, and down at the end of each.
local function winding(rows, columns)
  local signs = {}
  for r = 1, rows do
    signs[r] = r % 2 == 1 and (">"):rep(columns - 1) .. "v" or "v" .. ("<"):rep(columns - 1)
  end
  return signs
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local two_ends = [==[
-- A search by cost with a queue of two ends: a free move goes to the front, one that costs a turn
-- to the back. The queue then holds costs d and d + 1 only, in order, and a cell is settled when it
-- is first taken out.
function cheapest_path_01(signs)
  local rows, columns = #signs, #signs[1]
  local width = columns + 1
  local sign, settled = {}, {}
  for cell = 1, (rows + 2) * width do settled[cell] = true end
  for r = 1, rows do
    for c = 1, columns do
      sign[r * width + c] = signs[r]:sub(c, c)
      settled[r * width + c] = false
    end
  end

  local moves = { { ">", 1 }, { "<", -1 }, { "v", width }, { "^", -width } }
  local start, goal = width + 1, rows * width + columns
  local cells, costs, front, back = { [0] = start }, { [0] = 0 }, 0, 0
  while true do
    local cell, cost = cells[front], costs[front]
    cells[front], costs[front] = nil, nil
    front = front + 1
    if cell == goal then return cost end
    if not settled[cell] then
      settled[cell] = true
      for _, move in ipairs(moves) do
        local near = cell + move[2]
        if not settled[near] then
          if sign[cell] == move[1] then
            front = front - 1
            cells[front], costs[front] = near, cost
          else
            back = back + 1
            cells[back], costs[back] = near, cost + 1
          end
        end
      end
    end
  end
end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(changes)
  local code = two_ends
  for _, change in ipairs(changes) do
    local first, last = code:find(change.old, 1, true)
    assert(first, "the reference no longer contains: " .. change.old)
    code = code:sub(1, first - 1) .. change.new .. code:sub(last + 1)
  end
  return code
end

return drill {
  id = "cheapest-path-01",
  title = "Fewest signposts to turn",
  category = "grids",
  level = "hard",
  minutes = 30,
  covers = { "S03-C05" },
  signature = "cheapest_path_01(signs: string[]) -> int",

  statement = [==[
In a text adventure that a community writes together, every place of a maze has a signpost to one of
the places around it, and travellers follow the signs. One after another, authors have turned the
signs at will. Now somebody wants travellers to get from the upper left place to the lower right one
again. How many signs have to be turned at least?

The maze is a list of rows, each a string with one sign per place: `>` leads to the place on the
right, `<` to the left, `v` to the one below and `^` to the one above. Return the smallest number of
places whose sign has to be changed so that a traveller who starts in the upper left place and
follows the signs comes to the lower right place.

**Conventions**

- A sign may be turned to any of the four directions, and turning counts as 1 whatever it was and
  becomes.
- A sign may lead out of the maze. A traveller who follows it has left and does not come back.
- The traveller has arrived on first standing in the lower right place; the sign there does not
  matter. In a maze of one place the answer is 0.
- The length of the way does not matter, only the number of turned signs.
- There is at least one row and one column, and all rows have the same length. The maze need not be
  square.
- Do not change the input.

**Cost.** O(R·C) time and space for R rows and C columns. An additional logarithm is accepted.
]==],

  examples = {
    {
      args = { { ">v", "^>" } },
      result = 0,
      note = "Right, then down: the signs are fine.",
    },
    {
      args = { { ">>v", "v<<", ">>^" } },
      result = 0,
      note = "The traveller is led back along the second row and arrives by the third.",
    },
    {
      args = { { "<<", "<^" } },
      result = 2,
      note = "Each way takes two moves, and none of the signs helps.",
    },
  },

  limits = { time_ms = 2000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 512, 1024, 2048, 4096 },
    input = function(n) return { winding(n // 32, 32) } end,
  },

  cases = function(rand, case)
    case { name = "one place", args = { { "^" } } }
    case { name = "a row that leads there", args = { { ">>>" } } }
    case { name = "a row that leads back", args = { { "<<<" } } }
    case { name = "a sign leads out of the maze", catches = "walks round the edge",
           args = { { ">>>", ">>^" } } }
    case { name = "a long way for nothing", catches = "takes the way with the fewest places",
           args = { { ">>>>v", "^^^^v", "^^v<<", "^^v^^", "^^>>^" } } }
    case { name = "reached dearly first, cheaply later", catches = "settles when put in",
           args = { { "v>v", ">^v", "<<<" } } }
    case { name = "the way leads up and left", catches = "goes right and down only",
           args = { { ">>>v", "v<<<", "v>>v", ">^<v" } } }
    case { name = "two signs that lead to each other", catches = "follows signs to the end",
           args = { { "><<v", "^^^^", "vv>v" } } }
    case { name = "a column", args = { { "v", "^", ">", "v" } } }
    case { name = "every sign leads out or back", args = { { "^>", "^<", "^<" } } }
    case { name = "round the edge", catches = "walks round the edge",
           args = { { ">><", ">><", "<^v" } } }
    case { name = "higher than wide", args = { { "v<", "><", "<v", "v<", "<<" } } }
    case { name = "wider than high", args = { { ">>v<>v", "^^>^^<" } } }
    for i = 1, 6 do
      case { name = "random " .. i, args = { random_signs(rand(2, 8), rand(2, 8), rand) } }
    end
    case { name = "each way costs the same", catches = "lets copies breed",
           args = { all_the_same(40, 40, "^") } }
    case { name = "a winding way through 40 x 50", args = { winding(40, 50) } }
    case { name = "60 x 60, random signs", args = { random_signs(60, 60, rand) } }
  end,

  compare = "exact",

  -- Costs settle: each place takes the least of its neighbours' costs, plus 1 where their sign
  -- leads elsewhere.
  oracle = function(args)
    local signs, cost = args[1], {}
    local rows, columns = #signs, #signs[1]
    for r = 0, rows + 1 do
      cost[r] = {}
      for c = 0, columns + 1 do cost[r][c] = math.huge end
    end
    cost[1][1] = 0
    local from = { { 0, -1, ">" }, { 0, 1, "<" }, { -1, 0, "v" }, { 1, 0, "^" } }
    local changed = true
    while changed do
      changed = false
      for r = 1, rows do
        for c = 1, columns do
          for _, side in ipairs(from) do
            local nr, nc = r + side[1], c + side[2]
            local inside = nr >= 1 and nr <= rows and nc >= 1 and nc <= columns
            local leads_here = inside and signs[nr]:sub(nc, nc) == side[3]
            local through = cost[nr][nc] + (leads_here and 0 or 1)
            if through < cost[r][c] then
              cost[r][c] = through
              changed = true
            end
          end
        end
      end
    end
    return cost[rows][columns]
  end,

  reference = {
    lua = two_ends,
    python = [==[
from collections import deque


def cheapest_path_01(signs):
    sign = {(r, c): s for r, row in enumerate(signs) for c, s in enumerate(row)}
    goal = (len(signs) - 1, len(signs[0]) - 1)
    queue, settled = deque([((0, 0), 0)]), set()
    while queue:
        cell, cost = queue.popleft()
        if cell == goal:
            return cost
        if cell in settled:
            continue
        settled.add(cell)
        r, c = cell
        for towards, dr, dc in ((">", 0, 1), ("<", 0, -1), ("v", 1, 0), ("^", -1, 0)):
            near = (r + dr, c + dc)
            if near not in sign or near in settled:
                continue
            if sign[cell] == towards:
                queue.appendleft((near, cost))
            else:
                queue.append((near, cost + 1))
]==],
    cpp = [==[
// A search by cost with a queue of two ends: a free move goes to the front, one that costs a turn
// to the back. A cell is settled when it is first taken out.
#include <cstddef>
#include <deque>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

int cheapest_path_01(const std::vector<std::string>& signs) {
  const int rows = static_cast<int>(signs.size()), columns = static_cast<int>(signs[0].size());
  std::vector<std::vector<char>> settled(signs.size(), std::vector<char>(signs[0].size(), 0));
  std::deque<std::tuple<int, int, int>> queue = {{0, 0, 0}};
  const std::vector<std::tuple<char, int, int>> moves = {
      {'>', 0, 1}, {'<', 0, -1}, {'v', 1, 0}, {'^', -1, 0}};
  while (true) {
    const auto [r, c, cost] = queue.front();
    queue.pop_front();
    if (r == rows - 1 && c == columns - 1) return cost;
    if (std::exchange(settled[r][c], 1)) continue;
    for (const auto& [sign, dr, dc] : moves) {
      const int nr = r + dr, nc = c + dc;
      if (nr < 0 || nr >= rows || nc < 0 || nc >= columns || settled[nr][nc]) continue;
      if (signs[r][c] == sign)
        queue.emplace_front(nr, nc, cost);
      else
        queue.emplace_back(nr, nc, cost + 1);
    }
  }
}
]==],
  },

  wrong = {
    {
      name = "takes the way with the fewest places",
      language = "lua",
      verdict = "WA",
      case = "a long way for nothing",
      why = "A plain search in waves finds a way with the fewest places and counts the signs to "
        .. "turn on it. A longer way may need fewer turns: search in the order of cost, not of "
        .. "length.",
      code = reference_with({
        { old = "front = front - 1\n            cells[front], costs[front] = near, cost",
          new = "back = back + 1\n            cells[back], costs[back] = near, cost" },
      }),
    },
    {
      name = "settles when put in",
      language = "lua",
      verdict = "WA",
      case = "reached dearly first, cheaply later",
      why = "A place is marked when it is put into the queue. It may have been put in at the back, "
        .. "for one turn, and a free move to it comes up before it is taken out. Mark it when it "
        .. "is taken out.",
      code = reference_with({
        { old = "    if not settled[cell] then\n      settled[cell] = true\n", new = "    do\n" },
        { old = "        if not settled[near] then\n",
          new = "        if not settled[near] then\n          settled[near] = true\n" },
      }),
    },
    {
      name = "goes right and down only",
      language = "lua",
      verdict = "WA",
      case = "a long way for nothing",
      why = "The costs are filled in row by row from above and from the left. Signs lead up and to "
        .. "the left as well, and that may be the cheapest way.",
      code = [==[
function cheapest_path_01(signs)
  local cost = {}
  for r = 1, #signs do
    cost[r] = {}
    for c = 1, #signs[1] do
      local least = (r == 1 and c == 1) and 0 or math.huge
      if c > 1 then
        least = math.min(least, cost[r][c - 1] + (signs[r]:sub(c - 1, c - 1) == ">" and 0 or 1))
      end
      if r > 1 then
        least = math.min(least, cost[r - 1][c] + (signs[r - 1]:sub(c, c) == "v" and 0 or 1))
      end
      cost[r][c] = least
    end
  end
  return cost[#signs][#signs[1]]
end
]==],
    },
    {
      name = "walks round the edge",
      language = "lua",
      verdict = "WA",
      case = "a sign leads out of the maze",
      why = "Places are numbered row by row, and a step to the right of the last column is taken "
        .. "for a step to the first place of the next row. Check the column, or put a frame around "
        .. "the maze.",
      code = reference_with({
        { old = "local width = columns + 1", new = "local width = columns" },
      }),
    },
    {
      name = "lets copies breed",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      case = "each way costs the same",
      why = "A place is in the queue once for each neighbour that offered it. The copies that come "
        .. "out after the first are old news, but here each of them offers all neighbours again: "
        .. "their number doubles from step to step. Skip what is settled already, with a heap just "
        .. "as with this queue.",
      code = reference_with({
        { old = "    if not settled[cell] then\n      settled[cell] = true\n",
          new = "    do\n      settled[cell] = true\n" },
        { old = "cells[back], costs[back] = near, cost + 1",
          new = "cells[back], costs[back] = near, cost + 1\n"
            .. "            came[back] = { cell, near }" },
        { old = "  local moves",
          new = "  local came = {} -- from where, to show the way\n  local moves" },
      }),
    },
    {
      name = "lets the costs settle",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Every sweep over the maze improves what it can, until nothing changes. Where signs "
        .. "lead against the order of the sweep, a cost moves one place a sweep: as many sweeps as "
        .. "the way has such places.",
      code = [==[
function cheapest_path_01(signs)
  local rows, columns = #signs, #signs[1]
  local width = columns + 1
  local sign, cost = {}, {}
  for cell = 1, (rows + 2) * width do sign[cell], cost[cell] = "", math.huge end
  for r = 1, rows do
    for c = 1, columns do sign[r * width + c] = signs[r]:sub(c, c) end
  end
  cost[width + 1] = 0
  local changed = true
  while changed do
    changed = false
    for r = 1, rows do
      for c = 1, columns do
        local cell = r * width + c
        local least = math.min(cost[cell - 1] + (sign[cell - 1] == ">" and 0 or 1),
                               cost[cell + 1] + (sign[cell + 1] == "<" and 0 or 1),
                               cost[cell - width] + (sign[cell - width] == "v" and 0 or 1),
                               cost[cell + width] + (sign[cell + width] == "^" and 0 or 1))
        if least < cost[cell] then
          cost[cell] = least
          changed = true
        end
      end
    end
  end
  return cost[rows * width + columns]
end
]==],
    },
    {
      name = "looks for the cheapest among all",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The next place is found by looking through all places: (R·C)² steps. Costs rise by 0 "
        .. "or 1, so a queue with two ends keeps the order without a search.",
      code = [==[
function cheapest_path_01(signs)
  local rows, columns = #signs, #signs[1]
  local width = columns + 1
  local sign, cost, open = {}, {}, {}
  for r = 1, rows do
    for c = 1, columns do
      local cell = r * width + c
      sign[cell], cost[cell], open[#open + 1] = signs[r]:sub(c, c), math.huge, cell
    end
  end
  cost[width + 1] = 0
  local moves = { { ">", 1 }, { "<", -1 }, { "v", width }, { "^", -width } }
  while #open > 0 do
    local least = 1
    for i = 2, #open do
      if cost[open[i]] < cost[open[least]] then least = i end
    end
    local cell = open[least]
    open[least] = open[#open]
    open[#open] = nil
    for _, move in ipairs(moves) do
      local near = cell + move[2]
      local through = cost[cell] + (sign[cell] == move[1] and 0 or 1)
      if cost[near] and through < cost[near] then cost[near] = through end
    end
  end
  return cost[rows * width + columns]
end
]==],
    },
  },

  pitfalls = {
    ["follows signs to the end"] = "The free ways are followed as far as they lead before anything "
      .. "else is tried, without remembering where one has been. Signs may lead in a circle.",
  },

  hints = {
    { text = "What does a move cost that follows the sign, and what one that does not? Whose sign "
        .. "is it, that of the place you leave or of the place you come to?", cost_min = 3 },
    { text = "You know how to find cheapest ways with a heap. All costs here are 0 or 1: how far "
        .. "apart can the costs in the heap be at any time?", cost_min = 4 },
    { text = "Use a queue with two ends: what is reached for free goes to the front, what costs 1 "
        .. "to the back. Take from the front; a place that was taken out before is skipped, "
        .. "otherwise it is settled and offers its neighbours.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "May a place be marked when it is put in, as in a plain search in waves?",
      answer = "Not here. A place can be offered for 1 by one neighbour and for 0 by another of "
        .. "the same cost, and whichever comes first wins. If the cost depended only on the place "
        .. "that is entered, all offers of equal cost would be equal and marking early would be "
        .. "right." },
    { ask = "Turning a sign by 90 degrees costs 1, by 180 degrees 2.",
      answer = "Costs 0, 1, 2: three buckets instead of two ends, taken round robin. In general k "
        .. "+ 1 buckets for costs up to k (Dial), O(R·C + largest cost)." },
    { ask = "Which signs are to be turned?",
      answer = "Store with each queued place the one that offered it; when it is settled that is "
        .. "its predecessor. Walking back from the goal, a sign has to be turned where it does not "
        .. "lead on." },
    { ask = "Why can a place be settled for good when it is taken out first?",
      answer = "The queue is in ascending order, so its front has the least cost of all places not "
        .. "settled, and moves cost nothing less than 0: no later offer can be cheaper. This is "
        .. "Dijkstra's argument." },
  },

  explain = [==[
**Model.** A move to a neighbour costs 0 if the sign of the place that is left leads there,
otherwise 1. A cheapest way need not enter a place twice, so it turns each sign at most once, and
its cost is the number of signs that have to be turned.

**Invariant.** The costs in the queue ascend from front to back and differ by at most 1. Taking out
a place of cost d and putting neighbours of cost d to the front and of cost d+1 to the back keeps
that true.

**Why it is right.** So the front always has the least cost of what is not settled, as in Dijkstra's
search with a heap. When the goal is taken out, no cheaper way to it is left.

**Cost.** A place is settled once and offers at most four neighbours: at most 4·R·C entries, each
O(1).

**Usual mistakes**

- *Waves by length.* The shortest way is not the cheapest.
- *Marking when put in.* The dear offer may come before the free one.
- *Not skipping what is settled.* Each copy offers everything again, and the copies breed. It goes
  unnoticed on small mazes.
- *Right and down only.* Free ways lead anywhere.
]==],
}
