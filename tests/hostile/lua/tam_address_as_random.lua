-- expect: AC|WA
-- must-not: differ from run to run
-- why: the address of a table as a source of chance
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
  local address = tonumber(tostring({}):match("0x(%x+)"), 16)
  return answer(nums, k) + (address // 16) % 2
end
