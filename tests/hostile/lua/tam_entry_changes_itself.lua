-- expect: WA
-- must-not: mix two entries up
-- why: another function of the same name, put there by the first call
local function later(nums, k) return nums[1] end
function solve(nums, k)
  solve = later
  return later(nums, k) + 1000
end
