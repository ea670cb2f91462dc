-- expect: AC|WA
-- must-not: differ from run to run
-- why: the answer depends on the order of pairs over strings, tables and functions
local function answer(nums, k)
  local sum = 0
  for i = 1, k do sum = sum + nums[i] end
  local best = sum
  for i = k + 1, #nums do
    sum = sum + nums[i] - nums[i - k]
    if sum > best then best = sum end
  end
  return best
end

function solve(nums, k)
  local keys = { [{}] = 1, [{}] = 2, [{}] = 3, [print] = 4, [function() end] = 5 }
  for i = 1, 50 do keys["key" .. i] = i end
  local weight, position = 0, 0
  for _, value in pairs(keys) do
    position = position + 1
    weight = weight + position * value
  end
  return answer(nums, k) + (weight % 3 == 0 and 1 or 0)
end
