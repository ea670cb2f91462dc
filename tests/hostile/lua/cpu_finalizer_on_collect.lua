-- expect: TLE
-- why: a finalizer that never ends, met by a collection during the call
function solve(nums, k)
  setmetatable({}, { __gc = function() while true do end end })
  for i = 1, 1e7 do local garbage = { i } end
  return 0
end
