-- rehearse: k-most-frequent
--
-- Counts, sorts the different words by the rule of the statement, and cuts.
function k_most_frequent(words, k)
  local times, different = {}, {}
  for _, word in ipairs(words) do
    if times[word] then
      times[word] = times[word] + 1
    else
      times[word] = 1
      different[#different + 1] = word
    end
  end
  table.sort(different, function(a, b)
    if times[a] == times[b] then return a < b end
    return times[a] > times[b]
  end)
  for i = #different, k + 1, -1 do different[i] = nil end
  return different
end
