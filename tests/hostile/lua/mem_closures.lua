-- expect: MLE
-- why: a chain of closures, each holding the one before
function solve(nums, k)
  local chain
  while true do
    local before = chain
    chain = function() return before end
  end
end
