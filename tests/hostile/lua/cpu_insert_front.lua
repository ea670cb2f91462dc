-- expect: TLE
-- must-not: count only VM instructions
-- why: right answers; table.insert at the front hides n moves in one call
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
  local copy = {}
  for i = #nums, 1, -1 do table.insert(copy, 1, nums[i]) end
  return answer(copy, k)
end
