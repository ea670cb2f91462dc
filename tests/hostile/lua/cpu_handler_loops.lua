-- expect: TLE
-- why: the message handler of xpcall does not return
function solve(nums, k)
  xpcall(error, function() while true do end end)
  return 0
end
