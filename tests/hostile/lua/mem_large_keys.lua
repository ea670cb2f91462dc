-- expect: MLE
-- why: a table full of long strings as keys
function solve(nums, k)
  local seen, long = {}, string.rep("k", 1000)
  for i = 1, 1e9 do seen[long .. i] = true end
  return 0
end
