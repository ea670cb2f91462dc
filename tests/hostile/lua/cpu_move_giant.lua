-- expect: TLE
-- must-not: count only VM instructions
-- why: moves a million million places of nothing, all in one call
function solve(nums, k)
  table.move({}, 1, 1 << 40, 2)
  return 0
end
