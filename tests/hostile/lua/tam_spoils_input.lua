-- expect: AC
-- why: changes its input after use; nobody else may see that
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
  local best = answer(nums, k)
  for i = 1, #nums do nums[i] = best end
  setmetatable(nums, { __index = function() return best end, __len = function() return 1 end })
  return best
end
