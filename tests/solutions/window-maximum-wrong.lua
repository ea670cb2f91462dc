-- rehearse: window-maximum
--
-- Refused: TLE (growth). Right answers, but every window is searched from its beginning.
function window_maximum(nums, k)
  local result = {}
  for last = k, #nums do
    local best = nums[last]
    for i = last - k + 1, last do best = math.max(best, nums[i]) end
    result[#result + 1] = best
  end
  return result
end
