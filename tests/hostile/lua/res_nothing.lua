-- expect: WA|RTE
-- why: returns no value at all
function solve(nums, k) end
