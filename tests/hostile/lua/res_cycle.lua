-- expect: WA|RTE
-- must-not: hang or run out of stack while reading it
-- why: a table that holds itself
function solve(nums, k)
  local t = {}
  t[1] = t
  return t
end
