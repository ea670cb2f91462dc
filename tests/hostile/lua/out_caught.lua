-- expect: OLE
-- must-not: forget the output because the error was caught
-- why: prints too much inside pcall and then answers right
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
  local line = string.rep("y", 100000)
  for i = 1, 200 do pcall(print, line) end
  return answer(nums, k)
end
