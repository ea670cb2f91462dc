-- expect: TLE
-- why: %b restarted at every bracket of a text without an end
function solve(nums, k)
  local text = string.rep("(", 600000)
  return #(text:gsub("%b()", ""))
end
