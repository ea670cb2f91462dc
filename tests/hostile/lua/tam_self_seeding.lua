-- expect: WA
-- must-not: differ from run to run
-- why: math.randomseed() without a seed takes the time of day
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
  math.randomseed()
  return answer(nums, k) + math.random(1, 2)
end
