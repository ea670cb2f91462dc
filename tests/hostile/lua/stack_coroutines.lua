-- expect: RTE
-- must-not: SIGSEGV
-- why: a coroutine in a coroutine in a coroutine
function solve(nums, k)
  local function nest() return coroutine.wrap(nest)() end
  return nest()
end
