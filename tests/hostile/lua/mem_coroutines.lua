-- expect: MLE
-- why: suspended coroutines, each with a stack of its own
function solve(nums, k)
  local kept = {}
  while true do
    local thread = coroutine.create(function() coroutine.yield() end)
    coroutine.resume(thread)
    kept[#kept + 1] = thread
  end
end
