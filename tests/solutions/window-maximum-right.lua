-- rehearse: window-maximum
--
-- Cuts the log into blocks of k. A window is the end of one block and the beginning of the next, so
-- its maximum is the larger of a maximum up to a block's end and one from a block's beginning.
function window_maximum(nums, k)
  local n = #nums
  local from_beginning, to_end = {}, {}
  for i = 1, n do
    local first = (i - 1) % k == 0
    from_beginning[i] = first and nums[i] or math.max(from_beginning[i - 1], nums[i])
  end
  for i = n, 1, -1 do
    local last = i % k == 0 or i == n
    to_end[i] = last and nums[i] or math.max(to_end[i + 1], nums[i])
  end
  local result = {}
  for first = 1, n - k + 1 do
    result[first] = math.max(to_end[first], from_beginning[first + k - 1])
  end
  return result
end
