-- expect: AC
-- must-not: SIGSEGV
-- why: recursion through pcall to the limit of the C stack, then the right answer
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
  local function nest() pcall(nest) end
  nest()
  return answer(nums, k)
end
