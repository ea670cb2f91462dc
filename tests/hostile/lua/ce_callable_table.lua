-- expect: CE
-- must-not: run a metamethod of the submission to find the entry
-- why: a table that can be called is not a function
solve = setmetatable({}, { __call = function(_, nums, k) return nums[1] end })
