-- expect: MLE
-- must-not: take the machine's memory
-- why: every letter becomes a thousand, again and again
function solve(nums, k)
  local text, long = "a", string.rep("a", 1000)
  while true do text = text:gsub("a", long) end
end
