-- expect: TLE
-- must-not: accept it because no case is slow
-- why: right and quick enough for every case; the work is quadratic
function solve(nums, k)
  local n = math.min(#nums, 2500)
  local waste = 0
  for i = 1, n do for j = 1, n // 4 do waste = waste + 1 end end
  local sum = 0
  for i = 1, k do sum = sum + nums[i] end
  local best = sum
  for i = k + 1, #nums do
    sum = sum + nums[i] - nums[i - k]
    if sum > best then best = sum end
  end
  return best
end
