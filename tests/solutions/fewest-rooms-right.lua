-- rehearse: fewest-rooms
--
-- One sorted list of events, each a single number: twice the time, and one more for a start, so
-- that at equal times the ends come first.
function fewest_rooms(meetings)
  local events = {}
  for _, meeting in ipairs(meetings) do
    events[#events + 1] = 2 * meeting[1] + 1
    events[#events + 1] = 2 * meeting[2]
  end
  table.sort(events)
  local running, most = 0, 0
  for _, event in ipairs(events) do
    if event % 2 == 1 then
      running = running + 1
      if running > most then most = running end
    else
      running = running - 1
    end
  end
  return most
end
