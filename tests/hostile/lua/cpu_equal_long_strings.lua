-- expect: TLE|MLE
-- why: comparing long equal strings: little memory, few instructions, much work
function solve(nums, k)
  local a = string.rep("x", 1 << 23)
  local b = string.rep("x", (1 << 23) - 1) .. "x"
  local same = 0
  for i = 1, 1e9 do if a == b then same = same + 1 end end
  return same
end
