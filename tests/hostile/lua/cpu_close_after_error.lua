-- expect: TLE
-- must-not: hang while a coroutine is closed
-- why: a coroutine whose end, asked for from outside, never comes
function solve(nums, k)
  local thread = coroutine.create(function()
    local guard <close> = setmetatable({}, { __close = function() while true do end end })
    coroutine.yield()
  end)
  coroutine.resume(thread)
  coroutine.close(thread)
  return 0
end
