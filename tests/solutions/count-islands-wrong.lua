-- rehearse: count-islands
--
-- Refused: RTE. Sinks each island by a function that calls itself, once per cell.
function count_islands(grid)
  local map, islands = {}, 0
  for r, row in ipairs(grid) do
    map[r] = { row:byte(1, -1) }
  end

  local function sink(r, c)
    if not map[r] or map[r][c] ~= 49 then return end
    map[r][c] = 48
    sink(r, c + 1)
    sink(r + 1, c)
    sink(r, c - 1)
    sink(r - 1, c)
  end

  for r = 1, #map do
    for c = 1, #map[r] do
      if map[r][c] == 49 then
        islands = islands + 1
        sink(r, c)
      end
    end
  end
  return islands
end
