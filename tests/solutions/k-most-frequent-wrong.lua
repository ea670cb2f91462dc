-- rehearse: k-most-frequent
--
-- Refused: WA. Words used equally often stay in the order in which they came.
function k_most_frequent(words, k)
  local place, entries = {}, {}
  for i, word in ipairs(words) do
    if not place[word] then
      entries[#entries + 1] = { word = word, times = 0, first = i }
      place[word] = entries[#entries]
    end
    place[word].times = place[word].times + 1
  end
  table.sort(entries, function(a, b)
    if a.times == b.times then return a.first < b.first end
    return a.times > b.times
  end)
  local result = {}
  for i = 1, math.min(k, #entries) do result[i] = entries[i].word end
  return result
end
