-- expect: RTE
-- must-not: call __tostring outside any limit
-- why: the error object's __tostring does not return
function solve(nums, k)
  error(setmetatable({}, { __tostring = function() while true do end end }))
end
