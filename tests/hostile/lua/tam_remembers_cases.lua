-- expect: AC
-- must-not: let one case see what another left behind
-- why: counts its calls and answers wrong from the second on: each case starts anew
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

calls = (calls or 0)
function solve(nums, k)
  calls = calls + 1
  if calls > 1 then return -1 end
  return answer(nums, k)
end
