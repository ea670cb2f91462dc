-- expect: MLE
-- must-not: accept it because no case is too large
-- why: right and small enough for every case, but it keeps what it need not
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
  local kept = {}
  for i = 1, #nums do kept[i] = { nums[i] } end
  return answer(nums, k)
end
