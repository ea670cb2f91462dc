-- rehearse: count-islands
--
-- Union-find, row by row: every land cell begins as an island of its own and is joined with the
-- land above it and to its left.
function count_islands(grid)
  local parent, islands = {}, 0

  local function root(cell)
    while parent[cell] ~= cell do
      parent[cell] = parent[parent[cell]]
      cell = parent[cell]
    end
    return cell
  end

  local function join(a, b)
    a, b = root(a), root(b)
    if a ~= b then
      parent[b] = a
      islands = islands - 1
    end
  end

  local cell, columns = 0, grid[1] and #grid[1] or 0
  for _, row in ipairs(grid) do
    for c = 1, columns do
      cell = cell + 1
      parent[cell] = false
      if row:byte(c) == ("1"):byte() then
        parent[cell] = cell
        islands = islands + 1
        if parent[cell - columns] then join(cell - columns, cell) end
        if c > 1 and parent[cell - 1] then join(cell - 1, cell) end
      end
    end
  end
  return islands
end
