-- expect: TLE
-- why: a comparison that does not come back, called from C
function solve(nums, k)
  table.sort({ 3, 1, 2 }, function() while true do end end)
  return 0
end
