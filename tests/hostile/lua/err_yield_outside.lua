-- expect: RTE
-- why: yields from the main thread
function solve(nums, k)
  coroutine.yield(1)
  return 0
end
