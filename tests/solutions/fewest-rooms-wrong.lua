-- rehearse: fewest-rooms
--
-- Refused: WA. A meeting that ends at 2 and one that starts at 2 get a room each.
function fewest_rooms(meetings)
  local starts, ends = {}, {}
  for i = 1, #meetings do
    starts[i], ends[i] = meetings[i][1], meetings[i][2]
  end
  table.sort(starts)
  table.sort(ends)
  local rooms, over = 0, 1
  for i = 1, #starts do
    if starts[i] > ends[over] then
      over = over + 1
    else
      rooms = rooms + 1
    end
  end
  return rooms
end
