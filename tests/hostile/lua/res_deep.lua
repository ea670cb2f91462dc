-- expect: WA|RTE
-- must-not: run out of stack while reading it
-- why: a list in a list, a million deep
function solve(nums, k)
  local t = {}
  for i = 1, 300000 do t = { t } end
  return t
end
