-- expect: TLE
-- why: a lazy match restarted at each of 400,000 letters: quadratic, all in C
function solve(nums, k)
  local text = string.rep("a", 400000)
  return #(text:gsub(".-b", ""))
end
