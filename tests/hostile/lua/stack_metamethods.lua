-- expect: RTE
-- must-not: SIGSEGV
-- why: an __index that calls itself: recursion through C
function solve(nums, k)
  local deep = setmetatable({}, { __index = function(t, key) return t[key + 1] end })
  return deep[1]
end
