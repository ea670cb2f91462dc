-- expect: MLE
-- why: runs out of memory, catches it, and answers wrong: the memory is the cause
function solve(nums, k)
  local list = {}
  pcall(function() while true do list[#list + 1] = { #list } end end)
  list = nil
  return -1
end
