-- expect: WA
-- must-not: print to a terminal
-- why: prints escape sequences while the garbage is collected
function solve(nums, k)
  for _ = 1, 100 do
    setmetatable({}, { __gc = function() print("\27]0;owned\7\27[2J", ("\0"):rep(100)) end })
  end
  collectgarbage()
  return -1
end
