-- expect: MLE
-- why: a table that grows for ever
function solve(nums, k)
  local list = {}
  while true do list[#list + 1] = #list end
end
