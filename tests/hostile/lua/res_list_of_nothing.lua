-- expect: WA
-- must-not: count a size that the table only claims
-- why: a table with one element, at the last place that there is
function solve(nums, k) return setmetatable({ [math.maxinteger] = 5 }, { __len = function() return 1 << 60 end }) end
