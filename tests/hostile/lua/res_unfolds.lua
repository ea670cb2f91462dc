-- expect: WA|OLE
-- must-not: grow the grader
-- why: small in memory, endless when written out
function solve(nums, k)
  local t = { 1 }
  for i = 1, 50 do t = { t, t } end
  return t
end
