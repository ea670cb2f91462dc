-- expect: CE
-- must-not: call it a runtime error without saying what is missing
-- why: the function is there, but local
local function solve(nums, k) return nums[1] end
